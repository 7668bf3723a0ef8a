"""The program that makes the shipped figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relcli.health.rhythms.prior import FILE, Model, shipped


def test_the_same_ledgers_give_the_same_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    metric = Path(__file__).parents[2] / "benchmarks" / "metric"
    monkeypatch.syspath_prepend(str(metric))
    import fit  # type: ignore[import-not-found]

    written = []
    for name in ("one", FILE):
        monkeypatch.setattr("sys.argv", ["fit.py", "--out", str(tmp_path / name)])
        fit.main()
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    model = Model.read(json.loads(written[0]))
    assert model.fixed.base != shipped().fixed.base
