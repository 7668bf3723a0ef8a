"""What a user sees in the morning and before a call: the agenda and the brief of the demo book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from relcli.actions.agenda import ListAgenda, show_agenda
from relcli.actions.books import at_desk, fill_new_book
from relcli.actions.briefs import show_brief
from relcli.actions.demo.building import CURRENCY, build_demo
from relcli.render import agenda, briefs
from relcli.render.page import Page
from relcli.render.plain import to_plain
from relcli.render.text import to_text

NOW = datetime.fromisoformat("2026-11-21T10:00:00+00:00")
WIDTHS = (60, 80, 120)
NAMES = ("agenda", "agenda-leave-alone", "agenda-head", "brief")
Reviewed = Callable[[str, Page], None]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    book = str(tmp_path_factory.mktemp("demo") / "book.db")
    fill_new_book(book, build_demo, timezone="UTC", currency=CURRENCY, now=NOW, wait=1)
    return book


@pytest.fixture(scope="module")
def pages(demo: str) -> dict[str, Page]:
    today, _ = at_desk(demo, lambda desk: show_agenda(ListAgenda(), desk), now=NOW, wait=1)
    mira, _ = at_desk(demo, lambda desk: show_brief("Harbour Hotel", desk), now=NOW, wait=1)
    return {
        "agenda": agenda.page(today),
        "agenda-leave-alone": agenda.page(today, alone=True),
        "agenda-head": agenda.head(today, 5),
        "brief": briefs.page(mira),
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_screen_is_as_reviewed(name: str, pages: dict[str, Page], reviewed: Reviewed) -> None:
    reviewed(name, pages[name])


@pytest.mark.parametrize("width", WIDTHS)
def test_the_head_of_the_agenda_has_five_lines_at_any_width(width: int, pages: dict[str, Page]) -> None:
    assert len(to_text(pages["agenda-head"], width=width, color=False).splitlines()) == 5


def test_in_a_pipe_the_head_is_whole(pages: dict[str, Page]) -> None:
    assert "…" not in to_plain(pages["agenda-head"]).replace("… and", "")
