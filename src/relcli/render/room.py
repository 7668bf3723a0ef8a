"""The room of a terminal, shared out: how wide the columns of a grid are, and where a line may break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.containers import Lines
from rich.text import Text

from relcli.render.page import Cell, Column
from relcli.text import safe

BAR, GAP = 10, 2
_LEAST, _WORD = 12, 32  # cells: a column that folds is not narrower than this, and breaks no word shorter than that
_UNIT = re.compile(r"(?<=\d) (?=%|[A-Z]{3}\b)")
_QUOTED = re.compile(r"'[^']*'")
_GLUE = "\ufdd0"  # a character that no text has: Unicode keeps it for the inside of programs


def widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> list[int] | None:
    """How wide each column is that does not go below; None where there is no room to read in.

    The columns that fold share what the others leave: what the wide ones lack, they lack alike.
    """
    shown = [(c, [row[i] for row in rows]) for i, c in enumerate(columns) if not c.below]
    full = [max(cell_len(column.title), *map(_length, cells), 1) for column, cells in shown]
    least = [
        min(whole, max(_LEAST, cell_len(column.title), *map(_longest_word, cells))) if column.folds or column.cuts else whole
        for whole, (column, cells) in zip(full, shown, strict=True)
    ]
    room = width - GAP * (len(shown) - 1)
    if sum(least) > room:
        return None
    level = max(full, default=0)
    while sum(found := [max(small, min(whole, level)) for small, whole in zip(least, full, strict=True)]) > room:
        level -= 1
    for i, whole in enumerate(full):  # what an even share leaves over
        found[i] += min(whole - found[i], room - sum(found))
    return found


class Whole(Text):
    """A text that does not break between a figure and its unit, nor inside the quotes of a command."""

    def wrap(self, *place: Any, **how: Any) -> Lines:  # Rich's own signature
        """The lines of it."""
        held = self.copy()
        held.plain = _glued(self.plain)
        lines = held.wrap(*place, **how)
        for line in lines:
            line.plain = line.plain.replace(_GLUE, " ")
        return lines


def _glued(text: str) -> str:
    text = _UNIT.sub(_GLUE, text)
    return _QUOTED.sub(lambda m: m[0].replace(" ", _GLUE), text) if text.startswith("relcli ") else text


def _length(cell: Cell) -> int:
    return BAR if cell.share is not None else cell_len(safe(cell.text))


def _longest_word(cell: Cell) -> int:
    return BAR if cell.share is not None else min(_WORD, max(map(cell_len, _glued(safe(cell.text)).split()), default=0))
