"""What a user sees: the scorecard and the health report of the demo book, at three widths, in a pipe, in colour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.docs.picture import PICTURE, draw

from relcli.actions.books import at_desk, fill_new_book
from relcli.actions.demo import CURRENCY, build_demo
from relcli.actions.drafts import DraftMessage, draft_message
from relcli.actions.facts import list_facts
from relcli.actions.health_report import ReportHealth, report_health
from relcli.actions.scorecards import show_scorecards
from relcli.cli.output import to_file
from relcli.render import drafts, health_report, scorecards
from relcli.render.page import Page
from relcli.render.plain import to_plain
from relcli.render.text import to_text

SCREENS = Path(__file__).parent / "screens"
NOW = datetime.fromisoformat("2026-11-21T10:00:00+00:00")
WHO = ["Bright Bakery", "Elin Dahl", "Nadia Petrova", "Card from the Fair", "Peter Falk-Hansen"]
MIRA = "Mira Solano"
WIDTHS = (60, 80, 120)
Golden = Callable[[str, str], None]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    book = str(tmp_path_factory.mktemp("demo") / "book.db")
    fill_new_book(book, build_demo, timezone="UTC", currency=CURRENCY, now=NOW, wait=1)
    cards, _ = at_desk(book, lambda desk: show_scorecards(WHO, desk), now=NOW, wait=1)
    report, _ = at_desk(book, lambda desk: report_health(ReportHealth(), desk), now=NOW, wait=1)
    by_risk, _ = at_desk(book, lambda desk: report_health(ReportHealth(sort="-silent_risk", top=8), desk), now=NOW, wait=1)
    letter, _ = at_desk(book, lambda desk: draft_message(DraftMessage(who=MIRA, template="thank-you"), desk), now=NOW, wait=1)
    facts, _ = at_desk(book, lambda desk: list_facts(MIRA, desk), now=NOW, wait=1)
    return {
        "draft": drafts.page(letter),
        "draft-facts": drafts.facts_page(facts),
        "scorecard": scorecards.page(cards.cards),
        "health-report": health_report.page(report),
        "health-report-by-risk": health_report.page(by_risk),
    }


NAMES = ("draft", "draft-facts", "scorecard", "health-report", "health-report-by-risk")
ELSEWHERE = ("preference-card", "preference-list")  # their tests stand in a file of their own


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_the_screen_is_as_reviewed(name: str, width: int, pages: dict[str, Page], golden: Golden) -> None:
    text = to_text(pages[name], width=width, color=False)

    assert max(len(line) for line in text.split("\n")) <= width
    golden(f"{name}-{width}.txt", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_pipe_gets_the_same_facts_without_box_or_colour(name: str, pages: dict[str, Page], golden: Golden) -> None:
    text = to_plain(pages[name])

    assert "\x1b" not in text
    golden(f"{name}-plain.txt", text)


def test_a_narrow_screen_turns_the_card_vertical(pages: dict[str, Page], golden: Golden) -> None:
    golden("scorecard-40.txt", to_text(pages["scorecard"], width=40, color=False))


def test_colour_marks_what_the_words_say(pages: dict[str, Page], golden: Golden) -> None:
    golden("health-report-ansi.txt", to_text(pages["health-report"], width=100, color=True))


def test_every_golden_screen_is_used() -> None:
    names = (*NAMES, *ELSEWHERE)
    used = {f"{name}-{width}.txt" for name in names for width in WIDTHS} | {f"{name}-plain.txt" for name in names}

    assert {path.name for path in SCREENS.iterdir()} == used | {"scorecard-40.txt", "health-report-ansi.txt"}


def test_the_picture_in_the_readme_is_current(tmp_path: Path) -> None:
    fresh = tmp_path / "scorecard.svg"
    to_file(draw(tmp_path / "book.db"), str(fresh))

    assert fresh.read_text(encoding="utf-8") == PICTURE.read_text(encoding="utf-8")
