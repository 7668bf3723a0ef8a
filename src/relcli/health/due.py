"""What they may need next: items taken again and again, and the day on which the next turn would fall."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relcli.domain.moment import day_number, day_of
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.health.ledger import Ledger
from relcli.health.rhythms.gaps import usual_gaps
from relcli.text import folded

LEAST = 3  # days on which an item was taken before it is a habit
OVER = 3  # usual gaps of silence after which it is no habit any more


@dataclass(frozen=True, slots=True)
class DueItem:
    """An item they take: as it was written last, on how many days, the last of them, usually how many days apart."""

    item: str
    times: int
    last: date
    gap: int
    due: date


def due_items(transactions: Iterable[Transaction], today: date) -> tuple[DueItem, ...]:
    """The items of sales up to `today` taken on three days or more, the one due first before the others.

    The usual gap is that of `health.gaps`, at least a day; spelling counts without case and accents. An item not
    taken for three usual gaps is left out: they have stopped.
    """
    taken: dict[str, dict[date, str]] = {}
    for sale in sorted(transactions, key=lambda t: (t.when.day, t.number)):
        if sale.kind is TransactionKind.SALE and sale.item.strip() and sale.when.day <= today:
            taken.setdefault(folded(" ".join(sale.item.split())), {})[sale.when.day] = sale.item
    habits = [days for days in taken.values() if len(days) >= LEAST]
    if not habits:
        return ()
    owner = [place for place, days in enumerate(habits) for _ in days]
    gaps = usual_gaps(Ledger.of(owner, [day_number(day) for days in habits for day in days], len(habits))).usual
    found = [_due(days, max(1, math.ceil(gap))) for days, gap in zip(habits, gaps.tolist(), strict=True)]
    going = (item for item in found if (today - item.last).days <= OVER * item.gap)
    return tuple(sorted(going, key=lambda item: (item.due, folded(item.item))))


def _due(days: dict[date, str], gap: int) -> DueItem:
    last = max(days)
    return DueItem(days[last], len(days), last, gap, day_of(day_number(last) + gap))
