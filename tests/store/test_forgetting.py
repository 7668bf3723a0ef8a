"""A contact erased from the tables and the journal: which rows go, which stay without them, and what stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text
from tests.store.rows import NOON, NOW, contact, held, part, sale, touch, write_ana, writing

from relcli.domain.contact import Kind
from relcli.domain.forgotten import Forgotten
from relcli.store import contacts, forgetting, tables, traces
from relcli.store.book import Book
from relcli.store.forgetting import ITSELF, WHY
from relcli.store.journal import table_of

ANA, BO, HEIR = 1, 2, 3
ZONE = "Europe/Lisbon"  # the book's, as the caller says


@pytest.fixture
def known(book: Book) -> Book:
    """Ana with a record of every noun; touches with Bo, alone, and of Bo alone; transactions of both."""
    with writing(book) as w:  # 1
        write_ana(w)
        w.insert(tables.Contact, contact(HEIR, "Nobody"))
    with writing(book) as w:  # 2
        w.insert_many(tables.Interaction, [
            touch(2, summary="Ana alone", at=NOON, zone="Asia/Tokyo", channel="chess"),
            touch(3, summary="both", folded="b", at=NOON, zone="Asia/Tokyo", channel="fax", source="log", external_id="3"),
            touch(4, summary="Bo alone", folded="bo", zone="Asia/Tokyo", channel="chess", source="log", external_id="4"),
            touch(5, summary="both again", channel="fax", source="log", key="key 5"),
            touch(6, summary="both", channel="chess"),
        ])  # fmt: skip
        parts = [part(2, ANA), part(3, ANA), part(3, BO), part(4, BO), part(5, BO), part(5, ANA), part(6, ANA), part(6, BO)]
        w.insert_many(tables.InteractionContact, parts)
    with writing(book) as w:  # 3
        w.insert_many(tables.Transaction, [
            sale(2, ANA, item="Cake", folded="cake!", at=NOON, zone="Asia/Tokyo", amount=5, key="key 2"),
            sale(3, BO, item="Bread", folded="bread!", at=NOON, zone="Asia/Tokyo", source="till", external_id="10"),
        ])  # fmt: skip
    with writing(book) as w:  # 4
        w.update(tables.Contact, BO, {"note": "of Bo"})
    with writing(book) as w:  # 5
        w.update(tables.Contact, ANA, {"note": "of Ana"})
    return book


def forget(book: Book, *, heir: int | None = HEIR, keep_shared_text: bool = False) -> list[str]:
    with writing(book) as w:
        found = traces.of(w.connection, ANA)
        return forgetting.erase(
            w, found, heir, zone=ZONE, keep_shared_text=keep_shared_text, forgotten=forgetting.known(w.connection)
        )


def rows(book: Book, model: Any, order: str = "id") -> list[Any]:
    table = table_of(model)
    with book.reading() as connection:
        return list(connection.execute(select(table).order_by(table.c[order])))


def of_book(book: Book) -> Forgotten:
    with book.reading() as connection:
        return forgetting.known(connection)


# --- what goes ----------------------------------------------------------------------------------------------------------------


def test_the_contact_and_all_that_is_theirs_alone_is_gone(known: Book) -> None:
    forget(known)
    left = {name: [row[0] for row in rows_] for name, rows_ in held(known).items()}
    assert left == {
        "contact": [BO, HEIR], "contact_role": [], "contact_tag": [], "address": [], "external_id": [], "alias": [], "contact_name": [],
        "works_for": [], "referral": [], "interaction": [1, 3, 4, 5, 6], "interaction_contact": [BO] * 5, "transaction": [1, 2, 3],
        "promise": [], "preference": [], "circumstance": [], "later": [], "plan": [], "reminder": [], "setting": [1],
        "invitation": [], "response": [], "answer": [], "initiative": [1], "enrolment": [], "removed": [1], "origin": [1],
    }  # fmt: skip


def test_what_is_of_others_stays_as_it_was_to_the_last_column(known: Book) -> None:
    before = held(known)
    forget(known)
    after = held(known)
    assert list(after["contact"]) == [row for row in before["contact"] if row[0] != ANA]
    assert [row for row in after["interaction"] if row[0] == 4] == [row for row in before["interaction"] if row[0] == 4]
    assert [row for row in after["transaction"] if row[0] == 3] == [row for row in before["transaction"] if row[0] == 3]
    assert after["interaction_contact"] == [row for row in before["interaction_contact"] if row[0] == BO]


@pytest.mark.parametrize("kept", [False, True])
def test_a_touch_that_others_took_part_in_stays_without_what_may_speak_of_them(known: Book, kept: bool) -> None:
    before = {row.id: row for row in rows(known, tables.Interaction)}
    forget(known, keep_shared_text=kept)
    shared = {row.id: row for row in rows(known, tables.Interaction) if row.id in (1, 3, 5, 6)}
    assert {n: (row.summary, row.folded) for n, row in shared.items()} == {
        n: (before[n].summary, before[n].folded) if kept else ("", None) for n in shared
    }
    assert {(row.source, row.external_id, row.key) for row in shared.values()} == {("", None, None)}
    assert {n: row.zone for n, row in shared.items()} == {1: ZONE, 3: ZONE, 5: "", 6: ""}
    assert {n: row.channel for n, row in shared.items()} == {1: "phone", 3: "other", 5: "other", 6: "chess"}
    assert {row.batch_id for row in shared.values()} == {6}
    unchanged = ("day", "at", "direction", "minutes", "sentiment", "purpose")
    assert [[getattr(row, name) for name in unchanged] for row in shared.values()] == [
        [getattr(before[n], name) for name in unchanged] for n in shared
    ]


def test_transactions_stay_as_sums_of_the_heir(known: Book) -> None:
    before = {row.id: row for row in rows(known, tables.Transaction)}
    forget(known)
    mine = {row.id: row for row in rows(known, tables.Transaction) if row.id != 3}
    assert {(r.contact_id, r.item, r.folded, r.at, r.zone, r.source, r.external_id, r.key) for r in mine.values()} == {
        (HEIR, "", None, None, "", "", None, None)
    }
    assert {row.batch_id for row in mine.values()} == {6}
    assert {n: (r.amount, r.day, r.kind, r.currency) for n, r in mine.items()} == {
        n: (before[n].amount, before[n].day, before[n].kind, before[n].currency) for n in (1, 2)
    }


def test_without_an_heir_the_transactions_go_too(known: Book) -> None:
    forget(known, heir=None)
    assert [row.id for row in rows(known, tables.Transaction)] == [3]


@pytest.mark.parametrize("at_once", [1, 3])
def test_more_records_than_one_statement_takes_are_all_treated_alike(
    known: Book, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    with known.reading() as connection:
        found = traces.of(connection, ANA)
        monkeypatch.setattr(forgetting, "_MANY", at_once)
        share = forgetting.share(connection, found)
    assert (share.alone, share.shared) == ([2], [1, 3, 5, 6])
    forget(known)
    shared = [row for row in rows(known, tables.Interaction) if row.id in (1, 3, 5, 6)]
    assert [(row.zone, row.channel) for row in shared] == [(ZONE, "phone"), (ZONE, "other"), ("", "other"), ("", "chess")]
    forgotten = of_book(known)
    assert all(forgotten.knows(*key) for key in IMPORTED)


# --- the journal --------------------------------------------------------------------------------------------------------------


def test_images_of_them_are_emptied_and_others_are_kept(known: Book) -> None:
    before = {row.id: row for row in rows(known, tables.Change)}
    forget(known)
    after = {row.id: row for row in rows(known, tables.Change)}
    assert {n: (row.noun, row.key) for n, row in after.items()} == {n: (row.noun, row.key) for n, row in before.items()}
    assert [(row.key, row.before is None, row.after is None) for row in after.values()] == [(BO, False, False), (ANA, True, True)]
    assert [row for row in after.values() if row.key == BO] == [row for row in before.values() if row.key == BO]


def test_batches_that_held_them_become_final_and_say_why_and_the_forgetting_says_its_own(known: Book) -> None:
    with writing(known) as w:  # 6
        w.describe(final="for another reason")
        w.insert(tables.Transaction, sale(9, ANA))
    forget(known)
    assert {row.id: row.final for row in rows(known, tables.Batch)} == {
        1: WHY, 2: WHY, 3: WHY, 4: "", 5: WHY, 6: "for another reason", 7: ITSELF,
    }  # fmt: skip


def test_to_whom_a_copy_of_theirs_went_is_no_longer_said(known: Book) -> None:
    for to, whose in (("Ana herself", ANA), ("the accountant", BO)):
        with writing(known) as w:
            w.describe(handed_to=to, final="a copy was handed over")
            w.about(tables.Contact, whose)
    forget(known)
    assert [row.handed_to for row in rows(known, tables.Batch)][5:7] == ["", "the accountant"]


# --- by what they are recognised later ----------------------------------------------------------------------------------------

IMPORTED = [
    ("interactions", "k1"),
    ("interactions", "log", "3"),
    ("interactions", "key 5"),
    ("transactions", "till", "9"),
    ("transactions", "key 2"),
    ("invitations", "r-0123456789"),
    ("responses", "mail", "m-1"),
]


def test_they_are_recognised_by_all_they_were_known_by_and_answered_are_these_hashes(known: Book) -> None:
    with known.reading() as connection:
        known_by = traces.of(connection, ANA).known_by
    digests = forget(known)
    forgotten = of_book(known)
    assert digests == [forgotten.digest(*parts) for parts in known_by]
    assert len(digests) == 6
    assert all(forgotten.knows(*parts) for parts in known_by)
    assert forgotten.digests == set(digests) | {forgotten.digest(*parts) for parts in IMPORTED}


def test_records_of_theirs_are_recognised_and_records_of_others_are_not(known: Book) -> None:
    forget(known)
    forgotten = of_book(known)
    assert [key for key in IMPORTED if not forgotten.knows(*key)] == []
    assert not any(forgotten.knows(*key) for key in (("interactions", "log", "4"), ("transactions", "till", "10")))


def test_what_was_known_of_somebody_forgotten_before_is_not_written_twice(known: Book) -> None:
    forgotten = of_book(known)
    assert forgotten.digests == frozenset()
    with writing(known) as w:  # 6
        w.insert(tables.Forgotten, {"digest": forgotten.digest("e-mail", "ana@example.org")})
    forget(known)
    written = {row.digest: row.batch_id for row in rows(known, tables.Forgotten, "digest")}
    assert written.pop(forgotten.digest("e-mail", "ana@example.org")) == 6
    assert set(written.values()) == {7}
    assert forgotten.digest("id", "c_aaaaaa01") in written


def test_the_hashes_are_keyed_by_the_secret_of_the_book(known: Book) -> None:
    with known.reading() as connection:
        secret = connection.execute(text("SELECT secret FROM book")).scalar_one()
    assert of_book(known).secret == secret


# --- the plan -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("with_transactions", "name"), [(False, "transaction kept as a sum"), (True, "transaction")])
def test_the_plan_counts_every_table(known: Book, with_transactions: bool, name: str) -> None:
    with known.reading() as connection:
        counts = forgetting.counts(connection, traces.of(connection, ANA), with_transactions=with_transactions)
        bos = forgetting.counts(connection, traces.of(connection, BO), with_transactions=with_transactions)
    assert counts == {
        "contact": 1, "contact_role": 2, "contact_tag": 2, "address": 3, "external_id": 1, "alias": 1, "contact_name": 1, "works_for": 1,
        "referral": 1, "interaction": 1, "interaction shared with others": 4, name: 2, "change": 1, "batch": 4,
        "promise": 1, "preference": 1, "circumstance": 1, "later": 1, "plan": 1, "reminder": 1, "invitation": 1, "response": 1,
        "initiative": 0, "enrolment": 1, "setting": 0,
    }  # fmt: skip
    assert (bos["address"], bos["interaction"], bos["interaction shared with others"], bos[name]) == (0, 1, 4, 1)


# --- nobody -------------------------------------------------------------------------------------------------------------------


def test_the_sums_belong_to_a_contact_behind_whom_is_nobody(book: Book) -> None:
    with book.reading() as connection:
        assert forgetting.nobody(connection) is None
    with writing(book) as w:
        w.insert(tables.Contact, contact(8, "forgotten"))
        row = forgetting.add_nobody(w, "c_nobody00")
    with book.reading() as connection:
        assert forgetting.nobody(connection) == row
        [nobody] = contacts.fetch(connection, [row])
    assert (nobody.id, nobody.name, nobody.kind, nobody.created) == ("c_nobody00", "forgotten", Kind.PERSON, NOW)
    assert nobody.archived == NOW.date()
    assert [(e.source, e.value) for e in nobody.external_ids] == [("relcli", "forgotten")]
