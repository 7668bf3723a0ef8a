"""What the cells foretell for each contact: chances, counts and dates, before any correction.

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from relcli.health.rhythms.cells import LEAVING, Histories, Likelihoods, survival
from relcli.health.rhythms.renewals import followers

NODES = 16
TWO_YEARS, TEN_YEARS = 730, 3650


@dataclass(frozen=True, slots=True)
class Outlook:
    """Contacts side by side, row by row; float64[n, 36] over (shape, mean) unless said otherwise.

    `left` and `there` are the masses of having left and of being there still, before the silence is looked
    at; `now`, `at_end` and `at_own_end` the survival of a gap until today and until the end of either
    horizon.
    """

    known: Likelihoods
    weights: NDArray[np.float64]
    silence: NDArray[np.int64]  # int64[n]
    ahead: NDArray[np.int64]  # int64[n], the horizon in days
    left: NDArray[np.float64]
    there: NDArray[np.float64]
    likelihood: NDArray[np.float64]  # float64[n]
    now: NDArray[np.float64]
    at_end: NDArray[np.float64]
    own_survival: NDArray[np.float64]  # of a gap as long as the own horizon
    at_own_end: NDArray[np.float64]

    @classmethod
    def of(cls, past: Histories, weights: NDArray[np.float64], ahead: NDArray[np.int64], own: NDArray[np.int64]) -> Self:
        """The outlook of these histories in this population, over two horizons in days each."""
        known = Likelihoods.of(past)
        left, there = known.under(weights)
        return cls(
            known=known,
            weights=weights,
            silence=past.silence,
            ahead=ahead,
            left=left,
            there=there,
            likelihood=(left + there * known.surviving).sum(axis=1),
            now=known.surviving,
            at_end=survival(past.silence + ahead),
            own_survival=survival(own),
            at_own_end=survival(past.silence + own),
        )

    def within(self) -> NDArray[np.float64]:
        """The chance of a sign within the horizon, float64[n]."""
        return np.asarray((self.there * (self.now - self.at_end)).sum(axis=1) / self.likelihood)

    def within_own(self) -> NDArray[np.float64]:
        """The chance of a sign within the own horizon, float64[n]."""
        return np.asarray((self.there * (self.now - self.at_own_end)).sum(axis=1) / self.likelihood)

    def within_own_after_last_sign(self) -> NDArray[np.float64]:
        """The same chance as it was on the day of the last sign, float64[n]."""
        heard = (self.there * (1.0 - self.own_survival)).sum(axis=1)
        return np.asarray(heard / (self.left + self.there).sum(axis=1))

    def by_cell(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """The posterior of each cell, and the two chances in that cell: float64[n, 216] each."""
        mass = self.known.by_cell(self.weights)
        alive = (1.0 - LEAVING) / (LEAVING + (1.0 - LEAVING) * self.now[:, :, None])
        within = alive * (self.now - self.at_end)[:, :, None]
        within_own = alive * (self.now - self.at_own_end)[:, :, None]
        rows = self.silence.size
        return mass.reshape(rows, -1), within.reshape(rows, -1), within_own.reshape(rows, -1)

    def expected(self) -> NDArray[np.float64]:
        """Expected days with a sign within the horizon, float64[n]: the next sign, and those that follow it.

        The horizon is cut into 16 stretches, short ones first; the next sign is taken to fall in the middle
        of its stretch. Contacts with the same horizon share the stretches.
        """
        found = np.empty(self.silence.size)
        stays = (1.0 - LEAVING) * self.weights
        rest = followers(_table_size(int(self.ahead.max(initial=1))))
        for days in np.unique(self.ahead):
            rows = np.flatnonzero(self.ahead == days)
            cuts = np.unique(np.rint(days * np.linspace(0.0, 1.0, NODES + 1) ** 2).astype(np.int64))
            follow = (rest[days - cuts[:-1]] + rest[days - cuts[1:]]) / 2.0 * stays
            falls = -np.diff(survival(self.silence[rows, None] + cuts), axis=1)
            # One small product per (shape, mean): contacts by stretches times stretches by chances of
            # leaving.
            later = np.matmul(falls.transpose(2, 0, 1), follow.transpose(1, 0, 2)).transpose(1, 0, 2)
            signs = (self.there[rows] * falls.sum(axis=1)).sum(axis=1)
            signs += (self.known.gaps[rows] * (later * self.known.stayed[rows, None, :]).sum(axis=2)).sum(axis=1)
            found[rows] = np.minimum(signs / self.likelihood[rows], days)
        return found

    def median_wait(self) -> NDArray[np.float64]:
        """The median day of the next sign, if one comes: days from now, at least 1, float64[n].

        NaN past ten years.
        """
        half = (self.there * self.now).sum(axis=1) / 2.0
        low, high = np.zeros(self.silence.size, np.int64), np.full(self.silence.size, TEN_YEARS)
        beyond = (self.there * survival(self.silence + TEN_YEARS)).sum(axis=1) > half
        for _ in range(TEN_YEARS.bit_length()):
            middle = (low + high) // 2
            early = (self.there * survival(self.silence + middle)).sum(axis=1) <= half
            high, low = np.where(early, middle, high), np.where(early, low, middle)
        return np.where(beyond, np.nan, np.maximum(high, 1).astype(np.float64))


def _table_size(days: int) -> int:
    """One of few sizes, so that the same table serves again."""
    return TWO_YEARS if days <= TWO_YEARS else TEN_YEARS
