"""The one place that writes: data to stdout or a file, talk to stderr.

Every byte goes through a loop that counts, is flushed, and is checked, because an unbuffered stream drops a
short write in silence (PYTHONUNBUFFERED) and a full device is noticed only at the flush.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from relcli.errors import Denied, OutputFailed
from relcli.files import replacing
from relcli.text import safe

NO_READER = 141
_WIDTH = 80
_ERROR = len("relcli: ")
_COMMAND = re.compile(r"relcli (?!:)(?:(?!   ).)*")  # up to the blanks before a remark
_GLUE = "\ufdd0"  # a character that no text has: Unicode keeps it for the inside of programs


class ReaderGone(Exception):  # not an error: `| head` had enough
    """The other end of the pipe closed; the program ends quietly."""


def to_stdout(text: str) -> None:
    """Write data to stdout, wholly. Raises OutputFailed, ReaderGone."""
    if not text:
        return
    stream = sys.stdout
    if stream is None:
        raise OutputFailed("the output is closed: there is nowhere to write the answer", "give --output FILE")
    data = text.encode("utf-8", "surrogatepass")
    try:
        stream.flush()
        _write_all(getattr(stream, "buffer", stream), data)
    except BrokenPipeError:
        _silence(stream)
        raise ReaderGone from None
    except (OSError, ValueError) as error:
        _silence(stream)
        reason = getattr(error, "strerror", None) or "it is closed"
        raise OutputFailed(f"the answer could not be written: {reason}", "give --output FILE, or make room") from None


def printed(make: Callable[[], None]) -> None:
    """Write what a library prints, wholly. Raises like `to_stdout`.

    By itself Rich ends the program when a reader has gone, and leaves a full device unnoticed.
    """
    held = _Held()
    held.terminal = sys.stdout is not None and sys.stdout.isatty()
    with contextlib.redirect_stdout(held):
        make()
    to_stdout(held.getvalue())


def to_file(text: str, target: str) -> None:
    """Write data to a file that appears whole or not at all, readable by its owner only.

    Raises CannotCreate, Denied, OutputFailed; whatever stood there before stays on failure.
    """
    path, name = Path(target), safe(target)
    if _is_device(path):
        _to_device(text, path, name)
        return
    with replacing(path, hint="give another --output") as part:
        part.write_bytes(text.encode("utf-8", "surrogatepass"))


def say(lines: Iterable[str], *, end: str = "\n", wrap: bool = True) -> None:
    """Talk to the user: lines on stderr, made safe, each with `end`; a closed stderr is no reason to fail.

    On a terminal they break between words; `wrap` is off for what a program or a search may want to read.
    """
    stream = sys.stderr
    if stream is None:
        return
    width = width_of(stream) if wrap and at_terminal(stream) else None
    text = "".join(f"{_wrapped(safe(line), width) if width else safe(line)}{end}" for line in lines)
    try:
        data = text.encode(getattr(stream, "encoding", None) or "utf-8", "backslashreplace")
        stream.flush()
        _write_all(getattr(stream, "buffer", stream), data)
    except (OSError, ValueError):
        _silence(stream)


def width_of(stream: IO[str]) -> int:
    """How many columns there are to write in, as far as that is known."""
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _WIDTH
    except (OSError, ValueError, AttributeError):
        return _WIDTH


class _Held(io.StringIO):
    """Takes what is printed, and is a terminal where stdout is one."""

    terminal = False

    def isatty(self) -> bool:
        """Whether colours are welcome."""
        return self.terminal


def at_terminal(stream: IO[str]) -> bool:
    """Whether somebody reads along; nobody does where it is closed."""
    try:
        return stream.isatty()
    except ValueError:  # it is closed
        return False


def _wrapped(line: str, width: int) -> str:
    """The line in lines of a terminal, in line with its beginning; a command stays whole, so that it can be copied."""
    if len(line) <= width:
        return line
    import textwrap

    held = _COMMAND.sub(lambda command: command[0].replace(" ", _GLUE), line)
    begins = " " * (len(line) - len(line.lstrip(" ")))
    hangs = begins or (" " * _ERROR if line.startswith("relcli: ") else "")
    parts = textwrap.wrap(
        held.lstrip(" "), width, initial_indent=begins, subsequent_indent=hangs,
        break_long_words=False, break_on_hyphens=False, expand_tabs=False,
    )  # fmt: skip
    return "\n".join(parts).replace(_GLUE, " ")


def _write_all(stream: Any, data: bytes) -> None:  # a raw, buffered or in-memory binary stream
    view = memoryview(data)
    while view:
        written = stream.write(view)
        view = view[len(view) if written is None else written :]
    stream.flush()


def _silence(stream: IO[str]) -> None:
    """Point a broken stream at nothing, so that the interpreter's last flush has nothing to complain of."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        broken = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, broken)
        os.close(nowhere)


def _is_device(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _to_device(text: str, path: Path, name: str) -> None:
    """A pipe or device cannot be replaced by a rename: write into it."""
    try:
        with path.open("wb", buffering=0) as file:
            _write_all(file, text.encode("utf-8", "surrogatepass"))
    except BrokenPipeError:
        raise ReaderGone from None
    except PermissionError:
        raise Denied(f"{name} may not be written to", "give another --output") from None
    except OSError as error:
        raise OutputFailed(f"{name} could not be written: {error.strerror}", "give another --output") from None
