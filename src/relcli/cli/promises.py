"""`relcli promise …`: what one side owes the other: made, found again, closed, put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.complete import promises_or_contacts
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.params import Add, MaybeWho, RecordId, RecordIds, Roles, Tags, Who, one_of
from relcli.cli.tree import PEOPLE, Tree, noun
from relcli.domain.promise import Closing, PromiseKind, Side
from relcli.errors import Misused

if TYPE_CHECKING:
    from relcli.actions.desk import Desk
    from relcli.actions.promises import PromiseWritten

T = TypeVar("T")
_STANDINGS = ("open", "overdue", "kept", "late", "broken", "withdrawn", "closed", "all")
Text = Annotated[str, typer.Argument(metavar="TEXT", show_default=False, help="What is owed.")]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="DATE", show_default=False, help='The day it is due: 2026-11-28, "next friday", "in 3 days".'),
]
Made = Annotated[
    str | None, typer.Option("--at", "-a", metavar="DATE", show_default=False, help="When it was made (else today).")
]
Ended = Annotated[str | None, typer.Option("--at", "-a", metavar="DATE", show_default=False, help="When that was (else today).")]
WhichOne = Annotated[
    str,
    typer.Argument(
        metavar="PROMISE",
        show_default=False,
        help="Its id, or WHO where only one is open with them.",
        autocompletion=promises_or_contacts,
    ),
]


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(promise, rich_help_panel=PEOPLE)


promise = noun("promise", "What you owe them, and what they owe you.")


@promise.command("add")
def add_(
    ctx: typer.Context,
    who: Who,
    text: Text,
    by: By = None,
    theirs: Annotated[bool, typer.Option("--theirs", show_default=False, help="They owe it; --by may be left out.")] = False,
    complaint: Annotated[
        bool, typer.Option("--complaint", show_default=False, help="It is to put right what they complained of.")
    ] = False,
    at: Made = None,
    add: Add = False,
) -> None:
    """Note what was promised. A day already past is taken, and overdue.

    Example: `relcli promise add ana "send the prints" --by friday`
    """
    from relcli.actions.promises import AddPromise, add_promise

    request = AddPromise(
        who=who, text=text, by=by, owed_by=Side.THEM if theirs else Side.US,
        kind=PromiseKind.COMPLAINT if complaint else PromiseKind.PROMISE, at=at, add=add,
    )  # fmt: skip
    _written(ctx.obj, lambda desk: add_promise(request, desk), makes=add)


@promise.command("list")
def list_(
    ctx: typer.Context,
    who: MaybeWho = None,
    owed_by: Annotated[
        str | None,
        typer.Option(
            "--owed-by", metavar="us|them", show_default=False, help="Only ours, or only theirs.", autocompletion=lambda: list(Side)
        ),
    ] = None,
    status: Annotated[
        str,
        typer.Option(
            "--status", metavar="STATUS", help=f"{', '.join(_STANDINGS)}; open has the overdue ones too, kept the late ones.",
            autocompletion=lambda: list(_STANDINGS),
        ),
    ] = "open",
    role: Roles = [],  # noqa: B006  # Typer copies it
    tag: Tags = [],  # noqa: B006
    top: Annotated[
        int | None, typer.Option("--top", metavar="N", min=1, show_default=False, help="Only the N most urgent.")
    ] = None,
) -> None:  # fmt: skip
    """What is open, most urgent first.

    Example: `relcli promise list --owed-by us --status overdue`
    """
    from relcli.actions.promises import Listed, ListPromises, list_promises
    from relcli.render import promises as render
    from relcli.render.rows import promise_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    wanted = ListPromises(
        who=who, owed_by=one_of(Side, owed_by, "--owed-by"), status=one_of(Listed, status, "--status") or Listed.OPEN,
        roles=tuple(role), tags=tuple(tag), top=top,
    )  # fmt: skip
    result = read(options, lambda desk: list_promises(wanted, desk))
    rows = lambda: promise_rows(result.promises, result.names, result.today)  # noqa: E731  # computed only if asked for
    empty = "nothing is open" if wanted.status is Listed.OPEN else "no promise here"
    show(options, page=lambda: render.listed(result), rows=rows, noun="promises", empty=empty)


@promise.command("edit")
def edit(
    ctx: typer.Context,
    id_: RecordId,
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", show_default=False, help="What is owed.")] = None,
    by: By = None,
    no_by: Annotated[bool, typer.Option("--no-by", show_default=False, help="They named no day.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", show_default=False, help="They owe it.")] = False,
    ours: Annotated[bool, typer.Option("--ours", show_default=False, help="You owe it.")] = False,
    complaint: Annotated[
        bool, typer.Option("--complaint", show_default=False, help="It is to put right what they complained of.")
    ] = False,
    no_complaint: Annotated[bool, typer.Option("--no-complaint", show_default=False, help="Nobody complained.")] = False,
    at: Made = None,
) -> None:
    """Change what you name, and nothing else.

    Example: `relcli promise edit p_3 --by "next friday"`
    """
    from relcli.actions.promises import EditPromise, edit_promise

    request = EditPromise(
        text=text, by=by, no_by=no_by, at=at,
        owed_by=_one("--theirs and --ours", {Side.THEM: theirs, Side.US: ours}),
        kind=_one("--complaint and --no-complaint", {PromiseKind.COMPLAINT: complaint, PromiseKind.PROMISE: no_complaint}),
    )  # fmt: skip
    _written(ctx.obj, lambda desk: edit_promise(id_, request, desk))


@promise.command("keep")
def keep(ctx: typer.Context, which: WhichOne, at: Ended = None) -> None:
    """It was kept.

    Example: `relcli promise keep p_3 --at yesterday`
    """
    _closed(ctx.obj, which, Closing.KEPT, at)


@promise.command("break")
def break_(ctx: typer.Context, which: WhichOne, at: Ended = None) -> None:
    """It was broken, and will not be kept any more.

    Example: `relcli promise break p_3`
    """
    _closed(ctx.obj, which, Closing.BROKEN, at)


@promise.command("withdraw")
def withdraw(ctx: typer.Context, which: WhichOne, at: Ended = None) -> None:
    """It was taken back, and nobody minds: it counts for nothing.

    Example: `relcli promise withdraw p_3`
    """
    _closed(ctx.obj, which, Closing.WITHDRAWN, at)


@promise.command("remove")
def remove(ctx: typer.Context, ids: RecordIds) -> None:
    """It was never made: take it out of the book; `relcli book undo` brings it back.

    Example: `relcli promise remove p_3`
    """
    from relcli.actions.promises import remove_promises
    from relcli.render import promises as render
    from relcli.render.rows import promise_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    result, _ = write(options, lambda desk: remove_promises(ids, desk))
    rows = lambda: promise_rows(result.promises, result.names, result.today)  # noqa: E731  # as above
    done(options, render.removed(result), result.batch, rows=rows, noun="promises")


def _closed(options: Options, which: str, how: Closing, at: str | None) -> None:
    from relcli.actions.promises import close_promise

    _written(options, lambda desk: close_promise(which, how, desk, at=at))


def _written(options: Options, act: Callable[[Desk], PromiseWritten], *, makes: bool = False) -> None:
    from relcli.render import promises as render
    from relcli.render.rows import promise_rows

    options.chosen(RECORD_FORMATS)
    result, made = write(options, act, makes=makes)
    names = {result.contact.id: result.contact.name}
    done(
        options, render.written(result), result.batch,
        rows=lambda: promise_rows([result.promise], names, result.today), noun="promises", made=made,
    )  # fmt: skip


def _one(options: str, said: dict[T, bool]) -> T | None:
    """What the one flag means that was set, None where none was."""
    meant = [value for value, flag in said.items() if flag]
    if len(meant) > 1:
        raise Misused(f"{options} exclude each other", "say one of them")
    return meant[0] if meant else None
