"""`relcli brief`: one screen before a call."""

from __future__ import annotations

import typer

from relcli.cli.answer import show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.params import Who
from relcli.cli.tree import EVERY_DAY, Tree

FORMATS = ("text", "json", "md", "html")


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("brief", rich_help_panel=EVERY_DAY)(brief)


def brief(ctx: typer.Context, who: Who) -> None:
    """One screen before a call: what they want, what is owed, the last five touches, what they may need, what to do next.

    Example: `relcli brief ana`
    """
    from relcli.actions.briefs import show_brief
    from relcli.render import briefs as render

    options: Options = ctx.obj
    options.chosen(FORMATS)
    result = read(options, lambda desk: show_brief(who, desk))
    show(
        options,
        page=lambda: render.page(result),
        document=lambda: render.document(result),
        offered=FORMATS,
        title=f"Before you call {result.card.contact.name}",
    )
