"""`relcli scorecard`: the health of single relationships."""

from __future__ import annotations

import typer

from relcli.cli.answer import PAGE_FORMATS, show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.params import AsOf, HandedTo, Horizon, WhoList
from relcli.cli.tree import EVERY_DAY, Tree


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("scorecard", rich_help_panel=EVERY_DAY)(scorecard)


def scorecard(ctx: typer.Context, who: WhoList, as_of: AsOf = None, horizon: Horizon = None, handed_to: HandedTo = "") -> None:
    """How a relationship is: six components, each with its range, its evidence and its reason.

    Example: `relcli scorecard ana --as-of 2026-06-30`
    """
    from relcli.actions.handing import handing
    from relcli.actions.scorecards import show_scorecards
    from relcli.render import scorecards as render

    options: Options = ctx.obj
    options.chosen(PAGE_FORMATS)
    result = read(options, handing(lambda desk: show_scorecards(who, desk, as_of=as_of, horizon=horizon), "scorecard", handed_to))
    show(
        options,
        page=lambda: render.page(result.cards),
        rows=lambda: render.rows(result.cards),
        document=lambda: render.document(result.cards),
        offered=PAGE_FORMATS,
        title="Scorecard",
    )
