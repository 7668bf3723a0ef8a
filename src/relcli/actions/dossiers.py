"""Everything about one person, to be handed to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from relcli.actions.desk import Desk
from relcli.actions.gone import find_anywhere
from relcli.actions.handing import hand_over
from relcli.domain.contact import Contact
from relcli.store import contacts, dossiers, traces

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the book holds of a contact: noun → records, the journal's images, the batches that touched them."""

    contact: Contact
    made: datetime
    records: dict[str, list[dict[str, Any]]]
    journal: list[dict[str, Any]]
    batches: list[dict[str, Any]]
    masked: bool


def export_contact(reference: str, desk: Desk, *, mask_others: bool = False, handed_to: str = "") -> Dossier:
    """Everything about one contact. With `handed_to` the history keeps to whom it went; else nothing is written.

    `mask_others` puts a number in place of the names and ids of other contacts; texts are left as they are.
    """
    region = desk.settings.phone.region
    with desk.book.reading() as connection:
        dossier = _dossier(connection, find_anywhere(connection, reference, region=region), desk, mask_others=mask_others)
    hand_over(desk, "contact export", handed_to, contact=dossier.contact.row)
    return dossier


def _dossier(connection: Connection, contact: Contact, desk: Desk, *, mask_others: bool) -> Dossier:
    found = traces.of(connection, contact.row)
    names = {row: f"{name} ({code})" for row, code, name in contacts.names(connection, archived=True)}
    others: dict[int, str] = {}

    def called(row: int) -> str:
        if row in found.keys:
            return f"{contact.name} ({contact.id})"
        if mask_others:
            return others.setdefault(row, f"another contact {len(others) + 1}")
        return names.get(row, "a contact that is gone")

    records = dossiers.records(connection, found, called)
    journal = dossiers.journal(connection, found, called, own=mask_others)
    return Dossier(contact, desk.now, records, journal, dossiers.batches(connection, found), mask_others)
