"""Pages for a terminal, by Rich: colour by role, folding columns, bars. The user's text is never markup."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words, says_of
from relcli.render.room import BAR, GAP, Whole, widths
from relcli.text import safe

NARROW = 60  # columns under which grids turn into one fact a line
INDENT = 4
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
    return Group(*(part for block in page.blocks for part in _parts(block, page, width)))


def bar(share: float) -> str:
    """A bar of ten cells, eighths shown."""
    eighths = round(max(0.0, min(1.0, share)) * BAR * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_PARTS[rest] if rest else "")).ljust(BAR, "░")


def _parts(block: Block, page: Page, width: int) -> Iterable[RenderableType]:
    match block:
        case Heading(text, right):
            yield _heading(text, right, width)
        case Facts(rows):
            yield _facts(rows, max(map(cell_len, page.labels()), default=0))
        case Grid(columns, rows):
            room = None if width < NARROW else widths(columns, page.in_line(block), width)
            yield from _vertical(columns, rows, width) if room is None else _grid(columns, rows, room)
        case Words(text, style):
            yield Whole(safe(text, lines=True), style=style)
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


def _facts(rows: Iterable[tuple[str, Cell]], labels: int) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, width=labels)
    table.add_column(overflow="fold")
    for label, cell in rows:
        table.add_row(Text(label, style="label"), _cell(cell))
    return table


def _grid(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], room: Sequence[int]) -> Iterable[RenderableType]:
    """One table, or after each row that has something to say below it a new one in line with it."""
    table = _table(columns, room, titles=any(c.title for c in columns))
    for row in rows:
        table.add_row(*(_cell(cell, cut=column.cuts) for column, cell in zip(columns, row, strict=True) if not column.below))
        below = [(c, cell) for c, cell in zip(columns, row, strict=True) if c.below and cell.text]
        if below:
            yield table
            yield from (_below(column, cell) for column, cell in below)
            table = _table(columns, room)
    if table.rows or table.show_header:
        yield table


def _table(columns: Sequence[Column], room: Sequence[int], *, titles: bool = False) -> Table:
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=titles, header_style="label")
    for column, wide in zip((c for c in columns if not c.below), room, strict=True):
        title = Text(column.title)
        table.add_column(title, justify=column.align, no_wrap=not (column.folds or column.cuts), overflow="fold", width=wide)
    return table


def _below(column: Column, cell: Cell) -> Padding:
    line = Whole()
    if column.title:
        line.append(f"{column.title}: ", style="label")
    return Padding(line.append_text(_cell(cell)), (0, 0, 0, INDENT))


def _vertical(columns: Sequence[Column], rows: Iterable[Iterable[Cell]], width: int) -> Iterable[RenderableType]:
    """A row as a line of its first and its short cells and, indented under it, those that need room.

    A number that leads, such as a rank, takes what it counts with it; a figure or a day says what it is of.
    """
    for row in rows:
        cells = [(c, cell) for c, cell in zip(columns, row, strict=True) if cell.text and not c.bar]
        leads = 2 if cells and cells[0][0].align == "right" else 1 if cells and cells[0][0] is columns[0] else 0
        long = [(c, cell) for c, cell in cells[leads:] if c.folds or c.cuts or c.below]
        short = [(c, cell) for c, cell in cells[leads:] if not (c.folds or c.cuts or c.below)]
        lead = [Text("  ").join(_cell(cell) for _, cell in cells[:leads])] if leads else []
        yield from _packed([*lead, *(_figure(*each) for each in short)], width)
        yield from _packed([_cell(cell) for column, cell in long if not column.below], width, indent=INDENT)
        yield from (_below(*each) for each in long if each[0].below)


def _packed(pieces: Iterable[Text], width: int, *, indent: int = 0) -> Iterable[RenderableType]:
    """As many pieces in a line as it has room for; a further line is indented."""
    line = Whole()
    for piece in pieces:
        if line and indent + line.cell_len + GAP + piece.cell_len > width:
            yield Padding(line, (0, 0, 0, indent))
            line, indent = Whole(), INDENT
        line.append(" " * GAP if line else "").append_text(piece)
    if line:
        yield Padding(line, (0, 0, 0, indent))


def _figure(column: Column, cell: Cell) -> Text:
    """A short cell, and before a figure or a day what it is of."""
    if not column.title or not says_of(column, cell):
        return _cell(cell)
    return Text.assemble((column.title, "label"), " ", _cell(cell))


def _cell(cell: Cell, *, cut: bool = False) -> Text:
    if cell.share is not None:
        return Text(bar(cell.share), style=cell.style or "bar")
    return Whole(safe(cell.text), style=cell.style, no_wrap=cut, overflow="ellipsis" if cut else None)
