"""`relcli audit`: what this book can prove."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import show
from relcli.cli.desk import read
from relcli.cli.options import Options
from relcli.cli.tree import EVERY_DAY, Tree
from relcli.errors import Misused

_FORMATS = ("text", "json", "jsonl", "csv", "tsv", "md", "html")


def add_to(app: Tree) -> None:
    """Put the command into the tree."""
    app.command("audit", rich_help_panel=EVERY_DAY)(audit)


def audit(
    ctx: typer.Context,
    backtest: Annotated[
        bool,
        typer.Option("--backtest", help="Is the metric true here? Past days replayed, beside what followed.", show_default=False),
    ] = False,
    at: Annotated[
        list[str],
        typer.Option(
            "--at", metavar="DATE", show_default=False, help="A day to replay (repeatable; else up to three of the book's own)."
        ),
    ] = [],  # noqa: B006  # Typer copies it
    horizon: Annotated[
        str | None,
        typer.Option("--horizon", metavar="DURATION", show_default=False, help="How far ahead to look: 26w, or days (182)."),
    ] = None,
) -> None:
    """What this book can prove: five questions, answered by counting, and the command that would improve each answer most.

    With --backtest: is the metric true in this book? What it said at past days, beside what followed.

    Example: `relcli audit`
    """
    options: Options = ctx.obj
    options.chosen(_FORMATS)
    if not backtest:
        if at or horizon is not None:
            raise Misused(f"{'--at' if at else '--horizon'} is for a replay of past days", "write relcli audit --backtest …")
        _five_questions(options)
        return
    from relcli.actions.backtests import BacktestBook, backtest_book
    from relcli.render import backtest_document, backtests

    result = read(options, lambda desk: backtest_book(BacktestBook(at=tuple(at), horizon=horizon), desk))
    show(
        options,
        page=lambda: backtests.page(result),
        rows=lambda: backtest_document.rows(result),
        document=lambda: backtest_document.document(result),
        offered=_FORMATS,
        title="Is the metric true in this book?",
    )


def _five_questions(options: Options) -> None:
    from relcli.actions.audits import audit_book
    from relcli.render import audits as render

    result = read(options, audit_book)
    show(
        options,
        page=lambda: render.page(result),
        rows=lambda: render.rows(result),
        document=lambda: render.document(result),
        offered=_FORMATS,
        title="What this book can prove",
    )
