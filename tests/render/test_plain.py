"""Plain text: aligned, nothing cut, and one very long cell does not push the lines of the others."""

from __future__ import annotations

from relcli.render.page import Cell, Column, Grid, Page
from relcli.render.plain import to_plain


def _lines(*names: str) -> list[str]:
    page = Page([Grid([Column("name"), Column("day"), Column("", "right")], [[Cell(n), Cell("mon"), Cell("7")] for n in names])])
    return to_plain(page).splitlines()


def test_a_very_long_cell_is_whole_and_pushes_only_its_own_line() -> None:
    assert _lines("Ana", "x" * 500) == ["name" + " " * 58 + "day", "Ana" + " " * 59 + "mon  7", "x" * 500 + "  mon  7"]


def test_up_to_sixty_cells_a_column_is_aligned_by_the_widest() -> None:
    assert _lines("Ana", "x" * 60) == ["name" + " " * 58 + "day", "Ana" + " " * 59 + "mon  7", "x" * 60 + "  mon  7"]
    assert _lines("Ana", "\u6f22" * 30)[1] == "Ana" + " " * 59 + "mon  7"  # two cells a character
