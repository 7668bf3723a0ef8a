"""From the evidence of a book to the health of every contact."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from relcli.health.card import Health, Weights, health, trend
from relcli.health.components import Components, components
from relcli.health.evidence import Evidence
from relcli.health.promises import HELD_LEAST
from relcli.health.rhythms.adaptation import adapted
from relcli.health.rhythms.prior import Model
from relcli.health.statistics.tally import Tally
from relcli.health.status import status

TREND_DAYS = 90
NO_CAP = 100.0


@dataclass(frozen=True, slots=True)
class Assessment(Components):
    """A whole book at the end of day `as_of`, arrays aligned by contact. Unknown is NaN.

    Beside the components `marks` has what counts of them, by name; `status` are places in `STATUSES`. `model` is what
    the book has taught about rhythms. `trend` is health now less health 90 days before, in points.
    """

    as_of: int
    evidence: Evidence
    weights: Weights
    model: Model
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

    def range_of(self, name: str, position: int) -> tuple[float, float]:
        """The 80 % range of one known component but rhythm, for one contact, 0-100."""
        return self.voice.range_of(position) if name == "voice" else self.tallies[name].range_of(position)


def assess(
    evidence: Evidence,
    as_of: int,
    *,
    horizon: int | None = None,
    weights: Weights | None = None,
    model: Model | None = None,
) -> Assessment:
    """The health of every contact at the end of day `as_of`; records of later days do not count.

    `model` is what the book has taught about rhythms; without it, it is learnt from what happened until `as_of`.
    `horizon` in days is the same for all, None lets each contact's rhythm decide. Raises ValueError where the
    arrays of the evidence differ in size or the horizon is outside 1 … 3650.
    """
    size = evidence.signs.size
    others = (evidence.transactions.size, evidence.archived.size, evidence.loyalty_applies.size)
    if any(other != size for other in others):
        raise ValueError(f"evidence of {size} contacts beside {others}")
    weights = weights or Weights()
    # Learnt once: what the book teaches today is no reason for a trend.
    model = model or adapted(evidence.signs, as_of, horizon)
    now = components(evidence, as_of, horizon, model=model)
    then = components(evidence, as_of - TREND_DAYS, horizon, model=model, detail=False)
    grave = np.where(now.terms.harmed | now.voice.unhappy, HELD_LEAST, NO_CAP)
    # A closed card has its components, but no health.
    closed = evidence.archived | now.distance.barred
    cap = np.where(closed, np.nan, np.minimum(now.promises.cap, grave))
    found = health(now.marks, weights, now.rhythm.n, cap)
    found = replace(found, unheld=np.where(closed, np.nan, found.unheld))
    before = health(then.marks, weights, then.rhythm.n, np.where(closed | then.distance.barred, np.nan, NO_CAP))
    both = ~np.isnan(found.value) & ~np.isnan(before.value)
    change = trend(now.marks, then.marks, weights, both)
    first_age = as_of - evidence.signs.until(as_of).first
    word = status(
        owed=now.promises.overdue_days > 0,
        closed=closed,
        unhappy=now.voice.unfollowed,
        crowded=now.terms.crowded,
        none=now.distance.none,
        arms_length=now.distance.arms_length,
        rhythm=now.rhythm,
        first_age=first_age,
        health=found.value,
        trend=change,
    )
    of_today = {f.name: getattr(now, f.name) for f in fields(now)}
    return Assessment(
        **of_today,
        as_of=as_of,
        evidence=evidence,
        weights=weights,
        model=model,
        health=found,
        trend=change,
        first_age=first_age,
        status=word,
    )
