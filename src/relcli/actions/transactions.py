"""Transactions: value that changed hands, logged in one line."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from relcli.actions.contacts import found_or_added
from relcli.actions.desk import Desk
from relcli.actions.moments import moment
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.money import money
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.errors import Misused
from relcli.store import transactions
from relcli.text import one_line, storable


class LogTransaction(BaseModel):
    """One transaction, as it was typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    amount: str
    item: str = ""
    kind: TransactionKind = TransactionKind.SALE
    currency: str | None = None
    at: str | None = None
    add: bool = False


@dataclass(frozen=True, slots=True)
class TransactionLogged:
    """What was written, with whom."""

    transaction: Transaction
    contact: Contact
    batch: Batch | None


def log_transaction(request: LogTransaction, desk: Desk) -> TransactionLogged:
    """Write one transaction. Raises Misused for amounts and dates; ContactNotFound, ContactAmbiguous for WHO."""
    if not storable(request.item):
        raise Misused("that item holds a NUL or half a character, which no book can keep", "remove it")
    try:
        amount = money(request.amount, desk.book.currency, explicit=request.currency)
    except ValueError as error:
        raise Misused(str(error)) from None
    when = moment(request.at, desk.book.zone, now=desk.now, dates=desk.settings.dates)
    with desk.writing("log-transaction") as writing:
        contact = found_or_added(writing, request.who, desk, add_unknown=request.add)
        new = Transaction(0, when, contact.id, request.kind, amount, one_line(request.item))
        [number] = transactions.add_many(writing, [(new, contact.row, None)])
        return TransactionLogged(transactions.fetch(writing.connection, [number])[0], contact, writing.written)
