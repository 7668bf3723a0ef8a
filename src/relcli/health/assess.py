"""From the evidence of a book to the health of every contact, and to one contact's card."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from relcli.health import words
from relcli.health.card import Health, Weights, health, trend
from relcli.health.ledger import Ledger
from relcli.health.loyalty import Loyalty, loyalty
from relcli.health.marks import NAMES, Marks
from relcli.health.rhythm import Rhythm, rhythm
from relcli.health.status import STATUSES, Status, status

EIGHTY_WIDTH = 2.563  # standard deviations between the ends of an 80 % range
TREND_DAYS = 90
NO_CAP = 100.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the records of a book say, arrays aligned by contact; all of the same size n.

    `signs` are days with a sign of life, `transactions` days with a sale (or, for suppliers, a purchase;
    `purchases` tells for which contacts, None for nobody). Both may reach beyond the day assessed.
    """

    signs: Ledger
    transactions: Ledger
    archived: NDArray[np.bool_]
    loyalty_applies: NDArray[np.bool_]
    purchases: NDArray[np.bool_] | None = None


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
    loyalty: Loyalty
    marks: dict[str, Marks]
    health: Health
    trend: NDArray[np.float64]
    first_age: NDArray[np.float64]
    status: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a card.

    `value`, `low`, `high` are 0-100 and None where unknown or where it does not apply.
    """

    name: str
    value: float | None
    applies: bool
    low: float | None
    high: float | None
    reliability: float
    weight: float
    evidence: int
    newest_age: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One contact's card in plain values: 0-100, days as whole numbers since 1970-01-01, None unknown."""

    as_of: int
    status: Status
    health: float | None
    health_unheld: float | None
    low: float | None
    high: float | None
    coverage: float
    trend: float | None
    components: tuple[Component, ...]
    silent_risk: float | None
    expected: float | None
    expected_next: int | None
    usual_gap: float | None
    gap_low: float | None
    gap_high: float | None
    silent: int | None
    horizon_days: int
    own_horizon: int
    silence: str
    reason: str
    next_step: str


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
    beats = rhythm(evidence.signs, as_of, horizon)
    returns = loyalty(evidence.transactions, as_of)
    marks = _marks(evidence, beats, returns)
    # A closed card has its components, but no health.
    cap = np.where(evidence.archived, np.nan, NO_CAP)
    now = health(marks, weights, beats.n, cap)
    now = replace(now, unheld=np.where(evidence.archived, np.nan, now.unheld))
    earlier = as_of - TREND_DAYS
    beats_then = rhythm(evidence.signs, earlier, horizon, detail=False)
    marks_then = _marks(evidence, beats_then, loyalty(evidence.transactions, earlier))
    then = health(marks_then, weights, beats_then.n, cap)
    both = ~np.isnan(now.value) & ~np.isnan(then.value)
    change = trend(marks, marks_then, weights, both)
    first_age = as_of - evidence.signs.until(as_of).first
    found = status(archived=evidence.archived, rhythm=beats, first_age=first_age, unheld=now.unheld, trend=change)
    return Assessment(as_of, evidence, weights, beats, returns, marks, now, change, first_age, found)


def scorecard(assessment: Assessment, i: int, *, ranges: bool = True) -> Scorecard:
    """The card of the contact at position `i`; without `ranges` the tallies get none, which is much quicker."""
    beats, as_of = assessment.rhythm, assessment.as_of
    word = STATUSES[assessment.status[i]]
    signs = int(beats.n[i])
    low, high = _plain(beats.gap_low[i]), _plain(beats.gap_high[i])
    silent = words.silence(signs, float(beats.silent[i]), float(beats.usual_gap[i]), low, high) if signs else ""
    of_rhythm = words.rhythm(silent, signs, _plain(beats.value[i]), as_of + int(beats.horizon[i]), as_of)
    facts = words.Facts(
        as_of=as_of,
        signs=signs,
        silent=silent,
        rhythm=of_rhythm,
        first_age=_plain(assessment.first_age[i]),
        risk=_plain(beats.silent_risk[i]),
        coverage=float(assessment.health.coverage[i]),
        expected_next=_whole(beats.expected_next[i]),
    )
    return Scorecard(
        as_of=as_of,
        status=word,
        health=_plain(assessment.health.value[i]),
        health_unheld=_plain(assessment.health.unheld[i]),
        low=_plain(assessment.health.low[i]),
        high=_plain(assessment.health.high[i]),
        coverage=facts.coverage,
        trend=_plain(assessment.trend[i]),
        components=tuple(_component(assessment, name, i, of_rhythm, ranges=ranges) for name in NAMES),
        silent_risk=facts.risk,
        expected=_plain(beats.expected[i]),
        expected_next=facts.expected_next,
        usual_gap=float(beats.usual_gap[i]) if signs > 1 else None,
        gap_low=low,
        gap_high=high,
        silent=_whole(beats.silent[i]),
        horizon_days=int(beats.horizon[i]),
        own_horizon=int(beats.own_horizon[i]),
        silence=silent,
        reason=words.reason(word, facts),
        next_step=words.next_step(word, facts),
    )


def _marks(evidence: Evidence, beats: Rhythm, returns: Loyalty) -> dict[str, Marks]:
    size = evidence.signs.size
    of_rhythm = Marks(
        applies=np.ones(size, np.bool_),
        value=beats.value,
        counts=beats.standing,
        variance=((beats.standing_high - beats.standing_low) / EIGHTY_WIDTH) ** 2,
        reliability=np.where(np.isnan(beats.value), 0.0, 1.0),
        evidence=beats.n,
        newest_age=beats.silent,
    )
    found = {name: Marks.unknown(size) for name in NAMES}
    found["rhythm"] = of_rhythm
    found["loyalty"] = Marks.of_tally(returns.tally, evidence.loyalty_applies, returns.count, returns.last_age)
    return found


def _component(assessment: Assessment, name: str, i: int, of_rhythm: str, *, ranges: bool) -> Component:
    mark = assessment.marks[name]
    applies, known = bool(mark.applies[i]), bool(mark.known[i])
    low: float | None = None
    high: float | None = None
    reason = "not measured yet"
    if name == "rhythm":
        low, high = _plain(assessment.rhythm.low[i]), _plain(assessment.rhythm.high[i])
        reason = of_rhythm
    elif name == "loyalty":
        returns, purchases = assessment.loyalty, assessment.evidence.purchases
        if known and ranges:
            low, high = returns.tally.range_of(i)
        reason = words.loyalty(
            int(returns.count[i]),
            float(returns.first_age[i]),
            float(returns.last_age[i]),
            float(returns.turn[i]),
            purchases=purchases is not None and bool(purchases[i]),
        )
    return Component(
        name=name,
        value=_plain(mark.value[i]) if applies else None,
        applies=applies,
        low=low if applies else None,
        high=high if applies else None,
        reliability=float(mark.reliability[i]) if applies else 0.0,
        weight=assessment.weights.of(name),
        evidence=int(mark.evidence[i]),
        newest_age=_whole(mark.newest_age[i]),
        reason=reason if applies else "does not apply",
    )


def _plain(value: np.float64) -> float | None:
    return None if math.isnan(value) else float(value)


def _whole(value: np.float64) -> int | None:
    return None if math.isnan(value) else round(float(value))
