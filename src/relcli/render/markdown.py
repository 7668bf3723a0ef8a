"""Pages as Markdown: headings, lists, tables; the user's text can make none of them."""

from __future__ import annotations

import re

from relcli.render.page import Block, Cell, Facts, Gap, Grid, Heading, Page, Words
from relcli.text import safe

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>#|~])|^(\s*)([-+]|\d+[.)])(?=\s)|&(?=[#\w]+;)")


def to_markdown(page: Page) -> str:
    """The whole page."""
    parts = ["\n".join(_lines(block)) for block in page.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(text, right):
            return [f"## {_plain(text)}" + (f" · {_plain(right)}" if right else "")]
        case Facts(rows):
            return [f"- **{_plain(label)}** {_text(cell)}" for label, cell in rows]
        case Grid(columns, rows):
            shown = [i for i, column in enumerate(columns) if not column.bar]
            head = [_plain(columns[i].title) for i in shown]
            rule = ["---:" if columns[i].align == "right" else "---" for i in shown]
            return [_row(head), _row(rule), *(_row([_text(row[i]) for i in shown]) for row in rows)]
        case Words(text, _):
            return ["  \n".join(_plain(line) for line in text.split("\n"))]
        case Gap():
            return []


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(cell: Cell) -> str:
    return _plain(cell.text)


def _plain(text: str) -> str:
    return _MEANS_SOMETHING.sub(lambda m: f"{m[2] or ''}\\{m[1] or m[3] or '&'}", safe(text))
