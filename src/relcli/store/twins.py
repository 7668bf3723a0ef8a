"""Other copies of a book that lie beside it, as a synced folder or a careless copy leaves them.

Every write looks, so it is cheap: the names in the folder, then the header of those that could be one, then one query.
The book's secret, which no other book has, says that a file is a copy of it.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shlex
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from relcli.domain.twin import Parted, named_as_copy, parted
from relcli.errors import BookMissing, InputMissing, InputRefused, NotABook
from relcli.files import LOGS
from relcli.store import backups, branch, gate, tables
from relcli.store.engine import sqlite_engine, translated, unchanging
from relcli.text import safe

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST = 2000  # names looked at; a book does not lie among thousands of files
_OURS = re.compile(r"\.(before|aside)-|\.(new|part)(-|$)|\.json$")


@dataclass(frozen=True, slots=True)
class Twin:
    """A file that holds a book with this secret, and the batches it has: number and mark."""

    file: Path
    secret: str
    batches: tuple[tuple[int, str], ...]


def beside(place: Path) -> list[Path]:
    """The files in the folder of a book that could be another copy of it, by their names and headers."""
    place = place.resolve()
    stem = place.stem.casefold()
    with contextlib.suppress(OSError), os.scandir(place.parent) as entries:
        names = {entry.name for entry in itertools.islice(entries, _MOST)}
        return [
            place.parent / name
            for name in sorted(names)
            if name != place.name and _could_be(name, stem, names) and _is_book(place.parent / name, place)
        ]
    return []


def read(file: Path) -> Twin | None:
    """What a file says of itself; None where it is no book of this program's schema, or cannot be read."""
    with contextlib.suppress(sqlite3.Error, OSError), unchanging(file) as copy:
        if copy.execute("PRAGMA user_version").fetchone()[0] != gate.SCHEMA:
            return None
        row = copy.execute("SELECT secret FROM book").fetchone()
        batches = copy.execute("SELECT id, mark FROM batch ORDER BY id").fetchall()
        return Twin(file, row[0], tuple((int(number), str(mark)) for number, mark in batches)) if row else None
    return None


def found(connection: Connection, place: Path) -> list[tuple[Twin, Parted]]:
    """The other copies of a book that lie beside it, and where each stands to it."""
    twins = [twin for file in beside(place) if (twin := read(file)) is not None]
    if not twins:
        return []
    secret = connection.execute(select(col(tables.Book.secret))).scalar_one()
    ours, brought = branch.marks(connection), branch.brought(connection)
    return [(twin, parted(ours, brought, twin.batches)) for twin in twins if twin.secret == secret]


@contextlib.contextmanager
def reading(file: Path, wait: float) -> Iterator[Connection]:
    """A copy of a book, proven and read as it lies there; nothing is written to it or left beside it.

    Raises InputMissing, InputRefused (written to and not closed, or of an older program), NotABook, Denied.
    """
    where = safe(str(file))
    quoted = safe(shlex.quote(str(file)))
    try:
        gate.check_file(file, wait)
    except BookMissing:
        raise InputMissing(f"there is no file {where}", "see what lies beside the book: relcli book check") from None
    except NotABook as error:
        raise NotABook(error.message, "give the other copy of the book") from None
    log = file.with_name(file.name + "-wal")
    if log.exists() and log.stat().st_size > 0:
        raise InputRefused(
            f"{where} was not closed: a log lies beside it", f"make it whole first: relcli --book {quoted} book info"
        )
    with unchanging(file) as copy, translated(where):
        if copy.execute("PRAGMA user_version").fetchone()[0] < gate.SCHEMA:
            raise InputRefused(f"{where} was written by an older relcli", f"bring it up first: relcli --book {quoted} book info")
        if wrong := backups.problems(copy):
            raise NotABook(f"{where} is damaged: {wrong[0]}", "give another copy of the book")
    engine = sqlite_engine(file, wait, mode="immutable")
    try:
        with translated(where), engine.connect() as connection, connection.begin():
            yield connection
    finally:
        engine.dispose()


def _could_be(name: str, stem: str, names: set[str]) -> bool:
    if _OURS.search(name) or name.endswith(LOGS) or f"{name}.json" in names:  # a backup has its manifest beside it
        return False
    return stem in name.casefold() or bool(named_as_copy(name))


def _is_book(file: Path, place: Path) -> bool:
    with contextlib.suppress(OSError):
        if file.is_file() and not (place.exists() and file.samefile(place)):
            with file.open("rb") as opened:
                head = opened.read(100)
            return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72], "big") == gate.APPLICATION_ID
    return False
