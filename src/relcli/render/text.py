"""Pages for a terminal, by Rich: colour by role, folding columns, bars. The user's text is never markup."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words
from relcli.text import safe

NARROW = 60  # columns under which grids turn into one fact a line
_BAR = 10
_PARTS = " ▏▎▍▌▋▊▉"
THEME = Theme(
    {
        "title": "bold",
        "name": "bold",
        "label": "dim",
        "dim": "dim",
        "good": "green",
        "fair": "yellow",
        "bad": "bold red",
        "bar": "cyan",
    },
    inherit=False,
)


def to_text(page: Page, *, width: int, color: bool) -> str:
    """The page as a terminal of this width shows it, with escape sequences only where `color` is asked for."""
    stream = io.StringIO()
    console = console_for(stream, width=width, color=color)
    console.print(renderable(page, width=width))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().split("\n")[:-1])


def console_for(stream: io.StringIO, *, width: int, color: bool, record: bool = False) -> Console:
    """A console that depends on nothing around it."""
    return Console(
        file=stream,
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        theme=THEME,
        record=record,
        _environ={},
    )


def renderable(page: Page, *, width: int) -> RenderableType:
    """What Rich prints for a page."""
    return Group(*(part for block in page.blocks for part in _parts(block, width)))


def bar(share: float) -> str:
    """A bar of ten cells, eighths shown."""
    eighths = round(max(0.0, min(1.0, share)) * _BAR * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_PARTS[rest] if rest else "")).ljust(_BAR, "░")


def _parts(block: Block, width: int) -> Iterable[RenderableType]:
    match block:
        case Heading(text, right):
            yield _heading(text, right, width)
        case Facts(rows):
            yield _facts(rows)
        case Grid(columns, rows):
            yield from _vertical(columns, rows) if width < NARROW else [_grid(columns, rows)]
        case Words(text, style):
            yield Text(safe(text, lines=True), style=style)
        case Gap():
            yield Text("")


def _heading(text: str, right: str, width: int) -> RenderableType:
    left, end = Text(safe(text), style="title"), Text(safe(right), style="dim")
    if not right or left.cell_len + end.cell_len + 2 > width:
        return Group(left, end) if right else left
    table = Table.grid(expand=True)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_row(left, end)
    return table


def _facts(rows: Iterable[tuple[str, Cell]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, cell in rows:
        table.add_row(Text(label, style="label"), _cell(cell))
    return table


def _grid(columns: Iterable[Column], rows: Iterable[Iterable[Cell]]) -> Table:
    columns = list(columns)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=any(c.title for c in columns), header_style="label")
    for column in columns:
        wide = column.folds or column.cuts
        table.add_column(Text(column.title), justify=column.align, no_wrap=not wide, overflow="fold", ratio=None)
    for row in rows:
        table.add_row(*(_cell(cell, cut=column.cuts) for column, cell in zip(columns, row, strict=True)))
    return table


def _vertical(columns: Iterable[Column], rows: Iterable[Iterable[Cell]]) -> Iterable[RenderableType]:
    """A row as a line of its first and its short cells and, indented under it, those that need room."""
    for row in rows:
        lead, *others = [(c, cell) for c, cell in zip(columns, row, strict=True) if cell.text and not c.bar]
        short = [lead[1], *(cell for column, cell in others if not column.folds)]
        yield Text("  ").join(_cell(cell) for cell in short)
        for column, cell in others:
            if column.folds:
                yield Padding(_cell(cell), (0, 0, 0, 4))


def _cell(cell: Cell, *, cut: bool = False) -> Text:
    if cell.share is not None:
        return Text(bar(cell.share), style=cell.style or "bar")
    return Text(safe(cell.text), style=cell.style, no_wrap=cut, overflow="ellipsis" if cut else None)
