"""Loyalty: do they come back, and send others?

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relcli.health.ledger import Ledger
from relcli.health.rhythms.gaps import usual_gaps
from relcli.health.statistics.tally import YEAR, Tally, aged

SHORTEST_TURN = 30.0  # days
SHORTEST_FIRST_TURN = 90.0  # while there is one transaction day only
MOST_MISSED = 5.0
START = 0.5

Referrals = tuple[NDArray[np.int64], NDArray[np.int64]]  # who sent somebody, and on which day


@dataclass(frozen=True, slots=True)
class Loyalty:
    """Per contact: the tally, the usual gap of its transaction days (`turn`), and what the sentence needs.

    Days; `first_age` and `last_age` are NaN without a transaction. `sent` counts the referrals they sent.
    """

    tally: Tally
    turn: NDArray[np.float64]
    count: NDArray[np.int64]
    first_age: NDArray[np.float64]
    last_age: NDArray[np.float64]
    sent: NDArray[np.int64]


def loyalty(transactions: Ledger, as_of: int, referrals: Referrals | None = None) -> Loyalty:
    """Successes are aged returns and aged referrals, failures the turns missed since the last transaction day, five at most.

    `transactions` holds days with a sale (or, for suppliers, a purchase), `referrals` who sent somebody, and when;
    days after `as_of` do not count.
    """
    seen = transactions.until(as_of)
    gaps = usual_gaps(seen)
    count = seen.counts
    turn = np.maximum(gaps.usual, SHORTEST_TURN)
    turn[count == 1] = max(SHORTEST_FIRST_TURN, 2.0 * max(gaps.book, SHORTEST_TURN))
    owner = seen.owners
    weight = aged((as_of - seen.days).astype(np.float64), np.maximum(YEAR, 2.0 * turn)[owner])
    returned = np.ones(owner.size, np.bool_)
    returned[seen.start[:-1][count > 0]] = False
    successes = np.bincount(owner[returned], weight[returned], seen.size).astype(np.float64)
    last_age = as_of - seen.last
    missed = np.clip(last_age / turn - 1.0, 0.0, MOST_MISSED)
    failures = np.where(count > 0, missed, 0.0)
    senders, days = referrals or (np.empty(0, np.int64), np.empty(0, np.int64))
    senders, ages = senders[days <= as_of], as_of - days[days <= as_of]
    successes += np.bincount(senders, aged(ages.astype(np.float64)), seen.size)
    sent = np.bincount(senders, minlength=seen.size).astype(np.int64)
    return Loyalty(Tally(successes, failures, START), turn, count, as_of - seen.first, last_age, sent)
