"""`relcli log-interaction`: one touch in one line. `relcli interaction …`: touches listed, shown, put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.complete import contacts
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.params import Add, At, MaybeWho, RecordId, RecordIds, Roles, Since, Tags, Top, Until, Who, one_of
from relcli.cli.tree import EVERY_DAY, PEOPLE, Tree, noun
from relcli.domain.interaction import CHANNELS, Direction, Purpose
from relcli.errors import Misused

if TYPE_CHECKING:
    from relcli.actions.desk import Desk
    from relcli.actions.interactions import InteractionWritten
    from relcli.actions.moved import Moved

_CHANNELS = f"{' '.join(CHANNELS)}."
In = Annotated[bool, typer.Option("--in", show_default=False, help="They began.")]
Out = Annotated[bool, typer.Option("--out", show_default=False, help="You began.")]
Both = Annotated[bool, typer.Option("--both", show_default=False, help="Together, as in a meeting.")]
With = Annotated[
    list[str],
    typer.Option("--with", metavar="WHO", show_default=False, help="Who else took part (repeatable).", autocompletion=contacts),
]
Channel = Annotated[
    str | None,
    typer.Option("--channel", "-c", metavar="CH", show_default=False, help=_CHANNELS, autocompletion=lambda: list(CHANNELS)),
]
Minutes = Annotated[int | None, typer.Option("--minutes", metavar="N", show_default=False, help="How long it took.")]
Sentiment = Annotated[
    int | None, typer.Option("--sentiment", metavar="N", show_default=False, help="How it felt to you: -2 to 2.")
]
Say = Annotated[
    str | None,
    typer.Option(
        "--say", metavar="TEXT", show_default=False, help="What a message to them may say of it; the summary stays with you."
    ),
]
Why = Annotated[
    str | None,
    typer.Option(
        "--purpose", metavar="P", show_default=False, help=" ".join(Purpose) + ".", autocompletion=lambda: list(Purpose)
    ),
]


def add_to(app: Tree) -> None:
    """Put the command, its short name and the group into the tree."""
    app.command("log-interaction", rich_help_panel=EVERY_DAY)(log_interaction)
    app.command("log", rich_help_panel=EVERY_DAY, hidden=True)(log_interaction)
    app.add_typer(interaction, rich_help_panel=PEOPLE)


def log_interaction(
    ctx: typer.Context,
    who: Who,
    summary: Annotated[str, typer.Argument(metavar="[SUMMARY]", show_default=False, help="What it was about.")] = "",
    also: With = [],  # noqa: B006  # Typer copies it
    channel: Channel = None,
    they_began: In = False,
    we_began: Out = False,
    mutual: Both = False,
    at: At = None,
    minutes: Minutes = None,
    sentiment: Sentiment = None,
    purpose: Why = None,
    complaint: Annotated[
        bool,
        typer.Option(
            "--complaint",
            show_default=False,
            help="They complained (--in --purpose complaint): opens the promise to put it right.",
        ),
    ] = False,
    planned: Annotated[
        bool, typer.Option("--planned", show_default=False, help="It is still to come: --at its day, and it becomes a reminder.")
    ] = False,
    say: Say = None,
    add: Add = False,
) -> None:
    """Log a touch: a call, a mail, a visit. Also: `relcli log`.

    Say who began: `--in`, `--out` or `--both`; a meeting, visit, video call or event is both, shop and web are in.

    Example: `relcli log ana "asked about May" --channel email --in`
    """
    from relcli.actions.interactions import LogInteraction
    from relcli.actions.interactions import log_interaction as act

    request = LogInteraction(
        who=(who, *also), summary=summary, channel=channel, direction=_direction(they_began, we_began, mutual), at=at,
        minutes=minutes, sentiment=sentiment, purpose=one_of(Purpose, purpose, "--purpose"), complaint=complaint, add=add,
        say=say or "",
    )  # fmt: skip
    if planned:
        from relcli.actions.reminders import plan_interaction
        from relcli.cli.reminders import written

        later = "nothing is logged yet: log it when it has happened"
        written(ctx.obj, lambda desk: plan_interaction(request, desk), makes=add, next_step=later)
        return
    _written(ctx.obj, lambda desk: act(request, desk), makes=add)


interaction = noun("interaction", "What was logged of touches: found again, and put right.")


@interaction.command("list")
def list_(
    ctx: typer.Context,
    who: MaybeWho = None,
    channel: Channel = None,
    they_began: In = False,
    we_began: Out = False,
    mutual: Both = False,
    since: Since = None,
    until: Until = None,
    role: Roles = [],  # noqa: B006  # Typer copies it
    tag: Tags = [],  # noqa: B006
    top: Top = None,
) -> None:
    """Touches, newest first.

    Example: `relcli interaction list ana --channel email --since 2026-11-01`
    """
    from relcli.actions.interactions import ListInteractions, list_interactions
    from relcli.render import interactions as render
    from relcli.render.rows import interaction_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    wanted = ListInteractions(
        who=who, channel=channel, direction=_direction(they_began, we_began, mutual), since=since, until=until,
        roles=tuple(role), tags=tuple(tag), top=top,
    )  # fmt: skip
    result = read(options, lambda desk: list_interactions(wanted, desk))
    rows = lambda: interaction_rows(result.interactions, result.names)  # noqa: E731  # computed only if asked for
    show(options, page=lambda: render.listed(result), rows=rows, noun="interactions", empty="no interaction here")


@interaction.command("show")
def show_(ctx: typer.Context, ids: RecordIds) -> None:
    """Everything of a touch, its summary in full.

    Example: `relcli interaction show i_12`
    """
    from relcli.actions.interactions import show_interactions
    from relcli.render import interactions as render
    from relcli.render.rows import interaction_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: show_interactions(ids, desk))
    rows = lambda: interaction_rows(result.interactions, result.names)  # noqa: E731  # as above
    show(options, page=lambda: render.shown(result), rows=rows, noun="interactions")


@interaction.command("edit")
def edit(
    ctx: typer.Context,
    id_: RecordId,
    summary: Annotated[
        str | None, typer.Option("--summary", metavar="TEXT", show_default=False, help="What it was about.")
    ] = None,
    channel: Channel = None,
    they_began: In = False,
    we_began: Out = False,
    mutual: Both = False,
    at: At = None,
    minutes: Minutes = None,
    sentiment: Sentiment = None,
    purpose: Why = None,
    also: With = [],  # noqa: B006
    without: Annotated[
        list[str],
        typer.Option(
            "--without", metavar="WHO", show_default=False, help="Who did not take part (repeatable).", autocompletion=contacts
        ),
    ] = [],  # noqa: B006
    say: Say = None,
    no_summary: Annotated[bool, typer.Option("--no-summary", show_default=False, help="Empty the summary.")] = False,
    no_say: Annotated[bool, typer.Option("--no-say", show_default=False, help="Let no message say anything of it.")] = False,
    no_minutes: Annotated[bool, typer.Option("--no-minutes", show_default=False, help="It is not known how long.")] = False,
    no_sentiment: Annotated[
        bool, typer.Option("--no-sentiment", show_default=False, help="It is not known how it felt.")
    ] = False,
    no_purpose: Annotated[bool, typer.Option("--no-purpose", show_default=False, help="It was for nothing special.")] = False,
) -> None:
    """Change what you name, and nothing else.

    Example: `relcli interaction edit i_12 --at yesterday --no-minutes`
    """
    from relcli.actions.interactions import EditInteraction, Emptied, edit_interaction

    flags: dict[Emptied, bool] = {
        "summary": no_summary, "say": no_say, "minutes": no_minutes, "sentiment": no_sentiment, "purpose": no_purpose,
    }  # fmt: skip
    request = EditInteraction(
        summary=summary, channel=channel, direction=_direction(they_began, we_began, mutual), at=at, minutes=minutes,
        sentiment=sentiment, purpose=one_of(Purpose, purpose, "--purpose"), also=tuple(also), without=tuple(without), say=say,
        emptied=frozenset(name for name, flag in flags.items() if flag),
    )  # fmt: skip
    _written(ctx.obj, lambda desk: edit_interaction(id_, request, desk))


@interaction.command("move")
def move(
    ctx: typer.Context,
    id_: RecordId,
    who: Who,
    instead_of: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="WHO", show_default=False, help="Whom they replace, where several took part.",
            autocompletion=contacts,
        ),
    ] = None,
) -> None:  # fmt: skip
    """It was somebody else.

    Example: `relcli interaction move i_12 bo`
    """
    from relcli.actions.interactions import move_interaction

    _written(ctx.obj, lambda desk: move_interaction(id_, who, desk, instead_of=instead_of))


@interaction.command("remove")
def remove(ctx: typer.Context, ids: RecordIds) -> None:
    """Take touches out of the book; `relcli book undo` brings them back.

    Example: `relcli interaction remove i_12`
    """
    from relcli.actions.interactions import remove_interactions
    from relcli.render import interactions as render
    from relcli.render.rows import interaction_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    result, _ = write(options, lambda desk: remove_interactions(ids, desk))
    rows = lambda: interaction_rows(result.interactions, result.names)  # noqa: E731  # as above
    done(options, render.removed(result), result.batch, rows=rows, noun="interactions")


def _written(options: Options, act: Callable[[Desk], InteractionWritten], *, makes: bool = False) -> None:
    from relcli.render import interactions as render
    from relcli.render.contacts import warned
    from relcli.render.rows import interaction_rows

    options.chosen(RECORD_FORMATS)
    (result, changes), made = write(options, lambda desk: _with_changes(act(desk), desk, quiet=options.quiet), makes=makes)
    names = {c.id: c.name for c in result.contacts}
    done(
        options, render.written(result), result.batch,
        rows=lambda: interaction_rows([result.interaction], names), noun="interactions", made=made,
        more=[*render.moved(changes), *render.against(result), *warned(result.unwelcome)],
        next_step=render.next_step(result),
    )  # fmt: skip


def _with_changes(written: InteractionWritten, desk: Desk, *, quiet: bool) -> tuple[InteractionWritten, tuple[Moved, ...]]:
    """What was logged, and whose status it moved, where that is going to be said."""
    from relcli.actions.moved import moved

    return written, () if quiet or written.act != "logged" else moved(written, desk)


def _direction(they_began: bool, we_began: bool, mutual: bool) -> Direction | None:  # three flags of one question
    said = [d for d, flag in zip(Direction, (they_began, we_began, mutual), strict=True) if flag]
    if len(said) > 1:
        raise Misused("--in, --out and --both exclude each other", "say who began")
    return said[0] if said else None
