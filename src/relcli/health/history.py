"""What moved a health from one day to another: the component, or what holds it, that did most of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from relcli.domain.component import COMPONENTS
from relcli.health.assess import Assessment
from relcli.health.card import Weights
from relcli.health.status import FALL

LEAST = -FALL  # points from which a change deserves a reason
HELD = "held"
_Part = tuple[float, float]  # what a component counts, and how much it weighs; 0 where it is unknown


@dataclass(frozen=True, slots=True)
class Moved:
    """By how many points health moved, and by what most: the name of a component, or `HELD` by what holds it down."""

    points: float
    by: str


def moved(before: Assessment, now: Assessment, i: int) -> Moved | None:
    """What moved the health of the contact at place `i`; None where it is unknown on either day, or moved by less than ten points.

    Each component is put from then to now by itself; what moves health farthest in the direction it went is named.
    """
    points = float(now.health.value[i] - before.health.value[i])
    if not abs(points) >= LEAST:  # NaN included
        return None
    then, today = _parts(before, i), _parts(now, i)
    start = _health(then)
    effects = {name: _health({**then, name: today[name]}) - start for name in COMPONENTS}
    effects[HELD] = points - float(now.health.unheld[i] - before.health.unheld[i])
    return Moved(points, max(effects, key=lambda name: effects[name] * np.sign(points)))


def _parts(assessment: Assessment, i: int) -> dict[str, _Part]:
    weights: Weights = assessment.weights
    found = {}
    for name in COMPONENTS:
        mark = assessment.marks[name]
        known = bool(mark.known[i])
        found[name] = (float(mark.counts[i]), weights.of(name) * float(mark.reliability[i])) if known else (0.0, 0.0)
    return found


def _health(parts: dict[str, _Part]) -> float:
    """The mean of the parts, and what is over cannot be well; as in health.card, for one contact."""
    total = sum(weight for _, weight in parts.values())
    if total == 0.0:
        return 0.0
    alive, weight = parts["rhythm"]
    dampened = min(1.0, 0.5 + alive / 100.0) if weight else 1.0
    return dampened * sum(value * weight for value, weight in parts.values()) / total
