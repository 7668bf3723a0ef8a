"""From the evidence of a book to the health of every contact."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from relcli.health.card import Health, Weights, health, trend
from relcli.health.components import components
from relcli.health.distance import Distance
from relcli.health.evidence import Evidence
from relcli.health.loyalty import Loyalty
from relcli.health.marks import Marks
from relcli.health.promises import HELD_LEAST, Promises
from relcli.health.reciprocity import Reciprocity
from relcli.health.rhythm import Rhythm
from relcli.health.status import status
from relcli.health.tally import Tally
from relcli.health.terms import Terms

TREND_DAYS = 90
NO_CAP = 100.0


@dataclass(frozen=True, slots=True)
class Assessment:
    """A whole book at the end of day `as_of`, arrays aligned by contact. Unknown is NaN.

    `marks` has the six components by name, in the order of `NAMES`; `status` are places in `STATUSES`.
    `trend` is health now less health 90 days before, in points.
    """

    as_of: int
    evidence: Evidence
    weights: Weights
    rhythm: Rhythm
    distance: Distance
    terms: Terms
    reciprocity: Reciprocity
    promises: Promises
    loyalty: Loyalty
    marks: dict[str, Marks]
    health: Health
    trend: NDArray[np.float64]
    first_age: NDArray[np.float64]
    status: NDArray[np.int8]

    @property
    def tallies(self) -> dict[str, Tally]:
        """The components that are tallies."""
        return {
            "terms": self.terms.tally,
            "reciprocity": self.reciprocity.tally,
            "promises": self.promises.tally,
            "loyalty": self.loyalty.tally,
        }


def assess(evidence: Evidence, as_of: int, *, horizon: int | None = None, weights: Weights | None = None) -> Assessment:
    """The health of every contact at the end of day `as_of`; records of later days do not count.

    `horizon` in days is the same for all, None lets each contact's rhythm decide. Raises ValueError where the
    arrays of the evidence differ in size or the horizon is outside 1 … 3650.
    """
    size = evidence.signs.size
    others = (evidence.transactions.size, evidence.archived.size, evidence.loyalty_applies.size)
    if any(other != size for other in others):
        raise ValueError(f"evidence of {size} contacts beside {others}")
    weights = weights or Weights()
    now = components(evidence, as_of, horizon)
    then = components(evidence, as_of - TREND_DAYS, horizon, detail=False)
    harmed = np.where(now.terms.harmed, HELD_LEAST, NO_CAP)
    # A closed card has its components, but no health.
    closed = evidence.archived | now.distance.barred
    cap = np.where(closed, np.nan, np.minimum(now.promises.cap, harmed))
    found = health(now.marks, weights, now.rhythm.n, cap)
    found = replace(found, unheld=np.where(closed, np.nan, found.unheld))
    before = health(then.marks, weights, then.rhythm.n, np.where(closed | then.distance.barred, np.nan, NO_CAP))
    both = ~np.isnan(found.value) & ~np.isnan(before.value)
    change = trend(now.marks, then.marks, weights, both)
    first_age = as_of - evidence.signs.until(as_of).first
    word = status(
        owed=now.promises.overdue_days > 0,
        closed=closed,
        crowded=now.terms.crowded,
        none=now.distance.none,
        arms_length=now.distance.arms_length,
        rhythm=now.rhythm,
        first_age=first_age,
        unheld=found.unheld,
        trend=change,
    )
    return Assessment(
        as_of, evidence, weights, now.rhythm, now.distance, now.terms, now.reciprocity, now.promises, now.loyalty,
        now.marks, found, change, first_age, word,
    )  # fmt: skip
