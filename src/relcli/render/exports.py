"""Rows for export: text cells that a spreadsheet would run as a formula are guarded."""

from __future__ import annotations

from relcli.exchange.formulas import guarded
from relcli.render.rows import Rows


def guarded_rows(rows: Rows) -> Rows:
    """The same rows, guarded; `import` takes the guard away again."""
    cells = tuple(tuple(guarded(cell) if isinstance(cell, str) else cell for cell in row) for row in rows.cells)
    return Rows(rows.columns, cells)
