"""Pages as plain aligned text: no box, no colour, nothing cut, for pipes, mails and logs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from relcli.render.page import Block, Cell, Facts, Gap, Grid, Heading, Page, Words
from relcli.text import safe

_PADDED = 60  # cells are padded to the widest of their column, but to no more than this


def to_plain(page: Page) -> str:
    """The whole page; columns are aligned by what they hold, two blanks apart, but a very long cell pushes only its own line."""
    return "".join(f"{line.rstrip()}\n" for block in page.blocks for line in _lines(block, page))


def _lines(block: Block, page: Page) -> list[str]:
    match block:
        case Heading(text, right):
            return [f"{safe(text)}  {safe(right)}" if right else safe(text)]
        case Facts(rows):
            labels = max(map(cell_len, page.labels()), default=0)
            return _aligned([[_padded(label, labels, right=False), _text(cell)] for label, cell in rows], [False, False])
        case Grid(columns):
            shown = [i for i, column in enumerate(columns) if not column.bar]
            titles = [[columns[i].title for i in shown]] if any(c.title for c in columns) else []
            alike, body = ([[_text(row[i]) for i in shown] for row in rows] for rows in (page.in_line(block), block.rows))
            return _aligned([*titles, *body], [columns[i].align == "right" for i in shown], [*titles, *alike])
        case Words(text, _):
            return safe(text, lines=True).split("\n")
        case Gap():
            return [""]


def _text(cell: Cell) -> str:
    return safe(cell.text)


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[bool], alike: Sequence[Sequence[str]] = ()) -> list[str]:
    """The rows as lines; `alike` are those in line with which they stand, themselves among them."""
    if not rows:
        return []
    widths = [min(_PADDED, max(cell_len(row[i]) for row in alike or rows)) for i in range(len(rows[0]))]
    return ["  ".join(_padded(cell, widths[i], right=right[i]) for i, cell in enumerate(row)) for row in rows]


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if right else text + blanks
