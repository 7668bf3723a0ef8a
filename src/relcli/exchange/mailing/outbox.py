"""Messages put where they wait to be sent: a folder with a file for each, or one file.

A message bears the mark of its book beside its token, so that what a run left which died before the book was written is
known, and replaced. Whatever else lies there is neither mixed with new messages nor written over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from relcli.errors import CannotCreate
from relcli.files import replacing, sync_folder
from relcli.text import safe

SUFFIX = ".eml"
_HINT = "give another --output"
_MOST = 1 << 26  # bytes of a file that is looked through
_TABLE = "id,name,email,survey,version,language,token,"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a book knows of messages: the tokens of those who count as asked, and as reminded. `mark` is the book's own."""

    mark: str
    asked: frozenset[str] = frozenset()
    reminded: frozenset[str] = frozenset()

    def message_id(self, token: str, host: str, *, again: bool) -> str:
        """The id of an invitation, or of its reminder."""
        return f"{token}{'.again' if again else ''}.{self.mark}@{host}"

    def left_over(self, text: str) -> bool:
        """Whether a text is all messages of this book, or a table of them, of which it counts none."""
        if text.startswith(_TABLE):
            found = [(token, "") for token in re.findall(r",(r-[0-9a-z]{10}),", text)]
        else:
            ids = re.findall(r"^Message-ID: <([^>]*)>", text, re.MULTILINE | re.IGNORECASE)
            named = [re.fullmatch(rf"(r-[0-9a-z]{{10}})(\.again)?\.{self.mark}@.*", one) for one in ids]
            found = [(one[1], one[2] or "") for one in named if one]
            if len(found) < len(ids):
                return False
        return bool(found) and not any(token in (self.reminded if again else self.asked) for token, again in found)


def fill(folder: Path, messages: Mapping[str, str], sent: Sent) -> None:
    """Write each message to a file of its name in the folder, all or none.

    Raises CannotCreate where other messages wait there, or nothing can be made there; Denied, OutputFailed.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = [path for path in sorted(folder.iterdir()) if path.suffix.lower() == SUFFIX]
    except OSError as error:
        raise CannotCreate(f"{safe(str(folder))} cannot be used: {error.strerror}", _HINT) from None
    for path in there:
        _refuse_others(path, sent, folder)
    written = []
    try:
        for name, message in messages.items():
            with replacing(folder / name, hint=_HINT) as part:
                part.write_bytes(message.encode("utf-8"))
            written.append(folder / name)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    for path in there:
        if path not in written:
            path.unlink(missing_ok=True)
    sync_folder(folder)


def refuse_others(file: Path, sent: Sent) -> None:
    """Raise CannotCreate where a file holds anything but what a run of this book left that died."""
    _refuse_others(file, sent, file)


def _refuse_others(path: Path, sent: Sent, place: Path) -> None:
    try:
        if not path.exists() or (path.is_file() and not path.stat().st_size):
            return
        if path.is_file() and path.stat().st_size <= _MOST:
            # Lines end as in mail, or as in an mbox.
            text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
            if sent.left_over(text):
                return
        elif not path.is_file() and not path.is_dir():  # a device or a pipe takes anything
            return
    except OSError:
        pass
    raise CannotCreate(f"{safe(str(place))} holds messages already", "send them and clear them away, or give another --output")
