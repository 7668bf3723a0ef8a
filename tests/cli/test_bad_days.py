"""Clocks that jump, days that are 23 hours long, books carried to another zone."""

from __future__ import annotations

import json
from typing import Any

import pytest


def records(relcli: Any, who: str, **settings: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(relcli.ok("timeline", who, "-f", "json", **settings).out)["records"]
    return found


@pytest.fixture
def madrid(relcli: Any, no_book_location: str) -> None:
    relcli.ok("book", "init", "--timezone", "Europe/Madrid", "--currency", "EUR")
    relcli.ok("contact", "add", "Ana")


@pytest.mark.usefixtures("madrid")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),  # the hour that comes twice: its first time
        ("2026-10-25T02:30+01:00", "2026-10-25T02:30:00+01:00"),  # said which
        ("2026-03-29T01:59", "2026-03-29T01:59:00+01:00"),
        ("2026-03-29T03:00", "2026-03-29T03:00:00+02:00"),
    ],
)
def test_the_hours_around_a_clock_change_are_kept_with_their_offset(said: str, kept: str, relcli: Any) -> None:
    relcli.ok("log", "Ana", "rang", "-c", "phone", "--in", "--at", said)

    assert records(relcli, "Ana")[0]["at"] == kept


@pytest.mark.usefixtures("madrid")
def test_the_hour_that_never_was_is_refused(relcli: Any) -> None:
    refused = relcli("log", "Ana", "rang", "-c", "phone", "--in", "--at", "2026-03-29T02:30")

    assert refused.code == 2
    assert "on 2026-03-29 there is no 02:30 in Europe/Madrid: the clocks go forward" in refused.err


@pytest.mark.usefixtures("madrid")
def test_a_late_evening_belongs_to_the_day_in_the_books_zone(relcli: Any) -> None:
    relcli.ok("log", "Ana", "-c", "meeting", "--at", "2026-06-30T23:30:00Z")  # half past one in Madrid
    found = json.loads(relcli.ok("scorecard", "Ana", "-f", "json").out)["scorecards"][0]

    assert found["last_in"] == "2026-07-01"


@pytest.mark.usefixtures("madrid")
def test_a_book_carried_to_another_zone_tells_the_same_days(relcli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    relcli.ok("log", "Ana", "-c", "meeting", "--at", "2026-06-30T23:59")
    here = relcli.ok("scorecard", "Ana", "-f", "json").out
    monkeypatch.setenv("TZ", "Pacific/Auckland")

    assert relcli.ok("scorecard", "Ana", "-f", "json").out == here
    assert records(relcli, "Ana")[0]["at"] == "2026-06-30T23:59:00+02:00"


@pytest.mark.usefixtures("madrid")
def test_a_clock_set_back_loses_nothing_and_the_history_keeps_its_order(relcli: Any) -> None:
    relcli.ok("log", "Ana", "-c", "meeting", "now")
    relcli.ok("log", "Ana", "-c", "meeting", "a year back", "--now", "2025-11-21T10:00:00+00:00")
    relcli.ok("book", "undo", "--now", "2025-01-01")

    assert [r["text"] for r in records(relcli, "Ana")] == ["now"]
    history = relcli.ok("book", "history", "-f", "csv").out.splitlines()[1:]
    assert [int(line.split(",")[0]) for line in history] == [4, 3, 2, 1]


@pytest.mark.usefixtures("madrid")
@pytest.mark.parametrize("day", ["1900-01-01", "1969-12-31", "2024-02-29", "2038-01-20", "2199-12-31"])
def test_far_days_are_days_like_others(day: str, relcli: Any) -> None:
    relcli.ok("log", "Ana", "-c", "meeting", "--at", day, "--now", "2199-12-31")

    assert records(relcli, "Ana")[0]["at"] == day
    assert relcli("scorecard", "Ana", "--as-of", day).code == 0
