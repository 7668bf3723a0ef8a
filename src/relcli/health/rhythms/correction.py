"""What the model gets wrong on real ledgers in the same direction every time, put right.

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

SURE = 1e-6  # no chance is nearer to 0 or 1 than this
FARTHEST_TERM = 4.0  # standard deviations
STEPS = 30
HALVINGS = 20
CONVERGED = 1e-9
LEVEL = 1e-12  # at the bottom, rounding is no slope


@dataclass(frozen=True, slots=True)
class Correction:
    """A logistic regression on terms of which most come from the model's own chance.

    `base` and the `slopes` belong to terms made standard by `means` and `deviations`; `precisions`, of base and slopes,
    tell how alike ledgers are in them. The slopes of `rising` terms, which fall with silence, are not negative, so that
    what foretells less for longer silence still does.
    """

    base: float
    slopes: tuple[float, ...]
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    precisions: tuple[float, ...]
    rising: tuple[int, ...]

    def shift(self, chance: NDArray[np.float64], terms: NDArray[np.float64]) -> NDArray[np.float64]:
        """By how much the logit of each chance of a sign is to be moved."""
        moved: NDArray[np.float64] = self.standard(terms) @ np.array([self.base, *self.slopes]) - log_odds(chance)
        return moved

    def refitted(self, terms: NDArray[np.float64], happened: NDArray[np.bool_], weight: float) -> Correction:
        """The same moved by what happened in these rows, as far as its precisions let it."""
        weights = np.full(len(terms), weight)
        ridge = (self.base, *self.slopes), self.precisions
        base, *slopes = regressed(self.standard(terms), happened, weights, *ridge, self.rising)
        return replace(self, base=base, slopes=tuple(slopes))

    def standard(self, terms: NDArray[np.float64]) -> NDArray[np.float64]:
        """A column of ones, and the terms in standard deviations from their means."""
        held = np.clip((terms - self.means) / self.deviations, -FARTHEST_TERM, FARTHEST_TERM)
        return np.column_stack([np.ones(len(held)), held])


def regressed(
    standard: NDArray[np.float64],
    happened: NDArray[np.bool_],
    weight: NDArray[np.float64],
    towards: Sequence[float],
    precisions: Sequence[float],
    rising: Sequence[int],
) -> tuple[float, ...]:
    """Base and slopes of a logistic regression, drawn `towards` given ones as strongly as `precisions` say.

    The slopes of `rising` terms are not negative: one that would be is 0. The result depends on the order of rows only
    in the last digits.
    """
    start, pull = np.array(towards), np.array(precisions)
    free = np.ones(start.size, np.bool_)
    while True:
        found = _newton(standard, happened.astype(np.float64), weight, np.where(free, start, 0.0), (start, pull), free)
        falling = [i + 1 for i in rising if found[i + 1] < 0.0]
        if not falling:
            return tuple(found.tolist())
        free[falling] = False


def _newton(
    rows: NDArray[np.float64],
    happened: NDArray[np.float64],
    weight: NDArray[np.float64],
    begin: NDArray[np.float64],
    ridge: tuple[NDArray[np.float64], NDArray[np.float64]],
    free: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """The lowest point of a bowl by Newton's steps, halved where one would climb."""
    centre, pull = ridge

    def height(at: NDArray[np.float64]) -> float:
        line = rows @ at
        return float(weight @ (np.logaddexp(0.0, line) - happened * line) + pull @ (at - centre) ** 2 / 2.0)

    at, here = begin, height(begin)
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-rows @ at))
        slope = rows.T @ (weight * (chance - happened)) + pull * (at - centre)
        bend = (rows * (weight * chance * (1.0 - chance))[:, None]).T @ rows + np.diag(pull)
        step = np.zeros(at.size)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        for _ in range(HALVINGS):
            there = height(at - step)
            if there <= here + LEVEL * abs(here):
                break
            step /= 2.0
        at, here = at - step, there
        if np.abs(step).max() < CONVERGED:
            break
    return at


def inside(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kept strictly between 0 and 1."""
    return np.clip(chance, SURE, 1.0 - SURE)


def log_odds(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logit of a chance, of one too near to 0 or 1 that of the nearest possible."""
    kept = inside(chance)
    return np.asarray(np.log(kept / (1.0 - kept)))


def shifted(chance: NDArray[np.float64], shift: NDArray[np.float64]) -> NDArray[np.float64]:
    """A chance whose logit is moved by `shift`, strictly between 0 and 1; the shapes broadcast."""
    kept = inside(chance)
    odds = kept / (1.0 - kept) * np.exp(shift)
    return inside(odds / (1.0 + odds))
