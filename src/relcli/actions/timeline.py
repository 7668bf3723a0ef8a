"""The timeline of one contact: everything that happened, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from relcli.actions.desk import Desk
from relcli.actions.references import find
from relcli.domain.contact import Contact
from relcli.domain.interaction import Interaction
from relcli.domain.moment import Moment
from relcli.domain.plan import Plan
from relcli.domain.promise import Promise
from relcli.domain.referral import Referral
from relcli.domain.reminder import Reminder
from relcli.domain.survey import Response
from relcli.domain.transaction import Transaction
from relcli.store import contacts, interactions, promises, referrals, reminders, responses, transactions
from relcli.store.picking import Pick

if TYPE_CHECKING:
    from sqlalchemy import Connection

_START = datetime.min  # noqa: DTZ901  # only orders what has no time before what has one


@dataclass(frozen=True, slots=True)
class Event:
    """A day of something that has days and no hours: a promise made, or `closed`; a referral; a version of a plan set; the day of a reminder."""

    of: Promise | Referral | Plan | Reminder
    day: date
    closed: bool = False

    @property
    def id(self) -> str:
        """The id of what it is of."""
        return self.of.id

    @property
    def number(self) -> int:
        """What the id counts."""
        return self.of.number

    @property
    def contacts(self) -> tuple[str, ...]:
        """The id of the other side; of a referral, of who sent and who was sent."""
        return self.of.pair if isinstance(self.of, Referral) else (self.of.contact,)

    @property
    def when(self) -> Moment:
        """The day."""
        return Moment(self.day)


def made(promise: Promise) -> Event:
    """The day on which a promise was made."""
    return Event(promise, promise.made)


def sent(some: Iterable[Referral]) -> list[Event]:
    """The days of referrals, as far as they are known."""
    return [Event(one, one.day) for one in some if one.day is not None]


Record = Interaction | Transaction | Response | Event


@dataclass(frozen=True, slots=True)
class Timeline:
    """One contact's records, newest first; an organisation's hold those of its people while they worked there.

    `names` are the names of everybody who appears, `total` says how many records there are.
    """

    contact: Contact
    records: tuple[Record, ...]
    names: dict[str, str]
    total: int


def show_timeline(reference: str, desk: Desk, *, top: int | None = None) -> Timeline:
    """The records of the contact named, the newest `top` of them. Raises ContactNotFound, ContactAmbiguous."""
    with desk.book.reading() as connection:
        contact = find(connection, reference, region=desk.settings.phone.region)
        ordered = [*events_of(connection, contact.row), *records_of(connection, contact.row)]
        ordered.sort(key=lambda r: order(r.when, r.number), reverse=True)
        names = contacts.names_by_id(connection)
    shown = ordered[:top]
    seen = {code for r in shown for code in (r.contacts if isinstance(r, Interaction | Event) else (r.contact,))}
    return Timeline(contact, tuple(shown), {code: names[code] for code in seen if code in names}, len(ordered))


def records_of(connection: Connection, row: int, *, until: int | None = None) -> list[Record]:
    """What happened with a contact, newest first; an organisation has what its people did while they worked there."""
    pick = Pick(contact=row, until=until)
    both: list[Record] = [*interactions.picked(connection, pick), *transactions.picked(connection, pick)]
    return sorted(both, key=lambda r: order(r.when, r.number), reverse=True)


def events_of(connection: Connection, row: int) -> list[Record]:
    """What a contact answered, whom they sent and who sent them, and the promises between us as they were made and closed.

    An organisation has those of its people while they worked there; reminders are each contact's own, and may be to come.
    """
    picked = promises.picked(connection, Pick(contact=row))
    closings = [Event(p, p.closed, closed=True) for p in picked if p.closed is not None]
    referred = sent(referrals.between(connection, row))
    noted = [Event(reminder, reminder.due) for reminder in reminders.of_contacts(connection, [row])]
    return [*closings, *map(made, picked), *noted, *responses.picked(connection, Pick(contact=row)), *referred]


def order(when: Moment, number: int) -> tuple[int, datetime, int]:
    """What sorts records of all kinds by when they happened."""
    return when.day.toordinal(), when.at.replace(tzinfo=None) if when.at else _START, number
