"""`relcli survey form`: a survey as a page to fill in, on a screen or on paper."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import put
from relcli.cli.complete import contacts
from relcli.cli.desk import write
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.params import SurveyName
from relcli.cli.tree import Tree
from relcli.domain.interaction import CHANNELS
from relcli.errors import Misused

_NO_ADDRESS = "it cannot answer by mail: write your address into the settings, [me] addresses"


def add_to(survey: Tree) -> None:
    """Put the command into the group."""
    survey.command("form")(form)


def form(
    ctx: typer.Context,
    name: SurveyName,
    who: Annotated[
        str | None,
        typer.Argument(metavar="[WHO]", show_default=False, help="For whom (else for anybody).", autocompletion=contacts),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", show_default=False, help="Of those the survey has (else theirs).")
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(
            "--channel", "-c", metavar="CH", show_default=False, help="How it reaches them (else as they like it best).",
            autocompletion=lambda: list(CHANNELS),
        ),
    ] = None,
) -> None:  # fmt: skip
    """One HTML page that needs nothing else; it answers by mail, and prints well.

    With WHO it asks them, as `survey invite` does, and the answer is known as theirs. Without, it is anonymous, unless it comes from an address the book knows.

    Example: `relcli survey form pulse --output pulse.html`
    """
    from relcli.actions.surveys.forms import MakeForm, blank_form, form_for
    from relcli.config import read_settings

    options: Options = ctx.obj
    options.chosen(("html",), "html")
    if who is None:
        if channel is not None:
            raise Misused("a form for anybody goes by no channel of ours", "name somebody, or leave out --channel")
        settings = read_settings()
        page = blank_form(name, language, settings)
        if not settings.me.addresses:
            say([_NO_ADDRESS])
        if not options.dry_run:
            put(options, page)
        return
    request = MakeForm(survey=name, who=who, language=language, channel=channel)
    result, _ = write(options, lambda desk: form_for(request, desk, deliver=lambda page: put(options, page)))
    if not result.sender:
        say([_NO_ADDRESS])
    if options.quiet:
        return
    if result.batch is None:
        say([f"the form of the invitation of {result.invitation.sent.day.isoformat()} to {result.contact.name}"])
    elif options.dry_run:
        say([f"would have asked {result.contact.name}: {name} (dry run: nothing was written)"])
    else:
        say([f"asked {result.contact.name}: {name} (batch {result.batch.number})"])
