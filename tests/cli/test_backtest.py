"""`relcli audit --backtest`: whether the metric is true in a book, and when that cannot be told."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
COLUMNS = "at,horizon,question,measure,yes,no,auc,low,high,log_loss,ece,mae"
FIRST = date(2024, 1, 1)


def ledger(tmp_path: Path, people: dict[str, list[int]]) -> str:
    """A file of sales: days since the first of 2024 by name."""
    path = tmp_path / "sales.csv"
    lines = [f"{name},{(FIRST + timedelta(days=day)).isoformat()},10" for name, days in people.items() for day in days]
    path.write_text("contact,at,amount\n" + "\n".join(lines) + "\n")
    return str(path)


@pytest.fixture
def mixed(relcli: Any, book_location: str, tmp_path: Path) -> None:
    """Thirty monthly buyers of whom twelve left, one after the other."""
    people = {f"Stays {n}": list(range(n, 900, 30)) for n in range(18)}
    people |= {f"Leaves {n}": list(range(n, 380 + 20 * n, 30)) for n in range(12)}
    relcli.ok("import", "transactions", ledger(tmp_path, people), "--add")


def backtest(relcli: Any, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(relcli.ok("audit", "--backtest", *words, "--format", "json").out)
    return found


@pytest.mark.usefixtures("mixed")
def test_the_verdict_comes_first_with_its_interval_and_what_is_beside_it(relcli: Any) -> None:
    lines = relcli.ok("audit", "--backtest", "--at", "2025-09-01").out.splitlines()

    assert lines[0] == "Is the metric true in this book?  1 Sep 2025; 182 days ahead"
    assert lines[2].startswith("In this book, rhythm told those who stayed from those who left ")
    assert "times of 100 (interval " in lines[2]
    assert lines[3].startswith("A traffic light of 30, 60 and 90 days did so ")
    assert "plain recency" in lines[3]
    assert "on average" in lines[4]


@pytest.mark.usefixtures("mixed")
def test_the_days_are_the_books_own_each_with_its_horizon_inside(relcli: Any) -> None:
    found = backtest(relcli)

    newest = date.fromisoformat(found["last"])
    assert [one["at"] for one in found["days"]] == [(newest - timedelta(days=182 * n)).isoformat() for n in (3, 2, 1)]
    assert found["together"]["at"] is None


@pytest.mark.usefixtures("mixed")
def test_a_horizon_may_be_days_or_a_duration(relcli: Any) -> None:
    assert backtest(relcli, "--horizon", "26w") == backtest(relcli, "--horizon", "182") == backtest(relcli)
    assert backtest(relcli, "--horizon", "60d")["horizon_days"] == 60


@pytest.mark.usefixtures("mixed")
def test_a_day_named_twice_or_in_words_is_one_day(relcli: Any) -> None:
    found = backtest(relcli, "--at", "2025-09-01", "--at", "1 September 2025", "--at", "2025-06-01")

    assert [one["at"] for one in found["days"]] == ["2025-06-01", "2025-09-01"]


@pytest.mark.usefixtures("mixed")
def test_rows_have_a_line_a_day_question_and_measure(relcli: Any) -> None:
    out = relcli.ok("audit", "--backtest", "--at", "2025-09-01", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))

    assert out.splitlines()[0] == COLUMNS
    assert [row["measure"] for row in rows if row["at"] and row["question"] == "heard"] == [
        "rhythm", "silent_risk", "health", "terms", "reciprocity", "promises", "voice", "loyalty", "traffic_light", "recency",
    ]  # fmt: skip
    assert [row["measure"] for row in rows if row["at"] and row["question"] == "silent"] == [
        "silent_risk", "rhythm", "health", "traffic_light", "recency",
    ]  # fmt: skip
    one = rows[0]
    assert (one["at"], one["horizon"], one["yes"], one["no"]) == ("2025-09-01", "182", "18", "12")
    assert all(len(one[name].split(".")[1]) == 4 for name in ("auc", "low", "high", "log_loss", "ece", "mae"))
    assert float(one["low"]) < float(one["auc"]) <= float(one["high"]) <= 1
    assert {row["at"] for row in rows} == {"2025-09-01", ""}


@pytest.mark.usefixtures("mixed")
def test_what_is_typed_in_today_changes_no_past_day(relcli: Any) -> None:
    before = backtest(relcli, "--at", "2025-09-01")
    relcli.ok("log", "Leaves 1", "a call", "--channel", "phone", "--in")
    relcli.ok("contact", "archive", "Leaves 2")
    after = backtest(relcli, "--at", "2025-09-01")

    assert after["days"] == before["days"]


@pytest.mark.usefixtures("mixed")
def test_records_of_days_to_come_are_no_proof(relcli: Any) -> None:
    before = backtest(relcli)
    relcli.ok("sold", "Leaves 1", "10", "--at", "2027-06-01", "--now", "2027-06-01")

    assert backtest(relcli) == before


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "tsv", "md", "html"])
def test_every_format_says_it_and_none_writes(form: str, relcli: Any) -> None:
    history = relcli.ok("book", "history", "-f", "csv").out
    ran = relcli("audit", "--backtest", "--format", form)

    assert (ran.code, ran.err) == (0, "")
    assert "rhythm" in ran.out
    assert relcli.ok("book", "history", "-f", "csv").out == history


# --- too few ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("book_location")
def test_an_empty_book_has_nothing_to_tell(relcli: Any) -> None:
    assert "nobody has given a sign of life" in relcli.ok("audit", "--backtest").out


@pytest.mark.usefixtures("book_location")
def test_a_young_book_is_told_how_much_it_needs(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("import", "transactions", ledger(tmp_path, {"Ana": [0, 30, 60, 200]}), "--add")
    out = relcli.ok("audit", "--backtest").out

    assert "Too early to tell" in out
    assert "182 days of records before it and as many after it, and this book spans 200 days" in out
    assert "times of 100" not in out


@pytest.mark.usefixtures("book_location")
@pytest.mark.parametrize(
    ("people", "said"),
    [
        ({f"S{n}": list(range(n, 900, 30)) for n in range(24)}, "of 24 contacts known then, everybody was heard from again"),
        (
            {"Ana": [0, 880]} | {f"L{n}": list(range(n, 200, 30)) for n in range(24)},
            "25 contacts known then, nobody was heard from again",
        ),
        (
            {f"S{n}": list(range(n, 900, 30)) for n in range(24)} | {f"L{n}": list(range(n, 300, 30)) for n in range(4)},
            "24 stayed and 4 left, and 5 of either are needed on the same days",
        ),
    ],
)
def test_where_too_few_left_or_stayed_that_is_said_and_no_figure(
    people: dict[str, list[int]], said: str, relcli: Any, tmp_path: Path
) -> None:
    relcli.ok("import", "transactions", ledger(tmp_path, people), "--add")
    out = relcli.ok("audit", "--backtest", "--at", "2025-06-01").out

    assert "Too few to tell" in out
    assert said in out
    assert "rhythm told those who stayed" not in out
    assert "of 100:" not in out


@pytest.mark.usefixtures("book_location")
def test_where_everybody_stayed_on_each_of_several_days_that_is_said(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("import", "transactions", ledger(tmp_path, {f"S{n}": list(range(n, 900, 30)) for n in range(24)}), "--add")
    out = relcli.ok("audit", "--backtest").out

    assert "3 days" in out.splitlines()[0]
    assert "of 24 contacts known then, everybody was heard from again" in out


@pytest.mark.usefixtures("mixed")
def test_a_day_before_the_first_sign_has_nobody_to_tell_of(relcli: Any) -> None:
    assert "nobody had given a sign of life by then" in relcli.ok("audit", "--backtest", "--at", "2020-01-01").out


# --- what cannot be meant ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--at", "2025-09-01"], "relcli audit --backtest"),
        (["--backtest", "--at", "2026-06-01"], "ask about a day until 2025-12-06"),
        (["--backtest", "--at", "2025-12-07"], "what followed 2025-12-07 is not known"),
        (["--backtest", "--at", "soon"], "not a date"),
        (["--backtest", "--horizon", "0"], "1 to 3650"),
        (["--backtest", "--horizon", "11y"], "1 to 3650"),
        (["--backtest", "--horizon", "-3"], "not a length of time"),
        (["--backtest", "--format", "ids"], "not offered here"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: list[str], said: str, relcli: Any) -> None:
    ran = relcli("audit", *words)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.usefixtures("mixed")
def test_the_last_day_whose_horizon_is_known_is_taken(relcli: Any) -> None:
    assert backtest(relcli, "--at", "2025-12-06")["days"][0]["at"] == "2025-12-06"


# --- the benchmark ----------------------------------------------------------------------------------------------------


PLAIN = ("traffic light", "recency")  # of the methods it judges, those that the audit shows beside ours


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """benchmarks/metric/run.py, which judges by reports alone."""
    folder = ROOT / "benchmarks" / "metric"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        spec = importlib.util.spec_from_file_location("benchmark_of_the_metric", folder / "run.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        patch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
    return module


def test_a_whole_ledger_replayed_gives_what_the_benchmark_finds_in_one_cut_off_that_day(
    relcli: Any, tmp_path: Path, benchmark: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ROOT / "benchmarks" / "data"
    splits = json.loads((folder / "splits.json").read_text())["council_darlington"]
    head, *lines = gzip.decompress((folder / "council_darlington.csv.gz").read_bytes()).decode().splitlines()
    some = [line for line in lines if int(line.split(",")[0].lstrip("PS") or 0) % 5 == 0]
    cut, place = splits["cuts"][1], head.split(",").index("date")
    (tmp_path / "map.toml").write_text(benchmark.MAPS["value"])
    for name, kept in (("whole", some), ("cut", [line for line in some if line.split(",")[place] <= cut])):
        (tmp_path / f"{name}.csv").write_text("\n".join([head, *kept]) + "\n")
        relcli.ok(
            "--book", str(tmp_path / f"{name}.db"), "import", "transactions", str(tmp_path / f"{name}.csv"),
            "--map", str(tmp_path / "map.toml"), "--add",
        )  # fmt: skip
    (tmp_path / "some.csv.gz").write_bytes(gzip.compress((tmp_path / "whole.csv").read_bytes()))
    (tmp_path / "splits.json").write_text(json.dumps({"some": {**splits, "cuts": [cut]}}))
    everything = benchmark.baselines
    monkeypatch.setattr(benchmark, "baselines", lambda then: {name: everything(then)[name] for name in PLAIN})

    [asked] = benchmark.books(tmp_path)
    found = benchmark.at_cut(asked, asked.cuts[0], lambda *words: relcli.ok("--book", str(tmp_path / "cut.db"), *words).out, [])
    one = backtest(relcli, "--at", cut, "--horizon", str(asked.horizon), "--book", str(tmp_path / "whole.db"))["days"][0]
    heard, silent = one["heard"], one["silent"]

    assert one["contacts"] > 300
    assert silent["silent_risk"]["yes"] >= 5
    ours, light, recency = "relcli", *PLAIN
    assert (
        heard["rhythm"]["auc"], one["log_loss"], one["ece"], silent["silent_risk"]["auc"], one["mae"],
        heard["traffic_light"]["auc"], heard["recency"]["auc"], silent["traffic_light"]["auc"],
    ) == pytest.approx(
        (
            found["AUC A"][ours], found["log loss"][ours], found["ECE"][ours], found["AUC C own"][ours], found["MAE"][ours],
            found["AUC A"][light], found["AUC A"][recency], found["AUC C"][light],
        ),
        abs=1e-4,
    )  # fmt: skip
