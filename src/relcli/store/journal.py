"""Records as the journal keeps them: whole, with all that belongs to them, as JSON that reads back exactly.

A record is a row of one of our nouns and its satellites (a contact's roles, addresses …; who took part in an
interaction). Its image is what is written down before and after a change, and what an undo puts back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, DateTime, RowMapping, select
from sqlmodel import SQLModel

from relcli.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_MANY = 500


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of record: its table, and the tables whose rows belong to it, by the column that points at it."""

    name: str
    root: Table
    satellites: tuple[tuple[Table, str], ...] = ()


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _noun(model: type[SQLModel], *satellites: tuple[type[SQLModel], str]) -> Noun:
    return Noun(str(model.__tablename__), table_of(model), tuple((table_of(m), column) for m, column in satellites))


# In the order in which they can be made: what is pointed at comes first.
NOUNS = {
    noun.name: noun
    for noun in (
        _noun(
            tables.Contact,
            (tables.ContactRole, "contact_id"),
            (tables.ContactTag, "contact_id"),
            (tables.Address, "contact_id"),
            (tables.ExternalId, "contact_id"),
            (tables.Alias, "contact_id"),
            (tables.ContactName, "contact_id"),
        ),
        _noun(tables.Employment),
        _noun(tables.Referral),
        _noun(tables.Interaction, (tables.InteractionContact, "interaction_id")),
        _noun(tables.Transaction),
        _noun(tables.Promise),
        _noun(tables.Preference),
        _noun(tables.Circumstance),
        _noun(tables.Later),
        _noun(tables.Plan),
        _noun(tables.Reminder),
        _noun(tables.Invitation),
        _noun(tables.Response, (tables.Answer, "response_id")),
        _noun(tables.Initiative),
        _noun(tables.Enrolment),
        _noun(tables.Setting),
        _noun(tables.Removed),
        _noun(tables.Origin),
    )
}
MARKS = ("removed", "origin")  # kept about records, and not counted as such
OWNERS = {
    satellite.name: (noun, column) for noun in NOUNS.values() for satellite, column in noun.satellites
}  # satellite table → whose it is, and the column that says so


def images(connection: Connection, noun: Noun, keys: Sequence[int]) -> dict[int, str]:
    """The images of the records that exist under these keys."""
    found: dict[int, dict[str, Any]] = {}
    for part in _parts(keys):
        for row in connection.execute(select(noun.root).where(noun.root.c.id.in_(part))):
            found[row.id] = {"row": _plain(noun.root, row._mapping)}  # noqa: SLF001  # SQLAlchemy's public name for it
        for table, column in noun.satellites:
            order = [c for c in table.primary_key.columns if c.name != column]
            owned = select(table).where(table.c[column].in_(part)).order_by(table.c[column], *order)
            for row in connection.execute(owned):
                found[getattr(row, column)].setdefault(table.name, []).append(_plain(table, row._mapping))  # noqa: SLF001  # as above
    return {key: json.dumps(image, ensure_ascii=False, sort_keys=True) for key, image in found.items()}


def rows_of(noun: Noun, image: str) -> Iterable[tuple[Table, list[dict[str, Any]]]]:
    """The rows an image stands for, table by table, ready to be inserted."""
    content = json.loads(image)
    yield noun.root, [_typed(noun.root, content["row"])]
    for table, _ in noun.satellites:
        if table.name in content:
            yield table, [_typed(table, row) for row in content[table.name]]


def batch_in(image: str) -> int:
    """The batch that had last written the record when this image was made."""
    return int(json.loads(image)["row"]["batch_id"])


def _plain(table: Table, row: RowMapping) -> dict[str, Any]:
    return {column.name: _simple(row[column.name]) for column in table.columns}


def _simple(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: _back(column, row.get(column.name)) for column in table.columns}


def _back(column: Column[Any], value: Any) -> Any:
    if value is not None and isinstance(getattr(column.type, "impl", column.type), DateTime):
        return datetime.fromisoformat(value)
    return value


def _parts(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(keys), _MANY):
        yield keys[start : start + _MANY]
