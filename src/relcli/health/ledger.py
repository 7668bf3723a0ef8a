"""Days with something on them, for every contact of a book, side by side in one array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Ledger:
    """The distinct days of each contact, ascending.

    Contact `i` has the days `days[start[i]:start[i + 1]]`. A day is a whole number, days since 1970-01-01.
    `days` is int64[total], `start` int64[contacts + 1].
    """

    days: NDArray[np.int64]
    start: NDArray[np.int64]

    @classmethod
    def of(cls, owner: ArrayLike, day: ArrayLike, size: int) -> Self:
        """Build from pairs (owner, day) in any order, repeated as often as they like, for `size` contacts.

        Raises ValueError where the two differ in length or an owner is not in 0 … size - 1.
        """
        owners, all_days = np.asarray(owner, dtype=np.int64), np.asarray(day, dtype=np.int64)
        if owners.ndim != 1 or owners.shape != all_days.shape:
            raise ValueError("owner and day must be flat and equally long")
        if owners.size == 0:
            return cls(np.empty(0, np.int64), np.zeros(size + 1, np.int64))
        if owners.min() < 0 or owners.max() >= size:
            raise ValueError(f"an owner is not in 0 … {size - 1}")
        first = int(all_days.min())
        width = int(all_days.max()) - first + 1
        # One number for owner and day: sorting it is many times faster than sorting by two keys.
        key = owners * width + (all_days - first)
        if np.any(key[1:] <= key[:-1]):
            key = np.unique(key)
        counts = np.bincount(key // width, minlength=size)
        return cls(key % width + first, _starts(counts))

    @property
    def size(self) -> int:
        """How many contacts, those without any day included."""
        return int(self.start.size - 1)

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many distinct days each contact has."""
        return np.diff(self.start)

    @property
    def owners(self) -> NDArray[np.int64]:
        """The contact of each entry of `days`."""
        return np.repeat(np.arange(self.size, dtype=np.int64), self.counts)

    @property
    def first(self) -> NDArray[np.float64]:
        """The first day of each contact, NaN where there is none."""
        return self._pick(self.start[:-1])

    @property
    def last(self) -> NDArray[np.float64]:
        """The newest day of each contact, NaN where there is none."""
        return self._pick(self.start[1:] - 1)

    def until(self, day: int) -> Self:
        """The same ledger as it was at the end of `day`: nothing later."""
        kept = self.days <= day
        if kept.all():
            return self
        before = np.concatenate(([0], np.cumsum(kept)))
        return type(self)(self.days[kept], before[self.start])

    def pick(self, rows: NDArray[np.int64]) -> Self:
        """The ledger of these contacts alone, in this order."""
        counts = self.counts[rows]
        start = _starts(counts)
        place = np.repeat(self.start[:-1][rows] - start[:-1], counts) + np.arange(start[-1])
        return type(self)(self.days[place], start)

    def known(self) -> Self:
        """The ledger of the contacts that have a day."""
        some = self.start[:-1] < self.start[1:]
        return type(self)(self.days, np.concatenate((self.start[:-1][some], self.start[-1:])))

    def recency(self, halving: NDArray[np.int64]) -> NDArray[np.float64]:
        """For each contact, on its newest day, the sum over its days of 0.5 to the power of their age in `halving` days."""
        owner = self.owners
        age = self.days[self.start[1:] - 1][owner] - self.days
        return np.asarray(np.bincount(owner, 0.5 ** (age / halving[owner]), self.size), dtype=np.float64)

    def gaps(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """All gaps between neighbouring days, oldest first: contact and days of each, start per contact."""
        if self.days.size == 0:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.zeros(self.size + 1, np.int64)
        step = np.diff(self.days)
        within = np.ones(step.size, dtype=np.bool_)
        # The step from one contact's last day to the next contact's first is no gap.
        borders = self.start[1:-1] - 1
        within[borders[(borders >= 0) & (borders < step.size)]] = False
        counts = np.maximum(self.counts - 1, 0)
        return np.repeat(np.arange(self.size, dtype=np.int64), counts), step[within], _starts(counts)

    def _pick(self, index: NDArray[np.int64]) -> NDArray[np.float64]:
        found = np.full(self.size, np.nan)
        some = self.counts > 0
        found[some] = self.days[index[some]]
        return found


def _starts(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Numbered:
    """Day and number of the records of each contact, in any order; contact `i` has start[i]:start[i + 1]."""

    start: NDArray[np.int64]
    day: NDArray[np.int64]
    number: NDArray[np.int64]

    @classmethod
    def of(cls, owner: NDArray[np.int64], day: NDArray[np.int64], number: NDArray[np.int64], size: int) -> Self:
        """From aligned arrays in any order, for `size` contacts."""
        order = np.argsort(owner, kind="stable")
        return cls(_starts(np.bincount(owner, minlength=size)), day[order], number[order])

    def until(self, position: int, day: int) -> list[tuple[int, int]]:
        """Day and number of what one contact had by the end of a day, the oldest first."""
        mine = slice(int(self.start[position]), int(self.start[position + 1]))
        return sorted(pair for pair in zip(self.day[mine].tolist(), self.number[mine].tolist(), strict=True) if pair[0] <= day)
