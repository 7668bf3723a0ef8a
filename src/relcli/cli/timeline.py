"""`relcli timeline`: everything that happened with somebody."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import ROW_FORMATS, show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.params import Who
from relcli.cli.tree import EVERY_DAY, Tree


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("timeline", rich_help_panel=EVERY_DAY)(timeline)


def timeline(
    ctx: typer.Context,
    who: Who,
    top: Annotated[int | None, typer.Option("--top", metavar="N", min=1, show_default=False, help="Only the newest N.")] = None,
) -> None:
    """Everything between you and somebody, newest first.

    Example: `relcli timeline ana --top 10`
    """
    from relcli.actions.timeline import show_timeline
    from relcli.render import timeline as render

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: show_timeline(who, desk, top=top))
    show(options, page=lambda: render.page(result), rows=lambda: render.rows(result.records, result.names), noun="records")
