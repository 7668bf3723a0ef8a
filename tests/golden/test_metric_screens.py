"""What a user sees who asks how it went, and whether the metric is true: a year of cards, the backtest of the demo book, and what it can prove."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from relcli.actions.audits import audit_book
from relcli.actions.backtests import BacktestBook, backtest_book
from relcli.actions.books import at_desk, fill_new_book
from relcli.actions.demo.building import CURRENCY, build_demo
from relcli.actions.histories import show_histories
from relcli.render import audits, backtests, histories
from relcli.render.page import Page

NOW = datetime.fromisoformat("2026-11-21T10:00:00+00:00")
NAMES = ("scorecard-history", "backtest", "audit")
Reviewed = Callable[[str, Page], None]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    book = str(tmp_path_factory.mktemp("demo") / "book.db")
    fill_new_book(book, build_demo, timezone="UTC", currency=CURRENCY, now=NOW, wait=1)
    year, _ = at_desk(book, lambda desk: show_histories(["Elin Dahl", "Peter Falk-Hansen"], desk), now=NOW, wait=1)
    found, _ = at_desk(book, lambda desk: backtest_book(BacktestBook(), desk), now=NOW, wait=1)
    asked, _ = at_desk(book, audit_book, now=NOW, wait=1)
    return {
        "scorecard-history": histories.page(year.histories),
        "backtest": backtests.page(found),
        "audit": audits.page(asked),
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_screen_is_as_reviewed(name: str, pages: dict[str, Page], reviewed: Reviewed) -> None:
    reviewed(name, pages[name])
