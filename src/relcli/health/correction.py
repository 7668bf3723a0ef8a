"""What the model gets wrong on real ledgers in the same direction every time, put right.

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SURE = 1e-6  # no chance is nearer to 0 or 1 than this
FARTHEST_TERM = 4.0  # standard deviations
FAINT = 0.001  # keeps the logarithm of recency finite


@dataclass(frozen=True, slots=True)
class Correction:
    """A logistic regression on the model's own logit, the log of the number of signs, and of recency.

    `base` and the three `slopes` belong to terms made standard by `means` and `deviations`. The slopes of the
    model's chance and of recency must not be negative, so that what foretells less for longer silence still
    does.
    """

    base: float
    slopes: tuple[float, float, float]
    means: tuple[float, float, float]
    deviations: tuple[float, float, float]

    def shift(self, chance: NDArray[np.float64], signs: NDArray[np.int64], recency: NDArray[np.float64]) -> NDArray[np.float64]:
        """By how much the logit of each chance of a sign is to be moved.

        `recency` is the sum over a contact's signs of 0.5 to the power of its age in horizons; all
        float64[n].
        """
        logit = log_odds(chance)
        terms = np.stack([logit, np.log(signs), np.log(recency + FAINT)], axis=1)
        standard = np.clip((terms - self.means) / self.deviations, -FARTHEST_TERM, FARTHEST_TERM)
        return np.asarray(self.base + standard @ np.array(self.slopes) - logit)


FIXED = Correction(-1.332, (1.586, 0.524, 0.617), (-1.415, 1.138, -1.158), (2.642, 1.244, 2.530))
OWN = Correction(-0.843, (1.826, 0.466, 0.880), (-1.233, 2.343, -0.992), (3.321, 0.987, 2.841))


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
