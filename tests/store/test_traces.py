"""Where a contact leaves traces: every record, image, word and batch that is about them, and none that is about others."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.store.rows import address, contact, part, sale, touch, write_ana, writing

from relcli.domain.contact import AddressKind
from relcli.store import tables, traces
from relcli.store.book import Book
from relcli.store.journal import NOUNS, table_of

ANA, BO, CY, DI = 1, 2, 3, 4
CODES = {"c_aaaaaa01", "c_aaaaaa03", "c_zzzzzzzz"}


@pytest.fixture
def known(book: Book) -> Book:
    """Ana, into whom Cy was merged, Bo, and Di, who spoke of Ana once. Each write is one batch."""
    with writing(book) as w:  # 1
        write_ana(w)
    with writing(book) as w:  # 2
        w.insert(tables.Contact, contact(CY, "Cy Kestrel"))
        w.insert_many(tables.Address, [address(CY, "cy@example.org"), address(CY, "34600", AddressKind.PHONE)])
        w.insert(tables.ExternalId, {"contact_id": CY, "source": "old", "value": "333"})
    with writing(book) as w:  # 3
        w.insert(tables.Contact, contact(DI, "Di", note="knows Ana Ruíz"))
        w.insert(tables.Interaction, touch(2, summary="with Di"))
        w.insert(tables.InteractionContact, part(2, DI))
        w.insert(tables.Transaction, sale(2, DI))
    with writing(book) as w:  # 4: the merge
        w.delete(tables.Contact, {"id": CY})
        w.insert(tables.Alias, {"code": "c_aaaaaa03", "contact_id": ANA})
    with writing(book) as w:  # 5
        w.update(tables.Contact, DI, {"note": ""})
    with writing(book) as w:  # 6
        w.update(tables.Contact, BO, {"note": "nothing about anybody"})
    with writing(book) as w:  # 7
        w.update(tables.Interaction, 1, {"minutes": 6})
    with writing(book) as w:  # 8
        w.update(tables.Transaction, 2, {"item": "another"})
    return book


def of(book: Book, row: int = ANA) -> traces.Traces:
    with book.reading() as connection:
        return traces.of(connection, row)


def journal(book: Book) -> dict[int, tuple[int, str, int]]:
    """Change → batch, noun, key."""
    with book.reading() as connection:
        return {c.id: (c.batch_id, c.noun, c.key) for c in connection.execute(select(table_of(tables.Change)))}


# --- records ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (ANA, {"contact": [1], "works_for": [1], "referral": [1], "interaction": [1], "transaction": [1]}),
        (BO, {"contact": [2], "works_for": [1], "referral": [1], "interaction": [1], "transaction": []}),
        (DI, {"contact": [4], "works_for": [], "referral": [], "interaction": [2], "transaction": [2]}),
    ],
)
def test_the_records_of_a_contact_are_those_that_point_at_them_by_any_column(
    known: Book, row: int, found: dict[str, list[int]]
) -> None:
    of_one = {
        noun: [1] if row == ANA else []
        for noun in ("promise", "preference", "circumstance", "later", "plan", "reminder", "invitation", "response", "enrolment")
    }
    assert of(known, row).records == {**found, **of_one, "initiative": [], "setting": [], "removed": [], "origin": []}


def test_records_stand_in_order_each_once(book: Book) -> None:
    with writing(book) as w:
        w.insert_many(tables.Contact, [contact(n, f"Person {n}") for n in (1, 2, 3)])
        w.insert_many(tables.Referral, [
            {"id": n, "from_id": a, "whom_id": b, "outcome": ""} for n, a, b in ((5, 1, 2), (3, 2, 1), (4, 2, 3), (9, 1, 3))
        ])  # fmt: skip
    with book.reading() as connection:
        assert traces.numbers(connection, NOUNS["referral"], 1) == [3, 5, 9]
        assert traces.numbers(connection, NOUNS["referral"], 3) == [4, 9]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("works_for", ["person_id", "organisation_id"]),
        ("referral", ["from_id", "whom_id"]),
        ("interaction", []),
        ("contact", []),
        ("transaction", ["contact_id"]),
    ],
)
def test_the_columns_that_point_at_a_contact_are_read_from_the_table(table: str, columns: list[str]) -> None:
    assert [column.name for column in traces.pointing(NOUNS[table].root)] == columns


# --- what they are known by ---------------------------------------------------------------------------------------------------


def test_a_contact_is_known_by_all_that_they_and_those_merged_into_them_ever_had(known: Book) -> None:
    found = of(known)
    assert (found.row, found.keys, set(found.codes)) == (ANA, (ANA, CY), CODES)
    assert found.codes[0] == "c_aaaaaa01"
    assert found.known_by == tuple(
        sorted([
            *(("id", code) for code in CODES),
            ("e-mail", "ana@example.org"), ("e-mail", "b@example.org"), ("handle", "ana"),
            ("e-mail", "cy@example.org"), ("phone", "34600"),
            ("external id", "shop", "17"), ("external id", "old", "333"),
        ])
    )  # fmt: skip


def test_the_words_for_a_contact_are_names_addresses_and_ids_as_texts_hold_them(known: Book) -> None:
    assert of(known).words == tuple(
        sorted({
            *CODES,
            "Ana Ruíz", "ana ruiz", "Ana Lind", "ana lind", "Cy Kestrel", "cy kestrel",
            "ana@example.org", "Ana@example.org", "b@example.org", "B@example.org", "cy@example.org",
            "ana", "Ana", "34600", "333",
        })
    )  # fmt: skip


def test_a_former_name_and_a_former_address_are_still_theirs(known: Book) -> None:
    with writing(known) as w:
        w.update(tables.Contact, ANA, {"name": "Anna Later"})
        w.delete(tables.Address, {"contact_id": ANA, "kind": AddressKind.EMAIL, "key": "b@example.org"})
        w.delete(tables.ExternalId, {"contact_id": ANA, "source": "shop", "value": "17"})
    found = of(known)
    assert {"Anna Later", "anna later", "Ana Ruíz", "ana ruiz"} <= set(found.words)
    assert {("e-mail", "b@example.org"), ("external id", "shop", "17")} <= set(found.known_by)


def test_a_contact_that_never_changed_is_known_by_what_the_tables_hold(book: Book) -> None:
    with writing(book) as w:
        write_ana(w)
        w.insert(tables.Address, address(BO, "bo@example.org"))
        w.insert(tables.ExternalId, {"contact_id": BO, "source": "shop", "value": "18"})
    assert journal(book) == {}
    assert of(book, BO).known_by == (("e-mail", "bo@example.org"), ("external id", "shop", "18"), ("id", "c_aaaaaa02"))
    assert set(of(book).known_by) == {
        ("id", "c_aaaaaa01"), ("id", "c_zzzzzzzz"), ("e-mail", "ana@example.org"), ("e-mail", "b@example.org"), ("handle", "ana"),
        ("external id", "shop", "17"),
    }  # fmt: skip


def test_what_only_the_image_after_a_change_still_holds_is_theirs(known: Book) -> None:
    """Another who was forgotten may have taken the next image along."""
    with writing(known) as w:
        w.insert(tables.Address, address(DI, "old@example.org"))
    with writing(known) as w:
        w.delete(tables.Address, {"contact_id": DI, "kind": AddressKind.EMAIL, "key": "old@example.org"})
    with writing(known) as w:
        w.blot([max(journal(known))], [], [], "it held records of another")
    assert ("e-mail", "old@example.org") in of(known, DI).known_by


def test_what_another_has_by_now_is_the_others(known: Book) -> None:
    with writing(known) as w:
        w.delete(tables.Address, {"contact_id": ANA, "kind": AddressKind.EMAIL, "key": "b@example.org"})
        w.insert(tables.Address, address(BO, "b@example.org"))
        w.insert(tables.Address, address(DI, "ana@example.org"))  # two may share one
        w.delete(tables.ExternalId, {"contact_id": ANA, "source": "shop", "value": "17"})
        w.insert(tables.ExternalId, {"contact_id": BO, "source": "shop", "value": "17"})
        w.update(tables.Contact, BO, {"name": "CY KESTREL", "folded": "cy kestrel"})
    found = of(known)
    assert {parts for parts in found.known_by if parts[0] != "id"} == {
        ("handle", "ana"), ("e-mail", "cy@example.org"), ("phone", "34600"), ("external id", "old", "333"),
    }  # fmt: skip
    assert not {"Cy Kestrel", "cy kestrel", "b@example.org", "17"} & set(found.words)
    assert {"Ana Ruíz", "ana ruiz", "cy@example.org"} <= set(found.words)
    assert ("external id", "shop", "17") in of(known, BO).known_by


@pytest.mark.parametrize(("name", "is_word"), [("Jo", False), ("Joe", True)])
def test_a_word_of_two_letters_is_not_looked_for(book: Book, name: str, is_word: bool) -> None:
    with writing(book) as w:
        w.insert(tables.Contact, contact(1, name, folded=name.lower()))
    assert (name in of(book).words, "c_aaaaaa01" in of(book).words) == (is_word, True)


# --- the journal --------------------------------------------------------------------------------------------------------------


def test_the_changes_are_those_of_the_contact_and_those_that_mention_them(known: Book) -> None:
    said = journal(known)
    assert {said[number] for number in of(known).changes} == {
        (4, "contact", CY),  # merged away
        (4, "contact", ANA),
        (5, "contact", DI),  # whose note named her
        (7, "interaction", 1),  # in which she took part
    }
    assert set(said.values()) - {said[number] for number in of(known).changes} == {(6, "contact", BO), (8, "transaction", 2)}


def test_the_batches_are_those_behind_the_changes_the_images_and_the_records(known: Book) -> None:
    assert of(known).batches == (1, 2, 3, 4, 5, 7)
    with writing(known) as w:  # 9
        w.insert(tables.Transaction, sale(5, ANA))
    assert of(known).batches == (1, 2, 3, 4, 5, 7, 9)
    assert of(known, DI).batches == (3, 5, 8)


def test_changes_and_batches_stand_in_order_however_many(known: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = of(known)
    monkeypatch.setattr(traces, "_SLICE", 4)
    with writing(known) as w:  # 9
        w.insert_many(tables.Transaction, [sale(n, ANA) for n in range(10, 20)])
    with writing(known) as w:  # 10
        w.update(tables.Transaction, 15, {"item": "one of ten"})
    with known.reading() as connection:
        assert [change.id for change in traces.changes(connection)] == sorted(journal(known))
    assert of(known).changes == (*whole.changes, max(journal(known)))
    assert of(known).batches == (*whole.batches, 9, 10)


@pytest.mark.parametrize("slice_", [4, 8])
def test_every_batch_that_wrote_a_record_of_theirs_is_found_however_many(
    book: Book, monkeypatch: pytest.MonkeyPatch, slice_: int
) -> None:
    monkeypatch.setattr(traces, "_SLICE", slice_)
    with writing(book) as w:
        w.insert_many(tables.Contact, [contact(1), contact(2)])
    for n in range(1, 7):  # batches 2 to 7
        with writing(book) as w:
            w.insert(tables.Transaction, sale(n, 2 if n == 3 else 1))
    assert of(book).batches == (1, 2, 3, 5, 6, 7)


def test_every_change_is_read_once_in_order_and_none_of_an_empty_journal(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    with book.reading() as connection:
        assert list(traces.changes(connection)) == []
    with writing(book) as w:
        w.insert_many(tables.Contact, [contact(n, f"Person {n}") for n in range(1, 8)])
    with writing(book) as w:
        w.update_many(tables.Contact, range(1, 8), {"note": "x"})
    for slice_ in (1, 2, 3, 7, 100):
        monkeypatch.setattr(traces, "_SLICE", slice_)
        with book.reading() as connection:
            assert [(c.id, c.key) for c in traces.changes(connection)] == [(n, n) for n in range(1, 8)]


def test_a_removed_contact_that_nobody_became_is_a_stranger_even_if_named_in_their_note(book: Book) -> None:
    """An image holds an id of hers in its text; only one whose own id it is, is hers."""
    with writing(book) as w:
        w.insert(tables.Contact, contact(1, "Ana Ruíz"))
        w.insert(tables.Contact, contact(2, "Eve", note="same as c_aaaaaa01?"))
        w.insert(tables.Address, address(2, "eve@example.org"))
    with writing(book) as w:
        w.delete(tables.Contact, {"id": 2})
    found = of(book)
    assert found.keys == (1,)
    assert found.known_by == (("id", "c_aaaaaa01"),)
    assert len(found.changes) == 1  # but the image mentions her


def test_copies_that_were_handed_over_are_found_by_whose_they_were_or_whom_they_name(known: Book) -> None:
    for to, whose in (("the tax office", ANA), ("ana@example.org", None), ("the tax office", None), ("Bo", BO), ("", ANA)):
        with writing(known) as w:
            w.describe(handed_to=to, final="a copy was handed over")
            if whose is not None:
                w.about(tables.Contact, whose)
    assert of(known).handed == (9, 10)
    assert {9, 13} <= set(of(known).batches)
    assert not {11, 12} & set(of(known).batches)
    assert of(known, BO).handed == (12,)


# --- finding words in texts and images ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Ana came", True),
        ("with ANA.", True),
        ("(ana)", True),
        ("anagram", False),
        ("Diana", False),
        ("ana_", False),
        ("a.c is here", True),
        ("abc is here", False),
        ("", False),
        ('He said "Ana"', True),
    ],
)
def test_words_are_found_whole_and_in_any_case(said: str, found: bool) -> None:
    finds = traces.pattern(["ana", "a.c"])
    assert bool(finds.search(said)) == found
    assert bool(finds.search(json.dumps({"note": said}))) == found


written = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=40)
@given(written.filter(bool), written, written)
def test_any_word_is_found_in_a_text_and_in_the_json_of_an_image(word: str, before: str, after: str) -> None:
    finds = traces.pattern(["other", word])
    text = f"{before} {word} {after}"
    assert finds.search(text)
    alone = traces.pattern([word])
    assert alone.search(json.dumps({"note": f"- {word} -"}, ensure_ascii=False))


def test_no_words_find_nothing() -> None:
    assert not traces.pattern([]).search("anything")
    assert not traces.pattern([]).search("")


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ({"contact_id": 1}, True),
        ({"contact_id": 12}, False),
        ({"contact_id": 21}, False),
        ({"whom_id": 30}, True),
        ({"from_id": 1}, True),
        ({"person_id": 30}, True),
        ({"organisation_id": 1, "x": 0}, True),
        ({"id": 1}, False),
        ({"batch_id": 1}, False),
        ({"note": "contact_id: 1"}, False),
    ],
)
def test_rows_are_found_in_images_where_a_column_points_at_a_contact(image: dict[str, Any], found: bool) -> None:
    finds = traces.pattern(["nobody"], rows=[1, 30])
    assert bool(finds.search(json.dumps(image))) == found
    assert not traces.pattern(["nobody"]).search(json.dumps(image))
