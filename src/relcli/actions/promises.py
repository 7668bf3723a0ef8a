"""Promises: made, listed, put right, and closed as kept, broken or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.contacts import found_or_added
from relcli.actions.desk import Desk
from relcli.actions.moments import happened, moment
from relcli.actions.records import RecordNotFound, Wanted, found, pick_of
from relcli.actions.references import find
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.promise import Closing, Promise, PromiseKind, PromiseStatus, Side, by_urgency
from relcli.domain.reference import record_number
from relcli.errors import Ambiguous, Misused
from relcli.store import contacts, promises, tables
from relcli.store.picking import Pick
from relcli.text import one_line, storable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

_SHOWN = 5
_PAST = "a promise is made, kept, broken or withdrawn today or before"
_LETTERS = 40  # of a text in a line that names several
_COMMANDS = {Closing.KEPT: "keep", Closing.BROKEN: "break", Closing.WITHDRAWN: "withdraw"}
PUT_RIGHT = "put right what they complained of"


class Listed(StrEnum):
    """Which promises to list: what is open is overdue or not yet, what is kept was kept in time or late."""

    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    ALL = "all"


class AddPromise(BaseModel):
    """A new promise, as it was typed. `by` may be missing where they owe it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    text: str
    by: str | None = None
    owed_by: Side = Side.US
    kind: PromiseKind = PromiseKind.PROMISE
    at: str | None = None
    add: bool = False


class EditPromise(BaseModel):
    """What an edit says of a promise; None means "not said". `no_by`: it is for no day in particular."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str | None = None
    by: str | None = None
    no_by: bool = False
    owed_by: Side | None = None
    kind: PromiseKind | None = None
    at: str | None = None


class ListPromises(Wanted):
    """Which promises to list; `since` and `until` are about the day on which they were made."""

    owed_by: Side | None = None
    status: Listed = Listed.OPEN


class AlreadyClosed(Ambiguous):
    """A promise ends once."""


class SeveralOpen(Ambiguous):
    """Several promises are open, and which of them is meant is not for us to guess."""


@dataclass(frozen=True, slots=True)
class PromiseWritten:
    """A promise as it stands after a write, and with whom; `batch` is None where nothing had to be changed.

    `added` is the contact where the write made it.
    """

    promise: Promise
    contact: Contact
    today: date
    batch: Batch | None
    act: str
    added: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class PromisesListed:
    """Promises as they stand `today`; `names` says who the ids are.

    `beyond` are those that were wanted too, and come after as many as were asked for.
    """

    promises: tuple[Promise, ...]
    names: dict[str, str]
    today: date
    beyond: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class PromisesRemoved:
    """Promises as they were before they were removed."""

    promises: tuple[Promise, ...]
    names: dict[str, str]
    today: date
    batch: Batch | None


def add_promise(request: AddPromise, desk: Desk) -> PromiseWritten:
    """Write a promise. Raises Misused for what cannot be meant; ContactNotFound, ContactAmbiguous for WHO."""
    due = None if request.by is None else _due(request.by, desk)
    new = _checked(Promise(0, "", request.owed_by, request.kind, _text(request.text), _past(request.at, desk), due))
    with desk.writing("promise add") as writing:
        contact = found_or_added(writing, request.who, desk, add_unknown=request.add)
        number = promises.add(writing, new, contact.row)
        written = _written(writing, number, desk, "added")
        return replace(written, added=(contact,) if writing.is_new(tables.Contact, contact.row) else ())


def list_promises(request: ListPromises, desk: Desk) -> PromisesListed:
    """The promises wanted: what is open by urgency, then what is closed, newest first.

    An organisation's hold those that its people made, or were made, while they worked there.
    """
    with desk.book.reading() as connection:
        picked = promises.picked(connection, pick_of(connection, request, desk))
        wanted = [
            p for p in picked
            if request.owed_by in (None, p.owed_by) and request.status in _listed_as(p, desk.today)
        ]  # fmt: skip
        wanted = by_urgency(wanted, desk.today)
        top = len(wanted) if request.top is None else request.top
        return PromisesListed(tuple(wanted[:top]), contacts.names_by_id(connection), desk.today, tuple(wanted[top:]))


def edit_promise(reference: str, request: EditPromise, desk: Desk) -> PromiseWritten:
    """Change the fields named, and only those. Raises RecordNotFound, and Misused like `add_promise`."""
    if request.no_by and request.by is not None:
        raise Misused("--by and --no-by exclude each other", "say one of them")
    with desk.writing("promise edit") as writing:
        [before] = _found(writing.connection, [reference])
        due = before.due if request.by is None else _due(request.by, desk)
        after = _checked(
            replace(
                before,
                text=before.text if request.text is None else _text(request.text),
                due=None if request.no_by else due,
                owed_by=request.owed_by or before.owed_by,
                kind=request.kind or before.kind,
                made=before.made if request.at is None else _past(request.at, desk),
            )
        )
        promises.change(writing, before, after)
        return _written(writing, before.number, desk, "changed")


def close_promise(reference: str, how: Closing, desk: Desk, *, at: str | None = None) -> PromiseWritten:
    """Note how a promise ended: the one with this id, or the only one that is open with the contact named.

    Raises RecordNotFound where none is, SeveralOpen, AlreadyClosed; Misused for a day before it was made.
    """
    with desk.writing(f"promise {_COMMANDS[how]}") as writing:
        before = _meant(writing.connection, reference, desk)
        if before.closed is not None:
            raise AlreadyClosed(
                f"{before.id} was {before.how} already, on {before.closed}",
                "if that was a slip, take its batch back: relcli book history, relcli book undo BATCH",
            )
        promises.change(writing, before, _checked(replace(before, closed=_past(at, desk), how=how)))
        return _written(writing, before.number, desk, "closed")


def remove_promises(ids: Iterable[str], desk: Desk) -> PromisesRemoved:
    """Take the promises named out of the book, all or none. Raises RecordNotFound."""
    with desk.writing("promise remove") as writing:
        gone = _found(writing.connection, ids)
        promises.remove(writing, [p.number for p in gone])
        return PromisesRemoved(tuple(gone), contacts.names_by_id(writing.connection), desk.today, writing.written)


def open_complaint(writing: Writing, contact: Contact, summary: str, made: date, desk: Desk) -> Promise:
    """Promise a contact, in a batch that is open, to put right what they complained of that day."""
    due = date.fromordinal(min(made.toordinal() + desk.settings.complaint.days, date.max.toordinal()))
    if made > desk.today:
        raise Misused(f"--at {made} is still to come", _PAST)
    text = one_line(summary) or PUT_RIGHT
    number = promises.add(writing, Promise(0, "", Side.US, PromiseKind.COMPLAINT, text, made, due), contact.row)
    return promises.fetch(writing.connection, [number])[0]


def _listed_as(promise: Promise, today: date) -> set[Listed]:
    """Every word under which a promise is listed."""
    status = promise.status(today)
    wider = {PromiseStatus.OVERDUE: Listed.OPEN, PromiseStatus.LATE: Listed.KEPT}
    open_ = status in (PromiseStatus.OPEN, PromiseStatus.OVERDUE)
    found = {Listed(status.value), Listed.ALL} | ({wider[status]} if status in wider else set())
    return found if open_ else found | {Listed.CLOSED}


def _meant(connection: Connection, reference: str, desk: Desk) -> Promise:
    if record_number(one_line(reference), "p") is not None:
        return _found(connection, [reference])[0]
    contact = find(connection, reference, region=desk.settings.phone.region)
    of_theirs = promises.picked(connection, Pick(contact=contact.row))
    still = by_urgency((p for p in of_theirs if p.closed is None), desk.today)
    if not still:
        raise RecordNotFound(
            f"no promise is open between you and {contact.name}", f"what there was: relcli promise list {contact.id} --status all"
        )
    if len(still) > 1:
        raise SeveralOpen(f"{len(still)} promises are open between you and {contact.name}: say which, by id", _named(still))
    return still[0]


def _named(several: Sequence[Promise]) -> str:
    names = [f"{p.id} {_shortened(p.text)}" + (" (theirs)" if p.owed_by is Side.THEM else "") for p in several[:_SHOWN]]
    more = [f"and {len(several) - _SHOWN} more"] if len(several) > _SHOWN else []
    return " · ".join([*names, *more])


def _shortened(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1].rstrip() + "…"


def _found(connection: Connection, ids: Iterable[str]) -> list[Promise]:
    return found(ids, "p", "promise", lambda numbers: promises.fetch(connection, numbers))


def _written(writing: Writing, number: int, desk: Desk, act: str) -> PromiseWritten:
    [promise] = promises.fetch(writing.connection, [number])
    return PromiseWritten(promise, find(writing.connection, promise.contact), desk.today, writing.written, act)


def _checked(promise: Promise) -> Promise:
    if promise.kind is PromiseKind.COMPLAINT and promise.owed_by is Side.THEM:
        raise Misused(
            "--complaint and --theirs exclude each other: a complaint is ours to put right",
            "leave out one of them" if not promise.number else "say --no-complaint, or --ours",
        )
    if promise.due is None and promise.owed_by is Side.US:
        raise Misused(
            "a promise of ours has a day: by when?", 'say --by 2026-11-28 or --by "next friday"; only theirs may be without'
        )
    if promise.closed is not None and promise.closed < promise.made:
        raise Misused(
            f"{promise.id} cannot have ended on {promise.closed}: it was made on {promise.made}",
            f"if it was made earlier: relcli promise edit {promise.id} --at DATE",
        )
    return promise


def _text(text: str) -> str:
    if not storable(text):
        raise Misused("that promise holds a NUL or half a character, which no book can keep", "remove it")
    if not one_line(text):
        raise Misused("a promise needs words", 'say what is owed: relcli promise add ana "send the prints" --by friday')
    return one_line(text)


def _due(text: str, desk: Desk) -> date:
    return moment(text, desk.book.zone, now=desk.now, dates=desk.settings.dates, forward=True).day


def _past(text: str | None, desk: Desk) -> date:
    """The day something happened, today where none was named."""
    return happened(text, desk, _PAST).day
