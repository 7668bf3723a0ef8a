"""Pages for a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words
from relcli.render.text import NARROW, bar, to_text

WORDS = "They wrote that the album was the best thing that anybody had made for them in all these years"
GRID = Grid(
    [Column("when"), Column("about", folds=True), Column("", bar=True), Column("id")],
    [[Cell("2026-05-05", "label"), Cell(WORDS), Cell("", "good", 0.5), Cell("i_1", "dim")]],
)


def lines(*blocks: Block, width: int = 80, color: bool = False) -> list[str]:
    return to_text(Page(blocks), width=width, color=color).split("\n")[:-1]


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (0.0, "░░░░░░░░░░"),
        (0.5, "█████░░░░░"),
        (1.0, "██████████"),
        (0.05, "▌░░░░░░░░░"),
        (0.99, "█████████▉"),
        (-3.0, "░░░░░░░░░░"),
        (7.0, "██████████"),
    ],
)
def test_a_bar_has_ten_cells_and_shows_eighths(share: float, drawn: str) -> None:
    assert bar(share) == drawn


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_never_has_a_shorter_bar(one: float, other: float) -> None:
    ink = {"░": 0, "▏": 1, "▎": 2, "▍": 3, "▌": 4, "▋": 5, "▊": 6, "▉": 7, "█": 8}
    drawn = [sum(ink[c] for c in bar(share)) for share in sorted((one, other))]
    assert drawn == sorted(drawn)
    assert len(bar(one)) == 10


def test_what_stands_at_the_right_ends_at_the_edge_or_goes_under_the_heading() -> None:
    assert lines(Heading("Ana Ruiz", "2 records"), width=30) == ["Ana Ruiz             2 records"]
    assert lines(Heading("Ana Ruiz", "2 records"), width=18) == ["Ana Ruiz", "2 records"]
    assert lines(Heading("Ana Ruiz"), Gap(), width=30) == ["Ana Ruiz", ""]


def test_colours_come_only_where_they_are_asked_for_and_change_no_letter() -> None:
    page = (Heading("Ana"), Facts([("kind", Cell("person", "good"))]), Words("late", "bad"))
    plain, coloured = lines(*page), lines(*page, color=True)
    assert "\x1b" not in "".join(plain)
    assert "\x1b[1mAna\x1b[0m" in coloured[0]
    assert "\x1b[32mperson\x1b[0m" in coloured[1]
    assert "\x1b[1;31mlate\x1b[0m" in coloured[2]


@pytest.mark.parametrize("text", ["[bold]x[/bold]", "[/]", ":smile:", "https://example.org", "'1'"])
def test_the_users_text_is_no_markup(text: str) -> None:
    assert lines(Words(text), Facts([("note", Cell(text))]), color=True) == [text, f"\x1b[2mnote\x1b[0m  {text}"]


def test_a_column_that_folds_wraps_and_the_others_stay_whole() -> None:
    found = lines(GRID, width=70)
    assert len(found) > 2
    assert max(map(cell_len, found)) <= 70
    assert found[1].startswith("2026-05-05  They wrote")
    assert "█████░░░░░" in found[1]
    assert found[1].endswith("i_1")
    assert all(line.startswith(" " * 12) for line in found[2:])


def test_on_a_narrow_terminal_a_row_is_a_line_of_what_is_short_with_the_rest_under_it() -> None:
    found = lines(GRID, width=NARROW - 1)
    assert found[0] == "2026-05-05  i_1"
    assert len(found) > 2
    assert all(line.startswith("    ") for line in found[1:])
    assert " ".join(line.strip() for line in found[1:]) == WORDS


def test_on_a_narrow_terminal_what_is_empty_takes_no_room() -> None:
    grid = Grid([Column("a"), Column("b"), Column("c", folds=True)], [[Cell(""), Cell("x"), Cell("")]])
    assert lines(grid, width=40) == ["x"]


@given(st.integers(20, 120))
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(width: int) -> None:
    found = lines(Heading("Ana Ruiz", "2 records"), GRID, Words(WORDS), width=width)
    assert max(map(cell_len, found)) <= width
    assert "".join(found).replace(" ", "").count("anybody") == 2
