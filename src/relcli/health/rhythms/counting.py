"""How many days with a sign to expect, put right as the chance of any was.

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Count = tuple[float, float, float]  # base, and slopes of the logarithms of the raised count and of recency

FAINT, FAINT_RECENCY = 0.001, 0.05  # keep the logarithms finite
FARTHEST = 20.0  # of a logarithm


def raised(expected: NDArray[np.float64], foretold: NDArray[np.float64], chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the cells expect, where the chance of any sign is `chance` instead of the `foretold` one.

    The signs after the first are fewer in the same proportion, never more.
    """
    foretold = np.maximum(foretold, np.finfo(np.float64).tiny)
    after_first = np.maximum(expected / foretold - 1.0, 0.0)
    return np.asarray(chance * (1.0 + after_first * np.minimum(chance / foretold, 1.0)))


def standard(count: NDArray[np.float64], recency: NDArray[np.float64]) -> NDArray[np.float64]:
    """The terms of the regression of a count, float64[n, 3]."""
    return np.stack([np.ones(count.size), np.log(count + FAINT), np.log(recency + FAINT_RECENCY)], axis=1)


def counted(
    count: NDArray[np.float64], recency: NDArray[np.float64], by: Count, least: NDArray[np.float64], most: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The expected days with a sign: at least the chance of one, at most one a day."""
    line = np.clip(standard(count, recency) @ np.array(by), -FARTHEST, FARTHEST)
    return np.asarray(np.clip(np.exp(line), least, most))
