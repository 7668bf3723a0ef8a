"""Whoever was forgotten since a backup was made stays forgotten when it is restored: compared before, erased again on the way."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from relcli import config
from relcli.actions.contacts import new_id
from relcli.domain.forgotten import Forgotten
from relcli.domain.reference import Match
from relcli.errors import BookMissing, Denied, NotABook
from relcli.store import book as books
from relcli.store import forgetting, identity, traces
from relcli.store.engine import sqlite_engine, translated
from relcli.text import safe

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Kept:
    """What the present book keeps of the forgotten, and the ids of whoever is in it."""

    forgotten: Forgotten
    ids: frozenset[str]


def kept(place: Path, wait: float) -> Kept | None:
    """Of the book that is to be replaced; None where there is none, or none that can be read. Raises Busy."""
    unreadable = contextlib.suppress(BookMissing, NotABook, Denied)
    with unreadable, books.opened(str(place), wait=wait) as book, book.reading() as connection:
        return Kept(forgetting.known(connection), frozenset(identity.ids(connection)))
    return None


def people(backup: Path, present: Kept, wait: float) -> list[tuple[int, ...]]:
    """The rows of everybody in a backup, its journal too, who was forgotten since it was made."""
    with _lying(backup, wait) as connection:
        return _people(connection, present)


def forget_again(copy: Path, present: Kept, *, now: datetime, wait: float) -> None:
    """Forget them in a copy of the backup before it becomes the book, which then knows the forgotten of the one it replaces."""
    with books.opened(str(copy), wait=wait) as book:
        with book.writing("book restore", now=now, actor=config.actor()) as writing:
            found = _people(writing.connection, present)
            new = _new(writing.connection, present.forgotten)
            if not found and not new.digests:
                return
            forgetting.carry_over(writing, new)
            for rows in found:
                theirs = traces.of(writing.connection, rows[0])
                heir = None
                if theirs.records["transaction"]:
                    heir = forgetting.nobody(writing.connection) or forgetting.add_nobody(writing, new_id(writing.connection))
                known = forgetting.known(writing.connection)
                forgetting.erase(writing, theirs, heir, zone=book.zone, keep_shared_text=False, forgotten=known)
        book.scrub()


def _people(connection: Connection, present: Kept) -> list[tuple[int, ...]]:
    since = present.forgotten.digests - forgetting.known(connection).digests
    if not since:
        return []
    sought = Forgotten(present.forgotten.secret, since)
    found: list[tuple[int, ...]] = []
    for row, keys in identity.everybody(connection):
        here = any(key[0] == Match.ID.value and key[1] in present.ids for key in keys)
        if not here and any(sought.knows(*key) for key in keys) and not any(row in rows for rows in found):
            found.append(identity.of(connection, row).rows)
    return found


def _new(connection: Connection, there: Forgotten) -> Forgotten:
    """What the replaced book knows and this one does not; nothing where their hashes cannot be compared."""
    here = forgetting.known(connection)
    if here.secret != there.secret:
        return Forgotten(here.secret, frozenset())
    return Forgotten(here.secret, (there.digests - here.digests) | (there.silent - here.silent), there.silent)


@contextlib.contextmanager
def _lying(file: Path, wait: float) -> Iterator[Connection]:
    engine = sqlite_engine(file, wait, mode="immutable")
    try:
        with translated(safe(str(file))), engine.connect() as connection, connection.begin():
            yield connection
    finally:
        engine.dispose()
