"""Under which numbers and ids one person stands in the journal, and who stands there alone.

Taken back and added again, somebody has another row and another id. Whoever shares an id, an address or an external id with
them in any image is the same person, until nothing is added; but what somebody else in the book has by now is the other's.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from relcli.domain.contact import Contact, Kind, NameKind, OtherName
from relcli.domain.name import letters, same
from relcli.domain.reference import Match
from relcli.store import contacts, tables
from relcli.store.journal import NOUNS
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

BY = {"email": Match.EMAIL, "phone": Match.PHONE, "handle": Match.HANDLE}
Key = tuple[str, ...]  # kind, (source,) value, as digests are made of it
_NAMES = frozenset({Match.NAME, Match.OTHER_NAME, Match.LETTERS})


@dataclass(slots=True)
class Imaged:
    """A row of a contact as the journal has it: all its images, the keys in them, and the batches that wrote them."""

    row: int
    images: list[dict[str, Any]] = field(default_factory=list)
    keys: set[Key] = field(default_factory=set)
    batches: set[int] = field(default_factory=set)

    @property
    def contact(self) -> Contact:
        """As the last image says, with the number of its row."""
        row = self.images[-1]["row"]
        others = [OtherName(one["name"], NameKind.FORMER) for one in self.images[-1].get("contact_name", ())]
        return Contact(
            self.row,
            row["code"],
            row["name"],
            datetime.fromisoformat(row["created"]),
            Kind(row["kind"]),
            other_names=tuple(others),
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """All rows and ids of one person, the present ones first where there are any, and their images.

    `namesakes` are the folded names of others who stand in the journal alone and have something to tell them apart by.
    """

    rows: tuple[int, ...]
    codes: tuple[str, ...]
    images: tuple[dict[str, Any], ...]
    namesakes: frozenset[str]


def of(connection: Connection, row: int) -> Identity:
    """Whoever has this row, in the book or only in its journal."""
    told = imaged(connection)
    held = _held(connection)
    others = {key for key, holders in held.items() if holders - {row}}
    present = {holder for holders in held.values() for holder in holders}
    rows, keys, queue = {row}, {key for key, holders in held.items() if row in holders}, [row]
    by_key: dict[Key, set[int]] = defaultdict(set)
    for number, one in told.items():
        for key in one.keys:
            by_key[key].add(number)
    queue += [number for key in keys - others for number in by_key[key]]
    while queue:
        number = queue.pop()
        there = told.get(number)
        if number != row and (number in rows or number in present or there is None or _is_anothers(there, others)):
            continue
        rows.add(number)
        fresh = (there.keys if there else set()) - others - keys
        keys |= fresh
        queue += [other for key in fresh for other in by_key[key]]
    images = [image for number in sorted(rows) if number in told for image in told[number].images]
    own = [key[1] for key in sorted(keys) if key[0] == Match.ID.value and key not in others]
    first = [row_.code for row_ in connection.execute(select(col(tables.Contact.code)).where(col(tables.Contact.id) == row))]
    first = first or [told[row].contact.id] if first or row in told else []
    strangers = [
        one for number, one in told.items() if number not in rows | present and any(key[0] != Match.ID.value for key in one.keys)
    ]
    namesakes = frozenset(folded(name) for one in strangers for name in names(one.images))
    return Identity((row, *sorted(rows - {row})), tuple(dict.fromkeys([*first, *own])), tuple(images), namesakes)


def gone(connection: Connection) -> list[Imaged]:
    """Everybody who stands in the journal and no longer in the book, by row; whoever was merged into another is the other."""
    held = _held(connection)
    present = {holder for holders in held.values() for holder in holders}
    return [one for row, one in sorted(imaged(connection).items()) if row not in present and not _is_anothers(one, held)]


def everybody(connection: Connection) -> list[tuple[int, set[Key]]]:
    """Row and keys of everybody, in the book or only in its journal, the present ones first."""
    present: dict[int, set[Key]] = defaultdict(set)
    for key, holders in _held(connection).items():
        for row in holders:
            present[row].add(key)
    return [*sorted(present.items()), *((one.row, one.keys) for one in gone(connection))]


def ids(connection: Connection) -> set[str]:
    """Every id in the book, and those of whoever was merged into another."""
    return {key[1] for key in _held(connection) if key[0] == Match.ID.value}


def matching(people: Iterable[Imaged], kind: Match, key: str) -> list[Imaged]:
    """Those of these people to whom a reference answers in one way: an id, an address, a name they ever had."""
    if kind is Match.EXTERNAL_ID:
        return [one for one in people if any(k[0] == kind.value and k[-1] == key for k in one.keys)]
    if kind not in _NAMES:
        return [one for one in people if (kind.value, key) in one.keys]
    return [one for one in people if any(same(key, name) or letters(name) == letters(key) for name in names(one.images))]


def names(images: Iterable[dict[str, Any]]) -> set[str]:
    """Every name in these images of a contact."""
    found = set()
    for image in images:
        found |= {image["row"]["name"], *(one["name"] for one in image.get("contact_name", ()))}
    return found


def imaged(connection: Connection) -> dict[int, Imaged]:
    """Row → the contact as the journal has it, images in their order."""
    c = tables.Change
    found: dict[int, Imaged] = {}
    told = select(col(c.batch_id), col(c.key), col(c.before), col(c.after)).where(col(c.noun) == NOUNS["contact"].name)
    for batch, key, *texts in connection.execute(told.order_by(col(c.id))):
        for text in texts:
            if text is not None:
                one = found.setdefault(key, Imaged(key))
                image = json.loads(text)
                one.images.append(image)
                one.keys |= keys_in(image)
                one.batches |= {batch, image["row"]["batch_id"]}
    return found


def keys_in(image: dict[str, Any]) -> set[Key]:
    """By what the contact in an image is known."""
    found: set[Key] = {(Match.ID.value, image["row"]["code"])}
    found |= {(Match.ID.value, one["code"]) for one in image.get("alias", ())}
    found |= {(BY[one["kind"]].value, one["key"]) for one in image.get("address", ())}
    return found | {(Match.EXTERNAL_ID.value, one["source"], one["value"]) for one in image.get("external_id", ())}


def _is_anothers(one: Imaged, others: Collection[Key]) -> bool:
    """Whether somebody else in the book has an id of theirs: they were merged into them."""
    return any(key in others for key in one.keys if key[0] == Match.ID.value)


def _held(connection: Connection) -> dict[Key, set[int]]:
    """Key → who in the book has it."""
    found: dict[Key, set[int]] = defaultdict(set)
    for code, row in (
        *((code, row) for row, code, _ in contacts.names(connection, archived=True)),
        *contacts.aliases(connection),
    ):
        found[Match.ID.value, code].add(row)
    for kind, key, row in contacts.address_keys(connection):
        found[BY[kind].value, key].add(row)
    for source, value, row in contacts.external_ids(connection):
        found[Match.EXTERNAL_ID.value, source, value].add(row)
    return found
