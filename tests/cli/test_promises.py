"""`relcli promise …` and complaints: made, found again, closed once, put right, taken back. On both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.cli.records import ids
from tests.cli.test_contacts import HOSTILE, harmless

from relcli.domain.address import email_address
from relcli.domain.contact import Contact, Kind
from relcli.domain.promise import Promise, PromiseKind, Side
from relcli.store import contacts, promises
from relcli.store.book import opened
from relcli.text import one_line

pytestmark = pytest.mark.usefixtures("book_location")
MADE = datetime(2026, 10, 1, tzinfo=UTC)


ANA = Contact(0, "c_aaaaaaaa", "Ana Ruiz", MADE, tags=("vip",), addresses=(email_address("ana@example.org"),))
BO = Contact(0, "c_bbbbbbbb", "Bo Lund", MADE, roles=("supplier",), tags=("vip",))
LUMEN = Contact(0, "c_cccccccc", "Café Lumen", MADE, kind=Kind.ORGANISATION, roles=("customer",))
OTHER = Contact(0, "c_dddddddd", "Ana Lund", MADE)
PRINTS = Promise(0, "", Side.US, PromiseKind.PROMISE, "send the prints", date(2026, 11, 1), date(2026, 11, 28))
MAY = replace(PRINTS, text="answer about May", made=date(2026, 11, 2), due=date(2026, 11, 10))
FRAMES = Promise(0, "", Side.THEM, PromiseKind.PROMISE, "new frames", date(2026, 11, 3))


@pytest.fixture(autouse=True)
def made(book_location: str) -> None:
    """Ana, who works for Lumen, and Bo: p_1 and p_2 are owed to her, p_3 by him. All of it is batch 1."""
    with opened(book_location, wait=1) as book, book.writing("a test", now=MADE, actor="tester") as writing:
        ana, bo, lumen, _ = contacts.add_many(writing, [ANA, BO, LUMEN, OTHER])
        contacts.employ(writing, ana, lumen, None)
        for promised, contact in ((PRINTS, ana), (MAY, ana), (FRAMES, bo)):
            promises.add(writing, promised, contact)


def held(relcli: Any) -> list[bytes]:
    """What these commands may write, as the book gives it out."""
    return [
        relcli.ok(*words).out_bytes for words in (["promise", "list", "--status", "all", "-f", "csv"], ["export", "interactions"])
    ]


def promise(relcli: Any, number: str) -> dict[str, Any]:
    """One promise as programs get it."""
    listed = json.loads(relcli.ok("promise list --status all -f json").out)["promises"]
    [found] = [p for p in listed if p["id"] == number]
    return dict(found)


# --- add ------------------------------------------------------------------------------------------------------------


def test_a_promise_is_said_back_with_its_side_its_day_and_its_batch(relcli: Any) -> None:
    ours = relcli.ok("promise", "add", "bo", "a  list\nof sizes", "--by", "next friday")
    theirs = relcli.ok("promise add bo 'the invoice' --theirs --by tomorrow")

    assert (ours.out, theirs.out) == ("", "")
    assert ours.err == 'added p_4: we owe Bo Lund "a list of sizes", due 2026-11-27, in 6 days (batch 2)\n'
    assert theirs.err == 'added p_5: Bo Lund owes us "the invoice", due 2026-11-22, tomorrow (batch 3)\n'


def test_programs_get_the_public_columns(relcli: Any) -> None:
    lines = relcli.ok("promise add bo flour --by 2026-11-21 -f csv").out.splitlines()

    assert lines[0] == "id,contact,owed_by,kind,text,made,due,status,closed,contact_name"
    assert lines[1].split(",")[0] == "p_4"
    assert lines[1].split(",")[2:] == ["us", "promise", "flour", "2026-11-21", "2026-11-21", "open", "", "Bo Lund"]
    assert promise(relcli, "p_3")["due"] is None
    assert ids(relcli.ok("promise add bo dough --theirs -f ids")) == ["p_5"]


@pytest.mark.parametrize(
    ("by", "due", "said"),
    [
        ("friday", "2026-11-27", "in 6 days"),
        ("5 may", "2027-05-05", "in 165 days"),
        ("in 2 weeks", "2026-12-05", "in 14 days"),
        ("2026-11-28T17:30", "2026-11-28", "in 7 days"),
        ("today", "2026-11-21", "today"),
        ("yesterday", "2026-11-20", "overdue by 1 day"),
        ("2026-11-01", "2026-11-01", "overdue by 20 days"),
    ],
)
def test_promises_look_forward_and_a_day_already_past_is_taken_and_overdue(by: str, due: str, said: str, relcli: Any) -> None:
    outcome = relcli.ok("promise", "add", "bo", "flour", "--by", by)

    assert f"due {due}, {said} (batch" in outcome.err
    assert promise(relcli, "p_4")["due"] == due
    assert promise(relcli, "p_4")["status"] == ("overdue" if "overdue" in said else "open")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["bo", "flour"], 2, "by when?"),
        (["bo", "flour", "--complaint"], 2, "by when?"),
        (["bo", "flour", "--theirs", "--complaint"], 2, "--complaint and --theirs exclude each other"),
        (["bo", "", "--by", "friday"], 2, "a promise needs words"),
        (["bo", " \n\t", "--by", "friday"], 2, "a promise needs words"),
        (["bo", "a\0b", "--by", "friday"], 2, "that promise holds a NUL"),
        (["bo", "a\udc80b", "--by", "friday"], 2, "half a character"),
        (["bo", "flour", "--by", "soon"], 2, "not a date"),
        (["bo", "flour", "--by", "17"], 2, "not a date"),
        (["bo", "flour", "--by", ""], 2, "not a date"),
        (["bo", "flour", "--by", "03/04/2026"], 2, "can be 3 April 2026 or 4 March 2026"),
        (["bo", "flour", "--by", "2026-02-30"], 2, "not on the calendar"),
        (["bo", "flour", "--by", "0001-01-01"], 2, "outside the years 1800 to 2199"),
        (["bo", "flour", "--by", "1799-12-31"], 2, "outside the years 1800 to 2199"),
        (["bo", "flour", "--by", "2200-01-01T00:00"], 2, "outside the years 1800 to 2199"),
        (["bo", "flour", "--by", "9999-12-31"], 2, "outside the years 1800 to 2199"),
        (["bo", "flour", "--by", "in 500 years"], 2, "outside the years 1800 to 2199"),
        (["bo", "flour", "--by", "friday", "--at", "2026-11-22"], 2, "still to come"),
        (["nobody", "flour", "--by", "friday"], 3, "No contact matches"),
        (["ana", "flour", "--by", "friday"], 4, "say which"),
        (["ana", "flour", "--by", "friday", "--add"], 4, "nobody was added"),
        (["bo", "flour", "--by", "friday", "-f", "jsonl"], 2, "not offered"),
    ],
    ids=lambda v: ascii(" ".join(v)) if isinstance(v, list) else None,
)
def test_a_promise_that_cannot_be_meant_is_refused_and_nothing_written(
    words: list[str], code: int, said: str, relcli: Any
) -> None:
    before = held(relcli)
    outcome = relcli("promise", "add", *words)

    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert len(outcome.err.splitlines()) <= 2
    assert held(relcli) == before


def test_somebody_unknown_is_added_only_when_asked_and_named(relcli: Any) -> None:
    assert relcli("promise add Zoë flour --by friday").code == 3
    outcome = relcli.ok("promise add Zoë flour --by friday --add")

    assert "; added Zoë (c_" in outcome.err
    assert promise(relcli, "p_4")["contact_name"] == "Zoë"
    relcli.ok("book undo")
    assert relcli("contact show Zoë").code == 3


def test_a_promise_makes_no_book_unless_it_may_add_somebody(relcli: Any, place: Path) -> None:
    new = str(place / "another.db")

    assert relcli("promise", "add", "bo", "flour", "--by", "friday", "--book", new).code == 66
    assert not Path(new).exists()
    assert f"Made a new book at {new}" in relcli.ok("promise", "add", "Bo", "x", "--by", "friday", "--add", "--book", new).err


# --- list -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def closed(relcli: Any) -> None:
    """p_1 and p_2 open and overdue, p_3 theirs, p_4 kept, p_5 late, p_6 broken, p_7 withdrawn, p_8 a complaint."""
    for number, word, at in (("4", "keep", "2026-11-12"), ("5", "keep", "2026-11-14"), ("6", "break", "2026-11-15")):
        relcli.ok("promise", "add", "bo", f"number {number}", "--by", "2026-11-12", "--at", "2026-11-03")
        relcli.ok("promise", word, f"p_{number}", "--at", at)
    relcli.ok("promise", "add", "lumen", "number 7", "--theirs", "--by", "2026-11-12", "--at", "2026-11-03")
    relcli.ok("promise withdraw p_7 --at 2026-11-16")
    relcli.ok("promise", "add", "lumen", "the crease", "--complaint", "--by", "2026-11-28")


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], ["p_2", "p_8", "p_1", "p_3"]),
        (["--status", "open"], ["p_2", "p_8", "p_1", "p_3"]),
        (["--status", "overdue"], ["p_2"]),
        (["--status", "kept"], ["p_5", "p_4"]),
        (["--status", "late"], ["p_5"]),
        (["--status", "broken"], ["p_6"]),
        (["--status", "withdrawn"], ["p_7"]),
        (["--status", "closed"], ["p_7", "p_6", "p_5", "p_4"]),
        (["--status", "ALL"], ["p_2", "p_8", "p_1", "p_3", "p_7", "p_6", "p_5", "p_4"]),
        (["--owed-by", "us"], ["p_2", "p_8", "p_1"]),
        (["--owed-by", "them", "--status", "all"], ["p_3", "p_7"]),
        (["--top", "2"], ["p_2", "p_8"]),
        (["bo"], ["p_3"]),
        (["ana@example.org"], ["p_2", "p_1"]),
        (["lumen"], ["p_2", "p_8", "p_1"]),
        (["ana lund"], []),
        (["--role", "supplier", "--status", "all"], ["p_3", "p_6", "p_5", "p_4"]),
        (["--role", "customer"], ["p_2", "p_8", "p_1"]),
        (["--tag", "VIP"], ["p_2", "p_1", "p_3"]),
        (["--tag", "vip", "--role", "customer"], []),
    ],
    ids=lambda words: " ".join(words) or "-",
)
def test_a_list_holds_what_was_asked_for_the_most_urgent_first(words: list[str], found: list[str], relcli: Any) -> None:
    assert ids(relcli.ok("promise", "list", *words, "-f", "ids")) == found


def test_an_organisation_has_the_promises_of_its_people_only_from_while_they_worked_there(relcli: Any) -> None:
    relcli.ok("contact", "edit", "ana ruiz", "--no-works-for", "--now", "2026-11-02T12:00")

    assert ids(relcli.ok("promise list lumen -f ids")) == ["p_1"]
    assert ids(relcli.ok("promise list 'ana ruiz' -f ids")) == ["p_2", "p_1"]


@pytest.mark.usefixtures("closed")
def test_a_page_cut_short_still_counts_all_and_says_how_many_more(relcli: Any) -> None:
    page = [" ".join(line.split()) for line in relcli.ok("promise list --top 2").out.splitlines()]

    assert page[0] == "We owe 3 open, 1 of them overdue"
    assert len(page) == 5
    assert page[-1] == "… and 2 more: --top 4 shows them"


@pytest.mark.usefixtures("closed")
def test_a_page_keeps_what_we_owe_and_what_they_owe_apart(relcli: Any) -> None:
    page = [" ".join(line.split()) for line in relcli.ok("promise list --status all").out.splitlines()]
    ours, theirs = page[: page.index("")], page[page.index("") + 1 :]

    assert ours[0] == "We owe 3 open, 1 of them overdue, 3 closed"
    assert "2026-11-10 overdue by 11 days Ana Ruiz · answer about May p_2" in ours
    assert "2026-11-28 in 7 days Café Lumen · complaint: the crease p_8" in ours
    assert "2026-11-12 kept, 2 days late Bo Lund · number 5 · ended 2026-11-14 p_5" in ours
    assert theirs[0] == "They owe us 1 open, 1 closed"
    assert "no day named Bo Lund · new frames p_3" in theirs
    assert "2026-11-12 withdrawn Café Lumen · number 7 · ended 2026-11-16 p_7" in theirs


def test_an_empty_list_says_so_and_programs_get_a_header(relcli: Any) -> None:
    assert relcli.ok("promise list 'ana lund'").err == "nothing is open\n"
    assert relcli.ok("promise list --status broken").err == "no promise here\n"
    assert relcli.ok("promise list --status broken -q").err == ""
    assert len(relcli.ok("promise list --status broken -f csv").out.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nobody"], 3, "No contact matches"),
        (["ana"], 4, "say which"),
        (["--status", "done"], 2, "choose one of: open, overdue, kept, late, broken, withdrawn, closed, all"),
        (["--owed-by", "me"], 2, "choose one of: us, them"),
        (["--top", "0"], 2, "--top"),
        (["-f", "html"], 2, "not offered"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_a_list_that_cannot_be_meant_is_refused(words: list[str], code: int, said: str, relcli: Any) -> None:
    outcome = relcli("promise", "list", *words)

    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err


# --- keep, break, withdraw ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "at", "said", "status"),
    [
        ("keep", [], "kept 2026-11-21", "kept"),
        ("keep", ["--at", "yesterday"], "kept 2026-11-20", "kept"),
        ("keep", ["--at", "2026-11-01"], "kept 2026-11-01", "kept"),
        ("break", ["--at", "friday"], "broken 2026-11-20", "broken"),
        ("withdraw", [], "withdrawn 2026-11-21", "withdrawn"),
    ],
)
def test_a_promise_ends_on_a_day_in_one_of_three_ways(word: str, at: list[str], said: str, status: str, relcli: Any) -> None:
    before = held(relcli)
    outcome = relcli.ok("promise", word, "p_1", *at)
    found = promise(relcli, "p_1")

    assert outcome.err == f'closed p_1: we owed Ana Ruiz "send the prints", due 2026-11-28, {said} (batch 2)\n'
    assert (found["status"], found["closed"]) == (status, said.split()[1])
    relcli.ok("book undo")
    assert held(relcli) == before


def test_what_is_kept_after_its_day_is_late(relcli: Any) -> None:
    assert "kept 2026-11-21, 11 days late (batch" in relcli.ok("promise keep p_2").err
    assert promise(relcli, "p_2")["status"] == "late"


def test_who_is_enough_where_only_one_is_open(relcli: Any) -> None:
    outcome = relcli.ok("promise keep bo -f json")

    assert 'closed p_3: Bo Lund owed us "new frames", kept 2026-11-21' in outcome.err
    assert json.loads(outcome.out)["promises"] == [promise(relcli, "p_3")]
    none = relcli("promise keep bo")
    assert none.code == 3
    assert "no promise is open between you and Bo Lund" in none.err


def test_where_several_are_open_they_are_named_and_none_is_guessed(relcli: Any) -> None:
    relcli.ok("promise", "add", "ana ruiz", "x" * 300, "--theirs")
    before = held(relcli)
    for who in ("ana ruiz", "lumen"):
        several = relcli("promise", "keep", who)
        assert several.code == 4
        assert "3 promises are open" in several.err
        assert "p_2 answer about May · p_1 send the prints · p_4 xxx" in several.err
        assert several.err.endswith("… (theirs)\n")
    assert len(several.err) < 250
    assert held(relcli) == before

    relcli.ok("promise keep p_1")
    relcli.ok("promise withdraw p_4")
    assert "closed p_2: we owed Ana Ruiz" in relcli.ok("promise break lumen").err


@pytest.mark.parametrize("word", ["keep", "break", "withdraw"])
def test_a_promise_ends_once(word: str, relcli: Any) -> None:
    relcli.ok("promise keep p_1 --at 2026-11-20")
    before, history = held(relcli), relcli.ok("book history -f csv").out
    again = relcli("promise", word, "p_1")

    assert (again.code, again.out) == (4, "")
    assert "p_1 was kept already, on 2026-11-20" in again.err
    assert (held(relcli), relcli.ok("book history -f csv").out) == (before, history)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["p_1", "--at", "2026-10-31"], 2, "p_1 cannot have ended on 2026-10-31: it was made on 2026-11-01"),
        (["p_1", "--at", "2026-11-22"], 2, "still to come"),
        (["p_1", "--at", "nonsense"], 2, "not a date"),
        (["p_9"], 3, "there is no promise p_9"),
        (["p_99999999999999"], 3, "there is no promise"),
        (["p_x"], 3, "No contact matches"),
        (["i_1"], 3, "No contact matches"),
        (["nobody"], 3, "No contact matches"),
        (["ana"], 4, "say which"),
        (["ana lund"], 3, "no promise is open between you and Ana Lund"),
        ([""], 3, "nobody is named"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_an_end_that_cannot_be_meant_is_refused_and_nothing_written(words: list[str], code: int, said: str, relcli: Any) -> None:
    before = held(relcli)
    outcome = relcli("promise", "keep", *words)

    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert held(relcli) == before


# --- edit and remove ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words", "changed"),
    [
        ("p_1", ["--text", "send  all prints"], {"text": "send all prints"}),
        ("p_1", ["--by", "2026-11-20"], {"due": "2026-11-20", "status": "overdue"}),
        ("p_1", ["--by", "friday"], {"due": "2026-11-27"}),
        ("p_1", ["--at", "friday"], {"made": "2026-11-20"}),
        ("p_1", ["--theirs"], {"owed_by": "them"}),
        ("p_1", ["--theirs", "--no-by"], {"owed_by": "them", "due": None}),
        ("p_1", ["--complaint"], {"kind": "complaint"}),
        ("p_3", ["--ours", "--by", "2026-12-01"], {"owed_by": "us", "due": "2026-12-01"}),
        ("p_3", ["--ours", "--by", "2026-12-01", "--complaint"], {"owed_by": "us", "due": "2026-12-01", "kind": "complaint"}),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_an_edit_changes_what_is_named_and_nothing_else(number: str, words: list[str], changed: Any, relcli: Any) -> None:
    before, old = held(relcli), promise(relcli, number)
    outcome = relcli.ok("promise", "edit", number, *words)

    assert outcome.err.startswith(f"changed {number}: ")
    assert outcome.err.endswith("(batch 2)\n")
    assert promise(relcli, number) == {**old, **changed}
    relcli.ok("book undo")
    assert held(relcli) == before


def test_a_complaint_can_become_a_plain_promise_again(relcli: Any) -> None:
    relcli.ok("promise edit p_1 --complaint")
    refused = relcli("promise edit p_1 --theirs")
    assert refused.code == 2
    assert "--no-complaint" in refused.err
    relcli.ok("promise edit p_1 --theirs --no-complaint")

    assert (promise(relcli, "p_1")["kind"], promise(relcli, "p_1")["owed_by"]) == ("promise", "them")


def test_an_edit_that_changes_nothing_leaves_no_batch(relcli: Any) -> None:
    before = relcli.ok("book history -f csv").out
    for words in ([], ["--text", " send  the prints"], ["--ours"], ["--no-complaint"], ["--by", "2026-11-28"]):
        assert relcli.ok("promise", "edit", "p_1", *words).err == "left p_1 as it is: nothing had to be changed\n"
    assert relcli.ok("book history -f csv").out == before


@pytest.mark.parametrize(
    ("number", "words", "code", "said"),
    [
        ("p_1", ["--text", " "], 2, "needs words"),
        ("p_1", ["--text", "a\0b"], 2, "holds a NUL"),
        ("p_1", ["--theirs", "--ours"], 2, "--theirs and --ours exclude each other"),
        ("p_1", ["--complaint", "--no-complaint"], 2, "exclude each other"),
        ("p_1", ["--by", "friday", "--no-by"], 2, "--by and --no-by exclude each other"),
        ("p_1", ["--no-by"], 2, "by when?"),
        ("p_1", ["--by", "nonsense"], 2, "not a date"),
        ("p_1", ["--at", "2026-11-30"], 2, "still to come"),
        ("p_3", ["--ours"], 2, "by when?"),
        ("p_3", ["--complaint"], 2, "exclude each other"),
        ("p_9", ["--ours"], 3, "there is no promise p_9"),
        ("bo", ["--ours"], 3, '"bo" is not the id of a promise'),
    ],
    ids=lambda v: ascii(" ".join(v)) if isinstance(v, list) else None,
)
def test_an_edit_that_cannot_be_meant_is_refused(number: str, words: list[str], code: int, said: str, relcli: Any) -> None:
    before = held(relcli)
    outcome = relcli("promise", "edit", number, *words)

    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert held(relcli) == before


def test_an_edit_leaves_no_promise_that_ended_before_it_was_made(relcli: Any) -> None:
    relcli.ok("promise keep p_1 --at 2026-11-05")

    assert "cannot have ended" in relcli("promise edit p_1 --at 2026-11-06").err
    relcli.ok("promise edit p_1 --at 2026-11-05")


def test_what_is_removed_is_gone_and_undo_brings_it_back(relcli: Any) -> None:
    before, old = held(relcli), promise(relcli, "p_1")
    one = relcli.ok("promise remove p_1 -f json")
    assert json.loads(one.out)["promises"] == [old]
    assert one.err == 'removed p_1: we owe Ana Ruiz "send the prints", due 2026-11-28, in 7 days (batch 2)\n'
    assert relcli("promise remove p_2 p_9").code == 3
    assert relcli.ok("promise remove p_3 p_2 p_3").err == "removed 2 promises: p_3 p_2 (batch 3)\n"
    assert relcli.ok("promise list --status all -f ids").out == ""
    assert "added p_4" in relcli.ok("promise add bo flour --by friday").err

    for _ in range(3):
        relcli.ok("book undo")
    assert held(relcli) == before


# --- complaints -----------------------------------------------------------------------------------------------------


def test_a_complaint_is_a_touch_of_theirs_and_our_promise_to_put_it_right_in_one_batch(relcli: Any) -> None:
    before = held(relcli)
    outcome = relcli.ok("log", "bo", "the album has\na crease", "-c", "phone", "--complaint", "--at", "yesterday")
    touch = json.loads(relcli.ok("interaction show i_1 -f json").out)["interactions"][0]
    found = promise(relcli, "p_4")

    assert outcome.err.splitlines() == [
        "logged i_1: phone from Bo Lund, 2026-11-20; opened p_4, to be put right by 2026-11-27 (batch 2)",
        "when it is put right: relcli promise keep p_4",
    ]
    assert (touch["direction"], touch["purpose"]) == ("in", "complaint")
    assert (found["owed_by"], found["kind"], found["text"]) == ("us", "complaint", "the album has a crease")
    assert (found["made"], found["due"], found["status"]) == ("2026-11-20", "2026-11-27", "open")
    relcli.ok("book undo")
    assert held(relcli) == before


def test_what_a_complaint_tells_to_type_closes_it(relcli: Any) -> None:
    said = relcli.ok("log lumen --complaint -c phone").err.splitlines()[-1]
    relcli.ok(said.partition(": relcli ")[2])

    assert promise(relcli, "p_4")["text"] == "put right what they complained of"
    assert promise(relcli, "p_4")["status"] == "kept"


def test_with_several_people_the_first_is_promised(relcli: Any) -> None:
    relcli.ok("log bo noise --with lumen --with 'ana lund' --complaint -c visit --in --purpose complaint")

    assert promise(relcli, "p_4")["contact_name"] == "Bo Lund"
    assert "p_5" not in relcli.ok("promise list -f ids").out


def test_the_days_to_put_it_right_are_a_setting(relcli: Any, monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    config = place / "home" / "config" / "relcli" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[complaint]\ndays = 3\n")
    relcli.ok("log bo noise --complaint")

    assert promise(relcli, "p_4")["due"] == "2026-11-24"
    for wrong in ("-1", "2.5", '"soon"', "4000"):
        config.write_text(f"[complaint]\ndays = {wrong}\n")
        refused = relcli("log bo noise --complaint")
        assert refused.code == 78
        assert "complaint.days" in refused.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out"], "--complaint and --out exclude each other"),
        (["--both"], "--complaint and --both exclude each other"),
        (["--purpose", "thanks"], "--complaint and --purpose thanks exclude each other"),
        (["--at", "2026-12-01"], "still to come"),
        (["--with", "nobody"], "No contact matches"),
    ],
)
def test_a_complaint_that_cannot_be_meant_is_refused_and_nothing_written(words: list[str], said: str, relcli: Any) -> None:
    before = held(relcli)
    outcome = relcli("log", "bo", "noise", "--complaint", *words)

    assert outcome.code == (3 if "--with" in words else 2)
    assert said in outcome.err
    assert held(relcli) == before


# --- found again ----------------------------------------------------------------------------------------------------


def test_search_finds_promises_accents_and_case_aside_and_says_how_they_ended(relcli: Any) -> None:
    relcli.ok("promise", "add", "bo", "Rahmen für Łódź", "--theirs", "--by", "2026-11-10")
    relcli.ok("promise keep p_4")

    assert ids(relcli.ok("search", "FUR LODZ", "-f", "ids")) == ["p_4"]
    assert ids(relcli.ok("search", "prints", "-f", "ids")) == ["p_1"]
    assert "Bo Lund · Rahmen für Łódź · due 2026-11-10 · kept 2026-11-21, 11 days late" in relcli.ok("search lodz").out
    row = json.loads(relcli.ok("search lodz -f jsonl").out)
    assert (row["noun"], row["kind"], row["direction"], row["at"]) == ("promise", "promise", "in", "2026-11-21")


def test_a_timeline_has_the_days_on_which_a_promise_was_made_and_closed(relcli: Any) -> None:
    relcli.ok("log", "ana ruiz", "asked again", "-c", "phone", "--in", "--at", "2026-11-05")
    relcli.ok("log", "ana ruiz", "a crease", "--complaint", "--at", "2026-11-06")
    relcli.ok("promise keep p_2 --at 2026-11-12")
    relcli.ok("promise keep p_1 --at 2026-11-01")
    rows = [json.loads(line) for line in relcli.ok("timeline", "ana ruiz", "-f", "jsonl").out.splitlines()]

    assert [(r["at"], r["id"], r["kind"]) for r in rows] == [
        ("2026-11-12", "p_2", "late"),
        ("2026-11-06", "p_4", "complaint"),
        ("2026-11-06", "i_2", "other"),
        ("2026-11-05", "i_1", "phone"),
        ("2026-11-02", "p_2", "promise"),
        ("2026-11-01", "p_1", "kept"),
        ("2026-11-01", "p_1", "promise"),
    ]
    page = [" ".join(line.split()) for line in relcli.ok("timeline lumen").out.splitlines()]
    assert "2026-11-12 → kept answer about May · 2 days late · with Ana Ruiz p_2" in page
    assert "2026-11-02 → promise answer about May · due 2026-11-10 · with Ana Ruiz p_2" in page
    assert len(relcli.ok("timeline 'ana ruiz' --top 2 -f ids").out.split()) == 2


# --- all of them ----------------------------------------------------------------------------------------------------

WRITES = [
    ["add", "bo", "flour", "--by", "friday"],
    ["edit", "p_1", "--text", "other", "--by", "2026-12-24"],
    ["keep", "p_1"],
    ["break", "p_1"],
    ["withdraw", "bo"],
    ["remove", "p_1", "p_2"],
]


@pytest.mark.parametrize("words", [*WRITES, None], ids=lambda w: w[0] if w else "log")
def test_a_dry_run_says_what_would_be_done_and_does_nothing(words: list[str] | None, relcli: Any) -> None:
    before, history = held(relcli), relcli.ok("book history -f csv").out
    outcome = relcli.ok(*(["promise", *words] if words else ["log", "bo", "noise", "--complaint"]), "--dry-run")

    assert outcome.err.startswith("would have ")
    assert outcome.err.endswith("(dry run: nothing was written)\n")
    assert held(relcli) == before
    assert relcli.ok("book history -f csv").out == history


@pytest.mark.parametrize("words", WRITES, ids=lambda w: w[0])
def test_each_write_is_one_batch_and_undo_after_undo_is_the_redo(words: list[str], relcli: Any) -> None:
    before = held(relcli)
    quiet = relcli.ok("promise", *words, "-q")
    assert (quiet.out, quiet.err) == ("", "")
    assert f",promise {words[0]}," in relcli.ok("book history -f csv --top 1").out.splitlines()[1]
    after = held(relcli)
    relcli.ok("book undo 2")
    assert held(relcli) == before
    relcli.ok("book undo 3")
    assert held(relcli) == after != before


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
def test_a_hostile_text_is_unchanged_for_programs_and_harmless_for_people(text: str, relcli: Any) -> None:
    relcli.ok("contact", "edit", "bo", f"--name={text}")
    edited = relcli.ok("promise", "edit", "p_3", f"--text={text}")
    code = promise(relcli, "p_3")["contact"]
    relcli.ok("promise", "add", code, "--by", "friday", "--", text)
    logged = relcli.ok("log", code, "--complaint", "--", text)

    assert {promise(relcli, number)["text"] for number in ("p_3", "p_4", "p_5")} == {one_line(text)}
    several = relcli("promise", "keep", code)
    assert several.code == 4
    shown = [relcli.ok(*words) for words in (["promise", "list"], ["timeline", code], ["search", "--", text])]
    bad = relcli("promise", "keep", "--at", "2020-01-01", "--", text)
    for said in (edited, logged, several, bad, *shown, relcli.ok("promise remove p_3")):
        assert harmless(said.out)
        assert harmless(said.err)


def test_names_are_completed_where_a_promise_is_closed(relcli: Any, database: str) -> None:
    if database != "sqlite":
        pytest.skip("completion reads files only")
    env = {"_RELCLI_COMPLETE": "bash", "_RELCLI_LINE": "relcli promise keep Bo", "_RELCLI_WORD": "Bo"}

    assert relcli("", env=env).out.splitlines() == ["words", "Bo\\ Lund"]
