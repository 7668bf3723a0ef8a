"""Sales as the outcome of an initiative: what they bought less what went back to them, in one currency."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from relcli.actions.assessments import Known
from relcli.actions.desk import Desk
from relcli.domain.currency import minor_places
from relcli.domain.initiative import before
from relcli.domain.moment import day_number
from relcli.domain.money import Money
from relcli.domain.transaction import SALES, Transaction, TransactionKind
from relcli.store import transactions

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

_EVER = 10**9  # days
Pairs = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sales:
    """By place of a contact, in minor units of `currency`: what they bought before and after, not below zero.

    `others` are the sums in other currencies, which are not in it.
    """

    currency: str
    sums: Pairs
    others: tuple[Money, ...]
    size: int

    def outcomes(self, places: Mapping[str, int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Before and after for every contact, in whole units; who bought nothing has nought."""
        unit = 10 ** minor_places(self.currency)
        found = np.zeros((2, self.size))
        for place in places.values():
            found[:, place] = np.maximum(self.sums.get(place, (0, 0)), 0) / unit
        return found[0], found[1]


def sales_of(connection: Connection, desk: Desk, known: Known, places: Mapping[str, int], window: tuple[date, date]) -> Sales:
    """The sales to these contacts in the window and in as many days before it.

    The currency is that of most days with a sale, of equals the book's. An organisation has what its people bought while
    they worked for it.
    """
    owners = _owners(known, places)
    since, until = day_number(before(window)[0]), day_number(window[1])
    by_code = {known.contacts[i].id: int(row) for i, row in enumerate(known.rows)}
    found: list[tuple[Transaction, list[int]]] = []
    for one in transactions.of_contacts(connection, sorted(owners), since=since, until=until):
        day = day_number(one.when.day)
        held = [place for place, begin, end in owners[by_code[one.contact]] if begin <= day < end]
        if one.kind in SALES and held:
            found.append((one, held))
    currency = _main(found, desk.book.currency)
    sums: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    others: Counter[str] = Counter()
    for one, held in found:
        amount = SALES[one.kind] * one.money.minor
        if one.money.currency != currency:
            others[one.money.currency] += amount
            continue
        for place in held:
            then, now = sums[place]
            sums[place] = (then, now + amount) if one.when.day >= window[0] else (then + amount, now)
    return Sales(currency, dict(sums), tuple(Money(minor, code) for code, minor in sorted(others.items())), len(known.contacts))


def _owners(known: Known, places: Mapping[str, int]) -> dict[int, list[tuple[int, int, int]]]:
    """Row of a contact → for whom its sales count, by place: from which day, and before which."""
    wanted = set(places.values())
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for place in wanted:
        found[int(known.rows[place])].append((place, -_EVER, _EVER))
    for person, organisation, begin, end in known.jobs:
        employer = int(np.searchsorted(known.rows, organisation))
        if employer in wanted:
            found[person].append((employer, -_EVER if begin is None else begin, _EVER if end is None else end))
    return found


def _main(found: Sequence[tuple[Transaction, list[int]]], own: str) -> str:
    """The currency of most days with a sale; of equals, and of none, the book's own."""
    days = {
        (one.money.currency, place, one.when.day) for one, held in found for place in held if one.kind is TransactionKind.SALE
    }
    counts = Counter(currency for currency, _, _ in days)
    return max(counts, key=lambda code: (counts[code], code == own, code), default=own)
