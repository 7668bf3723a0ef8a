"""`relcli interaction …`: touches found again and put right. On both databases."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import text
from tests.cli.records import everything, ids, record
from tests.cli.test_contacts import HOSTILE, harmless

from relcli.store.book import opened

pytestmark = pytest.mark.usefixtures("book_location")
COPIES = text(
    "SELECT count(*) FROM interaction_contact p JOIN interaction i ON i.id = p.interaction_id "
    "WHERE p.day <> i.day OR p.direction <> i.direction"
)
LINKS = text("SELECT count(*) FROM interaction_contact")


@pytest.fixture(autouse=True)
def logged(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Café Lumen", "--kind", "organisation", "--role", "customer")
    relcli.ok("contact", "add", "Ana Ruiz", "--works-for", "lumen", "--tag", "vip", "--email", "ana@example.org")
    relcli.ok("contact", "add", "Bo Lund", "--role", "supplier", "--tag", "vip")
    relcli.ok("contact", "add", "Ana Lund")
    relcli.ok(
        "log", "ana ruiz", "asked about May", "-c", "phone", "--in", "--at", "2026-11-01T09:30", "--minutes", "5",
        "--sentiment", "1", "--purpose", "order",
    )  # fmt: skip
    relcli.ok("log", "bo", "tasting\nof the new menu", "-c", "visit", "--with", "ana ruiz", "--at", "2026-11-02")
    relcli.ok("log", "lumen", "", "-c", "email", "--out", "--at", "2026-11-02T08:00")


def agree(location: str, links: int) -> bool:
    """Whether both copies of day and direction are equal, and there are as many links as there should be."""
    with opened(location, wait=1) as book, book.reading() as connection:
        return bool(connection.execute(LINKS).scalar_one() == links and connection.execute(COPIES).scalar_one() == 0)


# --- list -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], ["i_3", "i_2", "i_1"]),
        (["--top", "1"], ["i_3"]),
        (["--top", "2"], ["i_3", "i_2"]),
        (["bo"], ["i_2"]),
        (["ana@example.org"], ["i_2", "i_1"]),
        (["ana@example.org", "--top", "1"], ["i_2"]),
        (["lumen"], ["i_3", "i_2", "i_1"]),
        (["ana lund"], []),
        (["-c", "phone"], ["i_1"]),
        (["--in"], ["i_1"]),
        (["--out"], ["i_3"]),
        (["--both"], ["i_2"]),
        (["--since", "2026-11-02"], ["i_3", "i_2"]),
        (["--until", "2026-11-01"], ["i_1"]),
        (["--since", "3 weeks ago", "--until", "2026-11-01"], ["i_1"]),
        (["--role", "supplier"], ["i_2"]),
        (["--role", "Customer"], ["i_3", "i_2", "i_1"]),
        (["--tag", "vip"], ["i_2", "i_1"]),
        (["--tag", "vip", "--role", "supplier"], ["i_2"]),
        (["--tag", "vip", "--role", "customer"], []),
        (["ana ruiz", "--role", "supplier"], ["i_2"]),
        (["lumen", "-c", "email", "--out", "--since", "2026-11-02", "--until", "2026-11-02"], ["i_3"]),
    ],
    ids=lambda words: " ".join(words) or "-",
)
def test_a_list_holds_what_was_asked_for_newest_first(words: list[str], found: list[str], relcli: Any) -> None:
    assert ids(relcli.ok("interaction", "list", *words, "-f", "ids")) == found


def test_an_organisation_has_what_its_people_did_only_while_they_worked_there(relcli: Any) -> None:
    relcli.ok("contact", "edit", "ana ruiz", "--no-works-for", "--now", "2026-11-02T12:00")

    assert ids(relcli.ok("interaction list lumen -f ids")) == ["i_3", "i_1"]
    assert ids(relcli.ok("interaction list lumen -f ids")) == ids(relcli.ok("timeline lumen -f ids"))


def test_a_list_has_the_public_columns(relcli: Any) -> None:
    lines = relcli.ok("interaction list bo -f csv").out.splitlines()

    assert lines[0] == "id,at,contact,channel,direction,summary,minutes,sentiment,purpose,source,external_id,contact_name"
    assert relcli.ok("interaction list bo -f tsv").out.splitlines()[1].split("\t")[5] == "tasting\\nof the new menu"
    assert [json.loads(line)["id"] for line in relcli.ok("interaction list -f jsonl").out.splitlines()] == ["i_3", "i_2", "i_1"]


def test_a_page_says_when_how_with_whom_and_about_what(relcli: Any) -> None:
    page = relcli.ok("interaction list").out.splitlines()

    assert page[-1].split() == "2026-11-01 09:30 ← phone Ana Ruiz asked about May · 5 min · order i_1".split()
    assert relcli.ok("interaction", "list", "ana lund").err == "no interaction here\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nobody"], 3, "No contact matches"),
        (["ana"], 4, "say which"),
        (["-c", "pigeon"], 2, "no channel"),
        (["--in", "--out"], 2, "exclude each other"),
        (["--since", "nonsense"], 2, "not a date"),
        (["--since", "2026-11-03", "--until", "2026-11-02"], 2, "later than"),
        (["--top", "0"], 2, "--top"),
        (["-f", "html"], 2, "not offered"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_a_list_that_cannot_be_meant_is_refused(words: list[str], code: int, said: str, relcli: Any) -> None:
    outcome = relcli("interaction", "list", *words)

    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err


# --- show -----------------------------------------------------------------------------------------------------------


def test_show_gives_everything_in_the_order_named_and_the_summary_in_full(relcli: Any) -> None:
    page = relcli.ok("interaction show i_2 i_1 i_2").out

    assert page.index("i_2") < page.index("i_1")
    assert page.count("i_2") == 1
    assert "\ntasting\nof the new menu\n" in page
    for fact in (
        "Bo Lund",
        "visit",
        "both",
        "Ana Ruiz",
        "they began",
        "2026-11-01T09:30:00+00:00",
        "+1",
        "order",
        "asked about May",
    ):
        assert fact in page
    assert ids(relcli.ok("interaction show i_2 i_1 -f ids")) == ["i_2", "i_1"]


@pytest.mark.parametrize(
    "bad", ["i_9", "t_1", "1", "i_", "I_1", "i_01", "i_1x", "i_999999999999999999", "", "ana", "i_-1", "i_0"]
)
@pytest.mark.parametrize("verb", [["show"], ["remove"], ["edit", "--summary", "x"], ["move", "--from", "bo"]], ids=lambda v: v[0])
def test_what_is_no_id_is_not_found_and_nothing_is_shown_or_written(bad: str, verb: list[str], relcli: Any) -> None:
    before = everything(relcli)
    more = {"move": ["bo"], "show": ["i_1"], "remove": ["i_1"]}.get(verb[0], [])
    words = [*more, bad] if verb[0] in ("show", "remove") else [bad, *more]
    outcome = relcli("interaction", *verb, "--", *words)

    assert (outcome.code, outcome.out) == (3, "")
    assert "interaction" in outcome.err.splitlines()[0]
    assert outcome.err.splitlines()[1].strip() == "see: relcli interaction list"
    assert everything(relcli) == before


# --- edit -----------------------------------------------------------------------------------------------------------

EDITS: list[tuple[list[str], dict[str, Any]]] = [
    (["--summary", "asked about June"], {"summary": "asked about June"}),
    (["--summary", ""], {"summary": None}),
    (["--no-summary"], {"summary": None}),
    (["--channel", "letter"], {"channel": "letter"}),
    (["--out"], {"direction": "out"}),
    (["--both"], {"direction": "both"}),
    (["--at", "2026-10-01"], {"at": "2026-10-01"}),
    (["--at", "2026-11-01T23:30-05:00"], {"at": "2026-11-01T23:30:00-05:00"}),
    (["--minutes", "0"], {"minutes": 0}),
    (["--no-minutes"], {"minutes": None}),
    (["--sentiment", "-2"], {"sentiment": -2}),
    (["--no-sentiment"], {"sentiment": None}),
    (["--purpose", "thanks"], {"purpose": "thanks"}),
    (["--no-purpose"], {"purpose": None}),
    (["--minutes", "9", "--no-purpose", "--in", "-c", "sms"], {"minutes": 9, "purpose": None, "channel": "sms"}),
]


@pytest.mark.parametrize(("words", "changed"), EDITS, ids=lambda v: " ".join(v) if isinstance(v, list) else None)
def test_an_edit_changes_what_is_named_and_nothing_else_and_undo_brings_it_back(
    words: list[str], changed: dict[str, Any], relcli: Any, book_location: str
) -> None:
    before, old = everything(relcli), record(relcli, "interaction", "i_1")
    outcome = relcli.ok("interaction", "edit", "i_1", *words)

    assert outcome.out == ""
    assert outcome.err.startswith("changed i_1: ")
    assert outcome.err.endswith("(batch 8)\n")
    assert record(relcli, "interaction", "i_1") == {**old, **changed}
    assert agree(book_location, links=4)
    relcli.ok("book undo")
    assert everything(relcli) == before
    assert agree(book_location, links=4)


def test_who_took_part_is_added_and_taken_away(relcli: Any, book_location: str) -> None:
    before, old = everything(relcli), record(relcli, "interaction", "i_2")
    relcli.ok("interaction", "edit", "i_2", "--with", "lumen", "--with", "bo", "--without", "ana")
    new = record(relcli, "interaction", "i_2")

    assert sorted(new["contact_name"].split(";")) == ["Bo Lund", "Café Lumen"]
    assert {k: v for k, v in new.items() if "contact" not in k} == {k: v for k, v in old.items() if "contact" not in k}
    assert agree(book_location, links=4)
    relcli.ok("book undo")
    assert everything(relcli) == before


def test_a_touch_is_found_by_the_words_it_has_now(relcli: Any) -> None:
    relcli.ok("interaction", "edit", "i_1", "--summary", "Grüße aus Łódź")

    assert ids(relcli.ok("search", "gruße aus lodz", "-f", "ids")) == ["i_1"]
    assert ids(relcli.ok("search", "asked about", "-f", "ids")) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--minutes", "-1"], 2, "--minutes -1 is not a length of time"),
        (["--sentiment", "3"], 2, "--sentiment 3 is out of range"),
        (["--purpose", "fun"], 2, 'purpose "fun" is not known'),
        (["--channel", "pigeon"], 2, 'there is no channel "pigeon"'),
        (["--at", "03/04/2026"], 2, "can be 3 April 2026 or 4 March 2026"),
        (["--at", ""], 2, "not a date"),
        (["--in", "--both"], 2, "exclude each other"),
        (["--minutes", "5", "--no-minutes"], 2, "--minutes and --no-minutes exclude each other"),
        (["--summary", "x", "--no-summary"], 2, "--summary and --no-summary exclude each other"),
        (["--summary", "a\0b"], 2, "that summary holds a NUL"),
        (["--summary", "a\udc80b"], 2, "that summary holds a NUL or half a character"),
        (["--with", "nobody"], 3, "No contact matches"),
        (["--with", "ana"], 4, "say which"),
        (["--without", "nobody"], 3, "No contact matches"),
        (["--without", "bo"], 2, '"bo" is nobody who took part in i_1'),
        (["--without", "ana"], 2, "nobody would be left in i_1"),
    ],
    ids=lambda v: ascii(" ".join(v)) if isinstance(v, list) else None,
)
def test_an_edit_that_cannot_be_meant_is_refused_and_nothing_written(words: list[str], code: int, said: str, relcli: Any) -> None:
    before = everything(relcli)
    outcome = relcli("interaction", "edit", "i_1", *words)

    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert everything(relcli) == before


def test_an_edit_that_changes_nothing_leaves_no_batch(relcli: Any) -> None:
    before = relcli.ok("book history -f csv").out
    for words in ([], ["--minutes", "5", "--in"], ["--with", "ana ruiz"], ["--summary", " asked about May\n"]):
        assert relcli.ok("interaction", "edit", "i_1", *words).err == "left i_1 as it is: nothing had to be changed\n"
    assert relcli.ok("book history -f csv").out == before


# --- move -----------------------------------------------------------------------------------------------------------


def test_a_touch_with_one_contact_was_somebody_elses(relcli: Any, book_location: str) -> None:
    before, old = everything(relcli), record(relcli, "interaction", "i_1")
    outcome = relcli.ok("interaction", "move", "i_1", "bo")
    new = record(relcli, "interaction", "i_1")

    assert outcome.err == "moved i_1: phone from Bo Lund, 2026-11-01 09:30 (batch 8)\n"
    assert new["contact_name"] == "Bo Lund"
    assert {k: v for k, v in new.items() if "contact" not in k} == {k: v for k, v in old.items() if "contact" not in k}
    assert ids(relcli.ok("timeline", "ana ruiz", "-f", "ids")) == ["i_2"]
    assert agree(book_location, links=4)
    relcli.ok("book undo")
    assert everything(relcli) == before


def test_with_several_it_must_be_said_who_gives_way(relcli: Any, book_location: str) -> None:
    before = everything(relcli)
    refused = relcli("interaction move i_2 lumen")
    assert refused.code == 4
    assert "--from" in refused.err
    assert "Bo Lund" in refused.err
    assert "Ana Ruiz" in refused.err
    assert relcli("interaction move i_2 lumen --from lumen").code == 2
    assert relcli("interaction move i_2 lumen --from zz").code == 3
    assert everything(relcli) == before

    relcli.ok("interaction move i_2 lumen --from ana")  # there are two of that name; one took part
    assert sorted(record(relcli, "interaction", "i_2")["contact_name"].split(";")) == ["Bo Lund", "Café Lumen"]
    relcli.ok("interaction move i_2 bo --from lumen")  # who is there already is there once
    assert record(relcli, "interaction", "i_2")["contact_name"] == "Bo Lund"
    assert agree(book_location, links=3)
    relcli.ok("book undo")
    relcli.ok("book undo")
    assert everything(relcli) == before


@pytest.mark.parametrize(("who", "code"), [("nobody", 3), ("ana", 4), ("", 3)])
def test_a_move_to_nobody_in_particular_is_refused(who: str, code: int, relcli: Any) -> None:
    before = everything(relcli)

    assert relcli("interaction", "move", "i_1", "--", who).code == code
    assert everything(relcli) == before


def test_a_move_to_whom_it_was_changes_nothing(relcli: Any) -> None:
    assert relcli.ok("interaction", "move", "i_1", "ana ruiz").err == "left i_1 as it is: nothing had to be changed\n"


# --- remove ---------------------------------------------------------------------------------------------------------


def test_a_removed_touch_is_gone_with_its_links_and_undo_brings_both_back(relcli: Any, book_location: str) -> None:
    before = everything(relcli)
    one = relcli.ok("interaction remove i_1")
    assert (one.out, one.err) == ("", "removed i_1: phone from Ana Ruiz, 2026-11-01 09:30 (batch 8)\n")
    assert agree(book_location, links=3)
    both = relcli.ok("interaction remove i_3 i_2 i_3")
    assert both.err == "removed 2 interactions: i_3 i_2 (batch 9)\n"
    assert relcli.ok("interaction list -f ids").out == ""
    assert agree(book_location, links=0)

    relcli.ok("book undo")
    relcli.ok("book undo")
    assert everything(relcli) == before
    assert agree(book_location, links=4)


def test_a_number_is_not_given_again(relcli: Any) -> None:
    relcli.ok("interaction remove i_3")

    assert "logged i_4" in relcli.ok("log bo x -c meeting").err


def test_programs_get_the_record_as_it_was(relcli: Any) -> None:
    old = record(relcli, "interaction", "i_2")

    assert json.loads(relcli.ok("interaction remove i_2 -f json").out)["interactions"] == [old]


# --- all of them ----------------------------------------------------------------------------------------------------

WRITES = [
    ["edit", "i_1", "--summary", "y", "--at", "2026-10-01", "--out", "--with", "bo"],
    ["move", "i_1", "bo"],
    ["remove", "i_1", "i_2"],
]


@pytest.mark.parametrize("words", WRITES, ids=lambda w: w[0])
def test_a_dry_run_says_what_would_be_done_and_does_nothing(words: list[str], relcli: Any) -> None:
    before, history = everything(relcli), relcli.ok("book history -f csv").out
    outcome = relcli.ok("interaction", *words, "--dry-run")

    assert outcome.err.startswith("would have ")
    assert "dry run: nothing was written" in outcome.err
    assert everything(relcli) == before
    assert relcli.ok("book history -f csv").out == history


@pytest.mark.parametrize("words", WRITES, ids=lambda w: w[0])
def test_history_names_the_command_and_not_what_was_typed_and_quiet_says_nothing(words: list[str], relcli: Any) -> None:
    outcome = relcli.ok("interaction", *words, "-q")

    assert (outcome.out, outcome.err) == ("", "")
    assert f",interaction {words[0]}," in relcli.ok("book history -f csv --top 1").out.splitlines()[1]


@pytest.mark.parametrize("words", WRITES, ids=lambda w: w[0])
def test_undo_after_undo_is_the_redo(words: list[str], relcli: Any, book_location: str) -> None:
    before = everything(relcli)
    relcli.ok("interaction", *words)
    after = everything(relcli)
    relcli.ok("book undo 8")
    assert everything(relcli) == before
    relcli.ok("book undo 9")
    assert everything(relcli) == after != before
    with opened(book_location, wait=1) as book, book.reading() as connection:
        assert connection.execute(COPIES).scalar_one() == 0


@pytest.mark.parametrize(
    "columns", ["at,contact,channel,direction,summary", "at,contact,channel,direction,summary,source,external_id"]
)
def test_what_was_put_right_is_known_to_the_file_it_came_from(columns: str, relcli: Any) -> None:
    rows = [f"2026-09-0{n},Bo Lund,phone,in,call {n}" + (f",log,{n}" if "source" in columns else "") for n in (1, 2, 3)]
    file = "\n".join([columns, *rows, ""])
    relcli.ok("import interactions -", stdin=file)
    relcli.ok("interaction", "edit", "i_4", "--summary", "another", "--at", "2026-08-01", "--out", "--minutes", "3")
    relcli.ok("interaction", "move", "i_5", "lumen")
    relcli.ok("interaction", "edit", "i_6", "--with", "lumen", "--no-summary")
    before = everything(relcli)
    again = relcli.ok("import interactions -", stdin=file)

    assert again.err.startswith("3 rows: 3 changed (not taken" if "source" in columns else "3 rows: 3 known")
    assert everything(relcli) == before


@pytest.mark.parametrize("summary", list(HOSTILE.values()), ids=list(HOSTILE))
def test_a_hostile_summary_is_unchanged_for_programs_and_harmless_for_people(summary: str, relcli: Any) -> None:
    relcli.ok("contact", "edit", "bo", f"--name={summary}")
    code = record(relcli, "interaction", "i_2")["contact"].split(";")
    edited = relcli.ok("interaction", "edit", "i_2", f"--summary={summary}")

    assert record(relcli, "interaction", "i_2")["summary"] == summary.strip()
    for words in (["list"], ["show", "i_2"], ["move", "i_2", code[0], "--from", summary]):
        shown = relcli("interaction", *words)
        assert harmless(shown.out)
        assert harmless(shown.err)
    bad = relcli("interaction", "show", "--", summary)
    assert (bad.code, harmless(bad.err)) == (3, True)
    for said in (edited, relcli.ok("interaction remove i_2")):
        assert harmless(said.err)
