"""What the metric reads: every touch and transaction as whole numbers, straight into arrays.

A million rows never become objects. Contacts are their row numbers, days are days since 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, distinct, extract, func, select
from sqlmodel import col

from relcli.domain.interaction import CHANNELS, Direction, Purpose
from relcli.domain.transaction import SALES, TransactionKind
from relcli.store import tables

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

DIRECTIONS = tuple(Direction)
KINDS = tuple(TransactionKind)
PURPOSES = tuple(Purpose)
_MANY = 500


@dataclass(frozen=True, slots=True)
class Touches:
    """One entry a touch and participant, in the order of contact and day.

    `direction` is a place in DIRECTIONS, `channel` one in `channels`, `purpose` one in PURPOSES or -1; `second` is
    seconds since 1970-01-01 UTC, -1 where only the day is known; `record` is the number of the interaction.
    """

    contact: NDArray[np.int64]
    day: NDArray[np.int64]
    direction: NDArray[np.int64]
    record: NDArray[np.int64]
    channel: NDArray[np.int64]
    purpose: NDArray[np.int64]
    second: NDArray[np.int64]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trades:
    """One entry a transaction, in the order of contact and day; `kind` is a place in KINDS, `second` as in Touches; `record` its number."""

    contact: NDArray[np.int64]
    day: NDArray[np.int64]
    kind: NDArray[np.int64]
    second: NDArray[np.int64]
    record: NDArray[np.int64]


def touches(connection: Connection, *, until: int) -> Touches:
    """Every touch up to and including day `until`."""
    p, i = tables.InteractionContact, tables.Interaction
    statement = select(col(p.contact_id), col(p.day), _place(col(p.direction), DIRECTIONS), col(p.interaction_id))
    statement = statement.where(col(p.day) <= until).order_by(col(p.contact_id), col(p.day), col(p.interaction_id))
    contact, day, direction, record = _columns(connection, statement, 4)
    own = sorted(set(connection.execute(select(col(i.channel)).distinct()).scalars()) - set(CHANNELS))
    channels = (*CHANNELS, *own)
    # Each interaction once, and its facts then given to all who took part: no join.
    facts = select(col(i.id), _place(col(i.channel), channels), _place(col(i.purpose), PURPOSES), _second(col(i.at)))
    key, channel, purpose, at = _columns(connection, facts.where(col(i.day) <= until).order_by(col(i.id)), 4)
    where = np.searchsorted(key, record)
    return Touches(contact, day, direction, record, channel[where], purpose[where], at[where], channels)


def trades(connection: Connection, *, until: int) -> Trades:
    """Every transaction up to and including day `until`."""
    t = tables.Transaction
    statement = select(col(t.contact_id), col(t.day), _place(col(t.kind), KINDS), _second(col(t.at)), col(t.id))
    statement = statement.where(col(t.day) <= until)
    return Trades(*_columns(connection, statement.order_by(col(t.contact_id), col(t.day), col(t.kind), col(t.id)), 5))


def sales(connection: Connection, *, since: int, until: int) -> dict[int, tuple[str, int]]:
    """Contact → the currency of most days with a sale from day `since` to day `until`, and what these came to.

    Less what went back to them in that time, not below zero.
    """
    t = tables.Transaction
    sold = col(t.kind) == TransactionKind.SALE
    net, days = func.sum(case((sold, col(t.amount)), else_=-col(t.amount))), func.count(distinct(case((sold, col(t.day)))))
    statement = select(col(t.contact_id), col(t.currency), net, days)
    statement = statement.where(col(t.kind).in_(tuple(SALES)))
    statement = statement.where(col(t.day) >= since, col(t.day) <= until)
    main: dict[int, tuple[int, str, int]] = {}
    for contact, currency, total, count in connection.execute(statement.group_by(col(t.contact_id), col(t.currency))):
        if count:
            main[contact] = max(main.get(contact, (0, "", 0)), (count, currency, max(0, int(total))))
    return {contact: (currency, total) for contact, (_, currency, total) in main.items()}


@dataclass(frozen=True, slots=True)
class Traded:
    """What a contact's transactions of one kind and currency came to on a day, in minor units."""

    contact: int
    day: int
    kind: TransactionKind
    currency: str
    amount: int


def traded(connection: Connection, *, since: int, until: int) -> list[Traded]:
    """What changed hands from day `since` to day `until`, in the order of contact and day."""
    t = tables.Transaction
    by = (col(t.contact_id), col(t.day), col(t.kind), col(t.currency))
    statement = select(*by, func.sum(col(t.amount))).where(col(t.day) >= since, col(t.day) <= until)
    rows = connection.execute(statement.group_by(*by).order_by(*by)).all()
    return [Traded(contact, day, kind, currency, int(amount)) for contact, day, kind, currency, amount in rows]


def referrals(
    connection: Connection, *, until: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Who sent somebody, on which day, as far as that is known, the number of the referral, and whom."""
    r = tables.Referral
    statement = select(col(r.from_id), col(r.day), col(r.id), col(r.whom_id)).where(col(r.day) <= until)
    who, day, number, whom = _columns(connection, statement.order_by(col(r.from_id), col(r.day), col(r.id)), 4)
    return who, day, number, whom


def texts(connection: Connection, contacts: Iterable[int], *, until: int) -> dict[int, str]:
    """Number → summary of every touch with these contacts, given by row."""
    p, i = tables.InteractionContact, tables.Interaction
    statement = select(col(i.id), col(i.summary)).join(p, col(p.interaction_id) == col(i.id))
    statement = statement.where(col(p.day) <= until, col(i.summary) != "")
    rows = list(contacts)
    found: dict[int, str] = {}
    for start in range(0, len(rows), _MANY):
        some = statement.where(col(p.contact_id).in_(rows[start : start + _MANY]))
        found |= {row.id: row.summary for row in connection.execute(some)}
    return found


def _place(column: Any, members: Sequence[str]) -> ColumnElement[int]:
    """The place of a column's word among these, -1 for none of them."""
    return case({str(member): place for place, member in enumerate(members)}, value=column, else_=-1)


def _second(at: Any) -> ColumnElement[int]:
    """Seconds since 1970-01-01 UTC, -1 where there is no time."""
    return case((at.is_(None), -1), else_=cast(extract("epoch", at), BigInteger))


def _columns(connection: Connection, statement: Select[*tuple[Any, ...]], width: int) -> tuple[NDArray[np.int64], ...]:
    rows = connection.execute(statement)
    flat = np.fromiter(chain.from_iterable(rows.cursor if rows.cursor is not None else rows), dtype=np.int64)  # type: ignore[arg-type]  # DB-API cursors are iterable
    table = flat.reshape(-1, width)
    return tuple(table[:, place].copy() for place in range(width))
