"""`relcli search`: a text anywhere in the book."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import ROW_FORMATS, show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.tree import EVERY_DAY, Tree


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("search", rich_help_panel=EVERY_DAY)(search)


def search(
    ctx: typer.Context,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", show_default=False, help="Two letters or a sentence; accents and case aside.")
    ],
) -> None:
    """Find a text in names, notes, summaries, items, promises, plans, reminders, referrals and answers.

    Example: `relcli search portrait`
    """
    from relcli.actions.search import search as act
    from relcli.render import timeline as render

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: act(text, desk))
    show(
        options,
        page=lambda: render.found_page(result),
        rows=lambda: render.found_rows(result),
        noun="found",
        empty=f'nothing in this book holds "{result.text}"',
    )
