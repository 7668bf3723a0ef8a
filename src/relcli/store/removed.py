"""The marks of what was removed or changed on purpose: left by those who do it, asked by imports, taken away again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from relcli.domain.moment import day_number, zone_of
from relcli.domain.removed import Removed, by_key, by_number, by_origin
from relcli.store import tables
from relcli.store.journal import table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

M = tables.Removed
_MANY = 500


def known(connection: Connection) -> Removed:
    """All marks of this book."""
    rows = connection.execute(select(col(M.digest), col(M.day))).all()
    return Removed(_secret(connection), {row.digest: row.day for row in rows})


def leave(writing: Writing, model: Any, numbers: Sequence[int], states: Iterable[tuple[str, ...]]) -> None:
    """Mark these records of a noun as removed: by number, by what an import would know them by, and by their states."""
    noun = f"{model.__tablename__}s"
    parts = [by_number(noun, number) for number in numbers]
    table = table_of(model)
    columns = [table.c.source, table.c.external_id, *([table.c.key] if "key" in table.c else [])]
    for start in range(0, len(numbers), _MANY):
        these = col(model.id).in_(numbers[start : start + _MANY])
        for row in writing.connection.execute(select(*columns).where(these)):
            parts += [by_origin(noun, row.source, row.external_id)] if row.external_id else []
            parts += [by_key(noun, key) for key in row[2:] if key]
    note(writing, [*parts, *states])


def note(writing: Writing, parts: Iterable[tuple[str, ...]]) -> None:
    """Leave marks; one that is there already stays as it is."""
    marks = Removed(_secret(writing.connection), {})
    digests = list(dict.fromkeys(marks.digest(*one) for one in parts))
    there = {digest for _, digest in _rows(writing.connection, digests)}
    day = day_number(writing.now.astimezone(zone_of(_zone(writing.connection))).date())
    writing.insert_many(M, [{"digest": digest, "day": day} for digest in digests if digest not in there])


def lift(writing: Writing, parts: Iterable[tuple[str, ...]]) -> None:
    """Take marks away: what they kept out is wanted again."""
    marks = Removed(_secret(writing.connection), {})
    for number, _ in _rows(writing.connection, [marks.digest(*one) for one in parts]):
        writing.delete(M, {"id": number})


def _rows(connection: Connection, digests: Sequence[str]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for start in range(0, len(digests), _MANY):
        statement = select(col(M.id), col(M.digest)).where(col(M.digest).in_(digests[start : start + _MANY]))
        found += [(row.id, row.digest) for row in connection.execute(statement)]
    return found


def _secret(connection: Connection) -> str:
    return str(connection.execute(select(col(tables.Book.secret))).scalar_one())


def _zone(connection: Connection) -> str:
    later = select(col(tables.Setting.value)).where(col(tables.Setting.name) == "timezone")
    return str(connection.execute(later).scalar() or connection.execute(select(col(tables.Book.timezone))).scalar_one())
