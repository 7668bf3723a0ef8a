"""The book: found, opened, made, read and written.

`with book.reading() as connection` is a read that cannot write; `with book.writing(...) as writing` is one
transaction, one batch. Nothing that holds a connection leaves the `with`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, inspect, select, text
from sqlmodel import SQLModel, col

from relcli.domain.backup import book_id
from relcli.domain.forgotten import Scrubbed
from relcli.errors import BookMissing, CannotCreate, Denied, NotABook
from relcli.files import clear_parts, new_part, put_in_place, remove_part
from relcli.store import gate, tables
from relcli.store.engine import is_url, postgres_engine, scrubbed, shown, sqlite_engine, translated
from relcli.store.shape import refuse_misshapen
from relcli.store.writing import Writing
from relcli.text import safe

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_VERSION = text("SELECT version_num FROM alembic_version")


_LONGEST_NAME = 200  # bytes; what lies beside a book adds to its name, and most file systems end at 255


def _silent(_: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Book:
    """One owner's relationships. `where` may be printed; `zone` and `currency` are the book's own; `id` is public."""

    engine: Engine
    where: str
    zone: str
    currency: str
    created: datetime
    id: str

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read-only transaction: one consistent view, unable to write."""
        with translated(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self, command: str, *, now: datetime, actor: str, dry_run: bool = False) -> Iterator[Writing]:
        """One write transaction and one batch; a dry run is rolled back at its end."""
        engine = self.engine.execution_options(writes=True)
        with translated(self.where), engine.connect() as connection, connection.begin() as transaction:
            writing = Writing(connection, command=command, now=now, actor=actor)
            yield writing
            if dry_run:
                transaction.rollback()
            else:
                writing.finish()

    def scrub(self) -> Scrubbed:
        """Let nothing that was removed linger in the book's files; what stays removed does so whatever the answer."""
        return scrubbed(self.engine, [table.name for table in SQLModel.metadata.sorted_tables])

    def close(self) -> None:
        """Let go of the file; SQLite folds its log back into it."""
        self.engine.dispose()


@contextlib.contextmanager
def opened(location: str, *, wait: float, tell: Callable[[str], None] = _silent) -> Iterator[Book]:
    """The book at a path or URL, brought up to this program's schema where it is older; `tell` hears where its copy lies.

    Raises BookMissing, NotABook, Denied, Busy, ServerUnreachable.
    """
    engine, where = _engine(location, wait), shown(location)
    try:
        if _revision(engine, where) < gate.REVISION:
            from relcli.store.migrate import upgrade_book

            upgrade_book(engine, where, None if is_url(location) else Path(location), tell=tell)
        yield _described(engine, where)
    finally:
        engine.dispose()


def create(
    location: str, *, timezone: str, currency: str, now: datetime, wait: float, fill: Callable[[Book], bool] | None = None
) -> bool:
    """Make a book, whole or not at all; False where one already is, or appeared meanwhile.

    A file is 0600 in a folder of 0700 and appears under its name only when complete: `fill` may write to
    it first; when it raises, or answers False, no book is left behind. So a command that fails makes no
    book, and parallel first writes make one. Raises CannotCreate, Denied, NotABook, and what `fill` raises.
    """
    description = {"id": 1, "timezone": timezone, "currency": currency, "created": now, "secret": secrets.token_hex(32)}
    if is_url(location):
        made = _create_on_server(location, description, wait)
        return made and (fill is None or _filled(location, fill, wait))
    return _create_file(Path(location), description, wait, fill)


def exists(location: str, *, wait: float, tell: Callable[[str], None] = _silent) -> bool:
    """Whether there is a book here; what was left of making it is cleared away. Raises NotABook for something else."""
    try:
        with opened(location, wait=wait, tell=tell):
            if not is_url(location):
                clear_parts(Path(location).parent)
            return True
    except BookMissing:
        return False


def _engine(location: str, wait: float) -> Engine:
    if is_url(location):
        return postgres_engine(location, wait)
    path = Path(location)
    mode = gate.check_file(path, wait)
    return sqlite_engine(path, wait, mode=mode)


def _described(engine: Engine, where: str) -> Book:
    with translated(where), engine.connect() as connection, connection.begin():
        refuse_misshapen(connection, where)
        row = connection.execute(select(tables.Book.__table__)).one_or_none()  # type: ignore[attr-defined]  # SQLModel hides __table__
        settings = connection.execute(select(col(tables.Setting.name), col(tables.Setting.value)))
        later = {row.name: row.value for row in settings}
    if row is None:
        raise NotABook(f"{where} is a book without its first page", "restore it from a backup")
    return Book(
        engine, where, later.get("timezone", row.timezone), later.get("currency", row.currency), row.created, book_id(row.secret)
    )


def _revision(engine: Engine, where: str) -> str:
    with translated(where), engine.connect() as connection, connection.begin():
        if engine.dialect.name != "sqlite":
            _check_server(connection, where)
        return str(connection.execute(_VERSION).scalar_one())


def _check_server(connection: Connection, where: str) -> None:
    names = set(inspect(connection).get_table_names())
    if not names:
        raise BookMissing(f"there is no book at {where}", "begin one with: relcli book init")
    if not {"alembic_version", "book", "batch"} <= names:
        raise NotABook(f"{where} holds other tables, not a book of relcli", "give an empty database")
    version = connection.execute(_VERSION).scalar_one()
    if version > gate.REVISION:
        raise gate.newer(where, version.lstrip("0"))


def _create_on_server(location: str, description: dict[str, object], wait: float) -> bool:
    engine, where = postgres_engine(location, wait), shown(location)
    try:
        with translated(where), engine.execution_options(writes=True).connect() as connection, connection.begin():
            names = set(inspect(connection).get_table_names())
            if names:
                _check_server(connection, where)
                return False
            _build(connection, description)
            return True
    finally:
        engine.dispose()


def _filled(location: str, fill: Callable[[Book], bool], wait: float) -> bool:
    """Whether the first act on a new book on a server went well; if not, the book goes again, unless others write in it."""
    keep = False
    try:
        with opened(location, wait=wait) as book:
            keep = fill(book)
    finally:
        if not keep:
            _unmake(location, wait)
    return keep


def _unmake(location: str, wait: float) -> None:
    engine = postgres_engine(location, wait).execution_options(writes=True)
    with translated(shown(location)), engine.connect() as connection, connection.begin():
        if connection.execute(select(tables.Batch.__table__)).first() is None:  # type: ignore[attr-defined]  # as above
            SQLModel.metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")
    engine.dispose()


def _create_file(path: Path, description: dict[str, object], wait: float, fill: Callable[[Book], bool] | None) -> bool:
    if path.is_symlink() or path.exists():
        gate.check_file(path, wait)
        clear_parts(path.parent)
        return False
    made = [folder for folder in path.parents if not folder.exists()]
    keep = False
    part = _part(path)
    try:
        engine = sqlite_engine(part, wait)
        try:
            with translated(safe(str(path))), engine.execution_options(writes=True).connect() as connection, connection.begin():
                connection.exec_driver_sql(f"PRAGMA application_id={gate.APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={gate.SCHEMA}")
                _build(connection, description)
            keep = fill is None or fill(_described(engine, shown(str(path))))
        finally:
            engine.dispose()
        if keep:
            put_in_place(part, path, fresh=True)
    except FileExistsError:
        return False
    else:
        return keep
    finally:
        remove_part(part)
        for folder in [] if keep else made:
            with contextlib.suppress(OSError):  # somebody put something there meanwhile
                folder.rmdir()


def _part(path: Path) -> Path:
    """An empty file beside the book to be, readable by its owner only."""
    name = safe(str(path))
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise CannotCreate(
            f"the name of the book has more than {_LONGEST_NAME} bytes: its log and its backups need longer ones",
            "give another --book",
        )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return new_part(path, "new")
    except OSError as error:
        kind = Denied if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) else CannotCreate
        raise kind(f"no book can be made at {name}: {error.strerror}", "give another --book") from None


def _build(connection: Connection, description: dict[str, object]) -> None:
    SQLModel.metadata.create_all(connection)
    connection.execute(insert(tables.Book.__table__).values(**description))  # type: ignore[attr-defined]  # as above
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY)"
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": gate.REVISION})
