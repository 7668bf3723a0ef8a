"""`relcli later`: not now."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, done
from relcli.cli.desk import write
from relcli.cli.options import Options
from relcli.cli.params import Who
from relcli.cli.tree import EVERY_DAY, Tree


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("later", rich_help_panel=EVERY_DAY)(later)


def later(
    ctx: typer.Context,
    who: Who,
    until: Annotated[
        str,
        typer.Option(
            "--until", metavar="DATE", show_default=False, help='The day they come back: 2026-12-24, "in 3 weeks"; today ends it.'
        ),
    ],
    because: Annotated[str, typer.Option("--because", metavar="TEXT", show_default=False, help="Why not now.")] = "",
) -> None:
    """Not now: off the agenda until that day, but never what you owe them.

    Example: `relcli later ana --until "in 3 weeks" --because "on holiday"`
    """
    from relcli.actions.laters import PutOff, put_off
    from relcli.render import laters as render
    from relcli.render.rows import later_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    request = PutOff(who=who, until=until, because=because)
    result, _ = write(options, lambda desk: put_off(request, desk))
    names = {result.contact.id: result.contact.name}
    rows = lambda: later_rows([result.later] if result.later else [], names)  # noqa: E731  # computed only if asked for
    done(options, render.written(result), result.batch, rows=rows, noun="laters")
