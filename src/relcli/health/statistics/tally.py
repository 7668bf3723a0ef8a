"""Tallies: aged successes and failures, and the component they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relcli.health.statistics import beta

YEAR = 365.0
LEAST = 0.02  # less evidence than this is none
TAIL = 0.1  # ranges run from here to 1 - TAIL


def aged(age: NDArray[np.float64], half_life: NDArray[np.float64] | float = YEAR) -> NDArray[np.float64]:
    """The weight of something `age` days old, halving every `half_life` days."""
    return np.asarray(0.5 ** (age / half_life), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Tally:
    """Aged successes and failures of every contact, float64[n] each, not negative.

    `start`, between 0 and 1, is what one observation before all others is taken to have been when a range is
    drawn.
    """

    successes: NDArray[np.float64]
    failures: NDArray[np.float64]
    start: float

    @property
    def known(self) -> NDArray[np.bool_]:
        """Is there enough evidence to say anything?"""
        return self.successes + self.failures >= LEAST

    @property
    def value(self) -> NDArray[np.float64]:
        """0-100, NaN where unknown."""
        total = self.successes + self.failures
        return np.where(self.known, 100.0 * self.successes / np.where(self.known, total, 1.0), np.nan)

    @property
    def reliability(self) -> NDArray[np.float64]:
        """0-1, 0 where unknown."""
        total = self.successes + self.failures
        return np.where(self.known, total / (total + 1.0), 0.0)

    @property
    def variance(self) -> NDArray[np.float64]:
        """Of the value, in squared points; NaN where unknown."""
        a, b = self.successes + self.start, self.failures + 1.0 - self.start
        return np.where(self.known, 1e4 * a * b / ((a + b) ** 2 * (a + b + 1.0)), np.nan)

    def range_of(self, position: int) -> tuple[float, float]:
        """The 80 % range of one contact's value, 0-100."""
        a = float(self.successes[position]) + self.start
        b = float(self.failures[position]) + 1.0 - self.start
        return 100.0 * beta.quantile(TAIL, a, b), 100.0 * beta.quantile(1.0 - TAIL, a, b)
