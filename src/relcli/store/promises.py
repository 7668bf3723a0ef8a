"""Promises in the book: written, changed, read in the order they were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, select
from sqlmodel import col

from relcli.domain.moment import day_number, day_of
from relcli.domain.promise import Promise
from relcli.store import tables
from relcli.store.owned import rows
from relcli.store.picking import Pick, of_whom
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T = tables.Promise


def add(writing: Writing, promise: Promise, contact: int) -> int:
    """Write a promise with the contact of this row; answers its number."""
    return writing.insert(T, {"contact_id": contact, **_columns(promise)})


def change(writing: Writing, before: Promise, after: Promise) -> None:
    """Make `before`, as the book has it, into `after`; the contact stays. What is the same is not written."""
    old, new = _columns(before), _columns(after)
    if fields := {name: value for name, value in new.items() if value != old[name]}:
        writing.update(T, before.number, fields)


def remove(writing: Writing, numbers: Iterable[int]) -> None:
    """Take these promises out of the book."""
    for number in numbers:
        writing.delete(T, {"id": number})


def fetch(connection: Connection, numbers: Sequence[int]) -> list[Promise]:
    """The promises with these numbers."""
    return [_value(row) for row in rows(connection, T, numbers=numbers)]


def picked(connection: Connection, pick: Pick) -> list[Promise]:
    """The promises picked, in the order of their numbers; the day of one is the day it was made, and `top` says nothing here."""
    statement = of_whom(select(col(T.id)), pick, col(T.id), number=T.id, contact=T.contact_id, day=T.made_day)
    if pick.since is not None:
        statement = statement.where(col(T.made_day) >= pick.since)
    if pick.until is not None:
        statement = statement.where(col(T.made_day) <= pick.until)
    return fetch(connection, list(connection.execute(statement).scalars()))


def of_contacts(connection: Connection, contacts: Sequence[int]) -> list[Promise]:
    """The promises made to or by any of these contacts."""
    return [_value(row) for row in rows(connection, T, contacts=contacts)]


def everything(connection: Connection) -> list[Promise]:
    """All promises."""
    return [_value(row) for row in rows(connection, T)]


def by_contact(connection: Connection) -> dict[int, list[Promise]]:
    """Row of a contact → the promises between us and them."""
    found: dict[int, list[Promise]] = {}
    for row in rows(connection, T):
        found.setdefault(row.contact_id, []).append(_value(row))
    return found


def search(connection: Connection, text: str) -> list[Promise]:
    """The promises whose text holds this, accents and case aside."""
    holds = func.coalesce(col(T.folded), func.lower(col(T.text))).contains(folded(text), autoescape=True)
    return fetch(connection, list(connection.execute(select(col(T.id)).where(holds)).scalars()))


def _columns(promise: Promise) -> dict[str, Any]:
    return {
        "owed_by": promise.owed_by,
        "kind": promise.kind,
        "text": promise.text,
        "folded": None if promise.text.isascii() else folded(promise.text),
        "made_day": day_number(promise.made),
        "due_day": None if promise.due is None else day_number(promise.due),
        "closed_day": None if promise.closed is None else day_number(promise.closed),
        "how": promise.how,
    }


def _value(row: Row[Any]) -> Promise:
    return Promise(
        number=row.id,
        contact=row.code,
        owed_by=row.owed_by,
        kind=row.kind,
        text=row.text,
        made=day_of(row.made_day),
        due=None if row.due_day is None else day_of(row.due_day),
        closed=None if row.closed_day is None else day_of(row.closed_day),
        how=row.how,
    )
