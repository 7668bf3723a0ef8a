"""The door of a book on a file: its header decides whether it is ours and of which version.

Standard library only, so that completion and the daily acts can ask before anything heavy is loaded.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from relcli.errors import BookMissing, Busy, Denied, NotABook
from relcli.files import is_part
from relcli.text import quoted, safe

APPLICATION_ID = 0x52656C63
SCHEMA = 1  # counts the migrations; SQLite's user_version
REVISION = f"{SCHEMA:04d}"  # Alembic's name for the same
_MAGIC = b"SQLite format 3\0"
NO_SHARED_MEMORY = "SQLITE_IOERR_SHM"  # …OPEN, …SIZE, …MAP, …LOCK: a full disk, or a medium that cannot share memory
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
    _refuse_other_names(path, name)
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
        if path.is_symlink():
            raise BookMissing(
                f"{name} is a link that leads nowhere: {safe(os.path.realpath(path))}", "is its disk connected?"
            ) from None
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


def _refuse_other_names(path: Path, name: str) -> None:
    """Refuse a file with a second name: each name has a log of its own, and what one of them acknowledges the other overwrites.

    Names that we give for a moment are none: parts that take their place, and a damaged book on its way aside.
    """
    about = path.stat()
    if about.st_nlink < 2:
        return
    beside = [entry.path for entry in os.scandir(path.parent) if entry.inode() == about.st_ino and entry.name != path.name]
    ours = [other for other in beside if is_part(other) or Path(other).name.startswith(f"{path.name}.aside-")]
    if about.st_nlink - len(ours) < 2 or path.stat().st_nlink < 2:
        return
    other = next((f" ({safe(other)})" for other in beside if other not in ours), "")
    raise Denied(
        f"{name} has a second name{other}: two names of one file have two logs, and each would lose what the other wrote",
        f"make it a file of its own: cp {quoted(str(path))} {quoted(f'{path}.new')} && mv {quoted(f'{path}.new')} {quoted(str(path))}",
    )


def _newest(path: Path, mode: str, wait: float) -> int:
    """The version of a book with a log. Raises NotABook where the log is older than the file.

    SQLite cannot know that: a log holds no mark of its file. But the file alone never holds a batch that file and log
    together lack.
    """
    alone = _batches(path, "immutable", wait)[1]  # first: in the meantime others may write
    try:
        version, together = _batches(path, mode, wait)
    except sqlite3.OperationalError as error:
        if mode != "rw" or not error.sqlite_errorname.startswith(NO_SHARED_MEMORY):
            raise
        version, together = _batches(path, mode, wait, by_itself=True)
    if alone > together or alone[1] > together[1]:
        raise NotABook(
            f"{safe(str(path))} and its log do not belong together: the log is older, and would hide records of the file",
            f"keep the log aside and look: mv {quoted(f'{path}-wal')} {quoted(f'{path}-wal.old')}; then relcli book check",
        )
    return version


def _batches(path: Path, mode: str, wait: float, *, by_itself: bool = False) -> tuple[int, tuple[int, int]]:
    """The version, and the newest batch and how many there are; no batches where it cannot be read or is not ours.

    `by_itself`: with the index of the log in memory of its own, which SQLite allows only to the one who keeps others out.
    """
    query = "?mode=ro&immutable=1" if mode == "immutable" else "?mode=rw" if by_itself else "?mode=ro"
    with contextlib.closing(sqlite3.connect(path.absolute().as_uri() + query, uri=True, timeout=wait)) as connection:
        if by_itself:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            newest, count = connection.execute("SELECT coalesce(max(id), 0), count(*) FROM batch").fetchone()
        except sqlite3.Error:
            if mode != "immutable":  # alone, a file whose log is being folded in may be half of something
                raise
            return 0, (0, 0)
        return version, (newest, count)
