"""`relcli import …`: contacts, interactions and transactions from a CSV file of any program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import begun, show, standing
from relcli.cli.desk import write
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.progress import bar
from relcli.cli.tree import IN_OUT, Tree, noun

if TYPE_CHECKING:
    from relcli.actions.books import BookMade
    from relcli.actions.imports.outcome import Imported

FORMATS = ("text", "json", "jsonl", "csv", "tsv")
PARTIAL = 79  # some rows were taken, some not
File = Annotated[str, typer.Argument(metavar="FILE|-", show_default=False, help="A CSV or TSV file, or - for stdin.")]
Map = Annotated[
    str | None,
    typer.Option("--map", metavar="FILE", show_default=False, help="TOML: which of its columns is which of ours."),
]
AddUnknown = Annotated[bool, typer.Option("--add", show_default=False, help="Add the contacts nobody has heard of yet.")]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", show_default=False, help="Where it is not UTF-8: cp1252, utf-16 …")
]
Again = Annotated[bool, typer.Option("--again", show_default=False, help="Take rows too that you removed from the book.")]
KeepGood = Annotated[
    bool, typer.Option("--keep-good", show_default=False, help="Take the good rows, list the bad ones (exit 79).")
]


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(imports, rich_help_panel=IN_OUT)


imports = noun("import", "Bring in what other programs hold; the same file twice adds nothing.")


@imports.command("contacts")
def contacts(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    add: AddUnknown = False,
    encoding: Encoding = None,
    keep_good: KeepGood = False,
) -> None:
    """Contacts from the column name, and kind, roles, email, phone, handle, tags, works_for and more where they are there.

    Example: `relcli import contacts contacts.csv --dry-run`
    """
    _import(ctx.obj, "contacts", file, map_, encoding, add=add, keep_good=keep_good)


@imports.command("interactions")
def interactions(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    add: AddUnknown = False,
    again: Again = False,
    encoding: Encoding = None,
    keep_good: KeepGood = False,
) -> None:
    """Interactions from the columns at and contact, and channel, direction, summary and more where they are there.

    Example: `relcli import interactions calls.csv --add`
    """
    _import(ctx.obj, "interactions", file, map_, encoding, add=add, again=again, keep_good=keep_good)


@imports.command("transactions")
def transactions(
    ctx: typer.Context,
    file: File,
    map_: Map = None,
    add: AddUnknown = False,
    again: Again = False,
    encoding: Encoding = None,
    keep_good: KeepGood = False,
) -> None:
    """Transactions from the columns at, contact and amount, and kind, currency, item and more where they are there.

    Example: `relcli import transactions ledger.csv --map ledger.toml --add`
    """
    _import(ctx.obj, "transactions", file, map_, encoding, add=add, again=again, keep_good=keep_good)


def _import(
    options: Options,
    plural: str,
    file: str,
    map_: str | None,
    encoding: str | None,
    *,
    add: bool,
    again: bool = False,
    keep_good: bool,
) -> None:
    from functools import partial

    from relcli.actions.imports.contacts import import_contacts
    from relcli.actions.imports.files import ImportFile, read_table
    from relcli.actions.imports.interactions import import_interactions
    from relcli.actions.imports.outcome import insist
    from relcli.actions.imports.transactions import import_transactions

    options.chosen(FORMATS)
    act: dict[str, Callable[..., Imported]] = {
        "contacts": import_contacts,
        "interactions": partial(import_interactions, again=again),
        "transactions": partial(import_transactions, again=again),
    }
    table = read_table(ImportFile(noun=plural, source=file, map=map_, encoding=encoding))
    with bar(len(table.rows), quiet=options.quiet) as progress:
        result, made = write(
            options,
            lambda desk: act[plural](table, desk, add=add, keep_good=keep_good, progress=progress),
            makes=add or plural == "contacts",
        )
    _answer(options, result, made)
    insist(table, result.refused, keep_good=keep_good, dry_run=False)
    if result.refused:
        raise typer.Exit(PARTIAL)


def _answer(options: Options, result: Imported, made: BookMade | None) -> None:
    """One line on stderr; on stdout the verdicts where they are asked for, or nothing was written."""
    from relcli.render import imports as render

    told = render.told(result)
    if options.dry_run:
        told = f"{told} (dry run: nothing was written)"
    elif result.batch:
        told = f"{told} (batch {result.batch.number})"
    if not options.quiet:
        changed = [] if options.dry_run else render.changed(result)
        say([*begun(made), *render.unused(result), *result.notes, told, *changed])
    if result.refused:
        say([] if options.dry_run else render.listed(result))
    if options.dry_run or options.chosen(FORMATS) != "text":
        with standing(result.batch.number if result.batch and not options.dry_run else None):
            show(
                options,
                page=lambda: render.page(result),
                rows=lambda: render.rows(result),
                document=lambda: render.document(result, dry_run=options.dry_run),
                offered=FORMATS,
            )
