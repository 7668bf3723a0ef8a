"""WHO: one reference, found the same way by every command.

Tried in order: id or its beginning, e-mail, phone, handle, exact name, part of a name; the first kind
that matches anything decides. Files are stricter: an id, an external id of their source, an address or
an exact name.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from relcli.domain.address import email_address, handle_address
from relcli.domain.contact import Contact, is_contact_id
from relcli.domain.reference import SHORTEST_PART, Match, looks_like_phone
from relcli.errors import Ambiguous, Misused, NotFound
from relcli.exchange.phone import phone_key
from relcli.mailboxes import tidied
from relcli.store import contacts
from relcli.store.engine import writes
from relcli.text import folded, one_line, quoted

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SHOWN = 5
_FITS: dict[Match | None, str] = {
    Match.ID: "begins the ids", Match.EXTERNAL_ID: "is the external id", Match.EMAIL: "is the e-mail", Match.PHONE: "is the phone",
    Match.HANDLE: "is the handle", Match.NAME: "is the name", Match.PART: "is part of the names",
}  # fmt: skip
_NEAR = 75.0  # of 100: below this a name is no hint


class ContactNotFound(NotFound):
    """Nobody answers to this reference."""


class ContactAmbiguous(Ambiguous):
    """Several contacts answer, and guessing is not for us."""


def find(connection: Connection, reference: str, *, region: str | None = None, strict: bool = False) -> Contact:
    """The one contact a reference names. Raises ContactNotFound with near names, ContactAmbiguous with candidates."""
    if not one_line(reference):
        raise ContactNotFound("nobody is named", "say who: an id, an address, or a name")
    kind, rows = look(connection, reference, region=region, strict=strict)
    if not rows:
        raise ContactNotFound(f'nobody here is called "{reference}"', _near(connection, reference))
    if len(rows) > 1:
        raise _several(connection, reference, kind, rows)
    return contacts.fetch(connection, rows)[0]


def find_all(connection: Connection, references: Iterable[str], *, region: str | None = None) -> list[Contact]:
    """Every contact named, each once, in the order named; all are found before anything is answered."""
    found = [find(connection, reference, region=region) for reference in references]
    return list({contact.id: contact for contact in found}.values())


def find_among(connection: Connection, reference: str, rows: Sequence[int], what: str, *, region: str | None = None) -> Contact:
    """The one contact of these rows that a reference names. Raises like `find`, and Misused where it names somebody else.

    `what` says what those of `rows` did: "took part in i_12".
    """
    kind, matching = look(connection, reference, region=region)
    here = [row for row in matching if row in rows]
    if len(here) > 1:
        raise _several(connection, reference, kind, here)
    if not here and matching:
        names = " · ".join(f"{c.id} {c.name}" for c in contacts.fetch(connection, list(rows)))
        raise Misused(f'"{reference}" is nobody who {what}', names)
    return contacts.fetch(connection, here)[0] if here else find(connection, reference, region=region)


def look(
    connection: Connection, reference: str, *, region: str | None = None, strict: bool = False, source: str = ""
) -> tuple[Match | None, list[int]]:
    """The first kind of match that finds anyone, and the rows it finds."""
    text = tidied(reference)
    for kind, key in readings(text, region, strict=strict, source=source):
        rows = contacts.matching(connection, kind, key, source=source)
        if rows:
            return kind, rows
    return None, []


def readings(text: str, region: str | None, *, strict: bool, source: str) -> Iterable[tuple[Match, str]]:
    """The kinds of match a reference can be, in the order in which they are tried, each with the key to compare."""
    if not text:
        return
    if is_contact_id(text) or (text.startswith("c_") and len(text) > len("c_") and not strict):
        yield Match.ID, text
    if source:
        yield Match.EXTERNAL_ID, text
    if "@" in text[1:]:
        with contextlib.suppress(ValueError):
            yield Match.EMAIL, email_address(text).key
    if looks_like_phone(text):
        yield Match.PHONE, phone_key(text, region)
    if " " not in text:
        with contextlib.suppress(ValueError):
            yield Match.HANDLE, handle_address(text).key
    yield Match.NAME, folded(text)
    if not strict and len(text) >= SHORTEST_PART:
        yield Match.PART, folded(text)


def _several(connection: Connection, reference: str, kind: Match | None, rows: Sequence[int]) -> ContactAmbiguous:
    candidates = [f"{c.id} {c.name}" for c in contacts.fetch(connection, rows[:_SHOWN])]
    more = [f"and {len(rows) - _SHOWN} more"] if len(rows) > _SHOWN else []
    return ContactAmbiguous(
        f'"{reference}" {_FITS[kind]} of {len(rows)} contacts: say which, by id or e-mail',
        " · ".join([*candidates, *more]),
    )


def _near(connection: Connection, reference: str) -> str:
    from rapidfuzz import fuzz, process

    known = {name: code for _, code, name in contacts.names(connection)}
    near = process.extract(folded(reference), list(known), processor=folded, scorer=fuzz.WRatio, limit=3, score_cutoff=_NEAR)
    if near:
        return "near: " + " · ".join(f"{known[name]} {name}" for name, _, _ in near)
    if looks_like_phone(reference):
        return "write the number with its country: +34 600 000 001, or set phone.region"
    addable = writes(connection) and "@" not in reference and not reference.startswith("c_")
    return f"add them: relcli contact add {quoted(reference)}" if addable else "see who is here: relcli contact list"
