"""An older book brought up to this program, by Alembic. Imported only when that is due.

A file is copied first, and the copy proven. All revisions, the version row and SQLite's user_version move
in one transaction: whatever fails on the way leaves the book as it was.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from relcli.errors import NotABook, OutputFailed
from relcli.files import replacing
from relcli.store import gate
from relcli.store.engine import translated, unchecked
from relcli.text import safe

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HERE = Path(__file__).with_name("migrations")
VERSIONS: tuple[Path, ...] = (HERE / "versions",)


def due(connection: Connection) -> bool:
    """Whether the book behind the connection is older than this program."""
    return _revision(connection) < newest()


def newest() -> str:
    """The revision that a book of this program has."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def upgrade_book(engine: Engine, where: str, file: Path | None, *, tell: Callable[[str], None]) -> Path | None:
    """Bring a book up to date, wholly or not at all; answers where the copy from before lies, and tells it beforehand.

    `file` is None for a book on a server, whose owner makes the copies. The write lock is held from
    before the copy until the end, so that of two programs one migrates and the other finds it done.
    Raises Denied, Busy, OutputFailed, NotABook.
    """
    writer = engine.execution_options(writes=True)
    with translated(where), writer.connect() as connection, unchecked(connection) as broken, connection.begin():
        if not due(connection):
            return None
        copy = None if file is None else copied(file, _revision(connection))
        if copy is not None:
            tell(f"{where} is brought up to this relcli; as it was before, it is kept in {safe(str(copy))}")
        upgrade(connection)
        if tables := broken():
            raise NotABook(f"{where} cannot be brought up to date: rows of {tables} point nowhere", "nothing was changed")
        return copy


def upgrade(connection: Connection) -> None:
    """Run the revisions that are missing on a connection whose write transaction is open."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={gate.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={int(_revision(connection))}")


def copied(file: Path, revision: str) -> Path:
    """A proven copy of a book file beside it, readable by its owner only; an older copy of that revision gives way."""
    name, copy = safe(str(file)), file.with_name(f"{file.name}.before-{int(revision) + 1:04d}")
    with replacing(copy, hint=f"{name} is copied before it is changed; nothing was changed") as part:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as book:
            try:
                book.execute("VACUUM INTO ?", (str(part),))
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                    raise
                # The write lock is ours already: only a full disk makes a book be opened by one connection alone.
                raise OutputFailed(f"the disk with {name} is full", "nothing was changed; make room and try again") from None
        with contextlib.closing(sqlite3.connect(f"{part.absolute().as_uri()}?mode=ro", uri=True)) as made:
            found = made.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise OutputFailed(f"the copy of {name} is not sound", "nothing was changed; check the disk")
    return copy


def _revision(connection: Connection) -> str:
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, VERSIONS)).replace("%", "%%"))
    return config
