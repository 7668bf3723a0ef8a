"""The audit of a book for other programs: as rows and as one document."""

from __future__ import annotations

from typing import Any

from relcli.actions.backtests import Backtest
from relcli.domain.moment import day_of
from relcli.health.backtest import HEARD, RHYTHM, SILENT, Replay
from relcli.health.statistics.calibration import Bin
from relcli.health.statistics.ranking import Ranking
from relcli.render.backtests import verdict
from relcli.render.rows import Cell, Fine, Rows

COLUMNS = ("at", "horizon", "question", "measure", "yes", "no", "auc", "low", "high", "log_loss", "ece", "mae")


def rows(found: Backtest) -> Rows:
    """A row a day, question and measure; the days together have an empty day."""
    cells: list[tuple[Cell, ...]] = []
    for one in (*found.days, found.together):
        at = None if one.day is None else day_of(one.day).isoformat()
        for question, ranked in (("heard", one.heard), ("silent", one.silent)):
            for name, ranking in ranked.items():
                of_rhythm = question == "heard" and name == RHYTHM
                chances = one.chances if of_rhythm else None
                cells.append(
                    (
                        at, found.horizon if question == "heard" else None, question, name, ranking.yes, ranking.no,
                        _fine(ranking.auc), _fine(ranking.low), _fine(ranking.high),
                        _fine(chances.log_loss if chances else None), _fine(chances.error if chances else None),
                        _fine(one.expected_error if of_rhythm else None),
                    )
                )  # fmt: skip
    return Rows(COLUMNS, tuple(cells))


def document(found: Backtest) -> dict[str, Any]:
    """Everything, with the verdict in words."""
    return {
        "verdict": list(verdict(found)),
        "horizon_days": found.horizon,
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
        "days": [_document(one) for one in found.days],
        "together": _document(found.together),
    }


def _document(one: Replay) -> dict[str, Any]:
    chances = one.chances
    return {
        "at": None if one.day is None else day_of(one.day).isoformat(),
        "contacts": one.known,
        "heard_from": one.came,
        "heard": {name: _figures(one.heard[name]) for name in HEARD},
        "silent": {name: _figures(one.silent[name]) for name in SILENT},
        "log_loss": _fine(chances.log_loss if chances else None),
        "log_loss_of_share": _fine(chances.log_loss_of_share if chances else None),
        "ece": _fine(chances.error if chances else None),
        "ece_by_chance": _fine(chances.error_by_chance if chances else None),
        "mae": _fine(one.expected_error),
        "told": 100 * chances.told if chances else None,
        "came": 100 * chances.came if chances else None,
        "reliability": [
            {"from": 100 * b.bottom, "to": 100 * b.top, "n": b.n, "told": 100 * b.told, **_percent(b)} for b in chances.bins
        ]
        if chances
        else [],
    }


def _figures(ranking: Ranking) -> dict[str, Cell]:
    return {
        "yes": ranking.yes,
        "no": ranking.no,
        "auc": _fine(ranking.auc),
        "low": _fine(ranking.low),
        "high": _fine(ranking.high),
    }


def _percent(one: Bin) -> dict[str, Cell]:
    return {name: None if v is None else 100 * v for name, v in (("came", one.came), ("low", one.low), ("high", one.high))}


def _fine(value: float | None) -> Fine | None:
    return None if value is None else Fine(value)
