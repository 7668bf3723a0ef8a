"""Mail as it lies on a disk: an mbox file, one message in a file, or a folder of such files.

Messages come one by one, and of each at most its first 8 MiB: what somebody wrote stands before what they attached, and
a mailbox of any size is read in constant memory.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from relcli.errors import Denied, InputMissing, InputRefused, OutputFailed
from relcli.exchange.files import STDIN, file_name
from relcli.text import safe

MOST_BYTES = 8 << 20  # of one message; the rest is passed over
_HEAD_LINES, _HEADER_BYTES = 2000, 1 << 16
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_MAILS = re.compile(rb"(?i)(?:date|message-id)[ \t]*:")
_ANY = re.compile(rb"(?i)(?:date|message-id|from|to|subject|received|return-path|mime-version)[ \t]*:")
_ESCAPED = re.compile(rb">+From ")
_BEGINS = b"From "
_EMPTY = (b"\n", b"\r\n")


def messages(source: str) -> Iterator[bytes]:
    """The messages of an mbox file, a message's file or a folder of `.eml` files, in order; `-` is stdin.

    Raises InputMissing, Denied, OutputFailed, and InputRefused for what is no mail.
    """
    if "\0" in source:
        raise InputMissing(f"there is no file {safe(source)}", "check the path, or give - for stdin")
    try:
        if source == STDIN:
            if sys.stdin is None:
                raise InputMissing("stdin is closed: there is nothing to read", "give a file")
            yield from _read(sys.stdin.buffer, source)
            return
        path = Path(source).expanduser()
        if not path.is_dir():
            with path.open("rb") as file:
                yield from _read(file, source)
            return
        files = sorted(each for each in path.iterdir() if each.suffix.lower() == ".eml" and not each.name.startswith("."))
        if not files:
            raise InputRefused(f"there is no .eml file in {safe(source)}", "give the folder with the messages, or an mbox file")
        for each in files:
            yield from messages(str(each))
    except PermissionError:
        raise Denied(f"{file_name(source)} may not be read", "check the permissions of the file and its folder") from None
    except (FileNotFoundError, NotADirectoryError):
        raise InputMissing(f"there is no file {file_name(source)}", "check the path, or give - for stdin") from None
    except OSError as error:
        raise OutputFailed(f"{file_name(source)} could not be read: {error.strerror}", "nothing was written") from None


def is_mail(source: str) -> bool:
    """Whether a source is mail: a folder, a file that is called so, or one that begins as an mbox does, stdin likewise."""
    try:
        if source == STDIN:
            peek = getattr(sys.stdin and sys.stdin.buffer, "peek", None)
            return bool(peek and peek(5)[:5] == _BEGINS)
        path = Path(source).expanduser()
        if path.is_dir() or path.suffix.lower() in (".mbox", ".mbx", ".eml"):
            return True
        with path.open("rb") as file:
            return file.read(5) == _BEGINS
    except (OSError, ValueError):  # whoever reads it says what is wrong
        return False


def _read(file: BinaryIO, source: str) -> Iterator[bytes]:
    lines = iter(lambda: file.readline(MOST_BYTES), b"")
    first = next((line for line in lines if line not in _EMPTY), b"").removeprefix(b"\xef\xbb\xbf")
    if first.startswith(_BEGINS):
        yield from _parted(first, lines, source)
    elif first or not source.lower().endswith((".mbox", ".mbx")):  # a mailbox may well be empty
        message = _Message([first])
        for line in lines:
            message.add(line)
        if not _headed(message.pieces, _ANY):
            raise _no_mail(source)
        yield message.whole()


def _parted(first: bytes, lines: Iterator[bytes], source: str) -> Iterator[bytes]:
    """The messages of an mbox.

    Not every line that begins with "From " begins a message: many programs leave such lines in the text as they are. One
    does if headers follow it and a Date or Message-ID is among them; else it belongs to the message before.
    """
    message: _Message | None = None
    line: bytes | None = first
    while line is not None:
        head: list[bytes] = []
        following = next(lines, None)
        if line.startswith(b"From "):
            while following is not None and len(head) < _HEAD_LINES and _may_be_header(following):
                head.append(following)
                following = next(lines, None)
            if (following is None or following in _EMPTY) and _headed(head, _MAILS if message else _ANY):
                if message:
                    yield message.whole()
                message = _Message([each for each in head if not _ESCAPED.match(each)])
                line = following
                continue
        if message:
            for each in (line, *head):
                message.add(each.removeprefix(b">") if _ESCAPED.match(each) else each)
        line = following
    if message is None:
        raise _no_mail(source)
    yield message.whole()


class _Message:
    """The first bytes of one message, as they are read."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self._room = MOST_BYTES - sum(map(len, pieces))

    def add(self, line: bytes) -> None:
        if self._room > 0:
            self.pieces.append(line[: self._room])
            self._room -= len(line)

    def whole(self) -> bytes:
        return b"".join(self.pieces)


def _may_be_header(line: bytes) -> bool:
    begins = _HEADER.match(line) or _ESCAPED.match(line) or (line[:1] in (b" ", b"\t") and line not in _EMPTY)
    return bool(begins) and len(line) <= _HEADER_BYTES


def _headed(lines: list[bytes], wanted: re.Pattern[bytes]) -> bool:
    """Whether the lines begin with headers, a wanted one among them."""
    for line in lines[:_HEAD_LINES]:
        if not _may_be_header(line):
            return False
        if wanted.match(line):
            return True
    return False


def _no_mail(source: str) -> InputRefused:
    name = file_name(source)
    return InputRefused(f"{name} holds no mail", "give an mbox file, one message as .eml, or a folder of such messages")
