"""`relcli book backup`, `book restore`, `book check`: copies of the book, and whether all is well with it."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import put, show
from relcli.cli.books import book
from relcli.cli.confirm import confirmed
from relcli.cli.desk import read, tell
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.tree import Tree
from relcli.errors import CheckFailed, Misused
from relcli.text import quoted

FORMATS = ("text", "json")
CHECK_FORMATS = ("text", "json", "jsonl", "csv", "tsv")


def add_to(_app: Tree) -> None:
    """Put the commands into the group `book`."""
    for command in (backup, restore, check):
        book.command(command.__name__)(command)


def backup(
    ctx: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", show_default=False, help="A new file, or a folder (else backups beside the book)."),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep", metavar="N", min=1, show_default=False, help="Keep the newest N backups there, remove older ones."
        ),
    ] = None,
) -> None:
    """Copy the book to a file that is proven after writing, with a manifest beside it. Nobody has to wait for it.

    A book on a server is backed up with its own tool, pg_dump.

    Example: `relcli book backup --keep 14`
    """
    from relcli.actions.backups import MakeBackup, make_backup
    from relcli.render import backups as render
    from relcli.render.json import to_json

    options: Options = ctx.obj
    chosen = options.chosen(FORMATS)
    if chosen == "text" and options.output not in (None, "-"):
        raise Misused(
            "--output takes the answer of a command, not the backup",
            f"name the file itself: relcli book backup {quoted(str(options.output))}",
        )
    request = MakeBackup(file, keep, options.yes)
    result = make_backup(request, options.location(), now=options.moment(), wait=options.wait, dry_run=options.dry_run, tell=tell)
    if not options.quiet:
        say(render.made(result, book=options.book))
    if chosen == "json" and result.manifest is not None:
        put(options, to_json(result.manifest.facts()))


def restore(
    ctx: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", show_default=False, help="A backup, or a folder of them (else the book's newest one)."),
    ] = None,
    unverified: Annotated[
        bool,
        typer.Option("--unverified", show_default=False, help="Trust the file although its manifest is missing or unreadable."),
    ] = False,
    another_book: Annotated[
        bool,
        typer.Option("--another-book", show_default=False, help="Take FILE although it is a backup of another book."),
    ] = False,
) -> None:
    """Prove a backup, then put it in the place of the book, which is set aside. This cannot be undone.

    Example: `relcli book restore --dry-run`
    """
    from relcli.actions.backups import restore_backup
    from relcli.render import backups as render
    from relcli.render.json import to_json

    options: Options = ctx.obj
    chosen = options.chosen(FORMATS)
    result = restore_backup(
        file,
        options.location(),
        now=options.moment(),
        wait=options.wait,
        sure=lambda question: confirmed(options, question),
        unverified=unverified,
        another_book=another_book,
        dry_run=options.dry_run,
    )
    if not options.quiet:
        say(render.restored(result, dry_run=options.dry_run))
    if chosen == "json":
        put(options, to_json(render.restored_document(result)))


def check(
    ctx: typer.Context,
    deep: Annotated[
        bool, typer.Option("--deep", show_default=False, help="Compare every index too, and prove the newest backup.")
    ] = False,
    folder: Annotated[
        str | None,
        typer.Option("--backups", metavar="FOLDER", show_default=False, help="Where backups lie (else backups beside the book)."),
    ] = None,
) -> None:
    """Look whether all is well with the book: the file, its records, its newest backup. It ends with 1 if not.

    Example: `relcli book check --deep`
    """
    from relcli.actions.checks import check_book
    from relcli.render import checks as render

    options: Options = ctx.obj
    options.chosen(CHECK_FORMATS)
    result = read(options, lambda desk: check_book(desk, options.location(), deep=deep, folder=folder))
    if not (options.quiet and not result.findings and options.chosen(CHECK_FORMATS) == "text"):
        show(
            options,
            page=lambda: render.page(result),
            rows=lambda: render.rows(result),
            noun="findings",
            offered=CHECK_FORMATS,
        )
    if result.problems:
        raise CheckFailed(render.told(result), "each finding says what to do")
