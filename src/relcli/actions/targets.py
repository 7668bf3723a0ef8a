"""Where an answer may be written: nothing of a book, and no file that the command reads, is ever overwritten by one.

Standard library only, so that a command can ask before anything heavy is loaded and before anything is done.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from relcli.errors import CannotCreate, Denied
from relcli.files import LOGS
from relcli.store.gate import holds_database
from relcli.text import safe

_LARGEST_MANIFEST = 1 << 20  # bytes; ours have less than 2 KiB
_HINT = "give another FILE"


def refuse_target(target: Path, *, book: Path | None, read: Iterable[Path] = (), kept: Iterable[Path] = ()) -> None:
    """Let a file to be written pass, or raise CannotCreate or Denied; asked before the command does anything.

    Refused are the `book` and its logs under any of their names (None: it is on a server), any other database, which may be
    a backup or somebody else's book, a backup's manifest, the files that the command is to `read` and those `kept` for us,
    disks, a folder, and a place where no file can be made. Pipes and terminals pass.
    """
    name = safe(str(target))
    for file, what in _protected(book, read, kept):
        if _same(target, file):
            raise CannotCreate(f"{name} is {what}: an answer written there would destroy it", _HINT)
    try:
        mode = target.stat().st_mode
    except OSError:
        _refuse_place(target, name)
        return
    if stat.S_ISDIR(mode):
        raise CannotCreate(f"{name} is a folder", f"give a file in it: {safe(str(target / 'FILE'))}")
    if stat.S_ISBLK(mode):
        raise CannotCreate(f"{name} is a disk, not a file", _HINT)
    if stat.S_ISREG(mode):
        if holds_database(target):
            raise CannotCreate(f"{name} holds a database, perhaps a book or a backup: an answer would destroy it", _HINT)
        if is_manifest(target):
            raise CannotCreate(f"{name} is the manifest of a backup, which is worth little without it", _HINT)
        _refuse_place(target, name)


def is_manifest(file: Path) -> bool:
    """Whether a file is what a backup's manifest looks like; what is no file, or cannot be read, is none."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        about = file.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST_MANIFEST:
            return False
        facts = json.loads(file.read_bytes())
        return isinstance(facts, dict) and {"sha256", "book", "schema", "program"} <= facts.keys()
    return False


def _protected(book: Path | None, read: Iterable[Path], kept: Iterable[Path]) -> Iterable[tuple[Path, str]]:
    if book is not None:
        real = Path(os.path.realpath(book))
        yield book, "the book"
        for named in dict.fromkeys((book, real)):
            for log in LOGS:
                yield named.with_name(named.name + log), "a log of the book"
    for file in read:
        yield file, "the file that is read"
    for file in kept:
        yield file, "a file of your settings"


def _same(target: Path, file: Path) -> bool:
    """Whether both are one file: by device and inode where both exist, else by where their names lead."""
    try:
        return target.samefile(file)
    except OSError:
        return os.path.realpath(target) == os.path.realpath(file)


def _refuse_place(target: Path, name: str) -> None:
    folder = target.parent
    if not folder.is_dir():
        raise CannotCreate(f"{name} cannot be made: there is no folder {safe(str(folder))}", f"make the folder first, or {_HINT}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Denied(f"{name} cannot be made: you may not write to {safe(str(folder))}", _HINT)
