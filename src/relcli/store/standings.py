"""What the gate asks the book about touches: by which channels, and what happened with those who have wishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select
from sqlmodel import col

from relcli.domain.interaction import Direction
from relcli.domain.moment import Moment, day_of
from relcli.domain.observed import Use
from relcli.domain.reply import Event
from relcli.domain.transaction import TransactionKind
from relcli.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

I, P, T = tables.Interaction, tables.InteractionContact, tables.Transaction  # noqa: E741  # as in the other query modules
_SIGNS = (TransactionKind.SALE, TransactionKind.PURCHASE)
_MANY = 500


@dataclass(frozen=True, slots=True)
class Channels:
    """By which channels somebody began touches, and the one used last in a touch that was not ours alone."""

    began: tuple[Use, ...] = ()
    used: tuple[str, date] | None = None


def channels(connection: Connection, rows: Sequence[int] | None, *, until: int) -> dict[int, Channels]:
    """Row of a contact → the channels of their touches up to and including a day; of all contacts where `rows` is None."""
    who, direction, channel, day = col(P.contact_id), col(P.direction), col(I.channel), col(P.day)
    base = select(who, direction, channel, func.count(), func.max(day)).join(I, col(I.id) == col(P.interaction_id))
    base = base.where(direction != Direction.OUT, day <= until).group_by(who, direction, channel)
    began: dict[int, list[Use]] = defaultdict(list)
    last: dict[int, tuple[int, str]] = {}
    for row, began_by, name, count, newest in _some(connection, base, who, rows):
        if began_by is Direction.IN:
            began[row].append(Use(name, count, day_of(newest)))
        last[row] = max(last.get(row, (newest, name)), (newest, name))
    return {row: Channels(tuple(began.get(row, ())), (name, day_of(newest))) for row, (newest, name) in last.items()}


def events(connection: Connection, rows: Sequence[int], *, until: int) -> dict[int, list[Event]]:
    """Row of a contact → signs of theirs and touches that we began, up to and including a day."""
    found: dict[int, list[Event]] = defaultdict(list)
    touch = select(col(P.contact_id), col(P.direction), col(P.day), col(I.at), col(I.zone), col(I.purpose))
    touch = touch.join(I, col(I.id) == col(P.interaction_id)).where(col(P.day) <= until)
    for row, direction, day, at, zone, purpose in _some(connection, touch, col(P.contact_id), rows):
        found[row].append(Event(Moment(day_of(day), at, zone), direction is not Direction.OUT, purpose))
    trade = select(col(T.contact_id), col(T.day), col(T.at), col(T.zone))
    trade = trade.where(col(T.day) <= until, col(T.kind).in_(_SIGNS))
    for row, day, at, zone in _some(connection, trade, col(T.contact_id), rows):
        found[row].append(Event(Moment(day_of(day), at, zone), sign=True))
    return found


def _some(connection: Connection, base: Select[*tuple[Any, ...]], column: Any, rows: Sequence[int] | None) -> list[Any]:
    if rows is None:
        return list(connection.execute(base))
    found: list[Any] = []
    for start in range(0, len(rows), _MANY):
        found += connection.execute(base.where(column.in_(rows[start : start + _MANY])))
    return found
