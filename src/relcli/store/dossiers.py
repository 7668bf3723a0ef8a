"""Everything a book holds of one contact, record by record, as its journal would keep it.

Records are read as images (store.journal), so a new column, or a new table that belongs to a record, is in here
without being named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from relcli.domain.moment import day_of
from relcli.domain.money import Money
from relcli.store import tables
from relcli.store.journal import NOUNS, Noun, images
from relcli.store.traces import CONTACT, Traces, changes, pattern, pointing

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

Name = Callable[[int], str]  # the row of a contact → how it is called in a dossier
Words = Callable[[str], str]  # a text → as it stands in a dossier
_INTERNAL = frozenset({"folded", "name_key", "rank"})  # made from what is there, or a matter of the table
_BATCH = tables.Batch.__table__  # type: ignore[attr-defined]  # SQLModel hides it
_COPIED = frozenset({("interaction_contact", "day"), ("interaction_contact", "direction")})


def records(connection: Connection, traces: Traces, name: Name, words: Words) -> dict[str, list[dict[str, Any]]]:
    """Noun → its records that have to do with the contact, each with all that belongs to it; days as dates."""
    return {
        noun.name: [
            _plain(noun, image, name, words) for _, image in sorted(images(connection, noun, traces.records[noun.name]).items())
        ]
        for noun in NOUNS.values()
    }


def journal(connection: Connection, traces: Traces, name: Name, words: Words, zone: tzinfo) -> list[dict[str, Any]]:
    """The changes that are of the contact or mention them, oldest first; of theirs what was before and after.

    Of a record of somebody else, or one that turned out to be somebody else's, only that it is there: which noun, batch and day.
    """
    wanted, theirs = set(traces.changes), _theirs(connection, traces)
    days = {r.id: r.at.astimezone(zone).date().isoformat() for r in connection.execute(select(_BATCH.c.id, _BATCH.c.at))}
    found: list[dict[str, Any]] = []
    for change in changes(connection):
        if change.id not in wanted:
            continue
        told: dict[str, Any] = {"batch": change.batch_id, "day": days[change.batch_id], "record": change.noun}
        if (change.noun, change.key) in theirs:
            plain = [
                None if image is None else _plain(NOUNS[change.noun], image, name, words)
                for image in (change.before, change.after)
            ]
            found.append({**told, "before": plain[0], "after": plain[1]})
        else:
            found.append({**told, "withheld": "a record of somebody else that mentions them"})
    return found


def former_names(connection: Connection, traces: Traces) -> list[tuple[str, int]]:
    """The names that others had once, with their rows: texts of that time say them still."""
    found = {}
    for change in changes(connection):
        if change.noun == CONTACT.name and change.key not in traces.keys:
            for image in (change.before, change.after):
                if image is not None:
                    found[json.loads(image)["row"]["name"]] = change.key
    return list(found.items())


def _theirs(connection: Connection, traces: Traces) -> set[tuple[str, int]]:
    """Noun and number of every record that is the contact's; one that is gone is theirs if it was so at last."""
    points = pattern((), rows=traces.keys)
    last = {
        (change.noun, change.key): bool(points.search(image))
        for change in changes(connection)
        if (image := change.before if change.after is None else change.after) is not None
    }
    theirs = {record for record, pointing_at in last.items() if pointing_at and record[0] != CONTACT.name}
    theirs |= {(noun, number) for noun, numbers in traces.records.items() for number in numbers}
    return theirs | {(CONTACT.name, key) for key in traces.keys}


def batches(connection: Connection, traces: Traces, words: Words) -> list[dict[str, Any]]:
    """The batches that wrote or handed over anything of the contact, oldest first."""
    wanted = {*traces.batches, *traces.handed}
    rows = connection.execute(select(_BATCH).order_by(_BATCH.c.id)).all()
    return [
        {"batch": r.id, "at": r.at.isoformat(), "actor": r.actor, "command": r.command, "rows": r.rows, "final": r.final or None,
         "handed_to": words(r.handed_to) or None}
        for r in rows
        if r.id in wanted
    ]  # fmt: skip


def _plain(noun: Noun, image: str, name: Name, words: Words) -> dict[str, Any]:
    content = json.loads(image)
    record = _said(noun.root, content["row"], name, words)
    for table, owner in noun.satellites:
        rows = [_said(table, row, name, words, leave=owner) for row in content.get(table.name, ())]
        if rows:
            record[table.name] = [next(iter(row.values())) if len(row) == 1 else row for row in rows]
    return record


def _said(table: Table, row: Mapping[str, Any], name: Name, words: Words, *, leave: str = "") -> dict[str, Any]:
    """What a row says: contacts by name, days as dates, and only what was said."""
    contacts = {column.name for column in pointing(table)}
    said: dict[str, Any] = {}
    for column, value in row.items():
        if column in _INTERNAL or column == leave or value in (None, "") or (table.name, column) in _COPIED:
            continue
        if column in contacts:
            said[column.removesuffix("_id")] = name(value)
        elif column == "day" or column.endswith("_day"):
            said[column] = day_of(value).isoformat()
        elif column == "amount":
            said[column] = Money(value, row["currency"]).amount
        else:
            said[column] = words(value) if isinstance(value, str) else value
    return said
