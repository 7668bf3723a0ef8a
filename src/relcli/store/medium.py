"""What a medium does to a book that lies on it: whether its locks keep anybody out, and whether memory of a file is shared.

SQLite relies on both and cannot tell. Some network and synced folders grant every lock, and then two programs that write at once
lose what one of them was told is stored.
"""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
import struct
import tempfile
from pathlib import Path

_UNSUPPORTED = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
_WRITE_LOCK = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)  # struct flock of Linux: the whole file


def trouble(folder: Path) -> str:
    """What is wrong with the medium of a folder, as a sentence; empty where all is well, or where nothing can be tried."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".relcli-probe-") as file:
            return _locks(file.name) or _memory(file.name)
    except OSError:
        return ""


def _locks(name: str) -> str:
    """Two openings of one file cannot both have it locked."""
    if not hasattr(fcntl, "F_OFD_SETLK"):  # locks of a process, which this one cannot try against itself
        return ""
    with open(name, "r+b") as one, open(name, "r+b") as other:  # noqa: PTH123  # twice, on purpose
        try:
            fcntl.fcntl(one, fcntl.F_OFD_SETLK, _WRITE_LOCK)
        except OSError as error:
            return "the medium has no file locks" if error.errno in _UNSUPPORTED else ""
        try:
            fcntl.fcntl(other, fcntl.F_OFD_SETLK, _WRITE_LOCK)
        except OSError:
            return ""
        return "the medium grants one lock to two programs at once"


def _memory(name: str) -> str:
    """What one opening writes into the memory of a file, the other reads."""
    with open(name, "r+b") as one, open(name, "r+b") as other:  # noqa: PTH123  # as above
        one.write(bytes(mmap.PAGESIZE))  # not a hole: where the disk is full, writing into one through memory ends the program
        one.flush()
        try:
            with mmap.mmap(one.fileno(), mmap.PAGESIZE) as written, mmap.mmap(other.fileno(), mmap.PAGESIZE) as read:
                written[:1] = b"x"
                return "" if read[:1] == b"x" else "the medium does not share the memory of a file between programs"
        except OSError:
            return "the medium cannot share the memory of a file: one program at a time can use the book"
