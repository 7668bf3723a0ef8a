"""How often the interval of an initiative excludes zero where there is no effect, and where there is one.

    python benchmarks/initiatives.py [RUNS]

People are invented, seeded, in two strata, and drawn into the groups by the very lot of the program. Two outcomes: whether
somebody came back (70 of 100 do, those who did before a little likelier), and health (about 60, spread 15; half of what
stands apart from that persists). Without an effect a 90 % interval should exclude zero 10 times of 100; the effects are 20 more of
100 who came back (of the 50 of 100 who do without it), and 8 points of health. Printed as the tables of
docs/explanation/small-numbers.md; fails outside 8 to 12 % from ten people in each group, or above 12 % at five.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relcli.domain.initiative import WHOLE, drawn
from relcli.health.statistics.effect import effect

RUNS, SEED = 1_000, 20261121
NULL_SIZES, POWER_SIZES = (5, 10, 20, 50), (20, 50, 100)
LOW, HIGH = 0.08, 0.12
SPAN = {"came back": 1.0, "health": 100.0}
SHIFT = {"came back": 0.20, "health": 8.0}
Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Held:
    """Shares of the runs, and the mean half-width where there was an interval."""

    excluded: float
    held: float
    half: float
    none: float


def main() -> None:
    """Simulate, print the tables, and fail where the interval does not keep its word."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    print(f"{runs} initiatives a cell, seed {SEED}\n")
    print("| people in each group | came back: zero excluded | no interval | ± of 100 | health: zero excluded | ± points |")
    print("|---:|---:|---:|---:|---:|---:|")
    kept = True
    for size in NULL_SIZES:
        rate, points = (simulated(outcome, size, 0.0, runs) for outcome in SPAN)
        print(
            f"| {size} | {percent(rate.excluded)} | {percent(rate.none)} | {100 * rate.half:.0f} | {percent(points.excluded)} | {points.half:.1f} |",
            flush=True,
        )
        kept &= all(found.excluded <= HIGH and (size < 10 or found.excluded >= LOW) for found in (rate, points))
    print("\n| people in each group | 20 more of 100 found | and held | 8 points of health found | and held |")
    print("|---:|---:|---:|---:|---:|")
    for size in POWER_SIZES:
        rate, points = (simulated(outcome, size, shift, runs) for outcome, shift in SHIFT.items())
        print(
            f"| {size} | {percent(rate.excluded)} | {percent(rate.held)} | {percent(points.excluded)} | {percent(points.held)} |",
            flush=True,
        )
    sys.exit(not kept)


def simulated(outcome: str, size: int, shift: float, runs: int) -> Held:
    """`runs` initiatives with `size` people in each group, in which being enrolled adds `shift`."""
    rng = np.random.default_rng((SEED, size, round(100 * shift), len(outcome)))
    excluded, held, halves, none = 0, 0, [], 0
    for run in range(runs):
        strata = np.arange(2 * size) % 2
        names = {f"{run}-{i}": str(part) for i, part in enumerate(strata)}
        alone = drawn(names, WHOLE // 2, int(rng.integers(2**40)))
        enrolled = np.array([name not in alone for name in names])
        before, after = (came_back if outcome == "came back" else healths)(rng, enrolled, shift)
        found = effect(before, after, enrolled, strata, span=SPAN[outcome])
        if found is None or found.low is None or found.high is None:
            none += 1
            continue
        excluded += found.proven
        held += found.low <= shift <= found.high
        halves.append((found.high - found.low) / 2.0)
    return Held(excluded / runs, held / max(1, runs - none), float(np.mean(halves)), none / runs)


def came_back(rng: np.random.Generator, enrolled: NDArray[np.bool_], shift: float) -> tuple[Figures, Figures]:
    """Whether they came before and after: three of ten do as they did, the others as everybody does."""
    rate = 0.5 if shift else 0.7
    before = rng.random(enrolled.size) < rate
    fresh = rng.random(enrolled.size) < rate
    after = np.where(rng.random(enrolled.size) < 0.3, before, fresh)
    brought = ~after & enrolled & (rng.random(enrolled.size) < shift / (1.0 - rate))
    return before.astype(np.float64), (after | brought).astype(np.float64)


def healths(rng: np.random.Generator, enrolled: NDArray[np.bool_], shift: float) -> tuple[Figures, Figures]:
    """Health before and after, from 0 to 100."""
    before = 60.0 + 15.0 * rng.standard_normal(enrolled.size)
    after = 60.0 + 0.5 * (before - 60.0) + 13.0 * rng.standard_normal(enrolled.size) + shift * enrolled
    return np.clip(before, 0.0, 100.0), np.clip(after, 0.0, 100.0)


def percent(share: float) -> str:
    """A share as the tables say it."""
    return f"{100 * share:.1f} %"


if __name__ == "__main__":
    main()
