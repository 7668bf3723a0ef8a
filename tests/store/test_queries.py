"""What the book answers: contacts by every kind of reference, touches and transactions in order, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event, text

from relcli.domain.contact import Address, AddressKind, Contact, ExternalId, Kind
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import Moment, day_number
from relcli.domain.money import Money
from relcli.domain.reference import Match
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.errors import RelcliError
from relcli.store import contacts, evidence, interactions, transactions
from relcli.store.book import Book

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
MAIL = Address(AddressKind.EMAIL, "Ana@example.org", "ana@example.org")
ANA = Contact(
    0,
    "c_aaaaaaaa",
    "Ana Ruíz",
    NOW,
    roles=("customer", "partner"),
    addresses=(MAIL, Address(AddressKind.HANDLE, "@ana", "ana")),
    tags=("vip",),
    language="es",
    timezone="Europe/Madrid",
    birthday="--04-12",
    note="likes\ntea",
    external_ids=(ExternalId("shop", "17"),),
)
LUK = Contact(0, "c_bbbbbbbb", "Łukasz 100%", NOW, archived=date(2026, 1, 2))
BAKERY = Contact(0, "c_cccccccc", "Bright Bakery", NOW, kind=Kind.ORGANISATION)


def writing(book: Book) -> Any:
    return book.writing("a test", now=NOW, actor="tester")


@pytest.fixture
def people(book: Book) -> Book:
    with writing(book) as w:
        assert contacts.add_many(w, [ANA, LUK, BAKERY]) == [1, 2, 3]
    return book


def names(book: Book, kind: Match, key: str, **more: Any) -> list[str]:
    with book.reading() as connection:
        return [c.name for c in contacts.fetch(connection, contacts.matching(connection, kind, key, **more))]


def test_a_contact_comes_back_as_it_was_written(people: Book) -> None:
    with people.reading() as connection:
        assert contacts.everyone(connection) == [replace(ANA, row=1), replace(BAKERY, row=3), replace(LUK, row=2)]
        assert contacts.everyone(connection, archived=False) == [replace(ANA, row=1), replace(BAKERY, row=3)]


@pytest.mark.parametrize(
    ("kind", "key", "found"),
    [
        (Match.ID, "c_aaaaaaaa", ["Ana Ruíz"]),
        (Match.ID, "c_b", ["Łukasz 100%"]),
        (Match.EMAIL, "ana@example.org", ["Ana Ruíz"]),
        (Match.HANDLE, "ana", ["Ana Ruíz"]),
        (Match.PHONE, "ana", []),
        (Match.NAME, "ana ruiz", ["Ana Ruíz"]),
        (Match.NAME, "lukasz 100%", ["Łukasz 100%"]),
        (Match.PART, "ru", ["Ana Ruíz"]),
        (Match.PART, "r", ["Ana Ruíz", "Bright Bakery"]),
        (Match.PART, "luk", []),
        (Match.PART, "%", []),
        (Match.PART, "_", []),
    ],
)
def test_each_kind_of_reference_finds_whom_it_should(people: Book, kind: Match, key: str, found: list[str]) -> None:
    assert names(people, kind, key) == found


def test_a_percent_sign_in_a_part_is_a_percent_sign(book: Book) -> None:
    with writing(book) as w:
        contacts.add_many(w, [replace(LUK, archived=None), ANA])
    assert names(book, Match.PART, "0%") == ["Łukasz 100%"]


def test_an_external_id_counts_in_its_source_only(people: Book) -> None:
    assert names(people, Match.EXTERNAL_ID, "17", source="shop") == ["Ana Ruíz"]
    assert names(people, Match.EXTERNAL_ID, "17", source="bank") == []


def test_an_edit_changes_what_differs_and_nothing_else(people: Book) -> None:
    before = replace(ANA, row=1)
    after = replace(before, note="", tags=("new",), addresses=(Address(AddressKind.PHONE, "+34 600", "+34600"), MAIL))
    with writing(people) as w:
        contacts.change(w, before, after)
    with people.reading() as connection:
        [found] = contacts.fetch(connection, [1])
        assert set(found.addresses) == set(after.addresses)
        assert replace(found, addresses=()) == replace(after, addresses=())
        assert contacts.fetch(connection, [2, 3]) == [replace(BAKERY, row=3), replace(LUK, row=2)]


def test_an_edit_that_changes_nothing_writes_nothing(people: Book) -> None:
    with writing(people) as w:
        contacts.change(w, replace(ANA, row=1), replace(ANA, row=1))
        assert w.written is None


def test_the_employer_of_today_is_shown_and_the_one_before_stays_on_record(people: Book) -> None:
    with writing(people) as w:
        contacts.employ(w, 1, 3, None)
    with writing(people) as w:
        contacts.leave(w, 1, date(2026, 5, 1))
    with people.reading() as connection:
        assert contacts.fetch(connection, [1])[0].works_for is None
        assert contacts.employments(connection) == [(1, 3, None, day_number(date(2026, 5, 1)))]
    with writing(people) as w:
        contacts.employ(w, 1, 3, date(2026, 6, 1))
    with people.reading() as connection:
        assert contacts.fetch(connection, [1])[0].works_for == "c_cccccccc"


def test_the_first_introduction_is_the_one_that_counts(people: Book) -> None:
    with writing(people) as w:
        contacts.introduce(w, 2, 1, date(2025, 1, 1))
        contacts.introduce(w, 3, 1, date(2024, 1, 1))
    with people.reading() as connection:
        assert contacts.fetch(connection, [1])[0].introduced_by == "c_bbbbbbbb"


def touch(day: date, **more: Any) -> Interaction:
    settings: dict[str, Any] = {"channel": "phone", "direction": Direction.IN, **more}
    return Interaction(number=0, when=Moment(day), contacts=(), **settings)


def test_touches_come_newest_first_with_everybody_who_took_part(people: Book) -> None:
    at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    late = replace(
        touch(date(2026, 11, 21), summary="a call", minutes=5, sentiment=-2, purpose=Purpose.THANKS),
        when=Moment(date(2026, 11, 21), at, "Europe/Madrid"),
    )
    with writing(people) as w:
        assert interactions.add_many(
            w, [(touch(date(2024, 2, 29)), [1], None), (late, [1, 2, 1], "key"), (touch(date(2020, 1, 1)), [3], None)]
        ) == [1, 2, 3]
    with people.reading() as connection:
        found = interactions.of_contacts(connection, [1])
        assert [(i.number, set(i.contacts)) for i in found] == [(2, {"c_aaaaaaaa", "c_bbbbbbbb"}), (1, {"c_aaaaaaaa"})]
        assert replace(found[0], number=0, contacts=()) == late
        assert [i.number for i in interactions.of_contacts(connection, [1, 3], until=day_number(date(2024, 2, 29)))] == [1, 3]
        assert [i.number for i in interactions.everything(connection)] == [1, 2, 3]


def test_both_copies_of_day_and_direction_always_agree(people: Book) -> None:
    rows = [
        (touch(date.fromordinal(735000 + n * 37), direction=list(Direction)[n % 3]), [1 + n % 3, 1 + (n + 1) % 3], None)
        for n in range(60)
    ]
    with writing(people) as w:
        interactions.add_many(w, rows)
    apart = "SELECT count(*) FROM interaction_contact c JOIN interaction i ON i.id = c.interaction_id WHERE i.day <> c.day OR i.direction <> c.direction"
    with people.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM interaction_contact")).scalar_one() == 120
        assert connection.execute(text(apart)).scalar_one() == 0


def test_a_contact_that_goes_takes_along_what_belongs_to_it_alone(people: Book) -> None:
    from relcli.store import tables

    with writing(people) as w:
        w.delete(tables.Contact, {"id": 1})
    with people.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM address")).scalar_one() == 0


def test_a_contact_with_records_does_not_go(people: Book) -> None:
    from relcli.store import tables

    with writing(people) as w:
        interactions.add_many(w, [(touch(date(2024, 2, 29)), [1, 2], None)])
    with pytest.raises(RelcliError), writing(people) as w:
        w.delete(tables.Contact, {"id": 1})
    with people.reading() as connection:
        assert connection.execute(text("SELECT contact_id FROM interaction_contact")).scalars().all() == [1, 2]


def test_transactions_come_back_as_written_newest_first(people: Book) -> None:
    sale = Transaction(
        0, Moment(date(2026, 1, 5)), "c_aaaaaaaa", TransactionKind.SALE, Money(10**15, "EUR"), "bröd", "shop", "x1"
    )
    back = Transaction(0, Moment(date(2026, 2, 5)), "c_aaaaaaaa", TransactionKind.REFUND, Money(1, "JPY"))
    with writing(people) as w:
        assert transactions.add_many(w, [(sale, 1, "k1"), (back, 1, None)]) == [1, 2]
    with people.reading() as connection:
        assert transactions.of_contacts(connection, [1]) == [replace(back, number=2), replace(sale, number=1)]
        assert transactions.of_contacts(connection, [2, 3]) == []
        assert [t.number for t in transactions.search(connection, "BROD")] == [1]
        assert transactions.keys(connection) == {"k1"}
        assert transactions.external_ids(connection, ["shop"]) == {("shop", "x1"): 1}


def test_the_same_external_record_cannot_stand_twice(people: Book) -> None:
    from relcli.errors import Ambiguous

    once = touch(date(2024, 2, 29), source="phone", external_id="7")
    with writing(people) as w:
        interactions.add_many(w, [(once, [1], None)])
    with pytest.raises(Ambiguous), writing(people) as w:
        interactions.add_many(w, [(once, [1], None)])


def test_many_references_in_one_question_are_asked_in_parts(book: Book) -> None:
    from relcli.domain.contact import contact_id

    many = [Contact(0, contact_id(n.to_bytes(5, "big")), f"N{n:05}", NOW) for n in range(1300)]
    with writing(book) as w:
        rows = contacts.add_many(w, many)
        interactions.add_many(w, [(touch(date(2024, 2, 29)), [row], None) for row in rows])
    with book.reading() as connection:
        assert [c.name for c in contacts.fetch(connection, rows)] == [c.name for c in many]
        assert len(interactions.of_contacts(connection, rows)) == 1300


def test_what_touches_were_about_is_read_of_any_number_of_contacts_in_questions_of_a_bounded_size(book: Book) -> None:
    many = [replace(ANA, id=f"c_{n:08}", addresses=(), external_ids=()) for n in range(1203)]
    touch = Interaction(0, Moment(date(2026, 3, 1)), "email", Direction.OUT, (), "prices")
    sizes: list[int] = []
    with writing(book) as w:
        rows = contacts.add_many(w, many)
        numbers = interactions.add_many(w, [(touch, [rows[n]], None) for n in (0, 600, 1202)])

    def counted(_: Any, __: Any, ___: str, parameters: Any, *____: Any) -> None:
        sizes.append(len(parameters))

    with book.reading() as connection:
        event.listen(connection.engine, "before_cursor_execute", counted)
        try:
            found = evidence.texts(connection, rows, until=day_number(date(2026, 3, 1)))
        finally:
            event.remove(connection.engine, "before_cursor_execute", counted)
    assert found == dict.fromkeys(numbers, "prices")
    assert max(sizes) < 600
