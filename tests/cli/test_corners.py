"""Corners that a careful reader found: nothing said, a dry run of beginnings, spellings, what is named and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("env", [{"RELCLI_BOOK": "/"}, {"RELCLI_NOW": "zzz"}])
def test_relcli_alone_tells_its_errors_like_every_command(env: dict[str, str], relcli: Any) -> None:
    ran = relcli(env=env) if "RELCLI_BOOK" in env else relcli("--quiet", env=env)

    assert ran.code in (2, 76)
    assert ran.err.startswith("relcli: ")
    assert relcli("health-report", env=env).code == ran.code


@pytest.mark.usefixtures("book_location")
@pytest.mark.parametrize("words", [["--format", "JSON"], ["-fjson"], ["-qfjson"], ["-f", "Json"], ["--format=json"]])
def test_errors_are_json_however_json_was_asked_for(words: list[str], relcli: Any) -> None:
    ran = relcli("contact", "show", "nobody", *words)

    assert ran.code == 3
    assert json.loads(ran.err)["error"]["kind"] == "contact-not-found"


def test_relcli_alone_speaks_json_too(relcli: Any, no_book_location: str) -> None:
    assert json.loads(relcli.ok("-f", "json").out)["book"] is None
    relcli.ok("contact", "add", "Ana")
    assert json.loads(relcli.ok("-f", "json").out)["agenda"] == []


def test_a_dry_run_of_beginning_begins_nothing(relcli: Any, tmp_path: Path) -> None:
    place = tmp_path / "deep" / "book.db"
    ran = relcli("book", "init", "--book", str(place), "--dry-run")

    assert (ran.code, place.parent.exists()) == (0, False)
    assert ran.err.startswith("would have made a new book at")
    assert relcli("demo", "--book", str(place), "--dry-run").code == 2
    assert not place.parent.exists()


def test_beginning_again_with_other_facts_is_refused(relcli: Any, tmp_path: Path) -> None:
    book = str(tmp_path / "book.db")
    made = json.loads(relcli.ok("book", "init", "--book", book, "--currency", "EUR", "--timezone", "UTC", "-f", "json").out)

    assert (made["made"], made["currency"]) == (True, "EUR")
    assert relcli("book", "init", "--book", book, "--currency", "EUR").code == 0
    assert relcli("book", "init", "--book", book, "--currency", "USD").code == 4
    assert relcli("book", "init", "--book", book, "--timezone", "Europe/Madrid").code == 4


def test_an_empty_book_option_is_no_book(relcli: Any) -> None:
    ran = relcli("contact", "list", "--book", "")

    assert ran.code == 2
    assert "--book is empty" in ran.err


@pytest.mark.usefixtures("book_location")
@pytest.mark.parametrize("command", ["sold", "bought", "log-transaction"])
def test_a_minus_sign_is_answered_with_what_to_do(command: str, relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana")
    ran = relcli(command, "Ana", "-12.50")

    assert ran.code == 2
    assert "has a minus sign: amounts are positive" in ran.err
    assert f"relcli log-transaction WHO 12.50 --kind {'credit' if command == 'bought' else 'refund'}" in ran.err


@pytest.mark.usefixtures("book_location")
def test_a_write_says_whom_it_added_along_the_way(relcli: Any) -> None:
    touch = relcli.ok("log", "Ana Ruiz", "hi", "-c", "meeting", "--with", "Bo Lund", "--add")
    sale = relcli.ok("sold", "Cy Moe", "5", "--add")
    known = relcli.ok("sold", "Cy Moe", "5", "--add")

    assert "; added Ana Ruiz (c_" in touch.err
    assert "Bo Lund (c_" in touch.err
    assert "; added Cy Moe (c_" in sale.err
    assert "added" not in known.err


@pytest.mark.usefixtures("book_location")
def test_an_edit_that_changes_nothing_opens_no_batch(relcli: Any) -> None:
    relcli.ok("contact", "add", "Yan", "--email", "y@example.org", "--phone", "+34600000002", "--handle", "yy")
    ran = relcli.ok("contact", "edit", "Yan", "--email", "y@example.org", "--handle", "yy")

    assert "nothing had to be changed" in ran.err


@pytest.mark.usefixtures("book_location")
def test_a_card_names_every_record_behind_it_those_of_the_people_too(relcli: Any) -> None:
    relcli.ok("contact", "add", "Bright Bakery", "--kind", "organisation")
    relcli.ok("contact", "add", "Ana", "--works-for", "Bright Bakery")
    relcli.ok("log", "Ana", "-c", "meeting", "--at", "2026-05-01")
    relcli.ok("sold", "Bright Bakery", "5", "--at", "2026-06-01")
    card = json.loads(relcli.ok("scorecard", "Bright Bakery", "-f", "json").out)["scorecards"][0]

    assert card["records"] == relcli.ok("timeline", "Bright Bakery", "-f", "ids").out.split() == ["t_1", "i_1"]


@pytest.mark.usefixtures("book_location")
def test_a_suffix_that_is_not_offered_is_refused_before_anything_is_written(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("contact", "add", "Ana")
    ran = relcli("timeline", "Ana", "-o", str(tmp_path / "x.md"))

    assert (ran.code, list(tmp_path.glob("x.md"))) == (2, [])
    assert relcli("timeline", "Ana", "-o", str(tmp_path / "x.txt")).code == 0


def test_a_moment_of_another_zone_is_echoed_with_its_offset(relcli: Any, tmp_path: Path) -> None:
    book = ["--book", str(tmp_path / "book.db")]
    relcli.ok(*book, "book", "init", "--timezone", "America/New_York")
    relcli.ok(*book, "contact", "add", "Al")

    assert "2026-11-20 17:30 +09:00" in relcli.ok(*book, "log", "Al", "-c", "meeting", "--at", "2026-11-20T17:30+09:00").err
    assert "2026-11-20 17:30 (" in relcli.ok(*book, "log", "Al", "-c", "meeting", "--at", "2026-11-20T17:30").err


@pytest.mark.usefixtures("book_location")
def test_a_timeline_says_how_much_more_there_is(relcli: Any) -> None:
    for _ in range(3):
        relcli.ok("log", "Ana", "-c", "meeting", "--add")

    assert "1 of 3 records" in relcli.ok("timeline", "Ana", "--top", "1").out


@pytest.mark.usefixtures("book_location")
@pytest.mark.parametrize(
    "text",
    [
        "10:00 3/4/2026",
        "a",
        "may",
        "2026-11",
        "12h",
        "yesterday 17",
        "last month",
        "10",
        "20261121",
        "1/2",
        "31/02/2026",
    ],
)
def test_a_date_that_is_not_certain_is_refused(text: str, relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana")

    assert relcli("log", "Ana", "-c", "meeting", "--at", text).code == 2


@pytest.mark.usefixtures("book_location")
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("march 3", "2026-03-03"),
        ("3 months ago", "2026-08-21"),
        ("friday 3pm", "2026-11-20T15:00:00+00:00"),
        ("21.11.2025", "2025-11-21"),
        ("monday", "2026-11-16"),
        ("yesterday 17:30", "2026-11-20T17:30:00+00:00"),
    ],
)
def test_a_date_in_words_is_read(text: str, kept: str, relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana")
    out = relcli.ok("log", "Ana", "-c", "meeting", "--at", text, "-f", "csv").out

    assert out.splitlines()[1].split(",")[1] == kept
