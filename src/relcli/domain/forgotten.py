"""The forgotten: known only by keyed hashes, enough to recognise them and to say nothing about them."""

from __future__ import annotations

import hmac
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Scrubbed(StrEnum):
    """What became of the traces in the book's files: gone, or why they may linger."""

    YES = "yes"
    READ = "another program is reading the book"
    FULL = "the disk has no room to write the book anew"
    FAILED = "the book could not be written anew"
    FOREIGN = "the tables belong to another role, and only their owner can write them anew"
    LEFT = "words of theirs are still in the file"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a search for removed words found: so many `words`, so many that records of others hold, and what is `left` over.

    `files` are the names of those searched; none on a server, where it was its statistics.
    """

    words: int
    of_others: int
    left: int
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The hashes kept in a book, and the book's secret, without which nobody can make one.

    Those in `silent` belong to somebody who wanted no contact.
    """

    secret: str
    digests: AbstractSet[str]
    silent: AbstractSet[str] = frozenset()

    def digest(self, kind: str, *parts: str) -> str:
        """The HMAC-SHA-256 of one thing somebody was known by: an id, an address, an external id with its source."""
        return keyed(self.secret, kind, *parts)

    def knows(self, kind: str, *parts: str) -> bool:
        """Whether somebody who was forgotten was known by this."""
        return bool(self.digests) and self.digest(kind, *parts) in self.digests

    def wanted_no_contact(self, kind: str, *parts: str) -> bool:
        """Whether somebody who was forgotten was known by this, and had asked for no contact."""
        return bool(self.silent) and self.digest(kind, *parts) in self.silent


def keyed(secret: str, *parts: str) -> str:
    """The HMAC-SHA-256 of some parts under the secret of a book."""
    text = "\0".join(parts)  # no text of a book holds a NUL
    return hmac.new(secret.encode(), text.encode("utf-8", "surrogatepass"), sha256).hexdigest()
