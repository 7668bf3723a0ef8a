"""Older copies of a book that lie beside it: which of them hold a contact is seen by looking inside, byte by byte."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from relcli.domain.copy import Copy

_FOLDER = "backups"
_BESIDE = ("*.before-*", "*.aside-*", ".*.new", ".*.part", ".*.new-*", ".*.part-*")
_PIECE = 1 << 20


def holding(book: Path, codes: Sequence[str]) -> list[Copy]:
    """The copies beside a book in which any of these ids stands, oldest first.

    Looked at are the folder `backups` beside the book, copies from before a migration, books set aside, and what an
    interrupted command left. An id stands in the plain in every book that holds its contact, whatever its version.
    """
    found = []
    for path in sorted(set(_candidates(book))):
        stat = path.stat()
        made = datetime.fromtimestamp(int(stat.st_mtime), UTC)
        try:
            if not _holds(path, [code.encode() for code in codes]):
                continue
            found.append(Copy(str(path), made, stat.st_size))
        except OSError:
            found.append(Copy(str(path), made, stat.st_size, readable=False))
    return sorted(found, key=lambda copy: (copy.made, copy.path))


def delete(copies: Iterable[Copy]) -> list[Copy]:
    """Remove the copies, with the description of a backup that lies beside it; answers what became of each."""
    done = []
    for copy in copies:
        deleted = False
        with contextlib.suppress(OSError):
            if copy.readable:
                Path(copy.path).unlink()
                deleted = True
                Path(copy.path + ".json").unlink(missing_ok=True)
        done.append(Copy(copy.path, copy.made, copy.size, copy.readable, deleted))
    return done


def _candidates(book: Path) -> Iterator[Path]:
    folder = book.absolute().parent
    for pattern in _BESIDE:
        yield from filter(_is_file, folder.glob(pattern))
    for path in (folder / _FOLDER).rglob("*"):
        if path.suffix != ".json" and _is_file(path):
            yield path


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _holds(path: Path, needles: Sequence[bytes]) -> bool:
    overlap = max(map(len, needles)) - 1
    rest = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            text = rest + piece
            if any(needle in text for needle in needles):
                return True
            rest = text[-overlap:]
    return False
