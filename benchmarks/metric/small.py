"""How well a small book is judged: random draws of 20, 50 and 200 parties, beside the same baselines.

    python benchmarks/metric/small.py [FOLDER] [--draws N] [--but NAME]...

Each ledger is judged by what the others taught. A report through the command line for every draw would take a day, so
these ask the package's own functions (`adapted`, `rhythm`); `run.py` shows that the command line says the same. A draw
has the parties and the days it was given, nothing more: population, corrections and baselines are fitted to it alone.
Means over all draws from a ledger in which a measure has both outcomes, then over ledgers, and again without those named
by --but. Seeded.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import defaultdict
from pathlib import Path

import numpy as np
from baselines import Score, baselines
from fit import fitted
from ledgers import Cut, books, cut, drawn
from run import OURS, judged

from relcli.health.rhythms.adaptation import adapted
from relcli.health.rhythms.prior import Model
from relcli.health.rhythms.rhythm import rhythm

SIZES = (20, 50, 200)
SEED = 7
MEASURES = ("AUC A", "log loss", "AUC C")


def main() -> None:
    """Draw, judge, print a table per size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parents[1] / "data")
    parser.add_argument("--draws", type=int, default=12)
    parser.add_argument("--but", action="append", default=[])
    chosen = parser.parse_args()
    everything = list(books(chosen.folder))
    ledgers: dict[tuple[int, str, str], dict[str, float]] = defaultdict(dict)
    for book in everything:
        model = Model.read(fitted([other for other in everything if other.name != book.name] or everything))
        dice = np.random.default_rng(SEED)
        cuts = [cut(book, day) for day in book.cuts]
        for size in SIZES:
            found: dict[tuple[str, str], list[float]] = defaultdict(list)
            for then in cuts:
                for _ in range(chosen.draws):
                    rows = np.sort(dice.permutation(then.parties.size)[:size])
                    _judge(drawn(then, rows), model, found)
            for (measure, method), values in found.items():
                if not np.isnan(values).all():
                    ledgers[size, measure, method][book.name] = float(np.nanmean(values))
        print(f"{book.name}: judged", file=sys.stderr, flush=True)
    for size in SIZES:
        methods = list(dict.fromkeys(method for s, _, method in ledgers if s == size))
        print(f"\n{size} parties\n\n| | {' | '.join(methods)} |\n|---|" + "---:|" * len(methods))
        for measure in MEASURES:
            for label, left in (("", []), *[(f" without {', '.join(chosen.but)}", chosen.but)] * bool(chosen.but)):
                row = [_mean(ledgers.get((size, measure, method), {}), left) for method in methods]
                print(f"| {measure}{label} | {' | '.join(row)} |")


def _mean(found: dict[str, float], left: list[str]) -> str:
    values = [value for name, value in found.items() if name not in left]
    return f"{np.mean(values):.4f}" if values else ""


def _judge(then: Cut, model: Model, found: dict[tuple[str, str], list[float]]) -> None:
    beats = rhythm(then.signs, then.day, then.horizon, model=adapted(then.signs, then.day, then.horizon, model), detail=False)
    chance = beats.value / 100.0
    scores = {OURS: Score(chance, beats.silent_risk, beats.silent_risk, chance)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scores |= baselines(then)
    own = judged(then, scores)
    for measure in MEASURES:
        for method, value in own[measure].items():
            found[measure, method].append(value)
    found["AUC C", "Pareto/NBD own"].append(own["AUC C own"]["Pareto/NBD"])


if __name__ == "__main__":
    main()
