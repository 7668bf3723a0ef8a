"""Connections to a book's file: what is set on each, and what is done where the index of the log cannot be shared.

Standard library only. Every setting's reason is in docs/explanation/storage.md.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from relcli.store.gate import NO_SHARED_MEMORY

PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cache_size=-65536",
)


def connector(path: Path, wait: float, mode: str) -> Callable[[], sqlite3.Connection]:
    """What opens the file, each time anew. `mode` is `rw`, or `immutable` for a place nobody can write to."""
    query = "mode=ro&immutable=1" if mode == "immutable" else "mode=rw"
    uri = f"{path.absolute().as_uri()}?{query}"
    refused: list[sqlite3.OperationalError] = []  # why the index of the log could not be shared, once it could not

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            _set_up(connection, mode)
        except sqlite3.OperationalError as error:
            connection.close()
            if not (refused or error.sqlite_errorname.startswith(NO_SHARED_MEMORY)):
                raise
            return _alone_or(refused[0] if refused else error, uri, path, wait, refused)
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def _set_up(connection: sqlite3.Connection, mode: str) -> None:
    for pragma in PRAGMAS:
        if mode != "immutable" or not pragma.startswith("journal_mode"):
            connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the first look into the file asks for its shared memory


def _alone_or(
    why: sqlite3.OperationalError, uri: str, path: Path, wait: float, refused: list[sqlite3.OperationalError]
) -> sqlite3.Connection:
    """A connection by itself; where this very program has the book open so already, `why` it had to is raised."""
    refused[:] = [why]
    try:
        connection = _by_itself(uri, wait)
    except sqlite3.OperationalError as locked:
        if locked.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise why from None
        raise
    with contextlib.suppress(OSError):  # nobody else has the book open now, and what was begun of a shared index is nobody's
        path.with_name(path.name + "-shm").unlink(missing_ok=True)
    return connection


def _by_itself(uri: str, wait: float) -> sqlite3.Connection:
    """A connection that shares the log with nobody, where its index cannot be shared: on a full disk, or a medium without.

    SQLite then keeps the index in its own memory, and everybody else out (sqlite.org/wal.html, "without shared memory").
    """
    connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        _set_up(connection, "rw")
    except BaseException:
        connection.close()
        raise
    return connection
