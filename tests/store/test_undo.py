"""A batch taken back: what it wrote becomes exactly what it was, or nothing does and the batch in the way is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from tests.store.rows import address, contact, held, part, sale, touch, write_ana, writing

from relcli.store import tables, undo
from relcli.store.book import Book
from relcli.store.journal import table_of
from relcli.store.undo import ChangedLater


def take_back(book: Book, number: int) -> None:
    with writing(book) as w:
        undo.undo(w, number)


def refusal(book: Book, number: int) -> ChangedLater:
    """Why a batch cannot be undone, checked to have changed nothing."""
    before = held(book)
    with pytest.raises(ChangedLater) as caught:
        take_back(book, number)
    assert held(book) == before
    return caught.value


def named(book: Book, number: int) -> int:
    """The batch that stands in the way."""
    error = refusal(book, number)
    words = error.message.removeprefix(f"batch {number} cannot be undone: batch ").split()
    assert words[1:] == ["changed", "the", "same", "records"]
    assert error.hint == f"first: relcli book undo {words[0]}"
    return int(words[0])


@pytest.fixture
def full(book: Book) -> Book:
    """Batch 1: every noun has a record, and contact 1 everything a contact can have."""
    with writing(book) as w:
        write_ana(w)
    return book


def edit_everything(w: Any) -> None:
    w.update(tables.Contact, 1, {"name": "Anna", "archived_day": None})
    w.delete(tables.ContactTag, {"contact_id": 1, "tag": "vip"})
    w.insert(tables.ContactRole, {"contact_id": 1, "role": "partner"})
    w.insert(tables.ContactTag, {"contact_id": 2, "tag": "new"})
    w.update(tables.Employment, 1, {"until_day": 20100})
    w.delete(tables.Referral, {"id": 1})
    w.update(tables.Interaction, 1, {"summary": "other", "at": None})
    w.delete(tables.InteractionContact, {"interaction_id": 1, "contact_id": 2})
    w.update(tables.Transaction, 1, {"amount": 1})
    w.update(tables.Invitation, 1, {"reminded_day": 20000})
    w.update(tables.Response, 1, {"day": 20001})
    w.delete(tables.Answer, {"response_id": 1, "item": "why"})
    w.insert(tables.Contact, contact(3, "Cy"))
    w.insert(tables.Address, address(3, "cy@example.org"))
    w.insert(tables.Transaction, sale(2, 3))


def remove_everything(w: Any) -> None:
    for model in (
        tables.Enrolment,
        tables.Initiative,
        tables.Response,
        tables.Invitation,
        tables.Reminder,
        tables.Plan,
        tables.Later,
        tables.Circumstance,
        tables.Preference,
        tables.Promise,
    ):
        w.delete(model, {"id": 1})
    w.delete(tables.Transaction, {"id": 1})
    w.delete(tables.Interaction, {"id": 1})
    w.delete(tables.Referral, {"id": 1})
    w.delete(tables.Employment, {"id": 1})
    w.delete(tables.Contact, {"id": 1})
    w.delete(tables.Contact, {"id": 2})


def nothing_at_all(w: Any) -> None:
    w.update(tables.Contact, 1, {"name": "Ana Ruíz"})


@pytest.mark.parametrize("act", [edit_everything, remove_everything, nothing_at_all])
def test_every_row_becomes_what_it_was_and_by_the_redo_what_it_became(full: Book, act: Callable[[Any], None]) -> None:
    before = held(full)
    with writing(full) as w:
        act(w)
    after = held(full)
    assert after != before
    take_back(full, 2)
    assert held(full) == before
    take_back(full, 3)
    assert held(full) == after
    take_back(full, 4)
    assert held(full) == before


def test_what_a_batch_made_is_gone_without_a_row_left(full: Book) -> None:
    after = held(full)
    take_back(full, 1)
    assert {name: rows for name, rows in held(full).items() if rows} == {}
    take_back(full, 2)
    assert held(full) == after


def test_the_batch_says_what_it_undid_and_how_many_records_that_were(full: Book) -> None:
    with writing(full) as w:
        w.update(tables.Contact, 1, {"name": "Anna"})
        w.insert_many(tables.Transaction, [sale(2, 1), sale(3, 2)])
    with full.reading() as connection:
        assert undo.size(connection, 1) == 17
        assert undo.size(connection, 2) == 3
    take_back(full, 2)
    with full.reading() as connection:
        batch = connection.execute(select(table_of(tables.Batch)).where(text("id = 3"))).one()
        assert (batch.undoes, batch.rows, batch.made) == (2, 3, "{}")
        assert undo.size(connection, 3) == 3


def test_a_batch_taken_back_leaves_other_records_as_they_are(full: Book) -> None:
    with writing(full) as w:
        w.insert_many(tables.Contact, [contact(n, f"Person {n}") for n in (3, 4)])
    with writing(full) as w:
        w.update(tables.Contact, 3, {"note": "later"})
        w.insert(tables.Contact, contact(5))
    with writing(full) as w:
        w.update(tables.Contact, 4, {"note": "latest"})
    others = [row for row in held(full)["contact"] if row[0] not in (3, 5)]
    take_back(full, 3)
    assert [row for row in held(full)["contact"] if row[0] != 3] == others
    assert next(row for row in held(full)["contact"] if row[0] == 3)[8] == ""


def test_a_name_that_went_to_somebody_new_goes_back(full: Book) -> None:
    """Two records cannot have one external id, not even while one gives it to the other."""
    before = held(full)
    with writing(full) as w:
        w.delete(tables.ExternalId, {"contact_id": 1, "source": "shop", "value": "17"})
        w.insert(tables.Contact, contact(3, "Cy"))
        w.insert(tables.ExternalId, {"contact_id": 3, "source": "shop", "value": "17"})
        w.delete(tables.Alias, {"contact_id": 1, "code": "c_zzzzzzzz"})
        w.insert(tables.Alias, {"contact_id": 3, "code": "c_zzzzzzzz"})
    take_back(full, 2)
    assert held(full) == before


def test_records_that_went_to_somebody_new_go_back_before_they_are_gone(full: Book) -> None:
    before = held(full)
    with writing(full) as w:
        w.insert_many(tables.Contact, [contact(3, "Cy"), contact(4, "Di")])
        w.update(tables.Transaction, 1, {"contact_id": 3})
        w.update(tables.Employment, 1, {"person_id": 3, "organisation_id": 4})
        w.update(tables.Referral, 1, {"from_id": 3, "whom_id": 4})
        w.delete(tables.InteractionContact, {"interaction_id": 1, "contact_id": 1})
        w.insert(tables.InteractionContact, part(1, 3))
    take_back(full, 2)
    assert held(full) == before


def test_a_key_that_went_from_a_record_that_was_removed_to_a_new_one_goes_back(full: Book) -> None:
    before = held(full)
    with writing(full) as w:
        w.delete(tables.Transaction, {"id": 1})
        w.insert(tables.Transaction, sale(2, 2, source="till", external_id="9"))
    take_back(full, 2)
    assert held(full) == before


# --- what stands in the way ---------------------------------------------------------------------------------------------------


def test_of_several_later_batches_the_newest_is_named(full: Book) -> None:
    for note in ("one", "two", "three"):
        with writing(full) as w:
            w.update(tables.Contact, 1, {"note": note})
    assert named(full, 2) == 4
    assert named(full, 1) == 4
    take_back(full, 4)
    assert named(full, 2) == 5  # the undo has written the record, and its own undo comes first


@pytest.mark.parametrize(
    ("model", "number", "values"),
    [
        (tables.Contact, 2, {"note": "later"}),
        (tables.Employment, 1, {"from_day": None}),
        (tables.Referral, 1, {"outcome": "later"}),
        (tables.Interaction, 1, {"minutes": 6}),
        (tables.Transaction, 1, {"item": "later"}),
    ],
)
def test_a_new_record_that_was_changed_later_stays_and_that_batch_is_named(
    full: Book, model: Any, number: int, values: dict[str, Any]
) -> None:
    with writing(full) as w:
        w.update(model, number, values)
    with writing(full) as w:
        w.insert(tables.Contact, contact(9, "Zoe"))  # has nothing to do with it
    with writing(full) as w:
        w.update(tables.Contact, 9, {"note": "neither has this"})
    assert named(full, 1) == 2


@pytest.mark.parametrize(
    "model", [tables.Transaction, tables.Interaction, tables.Referral, tables.Employment, tables.Promise, tables.Preference]
)
def test_a_new_record_that_was_removed_later_is_not_undone_again(full: Book, model: Any) -> None:
    with writing(full) as w:
        w.delete(model, {"id": 1})
    assert named(full, 1) == 2


def test_a_record_that_was_changed_then_removed_names_the_removal(full: Book) -> None:
    with writing(full) as w:
        w.update(tables.Transaction, 1, {"item": "bread"})
    with writing(full) as w:
        w.delete(tables.Transaction, {"id": 1})
    assert named(full, 2) == 3


def test_later_changes_of_another_noun_with_the_same_number_are_nobodys_business(full: Book) -> None:
    for model, values in (
        (tables.Contact, {"note": "one"}),
        (tables.Transaction, {"item": "two"}),
        (tables.Contact, {"note": "three"}),
        (tables.Interaction, {"minutes": 4}),
    ):
        with writing(full) as w:
            w.update(model, 1, values)
    assert named(full, 2) == 4
    take_back(full, 3)
    take_back(full, 5)
    assert held(full)["transaction"][0][8] == "Loaf"


def test_what_was_taken_over_is_told_from_what_was_made_by_others(full: Book) -> None:
    """A record of batch 2 was changed by 3; later changes of records of batch 1 say nothing about batch 2."""
    with writing(full) as w:
        w.insert_many(tables.Contact, [contact(3, "Cy"), contact(4, "Di")])
    with writing(full) as w:
        w.update(tables.Contact, 3, {"note": "in the way"})
    for note in ("a", "b"):
        with writing(full) as w:
            w.update(tables.Contact, 1, {"note": note})
    assert named(full, 2) == 3
    with writing(full) as w:
        w.update(tables.Contact, 4, {"note": "later still"})
    assert named(full, 2) == 6
    with writing(full) as w:
        w.insert(tables.Contact, contact(8, "Eve"))
    with writing(full) as w:
        w.delete(tables.Contact, {"id": 8})
    take_back(full, 8)  # a record that comes back was nothing before
    assert named(full, 2) == 6


def test_a_record_of_another_noun_with_the_number_of_one_that_was_taken_over_is_not_the_one(full: Book) -> None:
    with writing(full) as w:
        w.insert(tables.Interaction, touch(6))
    with writing(full) as w:
        w.insert(tables.Interaction, touch(5))
        w.insert(tables.Transaction, sale(6, 1))
    for model, number in ((tables.Interaction, 5), (tables.Transaction, 6), (tables.Interaction, 6)):
        with writing(full) as w:
            w.update(model, number, {"zone": "UTC"})
    assert named(full, 3) == 4


def test_a_record_gone_past_the_journal_stops_the_undo_and_history_is_pointed_at(full: Book) -> None:
    with writing(full) as w:
        w.connection.execute(text('DELETE FROM "transaction"'))
    error = refusal(full, 1)
    assert error.message == "batch 1 cannot be undone: its records are not as it left them"
    assert error.hint == "see: relcli book history"


def refer(w: Any, how: str) -> None:
    """Write a record that refers to contact 3."""
    if how == "transaction":
        w.insert(tables.Transaction, sale(9, 3))
    elif how == "interaction":
        w.insert(tables.Interaction, touch(9))
        w.insert_many(tables.InteractionContact, [part(9, 3), part(9, 1)])
    elif how in ("from_id", "whom_id"):
        w.insert(tables.Referral, {"id": 9, "from_id": 1, "whom_id": 2, "outcome": "", how: 3})
    else:
        w.insert(tables.Employment, {"id": 9, "person_id": 1, "organisation_id": 2, how: 3})


HOW = ["transaction", "interaction", "from_id", "whom_id", "person_id", "organisation_id"]


@pytest.mark.parametrize("how", HOW)
def test_a_contact_to_whom_a_later_record_refers_stays(full: Book, how: str) -> None:
    with writing(full) as w:
        w.insert_many(tables.Contact, [contact(n, f"Person {n}") for n in (3, 4)])
    with writing(full) as w:
        w.insert(tables.Transaction, sale(8, 2))
    with writing(full) as w:
        refer(w, how)
    with writing(full) as w:
        w.insert(tables.Transaction, sale(10, 2))
        w.insert(tables.Interaction, touch(11))
        w.insert(tables.InteractionContact, part(11, 2))
    assert named(full, 2) == 4
    take_back(full, 4)
    take_back(full, 2)
    assert [row[0] for row in held(full)["contact"]] == [1, 2]


@pytest.mark.parametrize("how", ["interaction", "whom_id"])
def test_of_several_records_that_refer_to_a_contact_the_newest_batch_is_named(full: Book, how: str) -> None:
    with writing(full) as w:
        w.insert(tables.Contact, contact(3, "Cy"))
    with writing(full) as w:
        w.insert(tables.Transaction, sale(8, 3))
        w.insert(tables.Employment, {"id": 8, "person_id": 3, "organisation_id": 1})
    with writing(full) as w:
        refer(w, how)
    assert named(full, 2) == 4


def test_a_batch_of_more_records_than_one_statement_takes_is_looked_through_whole(
    full: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "_MANY", 2)
    with writing(full) as w:
        w.insert_many(tables.Contact, [contact(n, f"Person {n}") for n in range(3, 10)])
    with writing(full) as w:
        w.insert(tables.Transaction, sale(8, 5))
    assert named(full, 2) == 3  # the third of seven
    take_back(full, 3)
    with writing(full) as w:
        w.insert(tables.Transaction, sale(9, 9))
    assert named(full, 2) == 5  # the last
    take_back(full, 5)
    for number in (3, 4, 5, 9):
        with writing(full) as w:
            w.update(tables.Contact, number, {"note": "later"})
    assert named(full, 2) == 10
    take_back(full, 10)
    with writing(full) as w:
        w.update_many(tables.Contact, range(3, 10), {"note": "all"})
    assert named(full, 2) == 12
