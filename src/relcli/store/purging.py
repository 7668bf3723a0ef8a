"""What undone batches left in the journal, let go of: until then it can be redone, and a person who was taken back stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlmodel import col

from relcli.store import batches, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

B, C = tables.Batch, tables.Change
WHY = "what it wrote was purged from the journal"
ITSELF = "what was purged cannot be brought back"
_AT_ONCE = 20  # undone batches that one write lets go of


@dataclass(frozen=True, slots=True)
class Undone:
    """An undo that holds and the batch it took back, and the changes of both that still have images."""

    batches: tuple[int, int]
    changes: tuple[int, ...]


def undone(connection: Connection, *, before: datetime | None = None, most: int | None = None) -> list[Undone]:
    """The undone batches of which the journal has images, oldest undo first; those undone `before` a moment, and `most` so many."""
    rows = connection.execute(
        select(col(B.id), col(B.undoes), col(B.at)).where(col(B.undoes).is_not(None)).order_by(col(B.id).desc())
    ).all()
    if not rows:
        return []
    at = {row.id: row.at for row in rows}
    holding = batches.undone((row.id, row.undoes) for row in rows)
    found: list[Undone] = []
    for number, by in sorted(holding.items(), key=lambda pair: pair[1]):
        if before is not None and at[by] >= before:
            continue
        changes = _imaged(connection, (number, by))
        if changes:
            found.append(Undone((number, by), changes))
        if most is not None and len(found) == most:
            break
    return found


def purge(writing: Writing, pairs: Iterable[Undone]) -> None:
    """Empty these images for good; the batches cannot be redone and say why."""
    for pair in pairs:
        writing.blot(pair.changes, pair.batches, [], WHY)


def purge_old(writing: Writing, before: datetime) -> None:
    """The same for a few of those that were undone before a moment."""
    purge(writing, undone(writing.connection, before=before, most=_AT_ONCE))


def _imaged(connection: Connection, numbers: tuple[int, int]) -> tuple[int, ...]:
    has = or_(col(C.before).is_not(None), col(C.after).is_not(None))
    return tuple(connection.execute(select(col(C.id)).where(col(C.batch_id).in_(numbers), has).order_by(col(C.id))).scalars())
