"""Wishes in the book: written, ended, read in the order they were written. What was only observed is never here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select
from sqlmodel import col

from relcli.domain.moment import Moment, day_number, day_of
from relcli.domain.preference import Preference
from relcli.store import tables
from relcli.store.owned import rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T = tables.Preference


def add_many(writing: Writing, preferences: Sequence[Preference], contact: int) -> list[int]:
    """Write wishes of the contact in this row; answers their numbers."""
    return writing.insert_many(T, [{"contact_id": contact, **_columns(preference)} for preference in preferences])


def end(writing: Writing, numbers: Sequence[int], last: date) -> None:
    """Let these wishes hold until this day and no longer; the past keeps them."""
    for number in numbers:
        writing.update(T, number, {"until_day": day_number(last)})


def of_contacts(connection: Connection, contacts: Sequence[int]) -> list[Preference]:
    """The wishes of any of these contacts, those that ended too."""
    return [_value(row) for row in rows(connection, T, contacts=contacts)]


def everything(connection: Connection) -> list[Preference]:
    """All wishes of everybody, those that ended too."""
    return [_value(row) for row in rows(connection, T)]


def any_said(connection: Connection) -> bool:
    """Whether any wish is in the book."""
    return connection.execute(select(col(T.id)).limit(1)).first() is not None


def by_contact(connection: Connection) -> dict[int, list[Preference]]:
    """Row of a contact → their wishes, those that ended too."""
    found: dict[int, list[Preference]] = {}
    for row in rows(connection, T):
        found.setdefault(row.contact_id, []).append(_value(row))
    return found


def _columns(preference: Preference) -> dict[str, Any]:
    return {
        "kind": preference.kind,
        "value": preference.value,
        "source": preference.source,
        "words": preference.words,
        "day": day_number(preference.when.day),
        "at": preference.when.at,
        "zone": preference.when.zone,
        "until_day": None if preference.until is None else day_number(preference.until),
    }


def _value(row: Row[Any]) -> Preference:
    return Preference(
        number=row.id,
        contact=row.code,
        kind=row.kind,
        value=row.value,
        source=row.source,
        words=row.words,
        when=Moment(day_of(row.day), row.at, row.zone),
        until=None if row.until_day is None else day_of(row.until_day),
    )
