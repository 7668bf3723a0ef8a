"""What a year of trade rests on: whose share is how large, and how much of it hangs on few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Nets = Mapping[str, Mapping[int, int]]  # currency → holder → minor units


@dataclass(frozen=True, slots=True)
class Slice:
    """What one holder's year came to, in minor units, and its share of all, 0-1."""

    holder: int
    amount: int
    share: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A year in one currency, the largest slice first. Nothing that came to nothing is in it.

    `concentration` is the Herfindahl index, the sum of squared shares: 1 where all hangs on one, 1/n where n are equal.
    """

    currency: str
    total: int
    slices: tuple[Slice, ...]
    concentration: float


def nets(entries: Iterable[tuple[int, str, int]]) -> dict[str, dict[int, int]]:
    """Holder, currency and signed amount, netted: what was given back lowers the year, not below zero."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for holder, currency, amount in entries:
        found[currency][holder] += amount
    return {currency: {holder: max(0, net) for holder, net in held.items()} for currency, held in found.items()}


def spread(currency: str, held: Mapping[int, int]) -> Spread:
    """The shares of the holders of one currency."""
    total = sum(held.values())
    known = sorted(((amount, holder) for holder, amount in held.items() if amount), key=lambda pair: (-pair[0], pair[1]))
    slices = tuple(Slice(holder, amount, amount / total) for amount, holder in known)
    return Spread(currency, total, slices, sum(one.share**2 for one in slices))
