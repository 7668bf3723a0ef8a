"""Reminders in the book: written, changed, read in the order they were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from relcli.domain.moment import day_number, day_of
from relcli.domain.reminder import Reminder
from relcli.store import tables
from relcli.store.owned import rows
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T = tables.Reminder


def add(writing: Writing, reminder: Reminder, contact: int) -> int:
    """Write a reminder about the contact in this row; answers its number."""
    return writing.insert(T, {"contact_id": contact, **_columns(reminder)})


def change(writing: Writing, before: Reminder, after: Reminder) -> None:
    """Make `before`, as the book has it, into `after`; the contact stays. What is the same is not written."""
    old, new = _columns(before), _columns(after)
    if fields := {name: value for name, value in new.items() if value != old[name]}:
        writing.update(T, before.number, fields)


def remove(writing: Writing, numbers: Iterable[int]) -> None:
    """Take these reminders out of the book."""
    for number in numbers:
        writing.delete(T, {"id": number})


def fetch(connection: Connection, numbers: Sequence[int]) -> list[Reminder]:
    """The reminders with these numbers."""
    return [_value(row) for row in rows(connection, T, numbers=numbers)]


def of_contacts(connection: Connection, contacts: Sequence[int]) -> list[Reminder]:
    """The reminders about any of these contacts, those that are done too."""
    return [_value(row) for row in rows(connection, T, contacts=contacts)]


def everything(connection: Connection) -> list[Reminder]:
    """All reminders, those that are done too."""
    return [_value(row) for row in rows(connection, T)]


def search(connection: Connection, text: str) -> list[Reminder]:
    """The reminders whose text holds this, accents and case aside."""
    return [reminder for reminder in everything(connection) if folded(text) in folded(reminder.text)]


def _columns(reminder: Reminder) -> dict[str, Any]:
    return {
        "text": reminder.text,
        "made_day": day_number(reminder.made),
        "due_day": day_number(reminder.due),
        "done_day": None if reminder.done is None else day_number(reminder.done),
    }


def _value(row: Row[Any]) -> Reminder:
    done = None if row.done_day is None else day_of(row.done_day)
    return Reminder(row.id, row.code, row.text, day_of(row.made_day), day_of(row.due_day), done)
