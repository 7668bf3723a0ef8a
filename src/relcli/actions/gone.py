"""WHO, for what must reach everybody: whoever is in the book, else whoever an undo took back and only the journal still has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcli.actions.references import ContactAmbiguous, ContactNotFound, find, readings
from relcli.domain.contact import Contact
from relcli.domain.reference import Match
from relcli.mailboxes import tidied
from relcli.store import identity

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SHOWN = 5
_MOST_DIGITS = 9  # of the number of a batch


def find_anywhere(connection: Connection, reference: str, *, region: str | None = None) -> Contact:
    """The one contact a strict reference names; else the one whom only the journal has, by id, address, name or batch number.

    The contact's row is then one of the journal's. Raises ContactNotFound, ContactAmbiguous.
    """
    try:
        return find(connection, reference, region=region, strict=True)
    except ContactNotFound:
        found = _taken_back(connection, tidied(reference), region)
        if not found:
            raise
    people: dict[tuple[int, ...], Contact] = {}
    for one in found:
        if not any(one.row in rows for rows in people):
            people[identity.of(connection, one.row).rows] = one.contact
    if len(people) > 1:
        several = [f"{contact.id} {contact.name}" for contact in people.values()]
        more = [f"and {len(several) - _SHOWN} more", "all at once: relcli book purge"] if len(several) > _SHOWN else []
        raise ContactAmbiguous(
            f"“{reference}” fits {len(several)} contacts that were taken back: say which, by id or address",
            " · ".join([*several[:_SHOWN], *more]),
        )
    return next(iter(people.values()))


def _taken_back(connection: Connection, text: str, region: str | None) -> list[identity.Imaged]:
    people = identity.gone(connection)
    for kind, key in readings(text, region, strict=True, source=""):
        if found := identity.matching(people, kind, key):
            return found
    if found := identity.matching(people, Match.EXTERNAL_ID, text):
        return found
    if text.isdecimal() and len(text) <= _MOST_DIGITS:
        return [one for one in people if int(text) in one.batches]
    return []
