"""Health: the components of a card drawn together, with coverage, range and trend.

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from relcli.health.marks import Marks

EIGHTY = 1.2816  # standard deviations on either side that hold 80 %
ENOUGH_SIGNS = 2
ENOUGH_COVERAGE = 0.30
UNSEEN = 25.0  # points of standard deviation for what no component covers


@dataclass(frozen=True, slots=True)
class Weights:
    """What each component weighs in health; any numbers from 0 up. Raises ValueError for others."""

    rhythm: float = 25.0
    terms: float = 20.0
    reciprocity: float = 15.0
    promises: float = 15.0
    voice: float = 15.0
    loyalty: float = 10.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not (math.isfinite(value) and value >= 0.0):
                raise ValueError(f"the weight of {field.name} is {value}; it must be a number from 0 up")

    def of(self, name: str) -> float:
        """The weight of the component called `name`."""
        return float(getattr(self, name))


@dataclass(frozen=True, slots=True)
class Health:
    """Health and coverage of every contact, 0-100, NaN unknown; `value` is capped, `unheld` is not."""

    value: NDArray[np.float64]
    unheld: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    coverage: NDArray[np.float64]


def health(marks: Mapping[str, Marks], weights: Weights, signs: NDArray[np.int64], cap: NDArray[np.float64]) -> Health:
    """The health of every contact from its components.

    `marks` holds "rhythm" at least. `signs` is the number of days with a sign of life, `cap` the most that
    health may be (100 for no cap).
    """
    size = signs.size
    total, weighed, spread, possible = (np.zeros(size) for _ in range(4))
    for name, mark in marks.items():
        share = np.where(mark.known, weights.of(name) * mark.reliability, 0.0)
        total += share
        weighed += share * np.where(mark.known, mark.counts, 0.0)
        # A variance nobody asked for (NaN) leaves the range unknown, not the health.
        spread += share**2 * np.where(share > 0.0, mark.variance, 0.0)
        possible += np.where(mark.applies, weights.of(name), 0.0)
    coverage = np.divide(total, possible, out=np.zeros(size), where=possible > 0.0)
    enough = ((signs >= ENOUGH_SIGNS) | ~marks["rhythm"].applies) & (coverage >= ENOUGH_COVERAGE)
    mean = np.divide(weighed, total, out=np.full(size, np.nan), where=enough)
    variance = np.divide(spread, total**2, out=np.full(size, np.nan), where=enough)
    reach = EIGHTY * np.sqrt(variance + ((1.0 - coverage) * UNSEEN) ** 2)
    dampened = _dampening(marks["rhythm"])
    low, value, high = (np.clip(ends * dampened, 0.0, 100.0) for ends in (mean - reach, mean, mean + reach))
    return Health(np.minimum(value, cap), value, np.minimum(low, cap), np.minimum(high, cap), 100.0 * coverage)


def trend(now: Mapping[str, Marks], then: Mapping[str, Marks], weights: Weights, known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Points of health won since then, float64[n]; NaN except where health is `known` at both dates.

    Over the components known at both dates, each with the smaller of its two weights, so that evidence that
    appeared or faded moves nothing by itself.
    """
    size = known.size
    total, before, after = (np.zeros(size) for _ in range(3))
    for name in now:
        new, old = now[name], then[name]
        both = new.known & old.known
        share = np.where(both, weights.of(name) * np.minimum(new.reliability, old.reliability), 0.0)
        total += share
        after += share * np.where(both, new.counts, 0.0)
        before += share * np.where(both, old.counts, 0.0)
    change = after * _dampening(now["rhythm"]) - before * _dampening(then["rhythm"])
    return np.asarray(np.divide(change, total, out=np.full(size, np.nan), where=known & (total > 0.0)))


def _dampening(rhythm: Marks) -> NDArray[np.float64]:
    """What is over cannot be well."""
    return np.where(rhythm.known, np.minimum(1.0, 0.5 + rhythm.counts / 100.0), 1.0)
