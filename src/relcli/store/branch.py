"""What was written to another copy of the book since the two parted: every record touched there, then and now.

The journal tells it: the first image from before a later batch is the record as it was when both were one; a record
without one was made since. By the mark of the batch that made it and its number a record is the same in all copies.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from relcli.store import batches, tables
from relcli.store.forgetting import ITSELF
from relcli.store.journal import NOUNS, Noun, batch_in, images

if TYPE_CHECKING:
    from sqlalchemy import Connection

B, C, O = tables.Batch, tables.Change, tables.Origin  # noqa: E741  # as in the other query modules
Image = dict[str, Any]
_MANY = 500


@dataclass(frozen=True, slots=True)
class Touched:
    """A record of one noun that later batches touched.

    `made` is the batch that made it; `base` what it was before them, None where it was not there, and then `first` what it
    was when it was made; `now` what it is, None where it was removed. `unsure`: emptied for somebody who was forgotten, so that nothing tells whether it was there.
    """

    noun: Noun
    key: int
    made: int
    base: Image | None
    first: Image | None
    now: Image | None
    unsure: bool


def marks(connection: Connection) -> list[tuple[int, str]]:
    """The batches of a book in their order: number and mark."""
    return [(row.id, row.mark) for row in connection.execute(select(col(B.id), col(B.mark)).order_by(col(B.id)))]


def brought(connection: Connection) -> set[str]:
    """The marks up to which other copies were brought over, but for what was undone."""
    rows = connection.execute(select(col(B.id), col(B.brought)).where(col(B.brought) != "")).all()
    undone = {batch.number for batch in batches.history(connection) if batch.undone_by} if rows else set()
    return {row.brought for row in rows if row.id not in undone}


def touched(connection: Connection, noun: Noun, since: int) -> Iterator[Touched]:
    """The records of a noun that batches after `since` made, changed or removed."""
    root = noun.root
    keys = set(connection.execute(select(root.c.id).where(root.c.batch_id > since)).scalars())
    later = select(col(C.key)).where(col(C.noun) == noun.name, col(C.batch_id) > since)
    keys |= set(connection.execute(later).scalars())
    final = set(connection.execute(select(col(B.id)).where(col(B.final) == ITSELF)).scalars())
    ordered = sorted(keys)
    now, told = images(connection, noun, ordered), _told(connection, noun, ordered)
    for key in ordered:
        here = json.loads(now[key]) if key in now else None
        changes = told.get(key, [])
        if here is not None and not changes and here["row"]["batch_id"] <= since:
            continue  # put back by an undo, which the journal no longer has
        made = _made(changes[0]) if changes else here["row"]["batch_id"] if here else 0
        first = next((change for change in changes if change.batch_id > since), None)
        base = json.loads(first.before) if first is not None and first.before is not None and made <= since else None
        if base is None and here is None:
            continue  # made and removed since, or blotted out
        unsure = here is not None and first is None and here["row"]["batch_id"] in final
        started = next((json.loads(change.before or change.after) for change in changes), here) if made > since else None
        yield Touched(noun, key, made, base, None if unsure else started, here, unsure)


def made_by(connection: Connection, noun: Noun, keys: Sequence[int]) -> dict[int, int]:
    """Key → the batch that made each of these records."""
    now, told = images(connection, noun, keys), _told(connection, noun, keys)
    return {
        key: _made(told[key][0]) if key in told else json.loads(now[key])["row"]["batch_id"]
        for key in keys
        if key in told or key in now
    }


def origins(connection: Connection) -> dict[tuple[str, int], tuple[str, int]]:
    """Noun and key of a record that another copy had → the mark of the batch that made it, and its number there."""
    columns = (col(O.noun), col(O.key), col(O.mark), col(O.there))
    return {(row.noun, row.key): (row.mark, row.there) for row in connection.execute(select(*columns))}


def _told(connection: Connection, noun: Noun, keys: Sequence[int]) -> dict[int, list[Any]]:
    """The images the journal has of these records, in their order; those blotted out say nothing."""
    found: dict[int, list[Any]] = defaultdict(list)
    columns = (col(C.batch_id), col(C.key), col(C.before), col(C.after))
    for start in range(0, len(keys), _MANY):
        these = (col(C.noun) == noun.name, col(C.key).in_(keys[start : start + _MANY]))
        for row in connection.execute(select(*columns).where(*these).order_by(col(C.id))):
            if row.before is not None or row.after is not None:
                found[row.key].append(row)
    return found


def _made(first: Any) -> int:
    return batch_in(first.before if first.before is not None else first.after)


def nouns() -> list[Noun]:
    """The nouns that are brought over, in the order in which they can be made; where a record came from is our own affair."""
    return [noun for noun in NOUNS.values() if noun.name not in ("origin", "setting")]
