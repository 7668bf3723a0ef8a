"""The portfolio: what the year rests on, what of it is at stake, whom we need more than they need us, what is planned."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from relcli.actions.assessments import Assessed
from relcli.actions.desk import Desk
from relcli.domain.circumstance import Circumstance, Dependence, dependence
from relcli.domain.contact import Contact
from relcli.domain.moment import day_of
from relcli.domain.money import Money
from relcli.domain.transaction import PURCHASES, SALES, TransactionKind
from relcli.health.bonds import bonds, worth_growing
from relcli.health.portfolio import Spread, nets, spread
from relcli.health.status import STATUSES, Status
from relcli.store import circumstances, contacts, forgetting
from relcli.store.evidence import Traded, traded

if TYPE_CHECKING:
    from sqlalchemy import Connection

YEAR = 365
_AT_RISK = STATUSES.index(Status.AT_RISK)

Holder = Callable[[Traded], int]  # whose a trade is


@dataclass(frozen=True, slots=True)
class Stake:
    """What somebody's year came to, and how much of it is at stake: times the chance that they fall silent, in percent."""

    contact: Contact
    value: Money
    silent_risk: float

    @property
    def at_stake(self) -> Money:
        """The value times the chance."""
        return Money(round(self.value.minor * self.silent_risk / 100.0), self.value.currency)


@dataclass(frozen=True, slots=True)
class Flow:
    """One side of the year's trade, by currency, the book's own first: sales, less refunds, or purchases, less credits.

    `by_organisation` counts people with the organisation they worked for that day, `by_contact` every record where it
    was written. `at_risk` are those whose status is at-risk, the most at stake first.
    """

    by_organisation: tuple[Spread, ...]
    by_contact: tuple[Spread, ...]
    at_risk: tuple[Stake, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """Somebody we depend on more than they on us, and their share of the year's sales and purchases, by currency."""

    contact: Contact
    dependence: Dependence
    sales: tuple[tuple[str, float], ...]
    purchases: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A relationship worth growing for which nothing is planned; `stake` is None where nothing was traded in a year."""

    contact: Contact
    stake: Stake | None


@dataclass(frozen=True, slots=True)
class Growth:
    """Relationships worth growing, how many of them have a plan, and those without one, the most at stake first."""

    worth: int
    planned: int
    unplanned: tuple[Unplanned, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the year from `since` to `until` says of the whole book; `names` are everybody's, by row."""

    since: date
    until: date
    sales: Flow
    purchases: Flow
    leaning: tuple[Leaning, ...]
    growth: Growth
    names: dict[int, Contact]


def portfolio(connection: Connection, desk: Desk, assessed: Assessed) -> Portfolio:
    """The portfolio of a book that was assessed, over the 365 days to the day assessed."""
    until = assessed.assessment.as_of
    since = until - YEAR + 1
    trades = traded(connection, since=since, until=until)
    employer, nobody = _employer(connection), forgetting.nobody(connection)
    risks = dict(zip((c.row for c in assessed.contacts), assessed.assessment.rhythm.silent_risk.tolist(), strict=True))
    people = {contact.row: contact for contact in assessed.contacts}
    at_risk = {c.row for c, word in zip(assessed.contacts, assessed.assessment.status.tolist(), strict=True) if word == _AT_RISK}
    flows = []
    for signs in (SALES, PURCHASES):
        own = _spreads(trades, signs, lambda one: one.contact, nobody, desk)
        stakes = [
            Stake(people[one.holder], Money(one.amount, each.currency), risks[one.holder])
            for each in own
            for one in each.slices
            if one.holder in at_risk
        ]
        currencies = [each.currency for each in own]
        stakes.sort(key=lambda stake: (currencies.index(stake.value.currency), -stake.at_stake.minor, stake.contact.id))
        flows.append(Flow(_spreads(trades, signs, employer, nobody, desk), own, tuple(stakes)))
    sales, purchases = flows
    return Portfolio(
        day_of(since),
        day_of(until),
        sales,
        purchases,
        tuple(_leaning(circumstances.everything(connection), assessed, sales, purchases)),
        growth(connection, desk, assessed, trades),
        people,
    )


def growth(connection: Connection, desk: Desk, assessed: Assessed, trades: Sequence[Traded] | None = None) -> Growth:
    """Which relationships are worth growing, and which of them nobody planned for.

    A person and the organisation they work for are one of them, the organisation where it is worth growing itself; a plan
    for either is a plan for both. `trades` are those of the year, where they were read already.
    """
    a = assessed.assessment
    if trades is None:
        trades = traded(connection, since=a.as_of - YEAR + 1, until=a.as_of)
    barred = {assessed.contacts[i].id for i in np.flatnonzero(a.distance.barred)}
    fit = {
        assessed.contacts[i].id: i
        for i in np.flatnonzero(worth_growing(a, bonds(a))).tolist()
        if assessed.contacts[i].works_for not in barred
    }
    worth = {code: i for code, i in fit.items() if assessed.contacts[i].works_for not in fit}
    staffed = {str(c.works_for) for c in assessed.contacts if c.works_for and c.id in assessed.plans}
    without = [
        i
        for code, i in worth.items()
        if code not in assessed.plans and code not in staffed and assessed.contacts[i].works_for not in assessed.plans
    ]
    values = _values(connection, trades)
    found = [Unplanned(assessed.contacts[i], _stake(assessed, i, values, desk)) for i in without]
    found.sort(key=lambda one: _by_stake(one, desk))
    return Growth(len(worth), len(worth) - len(found), tuple(found))


def _by_stake(one: Unplanned, desk: Desk) -> tuple[bool, str, int, str]:
    """Money ranks within one currency alone, the book's own first."""
    currency = one.stake.value.currency if one.stake else ""
    return currency != desk.book.currency, currency or "~", -one.stake.at_stake.minor if one.stake else 0, one.contact.id


def _stake(assessed: Assessed, i: int, values: dict[int, list[tuple[int, Money]]], desk: Desk) -> Stake | None:
    """The value of one contact in the currency of most days of trade, at the chance that they fall silent."""
    contact, risk = assessed.contacts[i], float(assessed.assessment.rhythm.silent_risk[i])
    mine = values.get(contact.row)
    if not mine or math.isnan(risk):
        return None
    _, value = max(mine, key=lambda pair: (pair[0], pair[1].currency == desk.book.currency, pair[1].currency))
    return Stake(contact, value, risk)


def _values(connection: Connection, trades: Iterable[Traded]) -> dict[int, list[tuple[int, Money]]]:
    """Row of a contact → days of trade and value in each currency: sales, or purchases where there are none.

    An organisation has what its people traded while they worked for it, besides its own.
    """
    employer = _employer(connection)
    found: dict[int, list[tuple[int, Money]]] = {}
    for signs in (PURCHASES, SALES):  # sales stand in place of purchases
        entries, days = [], defaultdict(set)
        for one in trades:
            if one.kind in signs:
                for holder in {one.contact, employer(one)}:
                    entries.append((holder, one.currency, signs[one.kind] * one.amount))
                    days[holder, one.currency].add(one.day)
        side: dict[int, list[tuple[int, Money]]] = defaultdict(list)
        for currency, held in nets(entries).items():
            for holder, net in held.items():
                if net:
                    side[holder].append((len(days[holder, currency]), Money(net, currency)))
        found |= side
    return found


def _spreads(
    trades: Iterable[Traded], signs: dict[TransactionKind, int], holder: Holder, nobody: int | None, desk: Desk
) -> tuple[Spread, ...]:
    held = nets((holder(one), one.currency, signs[one.kind] * one.amount) for one in trades if one.kind in signs)
    found = (spread(currency, held[currency], nobody) for currency in sorted(held, key=lambda c: (c != desk.book.currency, c)))
    return tuple(one for one in found if one.total)


def _employer(connection: Connection) -> Holder:
    """Whose a trade is when people count with the organisation they worked for that day."""
    jobs: dict[int, list[tuple[int, int | None, int | None]]] = defaultdict(list)
    for person, organisation, begin, end in contacts.employments(connection):
        jobs[person].append((organisation, begin, end))

    def holder(one: Traded) -> int:
        at_work = (
            organisation
            for organisation, begin, end in jobs.get(one.contact, ())
            if (begin is None or one.day >= begin) and (end is None or one.day < end)
        )
        return next(at_work, one.contact)

    return holder


def _leaning(known: Iterable[Circumstance], assessed: Assessed, sales: Flow, purchases: Flow) -> Iterable[Leaning]:
    """Whom we depend on more than they on us, by how much, the furthest first; nobody who is set aside."""
    today = day_of(assessed.assessment.as_of)
    by_contact: dict[str, list[Circumstance]] = defaultdict(list)
    for one in known:
        by_contact[one.contact].append(one)
    found = []
    for i, contact in enumerate(assessed.contacts):
        both = dependence(by_contact.get(contact.id, ()), today)
        if both.balance is not None and both.balance < 0 and not assessed.assessment.evidence.archived[i]:
            found.append(Leaning(contact, both, _shares(sales, contact.row), _shares(purchases, contact.row)))
    return sorted(found, key=lambda one: (one.dependence.balance or 0.0, one.contact.id))


def _shares(flow: Flow, row: int) -> tuple[tuple[str, float], ...]:
    return tuple((each.currency, one.share) for each in flow.by_organisation for one in each.slices if one.holder == row)
