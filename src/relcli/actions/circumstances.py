"""Circumstances: what shapes a relationship from outside, rated for both sides, listed, removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.desk import Desk
from relcli.actions.moments import day
from relcli.actions.records import found
from relcli.actions.references import find
from relcli.domain.batch import Batch
from relcli.domain.circumstance import LEAST, MOST, Circumstance, Dependence, Factor, dependence, speaking, suggestion
from relcli.domain.preference import PreferenceKind, Source
from relcli.errors import Misused
from relcli.store import circumstances, contacts, preferences
from relcli.text import many_lines, one_line, storable

if TYPE_CHECKING:
    from sqlalchemy import Connection


class SetCircumstance(BaseModel):
    """How a factor stands, as it was typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    factor: str
    theirs: int | None = None
    ours: int | None = None
    note: str = ""
    at: str | None = None


@dataclass(frozen=True, slots=True)
class CircumstancesWritten:
    """Circumstances that were set or removed."""

    circumstances: tuple[Circumstance, ...]
    names: Mapping[str, str]
    batch: Batch | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """How much both sides need each other, and what that suggests where they never said how close they want it."""

    contact: str
    dependence: Dependence
    suggestion: str


@dataclass(frozen=True, slots=True)
class CircumstancesListed:
    """What counts now of each contact: of each factor the newest, and an older one where only it rates a side."""

    circumstances: tuple[Circumstance, ...]
    outlooks: tuple[Outlook, ...]
    names: Mapping[str, str]


def set_circumstance(request: SetCircumstance, desk: Desk) -> CircumstancesWritten:
    """Rate a factor for one side or both, or note something about it. Raises Misused; for WHO like `find`."""
    new = _circumstance(request, desk)
    with desk.writing("circumstance set") as writing:
        contact = find(writing.connection, request.who, region=desk.settings.phone.region)
        number = circumstances.add(writing, new, contact.row)
        written = replace(new, number=number, contact=contact.id)
        return CircumstancesWritten((written,), {contact.id: contact.name}, writing.written)


def list_circumstances(who: str | None, desk: Desk) -> CircumstancesListed:
    """What counts now, of one contact or of all who are not archived. Raises for WHO like `find`."""
    with desk.book.reading() as connection:
        if who is None:
            people = contacts.everyone(connection, archived=False)
            known, wishes = circumstances.everything(connection), preferences.everything(connection)
        else:
            people = [find(connection, who, region=desk.settings.phone.region)]
            rows = [contact.row for contact in people]
            known, wishes = circumstances.of_contacts(connection, rows), preferences.of_contacts(connection, rows)
    said = {w.contact for w in wishes if w.kind is PreferenceKind.CLOSENESS and w.source is Source.STATED and w.ever_held}
    by_contact: dict[str, list[Circumstance]] = {}
    for one in known:
        by_contact.setdefault(one.contact, []).append(one)
    counted: list[Circumstance] = []
    outlooks = []
    for contact in people:
        theirs = by_contact.get(contact.id, [])
        counted += speaking(theirs, desk.today)
        if theirs:
            both = dependence(theirs, desk.today)
            outlooks.append(Outlook(contact.id, both, "" if contact.id in said else suggestion(both)))
    return CircumstancesListed(tuple(counted), tuple(outlooks), {c.id: c.name for c in people})


def remove_circumstances(ids: Iterable[str], desk: Desk) -> CircumstancesWritten:
    """Take those named out of the book, all or none. Raises RecordNotFound."""
    with desk.writing("circumstance remove") as writing:
        gone = _found(writing.connection, ids)
        circumstances.remove(writing, [one.number for one in gone])
        return CircumstancesWritten(tuple(gone), contacts.names_by_id(writing.connection), writing.written)


def _found(connection: Connection, ids: Iterable[str]) -> list[Circumstance]:
    return found(ids, "f", "circumstance", lambda numbers: circumstances.fetch(connection, numbers))


def _circumstance(request: SetCircumstance, desk: Desk) -> Circumstance:
    word = one_line(request.factor).lower().replace(" ", "-").replace("_", "-")
    if word not in list(Factor):
        raise Misused(f'"{request.factor}" is none of the factors', f"choose one of: {', '.join(Factor)}")
    for name, rating in (("theirs", request.theirs), ("ours", request.ours)):
        if rating is not None and not LEAST <= rating <= MOST:
            raise Misused(f"--{name} {rating} is out of range", f"rate it {LEAST} (hardly) to {MOST} (very much)")
    if not storable(request.note):
        raise Misused("that note holds a NUL or half a character, which no book can keep", "remove it")
    note = many_lines(request.note)
    if request.theirs is None and request.ours is None and not note:
        raise Misused("nothing was said of it", "rate it --theirs 1-5, --ours 1-5, or say something with --note")
    when = day(request.at, desk.book.zone, now=desk.now, dates=desk.settings.dates)
    return Circumstance(0, "", Factor(word), request.theirs, request.ours, note, when)
