"""Promises on a page and in a line: what is owed, to whom, and how urgent it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from relcli.actions.promises import PromisesListed, PromisesRemoved, PromiseWritten
from relcli.domain.promise import Promise, PromiseKind, PromiseStatus, Side
from relcli.render.interactions import newcomers
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Style, Words

_SIDES = {Side.US: "We owe", Side.THEM: "They owe us"}
_ENDED: dict[PromiseStatus, Style] = {
    PromiseStatus.KEPT: "good",
    PromiseStatus.LATE: "fair",
    PromiseStatus.BROKEN: "bad",
    PromiseStatus.WITHDRAWN: "dim",
}
_SOON = 3  # days in which a due day asks to be looked at


def written(result: PromiseWritten) -> str:
    """One line: who owes what to whom, and how it stands."""
    promise = result.promise
    if result.batch is None:
        return f"left {promise.id} as it is"
    return f"{result.act} {promise.id}: {_line(promise, result.contact.name, result.today)}{newcomers(result.added)}"


def removed(result: PromisesRemoved) -> str:
    """One line: what was removed, or how many and which."""
    if len(result.promises) > 1:
        return f"removed {len(result.promises)} promises: {' '.join(p.id for p in result.promises)}"
    [promise] = result.promises
    return f"removed {promise.id}: {_line(promise, result.names.get(promise.contact, promise.contact), result.today)}"


def listed(result: PromisesListed) -> Page:
    """A line a promise, ours and theirs apart, each in the order of the list; the counts are those of all that were wanted."""
    blocks: list[Block] = []
    for side, title in _SIDES.items():
        these = [p for p in result.promises if p.owed_by is side]
        if these:
            blocks += [Gap()] if blocks else []
            more = [p for p in result.beyond if p.owed_by is side]
            blocks += [Heading(title, _counts([*these, *more], result.today)), _grid(these, result.names, result.today)]
    if result.beyond:
        every = len(result.promises) + len(result.beyond)
        blocks.append(Words(f"… and {len(result.beyond)} more: --top {every} shows them", "dim"))
    return Page(blocks)


def what(promise: Promise) -> str:
    """What is owed; a complaint says so."""
    return f"complaint: {promise.text}" if promise.kind is PromiseKind.COMPLAINT else promise.text


def standing(promise: Promise, today: date) -> str:
    """How it stands, in words: how far off the due day is, or how and when it ended."""
    if promise.closed_by(today):
        return ended(promise)
    if promise.due is None:
        return "no day named"
    left = (promise.due - today).days
    if left < 0:
        return f"overdue by {_days(-left)}"
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")


def ended(promise: Promise) -> str:
    """How and when it ended, and how late."""
    return ", ".join(part for part in (f"{promise.how} {promise.closed}", late(promise)) if part)


def late(promise: Promise) -> str:
    """How many days after its due day it was kept; empty where it was not late."""
    if promise.closed is None or promise.due is None or promise.status(promise.closed) is not PromiseStatus.LATE:
        return ""
    return f"{_days((promise.closed - promise.due).days)} late"


def _line(promise: Promise, name: str, today: date) -> str:
    ours, theirs = ("owed", "owed") if promise.closed_by(today) else ("owe", "owes")
    owed = f"we {ours} {name}" if promise.owed_by is Side.US else f"{name} {theirs} us"
    due = f", due {promise.due}" if promise.due else ""
    return f'{owed} "{what(promise)}"{due}, {standing(promise, today)}'


def _counts(these: Sequence[Promise], today: date) -> str:
    """How many are open, how many of them overdue, how many closed."""
    open_ = sum(not p.closed_by(today) for p in these)
    overdue = sum(p.overdue_on(today) for p in these)
    of_them = "all overdue" if overdue == open_ else f"{overdue} of them overdue"
    said = [
        f"{open_} open" if open_ else "",
        of_them if overdue else "",
        f"{len(these) - open_} closed" if open_ < len(these) else "",
    ]
    return ", ".join(part for part in said if part)


def _grid(these: Sequence[Promise], names: Mapping[str, str], today: date) -> Grid:
    columns = [
        Column("due"),
        Column("stands"),
        Column("to whom, and what" if these[0].owed_by is Side.US else "who, and what", folds=True),
        Column("id"),
    ]
    return Grid(columns, [_cells(p, names, today) for p in these])


def _cells(p: Promise, names: Mapping[str, str], today: date) -> list[Cell]:
    closed = p.closed_by(today)
    stands = ", ".join(part for part in (str(p.how), late(p)) if part) if closed else standing(p, today)
    about = [names.get(p.contact, p.contact), what(p), f"ended {p.closed}" if closed else ""]
    return [
        Cell(p.due.isoformat() if p.due else "", "label"),
        Cell(stands, _style(p, today)),
        Cell(" · ".join(part for part in about if part)),
        Cell(p.id, "dim"),
    ]


def _style(p: Promise, today: date) -> Style:
    if p.overdue_on(today):
        return "bad"
    if p.closed_by(today):
        return _ENDED[p.status(today)]
    return "fair" if p.due is not None and (p.due - today).days <= _SOON else ""


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
