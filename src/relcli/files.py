"""Files that appear whole or not at all, readable by their owner only.

A part is made beside the target with mode 0600, filled, brought to the disk, and then takes the target's name;
the folder is brought to the disk after it. Whatever fails on the way leaves what stood there before. A part bears the
number of the process that fills it, so that the next command can clear away what a killed one left.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from relcli.errors import CannotCreate, Denied, OutputFailed
from relcli.text import safe

LOGS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database
_PART = re.compile(r"\..+\.([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{6}\.(?:new|part)(?:-wal|-shm|-journal)?")
_PIECE = 1 << 20
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_TAKEN = (errno.EISDIR, errno.ENOTEMPTY, errno.EEXIST)
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


@contextlib.contextmanager
def replacing(target: Path, *, hint: str, fresh: bool = False) -> Iterator[Path]:
    """A part to fill, which takes the target's name when the block ends well; else it goes without a trace.

    `fresh`: what stands there already is never replaced. Raises CannotCreate, Denied, OutputFailed.
    """
    name = safe(str(target))
    try:
        part = new_part(target)
    except OSError as error:
        refused = Denied if error.errno in _FORBIDDEN else CannotCreate
        raise refused(f"{name} cannot be made: {error.strerror}", hint) from None
    try:
        yield part
        put_in_place(part, target, fresh=fresh)
    except OSError as error:
        kind = CannotCreate if error.errno in _TAKEN else OutputFailed
        raise kind(f"{name} could not be written: {error.strerror}", "nothing was left behind") from None
    finally:
        remove_part(part)


def new_part(target: Path, kind: str = "part") -> Path:
    """An empty file beside the target, hidden, with mode 0600 before anybody writes to it. Raises OSError.

    What killed commands left in that folder goes first.
    """
    clear_parts(target.parent)
    part = target.with_name(f".{target.name[:80]}.{_machine()}-{os.getpid()}-{secrets.token_hex(3)}.{kind}")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return part


def put_in_place(part: Path, target: Path, *, fresh: bool = False) -> None:
    """Bring the part to the disk, give it the target's name, bring the folder to the disk. Raises OSError.

    `fresh` raises FileExistsError where something stands there, even if it appeared a moment ago.
    """
    with part.open("rb") as file:
        os.fsync(file.fileno())
    if fresh:
        _claim(part, target)
    else:
        part.replace(target)
    sync_folder(target.parent)


def remove_part(part: Path) -> None:
    """Take a part away, if it is still there, and what SQLite left beside it."""
    for leftover in (part, *(part.with_name(part.name + log) for log in LOGS)):
        leftover.unlink(missing_ok=True)


def clear_parts(folder: Path) -> None:
    """Remove the parts in a folder whose makers on this machine are dead; what cannot be removed is left."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208  # names are enough, and there may be many
            made = _PART.fullmatch(name)
            if made and made[1] == _machine() and not _at_work(made):
                with contextlib.suppress(OSError):
                    folder.joinpath(name).unlink()


def is_part(path: str) -> bool:
    """Whether a path bears the name of a part, finished or not."""
    return _PART.fullmatch(os.path.basename(path)) is not None  # noqa: PTH119  # a name alone


def left_parts(folder: Path) -> list[Path]:
    """The parts in a folder that nobody on this machine is filling, and what SQLite left beside them."""
    found = [path for path in sorted(folder.glob(".*")) if (made := _PART.fullmatch(path.name)) and not _at_work(made)]
    return [path for path in found if path.is_file()]


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk; one that may not be read is left to the system."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def copy_into(source: Path, part: Path) -> str:
    """Write a file's bytes into a part; answers the SHA-256 of what was written. Raises OSError."""
    digest = hashlib.sha256()
    with source.open("rb") as read, part.open("wb") as written:
        while piece := read.read(_PIECE):
            digest.update(piece)
            written.write(piece)
    return digest.hexdigest()


def _machine() -> str:
    """A mark of this machine: in a shared folder a number of a process says nothing of another machine's."""
    return hashlib.sha256(os.uname().nodename.encode("utf-8", "replace")).hexdigest()[:8]


def _at_work(made: re.Match[str]) -> bool:
    """Whether the maker of a part lives on this machine."""
    if made[1] != _machine():
        return False
    try:
        os.kill(int(made[2]), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _claim(part: Path, target: Path) -> None:
    """A link takes a name only where it is free; a medium without links is asked first."""
    try:
        os.link(part, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists() or target.is_symlink():
            raise FileExistsError(errno.EEXIST, "there is something already", str(target)) from None
        part.replace(target)
