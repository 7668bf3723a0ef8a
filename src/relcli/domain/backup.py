"""A backup described: what its manifest says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is and holds. `book` and `created` name the book; `batch` is the newest one in it.

    `sha256` and `size` are those of the file; `made` is None where a file without a manifest describes itself.
    """

    file: str
    sha256: str
    size: int
    counts: Mapping[str, int]
    batch: int | None
    batch_at: datetime | None
    schema: int
    program: str
    made: datetime | None
    book: str
    created: datetime

    def of_same_book(self, book: str, created: datetime) -> bool:
        """Whether the backup is of the book of this name, begun at that moment."""
        return (self.book, self.created) == (book, created)

    def facts(self) -> dict[str, Any]:
        """The manifest under its public keys."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "size": self.size,
            "counts": dict(self.counts),
            "batch": None if self.batch_at is None else {"number": self.batch, "at": self.batch_at.isoformat()},
            "schema": self.schema,
            "program": self.program,
            "made": self.made.isoformat() if self.made else None,
            "book": {"name": self.book, "created": self.created.isoformat()},
        }

    def contents(self) -> str:
        """What is in it: `12 contacts, 1 interaction`; what there is none of is left out."""
        words = [f"{n} {_one(noun) if n == 1 else noun}" for noun, n in self.counts.items() if n]
        return ", ".join(words) or "nothing yet"


def _one(plural: str) -> str:
    return "batch" if plural == "batches" else plural.removesuffix("s")
