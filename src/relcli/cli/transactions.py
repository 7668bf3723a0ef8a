"""`relcli log-transaction`: value that changed hands, in one line. `relcli transaction …`: listed, shown, put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from relcli.cli.answer import RECORD_FORMATS, ROW_FORMATS, done, show
from relcli.cli.desk import read, write
from relcli.cli.options import Options
from relcli.cli.params import Add, At, MaybeWho, RecordId, RecordIds, Roles, Since, Tags, Top, Until, Who, one_of
from relcli.cli.tree import EVERY_DAY, PEOPLE, Tree, noun
from relcli.domain.transaction import TransactionKind

if TYPE_CHECKING:
    from relcli.actions.desk import Desk
    from relcli.actions.transactions import TransactionWritten

Amount = Annotated[str, typer.Argument(metavar="AMOUNT", show_default=False, help="12.50, 12,50, 1250, '12.50 EUR', €12.50.")]
Item = Annotated[str, typer.Argument(metavar="[ITEM]", show_default=False, help="What it was for.")]
Currency = Annotated[
    str | None, typer.Option("--currency", metavar="CODE", show_default=False, help="ISO code (else the book's).")
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="|".join(TransactionKind),
        show_default=False,
        help="Who gave what to whom.",
        autocompletion=lambda: list(TransactionKind),
    ),
]


def add_to(app: Tree) -> None:
    """Put the command, its short names and the group into the tree."""
    app.add_typer(transaction, rich_help_panel=PEOPLE)
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

    request = LogTransaction(
        who=who, amount=amount, item=item, kind=kind or TransactionKind.SALE, currency=currency, at=at, add=add
    )
    _written(options, lambda desk: log_transaction(request, desk), makes=add)


transaction = noun("transaction", "What was logged of sales and purchases: found again, and put right.")


@transaction.command("list")
def list_(
    ctx: typer.Context,
    who: MaybeWho = None,
    kind: Kind = None,
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="CODE", show_default=False, help="Only in this currency.")
    ] = None,
    since: Since = None,
    until: Until = None,
    role: Roles = [],  # noqa: B006  # Typer copies it
    tag: Tags = [],  # noqa: B006
    top: Top = None,
) -> None:
    """Sales, purchases, refunds and credits, newest first.

    Example: `relcli transaction list ana --kind sale --since 2026-01-01`
    """
    from relcli.actions.transactions import ListTransactions, list_transactions
    from relcli.render import transactions as render
    from relcli.render.rows import transaction_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    wanted = ListTransactions(
        who=who, kind=one_of(TransactionKind, kind, "--kind"), currency=currency, since=since, until=until,
        roles=tuple(role), tags=tuple(tag), top=top,
    )  # fmt: skip
    result = read(options, lambda desk: list_transactions(wanted, desk))
    rows = lambda: transaction_rows(result.transactions, result.names)  # noqa: E731  # computed only if asked for
    show(options, page=lambda: render.listed(result), rows=rows, noun="transactions", empty="no transaction here")


@transaction.command("show")
def show_(ctx: typer.Context, ids: RecordIds) -> None:
    """Everything of a transaction.

    Example: `relcli transaction show t_7`
    """
    from relcli.actions.transactions import show_transactions
    from relcli.render import transactions as render
    from relcli.render.rows import transaction_rows

    options: Options = ctx.obj
    options.chosen(ROW_FORMATS)
    result = read(options, lambda desk: show_transactions(ids, desk))
    rows = lambda: transaction_rows(result.transactions, result.names)  # noqa: E731  # as above
    show(options, page=lambda: render.shown(result), rows=rows, noun="transactions")


@transaction.command("edit")
def edit(
    ctx: typer.Context,
    id_: RecordId,
    amount: Annotated[
        str | None,
        typer.Option("--amount", metavar="AMOUNT", show_default=False, help="12.50, 12,50, 1250, '12.50 EUR', €12.50."),
    ] = None,
    item: Annotated[str | None, typer.Option("--item", metavar="TEXT", show_default=False, help="What it was for.")] = None,
    kind: Kind = None,
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="CODE", show_default=False, help="ISO code (else as it was).")
    ] = None,
    at: At = None,
    no_item: Annotated[bool, typer.Option("--no-item", show_default=False, help="Empty the item.")] = False,
) -> None:
    """Change what you name, and nothing else.

    Example: `relcli transaction edit t_7 --amount 120 --item "portrait session"`
    """
    from relcli.actions.transactions import EditTransaction, edit_transaction

    request = EditTransaction(
        amount=amount, item=item, kind=one_of(TransactionKind, kind, "--kind"), currency=currency, at=at,
        emptied=frozenset(["item"] if no_item else []),
    )  # fmt: skip
    _written(ctx.obj, lambda desk: edit_transaction(id_, request, desk))


@transaction.command("move")
def move(ctx: typer.Context, id_: RecordId, who: Who) -> None:
    """It was somebody else.

    Example: `relcli transaction move t_7 bo`
    """
    from relcli.actions.transactions import move_transaction

    _written(ctx.obj, lambda desk: move_transaction(id_, who, desk))


@transaction.command("remove")
def remove(ctx: typer.Context, ids: RecordIds) -> None:
    """Take transactions out of the book; `relcli book undo` brings them back.

    Example: `relcli transaction remove t_7`
    """
    from relcli.actions.transactions import remove_transactions
    from relcli.render import transactions as render
    from relcli.render.rows import transaction_rows

    options: Options = ctx.obj
    options.chosen(RECORD_FORMATS)
    result, _ = write(options, lambda desk: remove_transactions(ids, desk))
    rows = lambda: transaction_rows(result.transactions, result.names)  # noqa: E731  # as above
    done(options, render.removed(result), result.batch, rows=rows, noun="transactions")


def _written(options: Options, act: Callable[[Desk], TransactionWritten], *, makes: bool = False) -> None:
    from relcli.render import transactions as render
    from relcli.render.contacts import warned
    from relcli.render.rows import transaction_rows

    options.chosen(RECORD_FORMATS)
    result, made = write(options, act, makes=makes)
    names = {result.contact.id: result.contact.name}
    done(
        options, render.written(result), result.batch,
        rows=lambda: transaction_rows([result.transaction], names), noun="transactions", made=made,
        more=warned(result.unwelcome),
    )  # fmt: skip
