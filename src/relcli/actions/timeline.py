"""The timeline of one contact: everything that happened, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from relcli.actions.desk import Desk
from relcli.actions.references import find
from relcli.domain.contact import Contact
from relcli.domain.interaction import Interaction
from relcli.domain.moment import Moment
from relcli.domain.transaction import Transaction
from relcli.store import contacts, interactions, transactions

Record = Interaction | Transaction
_START = datetime.min  # noqa: DTZ901  # only orders what has no time before what has one


@dataclass(frozen=True, slots=True)
class Timeline:
    """One contact's records, newest first; an organisation's hold those of its people while they worked there.

    `names` are the names of everybody who appears.
    """

    contact: Contact
    records: tuple[Record, ...]
    names: dict[str, str]


def show_timeline(reference: str, desk: Desk, *, top: int | None = None) -> Timeline:
    """The records of the contact named, the newest `top` of them. Raises ContactNotFound, ContactAmbiguous."""
    with desk.book.reading() as connection:
        contact = find(connection, reference, region=desk.settings.phone.region)
        touches = interactions.of_contacts(connection, [contact.row])
        trades = transactions.of_contacts(connection, [contact.row])
        for person, organisation, begin, end in contacts.employments(connection):
            if organisation == contact.row:
                last = None if end is None else end - 1
                touches += interactions.of_contacts(connection, [person], since=begin, until=last)
                trades += transactions.of_contacts(connection, [person], since=begin, until=last)
        names = {code: name for _, code, name in contacts.names(connection, archived=True)}
    both: list[Record] = [*touches, *trades]
    records = {record.id: record for record in both}
    ordered = sorted(records.values(), key=lambda r: order(r.when, r.number), reverse=True)
    seen = {code for r in ordered for code in (r.contacts if isinstance(r, Interaction) else (r.contact,))}
    return Timeline(contact, tuple(ordered[:top]), {code: names[code] for code in seen if code in names})


def order(when: Moment, number: int) -> tuple[int, datetime, int]:
    """What sorts records of both kinds by when they happened."""
    return when.day.toordinal(), when.at.replace(tzinfo=None) if when.at else _START, number
