"""Later: not now. Off the agenda until a day, but never what we owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.desk import Desk
from relcli.actions.moments import moment
from relcli.actions.references import find
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.later import Later, all_in_force, in_force
from relcli.errors import Misused
from relcli.store import laters
from relcli.text import one_line, storable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection


class PutOff(BaseModel):
    """Whom to leave off the agenda, until when, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    until: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class LaterWritten:
    """What holds for a contact after a write; `batch` is None where nothing had to be changed.

    `later` is None where nobody was put off in the first place; one `until` its own day ends those before it.
    """

    contact: Contact
    later: Later | None
    batch: Batch | None

    @property
    def ended(self) -> bool:
        """Whether the contact is back on the agenda."""
        return self.later is None or self.later.until <= self.later.day


def put_off(request: PutOff, desk: Desk) -> LaterWritten:
    """Leave a contact off the agenda until a day (not including it); today ends what was put off before.

    Raises Misused for a day that is over and for a time of today; ContactNotFound, ContactAmbiguous for WHO.
    """
    until, because = _until(request.until, desk), _because(request.because)
    with desk.writing("later") as writing:
        contact = find(writing.connection, request.who, region=desk.settings.phone.region)
        now = in_force(laters.of_contacts(writing.connection, [contact.row]), desk.today)
        if until == desk.today and now is None:
            return LaterWritten(contact, None, None)
        if now is not None and (now.until, now.because) == (until, because or now.because):
            return LaterWritten(contact, now, None)
        number = laters.add(writing, Later(0, contact.id, desk.today, until, because), contact.row)
        return LaterWritten(contact, laters.fetch(writing.connection, [number])[0], writing.written)


def put_off_now(connection: Connection, contacts: Iterable[Contact], day: date) -> dict[str, Later]:
    """Contact id → what keeps them off the agenda on that day, for those of whom that is so."""
    return all_in_force(laters.of_contacts(connection, [contact.row for contact in contacts]), day)


def _until(text: str, desk: Desk) -> date:
    found = moment(text, desk.book.zone, now=desk.now, dates=desk.settings.dates, forward=True)
    if found.day < desk.today:
        raise Misused(f"--until {found.day.isoformat()} is over", 'name a day to come: 2026-12-24, "next friday", "in 3 weeks"')
    if found.day == desk.today and found.at is not None:
        raise Misused(f'--until "{text}" is a time of today, and the agenda knows days', "name a day to come, or today to end it")
    return found.day


def _because(text: str) -> str:
    if not storable(text):
        raise Misused("that text holds a NUL or half a character, which no book can keep", "remove it")
    return one_line(text)
