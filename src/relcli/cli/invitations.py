"""`relcli survey invite`: messages that ask, for those who may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import page_as_talk, rendered, rows_as
from relcli.cli.complete import contacts
from relcli.cli.desk import write
from relcli.cli.options import Options
from relcli.cli.output import say, to_file, to_stdout
from relcli.cli.params import Roles, SurveyName, Tags
from relcli.cli.tree import Tree
from relcli.errors import Misused

if TYPE_CHECKING:
    from relcli.actions.surveys.invitations import InvitationsWritten, Invited
    from relcli.exchange.mailing.outbox import Sent
    from relcli.render.rows import Rows

FORMATS = ("text", "json", "jsonl", "csv", "tsv", "eml", "mbox")
_PLACES = "--output FOLDER for a file each, FILE.mbox, FILE.csv for a mail merge, or - for an mbox on stdout"


def add_to(survey: Tree) -> None:
    """Put the command into the group."""
    survey.command("invite")(invite)


def invite(
    ctx: typer.Context,
    name: SurveyName,
    who: Annotated[
        list[str], typer.Argument(metavar="[WHO]...", show_default=False, help="Whom to ask.", autocompletion=contacts)
    ] = [],  # noqa: B006  # Typer copies it
    due: Annotated[
        bool, typer.Option("--due", show_default=False, help="All it is meant for, with whom you are in touch, and whose turn it is.")
    ] = False,
    remind: Annotated[
        bool, typer.Option("--remind", show_default=False, help="Once more, and only once, those who have not answered for a week.")
    ] = False,
    role: Roles = [],  # noqa: B006
    tag: Tags = [],  # noqa: B006
) -> None:  # fmt: skip
    """Write the messages that ask; never against a wish of theirs, and seldom. Try --dry-run first.

    To --output: a folder, a .mbox, a .csv for a mail merge, or - for an mbox.

    Example: `relcli survey invite pulse --due --output outbox`
    """
    from relcli.actions.surveys.invitations import InviteToSurvey, invite
    from relcli.render import invitations as render

    options: Options = ctx.obj
    chosen = _chosen(options)
    request = InviteToSurvey(survey=name, who=tuple(who), due=due, remind=remind, roles=tuple(role), tags=tuple(tag))

    def deliver(invited: Sequence[Invited], sent: Sent) -> None:
        if invited:
            _deliver(options, chosen, invited, sent)

    result, _ = write(options, lambda desk: invite(request, desk, deliver=deliver))
    if options.dry_run:
        form = "text" if chosen in ("eml", "mbox") else chosen
        shown = rendered(
            options, form, page=lambda: render.page(result), rows=lambda: render.rows(result.invited, dry_run=True),
            document=lambda: render.document(result), noun="invitations",
        )  # fmt: skip
        to_stdout(shown)
    _tell(options, result)


def _chosen(options: Options) -> str:
    """By --format, else by where it goes. Raises Misused where messages are to be made and have nowhere to go."""
    if options.format is not None:
        chosen = options.chosen(FORMATS)
    elif options.output is None:
        chosen = options.chosen(FORMATS) if options.dry_run else "text"
    elif options.output == "-":
        chosen = "mbox"
    else:
        chosen = options.chosen(FORMATS, "eml") if Path(options.output).suffix else "eml"
    if options.dry_run:
        return chosen
    if chosen == "text":
        raise Misused("it is not said where the messages go", _PLACES)
    if chosen == "eml" and options.output in (None, "-"):
        raise Misused("eml is a file for each message", _PLACES)
    return chosen


def _deliver(options: Options, chosen: str, invited: Sequence[Invited], sent: Sent) -> None:
    """Put the messages where they are wanted, before the book says that anybody was asked."""
    from relcli.exchange.mailing import outbox
    from relcli.render import invitations as render

    if chosen == "eml":
        outbox.fill(Path(str(options.output)), render.files(invited), sent)
        return
    if chosen == "mbox":
        from relcli.exchange.mailing.messages import mbox

        text = mbox((one.mail for one in invited), date=options.moment())
    else:
        text = _as_rows(options, render.rows(invited), chosen)
    if options.output in (None, "-"):
        to_stdout(text)
    else:
        outbox.refuse_others(Path(str(options.output)), sent)
        to_file(text, str(options.output))


def _as_rows(options: Options, rows: Rows, chosen: str) -> str:
    if chosen == "json":
        from relcli.render.json import rows_to_json

        return rows_to_json("invitations", rows)
    return rows_as(options, rows, chosen)


def _tell(options: Options, result: InvitationsWritten) -> None:
    from relcli.render import invitations as render

    if not result.sender and result.invited:
        say(["they have no From line, and no reply finds its way: write your address into the settings, [me] addresses"])
    if not options.quiet:
        say([render.line(result, dry_run=options.dry_run)])
        if not options.dry_run and result.left:
            say(page_as_talk(render.left(result)))
    for one in result.invited:
        say(one.warnings)
