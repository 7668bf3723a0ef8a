"""Golden screens: files beside the tests, reviewed like code. `UPDATE_GOLDEN=1 pytest tests/golden` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from relcli.render.page import Page
from relcli.render.plain import to_plain
from relcli.render.text import to_text

SCREENS = Path(__file__).parent / "screens"
WIDTHS = (60, 80, 120)
Golden = Callable[[str, str], None]
Reviewed = Callable[[str, Page], None]


@pytest.fixture
def golden() -> Golden:
    """Compare a text with the file of that name, or write the file when asked to."""

    def compare(name: str, text: str) -> None:
        path = SCREENS / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden screen {name}: make it with UPDATE_GOLDEN=1 and review it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def reviewed(golden: Golden) -> Reviewed:
    """Compare a page at each width, which it keeps to, and as a pipe gets it."""

    def compare(name: str, page: Page) -> None:
        for width in WIDTHS:
            text = to_text(page, width=width, color=False)
            assert max(len(line) for line in text.split("\n")) <= width
            golden(f"{name}-{width}.txt", text)
        golden(f"{name}-plain.txt", to_plain(page))

    return compare
