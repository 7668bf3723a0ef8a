"""`relcli log-interaction`: one touch in one line."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, done
from relcli.cli.desk import write
from relcli.cli.options import Options
from relcli.cli.params import Add, At, Who, one_of
from relcli.cli.tree import EVERY_DAY, Tree
from relcli.domain.interaction import CHANNELS, Direction, Purpose
from relcli.errors import Misused


def add_to(app: Tree) -> None:
    """Put the command and its short name into the tree."""
    app.command("log-interaction", rich_help_panel=EVERY_DAY)(log_interaction)
    app.command("log", rich_help_panel=EVERY_DAY, hidden=True)(log_interaction)


def log_interaction(
    ctx: typer.Context,
    who: Who,
    summary: Annotated[str, typer.Argument(metavar="[SUMMARY]", show_default=False, help="What it was about.")] = "",
    also: Annotated[
        list[str], typer.Option("--with", metavar="WHO", show_default=False, help="Who else took part (repeatable).")
    ] = [],  # noqa: B006  # Typer copies it
    channel: Annotated[
        str,
        typer.Option(
            "--channel",
            "-c",
            metavar="CH",
            help="email phone meeting visit video letter sms chat social web shop event other.",
            autocompletion=lambda: list(CHANNELS),
        ),
    ] = "other",
    they_began: Annotated[bool, typer.Option("--in", show_default=False, help="They began.")] = False,
    we_began: Annotated[bool, typer.Option("--out", show_default=False, help="You began.")] = False,
    mutual: Annotated[bool, typer.Option("--both", show_default=False, help="Together, as in a meeting.")] = False,
    at: At = None,
    minutes: Annotated[int | None, typer.Option("--minutes", metavar="N", show_default=False, help="How long it took.")] = None,
    sentiment: Annotated[
        int | None, typer.Option("--sentiment", metavar="N", show_default=False, help="How it felt to you: -2 to 2.")
    ] = None,
    purpose: Annotated[
        str | None,
        typer.Option(
            "--purpose", metavar="P", show_default=False, help=" ".join(Purpose) + ".", autocompletion=lambda: list(Purpose)
        ),
    ] = None,
    add: Add = False,
) -> None:
    """Log a touch: a call, a mail, a visit. Also: `relcli log`.

    Example: `relcli log ana "asked about May" --channel email --in`
    """
    from relcli.actions.interactions import LogInteraction
    from relcli.actions.interactions import log_interaction as act
    from relcli.render import interactions as render
    from relcli.render.rows import interaction_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    request = LogInteraction(
        who=(who, *also), summary=summary, channel=channel, direction=_direction(they_began, we_began, mutual), at=at,
        minutes=minutes, sentiment=sentiment, purpose=one_of(Purpose, purpose, "--purpose"), add=add,
    )  # fmt: skip
    result, made = write(options, lambda desk: act(request, desk), makes=add)
    names = {c.id: c.name for c in result.contacts}
    done(
        options, render.logged(result), result.batch,
        rows=lambda: interaction_rows([result.interaction], names), noun="interactions", made_at=made,
    )  # fmt: skip


def _direction(they_began: bool, we_began: bool, mutual: bool) -> Direction | None:  # three flags of one question
    said = [d for d, flag in zip(Direction, (they_began, we_began, mutual), strict=True) if flag]
    if len(said) > 1:
        raise Misused("--in, --out and --both exclude each other", "say who began")
    return said[0] if said else None
