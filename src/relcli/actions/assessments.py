"""The whole book assessed at the end of a day: the facts read, the metric asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from relcli.actions.desk import Desk
from relcli.domain.contact import Contact, Kind
from relcli.domain.interaction import Direction
from relcli.domain.transaction import TransactionKind
from relcli.health.assess import Assessment, Evidence, assess
from relcli.health.card import Weights
from relcli.health.ledger import Ledger
from relcli.store import contacts, evidence

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

_BUYERS = frozenset({"customer", "prospect"})
_OUT = evidence.DIRECTIONS.index(Direction.OUT)
_IN = evidence.DIRECTIONS.index(Direction.IN)
_SALE = evidence.KINDS.index(TransactionKind.SALE)
_PURCHASE = evidence.KINDS.index(TransactionKind.PURCHASE)


@dataclass(frozen=True, slots=True)
class Assessed:
    """Every contact of the book, by row number, and what the metric says of each; arrays are aligned with them.

    `last_in` and `last_out` are days (NaN: never) of the newest sign of life and the newest touch of ours.
    """

    contacts: tuple[Contact, ...]
    assessment: Assessment
    last_in: NDArray[np.float64]
    last_out: NDArray[np.float64]


def assess_book(connection: Connection, desk: Desk, *, as_of: int, horizon: int | None) -> Assessed:
    """Read what happened by the end of day `as_of` and assess every contact of the book.

    An organisation has what its people did while they worked for it.
    """
    people = tuple(sorted(contacts.everyone(connection), key=lambda c: c.row))
    rows = np.array([c.row for c in people], dtype=np.int64)
    touches = evidence.touches(connection, until=as_of)
    trades = evidence.trades(connection, until=as_of)
    jobs = contacts.employments(connection)

    touch_who, touch = _with_employers(touches.contact, touches.day, rows, jobs)
    trade_who, trade = _with_employers(trades.contact, trades.day, rows, jobs)
    touch_day, direction = touches.day[touch], touches.direction[touch]
    trade_day, kind = trades.day[trade], trades.kind[trade]

    alive = direction != _OUT
    bought = (kind == _SALE) | (kind == _PURCHASE)
    signs = Ledger.of(
        np.concatenate([touch_who[alive], trade_who[bought]]),
        np.concatenate([touch_day[alive], trade_day[bought]]),
        len(people),
    )
    sells, buys = _sides(people)
    counts = ((kind == _SALE) & sells[trade_who]) | ((kind == _PURCHASE) & buys[trade_who])
    turns = Ledger.of(trade_who[counts], trade_day[counts], len(people))

    facts = Evidence(
        signs=signs,
        transactions=turns,
        archived=np.array([c.archived is not None for c in people], dtype=np.bool_),
        loyalty_applies=_loyalty_applies(people, np.bincount(trade_who, minlength=len(people)), jobs, rows),
        purchases=_purchases(people, trade_who, kind, sells, buys),
    )
    weights = Weights(**desk.settings.health.weights.model_dump())
    return Assessed(
        people,
        assess(facts, as_of, horizon=horizon, weights=weights),
        last_in=_newest(
            np.concatenate([touch_who[alive], trade_who[bought]]),
            np.concatenate([touch_day[alive], trade_day[bought]]),
            len(people),
        ),
        last_out=_newest(touch_who[direction != _IN], touch_day[direction != _IN], len(people)),
    )


def _with_employers(
    who: NDArray[np.int64], day: NDArray[np.int64], rows: NDArray[np.int64], jobs: list[tuple[int, int, int | None, int | None]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of contacts and of records: each record for its own contact, and again for the employer of that day."""
    position = np.searchsorted(rows, who)
    owners, records = [position], [np.arange(who.size)]
    for person, organisation, begin, end in jobs:
        first, last = np.searchsorted(who, person), np.searchsorted(who, person, side="right")
        mine = np.arange(first, last)
        if begin is not None:
            mine = mine[day[mine] >= begin]
        if end is not None:
            mine = mine[day[mine] < end]
        owners.append(np.full(mine.size, np.searchsorted(rows, organisation)))
        records.append(mine)
    return np.concatenate(owners), np.concatenate(records)


def _sides(people: tuple[Contact, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For whom sales are turns, and for whom purchases: by role, both where the roles do not tell."""
    customer = np.array([bool(_BUYERS & set(c.roles)) for c in people], dtype=np.bool_)
    supplier = np.array(["supplier" in c.roles for c in people], dtype=np.bool_)
    return customer | ~supplier, supplier | ~customer


def _purchases(
    people: tuple[Contact, ...],
    who: NDArray[np.int64],
    kind: NDArray[np.int64],
    sells: NDArray[np.bool_],
    buys: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """With whom the turns are purchases of ours, in the words of the card."""
    sales = np.bincount(who[kind == _SALE], minlength=len(people))
    bought = np.bincount(who[kind == _PURCHASE], minlength=len(people))
    return buys & (~sells | (bought > sales))


def _loyalty_applies(
    people: tuple[Contact, ...],
    trades: NDArray[np.int64],
    jobs: list[tuple[int, int, int | None, int | None]],
    rows: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Who may come back: buyers, suppliers, whoever traded; not people whose organisation does the trading."""
    roles = np.array([bool((_BUYERS | {"supplier"}) & set(c.roles)) for c in people], dtype=np.bool_)
    applies = roles | (trades > 0)
    for person, organisation, _, end in jobs:
        here, there = np.searchsorted(rows, person), np.searchsorted(rows, organisation)
        if end is None and people[here].kind is Kind.PERSON and not trades[here] and trades[there]:
            applies[here] = False
    return applies


def _newest(who: NDArray[np.int64], day: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    newest = np.full(size, -np.inf)
    np.maximum.at(newest, who, day.astype(np.float64))
    return np.where(np.isinf(newest), np.nan, newest)
