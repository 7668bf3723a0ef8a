"""The door of a book on a file: one raw query decides whether it is ours and of which version.

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


def check_file(path: Path, wait: float) -> str:
    """Let a book of ours pass; answer how it may be opened: `rw`, `ro`, or `immutable`.

    `ro` is a file in a place nobody may write to whose log still exists; `immutable` one without.
    Raises BookMissing, Denied, NotABook (foreign, damaged, newer or older than this program), Busy.
    """
    name = safe(str(path))
    _look(path, name)
    mode = _mode(path)
    try:
        found = _versions(path, mode, wait)
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorname", "")
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise Busy(f"{name} is busy: another program is writing to it", "try again, or wait longer with --wait 60") from error
        if code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
            raise Denied(f"{name} cannot be opened", "check the permissions of the file and its folder") from error
        raise _not_ours(name) from error
    except sqlite3.DatabaseError as error:
        raise _not_ours(name) from error
    application, version = found
    if application != APPLICATION_ID or version < 1:
        raise _not_ours(name)
    if version > SCHEMA:
        raise newer(name, str(version))
    return mode


def newer(name: str, version: str) -> NotABook:
    """The refusal of a book that a later program made."""
    return NotABook(
        f"{name} was written by a newer relcli: its format is {version}, this program knows {SCHEMA}",
        "upgrade relcli: pip install --upgrade relcli",
    )


def _not_ours(name: str) -> NotABook:
    return NotABook(f"{name} is not a book of relcli, or it is damaged", "give another --book, or restore it from a backup")


def _look(path: Path, name: str) -> None:
    try:
        if path.is_dir():
            raise NotABook(f"{name} is a folder, not a book", "give the file: --book FOLDER/book.db")
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise BookMissing(
            f"there is no book at {name}", 'begin one with: relcli contact add "Ana Ruiz"   (or look around: relcli demo)'
        ) from None
    except PermissionError:
        raise Denied(f"{name} may not be read", "check the permissions of the file and its folder") from None
    except OSError as error:
        raise NotABook(f"{name} cannot be opened as a book: {error.strerror}", "give another --book") from None
    if head != _MAGIC:
        raise _not_ours(name)


def _mode(path: Path) -> str:
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "rw"
    log = path.with_name(path.name + "-wal")
    try:
        return "ro" if log.stat().st_size else "immutable"
    except OSError:
        return "immutable"


def _versions(path: Path, mode: str, wait: float) -> tuple[int, int]:
    uri = path.absolute().as_uri() + ("?mode=ro&immutable=1" if mode == "immutable" else "?mode=ro")
    connection = sqlite3.connect(uri, uri=True, timeout=wait)
    try:
        row = connection.execute(
            "SELECT a.application_id, v.user_version FROM pragma_application_id a, pragma_user_version v"
        ).fetchone()
        return int(row[0]), int(row[1])
    finally:
        connection.close()
