"""One engine for both databases: what is set on each connection, how a transaction begins, which errors mean what.

The only module that knows which database it talks to. SQLite: no implicit BEGIN, WAL, FULL, foreign keys,
secure delete; writes begin IMMEDIATE, reads run under query_only. PostgreSQL: one writer at a time by an
advisory lock, reads in read-only transactions. Every setting's reason is in docs/explanation/storage.md.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from relcli.domain.forgotten import Scrubbed
from relcli.errors import (
    Ambiguous,
    BadConfiguration,
    Busy,
    Denied,
    NotABook,
    OutputFailed,
    RelcliError,
    ServerUnreachable,
)
from relcli.store.connections import PRAGMAS, connector
from relcli.store.gate import NO_SHARED_MEMORY
from relcli.text import safe

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_TURN = 0.05  # seconds between two looks whether somebody still reads
_WRITER_LOCK = 0x52656C63  # any number, but always the same one


def is_url(location: str) -> bool:
    """Whether the location names a server rather than a file."""
    return "://" in location


def shown(location: str) -> str:
    """The location as it may be printed: without a password."""
    if not is_url(location):
        return safe(location)
    try:
        url = make_url(location)
    except ArgumentError:
        return "the given address"
    return safe(url.set(query={}).render_as_string(hide_password=True))


def sqlite_engine(path: Path, wait: float, *, mode: str = "rw") -> Engine:
    """An engine on a file that exists. `mode` is `rw`, or `immutable` for a place nobody can write to."""
    engine = create_engine("sqlite://", creator=connector(path, wait, mode), hide_parameters=True, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA query_only={not writes(connection):d}")
        if writes(connection):
            _take_the_lock(connection, wait)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def writes(connection: Connection) -> bool:
    """Whether it was opened to write."""
    return bool(connection.get_execution_options().get("writes", False))


def handle(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection behind ours, for what only it can do."""
    raw: Any = connection.connection.dbapi_connection
    return cast("sqlite3.Connection", raw)


@contextlib.contextmanager
def alone(path: Path, wait: float) -> Iterator[sqlite3.Connection]:
    """A book file nobody else has open, nor can open until the end. Raises what sqlite3 raises; busy after `wait`."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)) as connection:
        for pragma in (*PRAGMAS, "locking_mode=EXCLUSIVE"):
            connection.execute(f"PRAGMA {pragma}")
        _locked(connection, "BEGIN EXCLUSIVE", wait)
        connection.execute("COMMIT")  # this locking mode keeps the lock
        yield connection


@contextlib.contextmanager
def unchanging(path: Path) -> Iterator[sqlite3.Connection]:
    """A database file read as it lies there, with no lock and nothing left beside it."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        yield connection


def damage(connection: Connection, *, deep: bool) -> list[str]:
    """What SQLite finds wrong with its own file; `deep` compares every index too. Nothing on a server."""
    return file_damage(handle(connection), deep=deep) if connection.dialect.name == "sqlite" else []


def file_damage(raw: sqlite3.Connection, *, deep: bool) -> list[str]:
    """The same for a connection of SQLite's own."""
    try:
        found = [str(row[0]) for row in raw.execute(f"PRAGMA {'integrity' if deep else 'quick'}_check")]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return [str(error)]
        raise
    return [] if found == ["ok"] else found


def library(connection: Connection) -> tuple[int, ...] | None:
    """The version of SQLite; None on a server."""
    return sqlite3.sqlite_version_info if connection.dialect.name == "sqlite" else None


def _take_the_lock(connection: Connection, wait: float) -> None:
    _locked(handle(connection), "BEGIN IMMEDIATE", wait)


def _locked(raw: sqlite3.Connection, begin: str, wait: float) -> None:
    """Wait for a lock in short turns: within SQLite's own wait neither Ctrl-C nor SIGTERM is heard."""
    end = time.monotonic() + wait
    raw.execute("PRAGMA busy_timeout=50")
    try:
        while True:
            try:
                raw.execute(begin)
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or time.monotonic() >= end:
                    raise
            else:
                return
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(wait * 1000)}")


def postgres_engine(location: str, wait: float) -> Engine:
    """An engine on a server. Raises BadConfiguration for an address or a driver that does not exist."""
    url = _postgres_url(location)
    options = f"-c lock_timeout={max(1, int(wait * 1000))} -c TimeZone=UTC"
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args={"options": options, "connect_timeout": max(2, int(wait)), "client_encoding": "utf8"},
        )
    except ModuleNotFoundError as missing:
        raise BadConfiguration(
            "a book on a server needs the PostgreSQL driver", "install it: pip install 'relcli[postgres]'"
        ) from missing

    @event.listens_for(engine, "connect")
    def connected(raw: Any, _record: object) -> None:
        encoding = raw.info.parameter_status("server_encoding")
        if encoding != "UTF8":  # names and notes are in every script
            raise NotABook(
                f"the database at {shown(location)} keeps its text in {safe(str(encoding))}, not in UTF8",
                "make one that can hold every name: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
            )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if writes(connection):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY, ISOLATION LEVEL REPEATABLE READ")

    return engine


@contextlib.contextmanager
def translated(where: str) -> Iterator[None]:
    """Database errors inside become ours: busy, full, damaged, read-only, unreachable, conflicting."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _meaning(error, where) from error


def scrubbed(engine: Engine, tables: Sequence[str]) -> Scrubbed:
    """Clear away what removed rows left behind, outside any transaction; where that fails, why.

    SQLite has overwritten the rows themselves (secure_delete); this empties its log and writes the file anew, and waits
    for readers. On PostgreSQL its tables are written anew too, and what its planner remembers of them; for that nobody may read
    what they were before. Its own logs are its owner's business.
    """
    held = engine.raw_connection()
    raw: Any = held.driver_connection
    try:
        if engine.dialect.name != "sqlite":
            raw.autocommit = True
            return _server_scrubbed(raw, tables)
        raw.execute("PRAGMA query_only=0")
        try:
            _log_emptied(raw)
            raw.execute("VACUUM")
        finally:  # a log that a failed VACUUM filled is emptied too
            emptied = _log_emptied(raw)
    except engine.dialect.loaded_dbapi.Error as error:
        return _unscrubbed(error)
    else:
        return Scrubbed.YES if emptied else Scrubbed.READ
    finally:
        held.invalidate()
        held.close()


def _server_scrubbed(raw: Any, tables: Sequence[str]) -> Scrubbed:
    """A plain VACUUM would leave the bytes of dead rows in their pages, and an ANALYZE keeps what it knew of a table now empty."""
    if not _unread(raw):
        return Scrubbed.READ
    warnings: list[str] = []
    raw.add_notice_handler(lambda notice: warnings.append(notice.message_primary or ""))
    raw.execute("VACUUM (FULL, ANALYZE) " + ", ".join(f'"{name}"' for name in tables))
    if warnings:
        return Scrubbed.FOREIGN
    for table, column, kind in raw.execute(_REMEMBERED).fetchall():
        if raw.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is None:  # noqa: S608  # a table of our own
            raw.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind}')  # the same type: it only forgets
    raw.execute("VACUUM (FULL) pg_catalog.pg_statistic")  # for the owner of the database; for others it is a warning
    return Scrubbed.YES


_REMEMBERED = """
    SELECT s.tablename, s.attname, format_type(a.atttypid, a.atttypmod) FROM pg_stats s
    JOIN pg_class c ON c.relname = s.tablename AND c.relnamespace = current_schema()::regnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname
    WHERE s.schemaname = current_schema() AND a.atttypid IN ('text'::regtype, 'varchar'::regtype)
"""
_READERS = """
    SELECT (SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()
              AND backend_xmin IS NOT NULL AND age(backend_xmin) > age(%s::text::xid))
         + (SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database())
"""


def _unread(raw: Any) -> bool:
    """Whether, after as long a wait as for any lock, no session sees the rows that were removed before this moment."""
    now = raw.execute("SELECT (txid_current() % 4294967296)::text").fetchone()[0]
    wait = int(raw.execute("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'").fetchone()[0]) / 1000
    end = time.monotonic() + wait
    while raw.execute(_READERS, (now,)).fetchone()[0]:
        if time.monotonic() >= end:
            return False
        time.sleep(_TURN)
    return True


def _log_emptied(raw: sqlite3.Connection) -> bool:
    return not raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _unscrubbed(error: Exception) -> Scrubbed:
    name = getattr(error, "sqlite_errorname", "") or ""
    state = getattr(error, "sqlstate", None)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or state == "55P03":
        return Scrubbed.READ
    if state == "42501":
        return Scrubbed.FOREIGN
    full = name.startswith("SQLITE_FULL") or state == "53100"
    return Scrubbed.FULL if full else Scrubbed.FAILED


@contextlib.contextmanager
def unchecked(connection: Connection) -> Iterator[Callable[[], str]]:
    """For migrations, around their transaction: SQLite rebuilds tables, so foreign keys rest until it is over.

    Gives a function to call before the commit: what is broken, or nothing. PostgreSQL needs none of it.
    """
    if connection.dialect.name != "sqlite":
        yield lambda: ""
        return
    raw: Any = connection.connection.dbapi_connection  # by hand: SQLAlchemy would begin, and then it is too late
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield lambda: ", ".join(sorted({row[0] for row in raw.execute("PRAGMA foreign_key_check")}))
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _postgres_url(location: str) -> URL:
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        raise BadConfiguration("the address of the book cannot be read", "write postgresql://USER@HOST/DATABASE") from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise BadConfiguration(f"a book cannot live on {safe(url.drivername)}", "use a file, or postgresql://USER@HOST/DATABASE")
    with contextlib.suppress(NoSuchModuleError):
        return url.set(drivername="postgresql+psycopg")
    raise BadConfiguration("the address of the book cannot be read")  # pragma: no cover


def _meaning(error: Exception, where: str) -> RelcliError:
    original: Any = getattr(error, "orig", None) or error
    if isinstance(original, sqlite3.Error):
        return _sqlite_meaning(original, error, where)
    state = getattr(original, "sqlstate", None) or ""
    if state == "55P03":
        return Busy(f"{where} is busy: another program is writing to it", "try again, or wait longer with --wait 60")
    if state in {"42P01", "42703"}:
        return _lacking(where)
    if state == "42501" and str(getattr(error, "statement", "") or "").lstrip()[:6].upper() == "SELECT":
        return Denied(f"{where} may not be read", "ask the owner of the database for the right to read its tables")
    if state in {"25006", "42501"}:
        return Denied(f"{where} may not be written to", "ask the owner of the database for the right to write")
    if state.startswith(("53", "58")):
        return OutputFailed(f"the server of {where} could not write: it is out of room or broken", "nothing was written")
    if isinstance(error, IntegrityError):
        return Ambiguous("the book already holds a record that this one contradicts", "nothing was written")
    if not state or state.startswith(("08", "28", "3D", "57P")):
        return ServerUnreachable(f"the server of {where} does not answer", "check that it runs, the address and the password")
    return RelcliError(f"the database refused a statement ({state})", "this is a bug: run again with --debug and report it")


def _lacking(where: str) -> NotABook:
    return NotABook(f"{where} lacks a table or column that every book has", "restore it from a backup: relcli book restore")


def _sqlite_meaning(original: sqlite3.Error, error: Exception, where: str) -> RelcliError:
    name = getattr(original, "sqlite_errorname", "") or ""
    if str(original).startswith(("no such table", "no such column")):
        return _lacking(where)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(f"{where} is busy: another program is writing to it", "try again, or wait longer with --wait 60")
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return NotABook(f"{where} is not a book, or it is damaged", "nothing was written; restore it from a backup")
    if name.startswith("SQLITE_FULL"):
        return OutputFailed(f"the disk with {where} is full", "nothing was written; make room and try again")
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN", "SQLITE_AUTH")):
        return Denied(f"{where} may not be written to here", "check the permissions of the file and its folder")
    if name.startswith(NO_SHARED_MEMORY):
        return OutputFailed(
            f"the disk with {where} is full, or cannot share memory", "nothing was written; make room and try again"
        )
    if name.startswith("SQLITE_IOERR"):
        return OutputFailed(f"reading or writing {where} failed ({name})", "nothing was written; check the disk")
    if name.startswith("SQLITE_CONSTRAINT"):
        return Ambiguous("the book already holds a record that this one contradicts", "nothing was written")
    return RelcliError(
        f"the database refused a statement ({name or type(error).__name__})", "this is a bug: run again with --debug"
    )
