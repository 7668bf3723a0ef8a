"""`relcli later`: not now, until a day, and back again."""

from __future__ import annotations

import json
from typing import Any

import pytest


def later(relcli: Any, *words: str) -> dict[str, Any]:
    [found] = json.loads(relcli.ok("later", *words, "-f", "json").out)["laters"]
    return dict(found)


def shown(relcli: Any) -> str:
    return str(relcli.ok("contact show Ana").out)


@pytest.mark.postgres
def test_later_holds_on_a_server_too(book_location: str, relcli: Any) -> None:
    relcli.ok("contact add Ana")
    relcli.ok("later Ana --until 2026-12-24")

    assert "until 2026-12-24" in shown(relcli)


def test_somebody_is_off_the_agenda_until_a_day_with_the_reason(relcli: Any, two: None) -> None:
    told = relcli.ok("later", "Ana", "--until", "2026-12-24", "--because", "on holiday")

    assert told.out == ""
    assert told.err == "put Ana off the agenda until 2026-12-24: on holiday (l_1) (batch 3)\n"
    assert "not now  until 2026-12-24: on holiday" in shown(relcli)


def test_a_day_in_words_looks_forward(relcli: Any, two: None) -> None:
    found = later(relcli, "Ana", "--until", "in 3 weeks")

    assert (found["day"], found["until"], found["contact_name"]) == ("2026-11-21", "2026-12-12", "Ana")


def test_on_that_day_it_is_over(relcli: Any, two: None) -> None:
    relcli.ok("later Ana --until 2026-12-24")

    assert "not now" in relcli.ok("contact show Ana --now 2026-12-23").out
    assert "not now" not in relcli.ok("contact show Ana --now 2026-12-24").out


def test_the_newest_counts_even_where_it_ends_sooner(relcli: Any, two: None) -> None:
    relcli.ok("later Ana --until 2027-03-01")
    relcli.ok("later Ana --until 2026-12-01")

    assert "until 2026-12-01" in shown(relcli)


def test_today_ends_it(relcli: Any, two: None) -> None:
    relcli.ok("later Ana --until 2026-12-24")
    told = relcli.ok("later Ana --until today")

    assert told.err == "put Ana back on the agenda (l_2) (batch 4)\n"
    assert "not now" not in shown(relcli)


def test_today_changes_nothing_where_nobody_was_put_off(relcli: Any, two: None) -> None:
    told = relcli.ok("later Ana --until 2026-11-21")

    assert told.err == "left Ana on the agenda, where they were: nothing had to be changed\n"
    assert json.loads(relcli.ok("later Ana --until today -f json").out)["laters"] == []


def test_the_same_twice_is_written_once(relcli: Any, two: None) -> None:
    relcli.ok("later Ana --until 2026-12-24 --because rest")

    assert "nothing had to be changed" in relcli.ok("later Ana --until 2026-12-24").err
    assert "(batch 4)" in relcli.ok("later Ana --until 2026-12-24 --because moved").err


def test_undo_brings_back_what_held_before(relcli: Any, two: None) -> None:
    relcli.ok("later Ana --until 2026-12-24")
    relcli.ok("later Ana --until today")
    relcli.ok("book undo")

    assert "until 2026-12-24" in shown(relcli)
    relcli.ok("book undo")
    assert "not now" not in shown(relcli)


def test_a_dry_run_writes_nothing(relcli: Any, two: None) -> None:
    told = relcli.ok("later Ana --until 2026-12-24 --dry-run")

    assert told.err.startswith("would have put Ana off the agenda until 2026-12-24")
    assert "not now" not in shown(relcli)


@pytest.mark.parametrize(
    ("until", "code"),
    [("yesterday", 2), ("2026-11-20", 2), ("today 17:30", 2), ("someday", 2), ("2026-02-30", 2), ("12", 2), ("", 2)],
)
def test_a_day_that_cannot_be_meant_is_refused_and_nothing_written(relcli: Any, two: None, until: str, code: int) -> None:
    refused = relcli("later", "Ana", "--until", until)

    assert refused.code == code
    assert refused.err.startswith("relcli: ")
    assert "not now" not in shown(relcli)


def test_somebody_unknown_is_not_found_and_no_book_is_made(relcli: Any, place: Any) -> None:
    assert relcli("later Nobody --until 2026-12-24").code == 66
    relcli.ok("contact add Ana")
    assert relcli("later Nobody --until 2026-12-24").code == 3


def test_a_reason_is_one_line(relcli: Any, two: None) -> None:
    assert later(relcli, "Ana", "--until", "2026-12-24", "--because", " on\n holiday ")["because"] == "on holiday"
