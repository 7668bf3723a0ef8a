"""Pages as plain aligned text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words
from relcli.render.plain import to_plain


def lines(*blocks: Block) -> list[str]:
    written = to_plain(Page(blocks))
    assert written == "" or written.endswith("\n")
    return written.split("\n")[:-1]


def test_a_page_of_nothing_is_nothing() -> None:
    assert lines() == lines(Facts([])) == lines(Grid([Column("")], [])) == []


def test_headings_words_and_gaps_are_lines() -> None:
    assert lines(Heading("Ana", "2 records"), Gap(), Heading("Bo"), Words("one\ntwo")) == [
        "Ana  2 records",
        "",
        "Bo",
        "one",
        "two",
    ]


def test_labels_stand_in_a_column_and_nothing_hangs_over() -> None:
    assert lines(Facts([("kind", Cell("person")), ("time zone", Cell("UTC")), ("note", Cell(""))])) == [
        "kind       person",
        "time zone  UTC",
        "note",
    ]


def test_columns_are_as_wide_as_what_they_hold_figures_to_the_right() -> None:
    grid = Grid([Column("who"), Column("rows", "right")], [[Cell("Ana"), Cell("7")], [Cell("北京 Shop"), Cell("12345")]])
    assert lines(grid) == ["who         rows", "Ana            7", "北京 Shop  12345"]


def test_without_titles_there_is_no_line_of_titles() -> None:
    assert lines(Grid([Column(""), Column("")], [[Cell("a"), Cell("b")]])) == ["a  b"]


def test_titles_stay_where_there_is_nothing_under_them() -> None:
    assert lines(Grid([Column("who"), Column("rows")], [])) == ["who  rows"]


def test_a_bar_is_left_out_for_its_figure_stands_beside_it() -> None:
    grid = Grid([Column("health"), Column("", bar=True), Column("why")], [[Cell("84"), Cell("", "good", 0.84), Cell("often")]])
    assert lines(grid) == ["health  why", "84      often"]


def test_bars_and_labels_stand_in_line_all_over_the_page() -> None:
    columns = [Column("", "right"), Column("", bar=True), Column("")]
    first, second = (Grid(columns, [[Cell(figure), Cell("", share=0.5), Cell("why")]]) for figure in ("9 %", "89 %"))
    assert lines(first, second) == [" 9 %  why", "89 %  why"]
    assert lines(Facts([("wants", Cell("x"))]), Gap(), Facts([("owed", Cell("y"))])) == ["wants  x", "", "owed   y"]


def test_a_cell_stays_on_its_line() -> None:
    assert lines(Facts([("note", Cell("one\ntwo"))])) == ["note  one two"]


@given(st.lists(st.tuples(st.text("aé北 ", max_size=8), st.text("19", min_size=1, max_size=6)), min_size=1, max_size=5))
def test_nothing_is_cut_and_a_column_ends_where_it_ends_in_every_line(rows: list[tuple[str, str]]) -> None:
    found = lines(Grid([Column(""), Column("", "right")], [[Cell(cell) for cell in row] for row in rows]))
    assert len({cell_len(line) for line in found}) == 1
    assert all(line.startswith(name) and line.endswith(figure) for line, (name, figure) in zip(found, rows, strict=True))


def _lines(*names: str) -> list[str]:
    page = Page([Grid([Column("name"), Column("day"), Column("", "right")], [[Cell(n), Cell("mon"), Cell("7")] for n in names])])
    return to_plain(page).splitlines()


def test_a_very_long_cell_is_whole_and_pushes_only_its_own_line() -> None:
    assert _lines("Ana", "x" * 500) == ["name" + " " * 58 + "day", "Ana" + " " * 59 + "mon  7", "x" * 500 + "  mon  7"]


def test_up_to_sixty_cells_a_column_is_aligned_by_the_widest() -> None:
    assert _lines("Ana", "x" * 60) == ["name" + " " * 58 + "day", "Ana" + " " * 59 + "mon  7", "x" * 60 + "  mon  7"]
    assert _lines("Ana", "\u6f22" * 30)[1] == "Ana" + " " * 59 + "mon  7"  # two cells a character
