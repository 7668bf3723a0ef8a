"""A proven backup put in the place of the present book, which is set aside.

While the present book is sound, SQLite itself writes the copy into it, in one transaction and with nobody else in the
file: whoever waits for the book then finds the restored one, and no log can come to lie beside the wrong file. A book
that is damaged or missing is replaced by name; its log goes aside with it, so that it is never read into the new one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from relcli.domain.backup import Manifest
from relcli.errors import BookMissing, CannotCreate, Denied, NotABook, OutputFailed
from relcli.files import LOGS, copy_into, new_part, put_in_place, remove_part, replacing, sync_folder
from relcli.store import gate
from relcli.store.engine import alone, translated, unchanging
from relcli.text import safe

_STAMP = "%Y%m%d-%H%M%S"
_PAGES = 4096


def restore(
    file: Path, said: Manifest, place: Path, *, now: datetime, wait: float, change: Callable[[Path], None] = lambda _: None
) -> Path | None:
    """Put the backup `file`, which was proven to be `said`, where the book is; answers where the present one went.

    `change` may change the proven copy before it takes the book's place.

    Raises Busy where somebody else has the book open, Denied, CannotCreate, OutputFailed, NotABook (`place` is another
    program's database, or a folder).
    """
    place = place.resolve()
    sound = _is_ours(place, wait)
    with _proven(file, said, place) as part:
        change(part)
        if sound and (aside := _by_sqlite(part, place, now, wait)):
            place.chmod(0o600)
            return aside
        return _by_name(part, place, now)


@contextlib.contextmanager
def _proven(file: Path, said: Manifest, place: Path) -> Iterator[Path]:
    """The backup's bytes beside the book, the same that were proven."""
    with _writing(safe(str(place))):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = new_part(place)
        try:
            if copy_into(file, part) != said.sha256:
                raise NotABook(f"{safe(str(file))} was changed while it was read", "nothing was changed; try again")
            yield part
        finally:
            remove_part(part)


def _by_sqlite(part: Path, place: Path, now: datetime, wait: float) -> Path | None:
    """Set the present book aside and write the copy into it; None where it is too damaged to be opened."""
    with translated(safe(str(place))):
        try:
            with alone(place, wait) as book:
                aside = _aside(place, now)  # chosen while nobody else is at the book: another restore may have come first
                _set_aside(book, aside)
                with unchanging(part) as backup:
                    backup.backup(book, pages=_PAGES, progress=lambda *_: None)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
                return None
            raise
    return aside


def _is_ours(place: Path, wait: float) -> bool:
    """Whether a book that can be read lies here; False for none and for a damaged one."""
    try:
        gate.check_file(place, wait)
    except BookMissing:
        return False
    except NotABook:
        if place.is_dir():
            raise
        return _sane(place)
    return True


def _sane(place: Path) -> bool:
    """Of a file the door refuses: True for a newer book, False for a damaged one; another program's is not touched."""
    with contextlib.suppress(sqlite3.Error), unchanging(place) as found:
        mark = found.execute("PRAGMA application_id").fetchone()[0]
        version = found.execute("PRAGMA user_version").fetchone()[0]
        tables = {row[0] for row in found.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if mark != gate.APPLICATION_ID and tables and "alembic_version" not in tables:
            raise NotABook(f"{safe(str(place))} is another program's database", "give another --book")
        return bool(mark == gate.APPLICATION_ID and version > gate.SCHEMA)
    return False


def _set_aside(book: sqlite3.Connection, aside: Path) -> None:
    """A copy of the present book as one file, its log folded in."""
    with (
        replacing(aside, hint="nothing was changed", fresh=True) as part,
        translated(safe(str(aside))),
        contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy,
    ):
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            copy.execute(f"PRAGMA {pragma}")
        book.backup(copy, pages=_PAGES, progress=lambda *_: None)


def _by_name(part: Path, place: Path, now: datetime) -> Path | None:
    """The copy takes the book's name; what lay there, and its logs, get another before."""
    there = place.exists()
    aside = _aside(place, now)
    if there:
        place.chmod(0o600)
        while not _linked(place, aside):
            aside = _aside(place, now)
    for log in LOGS:
        old = place.with_name(place.name + log)
        if old.exists():
            old.chmod(0o600)
            old.rename(aside.with_name(aside.name + log))
    sync_folder(place.parent)
    put_in_place(part, place, fresh=not there)
    return aside if there else None


def _linked(place: Path, aside: Path) -> bool:
    """A second name for what lies there, so that the first is never without a file; a copy where links are unknown.

    False where another restore took the name a moment ago.
    """
    try:
        os.link(place, aside)
    except OSError as error:
        if error.errno == errno.EEXIST:
            return False
        with replacing(aside, hint="nothing was changed", fresh=True) as part:
            copy_into(place, part)
    return True


def _aside(place: Path, now: datetime) -> Path:
    stem, count = f"{place.name}.aside-{now.strftime(_STAMP)}", 1
    while (path := place.with_name(f"{stem}{f'-{count}' if count > 1 else ''}")).exists() or path.is_symlink():
        count += 1
    return path


@contextlib.contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kind = {errno.EACCES: Denied, errno.EPERM: Denied, errno.EROFS: Denied, errno.EEXIST: CannotCreate}
        raise kind.get(error.errno or 0, OutputFailed)(
            f"{name} could not be replaced: {error.strerror}", "check the permissions of the file and its folder"
        ) from None
