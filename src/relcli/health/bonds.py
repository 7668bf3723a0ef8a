"""Relationship or data? What takes two, what only one side did, what is a name and no more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from relcli.health.conversation import BOTH, OUT, TRADE
from relcli.health.statistics.tally import YEAR
from relcli.health.status import STATUSES, STRONG, Status

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from relcli.health.assess import Assessment

_OVER = tuple(STATUSES.index(word) for word in (Status.CLOSED, Status.DISTANT, Status.LAPSED, Status.CROWDED))


class Bond(StrEnum):
    """How much of a relationship the records of the last while prove."""

    RELATIONSHIP = "relationship"
    ONE_SIDED = "one-sided"
    DATA = "data"


BONDS = tuple(Bond)


@dataclass(frozen=True, slots=True)
class Sides:
    """Of whom there is something no further back than a year or three usual gaps: a sign of theirs, a touch of ours, trade."""

    theirs: NDArray[np.bool_]
    ours: NDArray[np.bool_]
    traded: NDArray[np.bool_]


def bonds(assessment: Assessment) -> NDArray[np.int8]:
    """The bond of every contact, as places in `BONDS`.

    A relationship has a sign of life and a touch of ours, or a sale or purchase, which takes two; one-sided is what has
    only one of them, data what has neither.
    """
    lately = sides(assessment)
    found = np.full(lately.theirs.size, BONDS.index(Bond.DATA), np.int8)
    found[lately.theirs | lately.ours] = BONDS.index(Bond.ONE_SIDED)
    found[(lately.theirs & lately.ours) | lately.traded] = BONDS.index(Bond.RELATIONSHIP)
    return found


def sides(assessment: Assessment) -> Sides:
    """What each side of every contact did lately, by their own rhythm."""
    as_of, talk = assessment.as_of, assessment.evidence.talk
    window = np.fmax(YEAR, 3.0 * assessment.rhythm.usual_gap)
    sign = as_of - assessment.evidence.signs.until(as_of).last <= window  # an age that is unknown is within nothing
    ours = traded = np.zeros(sign.size, np.bool_)
    if talk is not None:
        known = talk.day <= as_of
        ours = as_of - talk.newest(known & np.isin(talk.direction, (OUT, BOTH))) <= window
        traded = as_of - talk.newest(known & (talk.direction == TRADE)) <= window
    return Sides(sign, ours, traded)


def worth_growing(assessment: Assessment, bond: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Whom a plan would be for: relationships that are wanted, still there, and leave room.

    Not wanted: closed, distant or crowded, or left alone by their wish, whatever else their status says; not there: lapsed.
    Room: a health that is not strong, or not known.
    """
    near = assessment.distance
    apart = near.barred | near.none | near.arms_length | assessment.evidence.archived | assessment.terms.crowded
    over = np.isin(assessment.status, _OVER)
    room = ~(assessment.health.value >= STRONG)  # unknown is room, too
    return np.asarray((bond == BONDS.index(Bond.RELATIONSHIP)) & ~apart & ~over & room, dtype=np.bool_)
