"""Transactions in the book: written, changed, read newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, func, select
from sqlmodel import col

from relcli.domain.moment import Moment, day_number, day_of
from relcli.domain.money import Money
from relcli.domain.removed import by_state
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.store import removed, tables
from relcli.store.picking import Pick, narrowed
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T, C = tables.Transaction, tables.Contact
_MANY = 500


def add_many(writing: Writing, rows: Sequence[tuple[Transaction, int, str | None]]) -> list[int]:
    """Write transactions, each with the row of its contact and its import key; answers their numbers.

    A transaction whose `number` is above 0 keeps it.
    """
    return writing.insert_many(T, [_columns(transaction, contact, key) for transaction, contact, key in rows])


def change(writing: Writing, before: Transaction, after: Transaction, contact: int) -> None:
    """Make `before`, as the book has it, into `after`, with the contact of this row. What is the same is not written.

    The number and the import key stay. What it said before is marked, so that an old export does not bring it back.
    """
    now = writing.connection.execute(select(col(T.contact_id)).where(col(T.id) == before.number)).scalar_one()
    old, new = _columns(before, now, None), _columns(after, contact, None)
    if fields := {name: value for name, value in new.items() if value != old[name]}:
        writing.update(T, before.number, fields)
        removed.note(writing, [_state(before)])


def remove(writing: Writing, numbers: Iterable[int]) -> None:
    """Take these transactions out of the book; marks keep them out of later imports."""
    numbers = list(numbers)
    removed.leave(writing, T, numbers, map(_state, fetch(writing.connection, numbers)))
    for number in numbers:
        writing.delete(T, {"id": number})


def picked(
    connection: Connection, pick: Pick, *, kind: TransactionKind | None = None, currency: str | None = None
) -> list[Transaction]:
    """The transactions picked, newest first."""
    statement = narrowed(_all(), pick, T, number=T.id, contact=T.contact_id, day=T.day)
    if kind is not None:
        statement = statement.where(col(T.kind) == kind)
    if currency is not None:
        statement = statement.where(col(T.currency) == currency)
    return _values(connection.execute(statement).all())


def of_contacts(
    connection: Connection, rows: Sequence[int], *, since: int | None = None, until: int | None = None
) -> list[Transaction]:
    """The transactions with any of these contacts from day `since` to day `until`, newest first."""
    found: list[Row[Any]] = []
    for start in range(0, len(rows), _MANY):
        statement = _all().where(col(T.contact_id).in_(rows[start : start + _MANY]))
        if since is not None:
            statement = statement.where(col(T.day) >= since)
        if until is not None:
            statement = statement.where(col(T.day) <= until)
        found += connection.execute(statement).all()
    return _values(found)


def fetch(connection: Connection, numbers: Sequence[int]) -> list[Transaction]:
    """The transactions with these numbers, newest first."""
    found: list[Row[Any]] = []
    for start in range(0, len(numbers), _MANY):
        found += connection.execute(_all().where(col(T.id).in_(numbers[start : start + _MANY]))).all()
    return _values(found)


def everything(connection: Connection) -> list[Transaction]:
    """All transactions in the order of their numbers."""
    return sorted(_values(connection.execute(_all()).all()), key=lambda t: t.number)


def search(connection: Connection, text: str) -> list[Transaction]:
    """The transactions whose item holds the text, accents and case aside, newest first."""
    found = func.coalesce(col(T.folded), func.lower(col(T.item))).contains(folded(text), autoescape=True)
    return _values(connection.execute(_all().where(found)).all())


def keys(connection: Connection) -> set[str]:
    """The content keys of everything imported so far."""
    return set(connection.execute(select(col(T.key)).where(col(T.key).is_not(None))).scalars())  # type: ignore[arg-type]  # not None here


def external_ids(connection: Connection, sources: Iterable[str]) -> dict[tuple[str, str], int]:
    """(source, external id) → number of every transaction from these sources."""
    statement = select(col(T.source), col(T.external_id), col(T.id)).where(
        col(T.source).in_(list(sources)), col(T.external_id).is_not(None)
    )
    return {(row.source, row.external_id): row.id for row in connection.execute(statement)}


def _state(transaction: Transaction) -> tuple[str, ...]:
    return by_state("transactions", transaction.number, transaction.content(), [transaction.contact])


def _all() -> Select[Any]:
    return select(*T.__table__.c, col(C.code)).join(C, col(C.id) == col(T.contact_id))  # type: ignore[attr-defined]  # SQLModel hides it


def _columns(transaction: Transaction, contact: int, key: str | None) -> dict[str, Any]:
    item = transaction.item
    row: dict[str, Any] = {
        "contact_id": contact,
        "day": day_number(transaction.when.day),
        "at": transaction.when.at,
        "zone": transaction.when.zone,
        "kind": transaction.kind,
        "amount": transaction.money.minor,
        "currency": transaction.money.currency,
        "item": item,
        "folded": None if item.isascii() else folded(item),
        "source": transaction.source,
        "external_id": transaction.external_id or None,
        "key": key,
    }
    return {"id": transaction.number, **row} if transaction.number else row


def _values(rows: Iterable[Row[Any]]) -> list[Transaction]:
    values = [
        Transaction(
            number=row.id,
            when=Moment(day_of(row.day), row.at, row.zone),
            contact=row.code,
            kind=row.kind,
            money=Money(row.amount, row.currency),
            item=row.item,
            source=row.source,
            external_id=row.external_id or "",
        )
        for row in rows
    ]
    return sorted(values, key=lambda t: (t.when.day, t.when.at is not None, t.when.at, t.number), reverse=True)
