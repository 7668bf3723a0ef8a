"""What was put off until later: written, and read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from relcli.domain.later import Later
from relcli.domain.moment import day_number, day_of
from relcli.store import tables
from relcli.store.owned import rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T = tables.Later


def add(writing: Writing, later: Later, contact: int) -> int:
    """Write that the contact in this row is not for now; answers its number."""
    days = {"day": day_number(later.day), "until_day": day_number(later.until)}
    return writing.insert(T, {"contact_id": contact, "because": later.because, **days})


def fetch(connection: Connection, numbers: Sequence[int]) -> list[Later]:
    """Those with these numbers."""
    return [_value(row) for row in rows(connection, T, numbers=numbers)]


def of_contacts(connection: Connection, contacts: Sequence[int]) -> list[Later]:
    """Those of any of these contacts, oldest first; what is over too."""
    return [_value(row) for row in rows(connection, T, contacts=contacts)]


def everything(connection: Connection) -> list[Later]:
    """All of everybody, oldest first."""
    return [_value(row) for row in rows(connection, T)]


def _value(row: Row[Any]) -> Later:
    return Later(row.id, row.code, day_of(row.day), day_of(row.until_day), row.because)
