"""An older copy of a book, as somebody forgotten may still stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """A file, from when, how large; one that is not readable may hold anything. `deleted` where it was removed.

    One that is `ahead` has records that the book lacks.
    """

    path: str
    made: datetime
    size: int
    readable: bool = True
    deleted: bool = False
    ahead: bool = False
