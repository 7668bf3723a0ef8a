"""Reminders: noted for a day, listed, changed, done, removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.contacts import found_or_added, unwelcome
from relcli.actions.desk import Desk
from relcli.actions.interactions import LogInteraction, channel
from relcli.actions.moments import moment
from relcli.actions.records import found
from relcli.actions.references import find
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.moment import Moment, zone_of
from relcli.domain.reminder import Reminder
from relcli.errors import Misused
from relcli.store import contacts, reminders, tables
from relcli.text import one_line, storable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing


class Remind(BaseModel):
    """What to be reminded of, when, and about whom: a reminder for each of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: tuple[str, ...]
    when: str
    text: str
    add: bool = False


class EditReminder(BaseModel):
    """What an edit says of a reminder; None means "not said"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    when: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class RemindersWritten:
    """Reminders as they stand after a write, or stood before they were removed; `batch` is None where nothing had to be changed.

    `names` says who the ids are. `added` and `unwelcome` are those of `InteractionWritten`.
    """

    reminders: tuple[Reminder, ...]
    names: dict[str, str]
    batch: Batch | None
    act: str
    added: tuple[Contact, ...] = ()
    unwelcome: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemindersListed:
    """Reminders, the first due before the others; `names` says who the ids are."""

    reminders: tuple[Reminder, ...]
    names: dict[str, str]
    today: date


def remind(request: Remind, desk: Desk, *, command: str = "remind") -> RemindersWritten:
    """Write a reminder about each of those named.

    A time of day is kept in front of the text: a reminder is for a whole day.
    Raises Misused for a day that is over, and a text without words; ContactNotFound, ContactAmbiguous for WHO.
    """
    when, text = _when(request.when, desk), _text(request.text)
    due, text = when.day, f"{_clock(when, desk)}{text}"
    with desk.writing(command) as writing:
        people = {c.id: c for c in (found_or_added(writing, who, desk, add_unknown=request.add) for who in request.who)}
        numbers = [reminders.add(writing, Reminder(0, c.id, text, desk.today, due), c.row) for c in people.values()]
        added = tuple(c for c in people.values() if writing.is_new(tables.Contact, c.row))
        shut = unwelcome(writing.connection, [address for c in added for address in c.addresses])
        return replace(_written(writing, numbers, "set"), added=added, unwelcome=shut)


def plan_interaction(request: LogInteraction, desk: Desk) -> RemindersWritten:
    """What is to be logged once it has happened, as a reminder of its day. Raises as `remind` does, and Misused."""
    by = None if request.channel is None else channel(request.channel, desk.settings)
    told = {
        "say": request.say or None,
        "minutes": request.minutes,
        "sentiment": request.sentiment,
        "purpose": request.purpose,
        "complaint": request.complaint,
    }
    early = [f"--{name}" for name, value in told.items() if value not in (None, False)]
    if early:
        raise Misused(f"--planned and {early[0]} exclude each other", "say that when it has happened, and you log it")
    if request.at is None:
        raise Misused("--planned needs a day", 'name it: --planned --at "next friday"')
    text = ": ".join(part for part in (by or "", request.summary) if one_line(part))
    return remind(Remind(who=request.who, when=request.at, text=text, add=request.add), desk, command="log-interaction")


def list_reminders(who: str | None, desk: Desk, *, every: bool = False) -> RemindersListed:
    """The open reminders, of everybody or about one; with `every` also those that are done."""
    with desk.book.reading() as connection:
        if who is None:
            picked = reminders.everything(connection)
        else:
            picked = reminders.of_contacts(connection, [find(connection, who, region=desk.settings.phone.region).row])
        shown = sorted((r for r in picked if every or r.done is None), key=lambda r: (r.due, r.number))
        return RemindersListed(tuple(shown), contacts.names_by_id(connection), desk.today)


def edit_reminder(reference: str, request: EditReminder, desk: Desk) -> RemindersWritten:
    """Change the fields named, and only those. Raises RecordNotFound, and like `remind`."""
    with desk.writing("reminder edit") as writing:
        [before] = _found(writing.connection, [reference])
        when = Moment(before.due) if request.when is None else _when(request.when, desk)
        text = before.text if request.text is None else _text(request.text)
        reminders.change(writing, before, replace(before, due=when.day, text=f"{_clock(when, desk)}{text}"))
        return _written(writing, [before.number], "changed")


def finish_reminders(ids: Iterable[str], desk: Desk) -> RemindersWritten:
    """Tick these off, all or none; one that is done stays done on the day it was. Raises RecordNotFound."""
    with desk.writing("reminder done") as writing:
        these = _found(writing.connection, ids)
        for one in these:
            reminders.change(writing, one, replace(one, done=one.done or desk.today))
        return _written(writing, [one.number for one in these], "done")


def remove_reminders(ids: Iterable[str], desk: Desk) -> RemindersWritten:
    """Take these out of the book, all or none. Raises RecordNotFound."""
    with desk.writing("reminder remove") as writing:
        gone = _found(writing.connection, ids)
        reminders.remove(writing, [one.number for one in gone])
        return RemindersWritten(tuple(gone), contacts.names_by_id(writing.connection), writing.written, "removed")


def _written(writing: Writing, numbers: Iterable[int], act: str) -> RemindersWritten:
    stored = reminders.fetch(writing.connection, list(numbers))
    return RemindersWritten(tuple(stored), contacts.names_by_id(writing.connection), writing.written, act)


def _found(connection: Connection, ids: Iterable[str]) -> list[Reminder]:
    return found(ids, "m", "reminder", lambda numbers: reminders.fetch(connection, numbers))


def _when(text: str, desk: Desk) -> Moment:
    when = moment(text, desk.book.zone, now=desk.now, dates=desk.settings.dates, forward=True)
    if when.day < desk.today:
        raise Misused(f"{when.day} is over", 'name today or a day to come: 2026-12-24, "next friday", "in 3 weeks"')
    return when


def _clock(when: Moment, desk: Desk) -> str:
    """`15:00 ` where a time of day was named, in the book's zone."""
    return "" if when.at is None else f"{when.at.astimezone(zone_of(desk.book.zone)):%H:%M} "


def _text(text: str) -> str:
    if not storable(text):
        raise Misused("that reminder holds a NUL or half a character, which no book can keep", "remove it")
    if not one_line(text):
        raise Misused("a reminder needs words", 'say what to think of: relcli remind ana friday "ask about the proofs"')
    return one_line(text)
