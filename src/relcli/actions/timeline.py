"""The timeline of one contact: everything that happened, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from relcli.actions.desk import Desk
from relcli.actions.references import find
from relcli.domain.contact import Contact
from relcli.domain.interaction import Interaction
from relcli.domain.moment import Moment
from relcli.domain.transaction import Transaction
from relcli.store import contacts, interactions, transactions
from relcli.store.picking import Pick

if TYPE_CHECKING:
    from sqlalchemy import Connection

Record = Interaction | Transaction
_START = datetime.min  # noqa: DTZ901  # only orders what has no time before what has one


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
        ordered = records_of(connection, contact.row)
        names = contacts.names_by_id(connection)
    shown = ordered[:top]
    seen = {code for r in shown for code in (r.contacts if isinstance(r, Interaction) else (r.contact,))}
    return Timeline(contact, tuple(shown), {code: names[code] for code in seen if code in names}, len(ordered))


def records_of(connection: Connection, row: int, *, until: int | None = None) -> list[Record]:
    """What happened with a contact, newest first; an organisation has what its people did while they worked there."""
    pick = Pick(contact=row, until=until)
    both: list[Record] = [*interactions.picked(connection, pick), *transactions.picked(connection, pick)]
    return sorted(both, key=lambda r: order(r.when, r.number), reverse=True)


def order(when: Moment, number: int) -> tuple[int, datetime, int]:
    """What sorts records of both kinds by when they happened."""
    return when.day.toordinal(), when.at.replace(tzinfo=None) if when.at else _START, number
