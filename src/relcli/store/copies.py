"""Older copies of a book that lie beside it, whatever their names: which of them hold somebody is seen by looking inside."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from relcli.domain.copy import Copy
from relcli.domain.reference import Match
from relcli.files import LOGS
from relcli.store import gate, twins
from relcli.store.engine import unchanging
from relcli.store.proof import SHORTEST, in_file

_FOLDER = "backups"
_OURS = ("*.before-*", "*.aside-*", ".*.new", ".*.part", ".*.new-*", ".*.part-*")  # names that this program gives
_HEADER = 100
_MOST = 5000  # files of a folder that are looked into


def holding(
    book: Path, known_by: Sequence[tuple[str, ...]], words: Sequence[str], *, secret: str, marks: frozenset[str]
) -> list[Copy]:
    """The copies beside a book in which somebody stands, by any id, address or external id they are `known_by`, oldest first.

    Looked at are every file with a book in it, whatever its name, and what an interrupted command left, beside the book
    and in the folder `backups`. `words` are ids and addresses as a file holds them. A book with another `secret` is
    somebody else's and left alone; one with batches that are none of these `marks` is only named.
    """
    needles = {word.encode() for word in words if len(word.encode()) >= SHORTEST}
    found = []
    for path, ours in sorted(_candidates(book)):
        try:
            stat = path.stat()
        except FileNotFoundError:  # a backup was pruned meanwhile: what is gone holds nobody
            continue
        made = datetime.fromtimestamp(int(stat.st_mtime), UTC)
        twin = twins.read(path)
        if twin is not None and twin.secret != secret:
            continue
        try:
            if not (any(in_file(file, needles) for file in _files(path)) or _knows(path, known_by)):
                continue
        except FileNotFoundError:
            continue
        except OSError:
            found.append(Copy(str(path), made, stat.st_size, readable=False))
            continue
        ahead = not ours and (twin is None or not {mark for _, mark in twin.batches} <= marks)
        found.append(Copy(str(path), made, stat.st_size, ahead=ahead))
    return sorted(found, key=lambda copy: (copy.made, copy.path))


def delete(copies: Iterable[Copy]) -> list[Copy]:
    """Remove the copies, with the log and the description that lie beside one; answers what became of each.

    One that is ahead of the book stays: it has what nothing else has.
    """
    done = []
    for copy in copies:
        deleted = False
        with contextlib.suppress(OSError):
            if copy.readable and not copy.ahead:
                Path(copy.path).unlink(missing_ok=True)
                deleted = True
                for more in (".json", *LOGS):
                    Path(copy.path + more).unlink(missing_ok=True)
        done.append(Copy(copy.path, copy.made, copy.size, copy.readable, deleted, copy.ahead))
    return done


def _candidates(book: Path) -> Iterator[tuple[Path, bool]]:
    """Each file that may be a copy, and whether it is where or named as only this program puts or names one."""
    book = book.resolve()
    folder = book.parent
    seen = {book, *(book.with_name(book.name + log) for log in LOGS)}
    for pattern in _OURS:
        for path in filter(_is_file, folder.glob(pattern)):
            seen.add(path)
            yield path, True
    for path in (folder / _FOLDER).rglob("*"):
        if path.suffix != ".json" and _is_file(path):
            yield path, True
    for count, path in enumerate(folder.iterdir()):
        if count < _MOST and path not in seen and _is_file(path) and _holds_a_book(path):
            yield path, path.with_name(path.name + ".json").is_file()  # a backup has its manifest beside it


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _files(path: Path) -> Iterator[Path]:
    yield path
    for log in LOGS:
        if (beside := path.with_name(path.name + log)).is_file():
            yield beside


def _holds_a_book(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        if not gate.holds_database(path):
            return False
        with path.open("rb") as file:
            return int.from_bytes(file.read(_HEADER)[68:72], "big") == gate.APPLICATION_ID
    return False


def _knows(path: Path, known_by: Iterable[tuple[str, ...]]) -> bool:
    """Whether the tables of a copy hold one of these keys; what is too short to be searched for in bytes is found so."""
    external = [parts[1:] for parts in known_by if parts[0] == Match.EXTERNAL_ID.value]
    addresses = [parts[1] for parts in known_by if parts[0] not in (Match.EXTERNAL_ID.value, Match.ID.value)]
    with contextlib.suppress(sqlite3.Error), unchanging(path) as copy:
        for source, value in external:
            if copy.execute("SELECT 1 FROM external_id WHERE source = ? AND value = ?", (source, value)).fetchone():
                return True
        return any(copy.execute("SELECT 1 FROM address WHERE key = ?", (key,)).fetchone() for key in addresses)
    return False
