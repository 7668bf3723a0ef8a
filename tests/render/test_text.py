"""Pages for a terminal."""

from __future__ import annotations

from collections.abc import Callable

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


def test_where_columns_have_no_room_left_to_read_in_a_row_is_told_downwards_and_no_word_breaks() -> None:
    wide = [Column(title) for title in ("from", "until", "state")]
    grid = Grid(
        [Column("who", folds=True), *wide, Column("why", folds=True)], [[Cell("Kowalska"), *[Cell("x" * 20)] * 3, Cell(WORDS)]]
    )
    assert lines(grid, width=80)[:2] == [f"Kowalska  {'x' * 20}  {'x' * 20}  {'x' * 20}", "    They wrote that the album was the best thing that anybody had made for them"]  # fmt: skip


def test_an_address_is_not_broken_where_others_can_make_room() -> None:
    address = "card.from.the.fair@example.org"
    columns = [Column("id"), Column("name", folds=True), Column("roles"), Column("reach", folds=True), Column("tags", folds=True)]
    grid = Grid(
        columns, [[Cell("c_1bscvc7w"), Cell("Card from the Fair in Town"), Cell("customer"), Cell(address), Cell("wedding")]]
    )
    assert any(address in line for line in lines(grid))


def test_what_goes_below_has_a_line_of_its_own_and_the_columns_stay_in_line() -> None:
    columns = [Column("who", folds=True), Column("why", below=True), Column("n", "right")]
    grid = Grid(columns, [[Cell("Ana"), Cell("often"), Cell("7")], [Cell("Marta"), Cell(""), Cell("12")]])
    assert lines(grid) == ["who     n", "Ana     7", "    why: often", "Marta  12"]
    assert lines(grid, width=40) == ["Ana  n 7", "    why: often", "Marta  n 12"]


def test_on_a_narrow_terminal_the_rank_takes_the_name_along_and_a_figure_says_what_it_is_of() -> None:
    columns = [
        Column("", "right"),
        Column("who", folds=True),
        Column("why", folds=True),
        Column("health", "right"),
        Column("how"),
    ]
    grid = Grid(columns, [[Cell("1"), Cell("Marta Kowalska"), Cell("overdue"), Cell("84"), Cell("e-mail")]])
    assert lines(grid, width=40) == ["1  Marta Kowalska  health 84  e-mail", "    overdue"]
    assert lines(grid, width=30) == ["1  Marta Kowalska  health 84", "    e-mail", "    overdue"]


def test_on_a_narrow_terminal_a_day_says_what_it_is_of() -> None:
    grid = Grid([Column("who"), Column("by"), Column("how")], [[Cell("Ana"), Cell("2026-12-01"), Cell("e-mail")]])
    assert lines(grid, width=40) == ["Ana  by 2026-12-01  e-mail"]


def test_on_a_narrow_terminal_what_follows_no_label_stands_under_the_row_before() -> None:
    columns = [Column(""), Column("", "right"), Column("", folds=True)]
    grid = Grid(columns, [[Cell("health"), Cell("59"), Cell("")], [Cell(""), Cell(""), Cell("held at 59")]])
    assert lines(grid, width=40) == ["health  59", "    held at 59"]


def test_what_one_line_shows_stands_under_the_name_on_a_narrow_terminal() -> None:
    columns = [Column("", "right"), Column(""), Column("", cuts=True), Column("")]
    grid = Grid(columns, [[Cell("1"), Cell("Marta Kowalska"), Cell("promise, 12 days overdue"), Cell("e-mail")]])
    assert lines(grid, width=40) == ["1  Marta Kowalska  e-mail", "    promise, 12 days overdue"]


@pytest.mark.parametrize(
    "block", [Words, lambda text: Facts([("", Cell(text))]), lambda text: Grid([Column("", folds=True)], [[Cell(text)]])]
)
@pytest.mark.parametrize(
    ("text", "unit"), [("of all that was sold 12 % and more", "12 %"), ("this is what it cost: 1340.69 EUR", "1340.69 EUR")]
)
def test_a_figure_is_never_parted_from_its_unit(block: Callable[[str], Block], text: str, unit: str) -> None:
    for width in range(16, 40):
        assert any(unit in line for line in lines(block(text), width=width))


def test_a_command_breaks_at_no_blank_within_quotes() -> None:
    command = "relcli plan set c_h1km2bh9 --aim loyal --review 'in 3 months'"
    for width in range(20, 70):
        assert any("'in 3 months'" in line for line in lines(Facts([("try", Cell(command))]), width=width))


def test_bars_and_labels_stand_in_line_all_over_the_page() -> None:
    columns = [Column("", "right"), Column("", bar=True), Column("", folds=True)]
    first, second = (Grid(columns, [[Cell(figure), Cell("", share=0.5), Cell("why")]]) for figure in ("9 %", "89 %"))
    assert lines(first, second) == [" 9 %  █████░░░░░  why", "89 %  █████░░░░░  why"]
    assert lines(Facts([("wants", Cell("x"))]), Gap(), Facts([("owed", Cell("y"))])) == ["wants  x", "", "owed   y"]


@given(st.integers(20, 120))
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(width: int) -> None:
    found = lines(Heading("Ana Ruiz", "2 records"), GRID, Words(WORDS), width=width)
    assert max(map(cell_len, found)) <= width
    assert "".join(found).replace(" ", "").count("anybody") == 2


def test_on_a_narrow_terminal_what_fits_side_by_side_shares_a_line() -> None:
    columns = [Column("id"), Column("name", folds=True), Column("role"), Column("reach", folds=True)]
    row = [Cell("c_1"), Cell("Ana Ruiz"), Cell("customer"), Cell("ana@example.org")]
    assert lines(Grid(columns, [row]), width=40) == ["c_1  customer", "    Ana Ruiz  ana@example.org"]
