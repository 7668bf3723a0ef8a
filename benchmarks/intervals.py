"""How often the intervals of survey figures hold the true figure, by simulation.

    python benchmarks/intervals.py [DRAWS]

Surveys of 10, 20 and 50 answers are drawn, seeded, from three populations of known promoters, passives and detractors.
Counted is how often the 95 % interval holds the true net promoter score, and the true mean of the same answers on four
scales. Printed as the table of docs/explanation/small-numbers.md; fails where the score is held less than 93 or more
than 97 times of 100, or a mean on a scale of five points or more less than 94.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from relcli.health.statistics.intervals import Estimate, mean, nps

DRAWS, SEED = 100_000, 20261121
MIXES = ((0.5, 0.3, 0.2), (0.7, 0.2, 0.1), (0.3, 0.3, 0.4))
SIZES = (10, 20, 50)
COARSE = "1-3"  # shown, but not judged: three answers are too few to choose from for a mean of ten of them
SCALES = {  # what promoters, passives and detractors answer, each answer as likely as the others beside it
    "0-10": ((9, 10), (7, 8), (0, 1, 2, 3, 4, 5, 6)),
    "1-7": ((6, 7), (5,), (1, 2, 3, 4)),
    "1-5": ((5,), (4,), (1, 2, 3)),
    COARSE: ((3,), (2,), (1,)),
}


@dataclass(frozen=True, slots=True)
class Held:
    """How often the true figure was held, and the mean half-width."""

    share: float
    half: float


def main() -> None:
    """Simulate, print the table, and fail where an interval does not keep its word."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    print(f"{draws} surveys a line, seed {SEED}\n")
    print(f"| promoters, passives, detractors | answers | NPS held | ± points | {' | '.join(f'mean {s} held' for s in SCALES)} |")
    print("|---|---:|---:|---:|" + "---:|" * len(SCALES))
    kept = True
    for mix in MIXES:
        for size in SIZES:
            score = score_held(mix, size, draws)
            means = {name: mean_held(mix, size, draws, scale) for name, scale in SCALES.items()}
            kept &= 0.93 <= score.share <= 0.97 and all(held.share >= 0.94 for name, held in means.items() if name != COARSE)
            words = [", ".join(f"{part:.0%}".replace("%", " %") for part in mix), str(size), percent(score), f"{score.half:.0f}"]
            print(f"| {' | '.join([*words, *map(percent, means.values())])} |")
    sys.exit(not kept)


def score_held(mix: tuple[float, ...], size: int, draws: int) -> Held:
    """How often the interval of the net promoter score holds that of the population."""
    drawn = np.random.default_rng((SEED, size)).multinomial(size, mix, draws)
    return counted(drawn, lambda row: nps(*row), 100.0 * (mix[0] - mix[2]))


def mean_held(mix: tuple[float, ...], size: int, draws: int, scale: tuple[tuple[int, ...], ...]) -> Held:
    """How often the interval of the mean holds that of the population."""
    values = [value for group in scale for value in group]
    chances = [part / len(group) for part, group in zip(mix, scale, strict=True) for _ in group]
    drawn = np.random.default_rng((SEED, size, len(values))).multinomial(size, chances, draws)
    truth = float(np.dot(values, chances))
    return counted(drawn, lambda row: mean(np.repeat(values, row).tolist(), min(values), max(values)), truth)


def counted(
    drawn: np.ndarray[tuple[int, ...], np.dtype[np.int64]], reckon: Callable[[list[int]], Estimate], truth: float
) -> Held:
    """Each different survey is reckoned once and counted as often as it was drawn."""
    rows, times = np.unique(drawn, axis=0, return_counts=True)
    found = [reckon(row) for row in rows.tolist()]
    held = np.array([estimate.low <= truth <= estimate.high for estimate in found])
    half = np.array([estimate.half for estimate in found])
    return Held(float(np.average(held, weights=times)), float(np.average(half, weights=times)))


def percent(held: Held) -> str:
    """A share as the table shows it."""
    return f"{100 * held.share:.1f} %"


if __name__ == "__main__":
    main()
