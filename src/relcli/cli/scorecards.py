"""`relcli scorecard`: the health of single relationships."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import PAGE_FORMATS, show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.params import AsOf, HandedTo, Horizon, WhoList
from relcli.cli.tree import EVERY_DAY, Tree


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("scorecard", rich_help_panel=EVERY_DAY)(scorecard)


def scorecard(
    ctx: typer.Context,
    who: WhoList,
    as_of: AsOf = None,
    horizon: Horizon = None,
    history: Annotated[
        bool, typer.Option("--history", help="The year before it too: health by month, and what moved it.", show_default=False)
    ] = False,
    handed_to: HandedTo = "",
) -> None:
    """How a relationship is: six components, each with its range, its evidence and its reason.

    Example: `relcli scorecard ana --as-of 2026-06-30`
    """
    if history:
        _with_history(ctx.obj, who, as_of, horizon, handed_to)
        return
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


def _with_history(options: Options, who: list[str], as_of: str | None, horizon: int | None, handed_to: str) -> None:
    from relcli.actions.handing import handing
    from relcli.actions.histories import show_histories
    from relcli.render import histories as render
    from relcli.render import scorecards

    chosen = options.chosen(PAGE_FORMATS)
    act = handing(lambda desk: show_histories(who, desk, as_of=as_of, horizon=horizon), "scorecard", handed_to)
    found = read(options, act).histories
    show(
        options,
        page=lambda: render.page(found),
        rows=lambda: scorecards.rows(one.card for one in found) if chosen == "ids" else render.rows(found),
        document=lambda: render.document(found),
        offered=PAGE_FORMATS,
        title="Scorecard",
    )
