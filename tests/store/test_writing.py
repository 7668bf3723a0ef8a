"""The one way to write: batches, ids that never come back, and what the tables refuse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import StatementError

from relcli.domain.contact import Kind
from relcli.domain.interaction import Direction
from relcli.domain.transaction import TransactionKind
from relcli.errors import RelcliError
from relcli.store import tables
from relcli.store.book import Book

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
ANA = {
    "code": "c_aaaaaaaa",
    "kind": Kind.PERSON,
    "name": "Ana",
    "folded": "ana",
    "language": "",
    "timezone": "",
    "birthday": "",
    "note": "",
    "created": NOW,
}
CALL = {"day": 20778, "zone": "", "channel": "phone", "direction": Direction.IN, "summary": "", "source": ""}
SALE = {
    "contact_id": 1,
    "day": 20778,
    "zone": "",
    "kind": TransactionKind.SALE,
    "amount": 1250,
    "currency": "EUR",
    "item": "",
    "source": "",
}


def writing(book: Book, **more: Any) -> Any:
    return book.writing("a test", now=NOW, actor="tester", **more)


def count(book: Book, model: Any) -> int:
    with book.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(model)).scalar_one())


def test_a_batch_holds_who_when_which_command_and_how_many_rows(book: Book) -> None:
    with writing(book) as w:
        w.insert(tables.Contact, ANA)
        w.insert_many(tables.ContactTag, [{"contact_id": 1, "tag": t} for t in ("a", "b")])
    with book.reading() as connection:
        [row] = connection.execute(select(tables.Batch.__table__)).all()  # type: ignore[attr-defined]  # SQLModel hides it
    assert tuple(row)[:6] == (1, NOW, "tester", "a test", 3, '{"contact": 1}')


def test_a_command_that_changes_nothing_leaves_no_batch(book: Book) -> None:
    with writing(book) as w:
        w.insert_many(tables.Contact, [])
        assert w.written is None
    assert count(book, tables.Batch) == 0


def test_every_row_names_the_batch_that_wrote_it_last(book: Book) -> None:
    with writing(book) as w:
        ana = w.insert(tables.Contact, ANA)
    with writing(book) as w:
        w.update(tables.Contact, ana, {"name": "Anna"})
    with book.reading() as connection:
        row = connection.execute(text("SELECT name, batch_id FROM contact")).one()
    assert tuple(row) == ("Anna", 2)


def test_an_id_is_never_given_twice_even_when_its_row_is_gone(book: Book) -> None:
    with writing(book) as w:
        assert w.insert_many(tables.Contact, [ANA, {**ANA, "code": "c_bbbbbbbb"}]) == [1, 2]
    with writing(book) as w:
        w.delete(tables.Contact, {"id": 2})
    with writing(book) as w:
        assert w.insert(tables.Contact, {**ANA, "code": "c_cccccccc"}) == 3


def test_a_row_that_brings_its_id_keeps_it_and_later_ids_go_beyond(book: Book) -> None:
    with writing(book) as w:
        rows = [{**ANA, "id": 7}, {**ANA, "code": "c_bbbbbbbb"}]
        assert w.insert_many(tables.Contact, rows) == [7, 8]


def test_ids_given_in_a_batch_that_fails_are_free_again(book: Book) -> None:
    with pytest.raises(RuntimeError), writing(book) as w:  # noqa: PT012  # the failure comes after a row
        w.insert(tables.Contact, ANA)
        raise RuntimeError
    with writing(book) as w:
        assert w.insert(tables.Contact, ANA) == 1
    assert count(book, tables.Batch) == 1


def test_a_dry_run_sees_its_own_rows_and_leaves_none(book: Book) -> None:
    with writing(book, dry_run=True) as w:
        w.insert(tables.Contact, ANA)
        assert w.connection.execute(text("SELECT name FROM contact")).scalar_one() == "Ana"
    assert count(book, tables.Contact) == 0
    assert count(book, tables.Batch) == 0
    assert count(book, tables.Counter) == 0


def test_more_rows_than_one_statement_takes_are_written_in_order(book: Book) -> None:
    rows = [{**CALL, "summary": str(n)} for n in range(4001)]
    with writing(book) as w:
        ids = w.insert_many(tables.Interaction, rows)
    assert ids == list(range(1, 4002))
    with book.reading() as connection:
        assert connection.execute(text("SELECT summary FROM interaction WHERE id = 4001")).scalar_one() == "4000"


REFUSED: list[tuple[Any, Mapping[str, Any]]] = [
    (tables.Interaction, {**CALL, "minutes": -1}),
    (tables.Interaction, {**CALL, "minutes": "abc"}),
    (tables.Interaction, {**CALL, "day": "abc"}),
    (tables.Interaction, {**CALL, "sentiment": 3}),
    (tables.Interaction, {**CALL, "sentiment": -3}),
    (tables.Interaction, {**CALL, "channel": ""}),
    (tables.Interaction, {**CALL, "direction": "sideways"}),
    (tables.Interaction, {**CALL, "purpose": "fun"}),
    (tables.Interaction, {**CALL, "at": datetime(2026, 11, 21, 10)}),  # noqa: DTZ001  # that is the point
    (tables.Contact, {**ANA, "code": "c_bbbbbbbb", "name": ""}),
    (tables.Contact, ANA),
    (tables.Contact, {**ANA, "code": "c_bbbbbbbb", "kind": "robot"}),
    (tables.Contact, {**ANA, "code": "c_bbbbbbbb", "created": datetime(2026, 11, 21)}),  # noqa: DTZ001
    (tables.Transaction, {**SALE, "amount": -1}),
    (tables.Transaction, {**SALE, "amount": -5}),
    (tables.Transaction, {**SALE, "amount": "12.50"}),
    (tables.Transaction, {**SALE, "currency": "EURO"}),
    (tables.Transaction, {**SALE, "kind": "gift"}),
    (tables.Transaction, {**SALE, "contact_id": 99}),
    (tables.ContactTag, {"contact_id": 1, "tag": ""}),
    (tables.ContactTag, {"contact_id": 99, "tag": "lost"}),
    (tables.Employment, {"person_id": 1, "organisation_id": 1}),
    (tables.Referral, {"from_id": 1, "whom_id": 1, "outcome": ""}),
    (tables.Address, {"contact_id": 1, "kind": "fax", "key": "1", "rank": 0, "value": "1"}),
    (tables.Address, {"contact_id": 1, "kind": "email", "key": "a@example.org", "rank": -1, "value": "a@example.org"}),
]


@pytest.mark.parametrize(("model", "row"), REFUSED, ids=lambda v: None)
def test_what_must_not_stand_in_the_book_is_refused_and_nothing_of_the_batch_stays(
    book: Book, model: Any, row: Mapping[str, Any]
) -> None:
    with writing(book) as w:
        w.insert(tables.Contact, ANA)
    before = count(book, model)
    with pytest.raises((RelcliError, StatementError)), writing(book) as w:  # noqa: PT012  # the second row is refused, the first goes too
        w.insert(tables.ContactTag, {"contact_id": 1, "tag": "written before"})
        w.insert(model, row)
    assert count(book, model) == before
    assert count(book, tables.ContactTag) == 0
    assert count(book, tables.Batch) == 1


def test_a_fraction_never_stands_in_a_whole_number(book: Book, database: str) -> None:
    refused = False
    try:
        with writing(book) as w:
            w.insert(tables.Interaction, {**CALL, "minutes": 1.5})
    except RelcliError:
        refused = True
    with book.reading() as connection:
        stored = connection.execute(text("SELECT minutes FROM interaction")).scalars().all()
    assert refused == (database == "sqlite")  # a server rounds before any CHECK can look
    assert stored == ([] if refused else [2])


def test_every_enum_of_the_tables_is_stored_by_its_value(book: Book) -> None:
    with writing(book) as w:
        w.insert(tables.Contact, ANA)
        w.insert(tables.Interaction, CALL)
        w.insert(tables.Transaction, SALE)
    with book.reading() as connection:
        found = [
            connection.execute(text(q)).scalar_one()
            for q in ("SELECT kind FROM contact", "SELECT direction FROM interaction", 'SELECT kind FROM "transaction"')
        ]
    assert found == ["person", "in", "sale"]
