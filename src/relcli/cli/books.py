"""`relcli book …`: the book itself."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import ROW_FORMATS, put, show
from relcli.cli.confirm import confirmed
from relcli.cli.desk import read, tell, write
from relcli.cli.options import FORMATS, Options
from relcli.cli.output import say
from relcli.cli.tree import BOOK, Tree, noun


def add_to(app: Tree) -> None:
    """Put the group into the tree."""
    app.add_typer(book, rich_help_panel=BOOK)
    app.command("undo", rich_help_panel=BOOK, hidden=True)(undo)


book = noun("book", "The book itself: one owner's relationships.")


@book.command("init")
def init(
    ctx: typer.Context,
    timezone: Annotated[
        str | None, typer.Option("--timezone", metavar="ZONE", show_default=False, help="Europe/Madrid (else the machine's).")
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="CODE", show_default=False, help="EUR (else the locale's).")
    ] = None,
) -> None:
    """Begin a book. Writing commands do so by themselves.

    Example: `relcli book init --timezone Europe/Madrid --currency EUR`
    """
    from relcli.actions.books import init_book
    from relcli.render import books as render

    options: Options = ctx.obj
    options.chosen(("text", "json"))
    made = init_book(
        options.location(),
        timezone=timezone,
        currency=currency,
        now=options.moment(),
        wait=options.wait,
        dry_run=options.dry_run,
        tell=tell,
    )
    if not options.quiet:
        say(render.init(made, dry_run=options.dry_run))
    if options.chosen(("text", "json")) == "json":
        from relcli.render.json import to_json

        put(options, to_json(render.made_document(made)))


@book.command("set")
def set_(
    ctx: typer.Context,
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="CODE", show_default=False, help="EUR: what new amounts are in.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option("--timezone", metavar="ZONE", show_default=False, help="Europe/Madrid: when a new day begins.")
    ] = None,
) -> None:
    """Change the currency or the time zone of the book. Undo with `relcli book undo`.

    Amounts keep their currency; those without one take on the new one, if the book had none. Days already logged stay.

    Example: `relcli book set --currency EUR --timezone Europe/Madrid`
    """
    from relcli.actions.book_settings import SetBook, set_book
    from relcli.render import books as render

    options: Options = ctx.obj
    options.chosen(("text", "json"))
    result, _ = write(options, lambda desk: set_book(SetBook(currency=currency, timezone=timezone), desk))
    if not options.quiet:
        say(render.changed(result, dry_run=options.dry_run))
    if options.chosen(("text", "json")) == "json":
        from relcli.render.json import to_json

        put(options, to_json(render.changed_document(result)))


@book.command("info")
def info(ctx: typer.Context) -> None:
    """Where the book is and what it holds.

    Example: `relcli book info --format json`
    """
    from relcli.actions.books import book_info
    from relcli.render import books as render

    options: Options = ctx.obj
    options.chosen(("text", "json"))
    result = read(options, lambda desk: book_info(desk, options.location()))
    show(options, page=lambda: render.info(result), document=lambda: render.document(result))


@book.command("history")
def history(
    ctx: typer.Context,
    top: Annotated[int | None, typer.Option("--top", metavar="N", min=1, show_default=False, help="Only the newest N.")] = None,
) -> None:
    """What was written, when, by whom, with which command.

    Example: `relcli book history --top 10`
    """
    from relcli.actions.books import book_history
    from relcli.render import books as render

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: book_history(desk, top=top))
    show(
        options,
        page=lambda: render.history(result),
        rows=lambda: render.history_rows(result),
        noun="batches",
        empty="nothing was written yet",
    )


@book.command("undo")
def undo(
    ctx: typer.Context,
    batch: Annotated[
        int | None, typer.Argument(metavar="[BATCH]", show_default=False, help="Its number (else the newest).")
    ] = None,
) -> None:
    """Take a whole batch back: what a command added, changed or removed. Undoing an undo is the redo.

    Example: `relcli book undo`
    """
    from relcli.actions.books import undo_batch

    options: Options = ctx.obj
    options.chosen(FORMATS)
    result, _ = write(options, lambda desk: undo_batch(batch, desk, sure=lambda question: confirmed(options, question)))
    if options.dry_run:
        say([f"Would undo: {result.words} (batch {result.undone.number}; dry run: nothing was written)"])
    elif not options.quiet and result.batch is not None:
        again = f"redo with: relcli book undo {result.batch.number}"
        say([f"Undone: {result.words} (batch {result.undone.number}; {again})"])
