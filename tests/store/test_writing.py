"""The one way to write: batches, ids that never come back, and what the tables refuse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import StatementError
from tests.store.rows import contact, held, part, sale, touch, write_ana

from relcli.domain.contact import Kind
from relcli.domain.interaction import Direction
from relcli.domain.transaction import TransactionKind
from relcli.errors import RelcliError
from relcli.store import tables
from relcli.store import writing as module
from relcli.store.book import Book
from relcli.store.journal import NOUNS, images, table_of

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
ANA = {
    "code": "c_aaaaaaaa",
    "kind": Kind.PERSON,
    "name": "Ana",
    "folded": "ana",
    "name_key": "ana",
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
    assert count(book, tables.Counter) == 0


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


# --- the journal ----------------------------------------------------------------------------------------------------


@pytest.fixture
def full(book: Book) -> Book:
    """Batch 1: every noun has a record, and contact 1 everything a contact can have; batch 2: seven more contacts."""
    with writing(book) as w:
        write_ana(w)
    with writing(book) as w:
        w.insert_many(tables.Contact, [contact(n, f"Person {n}") for n in range(3, 10)])
    return book


def image(book: Book, noun: str, key: int) -> str | None:
    with book.reading() as connection:
        return images(connection, NOUNS[noun], [key]).get(key)


def rows(book: Book, model: Any) -> list[Any]:
    with book.reading() as connection:
        return list(connection.execute(select(table_of(model)).order_by(table_of(model).c.id)))


def changes(book: Book) -> list[tuple[Any, ...]]:
    """Batch, noun, key, and whether there is an image before and after."""
    return [(c.batch_id, c.noun, c.key, c.before is not None, c.after is not None) for c in rows(book, tables.Change)]


def test_a_change_is_kept_with_the_image_before_and_after(full: Book) -> None:
    before = image(full, "contact", 1)
    with writing(full) as w:
        w.update(tables.Contact, 1, {"name": "Anna"})
        w.insert(tables.ContactTag, {"contact_id": 1, "tag": "b"})
        w.update(tables.Contact, 1, {"note": "twice in a batch is one change"})
    [change] = rows(full, tables.Change)
    assert (change.id, change.batch_id, change.noun, change.key) == (1, 3, "contact", 1)
    assert (change.before, change.after) == (before, image(full, "contact", 1))


def test_what_belongs_to_a_record_is_part_of_its_change(full: Book) -> None:
    with writing(full) as w:
        w.insert(tables.ContactTag, {"contact_id": 2, "tag": "b"})
        w.delete(tables.InteractionContact, {"interaction_id": 1, "contact_id": 2})
    assert changes(full) == [(3, "contact", 2, True, True), (3, "interaction", 1, True, True)]
    assert [row.batch_id for row in rows(full, tables.Contact)][:3] == [1, 3, 2]
    assert [row.batch_id for row in rows(full, tables.Interaction)] == [3]


def test_a_removed_record_has_no_image_after_and_a_new_one_no_change(full: Book) -> None:
    with writing(full) as w:
        w.delete(tables.Transaction, {"id": 1})
        w.insert(tables.Contact, contact(20))
        w.insert(tables.ContactTag, {"contact_id": 20, "tag": "b"})
        w.update(tables.Contact, 20, {"note": "new"})
        assert (w.is_new(tables.Contact, 20), w.is_new(tables.Contact, 1), w.is_new(tables.Transaction, 20)) == (
            True,
            False,
            False,
        )
    assert changes(full) == [(3, "transaction", 1, True, False)]
    assert json.loads(rows(full, tables.Batch)[2].made) == {"contact": 1}


def test_changes_are_numbered_on_noun_by_noun(full: Book) -> None:
    with writing(full) as w:
        w.update(tables.Transaction, 1, {"item": "x"})
        w.update(tables.Contact, 4, {"note": "x"})
        w.update(tables.Contact, 3, {"note": "x"})
    with writing(full) as w:
        w.about(tables.Contact, 7)
        w.about(tables.Contact, 2)
        w.update(tables.Contact, 9, {"note": "x"})
    assert [(row.id, row.noun, row.key) for row in rows(full, tables.Change)] == [
        (1, "contact", 3), (2, "contact", 4), (3, "transaction", 1), (4, "contact", 9), (5, "contact", 2), (6, "contact", 7),
    ]  # fmt: skip
    assert [change[3:] for change in changes(full)[4:]] == [(False, False)] * 2


def test_what_a_batch_only_concerns_is_noted_without_an_image_and_opens_no_batch_alone(full: Book) -> None:
    with writing(full) as w:
        w.about(tables.Contact, 1)
    assert len(rows(full, tables.Batch)) == 2
    with writing(full) as w:
        w.describe(handed_to="the accountant", final="a copy was handed over")
        w.about(tables.Contact, 1)
    assert changes(full) == [(3, "contact", 1, False, False)]
    batches = rows(full, tables.Batch)
    assert (batches[2].handed_to, batches[2].final, batches[2].rows) == ("the accountant", "a copy was handed over", 0)
    assert [(batch.handed_to, batch.final) for batch in batches[:2]] == [("", "")] * 2


def test_a_batch_as_it_stands_says_what_was_written_so_far(full: Book) -> None:
    with writing(full) as w:
        w.insert_many(tables.ContactTag, [{"contact_id": 2, "tag": tag} for tag in ("a", "b")])
        w.update(tables.Contact, 2, {"note": "x"})
        batch = w.written
        assert (w.batch, batch.number, batch.at, batch.actor, batch.command, batch.rows) == (3, 3, NOW, "tester", "a test", 3)


# --- many at once ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at_once", [3])
def test_many_records_change_alike_and_the_others_stay(full: Book, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(module, "_MANY", at_once)
    those = [3, 4, 5, 6, 7, 9]
    before = {row.id: row.note for row in rows(full, tables.Contact)}
    with writing(full) as w:
        w.update_many(tables.Contact, those, {"note": "x", "language": "es"})
        assert w.written.rows == 6
    assert {row.id: row.note for row in rows(full, tables.Contact)} == {
        n: "x" if n in those else note for n, note in before.items()
    }
    assert [row.id for row in rows(full, tables.Contact) if row.batch_id == 3 and row.language == "es"] == those
    assert changes(full) == [(3, "contact", n, True, True) for n in those]


@pytest.mark.parametrize("at_once", [3])
def test_one_tag_goes_from_many_records_and_other_tags_and_records_stay(
    full: Book, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    with writing(full) as w:
        w.insert_many(tables.ContactTag, [{"contact_id": n, "tag": tag} for n in range(3, 9) for tag in ("x", "y")])
    monkeypatch.setattr(module, "_MANY", at_once)
    with writing(full) as w:
        w.delete_many(tables.ContactTag, [3, 4, 5, 7, 9], {"tag": "x"})
        assert w.written.rows == 4  # contact 9 had none
    assert [row[:2] for row in held(full)["contact_tag"] if row[0] > 2] == [
        (3, "y"), (4, "y"), (5, "y"), (6, "x"), (6, "y"), (7, "y"), (8, "x"), (8, "y"),
    ]  # fmt: skip
    assert [change[2] for change in changes(full) if change[0] == 4] == [3, 4, 5, 7, 9]


def test_a_row_of_a_record_is_removed_by_its_whole_key(full: Book) -> None:
    with writing(full) as w:
        w.delete(tables.ContactTag, {"contact_id": 1, "tag": "vip"})
        w.delete(tables.ContactTag, {"contact_id": 1, "tag": "not there"})
        assert w.written.rows == 1
    assert held(full)["contact_tag"] == [(1, "a")]


# --- put back, stripped ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at_once", [2])
def test_records_are_put_back_as_their_images_say(full: Book, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    before = held(full)
    kept = {n: image(full, "contact", n) for n in (1, 3, 4)}
    with writing(full) as w:  # 3
        w.update(tables.Contact, 1, {"name": "Anna"})
        w.delete_many(tables.ContactRole, [1], {"role": "customer"})
        w.insert(tables.ContactTag, {"contact_id": 1, "tag": "new"})
        w.delete(tables.Contact, {"id": 3})
        w.delete(tables.Contact, {"id": 4})
        w.insert_many(tables.Contact, [contact(n) for n in (30, 31, 32)])
        w.insert_many(tables.ContactTag, [{"contact_id": n, "tag": "new"} for n in (30, 31, 32)])
    monkeypatch.setattr(module, "_MANY", at_once)
    with writing(full) as w:  # 4
        w.put_back(NOUNS["contact"], {**kept, 30: None, 31: None, 32: None})
        assert w.written is None or w.written.rows == 6
        w.insert(tables.ContactTag, {"contact_id": 9, "tag": "so that there is a batch"})
    after = held(full)
    assert [row for row in after["contact_tag"] if row[0] != 9] == before.pop("contact_tag")
    after.pop("contact_tag")
    assert [row for row in after.pop("contact") if row[0] != 9] == [row for row in before.pop("contact") if row[0] != 9]
    assert after == before
    assert sorted(change[2:] for change in changes(full) if change[0] == 4) == [
        (1, True, True), (3, False, True), (4, False, True), (9, True, True),
        (30, True, False), (31, True, False), (32, True, False),
    ]  # fmt: skip


def test_a_stripped_record_keeps_its_row_and_nothing_else(full: Book) -> None:
    with writing(full) as w:
        w.insert_many(tables.ContactTag, [{"contact_id": n, "tag": "b"} for n in (3, 4)])
    before = held(full)
    with writing(full) as w:
        w.strip(NOUNS["contact"], [1, 3])
        w.describe(final="a test")
    after = held(full)
    assert after["contact"] == before["contact"]
    assert after["contact_tag"] == [(4, "b")]
    assert [after[table] for table in ("contact_role", "address", "external_id", "alias")] == [[], [], [], []]
    assert [change for change in changes(full) if change[0] == 4] == [
        (4, "contact", 1, True, True),
        (4, "contact", 3, True, True),
    ]


# --- for good -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at_once", [2])
def test_what_is_erased_leaves_no_image_and_takes_along_what_belongs_to_it(
    full: Book, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    with writing(full) as w:  # 3
        w.insert_many(tables.Interaction, [touch(n) for n in range(2, 8)])
        w.insert_many(tables.InteractionContact, [part(n, who) for n in range(2, 8) for who in (1, 2)])
    monkeypatch.setattr(module, "_MANY", at_once)
    with writing(full) as w:  # 4
        w.describe(final="a test")
        w.erase(table_of(tables.Interaction), "id", [2, 3, 5])
        assert w.written.rows == 3
        w.erase(table_of(tables.InteractionContact), "contact_id", [1])
        assert w.written.rows == 4
        w.erase(table_of(tables.Referral), "from_id", [1])  # nobody's: the one there is has that number
        assert w.connection.execute(text("SELECT count(*) FROM referral")).scalar_one() == 1
        w.erase(table_of(tables.Referral), "from_id", [2])
    assert [row[0] for row in held(full)["interaction"]] == [1, 4, 6, 7]
    assert [(row[0], row[2]) for row in held(full)["interaction_contact"]] == [(2, 1), (2, 4), (2, 6), (2, 7)]
    assert held(full)["referral"] == []
    assert changes(full) == []


@pytest.mark.parametrize("at_once", [2])
def test_what_is_overwritten_leaves_no_image_and_names_the_batch(
    full: Book, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    with writing(full) as w:  # 3
        w.insert_many(tables.Transaction, [sale(n, 2, item="Bread") for n in range(2, 8)])
    monkeypatch.setattr(module, "_MANY", at_once)
    with writing(full) as w:  # 4
        w.overwrite(table_of(tables.Transaction), [2, 3, 5, 7], {"item": ""})
        assert w.written.rows == 4
    assert [(row.id, row.item, row.batch_id) for row in rows(full, tables.Transaction)] == [
        (1, "Loaf", 1), (2, "", 4), (3, "", 4), (4, "Bread", 3), (5, "", 4), (6, "Bread", 3), (7, "", 4),
    ]  # fmt: skip
    assert changes(full) == []


@pytest.mark.parametrize("at_once", [2])
def test_blotting_empties_images_makes_batches_final_and_silences_them(
    full: Book, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    for n in range(3, 8):  # batches 3 to 7, changes 1 to 5
        with writing(full) as w:
            w.update(tables.Contact, n, {"note": "x"})
            w.describe(handed_to=f"somebody {n}", final="its own reason" if n == 5 else "")
    monkeypatch.setattr(module, "_MANY", at_once)
    with writing(full) as w:
        w.blot([1, 3, 4], [3, 5, 6, 7], [4, 5, 7], "forgotten")
    assert [change[2:] for change in changes(full)] == [
        (3, False, False), (4, True, True), (5, False, False), (6, False, False), (7, True, True),
    ]  # fmt: skip
    assert [(batch.final, batch.handed_to) for batch in rows(full, tables.Batch)] == [
        ("", ""), ("", ""), ("forgotten", "somebody 3"), ("", ""), ("its own reason", ""),
        ("forgotten", "somebody 6"), ("forgotten", ""),
    ]  # fmt: skip


# --- numbers --------------------------------------------------------------------------------------------------------


def test_every_noun_counts_for_itself(book: Book) -> None:
    with writing(book) as w:
        w.insert_many(tables.Contact, [{**ANA, "code": f"c_aaaaaa{n:02}"} for n in range(3)])
        assert w.insert(tables.Interaction, CALL) == 1
        assert w.insert_many(tables.Interaction, [CALL, {**CALL, "id": 9}, CALL, {**CALL, "id": 4}]) == [10, 9, 11, 4]
        assert w.insert_many(tables.ContactTag, [{"contact_id": 1, "tag": tag} for tag in ("a", "b")]) == [0, 0]
        assert w.insert(tables.Forgotten, {"digest": "x"}) == 0
    with writing(book) as w:
        assert w.insert(tables.Interaction, CALL) == 12
        assert w.insert(tables.Contact, {**ANA, "code": "c_aaaaaa77"}) == 4


def test_an_id_that_a_row_brings_does_not_set_the_count_back(book: Book) -> None:
    with writing(book) as w:
        assert w.insert_many(tables.Interaction, [{**CALL, "id": 12}]) == [12]
        assert w.insert_many(tables.Interaction, [{**CALL, "id": 4}]) == [4]
        assert w.insert(tables.Interaction, CALL) == 13


def test_the_names_under_which_numbers_are_counted_stay_the_same_in_every_version(full: Book) -> None:
    with writing(full) as w:
        w.update(tables.Contact, 1, {"note": "x"})
    with full.reading() as connection:
        counters = {row.noun: row.last for row in connection.execute(select(table_of(tables.Counter)))}
    assert counters == {
        "batch": 3, "change": 1, "contact": 9, "works_for": 1, "referral": 1, "interaction": 1, "transaction": 1,
        "promise": 1, "preference": 1, "circumstance": 1, "later": 1, "plan": 1, "reminder": 1, "invitation": 1, "response": 1,
        "initiative": 1, "enrolment": 1, "setting": 1, "removed": 1, "origin": 1,
    }  # fmt: skip


def test_the_rows_of_a_batch_add_up_over_all_it_does(full: Book) -> None:
    kept = image(full, "contact", 9)
    with writing(full) as w:
        w.insert_many(tables.Transaction, [sale(n, 2) for n in (2, 3)])
        w.update_many(tables.Contact, [3, 4, 5], {"note": "x"})
        w.update(tables.Contact, 9, {"note": "x"})
        w.put_back(NOUNS["contact"], {9: kept})
        w.overwrite(table_of(tables.Transaction), [2, 3], {"item": ""})
        w.delete(tables.ContactTag, {"contact_id": 1, "tag": "vip"})
        w.delete_many(tables.ContactRole, [1, 3], {"role": "customer"})
        w.erase(table_of(tables.Transaction), "id", [3])
    assert rows(full, tables.Batch)[2].rows == 2 + 3 + 1 + 1 + 2 + 1 + 1 + 1
