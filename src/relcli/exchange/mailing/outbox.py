"""Messages put where they wait to be sent: a folder of files, or one file.

What a run that died left there is known by a token no book knows, and is replaced. What an earlier run put there, and
the book counts as asked, is never mixed with new messages nor overwritten.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from relcli.domain.invitation import tokens_in
from relcli.errors import CannotCreate
from relcli.files import replacing, sync_folder
from relcli.text import safe

SUFFIX = ".eml"
_HINT = "give another --output"


def fill(folder: Path, messages: Mapping[str, str], known: Collection[str]) -> None:
    """Write each message to a file of its name in the folder, all or none; `known` are the tokens of the book.

    Raises CannotCreate where messages of an earlier run wait there still, or nothing can be made there; Denied,
    OutputFailed.
    """
    stale = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in sorted(folder.iterdir()):
            if path.suffix == SUFFIX and (tokens := tokens_in(path.name)):
                stale.append(path)
                if set(tokens) & set(known):
                    raise _waiting(str(folder))
    except OSError as error:
        raise CannotCreate(f"{safe(str(folder))} cannot be used: {error.strerror}", _HINT) from None
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
    for path in stale:
        path.unlink(missing_ok=True)
    sync_folder(folder)


def refuse_waiting(file: Path, known: Collection[str]) -> None:
    """Raise CannotCreate where a file holds messages of an earlier run."""
    try:
        held = file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
    except OSError:
        return
    if set(tokens_in(held)) & set(known):
        raise _waiting(str(file))


def _waiting(name: str) -> CannotCreate:
    return CannotCreate(
        f"{safe(name)} holds invitations of an earlier run", "send them and clear them away, or give another --output"
    )
