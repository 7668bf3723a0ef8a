"""WHO: one reference, found the same way by every command.

Tried in order: id or its beginning, e-mail, phone, handle, exact name, another name of theirs, part of a name; the
first kind that matches anything decides. Names are compared as `domain.name` does it. Files are stricter: an id, an
external id of their source, an address or a whole name.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from relcli.domain.address import email_address, handle_address
from relcli.domain.contact import Contact, is_contact_id
from relcli.domain.name import SHORTEST_PART, enough, keys, letters, spoken
from relcli.domain.reference import Match, looks_like_phone
from relcli.errors import Ambiguous, Misused, NotFound
from relcli.exchange.phone import phone_key
from relcli.mailboxes import tidied
from relcli.store import contact_names, contacts
from relcli.store.engine import writes
from relcli.text import one_line, quoted

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SHOWN = 5
_FITS: dict[Match | None, str] = {
    Match.ID: "begins the ids", Match.EXTERNAL_ID: "is the external id", Match.EMAIL: "is the e-mail", Match.PHONE: "is the phone",
    Match.HANDLE: "is the handle", Match.NAME: "is the name", Match.OTHER_NAME: "is another name", Match.LETTERS: "is the name",
    Match.PART: "is part of the names", Match.ALIKE: "is part of the names",
}  # fmt: skip
_MOST = 500  # characters of a name or address that is looked for; a database takes no pattern of any length
PARTLY = frozenset({Match.PART, Match.ALIKE})  # less than a whole name
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
        raise _nobody(connection, reference, region=region, strict=strict)
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
    if len(text) > _MOST:
        return None, []
    for kind, key in readings(text, region, strict=strict, source=source):
        rows = contacts.matching(connection, kind, key, source=source)
        if rows:
            return kind, rows
    return None, []


def whole_name(connection: Connection, name: str) -> list[int]:
    """The rows of those with this whole name, present or another."""
    kinds = (Match.NAME, Match.OTHER_NAME, Match.LETTERS)
    return list(dict.fromkeys(row for kind in kinds for row in contacts.matching(connection, kind, name)))


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
    yield Match.NAME, text
    yield Match.OTHER_NAME, text
    yield Match.LETTERS, text
    an_address_or_id = "@" in text or text.startswith("c_")  # which is mistyped: its pieces would be found in any name
    if not strict and not an_address_or_id and enough(text):
        yield Match.PART, text
        yield Match.ALIKE, text


def name_keys(kind: Match, text: str) -> tuple[str, ...]:
    """Under what a reference read in this way stands in memory, where everybody's names stand under `every_key`."""
    if kind is Match.OTHER_NAME:
        return tuple(key for name in (text, *spoken(text)) for key in keys(name))
    if kind is Match.NAME:
        return keys(text)
    return (letters(text),) if kind is Match.LETTERS else (text,)


def every_key(name: str, others: Iterable[str] = ()) -> Iterable[tuple[Match, str]]:
    """Each way in which a contact of this name, and of these other ones, answers to a whole name."""
    known = (name, *others)
    yield from ((Match.NAME, key) for key in keys(name))
    yield from ((Match.OTHER_NAME, key) for one in known for each in (one, *spoken(one)) for key in keys(each))
    yield from ((Match.LETTERS, letters(each)) for each in known)


def _several(connection: Connection, reference: str, kind: Match | None, rows: Sequence[int]) -> ContactAmbiguous:
    return ContactAmbiguous(
        f'"{reference}" {_FITS[kind]} of {len(rows)} contacts: say which, by id or e-mail', _candidates(connection, rows)
    )


def _candidates(connection: Connection, rows: Sequence[int]) -> str:
    candidates = [f"{c.id} {c.name}" for c in contacts.fetch(connection, rows[:_SHOWN])]
    return " · ".join([*candidates, *([f"and {len(rows) - _SHOWN} more"] if len(rows) > _SHOWN else [])])


def _nobody(connection: Connection, reference: str, *, region: str | None, strict: bool) -> ContactNotFound:
    """Why nobody was found, and what to type; a door that takes whole names alone says so where a part would do elsewhere."""
    kind, rows = look(connection, reference, region=region) if strict else (None, [])
    if kind in PARTLY or kind is Match.ID:
        what = "the beginning of an id" if kind is Match.ID else "part of a name"
        return ContactNotFound(
            f"“{reference}” is only {what}; this command needs the whole name, an id or an address", _candidates(connection, rows)
        )
    return ContactNotFound(f"No contact matches “{reference}”", _near(connection, reference))


def _near(connection: Connection, reference: str) -> str:
    from rapidfuzz import fuzz, process

    known = contact_names.compared(connection)
    said = keys(reference)[0]
    if " " in said:
        found = process.extract(said, [key for *_, key in known], scorer=fuzz.WRatio, limit=6, score_cutoff=_NEAR)
    else:  # one word is like one word of a name
        known = [(code, name, word) for code, name, key in known for word in key.split()]
        alike = fuzz.ratio if len(said) > SHORTEST_PART else fuzz.WRatio
        found = process.extract(said, [word for *_, word in known], scorer=alike, limit=6, score_cutoff=_NEAR)
    near = dict.fromkeys(known[place][:2] for *_, place in found)
    if near:
        *others, last = [f"{name} ({code})" for code, name in list(near)[:3]]
        return f"Did you mean {', '.join(others) + ' or ' if others else ''}{last}?"
    if looks_like_phone(reference):
        return "write the number with its country: +34 600 000 001, or set phone.region"
    addable = writes(connection) and "@" not in reference and not reference.startswith("c_")
    return f"add them: relcli contact add {quoted(reference)}" if addable else "see who is here: relcli contact list"
