"""What every component yields, in the same form whatever it measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from relcli.health.statistics.tally import Tally


@dataclass(frozen=True, slots=True)
class Marks:
    """One component of every contact of the book, arrays of length n.

    `value` is what is shown, `counts` what health takes (the two differ for rhythm alone): 0-100, NaN
    unknown. `variance` is that of `counts`, in squared points. `reliability` is 0-1, and 0 where unknown.
    Where the component does not `apply` nothing of it counts.
    """

    applies: NDArray[np.bool_]
    value: NDArray[np.float64]
    counts: NDArray[np.float64]
    variance: NDArray[np.float64]
    reliability: NDArray[np.float64]
    evidence: NDArray[np.int64]  # records behind it
    newest_age: NDArray[np.float64]  # days, NaN without evidence

    @classmethod
    def of_tally(
        cls,
        tally: Tally,
        applies: NDArray[np.bool_],
        evidence: NDArray[np.int64],
        newest_age: NDArray[np.float64],
    ) -> Self:
        """The marks of a tally."""
        value = tally.value
        return cls(applies, value, value, tally.variance, tally.reliability, evidence, newest_age)

    @classmethod
    def unknown(cls, size: int) -> Self:
        """A component that applies to everybody and of which nothing is recorded."""
        nothing = np.full(size, np.nan)
        none = np.zeros(size, np.int64)
        return cls(np.ones(size, np.bool_), nothing, nothing, nothing, np.zeros(size), none, nothing)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Does it count?"""
        return self.applies & ~np.isnan(self.counts)
