"""`relcli scorecard --history`: a year of a card, each point of it the card of that day."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

NOW = "2026-11-21T10:00:00+00:00"
BLOCKS = "▁▂▃▄▅▆▇█"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    from datetime import datetime

    from relcli.actions.books import fill_new_book
    from relcli.actions.demo.building import CURRENCY, build_demo

    book = str(tmp_path_factory.mktemp("demo") / "book.db")
    fill_new_book(book, build_demo, timezone="UTC", currency=CURRENCY, now=datetime.fromisoformat(NOW), wait=1)
    return book


@pytest.fixture
def shown(relcli: Any, demo: str) -> Any:
    """A command on the demo book."""
    return lambda *words: relcli.ok("--book", demo, "--now", NOW, *words).out


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def history(shown: Any, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shown("scorecard", *words, "--history", "-f", "json"))["scorecards"]
    return found


def test_the_days_are_the_last_twelve_ends_of_a_month_and_today(shown: Any) -> None:
    days = [point["as_of"] for point in history(shown, "Elin Dahl")[0]["history"]]

    assert days == [
        "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30",
        "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-21",
    ]  # fmt: skip


def test_every_row_is_the_row_of_the_card_of_that_day(shown: Any) -> None:
    people = ("Elin Dahl", "Harbour Hotel", "Bright Bakery", "Nadia Petrova")
    found = rows(shown("scorecard", *people, "--history", "-f", "csv"))

    assert len(found) == 13 * len(people)
    for at in ("2025-11-30", "2026-04-30", "2026-10-31", "2026-11-21"):
        assert [row for row in found if row["as_of"] == at] == rows(shown("scorecard", *people, "--as-of", at, "-f", "csv"))


def test_every_point_has_the_figures_of_its_row(shown: Any) -> None:
    by_day = {row["as_of"]: row for row in rows(shown("scorecard", "Elin Dahl", "--history", "-f", "csv"))}

    for point in history(shown, "Elin Dahl")[0]["history"]:
        row = by_day[point["as_of"]]
        for name in ("health", "low", "high", "coverage", "rhythm", "silent_risk", "terms", "reciprocity", "loyalty"):
            assert point[name] == (float(row[name]) if row[name] else None)
        assert point["status"] == row["status"]


def test_the_card_itself_is_as_without_history(shown: Any) -> None:
    plain = json.loads(shown("scorecard", "Harbour Hotel", "-f", "json"))["scorecards"][0]
    found = history(shown, "Harbour Hotel")[0]

    assert {name: value for name, value in found.items() if name != "history"} == plain
    assert shown("scorecard", "Harbour Hotel", "--history").startswith(shown("scorecard", "Harbour Hotel"))


def test_a_large_fall_names_what_moved_it(shown: Any) -> None:
    point = history(shown, "Elin Dahl")[0]["history"][-1]
    out = shown("scorecard", "Elin Dahl", "--history")

    assert point["moved"]["by"] == "rhythm"
    assert point["moved"]["points"] <= -10
    assert point["reason"].startswith("\u2212")
    assert ": rhythm " in point["reason"]
    assert point["reason"] in out


def test_a_line_of_blocks_has_one_for_each_point(shown: Any) -> None:
    line = next(line for line in shown("scorecard", "Elin Dahl", "--history").splitlines() if line.startswith("Health by month"))
    blocks = line.removeprefix("Health by month").strip()

    assert len(blocks) == 13
    assert set(blocks) <= set(BLOCKS)
    assert BLOCKS.index(blocks[-1]) < BLOCKS.index(blocks[0])


def test_where_health_is_unknown_there_is_a_dot_and_a_dash(shown: Any) -> None:
    """Put aside in January: closed from then on, and not before."""
    found = history(shown, "Peter Falk-Hansen")[0]["history"]
    out = shown("scorecard", "Peter Falk-Hansen", "--history")

    assert [point["status"] == "closed" for point in found] == [point["health"] is None for point in found]
    assert (found[0]["health"] is None, found[-1]["health"] is None) == (False, True)
    assert "·" in out
    assert "archived" in out


def test_as_of_moves_the_whole_year(shown: Any) -> None:
    found = history(shown, "Elin Dahl", "--as-of", "2026-08-31")[0]
    now = {point["as_of"]: point for point in history(shown, "Elin Dahl")[0]["history"]}

    assert [found["history"][0]["as_of"], found["history"][-1]["as_of"]] == ["2025-08-31", "2026-08-31"]
    assert found["as_of"] == "2026-08-31"
    assert found["history"][-2] == now["2026-07-31"]


def test_ids_are_those_of_the_cards_each_once(shown: Any) -> None:
    assert shown("scorecard", "elin", "harbour", "--history", "-f", "ids") == shown("scorecard", "elin", "harbour", "-f", "ids")


@pytest.mark.usefixtures("book_location")
def test_somebody_met_today_has_a_year_of_nothing_before(relcli: Any) -> None:
    relcli.ok("log", "Bo", "met", "--channel", "meeting", "--add")
    points = json.loads(relcli.ok("scorecard", "Bo", "--history", "-f", "json").out)["scorecards"][0]["history"]

    assert [point["status"] for point in points] == ["record"] * 12 + ["new"]
    assert {point["health"] for point in points} == {None}


@pytest.mark.usefixtures("book_location")
def test_what_holds_health_down_is_said_on_the_day_it_does(relcli: Any) -> None:
    relcli.ok("contact", "add", "Mia Lund", "--role", "customer")
    for month in range(1, 12):
        relcli.ok("sold", "mia", "10", "--at", f"2026-{month:02}-10")
    relcli.ok("promise", "add", "mia", "the list", "--by", "2026-10-01", "--at", "2026-09-20")
    points = json.loads(relcli.ok("scorecard", "mia", "--history", "-f", "json").out)["scorecards"][0]["history"]
    october = next(point for point in points if point["as_of"] == "2026-10-31")

    assert (october["status"], october["health"]) == ("owed", 59)
    assert october["moved"]["by"] in ("held", "promises")
    assert "overdue" in october["reason"]


@pytest.mark.usefixtures("book_location")
def test_nobody_is_shown_where_one_of_several_is_unknown(relcli: Any) -> None:
    relcli.ok("contact", "add", "Bo")
    ran = relcli("scorecard", "Bo", "nobody at all", "--history")

    assert (ran.code, ran.out) == (3, "")
