"""Rows as csv, tsv, and the bare ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from relcli.render.rows import Cell, Fine, Rows


def to_csv(rows: Rows) -> str:
    """RFC 4180 with LF: a header always, text unchanged, unknown as an empty cell."""
    return "".join(_record(cells) for cells in (rows.columns, *rows.cells))


def to_tsv(rows: Rows) -> str:
    r"""Tab-separated: tabs, line breaks and backslashes inside cells as ``\t``, ``\n``, ``\r`` and ``\\``."""
    lines = ["\t".join(rows.columns)]
    lines += ["\t".join(_escaped(cell_text(cell)) for cell in row) for row in rows.cells]
    return "\n".join(lines) + "\n"


def to_ids(rows: Rows) -> str:
    """What a row is called by: its id, else its first column; a line each, none twice."""
    place = rows.columns.index("id") if "id" in rows.columns else 0
    return "".join(f"{name}\n" for name in dict.fromkeys(row[place] for row in rows.cells))


def cell_text(cell: Cell) -> str:
    """A cell as text: unknown is empty, fractions have two decimals, fine ones four."""
    if cell is None:
        return ""
    if isinstance(cell, Fine):
        return f"{cell:.4f}"
    if isinstance(cell, float):
        return f"{cell:.2f}"
    return str(cell)


def _record(cells: Iterable[Cell]) -> str:
    """One record; its end is CR LF at first, because with LF alone Python 3.11 leaves a lone CR unquoted."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow([cell_text(cell) for cell in cells])
    return stream.getvalue().removesuffix("\r\n") + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
