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

    `forgotten` is the part of the total that came from people who were forgotten since; nobody holds it.
    `concentration` is the Herfindahl index of the rest, the sum of squared shares: 1 where all hangs on one, 1/n where n
    are equal.
    """

    currency: str
    total: int
    slices: tuple[Slice, ...]
    concentration: float
    forgotten: int = 0


def nets(entries: Iterable[tuple[int, str, int]]) -> dict[str, dict[int, int]]:
    """Holder, currency and signed amount, netted: what was given back lowers the year, not below zero."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for holder, currency, amount in entries:
        found[currency][holder] += amount
    return {currency: {holder: max(0, net) for holder, net in held.items()} for currency, held in found.items()}


def spread(currency: str, held: Mapping[int, int], nobody: int | None = None) -> Spread:
    """The shares of the holders of one currency; `nobody` holds the sums of those who were forgotten."""
    total, known = sum(held.values()), {holder: amount for holder, amount in held.items() if amount and holder != nobody}
    ordered = sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))
    slices = tuple(Slice(holder, amount, amount / total) for holder, amount in ordered)
    whole = sum(known.values())
    concentration = sum((amount / whole) ** 2 for amount in known.values())
    return Spread(currency, total, slices, concentration, total - whole)
