"""What was put off until later: written, and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def everything(connection: Connection) -> list[Later]:
    """All of everybody, oldest first."""
    return [Later(row.id, row.code, day_of(row.day), day_of(row.until_day), row.because) for row in rows(connection, T)]
