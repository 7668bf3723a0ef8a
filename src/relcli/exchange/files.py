"""Bytes from a file or from stdin."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from relcli.errors import Denied, InputMissing, InputRefused, OutputFailed
from relcli.text import safe

MOST_BYTES = 512 * 1024 * 1024
STDIN = "-"


def read_bytes(source: str) -> bytes:
    """All bytes of the file, of stdin for `-`. Raises InputMissing, Denied, OutputFailed; InputRefused past 512 MiB."""
    name = file_name(source)
    try:
        if source == STDIN:
            if sys.stdin is None:
                raise InputMissing("stdin is closed: there is nothing to read", "give a file")
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(source).expanduser().open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except PermissionError:
        raise Denied(f"{name} may not be read", "check the permissions of the file and its folder") from None
    except IsADirectoryError:
        raise InputMissing(f"{name} is a folder, not a file", "give a file in it, or - for stdin") from None
    except (FileNotFoundError, NotADirectoryError):
        raise InputMissing(f"there is no file {name}", "check the path, or give - for stdin") from None
    except OSError as error:
        if error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.ENXIO):
            raise InputMissing(f"{name} cannot be opened: {error.strerror}", "check the path, or give - for stdin") from None
        raise OutputFailed(f"{name} could not be read: {error.strerror}", "nothing was written") from None
    except ValueError:  # a NUL in the path
        raise InputMissing(f"there is no file {name}", "check the path, or give - for stdin") from None
    if len(data) > MOST_BYTES:
        raise InputRefused(f"{name} is larger than 512 MiB", "split it, and import the parts one after the other")
    return data


def file_name(source: str) -> str:
    """What the source is called in messages."""
    return "stdin" if source == STDIN else safe(source)
