"""Reminders in a line, on a page."""

from __future__ import annotations

from relcli.actions.reminders import RemindersListed, RemindersWritten
from relcli.domain.reminder import Reminder
from relcli.domain.wording import day_in_words
from relcli.render.interactions import newcomers
from relcli.render.page import Cell, Column, Grid, Page


def written(result: RemindersWritten) -> str:
    """One line: what was noted, about whom, and for which day."""
    if result.batch is None:
        return f"left {_ids(result)} as it was"
    if len(result.reminders) > 1:
        [first, *_] = result.reminders
        whom = ", ".join(_name(one, result) for one in result.reminders)
        about = f' for {day_in_words(first.due)}: {whom}, "{first.text}"' if result.act == "set" else ""
        return f"{result.act} {len(result.reminders)} reminders, {_ids(result)}{about}{newcomers(result.added)}"
    [one] = result.reminders
    what = f'for {day_in_words(one.due)}: {_name(one, result)}, "{one.text}"'
    return f"{result.act} reminder {one.id} {what}{newcomers(result.added)}"


def listed(result: RemindersListed) -> Page:
    """A line a reminder, the first due before the others."""
    done = any(one.done for one in result.reminders)
    columns = [
        Column("due"),
        Column("who", folds=True),
        Column("about", folds=True),
        *([Column("done")] if done else []),
        Column("id"),
    ]
    return Page([Grid(columns, [_line(one, result, done=done) for one in result.reminders])])


def _line(one: Reminder, result: RemindersListed, *, done: bool) -> list[Cell]:
    now = one.done is None and one.due <= result.today
    ended = [Cell(one.done.isoformat() if one.done else "", "dim")] if done else []
    return [
        Cell(one.due.isoformat(), "fair" if now else "label"),
        Cell(result.names.get(one.contact, one.contact), "name"),
        Cell(one.text),
        *ended,
        Cell(one.id, "dim"),
    ]


def _name(one: Reminder, result: RemindersWritten) -> str:
    return result.names.get(one.contact, one.contact)


def _ids(result: RemindersWritten) -> str:
    return " ".join(one.id for one in result.reminders)
