"""How well a score tells those to whom something happened from those to whom it did not.

The figure is the area under the ROC curve (AUC); its interval is Newcombe's fifth method, which holds in small groups
and at the very ends: R. G. Newcombe, Confidence intervals for an effect size measure based on the Mann-Whitney
statistic, part 2, Statistics in Medicine 25 (2006) 559-573.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from relcli.health.statistics.intervals import ANY, CONFIDENCE

_Z = NormalDist().inv_cdf((1.0 + CONFIDENCE) / 2.0)
_STEPS = 60  # halvings of an interval of length 1: far below what is printed


@dataclass(frozen=True, slots=True)
class Sample:
    """What was foretold on one day and what came: contact, score, and whether it happened, arrays aligned."""

    who: NDArray[np.int64]
    score: NDArray[np.float64]
    happened: NDArray[np.bool_]

    @property
    def told(self) -> Sample:
        """The same without those to whom nothing was foretold (NaN)."""
        known = ~np.isnan(self.score)
        return Sample(self.who[known], self.score[known], self.happened[known])


@dataclass(frozen=True, slots=True)
class Ranking:
    """The chance that one to whom it happened scored above one to whom it did not, ties half, and its 95 % interval.

    It happened to `yes` contacts and not to `no`; in samples of several days somebody can be in both. The figures are
    None where either is below five.
    """

    yes: int
    no: int
    auc: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def better_than_chance(self) -> bool:
        """Whether the interval lies wholly above one half."""
        return self.low is not None and self.low > 0.5


def ranking(samples: Sequence[Sample]) -> Ranking:
    """How well the scores of each day ranked; whom nothing was foretold (NaN) is left out.

    Contacts are compared within a day only. A contact seen on several days counts once in the interval, for it hardly
    tells more than once; days on which it happened to all or to none tell nothing.
    """
    known = [sample.told for sample in samples]
    telling = [sample for sample in known if 0 < int(sample.happened.sum()) < sample.happened.size]
    counted = telling or known
    yes, no = (len(_people(counted, happened=side)) for side in (True, False))
    if not telling or min(yes, no) < ANY:
        return Ranking(yes, no)
    won, pairs = 0.0, 0
    for sample in telling:
        ones = int(sample.happened.sum())
        won += float(_ranks(sample.score)[sample.happened].sum()) - ones * (ones + 1) / 2
        pairs += ones * (sample.happened.size - ones)
    return Ranking(yes, no, won / pairs, *interval(won / pairs, yes, no))


def interval(auc: float, yes: int, no: int) -> tuple[float, float]:
    """The 95 % interval of an area found with so many to whom it happened and did not, both above 0."""
    more = (yes + no) / 2.0 - 1.0

    def outside(true: float) -> bool:
        spread = true * (1.0 - true) * (1.0 + more * ((1.0 - true) / (2.0 - true) + true / (1.0 + true))) / (yes * no)
        return abs(auc - true) > _Z * math.sqrt(spread)

    ends = []
    for end in (0.0, 1.0):
        far, near = end, auc
        if outside(far):
            for _ in range(_STEPS):
                middle = (far + near) / 2.0
                far, near = (middle, near) if outside(middle) else (far, middle)
        ends.append(far)
    return ends[0], ends[1]


def _people(samples: Sequence[Sample], *, happened: bool) -> set[int]:
    """To whom it happened on any of the days, or did not."""
    return {who for sample in samples for who in sample.who[sample.happened == happened].tolist()}


def _ranks(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, equal scores sharing their mean rank."""
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place], dtype=np.float64)
