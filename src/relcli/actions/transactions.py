"""Transactions: value that changed hands, logged in one line, listed, shown, put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from relcli.actions.contacts import found_or_added, unwelcome
from relcli.actions.desk import Desk
from relcli.actions.moments import happened
from relcli.actions.records import Wanted, found, pick_of, refuse_both
from relcli.actions.references import find
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.currency import CURRENCIES, ENDED, currency_code, refuse_ended
from relcli.domain.moment import Moment
from relcli.domain.money import MinusSign, Money, money, restated
from relcli.domain.transaction import GIVES_BACK, Transaction, TransactionKind, net
from relcli.errors import Ambiguous, Misused
from relcli.store import contacts, tables, transactions
from relcli.text import one_line, quoted, storable

if TYPE_CHECKING:
    from sqlalchemy import Connection

Emptied = Literal["item"]


class GivenBackTooMuch(Ambiguous):
    """More is given back than was ever paid."""


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


class EditTransaction(BaseModel):
    """What an edit says of a transaction; None means "not said", `emptied` names what is to say nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: str | None = None
    item: str | None = None
    kind: TransactionKind | None = None
    currency: str | None = None
    at: str | None = None
    emptied: frozenset[Emptied] = frozenset()


class ListTransactions(Wanted):
    """Which transactions to list."""

    kind: TransactionKind | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class TransactionWritten:
    """A transaction as it stands after a write, and with whom; `batch` is None where nothing had to be changed.

    `added` is the contact where the write made it, `unwelcome` its addresses under which somebody forgotten had asked for
    no contact.
    """

    transaction: Transaction
    contact: Contact
    batch: Batch | None
    act: str
    added: tuple[Contact, ...] = ()
    unwelcome: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TransactionsListed:
    """Transactions; `names` says who the ids are."""

    transactions: tuple[Transaction, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class TransactionsRemoved:
    """Transactions as they were before they were removed."""

    transactions: tuple[Transaction, ...]
    names: dict[str, str]
    batch: Batch | None


def log_transaction(request: LogTransaction, desk: Desk) -> TransactionWritten:
    """Write one transaction.

    Raises Misused for amounts and dates, and for an item that is the currency of the amount; GivenBackTooMuch for a
    refund or credit beyond what was paid; ContactNotFound, ContactAmbiguous for WHO.
    """
    _refuse_currency_for_item(request)
    worth = _amount(request, desk.book.currency, _instead_of_minus(request))
    new = Transaction(0, _when(request.at, desk), "", request.kind, worth, _item(request.item))
    _refuse_ended(new)
    with desk.writing("log-transaction") as writing:
        contact = found_or_added(writing, request.who, desk, add_unknown=request.add)
        _refuse_beyond(writing.connection, new, contact)
        [number] = transactions.add_many(writing, [(new, contact.row, None)])
        added = (contact,) if writing.is_new(tables.Contact, contact.row) else ()
        stored = transactions.fetch(writing.connection, [number])[0]
        shut = unwelcome(writing.connection, contact.addresses) if added else ()
        return TransactionWritten(stored, contact, writing.written, "logged", added, shut)


def list_transactions(request: ListTransactions, desk: Desk) -> TransactionsListed:
    """The transactions wanted, newest first; an organisation's hold those of its people while they worked there."""
    currency = None if request.currency is None else _currency(request.currency)
    with desk.book.reading() as connection:
        pick = pick_of(connection, request, desk)
        picked = transactions.picked(connection, pick, kind=request.kind, currency=currency)
        return TransactionsListed(tuple(picked), contacts.names_by_id(connection))


def show_transactions(ids: Iterable[str], desk: Desk) -> TransactionsListed:
    """The transactions named, in the order named. Raises RecordNotFound."""
    with desk.book.reading() as connection:
        shown = found(ids, "t", "transaction", lambda numbers: transactions.fetch(connection, numbers))
        return TransactionsListed(tuple(shown), contacts.names_by_id(connection))


def edit_transaction(reference: str, request: EditTransaction, desk: Desk) -> TransactionWritten:
    """Change the fields named, and only those. Raises RecordNotFound, and like `log_transaction`."""
    refuse_both(request, request.emptied)
    with desk.writing("transaction edit") as writing:
        [before] = found([reference], "t", "transaction", lambda numbers: transactions.fetch(writing.connection, numbers))
        after = replace(
            before,
            when=before.when if request.at is None else _when(request.at, desk),
            kind=request.kind or before.kind,
            money=_changed(request, before.money),
            item="" if "item" in request.emptied else before.item if request.item is None else _item(request.item),
        )
        if (after.money.currency, after.when) != (before.money.currency, before.when):
            _refuse_ended(after)
        contact = find(writing.connection, before.contact)
        less = (before.kind, before.money.currency) == (
            after.kind,
            after.money.currency,
        ) and after.money.minor <= before.money.minor
        if not less:
            _refuse_beyond(writing.connection, after, contact)
        transactions.change(writing, before, after, contact.row)
        return TransactionWritten(after, contact, writing.written, "changed")


def move_transaction(reference: str, who: str, desk: Desk) -> TransactionWritten:
    """It was somebody else. Raises RecordNotFound; ContactNotFound, ContactAmbiguous for WHO."""
    with desk.writing("transaction move") as writing:
        connection = writing.connection
        [before] = found([reference], "t", "transaction", lambda numbers: transactions.fetch(connection, numbers))
        contact = find(connection, who, region=desk.settings.phone.region)
        if contact.id != before.contact:
            _refuse_beyond(connection, before, contact)
        transactions.change(writing, before, before, contact.row)
        return TransactionWritten(replace(before, contact=contact.id), contact, writing.written, "moved")


def remove_transactions(ids: Iterable[str], desk: Desk) -> TransactionsRemoved:
    """Take the transactions named out of the book, all or none. Raises RecordNotFound."""
    with desk.writing("transaction remove") as writing:
        gone = found(ids, "t", "transaction", lambda numbers: transactions.fetch(writing.connection, numbers))
        transactions.remove(writing, [t.number for t in gone])
        return TransactionsRemoved(tuple(gone), contacts.names_by_id(writing.connection), writing.written)


def _refuse_beyond(connection: Connection, one: Transaction, contact: Contact) -> None:
    """Raises GivenBackTooMuch for what gives back more than they paid in that currency, whenever that was.

    Who works for them, or where they work, is one purse with them.
    """
    paid = GIVES_BACK.get(one.kind)
    if paid is None:
        return
    others = [t for t in transactions.of_contacts(connection, _purse(connection, contact.row)) if t.number != one.number]
    sums = net(others, paid)
    left = Money(max(0, sums.get(one.money.currency, 0)), one.money.currency)
    if one.money.minor > left.minor:
        elsewhere = [str(Money(sums[code], code)) for code in sorted(sums) if sums[code] > 0 and code != left.currency]
        besides = f" (and {', '.join(elsewhere)}, which is another currency)" if elsewhere else ""
        side = f"{contact.name} paid you" if paid is TransactionKind.SALE else f"you paid {contact.name}"
        raise GivenBackTooMuch(
            f"a {one.kind} of {one.money} is more than {side}, less what went back: {left}{besides}", f"log the {paid} first"
        )


def _purse(connection: Connection, row: int) -> list[int]:
    """The rows of a contact, of those they ever worked for, and of all who ever worked for any of these."""
    jobs = contacts.employments(connection)
    houses = {row, *(house for person, house, *_ in jobs if person == row)}
    return sorted(houses | {person for person, house, *_ in jobs if house in houses})


def _when(text: str | None, desk: Desk) -> Moment:
    return happened(
        text, desk, "a sale or purchase is logged on its day or after; for a note on that day: relcli remind WHO DATE TEXT"
    )


def _item(text: str) -> str:
    if not storable(text):
        raise Misused("that item holds a NUL or half a character, which no book can keep", "remove it")
    return one_line(text)


def _refuse_currency_for_item(request: LogTransaction) -> None:
    """`12 USD` in two words would be 12 of the book's currency, for something called USD."""
    code = request.item.strip()
    if (code in CURRENCIES or code in ENDED) and request.currency is None:
        raise Misused(
            f"{code} is a currency, and stands where the item does",
            f'write the amount in quotes: "{request.amount} {code}"; or say --currency, if that is the item'
            if request.amount.replace(".", "").replace(",", "").isdecimal()
            else "an amount has one currency; say --currency, if that is the item",
        )


def _instead_of_minus(request: LogTransaction) -> str:
    """What to type for money that goes back."""
    if request.kind in GIVES_BACK:
        return "write it without the sign: the kind says which way it goes"
    [kind] = (back for back, paid in GIVES_BACK.items() if paid is request.kind)
    return f"for money back: relcli log-transaction {quoted(request.who)} AMOUNT --kind {kind}"


def _amount(request: LogTransaction | EditTransaction, currency: str, back: str) -> Money:
    try:
        return money(request.amount or "", currency, explicit=request.currency)
    except MinusSign:
        raise Misused(f'"{request.amount}" has a minus sign: amounts are positive', back) from None
    except ValueError as error:
        raise Misused(str(error)) from None


def _changed(request: EditTransaction, before: Money) -> Money:
    """An amount without a currency stays in the one it had; a currency without an amount keeps the figure."""
    if request.amount is not None:
        return _amount(request, before.currency, "for money back use --kind refund or --kind credit, and no sign")
    try:
        return before if request.currency is None else restated(before, request.currency)
    except ValueError as error:
        raise Misused(f"{error}: give --amount too") from None


def _refuse_ended(one: Transaction) -> None:
    try:
        refuse_ended(one.money.currency, one.when.day)
    except ValueError as error:
        raise Misused(str(error), f"or was it earlier? Give the day: --at {ENDED[one.money.currency][0].isoformat()}") from None


def _currency(text: str) -> str:
    try:
        return currency_code(text)
    except ValueError as error:
        raise Misused(str(error)) from None
