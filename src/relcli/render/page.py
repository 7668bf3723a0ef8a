"""What a result looks like, before it is known where: a page of blocks, written by text, plain, md or html.

Cells carry the user's text as it is; each writer makes it safe for its own sink. Styles are roles, not colours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Style = Literal["", "title", "name", "label", "dim", "good", "fair", "bad", "bar"]
Align = Literal["left", "right"]
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text and the role it plays; `share`, 0 to 1, makes it a bar."""

    text: str
    style: Style = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid; one that `folds` takes the room that is left and wraps, the others never do.

    One that `cuts` takes the room that is left too, and a terminal shows as much of it as one line holds.
    A `bar` column is a picture of what stands beside it, so plain text leaves it out.
    What stands in a column that goes `below` has on a terminal a line of its own under its row, after its title.
    """

    title: str
    align: Align = "left"
    folds: bool = False
    cuts: bool = False
    bar: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows, and something at its right end."""

    text: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, a line each; all those of a page stand in line."""

    rows: Sequence[tuple[str, Cell]]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under columns, without titles where all of them are empty; and those of a page with bars in line."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Words:
    """A line or paragraph."""

    text: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line."""


Block = Heading | Facts | Grid | Words | Gap


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks from top to bottom."""

    blocks: Sequence[Block]

    def labels(self) -> list[str]:
        """The labels of all its facts: they stand in line."""
        return [label for block in self.blocks if isinstance(block, Facts) for label, _ in block.rows]

    def in_line(self, grid: Grid) -> Sequence[Sequence[Cell]]:
        """The rows that share the widths of a grid: bars are there to be compared, and so stand in line all over the page."""
        if not any(column.bar for column in grid.columns):
            return grid.rows
        return [row for block in self.blocks if isinstance(block, Grid) and block.columns == grid.columns for row in block.rows]


def says_of(column: Column, cell: Cell) -> bool:
    """Whether the cell needs its column's title beside it where the title does not stand above it: a figure or a day does."""
    return column.below or column.align == "right" or _DAY.match(cell.text) is not None
