"""`relcli preference …`: what they want, in their words, dated.

An option with one answer is a list here, so that two answers in one line are seen and refused: neither may win unnoticed.
"""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.params import At, MaybeWho, Roles, Tags, Top, Who
from relcli.cli.tree import PEOPLE, Tree, noun
from relcli.domain.interaction import CHANNELS
from relcli.domain.preference import Closeness, PreferenceKind
from relcli.errors import Misused

CARD_FORMATS = ("text", "md", "html", "json")
_CHANNELS = "; one of: " + " ".join(CHANNELS) + " (repeatable)."


def _channels() -> list[str]:
    return list(CHANNELS)


def _kinds() -> list[str]:
    return list(PreferenceKind)


Channel = Annotated[
    list[str],
    typer.Option(
        "--channel", "-c", metavar="CH", show_default=False, help=f"A channel they want{_CHANNELS}", autocompletion=_channels
    ),
]
NotChannel = Annotated[
    list[str],
    typer.Option("--not-channel", metavar="CH", show_default=False, help="One they do not want.", autocompletion=_channels),
]
Topic = Annotated[
    list[str], typer.Option("--topic", metavar="T", show_default=False, help="What they like to hear about (repeatable).")
]
NotTopic = Annotated[
    list[str], typer.Option("--not-topic", metavar="T", show_default=False, help="What to be silent about (repeatable).")
]
NotBy = Annotated[
    list[str],
    typer.Option(
        "--do-not-contact-by", metavar="CH", show_default=False, help="Never by this channel (repeatable).",
        autocompletion=_channels,
    ),
]  # fmt: skip
preference = noun("preference", "What they want from us, in their words.")


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(preference, rich_help_panel=PEOPLE)


@preference.command("set")
def set_(
    ctx: typer.Context,
    who: Who,
    closeness: Annotated[
        list[str],
        typer.Option(
            "--closeness", metavar="C", show_default=False, help=", ".join(Closeness) + ".",
            autocompletion=lambda: list(Closeness),
        ),
    ] = [],  # noqa: B006  # Typer copies it
    cadence: Annotated[
        list[str], typer.Option("--cadence", metavar="DURATION", show_default=False, help="How often: 10d, 6w, 3m, 1y.")
    ] = [],  # noqa: B006
    channel: Channel = [],  # noqa: B006
    not_channel: NotChannel = [],  # noqa: B006
    hours: Annotated[
        list[str],
        typer.Option("--hours", metavar="9-17", show_default=False, help="When they may be called or visited, in their zone."),
    ] = [],  # noqa: B006
    topic: Topic = [],  # noqa: B006
    not_topic: NotTopic = [],  # noqa: B006
    surveys: Annotated[
        list[str],
        typer.Option("--surveys", metavar="DURATION|never", show_default=False, help="A survey that often at most: 6m, never."),
    ] = [],  # noqa: B006
    do_not_contact: Annotated[bool, typer.Option("--do-not-contact", show_default=False, help="No contact at all.")] = False,
    do_not_contact_by: NotBy = [],  # noqa: B006
    at: At = None,
    until: Annotated[
        list[str], typer.Option("--until", metavar="DATE", show_default=False, help="The last day it holds.")
    ] = [],  # noqa: B006
    stated: Annotated[
        list[str], typer.Option("--stated", metavar="WORDS", show_default=False, help="They said so: in their words.")
    ] = [],  # noqa: B006
    assumed: Annotated[
        list[str], typer.Option("--assumed", metavar="WHY", show_default=False, help="You only think so: say why.")
    ] = [],  # noqa: B006
) -> None:  # fmt: skip
    """Write down what they want. Either --stated or --assumed says how you know.

    Example: `relcli preference set ana --channel email --not-channel phone --stated "mail me, please don't call"`
    """
    from relcli.actions.preferences import SetPreference, set_preference
    from relcli.render import preferences as render
    from relcli.render.rows import preference_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    request = SetPreference(
        who=who, closeness=_one("--closeness", closeness), cadence=_one("--cadence", cadence), channels=tuple(channel),
        not_channels=tuple(not_channel), hours=_one("--hours", hours), topics=tuple(topic), not_topics=tuple(not_topic),
        surveys=_one("--surveys", surveys), do_not_contact=do_not_contact, do_not_contact_by=tuple(do_not_contact_by), at=at,
        until=_one("--until", until), stated=_one("--stated", stated), assumed=_one("--assumed", assumed),
    )  # fmt: skip
    result, _ = write(options, lambda desk: set_preference(request, desk))
    names = {result.contact.id: result.contact.name}
    rows = lambda: preference_rows(result.preferences, names)  # noqa: E731  # computed only if asked for
    done(options, render.written(result), result.batch, rows=rows, noun="preferences", more=render.consequences(result))


@preference.command("list")
def list_(
    ctx: typer.Context,
    who: MaybeWho = None,
    every: Annotated[bool, typer.Option("--all", show_default=False, help="Also what ended or was replaced.")] = False,
    role: Roles = [],  # noqa: B006  # Typer copies it
    tag: Tags = [],  # noqa: B006
    top: Top = None,
) -> None:
    """What they want now, with its source; text and json also say which channel they were seen to prefer.

    Example: `relcli preference list ana --all`
    """
    from relcli.actions.preferences import ListPreferences, list_preferences
    from relcli.render import preferences as render

    options: Options = ctx.obj
    chosen = options.chosen(ROW_FORMATS)
    wanted = ListPreferences(who=who, every=every, roles=tuple(role), tags=tuple(tag), top=top)
    result = read(options, lambda desk: list_preferences(wanted, desk))
    page = render.listed(result)
    if chosen == "text" and not page.blocks:
        if not options.quiet:
            say(["no wish is known here; write one down with: relcli preference set WHO --help"])
        return
    rows = lambda: render.rows(result, with_observed=chosen == "json")  # noqa: E731  # computed only if asked for
    show(options, page=lambda: page, rows=rows, noun="preferences")


@preference.command("clear")
def clear(
    ctx: typer.Context,
    who: Who,
    kind: Annotated[
        list[str],
        typer.Argument(
            metavar="KIND", show_default=False, help="cadence, not-channel:phone, not-channel phone; or an id: w_12.",
            autocompletion=_kinds,
        ),
    ],
    at: At = None,
) -> None:  # fmt: skip
    """End a wish from a day on (today, unless --at says another); the past keeps it.

    Example: `relcli preference clear ana not-channel:phone`
    """
    from relcli.actions.preferences import clear_preference
    from relcli.render import preferences as render
    from relcli.render.rows import preference_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    result, _ = write(options, lambda desk: clear_preference(who, kind, desk, at=at))
    names = {result.contact.id: result.contact.name}
    rows = lambda: preference_rows(result.preferences, names)  # noqa: E731  # as above
    done(options, render.cleared(result), result.batch, rows=rows, noun="preferences")


@preference.command("card")
def card(
    ctx: typer.Context,
    who: Who,
    private: Annotated[
        bool, typer.Option("--private", show_default=False, help="Also show what names other contacts of yours.")
    ] = False,
) -> None:
    """One page to show them: is this what you want from us?

    Example: `relcli preference card ana --output ana.html`
    """
    from relcli.actions.preferences import preference_card
    from relcli.render import preference_card as render

    options: Options = ctx.obj
    options.chosen(CARD_FORMATS)
    result = read(options, lambda desk: preference_card(who, desk, private=private))
    show(
        options,
        page=lambda: render.page(result),
        document=lambda: render.document(result),
        offered=CARD_FORMATS,
        title=render.TITLE,
    )
    say(render.left(result))


def _one(option: str, said: list[str]) -> str | None:
    """The one answer an option was given, None for none."""
    if len(said) > 1:
        answers = " and ".join(f'"{word}"' for word in said)
        raise Misused(f"{option} takes one answer, and was given {answers}", "say one of them")
    return said[0] if said else None
