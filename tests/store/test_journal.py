"""Images: records as the journal keeps them, and rows made of them again that are the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert
from tests.store.rows import NOON, address, contact, held, part, sale, touch, write_ana, writing

from relcli.domain.contact import AddressKind, Kind
from relcli.domain.interaction import Direction, Purpose
from relcli.domain.transaction import TransactionKind
from relcli.store import journal, tables
from relcli.store.book import Book
from relcli.store.journal import NOUNS, OWNERS, batch_in, images, rows_of, table_of

ANA_AS_KEPT = (
    '{"address": [{"contact_id": 1, "key": "ana@example.org", "kind": "email", "rank": 0, "value": "Ana@example.org"}, '
    '{"contact_id": 1, "key": "b@example.org", "kind": "email", "rank": 1, "value": "B@example.org"}, '
    '{"contact_id": 1, "key": "ana", "kind": "handle", "rank": 0, "value": "Ana"}], '
    '"alias": [{"code": "c_zzzzzzzz", "contact_id": 1}], '
    '"contact_name": [{"contact_id": 1, "kind": "former", "name": "Ana Lind", "name_key": "ana lind"}], '
    '"contact_role": [{"contact_id": 1, "role": "customer"}, {"contact_id": 1, "role": "supplier"}], '
    '"contact_tag": [{"contact_id": 1, "tag": "a"}, {"contact_id": 1, "tag": "vip"}], '
    '"external_id": [{"contact_id": 1, "source": "shop", "value": "17"}], '
    '"row": {"archived_day": 20779, "batch_id": 1, "birthday": "--04-12", "code": "c_aaaaaa01", '
    '"created": "2026-11-21T10:00:00+00:00", "folded": "ana ruíz", "id": 1, "kind": "person", "language": "", '
    '"name": "Ana Ruíz", "name_key": "ana ruíz", "note": "likes \\"tea\\"\\nand 茶", "timezone": ""}}'
)


@pytest.fixture
def full(book: Book) -> Book:
    """A book in which every noun has a record, and contact 1 everything a contact can have."""
    with writing(book) as w:
        write_ana(w)
    return book


def image_of(book: Book, noun: str, key: int) -> str:
    with book.reading() as connection:
        return images(connection, NOUNS[noun], [key])[key]


def all_images(book: Book) -> dict[str, dict[int, str]]:
    with book.reading() as connection:
        return {name: images(connection, noun, [1, 2]) for name, noun in NOUNS.items()}


def test_an_image_is_the_same_text_in_every_version(full: Book) -> None:
    """The journal of an old book is compared with images made today: one other character, and nothing can be undone."""
    assert image_of(full, "contact", 1) == ANA_AS_KEPT


def test_an_image_of_a_touch_holds_instants_words_and_who_took_part(full: Book) -> None:
    image = json.loads(image_of(full, "interaction", 1))
    assert (image["row"]["at"], image["row"]["direction"], image["row"]["purpose"]) == (NOON.isoformat(), "in", "help")
    assert image["row"]["external_id"] is None
    assert [row["contact_id"] for row in image["interaction_contact"]] == [1, 2]


def test_what_belongs_to_a_record_is_in_its_image_in_one_order_however_it_was_written(full: Book) -> None:
    before = image_of(full, "contact", 1)
    with writing(full) as w:
        for tag in ("a", "vip"):
            w.delete(tables.ContactTag, {"contact_id": 1, "tag": tag})
        w.insert_many(tables.ContactTag, [{"contact_id": 1, "tag": tag} for tag in ("a", "vip")])
    assert json.loads(image_of(full, "contact", 1))["contact_tag"] == json.loads(before)["contact_tag"]


def test_a_record_without_anything_that_belongs_to_it_is_its_row_alone(full: Book) -> None:
    assert set(json.loads(image_of(full, "contact", 2))) == {"row"}


def test_a_record_that_does_not_exist_has_no_image(full: Book) -> None:
    with full.reading() as connection:
        assert list(images(connection, NOUNS["contact"], [2, 77])) == [2]
        assert images(connection, NOUNS["contact"], []) == {}


@pytest.mark.parametrize("at_once", [2, 3])
def test_each_record_gets_its_own_image_however_many_are_asked_for_at_once(
    book: Book, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    with writing(book) as w:
        w.insert_many(tables.Contact, [contact(n, f"Person {n}") for n in range(1, 8)])
        w.insert_many(tables.ContactTag, [{"contact_id": n, "tag": f"tag {n} {m}"} for n in range(1, 8) for m in (1, 2)])
    monkeypatch.setattr(journal, "_MANY", at_once)
    with book.reading() as connection:
        found = {key: json.loads(image) for key, image in images(connection, NOUNS["contact"], [1, 2, 3, 5, 7]).items()}
    assert {key: image["row"]["name"] for key, image in found.items()} == {n: f"Person {n}" for n in (1, 2, 3, 5, 7)}
    assert {key: [row["tag"] for row in image["contact_tag"]] for key, image in found.items()} == {
        n: [f"tag {n} 1", f"tag {n} 2"] for n in (1, 2, 3, 5, 7)
    }


def test_more_records_than_one_statement_takes_all_have_images(book: Book) -> None:
    with writing(book) as w:
        w.insert_many(tables.Interaction, [touch(n) for n in range(1, 1202)])
    with book.reading() as connection:
        assert sorted(images(connection, NOUNS["interaction"], range(1, 1202))) == list(range(1, 1202))


def test_an_image_knows_the_batch_that_had_last_written_the_record(full: Book) -> None:
    before = image_of(full, "contact", 2)
    with writing(full) as w:
        w.update(tables.Contact, 2, {"note": "new"})
    assert (batch_in(before), batch_in(image_of(full, "contact", 2))) == (1, 2)


# --- back again -------------------------------------------------------------------------------------------------------------


def put_back(book: Book, kept: dict[str, dict[int, str]]) -> None:
    """Empty every table of every noun and fill it from images, past the one way to write."""
    with writing(book) as w:
        for noun in reversed(NOUNS.values()):
            for table in (*(satellite for satellite, _ in noun.satellites), noun.root):
                w.connection.execute(delete(table))
        for name, noun in NOUNS.items():
            for image in kept[name].values():
                for table, rows in rows_of(noun, image):
                    assert rows
                    w.connection.execute(insert(table), rows)


def test_rows_made_of_images_are_the_rows_that_were_there(full: Book) -> None:
    kept, before = all_images(full), held(full)
    assert all(before.values())
    put_back(full, kept)
    assert held(full) == before
    assert all_images(full) == kept


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
named = words.filter(bool)
instants = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive
maybe = st.none() | words


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    person=st.fixed_dictionaries(
        {
            "name": named,
            "note": words,
            "language": words,
            "created": instants,
            "archived_day": st.none() | st.integers(-9999, 99999),
        }
    ),
    tags=st.sets(named, max_size=3),
    addresses=st.sets(st.tuples(st.sampled_from(AddressKind), named, st.integers(0, 5)), max_size=3),
    call=st.fixed_dictionaries(
        {
            "at": st.none() | instants,
            "summary": words,
            "folded": maybe,
            "minutes": st.none() | st.integers(0, 10**5),
            "sentiment": st.none() | st.integers(-2, 2),
            "direction": st.sampled_from(Direction),
            "purpose": st.none() | st.sampled_from(Purpose),
            "external_id": maybe,
        }
    ),
    paid=st.fixed_dictionaries(
        {"at": st.none() | instants, "amount": st.integers(0, 2**62), "kind": st.sampled_from(TransactionKind), "key": maybe}
    ),
)
def test_whatever_a_record_holds_its_image_reads_back_exactly(
    book: Book, person: Any, tags: set[str], addresses: set[Any], call: Any, paid: Any
) -> None:
    with writing(book) as w:
        for noun in reversed(NOUNS.values()):
            w.connection.execute(delete(noun.root))
        w.insert(tables.Contact, contact(1, **person, kind=Kind.PERSON))
        w.insert_many(tables.ContactTag, [{"contact_id": 1, "tag": tag} for tag in tags])
        rows = {(kind, key): address(1, key, kind, rank) for kind, key, rank in addresses}
        w.insert_many(tables.Address, list(rows.values()))
        w.insert(tables.Interaction, touch(1, **call))
        w.insert(tables.InteractionContact, part(1, 1))
        w.insert(tables.Transaction, sale(1, 1, **paid))
    kept, before = all_images(book), held(book)
    put_back(book, kept)
    assert held(book) == before
    assert all_images(book) == kept


def test_rows_come_with_what_the_columns_hold_the_record_first(full: Book) -> None:
    (first, [row]), (second, parts) = rows_of(NOUNS["interaction"], image_of(full, "interaction", 1))
    assert (first.name, second.name) == ("interaction", "interaction_contact")
    assert row["at"] == NOON
    assert row["at"].utcoffset() == timedelta(0)
    assert (row["external_id"], row["day"], row["batch_id"]) == (None, 20778, 1)
    assert [one["contact_id"] for one in parts] == [1, 2]


def test_an_image_from_before_a_column_existed_reads_back_without_it() -> None:
    old = '{"row": {"id": 3, "code": "c_aaaaaa03", "created": "2024-02-29T00:00:00+00:00", "batch_id": 2, "gone": 1}}'
    [(table, [row])] = rows_of(NOUNS["contact"], old)
    assert set(row) == {column.name for column in table.columns}
    assert (row["id"], row["note"], row["archived_day"]) == (3, None, None)
    assert row["created"] == datetime(2024, 2, 29, tzinfo=UTC)


# --- what is a record ---------------------------------------------------------------------------------------------------------


def test_nouns_stand_in_the_order_in_which_they_can_be_made() -> None:
    made: set[str] = set()
    for noun in NOUNS.values():
        for table in (noun.root, *(satellite for satellite, _ in noun.satellites)):
            pointed = {key.column.table.name for key in table.foreign_keys} & {n.root.name for n in NOUNS.values()}
            assert pointed <= made | {noun.name}
        made.add(noun.name)
    assert made == {
        "contact", "works_for", "referral", "interaction", "transaction", "promise", "preference", "circumstance", "later",
        "plan", "reminder", "invitation", "response", "initiative", "enrolment", "setting", "removed", "origin",
    }  # fmt: skip


def test_what_belongs_to_a_record_says_by_which_column() -> None:
    assert {name: (noun.name, column) for name, (noun, column) in OWNERS.items()} == {
        "contact_role": ("contact", "contact_id"),
        "contact_tag": ("contact", "contact_id"),
        "address": ("contact", "contact_id"),
        "external_id": ("contact", "contact_id"),
        "alias": ("contact", "contact_id"),
        "contact_name": ("contact", "contact_id"),
        "interaction_contact": ("interaction", "interaction_id"),
        "answer": ("response", "response_id"),
    }


def test_the_table_of_a_model_is_the_one_it_is_stored_in() -> None:
    assert table_of(tables.Employment).name == "works_for"
    assert table_of(tables.Employment) is NOUNS["works_for"].root
