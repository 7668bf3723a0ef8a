"""What a user sees: the scorecard and the health report of the demo book, and promises, at three widths, in a pipe, in colour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.docs.picture import PICTURE, draw

from relcli.actions.books import at_desk, fill_new_book
from relcli.actions.demo.building import CURRENCY, build_demo
from relcli.actions.drafts import DraftMessage, draft_message
from relcli.actions.facts import list_facts
from relcli.actions.health_report import ReportHealth, report_health
from relcli.actions.promises import PromisesListed
from relcli.actions.scorecards import show_scorecards
from relcli.cli.output import to_file
from relcli.domain.promise import Closing, Promise, PromiseKind, Side, by_urgency
from relcli.render import drafts, health_report, promises, scorecards
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
        "promises": promises.listed(promised()),
    }


def promised() -> PromisesListed:
    """Promises of every standing, as `promise list --status all` finds them."""
    ana, hotel = "c_aaaaaaaa", "c_bbbbbbbb"
    us, them, made = Side.US, Side.THEM, date(2026, 10, 1)
    plain, complaint = PromiseKind.PROMISE, PromiseKind.COMPLAINT
    several = [
        Promise(1, ana, us, plain, "send the prints", made, date(2026, 11, 10)),
        Promise(2, hotel, us, complaint, "the terrace pictures are too dark; they need them again", made, date(2026, 11, 20)),
        Promise(3, ana, us, plain, "answer about May", made, NOW.date()),
        Promise(4, hotel, us, plain, "a list of dates for the spring season, with prices", made, date(2026, 12, 24)),
        Promise(5, ana, us, plain, "a second set of frames", made, date(2026, 10, 5), date(2026, 10, 9), Closing.KEPT),
        Promise(6, ana, us, plain, "a free print", made, date(2026, 10, 5), date(2026, 10, 5), Closing.WITHDRAWN),
        Promise(7, hotel, them, plain, "the signed contract", made),
        Promise(8, hotel, them, plain, "pay the deposit", made, date(2026, 11, 22)),
        Promise(
            9, ana, them, plain, "send the names of the children", made, date(2026, 10, 8), date(2026, 10, 20), Closing.BROKEN
        ),
    ]
    names = {ana: "Ana Ruiz", hotel: "Harbour Hotel"}
    return PromisesListed(tuple(by_urgency(several, NOW.date())), names, NOW.date())


NAMES = ("draft", "draft-facts", "scorecard", "health-report", "health-report-by-risk", "promises")
ELSEWHERE = (  # their tests stand in files of their own
    "preference-card", "preference-list", "agenda", "agenda-leave-alone", "agenda-head", "brief", "survey-list", "survey-show",
    "survey-results", "survey-results-few", "scorecard-history", "backtest", "audit",
    "initiative-list", "initiative-results-health", "initiative-results-sales",
)  # fmt: skip


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
