"""The agenda on a page, as rows, as a document."""

from __future__ import annotations

from datetime import date
from typing import Any

from relcli.actions.agenda import Agenda
from relcli.actions.suggestions import Left, Line
from relcli.domain.wording import by
from relcli.health.agenda import ClaimKind
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Style, Words
from relcli.render.rows import Rows
from relcli.render.scorecards import short_day

COLUMNS = ("rank", "id", "name", "kind", "reason", "due", "channel", "score")
TOP, ALONE = 15, 5
_STYLES: dict[ClaimKind, Style] = {
    ClaimKind.OWED: "bad", ClaimKind.SETTLE: "bad", ClaimKind.UNHAPPY: "bad", ClaimKind.UNANSWERED: "bad", ClaimKind.AT_RISK: "bad",
    ClaimKind.PROMISE: "fair", ClaimKind.PLAN: "fair", ClaimKind.REVIEW: "fair", ClaimKind.REMINDER: "fair", ClaimKind.CADENCE: "fair", ClaimKind.COOLING: "fair",
}  # fmt: skip


def page(agenda: Agenda, *, top: int | None = None, alone: bool = False) -> Page:
    """Whom to serve and to reach, then whom to leave alone; `alone` shows these only, and all of them."""
    blocks: list[Block] = [Heading("Leave alone" if alone else "Agenda", short_day(agenda.day))]
    if alone:
        return Page([*blocks, *_left(agenda, len(agenda.left_alone))])
    shown = agenda.lines[: top or TOP]
    if shown:
        columns = [Column("", "right"), Column("who", folds=True), Column("why", folds=True), Column("how")]
        blocks.append(Grid(columns, [_line(rank, line) for rank, line in enumerate(shown, 1)]))
    else:
        blocks.append(Words(_nothing(agenda)))
    if len(agenda.lines) > len(shown):
        blocks.append(Words(f"… and {len(agenda.lines) - len(shown)} more: --top {len(agenda.lines)} shows them", "dim"))
    if agenda.left_alone:
        blocks += [Gap(), Words("leave alone", "label"), *_left(agenda, ALONE)]
    if agenda.waiting:
        blocks.append(Words(f"{agenda.waiting} waiting for an answer", "dim"))
    return Page(blocks)


def head(agenda: Agenda, lines: int) -> Page:
    """The first of the agenda, in so many lines of a terminal of 60 columns or more."""
    shown = agenda.lines[: lines - 1] if len(agenda.lines) > lines else agenda.lines[:lines]
    if not shown:
        return Page([Words(_nothing(agenda)), *_counted(agenda)])
    columns = [Column("", "right"), Column(""), Column("", cuts=True), Column("")]
    rows = [_line(rank, line, short=True) for rank, line in enumerate(shown, 1)]
    rest = len(agenda.lines) - len(shown)
    more: list[Block] = [Words(f"… and {rest} more: relcli agenda", "dim")] if rest else []
    return Page([Grid(columns, rows), *more])


def rows(agenda: Agenda, *, top: int | None = None) -> Rows:
    """The public columns: the agenda alone, never whom to leave alone."""
    return Rows(COLUMNS, tuple(_row(rank, line) for rank, line in enumerate(agenda.lines[:top], 1)))


def document(agenda: Agenda, *, top: int | None = None, alone: bool = False) -> dict[str, Any]:
    """The public columns as keys, the other reasons, the records behind them, and whom to leave alone (`alone`: only these)."""
    lines = () if alone else agenda.lines[:top]
    return {
        "day": agenda.day.isoformat(),
        "agenda": [
            {**dict(zip(COLUMNS, _row(rank, line), strict=True)), "also": list(line.also), "source": list(line.source)}
            for rank, line in enumerate(lines, 1)
        ],
        "leave_alone": [
            {"id": one.contact.id, "name": one.contact.name, "reason": one.reason, "until": _iso(one.until)}
            for one in agenda.left_alone
        ],
        "waiting": agenda.waiting,
    }


def _line(rank: int, line: Line, *, short: bool = False) -> list[Cell]:
    why = line.reason if short else "; ".join((line.reason, *line.also))
    alone = {ClaimKind.SETTLE: "quietly", ClaimKind.REVIEW: "by yourself", ClaimKind.REMINDER: "by yourself"}.get(
        line.kind, "no address"
    )
    how = by(line.channel).removeprefix("by ") if line.channel and line.kind is not ClaimKind.SETTLE else alone
    how += f", {line.hours}" if line.hours else ""
    if line.source and not short:
        why += f" ({', '.join(line.source)})"
    return [Cell(str(rank), "dim"), Cell(line.contact.name, "name"), Cell(why, _STYLES.get(line.kind, "")), Cell(how)]


def _nothing(agenda: Agenda) -> str:
    """That nothing is to be done, and what we owe next."""
    if agenda.ahead is None:
        return "nothing is owed, and nobody waits for you"
    contact, promise = agenda.ahead
    when = short_day(promise.due) if promise.due else ""
    return f"nothing is due, and nobody waits for you; next: {promise.text}, for {contact.name} by {when} ({promise.id})"


def _left(agenda: Agenda, most: int) -> list[Block]:
    shown = agenda.left_alone[:most]
    if not shown:
        return [Words("nobody asked to be left alone")]
    blocks: list[Block] = [Grid([Column("", folds=True), Column("", folds=True), Column("")], [_alone(one) for one in shown])]
    if len(agenda.left_alone) > len(shown):
        blocks.append(Words(f"… and {len(agenda.left_alone) - len(shown)} more: relcli agenda --leave-alone", "dim"))
    return blocks


def _alone(one: Left) -> list[Cell]:
    until = f"until {short_day(one.until)}" if one.until else ""
    return [Cell(one.contact.name, "name"), Cell(one.reason), Cell(until, "dim")]


def _counted(agenda: Agenda) -> list[Block]:
    return [Words(f"{agenda.waiting} waiting for an answer", "dim")] if agenda.waiting else []


def _row(rank: int, line: Line) -> tuple[Any, ...]:
    return (
        rank, line.contact.id, line.contact.name, line.kind.value, line.reason, _iso(line.due), line.channel or None, float(line.score),
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
