"""The one word for how a relationship stands.

The order is explained in docs/explanation/metric.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from relcli.health.rhythms.rhythm import Rhythm

NEW_DAYS = 60
LAPSED_BELOW = 10.0
SILENT_RISK = 50.0
RISK_RISE = 15.0
FALL = -10.0
ENOUGH_SIGNS = 3
PATIENCE = 14.0  # days
STRONG, STEADY = 75.0, 50.0


class Status(StrEnum):
    """Where several fit, the first that applies holds, in this order, but for `distant` by arm's length."""

    OWED = "owed"
    CLOSED = "closed"
    RECORD = "record"
    UNHAPPY = "unhappy"
    CROWDED = "crowded"
    DISTANT = "distant"
    NEW = "new"
    LAPSED = "lapsed"
    AT_RISK = "at-risk"
    COOLING = "cooling"
    UNKNOWN = "unknown"
    STRONG = "strong"
    STEADY = "steady"
    WEAK = "weak"


STATUSES = tuple(Status)


def status(
    *,
    owed: NDArray[np.bool_],
    closed: NDArray[np.bool_],
    unhappy: NDArray[np.bool_],
    crowded: NDArray[np.bool_],
    none: NDArray[np.bool_],
    arms_length: NDArray[np.bool_],
    rhythm: Rhythm,
    first_age: NDArray[np.float64],
    health: NDArray[np.float64],
    trend: NDArray[np.float64],
) -> NDArray[np.int8]:
    """The status of every contact, as places in `STATUSES`.

    `owed`: a promise or complaint of ours is past its day. `closed`: archived, or do-not-contact everywhere. `unhappy`: they
    said so, and nothing followed. `none` and `arms_length` are how close they said they want it. `first_age` is days since the first sign, `health` as the card shows it, held or not; both NaN where there is none.
    Comparisons with NaN are false, so that what is unknown brings no status about.
    """
    often = rhythm.n >= ENOUGH_SIGNS
    overdue = often & (rhythm.silent > np.maximum(PATIENCE, rhythm.usual_gap))
    risen = rhythm.silent_risk - rhythm.risk_at_last_sign >= RISK_RISE
    rules = (
        (Status.OWED, owed),
        (Status.CLOSED, closed),
        (Status.RECORD, rhythm.n == 0),
        (Status.UNHAPPY, unhappy),
        (Status.CROWDED, crowded),
        (Status.DISTANT, none),
        (Status.NEW, first_age < NEW_DAYS),
        (Status.LAPSED, rhythm.value < LAPSED_BELOW),
        (Status.AT_RISK, overdue & (rhythm.silent_risk >= SILENT_RISK)),
        (Status.COOLING, (overdue & risen) | (often & (trend <= FALL))),
        (Status.UNKNOWN, np.isnan(health)),
        (Status.DISTANT, arms_length),
        (Status.STRONG, health >= STRONG),
        (Status.STEADY, health >= STEADY),
    )
    found = np.full(closed.size, STATUSES.index(Status.WEAK), np.int8)
    for word, applies in reversed(rules):
        found[applies] = STATUSES.index(word)
    return found
