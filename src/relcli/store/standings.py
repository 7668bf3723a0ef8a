"""What the gate asks the book about touches: by which channels, and what happened with those who have wishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, join, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from relcli.domain.contact import AddressKind
from relcli.domain.interaction import Direction
from relcli.domain.moment import Moment, day_of
from relcli.domain.observed import Use
from relcli.domain.promise import Closing, Side
from relcli.domain.reply import Event
from relcli.domain.shared import ABOUT_AN_ADDRESS
from relcli.domain.transaction import TRADES
from relcli.store import tables
from relcli.store.picking import employed

if TYPE_CHECKING:
    from sqlalchemy import Connection

I, P, T, E = tables.Interaction, tables.InteractionContact, tables.Transaction, tables.Employment  # noqa: E741  # as in the other query modules
R = tables.Response
_MANY = 500
_AT_WORK = and_(*employed(P.contact_id, P.day))
_NO_CLOCK = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Channels:
    """By which channels somebody began touches, and the one used last in a touch that was not ours alone.

    An organisation uses the channels of its people too, while they work there.
    """

    began: tuple[Use, ...] = ()
    used: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """That somebody, with this id, name and zone, has the address of this kind and key that the contact in `row` has."""

    row: int
    kind: AddressKind
    key: str
    sharer: int
    code: str
    name: str
    zone: str


def channels(connection: Connection, rows: Sequence[int] | None, *, until: int) -> dict[int, Channels]:
    """Row of a contact → the channels of their touches up to and including a day; of all contacts where `rows` is None."""
    who, channel, day = col(P.contact_id), col(I.channel), col(P.day)
    base = select(who, channel, func.count(), func.max(day)).join(I, col(I.id) == col(P.interaction_id))
    base = base.where(col(P.direction) == Direction.IN, day <= until).group_by(who, channel)
    began: dict[int, list[Use]] = defaultdict(list)
    for row, name, count, newest in _some(connection, base, who, rows):
        began[row].append(Use(name, count, day_of(newest)))
    used = _used(connection, rows, until)
    return {row: Channels(tuple(began.get(row, ())), used.get(row)) for row in {*began, *used}}


def events(connection: Connection, rows: Sequence[int], *, until: int) -> dict[int, list[Event]]:
    """Row of a contact → signs of theirs (touches, trades, answers) and touches that we began, up to and including a day."""
    found: dict[int, list[Event]] = defaultdict(list)
    touch = select(col(P.contact_id), col(P.direction), col(P.day), col(I.at), col(I.zone), col(I.purpose))
    touch = touch.join(I, col(I.id) == col(P.interaction_id)).where(col(P.day) <= until)
    for row, direction, day, at, zone, purpose in _some(connection, touch, col(P.contact_id), rows):
        found[row].append(Event(Moment(day_of(day), at, zone), direction is not Direction.OUT, purpose))
    trade = select(col(T.contact_id), col(T.day), col(T.at), col(T.zone))
    trade = trade.where(col(T.day) <= until, col(T.kind).in_(TRADES))
    for row, day, at, zone in _some(connection, trade, col(T.contact_id), rows):
        found[row].append(Event(Moment(day_of(day), at, zone), sign=True))
    answer = select(col(R.contact_id), col(R.day), col(R.at), col(R.zone)).where(col(R.day) <= until)
    for row, day, at, zone in _some(connection, answer, col(R.contact_id), rows):
        found[row].append(Event(Moment(day_of(day), at, zone), sign=True))
    return found


def kept(connection: Connection, rows: Sequence[int], *, until: int) -> dict[int, list[tuple[int, Event]]]:
    """Row of a contact → for each promise they kept, up to and including a day: the day it was made, and the sign it is."""
    p = tables.Promise
    statement = select(col(p.contact_id), col(p.made_day), col(p.closed_day))
    statement = statement.where(col(p.owed_by) == Side.THEM, col(p.how) == Closing.KEPT, col(p.closed_day) <= until)
    found: dict[int, list[tuple[int, Event]]] = defaultdict(list)
    for row, made, closed in _some(connection, statement, col(p.contact_id), rows):
        found[row].append((made, Event(Moment(day_of(closed)), sign=True)))
    return found


def referred(connection: Connection, rows: Sequence[int], *, until: int) -> dict[int, list[Event]]:
    """Row of a contact → a sign for each referral they sent, where its day is known, up to and including a day."""
    r = tables.Referral
    statement = select(col(r.from_id), col(r.day)).where(col(r.day) <= until)
    found: dict[int, list[Event]] = defaultdict(list)
    for row, day in _some(connection, statement, col(r.from_id), rows):
        found[row].append(Event(Moment(day_of(day)), sign=True))
    return found


def sharers(connection: Connection, rows: Sequence[int] | None) -> list[Shares]:
    """Who shares an address with these contacts, or with anybody where `rows` is None, and has wishes about addresses."""
    w, mine, theirs, c = tables.Preference, tables.Address, aliased(tables.Address), tables.Contact
    wishing = select(col(w.contact_id)).where(col(w.kind).in_(ABOUT_AN_ADDRESS)).distinct()
    base = select(col(mine.contact_id), col(mine.kind), col(mine.key), col(c.id), col(c.code), col(c.name), col(c.timezone))
    base = base.join(theirs, and_(col(theirs.kind) == col(mine.kind), col(theirs.key) == col(mine.key)))
    base = base.join(c, col(c.id) == col(theirs.contact_id))
    base = base.where(col(theirs.contact_id) != col(mine.contact_id), col(theirs.contact_id).in_(wishing))
    found = _some(connection, base.order_by(col(c.folded), col(c.id)), col(mine.contact_id), rows)
    return [Shares(row[0], row[1], row[2], row[3], row[4], row[5], row[6]) for row in found]


def _used(connection: Connection, rows: Sequence[int] | None, until: int) -> dict[int, tuple[str, date]]:
    """Row of a contact → the channel of the last touch that was theirs or both sides', and its day.

    The last is that of the newest day; on it, by the clock where there is one, which stands behind those that have
    none; of what no clock tells apart, the one written last.
    """
    found: dict[int, tuple[tuple[int, bool, datetime, int], str]] = {}
    theirs = and_(col(P.direction) != Direction.OUT, col(P.day) <= until)
    ways: tuple[tuple[Any, Any], ...] = ((col(P.contact_id), P), (col(E.organisation_id), join(P, E, _AT_WORK)))
    for owner, source in ways:
        newest = select(owner.label("owner"), func.max(col(P.day)).label("day")).select_from(source).where(theirs)
        last = newest.group_by(owner).subquery()
        touch = select(owner, col(P.day), col(I.at), col(I.id), col(I.channel)).select_from(source).where(theirs)
        touch = touch.join(last, and_(last.c.owner == owner, last.c.day == col(P.day))).join(
            I, col(I.id) == col(P.interaction_id)
        )
        for row, day, at, number, channel in _some(connection, touch, owner, rows):
            place = (day, at is not None, at or _NO_CLOCK, number)
            if row not in found or found[row][0] < place:
                found[row] = place, channel
    return {row: (channel, day_of(place[0])) for row, (place, channel) in found.items()}


def _some(connection: Connection, base: Select[*tuple[Any, ...]], column: Any, rows: Sequence[int] | None) -> list[Any]:
    if rows is None:
        return list(connection.execute(base))
    found: list[Any] = []
    for start in range(0, len(rows), _MANY):
        found += connection.execute(base.where(column.in_(rows[start : start + _MANY])))
    return found
