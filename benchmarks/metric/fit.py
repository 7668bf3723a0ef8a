"""Fit what ships with the program: the prior over the cells, and the two corrections.

    python benchmarks/metric/fit.py [FOLDER] [--leave NAME]... [--out FILE]

FOLDER holds NAME.csv.gz and splits.json, as in benchmarks/data. Every ledger weighs the same, however long it is.
`--leave` leaves a ledger out, so that it can be judged by what the others taught. The file written by default is the one
in the package. The same ledgers give the same file, to the last digit.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from ledgers import Book, Flags, Floats, books, followed

from relcli.health.rhythms import prior
from relcli.health.rhythms.adaptation import Replay, replay
from relcli.health.rhythms.cells import FLAT, Histories, Likelihoods
from relcli.health.rhythms.correction import Correction, regressed, shifted
from relcli.health.rhythms.counting import raised, standard
from relcli.health.rhythms.prior import Model
from relcli.health.rhythms.traces import FIXED_RISING, OWN_RISING

SEED = 1
PARTIES = 4000  # of a ledger, drawn
STEPS = 100
ROWS = 1500  # of a cut, drawn
WORTH = 2000.0  # rows that a ledger counts for in the corrections
RIDGE = 1.0  # towards no correction's slopes at all, in rows of a standard deviation
OWN_RIDGE = 4.0  # towards all ledgers, where each is fitted alone
LEAST_SPREAD = 0.1  # between ledgers, of a coefficient
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Rows:
    """What one ledger has to say on one correction."""

    terms: Floats
    heard: Flags


def main() -> None:
    """Fit, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parents[1] / "data")
    parser.add_argument("--leave", action="append", default=[])
    parser.add_argument("--out", type=Path, default=Path(prior.__file__).with_name(prior.FILE))
    chosen = parser.parse_args()
    used = [book for book in books(chosen.folder) if book.name not in chosen.leave]
    chosen.out.write_text(json.dumps(fitted(used), indent=1) + "\n")


def fitted(used: Sequence[Book]) -> dict[str, Any]:
    """The figures of the file."""
    weights = population(used)
    bare = replace(_nothing(), weights=weights)
    found = [[_replayed(book, day, bare) for day in book.cuts] for book in used]
    fixed = [Rows(np.concatenate([r.fixed for r in one]), np.concatenate([r.heard for r in one])) for one in found]
    own = [Rows(np.concatenate([r.own for r in one]), np.concatenate([r.heard_own[r.judged] for r in one])) for one in found]
    figures = {
        "ledgers": [book.name for book in used],
        "weights": weights.round(DIGITS + 2).tolist(),
        "fixed": correction(fixed, FIXED_RISING),
        "own": correction(own, OWN_RISING),
        "count": [0.0, 1.0, 0.0],
    }
    counts = [_counts(book, one, Model.read(figures)) for book, one in zip(used, found, strict=True)]
    return {**figures, "count": _rounded(count(counts))}


def population(used: Sequence[Book]) -> Floats:
    """The weights of the cells that make the histories of all ledgers likeliest, after so many steps from flat."""
    known = [_likelihoods(book) for book in used]
    weights = FLAT
    for _ in range(STEPS):
        mass = np.sum([one.by_cell(weights).mean(axis=0) for one in known], axis=0)
        weights = mass / mass.sum()
    return weights


def correction(ledgers: Sequence[Rows], rising: tuple[int, ...]) -> dict[str, Any]:
    """One correction for all, and by how much each ledger alone would differ."""
    terms, heard = np.concatenate([one.terms for one in ledgers]), np.concatenate([one.heard for one in ledgers])
    weight = np.concatenate([np.full(len(one.terms), 1.0 / len(one.terms)) for one in ledgers])
    means = np.average(terms, axis=0, weights=weight)
    deviations = np.sqrt(np.average((terms - means) ** 2, axis=0, weights=weight))
    size = terms.shape[1] + 1
    bare = Correction(0.0, (0.0,) * (size - 1), tuple(means), tuple(deviations), (RIDGE,) * size, rising)
    nothing = (0.0,) * size
    all_of_them = regressed(bare.standard(terms), heard, weight * WORTH, nothing, bare.precisions, rising)
    alone = [
        regressed(bare.standard(one.terms), one.heard, np.ones(len(one.terms)), all_of_them, (OWN_RIDGE,) * size, rising)
        for one in ledgers
    ]
    spread = np.maximum(np.mean((np.array(alone) - all_of_them) ** 2, axis=0), LEAST_SPREAD**2)
    return {
        "base": round(all_of_them[0], DIGITS),
        "slopes": _rounded(all_of_them[1:]),
        "means": _rounded(means),
        "deviations": _rounded(deviations),
        "precisions": _rounded(1.0 / spread),
    }


def count(ledgers: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Base and slopes of the logarithm of the expected count, for a spread that grows with its square.

    Each ledger is the terms and what came, one row each.
    """
    rows, came = (np.concatenate([one[side] for one in ledgers]) for side in (0, 1))
    weight = np.concatenate([np.full(len(one[1]), WORTH / len(one[1])) for one in ledgers])
    centre = np.array([0.0, 1.0, 0.0])
    at = centre
    for _ in range(STEPS):
        mean = np.exp(np.clip(rows @ at, -20.0, 8.0))
        share = weight / (1.0 + mean)
        slope = rows.T @ (share * (mean - came)) + RIDGE * (at - centre)
        step = np.linalg.solve((rows * (share * mean)[:, None]).T @ rows + RIDGE * np.eye(at.size), slope)
        at = at - step * min(1.0, 0.5 / max(float(np.abs(step).max()), 1e-9))
    return at


def _counts(book: Book, replays: Sequence[Replay], model: Model) -> tuple[Floats, Floats]:
    """The terms of the count, and what came, at every cut of a ledger."""
    rows, came = [], []
    for day, one in zip(book.cuts, replays, strict=True):
        foretold = one.outlook.within()
        chance = shifted(foretold, model.fixed.shift(foretold, one.fixed))
        rows.append(standard(raised(one.outlook.expected(), foretold, chance), one.traces.recency))
        came.append(followed(book.ledger.pick(one.places), day, one.outlook.ahead))
    return np.concatenate(rows), np.concatenate(came).astype(np.float64)


def _likelihoods(book: Book) -> Likelihoods:
    """Of the histories until the last cut."""
    day = book.cuts[-1]
    known = book.ledger.until(day).known()
    rows = np.sort(np.random.default_rng(SEED).permutation(known.size)[:PARTIES])
    return Likelihoods.of(Histories.of(known.pick(rows), day))


def _replayed(book: Book, day: int, model: Model) -> Replay:
    found = replay(book.ledger, day, book.horizon, int(book.ledger.days.max()), model, ROWS)
    if found is None:
        raise SystemExit(f"{book.name}: hardly anybody was known at its cut of day {day}")
    return found


def _nothing() -> Model:
    """A model that corrects nothing."""
    plain = [Correction(0.0, (0.0,) * size, (0.0,) * size, (1.0,) * size, (0.0,) * (size + 1), ()) for size in (5, 4)]
    return Model(FLAT, plain[0], plain[1], (0.0, 1.0, 0.0))


def _rounded(values: Sequence[float] | Floats) -> list[float]:
    return [round(float(value), DIGITS) for value in values]


if __name__ == "__main__":
    main()
