"""Interactions and transactions from files: who is meant, what is known, and what stays as it is. On both databases."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from relcli.actions.contact_fields import ContactFields
from relcli.actions.contacts import add_contact
from relcli.actions.desk import Desk
from relcli.actions.exports import export_contacts, export_interactions, export_transactions
from relcli.actions.forgetting import ForgetContact, forget_contact
from relcli.actions.imports import records
from relcli.actions.imports.contacts import import_contacts
from relcli.actions.imports.interactions import import_interactions
from relcli.actions.imports.outcome import Imported, RowsRefused, Verdict
from relcli.actions.imports.transactions import import_transactions
from relcli.config.settings import Settings
from relcli.exchange.columns import matched
from relcli.exchange.csv import read_sheet
from relcli.exchange.mapping import Mapping
from relcli.store import batches
from relcli.store import interactions as store_interactions
from relcli.store import transactions as store_transactions
from relcli.store.book import Book

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
ACTS = {"contacts": import_contacts, "interactions": import_interactions, "transactions": import_transactions}
LEDGER = "at,contact,amount,item\n2026-01-01,Ana,5,flour\n2026-01-02,Bo,7.50,\n2026-01-01,Ana,5,flour\n"

TRANSACTION_KEYS = {"2665226ec2961a373fe0a3e3027bc492", "c6491e5459f2a0d37e914701e4461ce9", "dad8e49727cd5b1eb8984b8e207def93"}
INTERACTION_KEYS = {"1db4a8bcae024672ac891b37c6dc09d3"}
KEY_OF_LETTERS = "a9d787346bd5fd6182a148e2a1ced040"


@pytest.fixture
def desk(book: Book) -> Desk:
    return Desk(book, NOW, "tester", Settings())


def bring(desk: Desk, noun: str, text: str, *, add: bool = False, keep_good: bool = False, **mapping: Any) -> Imported:
    table = matched(read_sheet(text.encode(), "f.csv"), noun, Mapping.model_validate(mapping))
    return ACTS[noun](table, desk, add=add, keep_good=keep_good, progress=lambda *_: None)


def verdicts(result: Imported) -> str:
    return " ".join(row.verdict for row in result.judged)


def reasons(result: Imported) -> list[str]:
    return [row.why for row in result.judged if row.why]


def refused(desk: Desk, noun: str, text: str, **more: Any) -> str:
    """The refusal, checked to have left nothing behind."""
    before = counted(desk)
    with pytest.raises(RowsRefused) as caught:
        bring(desk, noun, text, **more)
    assert caught.value.code == 65
    assert counted(desk) == before
    return caught.value.message


def counted(desk: Desk) -> dict[str, int]:
    with desk.book.reading() as connection:
        return batches.counts(connection)


def transactions(desk: Desk) -> Counter[tuple[str, ...]]:
    result = export_transactions(desk)
    return Counter((str(t.when), result.names[t.contact], str(t.money), t.kind, t.item) for t in result.transactions)


def touches(desk: Desk) -> Counter[tuple[Any, ...]]:
    result = export_interactions(desk)
    return Counter(
        (str(i.when), tuple(sorted(result.names[c] for c in i.contacts)), i.channel, i.direction, i.summary)
        for i in result.interactions
    )


def known(desk: Desk, name: str, **fields: Any) -> str:
    return add_contact(ContactFields(name=name, **fields), desk).contact.id


# --- written once ---------------------------------------------------------------------------------------------------------


def test_add_makes_each_unknown_contact_once(desk: Desk) -> None:
    result = bring(desk, "transactions", LEDGER + "2026-01-03,ANA,1,\n", add=True)
    assert (result.count(Verdict.NEW), result.new_contacts) == (4, 2)
    assert sorted(c.name for c in export_contacts(desk).contacts) == ["Ana", "Bo"]
    assert transactions(desk)["2026-01-01", "Ana", "5.00 EUR", "sale", "flour"] == 2
    assert result.batch is not None
    assert result.batch.command == "import transactions"


def test_the_same_file_twice_adds_nothing(desk: Desk) -> None:
    bring(desk, "transactions", LEDGER, add=True)
    before = counted(desk)
    again = bring(desk, "transactions", LEDGER, add=True)
    assert verdicts(again) == "known known known"
    assert again.batch is None
    assert counted(desk) == before


def test_equal_rows_stay_as_many_as_they_were(desk: Desk) -> None:
    bring(desk, "interactions", "at,contact,channel\n" + "2026-01-01,Ana,visit\n" * 3, add=True)
    assert verdicts(bring(desk, "interactions", "at,contact,channel\n" + "2026-01-01,Ana,visit\n" * 4)) == "known known known new"
    assert touches(desk).total() == 4


def test_a_file_that_has_grown_adds_what_is_new(desk: Desk, request: pytest.FixtureRequest) -> None:
    bring(desk, "transactions", LEDGER, add=True)
    grown = LEDGER + "2026-01-01,Ana,5,flour\n2026-02-01,Cy,9,\n"
    assert verdicts(bring(desk, "transactions", grown, add=True)) == "known known known new new"
    assert transactions(desk) == Counter(
        {
            ("2026-01-01", "Ana", "5.00 EUR", "sale", "flour"): 3,
            ("2026-01-02", "Bo", "7.50 EUR", "sale", ""): 1,
            ("2026-02-01", "Cy", "9.00 EUR", "sale", ""): 1,
        }
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_does_not_matter(desk: Desk, seed: int) -> None:
    head, *lines = LEDGER.splitlines(keepends=True)
    random.Random(seed).shuffle(lines)
    bring(desk, "transactions", head + "".join(lines), add=True)
    assert verdicts(bring(desk, "transactions", LEDGER)) == "known known known"
    assert transactions(desk).total() == 3


def test_the_way_an_amount_or_a_column_is_written_does_not_make_a_row_new(desk: Desk) -> None:
    bring(desk, "transactions", LEDGER, add=True)
    other = 'Amount,foo,CONTACT,item,AT\n"5,00",1,Ana,flour,2026-01-01\n7.5,2, Bo ,,2026-01-02\n5.00 EUR,3,Ana,flour,2026-01-01\n'
    assert verdicts(bring(desk, "transactions", other)) == "known known known"


def test_the_content_keys_are_the_same_in_every_version(desk: Desk) -> None:
    """A key that changed would bring every old file in a second time."""
    bring(desk, "transactions", LEDGER, add=True)
    bring(desk, "interactions", "at,contact,channel,direction,minutes\n2026-01-01T10:00,Ana,email,in,5\n")
    with desk.book.reading() as connection:
        assert store_transactions.keys(connection) == TRANSACTION_KEYS
        assert store_interactions.keys(connection) == INTERACTION_KEYS


def test_the_content_key_of_a_row_in_another_script_is_the_same_in_every_version(desk: Desk) -> None:
    bring(desk, "transactions", "at,contact,amount,item\n2026-01-01,Łukasz,5,茶\n", add=True)
    with desk.book.reading() as connection:
        assert store_transactions.keys(connection) == {KEY_OF_LETTERS}


def test_each_verdict_names_the_line_its_row_begins_on(desk: Desk) -> None:
    head = "id,at,contact,amount,item,source,external_id\n"
    first = 't_5,2026-01-01,Ana,1,"two\nlines",,\n,2026-01-02,Bo,2,,,\n,2026-01-03,Cy,3,,shop,1\n,2026-01-03,Cy,3,,shop,2\n'
    result = bring(desk, "transactions", head + first, add=True)
    assert [(row.line, row.verdict) for row in result.judged] == [(n, Verdict.NEW) for n in (2, 4, 5, 6)]
    assert (result.table.name, [line for line, _ in result.table.rows]) == ("f.csv", [2, 4, 5, 6])
    ana = next(contact.id for contact in export_contacts(desk).contacts if contact.name == "Ana")
    again = first.replace("Ana", ana).replace("3,,shop,2", "4,,shop,2") + ",x,Ana,1,,,\n,2026-02-02,Bo,2,,,\n"
    assert [(row.line, row.verdict) for row in bring(desk, "transactions", head + again, keep_good=True).judged] == [
        (2, Verdict.KNOWN), (4, Verdict.KNOWN), (5, Verdict.KNOWN), (6, Verdict.CHANGED), (7, Verdict.REFUSED), (8, Verdict.NEW),
    ]  # fmt: skip


# --- external ids ---------------------------------------------------------------------------------------------------------


def test_an_external_id_is_known_whatever_the_contact_is_called_now(desk: Desk) -> None:
    text = "at,contact,amount,source,external_id\n2026-01-01,Ana,5,shop,17\n"
    bring(desk, "transactions", text, add=True)
    assert verdicts(bring(desk, "transactions", text)) == "known"
    assert verdicts(bring(desk, "transactions", text.replace("shop", "other"))) == "new"


def test_an_external_id_with_other_content_differs_and_is_left_as_it_is(desk: Desk) -> None:
    text = "at,contact,amount,source,external_id\n2026-01-01,Ana,5,shop,17\n"
    bring(desk, "transactions", text, add=True)
    changed = bring(desk, "transactions", text.replace(",5,", ",6,").replace("Ana", "Bo"), add=True)
    assert verdicts(changed) == "changed"
    assert reasons(changed) == ["amount is 6.00, and 5.00 in t_1; contact is Bo, and not that in t_1"]
    assert changed.new_contacts == 0
    assert list(transactions(desk)) == [("2026-01-01", "Ana", "5.00 EUR", "sale", "")]


def test_an_external_id_twice_in_a_file_is_one_record_where_both_rows_say_the_same(desk: Desk) -> None:
    text = "at,contact,source,external_id,channel\n2026-01-01,Ana,shop,17,visit\n2026-01-01,ana,shop,17,visit\n"
    result = bring(desk, "interactions", text, add=True)
    assert verdicts(result) == "new known"
    assert reasons(result) == ["twice in the file: line 2 says the same"]
    assert list(touches(desk)) == [("2026-01-01", ("Ana",), "visit", "both", "")]


@pytest.mark.parametrize("other", ["2026-01-01,Bo,5", "2026-01-02,Ana,5", "2026-01-01,Ana,6"])
def test_rows_of_one_external_id_that_do_not_say_the_same_are_all_refused(desk: Desk, other: str) -> None:
    text = f"at,contact,amount,source,external_id\n2026-01-01,Ana,5,shop,17\n{other},shop,17\n2026-01-09,Ana,9,shop,18\n"
    message = refused(desk, "transactions", text, add=True)
    assert "line 2: its external_id is also on line 3, which says something else" in message
    assert "line 3: its external_id is also on line 2, which says something else" in message
    result = bring(desk, "transactions", text, add=True, keep_good=True)
    assert verdicts(result) == "refused refused new"
    assert result.new_contacts == 1


def test_a_row_that_says_less_than_the_book_is_known(desk: Desk) -> None:
    full = "at,contact,source,external_id,channel,direction,summary,minutes\n2026-01-01,Ana,shop,17,email,in,hello,5\n"
    bring(desk, "interactions", full, add=True)
    assert (
        verdicts(
            bring(
                desk,
                "interactions",
                "at,contact,source,external_id,summary,channel,direction\n2026-01-01,Ana,shop,17,,email,in\n",
            )
        )
        == "known"
    )


@pytest.mark.parametrize("at_once", [2, 500])
def test_external_ids_of_many_sources_are_all_known(desk: Desk, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(records, "_MANY", at_once)
    rows = "".join(f"2026-01-0{n},Ana,{n},shop {n % 3},7{n}\n" for n in range(1, 8))
    text = f"at,contact,amount,source,external_id\n{rows}"
    assert verdicts(bring(desk, "transactions", text, add=True)) == " ".join(["new"] * 7)
    assert verdicts(bring(desk, "transactions", text)) == " ".join(["known"] * 7)


def test_a_touch_with_an_external_id_differs_where_somebody_else_took_part(desk: Desk) -> None:
    text = "at,contact,source,external_id,channel\n2026-01-01,Ana;Bo,shop,17,visit\n"
    bring(desk, "interactions", text, add=True)
    assert verdicts(bring(desk, "interactions", text.replace("Ana;Bo", "Bo; Ana"))) == "known"
    for others in ("Ana", "Ana;Bo;Ana Ruiz", "nobody there"):
        assert reasons(bring(desk, "interactions", text.replace("Ana;Bo", others), add=True)) == [
            f"contact is {others}, and not that in i_1"
        ]


# --- ids of ours ----------------------------------------------------------------------------------------------------------


def test_a_free_id_is_kept_and_never_given_to_another_row(desk: Desk) -> None:
    text = "id,at,contact,amount\n,2026-01-01,Ana,1\nt_1,2026-01-02,Ana,2\nt_9,2026-01-03,Ana,3\n"
    bring(desk, "transactions", text, add=True)
    found = {t.id: str(t.when) for t in export_transactions(desk).transactions}
    assert found == {"t_1": "2026-01-02", "t_9": "2026-01-03", "t_10": "2026-01-01"}


def test_one_id_of_ours_on_two_rows_that_do_not_say_the_same_is_refused(desk: Desk) -> None:
    text = "id,at,contact,amount\nt_1,2026-01-02,Ana,2\nt_1,2026-01-04,Ana,4\n"
    assert "line 2: its id is also on line 3, which says something else" in refused(desk, "transactions", text, add=True)


def test_ids_are_kept_across_slices_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_SLICE", 2)
    rows = "".join(f"{'t_1' if n == 6 else ''},2026-01-0{n},Ana,1\n" for n in range(1, 7))
    bring(desk, "transactions", f"id,at,contact,amount\n{rows}", add=True)
    assert {t.number: t.when.day.day for t in export_transactions(desk).transactions} == {1: 6, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5}


def test_an_id_of_this_book_is_known_changed_or_that_of_another_book(desk: Desk) -> None:
    bring(desk, "interactions", "id,at,contact,summary,direction\ni_5,2026-01-01,Ana,hello,in\n", add=True)
    ana = export_contacts(desk).contacts[0].id
    same = f"id,at,contact,summary,direction\ni_5,2026-01-01,{ana},hello,in\n"
    assert verdicts(bring(desk, "interactions", same)) == "known"
    changed = bring(desk, "interactions", same.replace("hello", "bye"))
    assert (verdicts(changed), reasons(changed)) == ("changed", ["summary is bye, and hello in i_5"])
    assert verdicts(bring(desk, "interactions", same.replace("01-01", "01-02"))) == "changed"
    assert verdicts(bring(desk, "interactions", same.replace("01-01", "01-02").replace("hello", "bye"))) == "new"
    assert verdicts(bring(desk, "interactions", same.replace(ana, "Bo"), add=True)) == "new"
    assert [(i.id, i.summary) for i in export_interactions(desk).interactions] == [
        ("i_5", "hello"), ("i_6", "bye"), ("i_7", "hello"),
    ]  # fmt: skip


@pytest.mark.parametrize("id_", ["17", "i_1", "t_0", "t_1000000001", "INV-1", "t_"])
def test_an_id_that_is_none_of_ours_is_refused_naming_external_id(desk: Desk, id_: str) -> None:
    assert "external_id" in refused(desk, "transactions", f"id,at,contact,amount\n{id_},2026-01-01,Ana,1\n", add=True)


# --- who is meant -----------------------------------------------------------------------------------------------------------


def test_a_file_refers_by_id_external_id_address_or_exact_name(desk: Desk) -> None:
    code = known(desk, "Ana Ruíz", emails=("ana@example.org",), phones=("+34 600 000 001",), handles=("@anaruiz",))
    bring(desk, "contacts", "name,source,external_id\nBo,shop,77\n")
    references = [code, "Ana@Example.org", "+34600000001", "anaruiz", "ana ruiz"]
    text = "channel,at,contact,source\n" + "".join(f"visit,2026-01-0{n},{r},\n" for n, r in enumerate(references, 1))
    text += "visit,2026-01-09,77,shop\n"
    assert bring(desk, "interactions", text).count(Verdict.NEW) == 6
    assert Counter(names for _, names, *_ in touches(desk)) == {("Ana Ruíz",): 5, ("Bo",): 1}


@pytest.mark.parametrize("reference", ["Ana", "Ruiz", "c_", "ana@", "77"])
def test_a_part_a_prefix_or_anothers_external_id_is_nobody(desk: Desk, reference: str) -> None:
    known(desk, "Ana Ruiz", emails=("ana@example.org",))
    bring(desk, "contacts", "name,source,external_id\nBo,shop,77\n")
    message = refused(desk, "interactions", f"channel,at,contact,source\nvisit,2026-01-01,{reference},other\n")
    assert f'line 2: nobody is called "{reference}"; --add adds them' in message


def test_an_id_that_nobody_has_is_refused_even_with_add(desk: Desk) -> None:
    assert "there is no contact c_zzzzzzzz" in refused(
        desk, "interactions", "channel,at,contact\nvisit,2026-01-01,c_zzzzzzzz\n", add=True
    )


def test_a_name_of_two_contacts_is_refused_as_ambiguous(desk: Desk) -> None:
    first, second = known(desk, "Ana Ruiz"), known(desk, "ANA RUÍZ")
    message = refused(desk, "transactions", "at,contact,amount\n2026-01-01,Ana Ruiz,5\n", add=True)
    assert "2 contacts" in message
    assert first in message
    assert second in message


def test_add_takes_an_email_as_name_and_address(desk: Desk) -> None:
    bring(
        desk, "interactions", "channel,at,contact\nvisit,2026-01-01,New@example.org\nvisit,2026-01-02,new@EXAMPLE.org\n", add=True
    )
    [new] = export_contacts(desk).contacts
    assert (new.name, [a.value for a in new.addresses]) == ("New@example.org", ["New@example.org"])


def test_a_touch_may_have_several_contacts_joined_by_semicolons(desk: Desk) -> None:
    known(desk, "Ana")
    result = bring(desk, "interactions", "channel,at,contact\nvisit,2026-01-01,Ana; Bo;Ana ;Bo\n", add=True)
    assert result.new_contacts == 1
    assert list(touches(desk)) == [("2026-01-01", ("Ana", "Bo"), "visit", "both", "")]


def test_a_name_that_holds_a_semicolon_is_tried_whole_first(desk: Desk) -> None:
    for name in ("Mill; Stone", "Mill", "Stone"):
        known(desk, name)
    bring(desk, "interactions", "channel,at,contact\nvisit,2026-01-01,Mill; Stone\n")
    assert [names for _, names, *_ in touches(desk)] == [("Mill; Stone",)]


def test_a_transaction_has_one_contact_whatever_the_name_holds(desk: Desk) -> None:
    bring(desk, "transactions", "at,contact,amount\n2026-01-01,Mill; Stone,5\n", add=True)
    assert [c.name for c in export_contacts(desk).contacts] == ["Mill; Stone"]


def test_external_ids_of_contacts_may_be_joined_by_semicolons_and_are_tried_whole_first(desk: Desk) -> None:
    bring(desk, "contacts", "name,source,external_id\nBo,shop,77\nCy,shop,78\nMill,shop,77;78\n")
    bring(desk, "interactions", "channel,at,contact,source\nvisit,2026-01-01,77;78,shop\nvisit,2026-01-02,78; 77,shop\n")
    assert Counter(names for _, names, *_ in touches(desk)) == {("Mill",): 1, ("Bo", "Cy"): 1}


def test_a_row_with_one_bad_reference_adds_nobody(desk: Desk) -> None:
    known(desk, "Ana")
    known(desk, "ana")
    text = f"channel,at,contact\nvisit,2026-01-01,New;Ana\nvisit,2026-01-02,Other;{'x' * 501}\nvisit,2026-01-03,Good\n"
    result = bring(desk, "interactions", text, add=True, keep_good=True)
    assert verdicts(result) == "refused refused new"
    assert sorted(c.name for c in export_contacts(desk).contacts) == ["Ana", "Good", "ana"]


# --- the forgotten ------------------------------------------------------------------------------------------------------------


def forget(desk: Desk, who: str) -> None:
    forget_contact(ForgetContact(who=who), desk, sure=lambda _: True)


def test_a_row_that_refers_to_somebody_who_was_forgotten_is_skipped(desk: Desk) -> None:
    known(desk, "Bo")
    bring(desk, "contacts", "name,email,source,external_id\nAna,ana@example.org,shop,77\n")
    forget(desk, "Ana")
    references = ["ana@example.org,", "77,shop", "Bo; ANA@example.org,", "77;Bo,shop", "Bo,shop", "77,other"]
    text = "channel,at,contact,source\n" + "".join(f"visit,2026-01-0{n},{r}\n" for n, r in enumerate(references, 1))
    result = bring(desk, "interactions", text, add=True)
    assert verdicts(result) == "left_out left_out left_out left_out new new"
    assert [row.line for row in result.judged] == [2, 3, 4, 5, 6, 7]
    assert reasons(result) == ["of somebody who was forgotten"] * 4
    assert sorted(c.name for c in export_contacts(desk).contacts) == ["77", "Bo"]


def test_a_transaction_is_skipped_only_where_its_one_contact_was_forgotten(desk: Desk) -> None:
    known(desk, "Ana", emails=("ana@example.org",))
    forget(desk, "Ana")
    text = "at,contact,amount\n2026-01-01,Mill; ana,5\n2026-01-01,ana@example.org,5\n"
    assert verdicts(bring(desk, "transactions", text, add=True)) == "new left_out"


@pytest.mark.parametrize("noun", ["transactions", "interactions"])
def test_a_record_of_somebody_who_was_forgotten_is_recognised_by_its_external_id_or_its_content(desk: Desk, noun: str) -> None:
    amount = ("amount", "5") if noun == "transactions" else ("channel", "visit")
    text = f"at,contact,{amount[0]},source,external_id\n2026-01-01,Ana,{amount[1]},shop,17\n2026-01-02,Ana,{amount[1]},,\n"
    bring(desk, noun, text, add=True)
    forget(desk, "Ana")
    assert verdicts(bring(desk, noun, text, add=True)) == "left_out left_out"
    assert verdicts(bring(desk, noun, text.replace("17", "18").replace("01-02", "01-03"), add=True)) == "new new"


# --- values -----------------------------------------------------------------------------------------------------------------


def test_the_direction_follows_the_rule_of_the_commands(desk: Desk) -> None:
    rows = "2026-01-01,Ana,other,both\n2026-01-02,Ana,meeting,\n2026-01-03,Ana,Shop,\n2026-01-04,Ana,email,OUT\n"
    bring(desk, "interactions", f"at,contact,channel,direction\n{rows}", add=True)
    assert [(i.channel, i.direction) for i in export_interactions(desk).interactions] == [
        ("other", "both"), ("meeting", "both"), ("shop", "in"), ("email", "out"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "row", "reason"),
    [
        ("channel", "other", "direction is empty: who began a touch by other?"),
        ("summary", "hello", "direction is empty: who began a touch by other?"),
        ("direction", "in", "summary and channel are empty"),
        ("summary,direction", "  ,in", "summary and channel are empty"),
        ("channel", "email", "direction is empty: who began a touch by email?"),
        ("channel", "carrier pigeon", 'there is no channel "carrier pigeon"'),
        ("direction", "up", 'direction "up" is not one of in, out, both'),
        ("channel,purpose", "visit,fun", 'purpose "fun" is not one of'),
        ("channel,minutes", "visit,-1", 'minutes "-1" is not a whole number from 0 to 100000'),
        ("channel,minutes", "visit,5.5", 'minutes "5.5" is not a whole number'),
        ("channel,minutes", "visit,٥", "is not a whole number"),  # noqa: RUF001  # a digit, but not one of ours
        ("channel,sentiment", "visit,3", 'sentiment "3" is not a whole number from -2 to 2'),
        ("channel,external_id", "visit," + "x" * 501, "external_id has 501 characters, 500 are the most"),
    ],
)
def test_a_bad_cell_of_a_touch_is_refused_with_its_column(desk: Desk, columns: str, row: str, reason: str) -> None:
    message = refused(desk, "interactions", f"at,contact,{columns}\n2026-01-01,Ana,{row}\n", add=True)
    assert message.startswith("1 of 1 rows of f.csv cannot be taken, nothing was written: line 2: ")
    assert reason in message


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-11-22,Ana,5,,", 'at "2026-11-22" is still to come'),
        ("2026-11-21T23:30-05:00,Ana,5,,", 'at "2026-11-21T23:30-05:00" is still to come'),
        ("2026-01-01,Ana,x,,", 'amount "x" is not an amount'),
        ("2026-01-01,Ana,-5,,", 'amount "-5" has a minus sign: amounts are positive'),
        ("2026-01-01,Ana,1.234,,", 'amount "1.234" can be read as 1234 or 1.234'),
        ("2026-01-01,Ana,5,gift,", 'kind "gift" is not one of sale, purchase, refund, credit'),
        ("2026-01-01,Ana,5,,EURO", '"EURO" is not a currency'),
        ("2026-01-01,Ana,5 USD,,EUR", '"5 USD" names USD, but EUR was asked for'),
        ("2026-01-01,Ana,,,", "amount is empty"),
        ("2026-01-01,,5,,", "contact is empty"),
        (",Ana,5,,", "at is empty"),
        ("2026-02-30,Ana,5,,", 'at "2026-02-30" is not on the calendar'),
        ("yesterday,Ana,5,,", 'at "yesterday" is not a date'),
        ("tomorrow,Ana,5,,", 'at "tomorrow" is not a date'),
        ("0001-01-01T00:00+14:00,Ana,5,,", "outside the calendar"),
    ],
)
def test_a_bad_cell_of_a_transaction_is_refused_with_its_column(desk: Desk, row: str, reason: str) -> None:
    message = refused(desk, "transactions", f"at,contact,amount,kind,currency\n{row}\n", add=True)
    assert reason in message


def test_a_ledger_may_hold_what_cost_nothing(desk: Desk) -> None:
    bring(desk, "transactions", "at,contact,amount\n2026-01-01,Ana,0.0\n", add=True)
    assert list(transactions(desk)) == [("2026-01-01", "Ana", "0.00 EUR", "sale", "")]


def test_a_reason_is_never_longer_than_a_line(desk: Desk) -> None:
    message = refused(desk, "transactions", f"at,contact,amount\n2026-01-01,Ana,{'x' * 100_000}\n", add=True)
    assert len(message) < 300


def test_the_refusal_counts_the_bad_rows_and_names_the_first(desk: Desk) -> None:
    rows = "".join(f"2026-01-0{n},Ana,{'x' if n % 2 else 5}\n" for n in range(1, 10))
    message = refused(desk, "transactions", f"at,contact,amount\n{rows}", add=True)
    assert message.startswith("5 of 9 rows of f.csv")
    assert [f"line {n}:" in message for n in (2, 4, 6, 8)] == [True, True, True, False]
    assert message.endswith("and 2 more")


def test_keep_good_writes_the_good_rows_and_names_the_bad(desk: Desk) -> None:
    text = "at,contact,amount\n2026-01-01,Ana,5\n2026-01-02,Ana,x\n2026-01-03,Nobody,x\n"
    result = bring(desk, "transactions", text, add=True, keep_good=True)
    assert verdicts(result) == "new refused refused"
    assert [row.line for row in result.refused] == [3, 4]
    assert [c.name for c in export_contacts(desk).contacts] == ["Ana"]


def test_keep_good_without_a_good_row_is_a_refusal(desk: Desk) -> None:
    refused(desk, "transactions", "at,contact,amount\n2026-01-02,Ana,x\n", add=True, keep_good=True)


def test_a_map_gives_columns_constants_and_dates(desk: Desk) -> None:
    result = bring(
        desk, "transactions", "party,date,value\nMill,21/11/2026,5\n", add=True,
        columns={"contact": "party", "at": "date", "amount": "value"},
        constants={"kind": "purchase", "currency": "JPY", "source": "ledger"}, dates={"format": "%d/%m/%Y"},
    )  # fmt: skip
    assert verdicts(result) == "new"
    assert list(transactions(desk)) == [("2026-11-21", "Mill", "5 JPY", "purchase", "")]


def test_a_dry_run_judges_like_a_real_one_and_writes_nothing(desk: Desk) -> None:
    before = counted(desk)
    rehearsal = Desk(desk.book, NOW, "tester", Settings(), dry_run=True)
    result = bring(rehearsal, "transactions", LEDGER + "x,Ana,5,\n", add=True)
    assert verdicts(result) == "new new new refused"
    assert result.new_contacts == 2
    assert counted(desk) == before


def test_many_rows_are_written_in_slices_and_told(desk: Desk) -> None:
    rows = "".join(f"2026-01-01,Person {n % 100},{n + 1}\n" for n in range(6000))
    told: list[tuple[str, int, int]] = []
    table = matched(read_sheet(f"at,contact,amount\n{rows}".encode(), "f.csv"), "transactions", Mapping())
    result = import_transactions(table, desk, add=True, keep_good=False, progress=lambda *step: told.append(step))
    assert (result.count(Verdict.NEW), result.new_contacts) == (6000, 100)
    assert told == [("reading", 0, 6000), ("reading", 5000, 6000), ("writing", 0, 6000), ("writing", 5000, 6000)]
    assert [t.number for t in export_transactions(desk).transactions] == list(range(1, 6001))
