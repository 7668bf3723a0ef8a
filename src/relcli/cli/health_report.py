"""`relcli health-report`: the whole book at a glance."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import PAGE_FORMATS, show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.params import AsOf, HandedTo, Horizon, Roles, Tags, one_of
from relcli.cli.tree import EVERY_DAY, Tree

_STAGE = "prospect first-time satisfied repeat loyal advocate lapsed"
_STATUS = "owed unhappy crowded at-risk cooling weak lapsed new unknown steady strong distant record closed"


def _statuses() -> list[str]:
    return _STATUS.split()


def _stages() -> list[str]:
    return _STAGE.split()


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("health-report", rich_help_panel=EVERY_DAY)(health_report)


def health_report(
    ctx: typer.Context,
    as_of: AsOf = None,
    horizon: Horizon = None,
    role: Roles = [],  # noqa: B006  # Typer copies it
    tag: Tags = [],  # noqa: B006
    status: Annotated[
        list[str],
        typer.Option(
            "--status",
            metavar="STATUS",
            show_default=False,
            help=f"Only these: {_STATUS} (repeatable).",
            autocompletion=_statuses,
        ),
    ] = [],  # noqa: B006
    stage: Annotated[
        list[str],
        typer.Option(
            "--stage",
            metavar="STAGE",
            show_default=False,
            help=f"Only on this rung: {_STAGE} (repeatable).",
            autocompletion=_stages,
        ),
    ] = [],  # noqa: B006
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE|DURATION",
            show_default=False,
            help="Who rose and fell on the ladder since then: 2026-06-30, 6m.",
        ),
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort", metavar="COLUMN", show_default=False, help="health, trend, silent_risk, name …; -health turns it round."
        ),
    ] = None,
    top: Annotated[
        int | None, typer.Option("--top", metavar="N", show_default=False, help="How many lines (15 on a page, else all).")
    ] = None,
    handed_to: HandedTo = "",
) -> None:
    """Every relationship: which need care, and which should be left alone.

    Example: `relcli health-report --role customer --sort -silent_risk --top 10`
    """
    from relcli.actions.handing import handing
    from relcli.actions.health_report import ReportHealth, report_health
    from relcli.domain.stage import Stage
    from relcli.health.status import Status
    from relcli.render import health_report as render

    options: Options = ctx.obj
    chosen = options.chosen(PAGE_FORMATS)
    wanted = tuple(word for text in status if (word := one_of(Status, text, "--status")))
    rungs = tuple(rung for text in stage if (rung := one_of(Stage, text, "--stage")))
    request = ReportHealth(
        as_of=as_of,
        horizon=horizon,
        roles=tuple(role),
        tags=tuple(tag),
        status=wanted,
        stage=rungs,
        since=since,
        sort=sort,
        top=top,
        ranges=chosen == "json",
    )
    result = read(options, handing(lambda desk: report_health(request, desk), "health-report", handed_to))
    show(
        options,
        page=lambda: render.page(result),
        rows=lambda: render.rows(result),
        document=lambda: render.document(result),
        offered=PAGE_FORMATS,
        title="Health report",
    )
