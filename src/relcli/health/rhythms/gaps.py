"""The usual gap: how many days normally pass between two signs of a contact.

The formula is explained in docs/explanation/metric.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relcli.health.ledger import Ledger

UNKNOWN_BOOK = 60.0  # days, where not one contact has two signs
ENOUGH_GAPS = 4
REGULAR = 1.0  # largest coefficient of variation at which a plain median tells the rhythm


@dataclass(frozen=True, slots=True)
class UsualGaps:
    """Per contact: the usual gap in days (never NaN), and the range most gaps lie in.

    `low` and `high` are the 10 % and 90 % points of the contact's own gaps, weighted as the usual gap itself
    is: each gap alike, or by its length. They are NaN where the gap is borrowed from the book, which
    `borrowed` tells. `book` is the median usual gap of all contacts that have one.
    """

    usual: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    borrowed: NDArray[np.bool_]
    book: float


def usual_gaps(signs: Ledger, floor: NDArray[np.float64] | None = None) -> UsualGaps:
    """The usual gap of every contact of the ledger.

    With four gaps or more whose standard deviation (dividing by their number) is at most their mean, the
    median gap; else the smallest gap such that gaps no longer than it fill half the time between first and
    last day. Contacts with fewer than two days borrow the book's median, 60 days if nobody has two. `floor`,
    if given, is the least usual gap per contact in days (a stated cadence), NaN for none.
    """
    owner, gap, start = signs.gaps()
    count = np.diff(start)
    known = count > 0
    usual, low, high = (np.full(signs.size, np.nan) for _ in range(3))
    if gap.size:
        # Ordered by contact, then length, through one combined number.
        width = int(gap.max()) + 1
        ordered = np.sort(owner * width + gap) % width
        total = np.bincount(owner, weights=gap, minlength=signs.size)
        mean = total / np.maximum(count, 1)
        spread = np.bincount(owner, weights=(gap - mean[owner]) ** 2, minlength=signs.size) / np.maximum(count, 1)
        plain = (count >= ENOUGH_GAPS) & (spread <= (REGULAR * mean) ** 2)
        timed = known & ~plain
        usual[plain] = _median(ordered, start[:-1][plain], count[plain])
        low[plain] = ordered[start[:-1][plain] + (0.1 * (count[plain] - 1)).round().astype(np.int64)]
        high[plain] = ordered[start[:-1][plain] + (0.9 * (count[plain] - 1)).round().astype(np.int64)]
        filled = np.cumsum(ordered)
        before = np.concatenate(([0], filled))[start[:-1][timed]]
        for target, share in ((usual, 0.5), (low, 0.1), (high, 0.9)):
            # Over all contacts the filled time only grows, so that one search finds every contact's place.
            target[timed] = ordered[np.searchsorted(filled, before + np.ceil(share * total[timed]))]
    book = float(np.median(usual[known])) if known.any() else UNKNOWN_BOOK
    usual[~known] = book
    if floor is not None:
        raised = usual < floor
        usual = np.fmax(usual, floor)
        low[raised] = high[raised] = np.nan  # the cadence they wish is no range of what was
    return UsualGaps(usual, low, high, ~known, book)


def _median(ordered: NDArray[np.int64], start: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.float64]:
    lower, upper = ordered[start + (count - 1) // 2], ordered[start + count // 2]
    return np.asarray((lower + upper) / 2, dtype=np.float64)
