"""`relcli agenda`: what deserves attention today."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import PAGE_FORMATS, show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.params import Roles, Tags
from relcli.cli.tree import EVERY_DAY, Tree

Days = Annotated[int, typer.Option("--days", metavar="N", min=0, max=366, help="How many days ahead to look.")]
Lines = Annotated[
    int | None,
    typer.Option("--top", metavar="N", min=1, show_default=False, help="How many lines (15 on a page, else all)."),
]
LeaveAlone = Annotated[bool, typer.Option("--leave-alone", show_default=False, help="Only whom to leave alone, and until when.")]


def add_to(app: Tree) -> None:
    """Put the command and its short name into the tree."""
    app.command("agenda", rich_help_panel=EVERY_DAY)(agenda)
    app.command("today", rich_help_panel=EVERY_DAY, hidden=True)(agenda)


def agenda(
    ctx: typer.Context,
    days: Days = 3,
    role: Roles = [],  # noqa: B006  # Typer copies it
    tag: Tags = [],  # noqa: B006
    top: Lines = None,
    leave_alone: LeaveAlone = False,
) -> None:
    """Whom to serve, whom to reach and how, whom to leave alone. Also: `relcli today`.

    Example: `relcli agenda --days 7 --role customer`
    """
    from relcli.actions.agenda import ListAgenda, show_agenda
    from relcli.render import agenda as render

    options: Options = ctx.obj
    offered = ("text", "json", "md", "html") if leave_alone else PAGE_FORMATS  # rows hold the agenda alone
    options.chosen(offered)
    result = read(options, lambda desk: show_agenda(ListAgenda(days=days, roles=tuple(role), tags=tuple(tag)), desk))
    show(
        options,
        page=lambda: render.page(result, top=top, alone=leave_alone),
        rows=None if leave_alone else lambda: render.rows(result, top=top),
        document=lambda: render.document(result, top=top, alone=leave_alone),
        offered=offered,
        title="Agenda",
    )
