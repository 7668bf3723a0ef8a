"""`relcli log-transaction`: value that changed hands, in one line."""

from __future__ import annotations

from typing import Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, done
from relcli.cli.desk import write
from relcli.cli.options import Options
from relcli.cli.params import Add, At, Who, one_of
from relcli.cli.tree import EVERY_DAY, Tree
from relcli.domain.transaction import TransactionKind

Amount = Annotated[str, typer.Argument(metavar="AMOUNT", show_default=False, help='12.50, 12,50, 1250 or "12.50 EUR".')]
Item = Annotated[str, typer.Argument(metavar="[ITEM]", show_default=False, help="What it was for.")]
Currency = Annotated[
    str | None, typer.Option("--currency", metavar="CODE", show_default=False, help="ISO code (else the book's).")
]


def add_to(app: Tree) -> None:
    """Put the command and its short names into the tree."""
    app.command("log-transaction", rich_help_panel=EVERY_DAY)(log_transaction)
    app.command("sold", rich_help_panel=EVERY_DAY, hidden=True)(sold)
    app.command("bought", rich_help_panel=EVERY_DAY, hidden=True)(bought)


def log_transaction(
    ctx: typer.Context,
    who: Who,
    amount: Amount,
    item: Item = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="|".join(TransactionKind),
            help="Who gave what to whom.",
            autocompletion=lambda: list(TransactionKind),
        ),
    ] = "sale",
    currency: Currency = None,
    at: At = None,
    add: Add = False,
) -> None:
    """Log a sale, purchase, refund or credit. Also: `relcli sold`, `relcli bought`.

    Example: `relcli sold ana 120 "portrait session" --at 2026-11-20`
    """
    _log(ctx.obj, who, amount, item, one_of(TransactionKind, kind, "--kind"), currency, at, add=add)


def sold(
    ctx: typer.Context, who: Who, amount: Amount, item: Item = "", currency: Currency = None, at: At = None, add: Add = False
) -> None:
    """Log that they bought from us.

    Example: `relcli sold ana 120 "portrait session"`
    """
    _log(ctx.obj, who, amount, item, TransactionKind.SALE, currency, at, add=add)


def bought(
    ctx: typer.Context, who: Who, amount: Amount, item: Item = "", currency: Currency = None, at: At = None, add: Add = False
) -> None:
    """Log that we bought from them.

    Example: `relcli bought "Mill and Stone" 85.20 flour`
    """
    _log(ctx.obj, who, amount, item, TransactionKind.PURCHASE, currency, at, add=add)


def _log(
    options: Options,
    who: str,
    amount: str,
    item: str,
    kind: TransactionKind | None,
    currency: str | None,
    at: str | None,
    *,
    add: bool,
) -> None:
    from relcli.actions.transactions import LogTransaction, log_transaction
    from relcli.render import transactions as render
    from relcli.render.rows import transaction_rows

    options.chosen(RECORD_FORMATS)
    request = LogTransaction(
        who=who, amount=amount, item=item, kind=kind or TransactionKind.SALE, currency=currency, at=at, add=add
    )
    result, made = write(options, lambda desk: log_transaction(request, desk), makes=add)
    names = {result.contact.id: result.contact.name}
    done(
        options, render.logged(result), result.batch,
        rows=lambda: transaction_rows([result.transaction], names), noun="transactions", made_at=made,
    )  # fmt: skip
