"""Circumstances in the book: written and read in the order they were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from relcli.domain.circumstance import Circumstance
from relcli.domain.moment import day_number, day_of
from relcli.store import tables
from relcli.store.owned import rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T = tables.Circumstance


def add(writing: Writing, circumstance: Circumstance, contact: int) -> int:
    """Write how a factor stands for the contact in this row; answers its number."""
    return writing.insert(
        T,
        {
            "contact_id": contact,
            "factor": circumstance.factor,
            "theirs": circumstance.theirs,
            "ours": circumstance.ours,
            "note": circumstance.note,
            "day": day_number(circumstance.day),
        },
    )


def remove(writing: Writing, numbers: Iterable[int]) -> None:
    """Take these out of the book."""
    for number in numbers:
        writing.delete(T, {"id": number})


def fetch(connection: Connection, numbers: Sequence[int]) -> list[Circumstance]:
    """Those with these numbers."""
    return [_value(row) for row in rows(connection, T, numbers=numbers)]


def of_contacts(connection: Connection, contacts: Sequence[int]) -> list[Circumstance]:
    """Those of any of these contacts."""
    return [_value(row) for row in rows(connection, T, contacts=contacts)]


def everything(connection: Connection) -> list[Circumstance]:
    """All of everybody."""
    return [_value(row) for row in rows(connection, T)]


def _value(row: Row[Any]) -> Circumstance:
    return Circumstance(row.id, row.code, row.factor, row.theirs, row.ours, row.note, day_of(row.day))
