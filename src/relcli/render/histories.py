"""Scorecards with their year: a line of blocks, a line a month, and the reason of what moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from relcli.actions.histories import History, Point
from relcli.actions.scorecards import Card
from relcli.health.history import HELD
from relcli.render import scorecards
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page
from relcli.render.rows import Rows
from relcli.render.scorecards import STYLES, short_day, span_of, whole

POINT = (
    "as_of", "health", "low", "high", "coverage", "status", "rhythm", "silent_risk", "terms", "reciprocity", "promises",
    "voice", "loyalty",
)  # fmt: skip
_LEVELS = "▁▂▃▄▅▆▇█"
_UNKNOWN = "·"
_MINUS, _ARROW = "\u2212", "→"


def page(histories: Sequence[History]) -> Page:
    """Cards one under the other, each with its year under it."""
    blocks: list[Block] = []
    for number, one in enumerate(histories):
        blocks += [*([Gap()] if number else []), *scorecards.page([one.card]).blocks, Gap(), *_year(one.points)]
    return Page(blocks)


def rows(histories: Iterable[History]) -> Rows:
    """The public columns of a scorecard, a row a day, oldest first; `as_of` is the day."""
    return scorecards.rows(point.card for one in histories for point in one.points)


def document(histories: Iterable[History]) -> dict[str, Any]:
    """The scorecards, each with its `history`."""
    found = []
    for one in histories:
        found += [{**inner, "history": _points(one.points)} for inner in scorecards.document([one.card])["scorecards"]]
    return {"scorecards": found}


def sparkline(healths: Iterable[float | None]) -> str:
    """A block for each, from the lowest at 0 to the highest at 100; a dot where it is unknown."""
    return "".join(_UNKNOWN if h is None else _LEVELS[min(len(_LEVELS) - 1, int(h / 100 * len(_LEVELS)))] for h in healths)


def _year(points: Sequence[Point]) -> list[Block]:
    columns = [Column(""), Column("", "right"), Column("", "right"), Column(""), Column("", folds=True)]
    lines = []
    for point, before in _with_before(points):
        score = point.card.score
        ends = span_of(score.low, score.high)
        lines.append(
            (
                Cell(f"  {short_day(point.card.as_of)}", "label"),
                Cell(whole(score.health)),
                Cell(f"({ends})" if ends else "", "dim"),
                Cell(score.status.value, STYLES.get(score.status, "")),
                Cell(_why(point, before)),
            )
        )
    return [Heading("Health by month", sparkline(point.card.score.health for point in points)), Grid(columns, lines)]


def _points(points: Sequence[Point]) -> list[dict[str, Any]]:
    found = []
    for point, before in _with_before(points):
        row = next(iter(scorecards.rows([point.card]).mappings()))
        cause = None if point.moved is None else {"points": point.moved.points, "by": point.moved.by}
        found.append({**{name: row[name] for name in POINT}, "moved": cause, "reason": _why(point, before) or None})
    return found


def _with_before(points: Sequence[Point]) -> Iterable[tuple[Point, Card | None]]:
    return zip(points, [None, *(point.card for point in points[:-1])], strict=True)


def _why(point: Point, before: Card | None) -> str:
    """What moved health, "-14: promises 100 → 40, ours is 9 days overdue", else why the word for it is another one."""
    score = point.card.score
    if before is None:
        return ""
    if point.moved is None:
        return score.reason if score.status is not before.score.status else ""
    points, by = point.moved.points, point.moved.by
    change = f"{_MINUS if points < 0 else '+'}{abs(points):.0f}"
    if by == HELD:
        return f"{change}: {score.held or 'no longer held down'}"
    was, now = (next(c for c in card.score.components if c.name == by) for card in (before, point.card))
    return f"{change}: {by} {whole(was.value)} {_ARROW} {whole(now.value)}, {score.silence if by == 'rhythm' else now.reason}"
