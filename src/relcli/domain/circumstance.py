"""A circumstance: a factor that shapes the relationship and is not ours to steer, rated for both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAST, MOST = 1, 5


class Factor(StrEnum):
    """What may shape a relationship from outside."""

    NEED = "need"
    LOCATION = "location"
    INTEREST = "interest"
    ALTERNATIVES = "alternatives"
    SWITCHING_COST = "switching-cost"
    IMPORTANCE = "importance"
    UNCERTAINTY = "uncertainty"
    LIFE_STAGE = "life-stage"


BINDING = (Factor.IMPORTANCE, Factor.SWITCHING_COST, Factor.UNCERTAINTY)  # what makes one need the other


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One rating of a factor, 1-5 for their side and for ours, None where that side was not rated."""

    number: int
    contact: str
    factor: Factor
    theirs: int | None
    ours: int | None
    note: str
    day: date

    @property
    def id(self) -> str:
        """The public id, `f_12`."""
        return f"f_{self.number}"


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much each side needs the other, 1-5, and theirs less ours; None where nothing was rated."""

    theirs: float | None
    ours: float | None

    @property
    def balance(self) -> float | None:
        """Above 0 they need us more than we need them."""
        return None if self.theirs is None or self.ours is None else self.theirs - self.ours


def newest(circumstances: Iterable[Circumstance], day: date) -> tuple[dict[Factor, int], dict[Factor, int]]:
    """What each side was last rated by the end of a day: their side, ours."""
    theirs: dict[Factor, int] = {}
    ours: dict[Factor, int] = {}
    for one in sorted((c for c in circumstances if c.day <= day), key=lambda c: (c.day, c.number)):
        for side, rating in ((theirs, one.theirs), (ours, one.ours)):
            if rating is not None:
                side[one.factor] = rating
    return theirs, ours


def dependence(circumstances: Iterable[Circumstance], day: date) -> Dependence:
    """The mean of importance, switching cost, uncertainty and 6 - alternatives, over those rated, for each side."""
    return Dependence(*(_mean(side) for side in newest(circumstances, day)))


def _mean(rated: Mapping[Factor, int]) -> float | None:
    parts = [rated[factor] for factor in BINDING if factor in rated]
    parts += [LEAST + MOST - rated[Factor.ALTERNATIVES]] if Factor.ALTERNATIVES in rated else []
    return sum(parts) / len(parts) if parts else None
