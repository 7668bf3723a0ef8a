"""Pages as HTML: one file that needs nothing else, runs nothing, and shows the user's text as text."""

from __future__ import annotations

from html import escape

from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words, says_of
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
.tight {{ white-space: nowrap }}
.bars .tight {{ width: 1% }}
.right {{ text-align: right }}
td.right {{ min-width: 3rem }}
th[scope="row"] {{ white-space: nowrap; width: 1%; color: #666; font-weight: normal }}
h2 span, .dim {{ color: #666; font-weight: normal }}
.bar {{ background: #eee; border-radius: 3px; display: inline-block; height: .7rem; width: 7rem }}
.bar i {{ background: #567; border-radius: 3px; display: block; height: 100% }}
.good {{ color: #17692f }} .fair {{ color: #7a5200 }} .bad {{ color: #a3151f }}
.good i {{ background: #2b8a47 }} .fair i {{ background: #c08000 }} .bad i {{ background: #c2303a }}
@media (max-width: 45rem) {{
  table, tbody, tr, td, th[scope="row"] {{ display: block; width: auto }}
  tr {{ padding: .4rem 0; border-bottom: 1px solid #ddd }}
  th[scope="col"], td:empty {{ display: none }}
  td, th[scope="row"] {{ border: 0; padding: 0 .75rem 0 0; white-space: normal; min-width: 0 }}
  td.tight:not(:empty) {{ display: inline-block; width: auto; text-align: left }}
  td[data-of]::before {{ content: attr(data-of) " "; color: #666; font-weight: normal }}
}}
</style>
</head>
<body>
"""
# On a narrow screen a row is told downwards, as on a narrow terminal: figures and days then say what they are of.
_COLOURED = ("good", "fair", "bad", "dim")


def to_html(page: Page, *, title: str) -> str:
    """The whole page as one document."""
    return _HEAD.format(title=_plain(title)) + "".join(_block(block) for block in page.blocks) + "</body>\n</html>\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, right):
            return f"<h2>{_plain(text)}" + (f" <span>{_plain(right)}</span>" if right else "") + "</h2>\n"
        case Facts(rows):
            return _table(
                [f'<th scope="row">{_plain(label)}</th><td{_coloured(cell)}>{_cell(cell)}</td>' for label, cell in rows]
            )
        case Grid(columns, rows):
            head = "".join(f'<th scope="col"{_classes(column)}>{_plain(column.title)}</th>' for column in columns)
            body = ["".join(_in_grid(cell, column) for cell, column in zip(row, columns, strict=True)) for row in rows]
            bars = any(column.bar for column in columns)
            return _table([head, *body] if any(column.title for column in columns) else body, bars=bars)
        case Words(text, style):
            return f"<p{' class=dim' if style == 'dim' else ''}>{_lines(text)}</p>\n"
        case Gap():
            return ""


def _table(rows: list[str], *, bars: bool = False) -> str:
    kind = ' class="bars"' if bars else ""
    return f"<table{kind}>\n" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"


def _in_grid(cell: Cell, column: Column) -> str:
    if cell.share is not None:  # what it pictures stands beside it in figures
        width = round(100 * min(1.0, max(0.0, cell.share)))
        style = f" {cell.style}" if cell.style in _COLOURED else ""
        return f'<td class="tight" aria-hidden="true"><span class="bar{style}"><i style="width:{width}%"></i></span></td>'
    of = f' data-of="{_plain(column.title)}"' if column.title and says_of(column, cell) else ""
    return f"<td{_classes(column, cell)}{of}>{_cell(cell)}</td>"


def _classes(column: Column, cell: Cell | None = None) -> str:
    """Columns that do not fold keep to one line; colours repeat what the words say."""
    words = ["right"] * (column.align == "right") + ["tight"] * (not column.folds)
    words += [cell.style] if cell is not None and cell.style in _COLOURED else []
    return f' class="{" ".join(words)}"' if words else ""


def _coloured(cell: Cell) -> str:
    return f' class="{cell.style}"' if cell.style in _COLOURED else ""


def _cell(cell: Cell) -> str:
    return _lines(cell.text)


def _lines(text: str) -> str:
    return "<br>".join(_plain(line) for line in text.split("\n"))


def _plain(text: str) -> str:
    return escape(safe(text))
