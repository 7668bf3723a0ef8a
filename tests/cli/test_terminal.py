"""What is said on a real terminal: tables of talk are laid out, and bring no escape along that would have to be made visible."""

from __future__ import annotations

import os
import pty
from pathlib import Path
from typing import Any

import pytest

ENROLL = "initiative enroll Calls --role customer"
INVITE = "survey invite pulse --role customer --output outbox"


@pytest.mark.parametrize(("line", "head"), [(ENROLL, "not enrolled  why"), (INVITE, "not asked  why")])
def test_who_was_left_out_and_why_is_readable(relcli: Any, process: Any, place: Path, line: str, head: str) -> None:
    for name in ("Ana", "Bo"):
        relcli.ok(f"contact add {name} --role customer --email {name}@example.org")
    relcli.ok("preference set Bo --do-not-contact --stated 'please do not write to me again, whatever it is about'")
    relcli.ok("initiative start Calls --hypothesis x --outcome signs")

    seen = on_a_terminal(process, place, line)
    assert head in seen
    assert "please do not write to me again" in " ".join(seen.split())
    assert "x1b" not in seen
    assert "\x1b" not in seen
    assert max(map(len, seen.splitlines())) <= 80


def on_a_terminal(process: Any, place: Path, line: str) -> str:
    """All that a command prints where stdin, stdout and stderr are one terminal of 80 columns."""
    ours, theirs = pty.openpty()
    child = process.start(
        [process.python, "-m", "relcli", *line.split()],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, cwd=place,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while part := read(ours):
        seen += part
    assert child.wait(20) == 0, seen
    os.close(ours)
    return seen.decode()


def read(terminal: int) -> bytes:
    """What comes next; nothing once the other side is closed, which Linux calls an error."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
