"""Pages as HTML: one file that needs nothing else, runs nothing, and shows the user's text as text."""

from __future__ import annotations

from html import escape

from relcli.render.page import Block, Cell, Facts, Gap, Grid, Heading, Page, Words
from relcli.text import safe

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }}
table {{ border-collapse: collapse; margin: 1rem 0; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #ddd; overflow-wrap: anywhere }}
.right {{ text-align: right }}
h2 span, .dim {{ color: #666; font-weight: normal }}
</style>
</head>
<body>
"""


def to_html(page: Page, *, title: str) -> str:
    """The whole page as one document."""
    return _HEAD.format(title=_plain(title)) + "".join(_block(block) for block in page.blocks) + "</body>\n</html>\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, right):
            return f"<h2>{_plain(text)}" + (f" <span>{_plain(right)}</span>" if right else "") + "</h2>\n"
        case Facts(rows):
            return _table([f'<th scope="row">{_plain(label)}</th><td>{_cell(cell)}</td>' for label, cell in rows])
        case Grid(columns, rows):
            shown = [i for i, column in enumerate(columns) if not column.bar]
            sides = {i: ' class="right"' if columns[i].align == "right" else "" for i in shown}
            head = "".join(f'<th scope="col"{sides[i]}>{_plain(columns[i].title)}</th>' for i in shown)
            body = ["".join(f"<td{sides[i]}>{_cell(row[i])}</td>" for i in shown) for row in rows]
            return _table([head, *body] if any(column.title for column in columns) else body)
        case Words(text, style):
            return f"<p{' class=dim' if style == 'dim' else ''}>{_lines(text)}</p>\n"
        case Gap():
            return ""


def _table(rows: list[str]) -> str:
    return "<table>\n" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"


def _cell(cell: Cell) -> str:
    return _lines(cell.text)


def _lines(text: str) -> str:
    return "<br>".join(_plain(line) for line in text.split("\n"))


def _plain(text: str) -> str:
    return escape(safe(text))
