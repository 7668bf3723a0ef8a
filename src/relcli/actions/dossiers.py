"""Everything about one person, to be handed to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from relcli.actions.desk import Desk
from relcli.actions.gone import find_anywhere
from relcli.actions.handing import hand_over
from relcli.actions.others import Others
from relcli.domain.contact import Contact
from relcli.domain.moment import zone_of
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


def export_contact(reference: str, desk: Desk, *, unmasked: bool = False, handed_to: str = "") -> Dossier:
    """Everything about one contact, and nothing of anybody else.

    Other contacts are a number, in texts too, and `unmasked` calls them by name; the organisations they work or worked for
    are a fact of their own. With `handed_to` the history keeps to whom it went; else nothing is written.
    """
    region = desk.settings.phone.region
    with desk.book.reading() as connection:
        dossier = _dossier(connection, find_anywhere(connection, reference, region=region), desk, unmasked=unmasked)
    hand_over(desk, "contact export", handed_to, contact=dossier.contact.row)
    return dossier


def _dossier(connection: Connection, contact: Contact, desk: Desk, *, unmasked: bool) -> Dossier:
    found = traces.of(connection, contact.row)
    names = {row: f"{name} ({code})" for row, code, name in contacts.names(connection, archived=True)}
    own = [*found.words, *([desk.settings.me.name] if desk.settings.me.name else [])]
    others = Others(connection, contact, own=own, more=dossiers.former_names(connection, found))
    numbered: dict[int, str] = {}

    def masked(row: int) -> str:
        return numbered.setdefault(row, f"another contact {len(numbered) + 1}")

    def called(row: int) -> str:
        if row in found.keys:
            return f"{contact.name} ({contact.id})"
        if row in others.near or unmasked:
            return names.get(row, "a contact that is gone")
        return masked(row)

    def words(text: str) -> str:
        return text if unmasked else others.masked(text, masked)

    records = dossiers.records(connection, found, called, words)
    journal = dossiers.journal(connection, found, called, words, zone_of(desk.book.zone))
    return Dossier(contact, desk.now, records, journal, dossiers.batches(connection, found, words), not unmasked)
