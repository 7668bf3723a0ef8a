"""The door of a book on a file: its header decides whether it is ours and of which version.

Standard library only, so that completion and the daily acts can ask before anything heavy is loaded.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from relcli.errors import BookMissing, Busy, Denied, NotABook
from relcli.text import safe

APPLICATION_ID = 0x52656C63
SCHEMA = 1  # counts the migrations; SQLite's user_version
REVISION = f"{SCHEMA:04d}"  # Alembic's name for the same
_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes; the version stands at 60, the mark at 68 (sqlite.org/fileformat.html)


def check_file(path: Path, wait: float) -> str:
    """Let a book of ours pass; answer how it may be opened: `rw`, `ro`, or `immutable`.

    `ro` is a file in a place nobody may write to whose log still exists; `immutable` one without.
    Raises BookMissing, Denied, NotABook (foreign, damaged, newer or older than this program), Busy.
    """
    name = safe(str(path))
    head = _head(path, name)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise _not_ours(name)
    mode = _mode(path)
    try:
        version = _newest(path, mode, wait) if _has_log(path) else int.from_bytes(head[60:64], "big", signed=True)
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorname", "")
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise Busy(f"{name} is busy: another program is writing to it", "try again, or wait longer with --wait 60") from error
        if code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
            raise Denied(f"{name} cannot be opened", "check the permissions of the file and its folder") from error
        raise _not_ours(name) from error
    except sqlite3.DatabaseError as error:
        raise _not_ours(name) from error
    if version < 1:
        raise _not_ours(name)
    if version > SCHEMA:
        raise newer(name, str(version))
    return mode


def holds_database(path: Path) -> bool:
    """Whether a file begins as a SQLite database does; what cannot be read does not."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def newer(name: str, version: str) -> NotABook:
    """The refusal of a book that a later program made."""
    return NotABook(
        f"{name} was written by a newer relcli: its format is {version}, this program knows {SCHEMA}",
        "upgrade relcli: pip install --upgrade relcli",
    )


def _not_ours(name: str) -> NotABook:
    return NotABook(f"{name} is not a book of relcli, or it is damaged", "give another --book, or restore it from a backup")


def _head(path: Path, name: str) -> bytes:
    """The header of a SQLite file, read as bytes: asking SQLite would leave a log beside a file that is not ours."""
    try:
        if path.is_dir():
            raise NotABook(f"{name} is a folder, not a book", "give the file: --book FOLDER/book.db")
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except FileNotFoundError:
        raise BookMissing(
            f"there is no book at {name}", 'begin one with: relcli contact add "Ana Ruiz"   (or look around: relcli demo)'
        ) from None
    except PermissionError:
        raise Denied(f"{name} may not be read", "check the permissions of the file and its folder") from None
    except OSError as error:
        raise NotABook(f"{name} cannot be opened as a book: {error.strerror}", "give another --book") from None
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        raise _not_ours(name)
    return head


def _mode(path: Path) -> str:
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "rw"
    return "ro" if _has_log(path) else "immutable"


def _has_log(path: Path) -> bool:
    """Whether something written is not yet in the file itself."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def _newest(path: Path, mode: str, wait: float) -> int:
    uri = path.absolute().as_uri() + ("?mode=ro&immutable=1" if mode == "immutable" else "?mode=ro")
    connection = sqlite3.connect(uri, uri=True, timeout=wait)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()
