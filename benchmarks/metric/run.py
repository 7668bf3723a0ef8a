"""Is the metric true? Ledgers go in through the command line, reports come out, and what followed judges them.

    python benchmarks/metric/run.py [FOLDER] [--ledger NAME]... [--shipped] [--points FILE]

FOLDER holds NAME.csv.gz (party,date,value[,direction,channel]) and splits.json. Everything up to a cut may be used,
nothing after it. Each ledger is judged by what the others taught: `fit.py` makes a data file from them, and a copy of the
package with that file answers. `--shipped`, and a folder with one ledger, ask the package as it ships.

Judged: A, any event within the horizon, for every party with an event by the cut; B, how far `expected` is from what came;
C, the early warning: parties with at least five days, gaps of a CV up to 1, last seen within two median gaps, whose next
three median gaps lie inside the ledger. Health is judged where it is known, beside rhythm and warning of the same parties.
Per ledger the median over its cuts. Beside it, from the same rows in the same run: a 30/60/90-day traffic light, recency,
RFM quintiles, exponential decay, BG/NBD and Pareto/NBD. `--points` keeps every chance and what came of it, for picture.py.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from baselines import Score, baselines
from fit import fitted
from ledgers import Book, Cut, Floats, books, cut
from measures import auc, calibration_error, log_loss

import relcli
from relcli.health.rhythms import prior

MAPS = {
    "value": '[columns]\ncontact = "party"\nat = "date"\namount = "value"\n[constants]\nkind = "sale"\n',
    "direction": '[columns]\ncontact = "party"\nat = "date"\n[constants]\nchannel = "email"\ndirection = "in"\n',
}
OURS = "relcli"
TABLES = ("AUC A", "log loss", "ECE", "AUC C", "AUC C own", "MAE", "health A", "rhythm A", "health C", "rhythm C")
Found = dict[str, dict[str, float]]  # by table and method


@dataclass(frozen=True, slots=True)
class Program:
    """The command line of one copy of the package."""

    source: Path
    book: Path

    def __call__(self, *words: str) -> str:
        """What a command writes to stdout."""
        command = [sys.executable, "-m", "relcli", "--book", str(self.book), *words]
        environment = {**os.environ, "PYTHONPATH": str(self.source)}
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def main() -> None:
    """Run the ledgers asked for and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parents[1] / "data")
    parser.add_argument("--ledger", action="append", default=[])
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--points", type=Path)
    chosen = parser.parse_args()
    everything = list(books(chosen.folder))
    table: dict[str, Found] = {}
    points: list[tuple[str, float, int]] = []
    for book in everything:
        if chosen.ledger and book.name not in chosen.ledger:
            continue
        others = [] if chosen.shipped else [other for other in everything if other.name != book.name]
        with tempfile.TemporaryDirectory(prefix="relcli-benchmark-") as folder:
            source = taught(others, Path(folder)) if others else Path(relcli.__file__).parents[1]
            program = Program(source, Path(folder) / "book.db")
            bring(book, chosen.folder, program, Path(folder))
            cuts = [at_cut(book, day, program, points) for day in book.cuts]
        table[book.name] = _middle(cuts)
        print(f"{book.name}: judged", file=sys.stderr, flush=True)
    for name in TABLES:
        print(f"\n{name}\n\n" + drawn(name, table))
    if chosen.points:
        chosen.points.write_text("ledger,chance,came\n" + "".join(f"{n},{c:.4f},{k}\n" for n, c, k in points))


def taught(others: Sequence[Book], folder: Path) -> Path:
    """A copy of the package that knows these ledgers alone."""
    package = folder / "src" / "relcli"
    shutil.copytree(Path(relcli.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "health" / "rhythms" / prior.FILE).write_text(json.dumps(fitted(others)))
    return folder / "src"


def bring(book: Book, ledgers: Path, program: Program, folder: Path) -> None:
    """Import a ledger whole."""
    text = gzip.decompress((ledgers / f"{book.name}.csv.gz").read_bytes()).decode()
    directed = "direction" in text.partition("\n")[0]
    source, mapping = folder / "ledger.csv", folder / "map.toml"
    source.write_text(text)
    mapping.write_text(MAPS["direction" if directed else "value"])
    noun = "interactions" if directed else "transactions"
    program("import", noun, str(source), "--map", str(mapping), "--add", "--quiet")


def at_cut(book: Book, day: int, program: Program, points: list[tuple[str, float, int]]) -> Found:
    """Every measure at one cut."""
    on = (date(1970, 1, 1) + timedelta(days=day)).isoformat()
    answer = program("health-report", "--as-of", on, "--horizon", str(book.horizon), "--format", "csv")
    report = {row["name"]: row for row in csv.DictReader(io.StringIO(answer))}
    then = cut(book, day)
    names = [book.parties[place] for place in then.parties]
    missing = [name for name in names if not report.get(name, {}).get("rhythm")]
    if missing:
        raise SystemExit(f"{book.name} at {on}: the report lacks {len(missing)} parties, such as {missing[0]}")

    def column(name: str) -> Floats:
        return np.array([float(report[party][name] or "nan") for party in names])

    chance, risk, health = column("rhythm") / 100.0, column("silent_risk") / 100.0, column("health")
    points += [(book.name, float(c), int(k)) for c, k in zip(chance, then.came, strict=True)]
    scores = {OURS: Score(chance, 1.0 - chance, risk, chance)} | baselines(then)
    found = judged(then, scores)
    found["MAE"] = {OURS: float(np.mean(np.abs(column("expected") - then.later)))}
    known = ~np.isnan(health)
    warned = then.warned & known
    found["health A"] = {OURS: auc(health[known], then.came[known])}
    found["rhythm A"] = {OURS: auc(chance[known], then.came[known])}
    found["health C"] = {OURS: auc(-health[warned], then.silent[warned])}
    found["rhythm C"] = {OURS: auc(-chance[warned], then.silent[warned])}
    return found


def judged(then: Cut, scores: dict[str, Score]) -> Found:
    """How every method ranked, and how true its chances came."""
    found: Found = {name: {} for name in TABLES}
    warned = then.warned
    for name, score in scores.items():
        found["AUC A"][name] = auc(score.comes, then.came)
        found["AUC C"][name] = auc(score.silent[warned], then.silent[warned])
        if score.chance is not None:
            found["log loss"][name] = log_loss(score.chance, then.came)
            found["ECE"][name] = calibration_error(score.chance, then.came)
        if score.silent_own is not None:
            found["AUC C own"][name] = auc(score.silent_own[warned], then.silent[warned])
    return found


def drawn(name: str, table: dict[str, Found]) -> str:
    """One table in Markdown: a line per ledger, a column per method, and the means."""
    methods = list(next(iter(table.values()))[name])
    lines = [f"| ledger | {' | '.join(methods)} |", "|---|" + "---:|" * len(methods)]
    rows = {ledger: [found[name][method] for method in methods] for ledger, found in table.items()}
    rows["**mean**"] = [float(np.nanmean(column)) for column in zip(*rows.values(), strict=True)]
    return "\n".join([*lines, *(f"| {who} | " + " | ".join(f"{v:.4f}" for v in row) + " |" for who, row in rows.items())])


def _middle(cuts: Sequence[Found]) -> Found:
    return {name: {method: float(np.median([one[name][method] for one in cuts])) for method in cuts[0][name]} for name in cuts[0]}


if __name__ == "__main__":
    main()
