"""Is the metric true? Ledgers go in through the command line, reports come out, and what followed judges them.

    python benchmarks/metric/run.py [FOLDER] [--ledger NAME]...

FOLDER holds NAME.csv.gz (party,date,value[,direction,channel]) and splits.json. Everything up to a cut may be used,
nothing after it. Judged: A, any event within the horizon, for every party with an event by the cut; C, the early
warning: parties with at least five days, gaps of a CV up to 1, last seen within two median gaps, whose next three
median gaps lie inside the ledger. Per ledger the median over its cuts. Beside it, from the same rows in the same run:
a 30/60/90-day traffic light and plain recency.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from measures import auc, calibration_error, log_loss

HERE = Path(__file__).resolve().parent
MAPS = {
    "value": '[columns]\ncontact = "party"\nat = "date"\namount = "value"\n[constants]\nkind = "sale"\n',
    "direction": '[columns]\ncontact = "party"\nat = "date"\n[constants]\nchannel = "email"\ndirection = "in"\n',
}
MEASURES = ("AUC A", "log loss", "ECE", "AUC C", "MAE", "light A", "recency A", "light C")


@dataclass(frozen=True, slots=True)
class Ledger:
    """Days with an event per party, sorted, as ordinals."""

    name: str
    days: dict[str, list[int]]
    text: str
    directed: bool


def main() -> None:
    """Run the ledgers asked for and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE.parent / "data")
    parser.add_argument("--ledger", action="append", default=[])
    chosen = parser.parse_args()
    splits = json.loads((chosen.folder / "splits.json").read_text())
    names = chosen.ledger or list(splits)
    print(f"{'ledger':<20}" + "".join(f"{measure:>11}" for measure in MEASURES) + f"{'import s':>10}{'report s':>10}")
    table = []
    for name in names:
        ledger = read(chosen.folder / f"{name}.csv.gz")
        with tempfile.TemporaryDirectory(prefix="relcli-benchmark-") as folder:
            table.append(judge(ledger, splits[name]["horizon"], splits[name]["cuts"], Path(folder)))
        print(f"{name:<20}" + _line(table[-1]), flush=True)
    if len(table) > 1:
        print(f"{'mean':<20}" + _line([float(np.nanmean(column)) for column in zip(*table, strict=True)]))


def read(path: Path) -> Ledger:
    """A ledger of the form described in benchmarks/data."""
    text = gzip.decompress(path.read_bytes()).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    days: dict[str, set[int]] = {}
    for row in rows:
        days.setdefault(row["party"], set()).add(date.fromisoformat(row["date"]).toordinal())
    return Ledger(path.name.removesuffix(".csv.gz"), {p: sorted(d) for p, d in days.items()}, text, "direction" in rows[0])


def judge(ledger: Ledger, horizon: int, cuts: list[str], folder: Path) -> list[float]:
    """The measures of one ledger, the median over its cuts, and the seconds of the import and of a report."""
    source, mapping, book = folder / "ledger.csv", folder / "map.toml", folder / "book.db"
    source.write_text(ledger.text)
    mapping.write_text(MAPS["direction" if ledger.directed else "value"])
    noun = "interactions" if ledger.directed else "transactions"
    begin = time.perf_counter()
    relcli(book, "import", noun, str(source), "--map", str(mapping), "--add", "--quiet")
    imported = time.perf_counter() - begin
    begin = time.perf_counter()
    found = [at_cut(ledger, date.fromisoformat(cut).toordinal(), cut, horizon, book) for cut in cuts]
    reported = (time.perf_counter() - begin) / len(cuts)
    return [*(float(np.median(values)) for values in zip(*found, strict=True)), imported, reported]


def at_cut(ledger: Ledger, cut: int, on: str, horizon: int, book: Path) -> tuple[float, ...]:
    """The measures at one cut."""
    answer = relcli(book, "health-report", "--as-of", on, "--horizon", str(horizon), "--format", "csv")
    report = {row["name"]: row for row in csv.DictReader(io.StringIO(answer))}
    before = {party: [d for d in days if d <= cut] for party, days in ledger.days.items()}
    parties = [party for party, days in before.items() if days]
    missing = [party for party in parties if not report.get(party, {}).get("rhythm")]
    if missing:
        raise SystemExit(f"{ledger.name} at {on}: the report lacks {len(missing)} parties, such as {missing[0]}")
    chance = np.array([float(report[p]["rhythm"]) for p in parties]) / 100
    silence = np.array([cut - before[p][-1] for p in parties], dtype=float)
    later = np.array([sum(cut < d <= cut + horizon for d in ledger.days[p]) for p in parties])
    expected = np.array([float(report[p]["expected"]) for p in parties])
    light = -np.searchsorted([30, 60, 90], silence).astype(float)
    came = later > 0
    risk, silent, risk_light = _early(ledger, parties, before, report, cut)
    return (
        auc(chance, came), log_loss(chance, came), calibration_error(chance, came), auc(risk, silent),
        float(np.mean(np.abs(expected - later))), auc(light, came), auc(-silence, came), auc(risk_light, silent),
    )  # fmt: skip


def relcli(book: Path, *words: str) -> str:
    """What a command writes to stdout."""
    command = [sys.executable, "-m", "relcli", "--book", str(book), *words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _early(
    ledger: Ledger, parties: list[str], before: dict[str, list[int]], report: dict[str, dict[str, str]], cut: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Warning, outcome and traffic light of the parties that can be warned of."""
    end = max(days[-1] for days in ledger.days.values())
    risk, silent, light = [], [], []
    for party in parties:
        days = before[party]
        gaps = np.diff(days)
        if len(days) < 5 or gaps.std() > gaps.mean():
            continue
        middle = float(np.median(gaps))
        if cut - days[-1] > 2 * middle or cut + 3 * middle > end:
            continue
        risk.append(float(report[party]["silent_risk"]))
        silent.append(not any(cut < d <= cut + 3 * middle for d in ledger.days[party]))
        light.append(float(np.searchsorted([30, 60, 90], cut - days[-1])))
    return np.array(risk), np.array(silent, dtype=bool), np.array(light)


def _line(values: list[float]) -> str:
    return "".join(f"{value:>11.4f}" for value in values[:-2]) + "".join(f"{value:>10.1f}" for value in values[-2:])


if __name__ == "__main__":
    main()
