"""Everything a book holds of one contact, record by record, as its journal would keep it.

Records are read as images (store.journal), so a new column, or a new table that belongs to a record, is in here
without being named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from relcli.domain.moment import day_of
from relcli.domain.money import Money
from relcli.store import tables
from relcli.store.journal import NOUNS, Noun, images
from relcli.store.traces import CONTACT, Traces, changes, pointing

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

Name = Callable[[int], str]  # the row of a contact → how it is called in a dossier
_INTERNAL = frozenset({"folded", "name_key", "rank"})  # made from what is there, or a matter of the table
_COPIED = frozenset({("interaction_contact", "day"), ("interaction_contact", "direction")})


def records(connection: Connection, traces: Traces, name: Name) -> dict[str, list[dict[str, Any]]]:
    """Noun → its records that have to do with the contact, each with all that belongs to it; days as dates."""
    return {
        noun.name: [_plain(noun, image, name) for _, image in sorted(images(connection, noun, traces.records[noun.name]).items())]
        for noun in NOUNS.values()
    }


def journal(connection: Connection, traces: Traces, name: Name, *, own: bool) -> list[dict[str, Any]]:
    """The changes that are of the contact or mention them, oldest first, with what was before and after.

    With `own` without those of other contacts that merely mention this one.
    """
    wanted = set(traces.changes)
    return [
        {
            "batch": change.batch_id,
            "record": change.noun,
            "before": None if change.before is None else _plain(NOUNS[change.noun], change.before, name),
            "after": None if change.after is None else _plain(NOUNS[change.noun], change.after, name),
        }
        for change in changes(connection)
        if change.id in wanted and not (own and change.noun == CONTACT.name and change.key not in traces.keys)
    ]


def batches(connection: Connection, traces: Traces) -> list[dict[str, Any]]:
    """The batches that wrote or handed over anything of the contact, oldest first."""
    b, wanted = tables.Batch, {*traces.batches, *traces.handed}
    rows = connection.execute(select(b.__table__).order_by(col(b.id))).all()  # type: ignore[attr-defined]  # SQLModel hides it
    return [
        {"batch": r.id, "at": r.at.isoformat(), "actor": r.actor, "command": r.command, "rows": r.rows, "final": r.final or None,
         "handed_to": r.handed_to or None}
        for r in rows
        if r.id in wanted
    ]  # fmt: skip


def _plain(noun: Noun, image: str, name: Name) -> dict[str, Any]:
    content = json.loads(image)
    record = _said(noun.root, content["row"], name)
    for table, owner in noun.satellites:
        rows = [_said(table, row, name, leave=owner) for row in content.get(table.name, ())]
        if rows:
            record[table.name] = [next(iter(row.values())) if len(row) == 1 else row for row in rows]
    return record


def _said(table: Table, row: Mapping[str, Any], name: Name, *, leave: str = "") -> dict[str, Any]:
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
            said[column] = value
    return said
