"""What a few answers can tell: figures with the interval in which the true one lies, 95 times of 100.

Below five answers nothing is said but the answers themselves; below twenty the figure is rough, and its interval is
said first. How often the intervals hold is measured in docs/explanation/small-numbers.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist

from relcli.health.statistics import beta

CONFIDENCE = 0.95
ANY, FIRM = 5, 20  # answers from which there is a figure at all, and from which it is not rough
_Z = NormalDist().inv_cdf((1.0 + CONFIDENCE) / 2.0)
_AT_AN_END = 0.25  # of an answer, added at each end of a scale
_EXTREME, _ADDED = 0.75, 3.0  # answers added to promoters and to detractors, and to all


class Certainty(StrEnum):
    """What may be said of so many answers."""

    ANSWERS = "answers"
    ROUGH = "rough"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure from `n` answers, and the interval in which the true one lies.

    `middle` ± `half` is the interval before it is held within the scale from `bottom` to `top`; the middle is a little nearer to that
    of the scale than `value`, for a few answers exaggerate.
    """

    n: int
    value: float
    middle: float
    half: float
    bottom: float
    top: float

    @property
    def low(self) -> float:
        """The lower end of the interval, on the scale."""
        return max(self.bottom, self.middle - self.half)

    @property
    def high(self) -> float:
        """The upper end of the interval, on the scale."""
        return min(self.top, self.middle + self.half)


def certainty(n: int) -> Certainty:
    """What may be said of `n` answers."""
    if n < ANY:
        return Certainty.ANSWERS
    return Certainty.ROUGH if n < FIRM else Certainty.FIGURE


def nps(promoters: int, passives: int, detractors: int) -> Estimate:
    """The net promoter score, -100 to 100, by the adjusted Wald interval. Raises ValueError without an answer."""
    n = promoters + passives + detractors
    if n < 1 or min(promoters, passives, detractors) < 0:
        raise ValueError(f"no score from {promoters} promoters, {passives} passives and {detractors} detractors")
    count = n + _ADDED
    up, down = (promoters + _EXTREME) / count, (detractors + _EXTREME) / count
    half = _Z * math.sqrt((up + down - (up - down) ** 2) / count)
    return Estimate(n, 100.0 * (promoters - detractors) / n, 100.0 * (up - down), 100.0 * half, -100.0, 100.0)


def mean(values: Sequence[float], low: float, high: float) -> Estimate:
    """The mean of answers on a scale, by Student's t, with a quarter of an answer added at each end of the scale.

    Raises ValueError with fewer than two answers, and for one off the scale.
    """
    n = len(values)
    if n < 2 or not low < high or not all(low <= value <= high for value in values):
        raise ValueError(f"no mean from {n} answers on a scale from {low} to {high}")
    count = n + 2.0 * _AT_AN_END
    middle = (math.fsum(values) + _AT_AN_END * (low + high)) / count
    ends = _AT_AN_END * ((low - middle) ** 2 + (high - middle) ** 2)
    spread = (math.fsum((value - middle) ** 2 for value in values) + ends) / count
    half = student(n - 1) * math.sqrt(spread / count)
    return Estimate(n, math.fsum(values) / n, middle, half, float(low), float(high))


def change(before: Estimate, after: Estimate) -> Estimate:
    """How far a figure moved from one wave to another of the same scale; n is that of the smaller wave."""
    reach = max(after.top - before.bottom, before.top - after.bottom)
    half = math.hypot(before.half, after.half)
    value, middle = after.value - before.value, after.middle - before.middle
    return Estimate(min(before.n, after.n), value, middle, half, -reach, reach)


def claimed(moved: Estimate) -> bool:
    """Whether a change may be claimed: its interval leaves no room for none."""
    return moved.low > 0.0 or moved.high < 0.0


@lru_cache(maxsize=256)
def student(freedom: float, confidence: float = CONFIDENCE) -> float:
    """The t that Student's distribution exceeds, on either side, with chance 1 - `confidence`.

    Through the Beta distribution of t²/(n + t²), from the end at which no digits are lost. Raises ValueError unless
    the degrees of freedom are positive and the confidence lies between 0 and 1.
    """
    if not (freedom > 0.0 and 0.0 < confidence < 1.0):
        raise ValueError(f"Student's t has no quantile for {freedom} degrees of freedom and confidence {confidence}")
    share = beta.quantile(confidence, 0.5, freedom / 2.0)
    rest = 1.0 - share
    if share > 0.5:
        rest = beta.quantile(1.0 - confidence, freedom / 2.0, 0.5)
        share = 1.0 - rest
    return math.sqrt(freedom * share / rest)
