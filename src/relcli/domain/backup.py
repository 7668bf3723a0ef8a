"""A backup described: what its manifest says, and which book it is of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is and holds. `id` is the book's own, `book` its file's name; `batch` is the newest one in it.

    `generation` rises where a backup does not go on from those made before it: the book had been restored in between.

    `sha256` and `size` are those of the file; `made` is None where a file without a manifest describes itself.
    """

    file: str
    sha256: str
    size: int
    counts: Mapping[str, int]
    batch: int | None
    batch_at: datetime | None
    mark: str | None
    schema: int
    program: str
    made: datetime | None
    id: str
    book: str
    created: datetime
    generation: int = 0

    @property
    def order(self) -> tuple[int, int, float]:
        """What makes a backup newer than another of its book: batches, which only grow; the clock between equals alone."""
        return (self.generation, self.batch or 0, (self.made or self.created).timestamp())

    def whose(self) -> str:
        """The book it is of, in words: `book 0123456789abcdef, begun 2026-01-02`."""
        return f"{self.book} {self.id}, begun {self.created:%Y-%m-%d}"

    def facts(self) -> dict[str, Any]:
        """The manifest under its public keys."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "size": self.size,
            "counts": dict(self.counts),
            "batch": None
            if self.batch_at is None
            else {"number": self.batch, "at": self.batch_at.isoformat(), "mark": self.mark},
            "generation": self.generation,
            "schema": self.schema,
            "program": self.program,
            "made": self.made.isoformat() if self.made else None,
            "book": {"id": self.id, "name": self.book, "created": self.created.isoformat()},
        }

    def contents(self) -> str:
        """What is in it: `12 contacts, 1 interaction`; what there is none of is left out."""
        words = [f"{n} {_one(noun) if n == 1 else noun}" for noun, n in self.counts.items() if n]
        return ", ".join(words) or "nothing yet"


def book_id(secret: str) -> str:
    """What a book is known by outside: the same in all its copies, no other's, and telling nothing of its secret."""
    return hashlib.sha256(f"relcli book id\n{secret}".encode()).hexdigest()[:16]


def _one(plural: str) -> str:
    return "batch" if plural == "batches" else plural.removesuffix("s")
