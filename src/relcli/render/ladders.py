"""The ladder of a whole book: as a line of counts, as who rose and fell, as a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from relcli.actions.ladders import Ladder, Move
from relcli.domain.stage import Stage
from relcli.render.page import Block, Cell, Column, Gap, Grid, Style, Words
from relcli.render.scorecards import short_day


def blocks(ladder: Ladder) -> list[Block]:
    """How many stand on each rung, and where that was asked who moved."""
    found: list[Block] = []
    if ladder.counts:
        counts = [_count(stage, number, ladder) for stage, number in ladder.counts.items()]
        found.append(Words(f"ladder: {'  '.join(counts)}", "dim"))
    if ladder.since is None:
        return found
    found.append(Gap())
    if not ladder.rose and not ladder.fell:
        return [*found, Words(f"nobody moved on the ladder since {short_day(ladder.since)}")]
    found.append(Words(f"since {short_day(ladder.since)}: {len(ladder.rose)} rose, {len(ladder.fell)} fell", "label"))
    columns = [Column("name", folds=True), Column("from"), Column("to"), Column("by", folds=True)]
    return [*found, Grid(columns, [*_lines(ladder.rose, "good"), *_lines(ladder.fell, "bad")])]


def document(ladder: Ladder) -> dict[str, Any]:
    """Who moved, where that was asked."""
    if ladder.since is None:
        return {}
    return {
        "moves": {
            "since": ladder.since.isoformat(),
            "rose": [_document(move) for move in ladder.rose],
            "fell": [_document(move) for move in ladder.fell],
        }
    }


def _count(stage: Stage, number: int, ladder: Ladder) -> str:
    more = f" ({ladder.by_referral} by referral alone)" if stage is Stage.ADVOCATE and ladder.by_referral else ""
    return f"{stage.value} {number}{more}"


def _lines(moves: Sequence[Move], style: Style) -> list[list[Cell]]:
    return [
        [
            Cell(move.contact.name, "name"),
            Cell(_word(move.before)),
            Cell(_word(move.now), style),
            Cell(f"{move.why} ({', '.join(move.records)})" if move.records else move.why),
        ]
        for move in moves
    ]


def _document(move: Move) -> dict[str, Any]:
    return {
        "id": move.contact.id,
        "name": move.contact.name,
        "from": move.before.value if move.before else None,
        "to": move.now.value if move.now else None,
        "reason": move.why or None,
        "records": list(move.records),
    }


def _word(stage: Stage | None) -> str:
    return stage.value if stage else "—"
