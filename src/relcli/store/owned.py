"""Records that belong to exactly one contact, read with that contact's public id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, select
from sqlmodel import SQLModel, col

from relcli.store import tables
from relcli.store.journal import table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

C = tables.Contact
_MANY = 500


def rows(
    connection: Connection, model: type[SQLModel], *, contacts: Sequence[int] | None = None, numbers: Sequence[int] | None = None
) -> list[Row[Any]]:
    """The rows of a noun in the order of their numbers, each with `code`, its contact's id.

    Those of these contacts (by row), those with these numbers, or all.
    """
    table = table_of(model)
    base = select(*table.c, col(C.code)).join(C, col(C.id) == table.c.contact_id)
    if contacts is not None:
        found = _some(connection, base, table.c.contact_id, contacts)
    elif numbers is not None:
        found = _some(connection, base, table.c.id, numbers)
    else:
        found = list(connection.execute(base))
    return sorted(found, key=lambda row: int(row.id))


def _some(connection: Connection, base: Select[Any], column: Any, values: Sequence[int]) -> list[Row[Any]]:
    found: list[Row[Any]] = []
    for start in range(0, len(values), _MANY):
        found += connection.execute(base.where(column.in_(values[start : start + _MANY])))
    return found
