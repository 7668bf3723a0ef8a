"""One message out of a stranger's bytes: the one door before which everything is cut to what the parser takes in a short time.

The library's parser reads headers in time that grows with their square, and parts within parts by calling itself. So
headers are cut, and what has too many of them, or too many parts, is no message that can be read.
"""

from __future__ import annotations

from collections.abc import Callable
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import Compat32
from typing import Any

MOST_HEADER = 4096  # characters of one header; the rest is passed over
MOST_HEADERS = 2000  # of a message and all its parts
MOST_PARTS = 500
DEEPEST = 20  # parts within parts; nobody writes in deeper ones
MOST_LINES = 200_000  # of a message; the rest is passed over


class Unreadable(ValueError):
    """A message that nobody wrote so; it says why."""


def opened(data: bytes) -> Message:
    """The message in these bytes. Raises Unreadable, and nothing else."""
    try:
        parser = _Parser(policy=_Bounded(), _factory=None)
        parser.feed(_shortened(data))
        return parser.close()
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable("its parts lie too deep in each other") from None
    except Exception as error:  # noqa: BLE001  # a stranger's bytes in a library's parser: whatever it is, the other messages are read
        raise Unreadable(f"it cannot be read ({type(error).__name__})") from None


def _shortened(data: bytes) -> bytes:
    """The first lines of it, as many as are read."""
    if data.count(b"\n") <= MOST_LINES:
        return data
    return b"\n".join(data.split(b"\n", MOST_LINES)[:MOST_LINES])


class _Bounded(Compat32):
    """The rules of old for headers, each cut, and counted over the whole message."""

    def __init__(self, **told: Any) -> None:  # as the library's own
        super().__init__(**told)
        object.__setattr__(self, "_seen", [0])

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A header's name and value, cut. Raises Unreadable at one too many."""
        seen: list[int] = self._seen  # type: ignore[attr-defined]  # policies take no attributes of their own but so
        seen[0] += 1
        if seen[0] > MOST_HEADERS:
            raise Unreadable(f"it has more than {MOST_HEADERS} headers")
        kept, room = [], MOST_HEADER
        for line in sourcelines:
            kept.append(line[:room])
            room -= len(line)
            if room <= 0:
                break
        name, value = super().header_source_parse(kept)
        return name[:MOST_HEADER], value


class _Parser(BytesFeedParser):
    """The library's parser, which stops at one part too many and one too deep."""

    def __init__(self, _factory: Callable[..., Message] | None = None, *, policy: Compat32) -> None:
        super().__init__(_factory, policy=policy)
        self._parts = 0

    def _new_message(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise Unreadable(f"it has more than {MOST_PARTS} parts")
        if len(self._msgstack) > DEEPEST:  # type: ignore[attr-defined]  # as below
            raise Unreadable(f"its parts lie more than {DEEPEST} deep in each other")
        super()._new_message()  # type: ignore[misc]  # the only place at which parts can be counted
