"""What a user sees of initiatives: the list, and what came of one for sales and of one for health, in the demo book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from relcli.actions.books import at_desk, fill_new_book
from relcli.actions.demo.building import CURRENCY, build_demo
from relcli.actions.initiatives.enrolling import EnrollInInitiative, enroll
from relcli.actions.initiatives.listing import list_initiatives
from relcli.actions.initiatives.results import initiative_results
from relcli.actions.initiatives.starting import StartInitiative, start_initiative
from relcli.domain.initiative import Outcome
from relcli.render import initiative_results as render
from relcli.render import initiatives
from relcli.render.page import Page
from relcli.render.plain import to_plain
from relcli.render.text import to_text

NOW = datetime.fromisoformat("2026-11-21T10:00:00+00:00")
WIDTHS = (60, 80, 120)
NAMES = ("initiative-list", "initiative-results-health", "initiative-results-sales")
LETTERS, PRINTS = "Letters by hand in winter 2026", "Prints"
TRIED = (
    StartInitiative(
        name=LETTERS, outcome=Outcome.HEALTH, begins="2026-08-01", cost="240",
        hypothesis="a letter written by hand brings those back who have been quiet, and they stay longer than those who got none",
    ),
    StartInitiative(
        name=PRINTS, outcome=Outcome.SALES, begins="2026-06-01", until="2026-10-31", cost="90",
        hypothesis="a free print brings orders",
    ),
)  # fmt: skip
Reviewed = Callable[[str, Page], None]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    book = str(tmp_path_factory.mktemp("demo") / "book.db")
    fill_new_book(book, build_demo, timezone="UTC", currency=CURRENCY, now=NOW, wait=1)
    for one in TRIED:
        then = datetime.fromisoformat(f"{one.begins}T10:00:00+00:00")
        whom = EnrollInInitiative(initiative=one.name, roles=("customer",), holdout="0.5")
        at_desk(book, lambda desk, one=one: start_initiative(one, desk), now=then, wait=1)  # type: ignore[misc]  # bound at once
        at_desk(book, lambda desk, whom=whom: enroll(whom, desk), now=then, wait=1)  # type: ignore[misc]  # as above
    listed, _ = at_desk(book, list_initiatives, now=NOW, wait=1)
    letters, _ = at_desk(book, lambda desk: initiative_results(LETTERS, desk), now=NOW, wait=1)
    prints, _ = at_desk(book, lambda desk: initiative_results(PRINTS, desk), now=NOW, wait=1)
    return {
        "initiative-list": initiatives.listed(listed),
        "initiative-results-health": render.page(letters, most=15),
        "initiative-results-sales": render.page(prints, most=19),
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_screen_is_as_reviewed(name: str, pages: dict[str, Page], reviewed: Reviewed) -> None:
    reviewed(name, pages[name])


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_of_the_list_is_broken(width: int, pages: dict[str, Page]) -> None:
    shown = to_text(pages["initiative-list"], width=width, color=False)
    assert set(LETTERS.split()) <= set(shown.split())


def test_nobody_is_left_off_for_the_sake_of_a_line_that_says_so(pages: dict[str, Page]) -> None:
    assert "… and" not in to_plain(pages["initiative-results-sales"])  # 20 people, where 19 are the most
    assert "… and 5 more: --top 20 shows them\n" in to_plain(pages["initiative-results-health"])
