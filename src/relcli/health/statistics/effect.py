"""What an effort did: how much more those enrolled changed than those drawn to be left alone, and how sure that is.

An interval by permutation: a shift is plausible where the groups, with that shift taken from those enrolled, differ no more
than groups drawn by lot do. The formulas, and how often it keeps its word, stand in
docs/explanation/small-numbers.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LEAST = 4  # people in each group, below whom nothing is said
CONFIDENCE = 0.90
ALL_MOST, DRAWS = 20_000, 4_999  # so many labellings are all tried; of more, so many are drawn
FINE = 1e-3  # of the scale: how exactly the ends are found
_SEED = 20261121
_FLOOR = 1e-9  # so that groups without any spread can be compared
_EQUAL = 1e-7  # two figures that differ by less, as a share, are equal
_NO_SPREAD = 1e-12


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference that being enrolled made, in the units of the outcome, and its 90 % interval.

    `enrolled` and `compared` are how many. `slope` says how much of what stood before is taken off what stood after.
    `uniform`: nobody differs from the others of their group, so that the lot says whether chance alone could part them so,
    and not how wide the interval is. `low` and `high` are None where it could.
    """

    enrolled: int
    compared: int
    value: float
    low: float | None
    high: float | None
    slope: float
    uniform: bool = False

    @property
    def proven(self) -> bool:
        """Whether the interval leaves no room for no effect."""
        return self.low is not None and self.high is not None and (self.low > 0.0 or self.high < 0.0)


def effect(
    before: ArrayLike,
    after: ArrayLike,
    enrolled: ArrayLike,
    strata: ArrayLike | None = None,
    *,
    span: float,
    slope: float | None = None,
) -> Effect | None:
    """The effect of being enrolled; None with fewer than four people in either group.

    One entry a person. `strata` numbers the groups within which the lot was drawn (None: one for all). `span` is the
    width of the scale. The slope is found from the outcomes and held in 0 … 1, unless it is given; 1 is the
    difference in differences. The same facts in the same order give the same answer.
    Raises ValueError where lengths differ, a figure is not finite, or the span is not positive.
    """
    facts = _Facts.of(before, after, enrolled, strata, span=span, slope=slope)
    if facts is None:
        return None
    value = facts.estimate()
    within = facts.adjusted(value)
    groups = (within[facts.mine], within[~facts.mine])
    counts = (groups[0].size, groups[1].size)
    uniform = max(float(np.ptp(group)) for group in groups) < _NO_SPREAD
    if uniform and facts.plausible(0.0):
        return Effect(*counts, value * span, None, None, facts.slope_at(value), uniform)
    reach = 1.0 + (slope or 0.0)  # of the scale: a difference in differences may be two of them
    start = min(reach, max(-reach, value))
    low, high = (_end(facts, start, end) for end in (-reach, reach))
    return Effect(*counts, value * span, low * span, high * span, facts.slope_at(value), uniform)


def labellings(mine: NDArray[np.bool_], strata: NDArray[np.int64], seed: int = _SEED) -> NDArray[np.bool_]:
    """Who might have been enrolled, one row a labelling, the real one first: then all of them, or 4 999 drawn and the real one.

    Within each stratum as many are enrolled as really were. bool[labellings + 1, people].
    """
    parts = [_Stratum.of(np.flatnonzero(strata == number), mine) for number in np.unique(strata)]
    if math.prod(math.comb(part.people.size, part.drawn) for part in parts) <= ALL_MOST:
        ways = product(*(combinations(range(part.people.size), part.drawn) for part in parts))
        drawn = [np.array(found, dtype=np.int64) for found in zip(*ways, strict=True)]
        size = drawn[0].shape[0]
    else:
        rng, size = np.random.default_rng(seed), DRAWS
        drawn = [np.argsort(rng.random((size, part.people.size)), axis=1)[:, : part.drawn] for part in parts]
    rows = np.zeros((size, mine.size), np.bool_)
    for part, chosen in zip(parts, drawn, strict=True):
        here = np.full((size, part.people.size), not part.enrolled)
        np.put_along_axis(here, chosen.reshape(size, part.drawn), part.enrolled, axis=1)
        rows[:, part.people] = here
    return np.concatenate([mine[None, :], rows] if size != DRAWS else [mine[None, :], mine[None, :], rows])


@dataclass(frozen=True, slots=True)
class _Stratum:
    """Who is in it; `drawn` is the size of its smaller group, which is the one enrolled or the other."""

    people: NDArray[np.int64]
    drawn: int
    enrolled: bool

    @classmethod
    def of(cls, people: NDArray[np.int64], mine: NDArray[np.bool_]) -> _Stratum:
        """The smaller group is drawn, of equal ones that of the first person, so that naming them the other way round changes nothing."""
        count = int(mine[people].sum())
        rest = people.size - count
        enrolled = bool(mine[people[0]]) if count == rest else count < rest
        return cls(people, min(count, rest), enrolled)


@dataclass(frozen=True, slots=True)
class _Facts:
    """The outcomes as shares of the scale, and every labelling (as numbers, for quick sums)."""

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    mine: NDArray[np.bool_]
    rows: NDArray[np.float64]
    slope: float | None
    _line: tuple[float, float] = field(default=(0.0, 0.0))  # the slope without a shift, and what a shift takes off it

    @classmethod
    def of(
        cls,
        before: ArrayLike,
        after: ArrayLike,
        enrolled: ArrayLike,
        strata: ArrayLike | None,
        *,
        span: float,
        slope: float | None,
    ) -> _Facts | None:
        mine = np.asarray(enrolled, dtype=np.bool_)
        then, now = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
        lots = np.zeros(mine.size, np.int64) if strata is None else np.asarray(strata, dtype=np.int64)
        if not then.shape == now.shape == mine.shape == lots.shape or mine.ndim != 1:
            raise ValueError("before, after, enrolled and strata must be flat and equally long")
        if not (math.isfinite(span) and span > 0.0 and np.isfinite(then).all() and np.isfinite(now).all()):
            raise ValueError("every outcome must be finite, and the span positive")
        if min(int(mine.sum()), int((~mine).sum())) < LEAST:
            return None
        then, now = (then - then.mean()) / span, (now - now.mean()) / span
        variance = float(then @ then)
        some = variance > _NO_SPREAD
        line = (float(then @ now) / variance, float(then[mine].sum()) / variance) if some else (0.0, 0.0)
        return cls(then, now, mine, labellings(mine, lots).astype(np.float64), slope, line)

    def slope_at(self, shift: float) -> float:
        """How what stands after, less the shift, follows what stood before, over all; held in 0 … 1."""
        if self.slope is not None:
            return self.slope
        return min(1.0, max(0.0, self._line[0] - shift * self._line[1]))

    def adjusted(self, shift: float) -> NDArray[np.float64]:
        """What stands after, less the shift where enrolled and less what was to be expected from before."""
        return np.asarray(self.after - shift * self.mine - self.slope_at(shift) * self.before)

    def estimate(self) -> float:
        """The shift at which the groups are alike; the difference falls as the shift grows, so there is one."""
        after, before = (float(d[self.mine].mean() - d[~self.mine].mean()) for d in (self.after, self.before))
        low, high = sorted((after, after - before))
        if self.slope is not None:
            return after - self.slope * before
        for _ in range(100):
            middle = (low + high) / 2.0
            if after - self.slope_at(middle) * before > middle:
                low = middle
            else:
                high = middle
        return (low + high) / 2.0

    def plausible(self, shift: float) -> bool:
        """Whether a shift is no surprise: labels drawn by lot part the groups as far at least once in ten."""
        return _chance(self.adjusted(shift), self.rows) > 1.0 - CONFIDENCE + _EQUAL


def _chance(adjusted: NDArray[np.float64], rows: NDArray[np.float64]) -> float:
    """The share of labellings that part the groups farther than the real one (the first row, which is not counted), and half of those as far."""
    d = adjusted - adjusted.mean()
    sums = rows @ np.column_stack([d, d * d])
    n1 = float(rows[0].sum())
    n0 = d.size - n1
    s1, q1 = sums[:, 0], sums[:, 1]
    s0, q0 = d.sum() - s1, (d * d).sum() - q1
    spread = _variance(s1, q1, n1) / n1 + _variance(s0, q0, n0) / n0
    apart = np.abs(s1 / n1 - s0 / n0) / np.sqrt(spread + _FLOOR)
    real, others = float(apart[0]), apart[1:]
    near = _EQUAL * (1.0 + real)
    farther, as_far = others > real + near, np.abs(others - real) <= near
    return float(farther.mean() + 0.5 * as_far.mean())


def _variance(total: NDArray[np.float64], squares: NDArray[np.float64], n: float) -> NDArray[np.float64]:
    return np.asarray(np.maximum(squares - total**2 / n, 0.0) / (n - 1.0))


def _end(facts: _Facts, start: float, end: float) -> float:
    """The farthest shift that is plausible between the estimate and the end of the scale, to the thousandth of it.

    No effect is tried by itself: with outcomes of few values many lots part the groups equally far just there.
    """
    inside, outside = start, end
    if facts.plausible(end):
        return end
    if min(start, end) < 0.0 < max(start, end):
        inside, outside = (0.0, end) if facts.plausible(0.0) else (start, 0.0)
    while abs(outside - inside) > FINE:
        middle = (inside + outside) / 2.0
        if facts.plausible(middle):
            inside = middle
        else:
            outside = middle
    return inside
