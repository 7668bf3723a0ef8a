"""Rows as csv, tsv and ids: unchanged, and read back as they were."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.exchange.csv import read_sheet
from relcli.render.csv import cell_text, to_csv, to_ids, to_tsv
from relcli.render.rows import Cell, Fine, Rows

texts = st.text(st.sampled_from('ab,;"\t\r\n\\ é\x1b='), max_size=6)
cells = st.lists(st.tuples(texts, texts), max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        ("Ana", "Ana"),
        (7, "7"),
        (0, "0"),
        (0.5, "0.50"),
        (2 / 3, "0.67"),
        (Fine(2 / 3), "0.6667"),
        (True, "True"),
        (-1.0, "-1.00"),
    ],
)
def test_a_cell_as_text(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_a_csv_has_a_header_always_line_feeds_and_quotes_where_they_are_needed() -> None:
    assert to_csv(Rows(("id", "name"), ())) == "id,name\n"
    rows = Rows(("id", "name", "n"), (("c_1", 'Ruiz, "Ana"', None), ("c_2", "one\ntwo", 0.5)))
    assert to_csv(rows) == 'id,name,n\nc_1,"Ruiz, ""Ana""",\nc_2,"one\ntwo",0.50\n'


@given(cells)
def test_a_csv_reads_back_as_it_was(held: tuple[tuple[str, str], ...]) -> None:
    found = list(csv.reader(io.StringIO(to_csv(Rows(("id", "note"), held)), newline=""), strict=True))
    assert found == [["id", "note"], *map(list, held)]


@given(cells)
def test_a_tsv_is_one_line_a_row_and_our_own_import_reads_it_as_it_was(held: tuple[tuple[str, str], ...]) -> None:
    rows = Rows(("id", "external_id", "end"), tuple((*row, "x") for row in held))
    written = to_tsv(rows)
    assert written.count("\n") == len(held) + 1
    assert written.count("\t") == 2 * (len(held) + 1)
    assert [cells for _, cells in read_sheet(written.encode(), "f.tsv").rows] == list(rows.cells)


def test_ids_are_a_line_each_wherever_the_column_stands() -> None:
    assert to_ids(Rows(("name", "id"), (("Ana", "c_1"), ("Bo", "c_2")))) == "c_1\nc_2\n"
    assert to_ids(Rows(("id",), ())) == ""


def test_rows_without_an_id_are_called_by_their_first_column_and_none_is_named_twice() -> None:
    assert to_ids(Rows(("name", "purpose"), (("thanks", "thanks"), ("news", "marketing")))) == "thanks\nnews\n"
    assert to_ids(Rows(("id", "item"), (("a_1", "recommend"), ("a_1", "why"), ("a_2", "why")))) == "a_1\na_2\n"
