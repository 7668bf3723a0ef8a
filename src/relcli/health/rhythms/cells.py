"""The model behind rhythm: a population of cells, each a way of coming back and of leaving.

A cell is a shape of the gaps (bursty, random, regular), a mean gap, and a chance that an event was the last
one. What is known of a contact is the likelihood of its history under each cell; what is known of the book is
the weight of each cell among its contacts. Formulas: docs/explanation/metric.md.

Arrays over cells have a column for each of the 36 (shape, mean) pairs and, where leaving matters, a last axis
for the 6 chances of leaving.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from relcli.health.ledger import Ledger

SHAPES = np.repeat([0.5, 1.0, 2.5], 12)
MEANS = np.tile(np.geomspace(1.0, 3000.0, 12), 3)  # days
LEAVING = np.array([0.002, 0.01, 0.05, 0.15, 0.35, 0.75])
FLAT = np.full((SHAPES.size, LEAVING.size), 1.0 / (SHAPES.size * LEAVING.size))

FORGETTING = 0.93  # weight of a gap against the next newer one
REMEMBERED = 127  # gaps; the weight of older ones is below 1e-4
DOUBT = 0.03  # of the prior is uniform: this book may be like none before
PRIOR_CONTACTS = 40.0  # what the prior is worth
STEPS = 15
SAMPLE = 500
LONGEST_SILENCE = 40_000  # days; a longer silence says no more than this
VANISHING = 700.0  # beyond it erfc of the root is nothing
LAST_DAY = 45_000  # the survival table ends here


@dataclass(frozen=True, slots=True)
class Histories:
    """What the model needs of each contact's past, one row a contact, all with at least one sign.

    `sums` is float64[n, 3]: of its gaps, newest weighted most, the sum of weights, of days and of log days. `stays`,
    float64[n], is how often they stayed: how somebody comes changes, and is forgotten; that they never left is forgotten
    half as much. `silence` is int64[n], days since the last sign, at most `LONGEST_SILENCE`.
    """

    sums: NDArray[np.float64]
    stays: NDArray[np.float64]
    silence: NDArray[np.int64]

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> Histories:
        return Histories(self.sums[rows], self.stays[rows], self.silence[rows])

    @classmethod
    def of(cls, signs: Ledger, as_of: int) -> Self:
        """Summarise a ledger that has no day after `as_of` and no contact without a day."""
        owner, gap, start = signs.gaps()
        age = start[1:][owner] - 1 - np.arange(gap.size)
        recent = age < REMEMBERED
        owner, days = owner[recent], gap[recent].astype(np.float64)
        weight = FORGETTING ** age[recent]
        sums = [np.bincount(owner, weight * of, signs.size) for of in (1.0, days, np.log(days))]
        silence = np.minimum(as_of - signs.last.astype(np.int64), LONGEST_SILENCE)
        stays = (sums[0] + np.diff(start)) / 2.0
        return cls(np.stack(sums, axis=1), stays, silence)


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """The likelihood of each history under each cell, in parts.

    It is `gaps[:, :, None] * stayed[:, None, :] * end`, up to a factor for each history.

    `gaps` is float64[n, 36] with largest value 1 in each row, `stayed` float64[n, 6]; `end` is the chance of
    the silence, `p + (1 - p) * S(silence)`.
    """

    gaps: NDArray[np.float64]
    stayed: NDArray[np.float64]
    surviving: NDArray[np.float64]  # S at the silence, float64[n, 36]

    @classmethod
    def of(cls, past: Histories) -> Self:
        """The likelihoods of these histories."""
        by_weight = SHAPES * np.log(SHAPES / MEANS) - np.array([math.lgamma(k) for k in SHAPES])
        logs = past.sums @ np.stack([by_weight, -SHAPES / MEANS, SHAPES - 1.0])
        stayed = np.exp(past.stays[:, None] * np.log1p(-LEAVING))
        return cls(np.exp(logs - logs.max(axis=1, keepdims=True)), stayed, survival(past.silence))

    def under(self, weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The mass of having left and of being there still, *before* the silence: float64[n, 36] each.

        The likelihood of the history is `(left + there * surviving).sum(axis=1)`, so that later survival can
        be put in the place of `surviving`.
        """
        left = self.gaps * ((self.stayed * LEAVING) @ weights.T)
        there = self.gaps * ((self.stayed * (1.0 - LEAVING)) @ weights.T)
        return left, there

    def by_cell(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The posterior over all cells, float64[n, 36, 6], each contact's summing to 1."""
        end = LEAVING + (1.0 - LEAVING) * self.surviving[:, :, None]
        mass = self.gaps[:, :, None] * self.stayed[:, None, :] * end * weights
        return np.asarray(mass / mass.sum(axis=(1, 2), keepdims=True))


def population(signs: Ledger, past: Histories, prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cell weights of this book, float64[36, 6] summing to 1.

    They come from its own histories and from the prior, which, mixed with 3 % of all cells alike, is worth 40 contacts.

    A book of more than 500 contacts is judged by 500 of them, chosen by their records alone. Without contacts
    what is expected of a book is the answer.
    """
    known = Likelihoods.of(past[sample(signs)])
    expected = (1.0 - DOUBT) * prior + DOUBT * FLAT
    weights = expected
    for _ in range(STEPS):
        mass = known.by_cell(weights).sum(axis=0) + PRIOR_CONTACTS * expected
        weights = mass / mass.sum()
    return weights


def survival(days: NDArray[np.int64]) -> NDArray[np.float64]:
    """The chance that a gap is longer than so many days, for each (shape, mean): float64[..., 36]."""
    reach = min(int(days.max(initial=0)), LAST_DAY)
    table = _survival_table(-(-(reach + 1) // 4096) * 4096)
    return np.asarray(table[np.minimum(days, LAST_DAY)])


@lru_cache(maxsize=3)
def _survival_table(size: int) -> NDArray[np.float64]:
    """Every survival for 0 … size - 1 days: days are whole, so that a table is exact, and fast."""
    z = np.arange(size)[:, None] * (SHAPES / MEANS)
    table = np.exp(-z)
    for shape in (0.5, 2.5):
        column = shape == SHAPES
        part = z[:, column]
        small = part < VANISHING
        tail = np.zeros(part.shape)
        tail[small] = np.fromiter(map(math.erfc, np.sqrt(part[small]).tolist()), np.float64)
        if shape > 1.0:
            tail += table[:, column] * np.sqrt(part) * (1.0 / math.gamma(1.5) + part / math.gamma(2.5))
        table[:, column] = tail
    table.setflags(write=False)
    return table


def sample(signs: Ledger, most: int = SAMPLE) -> NDArray[np.int64]:
    """At most so many contacts of a ledger in which each has a day, by a hash of their gaps.

    Neither names, order nor the date decide. Contacts with the same gaps (all that have one sign) are
    numbered by their last day and the number is hashed too, so that the sample holds as many of them as their
    share, spread over time, and one contact more moves it to neighbours at most.
    """
    if signs.size <= most:
        return np.arange(signs.size, dtype=np.int64)
    owner, gap, start = signs.gaps()
    place = (np.arange(gap.size) - start[:-1][owner]).astype(np.uint64)
    mixed = _mix(gap.astype(np.uint64) + (place << np.uint64(32)))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)))  # wraps around, as it may
    history = _mix(sums[start[1:]] - sums[start[:-1]])
    order = np.lexsort((signs.last, history))
    same = history[order]
    opens = np.flatnonzero(np.concatenate(([True], same[1:] != same[:-1])))
    number = np.arange(same.size) - np.repeat(opens, np.diff(np.append(opens, same.size)))
    lot = _mix(same + _mix(number.astype(np.uint64) + np.uint64(1)))
    return np.asarray(order[np.argsort(lot, kind="stable")[:most]])


def _mix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scatter 64-bit numbers (the finaliser of splitmix64)."""
    value = value + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(value ^ (value >> np.uint64(31)))
