"""Mail as it lies on a disk: an mbox file, one message in a file, a folder of such files, or a Maildir.

Messages come one by one, and of each at most its first 8 MiB: what somebody wrote stands before what they attached, and
a mailbox of any size is read in constant memory.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
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
_OWN = re.compile(rb"(?i)(?:date|message-id|from)[ \t]*:")
_ESCAPED = re.compile(rb">+From ")
_BEGINS, _BOM = b"From ", b"\xef\xbb\xbf"
_EMPTY = (b"\n", b"\r\n")


@dataclass(frozen=True, slots=True)
class Found:
    """One message, or what is wrong with a file of a folder, whose name is `file`; that is empty for a file given alone."""

    data: bytes
    file: str = ""
    problem: str = ""


def messages(source: str) -> Iterator[Found]:
    """The messages of an mbox file, a message's file, a folder of `.eml` files or a Maildir, in order; `-` is stdin.

    A file in a folder that cannot be read does not stop the others. Raises InputMissing, Denied, OutputFailed, and
    InputRefused for what is no mail.
    """
    if "\0" in source:
        raise InputMissing(f"there is no file {safe(source)}", "check the path, or give - for stdin")
    try:
        if source == STDIN:
            if sys.stdin is None:
                raise InputMissing("stdin is closed: there is nothing to read", "give a file")
            yield from map(Found, _read(sys.stdin.buffer, source))
            return
        path = Path(source).expanduser()
        if path.is_dir():
            for each in _files(path, source):
                yield from _in_folder(each, str(each.relative_to(path)))
            return
        with path.open("rb") as file:
            yield from map(Found, _read(file, source))
    except PermissionError:
        raise Denied(f"{file_name(source)} may not be read", "check the permissions of the file and its folder") from None
    except (FileNotFoundError, NotADirectoryError):
        raise InputMissing(f"there is no file {file_name(source)}", "check the path, or give - for stdin") from None
    except OSError as error:
        raise OutputFailed(f"{file_name(source)} could not be read: {error.strerror}", "nothing was written") from None


def is_mail(source: str) -> bool:
    """Whether a source is mail: a folder, a file that is called so, or one that begins as mail does, stdin likewise."""
    try:
        if source == STDIN:
            peek = getattr(sys.stdin and sys.stdin.buffer, "peek", None)
            return peek is not None and _begins(peek(_HEADER_BYTES))
        path = Path(source).expanduser()
        if path.is_dir() or path.suffix.lower() in (".mbox", ".mbx", ".eml"):
            return True
        with path.open("rb") as file:
            return _begins(file.read(_HEADER_BYTES))
    except (OSError, ValueError):  # whoever reads it says what is wrong
        return False


def _begins(data: bytes) -> bool:
    """Whether an mbox begins so, or a message: two headers at least, and one of them says when, from whom or which it is."""
    data = data.removeprefix(_BOM).lstrip(b"\r\n")
    lines = data.splitlines(keepends=True)
    return data.startswith(_BEGINS) or (len(lines) > 1 and _may_be_header(lines[1]) and _headed(lines, _OWN))


def _files(folder: Path, source: str) -> list[Path]:
    """The messages' files of a folder in the order of their names: those called .eml, and all in the two halves of a Maildir."""
    halves = [half for half in (folder / "cur", folder / "new") if half.is_dir()]
    loose = [each for each in folder.iterdir() if each.suffix.lower() == ".eml"]
    found = [each for each in (*loose, *(each for half in halves for each in half.iterdir())) if not each.name.startswith(".")]
    if not found and not halves:
        raise InputRefused(f"there is no .eml file in {safe(source)}", "give the folder with the messages, or an mbox file")
    return sorted(found, key=lambda each: (each.name, each))


def _in_folder(path: Path, name: str) -> Iterator[Found]:
    """The messages of one file of a folder, or what is wrong with it."""
    try:
        if not path.is_file():  # before it is opened: to open a pipe is to wait for it
            yield Found(b"", name, "is a folder" if path.is_dir() else "is no regular file")
            return
        with path.open("rb") as file:
            for data in _read(file, name):
                yield Found(data, name)
    except InputRefused:
        yield Found(b"", name, "holds no mail")
    except PermissionError:
        yield Found(b"", name, "may not be read")
    except OSError as error:
        yield Found(b"", name, f"could not be read: {error.strerror}")


def _read(file: BinaryIO, source: str) -> Iterator[bytes]:
    lines = iter(lambda: file.readline(MOST_BYTES), b"")
    first = next((line for line in lines if line not in _EMPTY), b"").removeprefix(_BOM)
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
        if line.startswith(_BEGINS):
            while following is not None and len(head) < _HEAD_LINES and _may_be_header(following):
                head.append(following)
                following = next(lines, None)
            ended = following is None or following in _EMPTY or len(head) == _HEAD_LINES
            if ended and _headed(head, _MAILS if message else _ANY):
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
    return bool(begins)


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
