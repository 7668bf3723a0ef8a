"""`relcli remind`: a note to yourself for a day. `relcli reminder …`: those notes listed, changed, done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.params import Add, MaybeWho, RecordId, Who
from relcli.cli.tree import EVERY_DAY, PEOPLE, Tree, noun

if TYPE_CHECKING:
    from relcli.actions.desk import Desk
    from relcli.actions.reminders import RemindersWritten

Ids = Annotated[list[str], typer.Argument(metavar="ID...", show_default=False, help="Their ids, as `reminder list` shows them.")]


def add_to(app: Tree) -> None:
    """Put the command and the group into the tree."""
    app.command("remind", rich_help_panel=EVERY_DAY)(remind)
    app.add_typer(reminder, rich_help_panel=PEOPLE)


def remind(
    ctx: typer.Context,
    who: Who,
    when: Annotated[
        str, typer.Argument(metavar="WHEN", show_default=False, help='Today or a day to come: 2026-12-24, "next friday".')
    ],
    text: Annotated[str, typer.Argument(metavar="TEXT", show_default=False, help="What to think of.")],
    add: Add = False,
) -> None:
    """Remind yourself of somebody: on the agenda from that day on, until you say it is done.

    Example: `relcli remind ana friday "ask about the proofs"`
    """
    from relcli.actions.reminders import Remind
    from relcli.actions.reminders import remind as act

    request = Remind(who=(who,), when=when, text=text, add=add)
    written(ctx.obj, lambda desk: act(request, desk), makes=add)


reminder = noun("reminder", "List, change and tick off reminders.")


@reminder.command("list")
def list_(
    ctx: typer.Context,
    who: MaybeWho = None,
    every: Annotated[bool, typer.Option("--all", show_default=False, help="Those that are done, too.")] = False,
) -> None:
    """List what is open, the first due before the others.

    Example: `relcli reminder list ana`
    """
    from relcli.actions.reminders import list_reminders
    from relcli.render import reminders as render
    from relcli.render.rows import reminder_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: list_reminders(who, desk, every=every))
    rows = lambda: reminder_rows(result.reminders, result.names)  # noqa: E731  # computed only if asked for
    show(options, page=lambda: render.listed(result), rows=rows, noun="reminders", empty="no reminder is open")


@reminder.command("edit")
def edit(
    ctx: typer.Context,
    id_: RecordId,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", show_default=False, help="What to think of.")] = None,
    at: Annotated[
        str | None, typer.Option("--at", "-a", metavar="DATE", show_default=False, help='Another day: "in 2 weeks".')
    ] = None,
) -> None:
    """Change what you name, and nothing else.

    Example: `relcli reminder edit m_3 --at "next friday"`
    """
    from relcli.actions.reminders import EditReminder, edit_reminder

    request = EditReminder(when=at, text=text)
    written(ctx.obj, lambda desk: edit_reminder(id_, request, desk))


@reminder.command("done")
def done_(ctx: typer.Context, ids: Ids) -> None:
    """Tick reminders off: they leave the agenda.

    Example: `relcli reminder done m_3`
    """
    from relcli.actions.reminders import finish_reminders

    written(ctx.obj, lambda desk: finish_reminders(ids, desk))


@reminder.command("remove")
def remove(ctx: typer.Context, ids: Ids) -> None:
    """Take reminders out of the book; `relcli book undo` brings them back.

    Example: `relcli reminder remove m_3`
    """
    from relcli.actions.reminders import remove_reminders

    written(ctx.obj, lambda desk: remove_reminders(ids, desk))


def written(options: Options, act: Callable[[Desk], RemindersWritten], *, makes: bool = False, next_step: str = "") -> None:
    """Write reminders and say so; `next_step` is a line more."""
    from relcli.render import reminders as render
    from relcli.render.contacts import warned
    from relcli.render.rows import reminder_rows

    options.chosen(RECORD_FORMATS)
    result, made = write(options, act, makes=makes)
    done(
        options, render.written(result), result.batch,
        rows=lambda: reminder_rows(result.reminders, result.names), noun="reminders", made=made,
        more=warned(result.unwelcome), next_step=next_step,
    )  # fmt: skip
