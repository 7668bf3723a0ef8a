"""Two copies of one book: since when they differ, and how what both changed is put together."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)
_COPY = re.compile(r"conflict|konflikt|conflit|conflicto|conflitto|kopie|copi[ae]|copy", re.IGNORECASE)


def named_as_copy(name: str) -> bool:
    """Whether a file bears a name that syncing programs and people give to a copy."""
    return _COPY.search(name) is not None


@dataclass(frozen=True, slots=True)
class Parted:
    """Where another copy stands to this book.

    `split` is the newest batch both have, `since` the newest of the other whose records are here, `missing` how many later
    ones it has, `newest` the mark of its last one; empty where nothing was written to it.
    """

    split: int
    since: int
    missing: int
    newest: str

    @property
    def settled(self) -> bool:
        """Whether the other has nothing that was not brought over."""
        return self.missing == 0


def parted(ours: Sequence[tuple[int, str]], brought: Collection[str], theirs: Sequence[tuple[int, str]]) -> Parted:
    """Compare the batches of both, number and mark in their order; `brought` are the marks up to which others were brought over."""
    split = 0
    for mine, other in zip(ours, theirs, strict=False):
        if mine != other:
            break
        split = mine[0]
    since = max((number for number, mark in theirs if mark in brought), default=0)
    since = max(split, since)
    missing = sum(number > since for number, _ in theirs)
    return Parted(split, since, missing, theirs[-1][1] if theirs else "")


def put_together(base: Mapping[K, Any], ours: Mapping[K, Any], theirs: Mapping[K, Any]) -> tuple[dict[K, Any], list[K]]:
    """What a record is once the changes of both are made to it, and of what both made something else; there ours stays.

    An absent key says "not there".
    """
    nothing = object()
    merged: dict[K, Any] = {}
    clashes: list[K] = []
    for key in dict.fromkeys((*ours, *theirs)):
        was, mine, other = (side.get(key, nothing) for side in (base, ours, theirs))
        kept = other if mine == was else mine
        if mine not in (was, other) and other != was:
            clashes.append(key)
        if kept is not nothing:
            merged[key] = kept
    return merged, clashes
