"""`relcli demo`: a small invented book, and the report on it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import typer

from relcli.cli.answer import ROW_FORMATS, show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.output import say
from relcli.cli.tree import BOOK, Tree
from relcli.errors import CannotCreate, Misused


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("demo", rich_help_panel=BOOK)(demo)


def demo(ctx: typer.Context) -> None:
    """Look around: a small invented book in a temporary place (or a new --book), and the report on it.

    Example: `relcli demo`
    """
    from relcli.actions.books import fill_new_book
    from relcli.actions.demo.building import CURRENCY, build_demo
    from relcli.actions.health_report import ReportHealth, report_health
    from relcli.render import health_report as render

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    if options.dry_run and options.book:
        raise Misused("a dry run makes no book", "leave out --book: then the demo lies in a temporary place")
    here = replace(options, book=options.book or str(Path(tempfile.mkdtemp(prefix="relcli-demo-")) / "book.db"))
    made = fill_new_book(here.location(), build_demo, timezone="UTC", currency=CURRENCY, now=here.moment(), wait=here.wait)
    if made is None:
        raise CannotCreate(f"there is a book already at {here.book}", "the demo makes its own: give a new --book, or none")
    report = read(here, lambda desk: report_health(ReportHealth(), desk))
    show(here, page=lambda: render.page(report), rows=lambda: render.rows(report), document=lambda: render.document(report))
    if not options.quiet:
        book = f"--book {made.where}"
        say([
            "",
            f"an invented book: {made.contacts} contacts, {made.records} records. Next:",
            f"  relcli {book} agenda",
            f"  relcli {book} brief elin",
            f"  relcli {book} scorecard elin",
            f"  relcli {book} timeline 'bright bakery' --top 10",
            f"  relcli {book} log mira 'asked about June' --channel email --in",
        ])  # fmt: skip
