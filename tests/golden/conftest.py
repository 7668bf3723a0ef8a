"""Golden screens: files beside the tests, reviewed like code. `UPDATE_GOLDEN=1 pytest tests/golden` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

SCREENS = Path(__file__).parent / "screens"
Golden = Callable[[str, str], None]


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
