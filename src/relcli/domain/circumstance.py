"""A circumstance: a factor that shapes the relationship and is not ours to steer, rated for both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAST, MOST = 1, 5
MUCH, LITTLE = 3.5, 2.0  # of dependence on their side: from which, up to which something is suggested


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


def speaking(circumstances: Iterable[Circumstance], day: date) -> list[Circumstance]:
    """What counts at the end of a day: of each factor the newest, and the one that rates a side which the newest does not."""
    found: dict[Factor, list[Circumstance]] = {}
    for one in sorted((c for c in circumstances if c.day <= day), key=lambda c: (c.day, c.number), reverse=True):
        kept = found.setdefault(one.factor, [])
        adds = (one.theirs is not None and all(c.theirs is None for c in kept)) or (
            one.ours is not None and all(c.ours is None for c in kept)
        )
        if not kept or adds:
            kept.append(one)
    return [one for factor in Factor for one in found.get(factor, ())]


def suggestion(both: Dependence) -> str:
    """What dependence on their side suggests where they never said how close they want it; empty for nothing."""
    if both.theirs is None or LITTLE < both.theirs < MUCH:
        return ""
    return "ask whether they want it closer" if both.theirs >= MUCH else "leave it loose"


def _mean(rated: Mapping[Factor, int]) -> float | None:
    parts = [rated[factor] for factor in BINDING if factor in rated]
    parts += [LEAST + MOST - rated[Factor.ALTERNATIVES]] if Factor.ALTERNATIVES in rated else []
    return sum(parts) / len(parts) if parts else None
