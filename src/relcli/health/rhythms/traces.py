"""What the corrections look at of each contact, besides what the cells foretell.

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from relcli.health.ledger import Ledger
from relcli.health.rhythms.correction import log_odds

FAINT = 0.001  # keeps the logarithm of recency finite
ORDINARY = -1.5  # log odds of a chance that is neither high nor low
FIXED_RISING = (0, 1, 3, 4)  # the terms that fall with silence: their slopes must not be negative
OWN_RISING = (0, 2)


@dataclass(frozen=True, slots=True)
class Traces:
    """One entry per contact, each with at least one sign.

    `recency` and `recency_own` are the signs, each halved with every horizon, or every own horizon, of its age, and
    `recency_then` the latter on the day of the last sign. `longer` is the share of the contact's gaps that were at least as long as the silence, one of each added.
    """

    signs: NDArray[np.int64]
    own: NDArray[np.int64]  # the own horizon in days
    recency: NDArray[np.float64]
    recency_own: NDArray[np.float64]
    recency_then: NDArray[np.float64]
    longer: NDArray[np.float64]

    @classmethod
    def of(cls, signs: Ledger, as_of: int, ahead: NDArray[np.int64], own: NDArray[np.int64]) -> Self:
        """The traces at the end of day `as_of`, for these horizons in days, of a ledger that has no later day."""
        owner, gap, start = signs.gaps()
        silence = as_of - signs.last
        longer = np.bincount(owner, gap >= silence[owner], signs.size) + 1.0
        then = signs.recency(own)
        return cls(
            signs=signs.counts,
            own=own,
            recency=signs.recency(ahead) * 0.5 ** (silence / ahead),
            recency_own=then * 0.5 ** (silence / own),
            recency_then=then,
            longer=longer / (np.diff(start) + 2.0),
        )

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> Traces:
        return Traces(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def on_last_sign(self) -> Traces:
        """The same where `owned` looks at the day of the last sign."""
        return replace(self, recency_own=self.recency_then)

    def fixed(self, chance: NDArray[np.float64]) -> NDArray[np.float64]:
        """The terms of the correction of a chance within the horizon, float64[n, 5].

        The chance counts twice: as far as the contact's own signs are behind it, and as far as the book is.
        """
        odds = log_odds(chance) - ORDINARY
        alone = odds / self.signs
        return np.stack([odds - alone, alone, np.log(self.signs), np.log(self.recency + FAINT), np.log(self.longer)], axis=1)

    def owned(self, chance: NDArray[np.float64]) -> NDArray[np.float64]:
        """The terms of the correction of a chance within the own horizon, float64[n, 4]."""
        return np.stack([log_odds(chance), np.log(self.signs), np.log(self.recency_own + FAINT), 1.0 / self.own], axis=1)
