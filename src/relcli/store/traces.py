"""Where a contact leaves traces: their records of every noun, the journal's images of them, the words they are known by.

What points at a contact is read from the tables themselves, so a new noun, or a new table that belongs to one, is
found without being named here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Row, select
from sqlmodel import col

from relcli.domain.reference import Match
from relcli.store import contacts, identity, tables
from relcli.store.journal import NOUNS, Noun, batch_in
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

CONTACT = NOUNS["contact"]
_SLICE = 2000
_SHORTEST = 3  # letters of a word that are worth looking for in the texts of others


@dataclass(frozen=True, slots=True)
class Traces:
    """What there is of one contact, and of those merged into them: in the journal they have all of these `keys`.

    `records`: noun → numbers. `known_by`: kind, (source,) key of every address, external id and id, but for those that
    another has by now. `words`: the same and their names, as texts hold them. `changes` and `batches` are of the journal;
    `handed` are the batches that say to whom a copy of theirs went.
    """

    row: int
    keys: tuple[int, ...]
    codes: tuple[str, ...]
    records: dict[str, list[int]]
    known_by: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    changes: tuple[int, ...]
    batches: tuple[int, ...]
    handed: tuple[int, ...]


def of(connection: Connection, row: int) -> Traces:
    """All traces of the contact in this row, who may be in the journal alone; then there are no records."""
    whole = identity.of(connection, row)
    keys, codes = set(whole.rows), whole.codes
    known_by, words = _known_by(connection, row, codes, whole)
    records = {noun.name: numbers(connection, noun, row) for noun in NOUNS.values()}
    changes, batches, handed = _journal(connection, keys, words)
    batches |= {number for name, found in records.items() for number in _batches_of(connection, NOUNS[name], found)}
    return Traces(
        row,
        tuple(sorted(keys)),
        codes,
        records,
        tuple(sorted(known_by)),
        tuple(sorted(words)),
        tuple(sorted(changes)),
        tuple(sorted(batches)),
        handed,
    )


def numbers(connection: Connection, noun: Noun, row: int) -> list[int]:
    """The records of one noun that have to do with a contact."""
    if noun is CONTACT:
        return list(connection.execute(select(noun.root.c.id).where(noun.root.c.id == row)).scalars())
    found: set[int] = set()
    for column in pointing(noun.root):
        found.update(connection.execute(select(noun.root.c.id).where(column == row)).scalars())
    for table, owner in noun.satellites:
        for column in pointing(table):
            found.update(connection.execute(select(table.c[owner]).where(column == row)).scalars())
    return sorted(found)


def pointing(table: Table) -> list[Column[Any]]:
    """The columns of a table that hold the row of a contact."""
    return [c for c in table.columns if any(key.column is CONTACT.root.c.id for key in c.foreign_keys)]


def pattern(words: Iterable[str], *, rows: Iterable[int] = ()) -> re.Pattern[str]:
    """What finds these words, whole and in any case, in a text, and in the JSON of an image; and these rows in an image."""
    columns = {c.name for noun in NOUNS.values() for t in (noun.root, *(s for s, _ in noun.satellites)) for c in pointing(t)}
    spelt = {form for word in words for form in (word, json.dumps(word, ensure_ascii=False)[1:-1])}
    found = [rf"(?<!\w){re.escape(form)}(?!\w)" for form in sorted(spelt)]
    found += [rf'"(?:{"|".join(sorted(columns))})": {row}(?!\d)' for row in rows]
    return re.compile("|".join(found) or r"(?!)", re.IGNORECASE)


def changes(connection: Connection) -> Iterator[Row[Any]]:
    """Every change of the journal in its order, without holding all of them at once."""
    table, last = _CHANGE, 0
    while rows := connection.execute(select(table).where(table.c.id > last).order_by(table.c.id).limit(_SLICE)).all():
        yield from rows
        last = rows[-1].id


_CHANGE = tables.Change.__table__  # type: ignore[attr-defined]  # SQLModel hides it


def _known_by(
    connection: Connection, row: int, codes: tuple[str, ...], whole: identity.Identity
) -> tuple[set[tuple[str, ...]], set[str]]:
    """By what the contact is and was known, and the words for it; what another has by now is the other's."""
    present, images = contacts.fetch(connection, [row]), whole.images
    names = identity.names(images)
    names |= {name for contact in present for name in (contact.name, *(one.name for one in contact.other_names))}
    addresses = {(identity.BY[kind], key) for kind, key, holder in contacts.address_keys(connection) if holder == row}
    external = {(source, value) for source, value, holder in contacts.external_ids(connection) if holder == row}
    words = {address.value for contact in present for address in contact.addresses}
    for image in images:
        addresses |= {(identity.BY[a["kind"]], a["key"]) for a in image.get("address", ())}
        external |= {(e["source"], e["value"]) for e in image.get("external_id", ())}
    addresses -= {(identity.BY[kind], key) for kind, key, holder in contacts.address_keys(connection) if holder != row}
    external -= {(source, value) for source, value, holder in contacts.external_ids(connection) if holder != row}
    others = {name for number, _, name in contacts.folded_names(connection) if number != row} | whole.namesakes
    words |= {key for _, key in addresses} | {value for _, value in external}
    words |= {form for name in names if folded(name) not in others for form in (name, folded(name))}
    known_by: set[tuple[str, ...]] = {(Match.ID.value, code) for code in codes}
    known_by |= {(kind.value, key) for kind, key in addresses}
    known_by |= {(Match.EXTERNAL_ID.value, source, value) for source, value in external}
    return known_by, {word for word in words if len(word) >= _SHORTEST} | set(codes)


def _journal(connection: Connection, keys: set[int], words: set[str]) -> tuple[set[int], set[int], tuple[int, ...]]:
    """The changes that are of the contact or mention them, the batches behind them, and the batches that handed them over."""
    finds = pattern(words, rows=sorted(keys))
    found: set[int] = set()
    batches: set[int] = set()
    linked: set[int] = set()
    for change in changes(connection):
        texts = [text for text in (change.before, change.after) if text is not None]
        own = change.noun == CONTACT.name and change.key in keys
        if own and not texts:
            linked.add(change.batch_id)
        if own or any(finds.search(text) for text in texts):
            found.add(change.id)
            batches |= {change.batch_id, *map(batch_in, texts)}
    b = tables.Batch
    said = connection.execute(select(col(b.id), col(b.handed_to)).where(col(b.handed_to) != ""))
    return found, batches, tuple(row.id for row in said if row.id in linked or finds.search(row.handed_to))


def _batches_of(connection: Connection, noun: Noun, found: list[int]) -> set[int]:
    root = noun.root
    result: set[int] = set()
    for start in range(0, len(found), _SLICE // 4):
        these = root.c.id.in_(found[start : start + _SLICE // 4])
        result.update(connection.execute(select(root.c.batch_id).where(these)).scalars())
    return result
