"""A batch taken back: every record it wrote is made what it was before, in a batch of its own.

The rule: each record must now be exactly what the batch left. Else a later batch touched it, and the undo is refused
with its number. Undoing an undo is the redo.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlmodel import col

from relcli.errors import Ambiguous
from relcli.store import tables
from relcli.store.journal import MARKS, NOUNS, Noun, batch_in, images

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

_MANY = 500
_CONTACT, _INITIATIVE = NOUNS["contact"], NOUNS["initiative"]


class Act(StrEnum):
    """What a batch did with a record."""

    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"


class ChangedLater(Ambiguous):
    """A later batch touched the same records."""


def undo(writing: Writing, number: int) -> None:
    """Take batch `number` back. Raises ChangedLater, naming the newest batch that stands in the way."""
    connection = writing.connection
    made = json.loads(connection.execute(select(col(tables.Batch.made)).where(col(tables.Batch.id) == number)).scalar_one())
    states = {name: _wanted(connection, noun, number, made.get(name, 0)) for name, noun in NOUNS.items()}
    writing.describe(undoes=number)
    gone = {name: {key: image for key, image in state.items() if image is None} for name, state in states.items()}
    for noun in reversed(NOUNS.values()):
        if noun is _INITIATIVE:
            _refuse_enrolled(connection, list(gone[noun.name]), number)
        if noun is not _CONTACT:
            writing.put_back(noun, gone[noun.name])
    writing.strip(_CONTACT, list(gone[_CONTACT.name]))  # names that go back to somebody else are free before
    for noun in NOUNS.values():
        writing.put_back(noun, {key: image for key, image in states[noun.name].items() if image is not None})
    _refuse_orphans(connection, list(gone[_CONTACT.name]), number)  # others let go of it before it goes
    writing.put_back(_CONTACT, gone[_CONTACT.name])


def size(connection: Connection, number: int) -> int:
    """How many records an undo of this batch would touch."""
    c = tables.Change
    own = (col(c.batch_id) == number, col(c.noun).not_in(MARKS))
    changed = connection.execute(select(func.count()).where(*own)).scalar_one()
    made = connection.execute(select(col(tables.Batch.made)).where(col(tables.Batch.id) == number)).scalar_one()
    return int(changed) + sum(int(count) for noun, count in json.loads(made).items() if noun not in MARKS)


@dataclass(frozen=True, slots=True)
class Touched:
    """A record of a batch: what the batch did with it, and its rows by table, as they were while it was there."""

    noun: str
    act: Act
    rows: dict[str, list[dict[str, Any]]]


def acts(connection: Connection, number: int) -> dict[tuple[Act, str], int]:
    """How many records of each noun the batch made, changed, removed."""
    c = tables.Change
    made = json.loads(connection.execute(select(col(tables.Batch.made)).where(col(tables.Batch.id) == number)).scalar_one())
    found = Counter({(Act.MADE, noun): count for noun, count in made.items() if noun not in MARKS})
    empty = col(c.before).is_(None), col(c.after).is_(None)
    mine = col(c.batch_id) == number, col(c.noun).not_in(MARKS)
    for noun, fresh, gone in connection.execute(select(col(c.noun), *empty).where(*mine)):
        if not (fresh and gone):
            found[Act.MADE if fresh else Act.REMOVED if gone else Act.CHANGED, noun] += 1
    return dict(found)


def touched(connection: Connection, number: int) -> list[Touched]:
    """Every record of a batch; for a batch of few records, and while it is not undone."""
    c, found = tables.Change, []
    changes = connection.execute(select(c.__table__).where(col(c.batch_id) == number)).all()  # type: ignore[attr-defined]  # SQLModel hides it
    for noun in (noun for noun in NOUNS.values() if noun.name not in MARKS):
        mine = [change for change in changes if change.noun == noun.name and (change.before or change.after)]
        own = connection.execute(select(noun.root.c.id).where(noun.root.c.batch_id == number)).scalars().all()
        made = images(connection, noun, sorted({*own} - {change.key for change in mine}))
        found += [Touched(noun.name, Act.MADE, _rows(image, noun)) for _, image in sorted(made.items())]
        for change in mine:
            act = Act.MADE if change.before is None else Act.REMOVED if change.after is None else Act.CHANGED
            found.append(Touched(noun.name, act, _rows(change.before if act is Act.REMOVED else change.after, noun)))
    return found


def _rows(image: str, noun: Noun) -> dict[str, list[dict[str, Any]]]:
    content = json.loads(image)
    return {noun.name: [content.pop("row")], **content}


def _wanted(connection: Connection, noun: Noun, number: int, made: int) -> dict[int, str | None]:
    """What each record of one noun has to become: its image from before, None where it did not exist."""
    c = tables.Change
    columns = (col(c.key), col(c.before), col(c.after))
    changes = connection.execute(select(*columns).where(col(c.batch_id) == number, col(c.noun) == noun.name)).all()
    now = images(connection, noun, [change.key for change in changes])
    for change in changes:
        if now.get(change.key) != change.after:
            raise _changed(number, _last_touch(connection, noun, [change.key]))
    touched = {change.key for change in changes}
    own = [
        key
        for key in connection.execute(select(noun.root.c.id).where(noun.root.c.batch_id == number)).scalars()
        if key not in touched
    ]
    if len(own) != made:
        raise _changed(number, _last_touch(connection, noun, _taken_over(connection, noun, number)))
    return {**{change.key: change.before for change in changes}, **dict.fromkeys(own)}


def _last_touch(connection: Connection, noun: Noun, keys: Sequence[int]) -> int:
    """The newest batch that changed or removed any of these records; 0 where none did."""
    c = tables.Change
    newest = 0
    for start in range(0, len(keys), _MANY):
        mine = (col(c.noun) == noun.name, col(c.key).in_(keys[start : start + _MANY]))
        newest = max(newest, connection.execute(select(func.max(col(c.batch_id))).where(*mine)).scalar() or 0)
    return newest


def _taken_over(connection: Connection, noun: Noun, number: int) -> list[int]:
    """The records that batch `number` had made and a later one changed or removed."""
    c = tables.Change
    later = select(col(c.key), col(c.before)).where(
        col(c.noun) == noun.name, col(c.batch_id) > number, col(c.before).is_not(None)
    )
    return [row.key for row in connection.execute(later) if batch_in(row.before) == number]


def _refuse_enrolled(connection: Connection, keys: Sequence[int], number: int) -> None:
    """An initiative in which somebody is cannot go."""
    if user := _using(connection, tables.Enrolment, "initiative_id", keys):
        raise _changed(number, user)


def _refuse_orphans(connection: Connection, keys: Sequence[int], number: int) -> None:
    """A contact that later records refer to cannot go."""
    for start in range(0, len(keys), _MANY):
        part = list(keys[start : start + _MANY])
        users = [_using(connection, table, column, part) for table, column in _REFERENCES]
        users.append(_sharing(connection, part))
        if any(users):
            raise _changed(number, max(users))


_REFERENCES: tuple[tuple[Any, str], ...] = (
    (tables.Transaction, "contact_id"),
    (tables.Referral, "from_id"),
    (tables.Referral, "whom_id"),
    (tables.Employment, "person_id"),
    (tables.Employment, "organisation_id"),
    (tables.Promise, "contact_id"),
    (tables.Preference, "contact_id"),
    (tables.Circumstance, "contact_id"),
    (tables.Later, "contact_id"),
    (tables.Plan, "contact_id"),
    (tables.Reminder, "contact_id"),
    (tables.Response, "contact_id"),
    (tables.Enrolment, "contact_id"),
)


def _using(connection: Connection, model: Any, column: str, keys: Sequence[int]) -> int:
    statement = select(func.max(col(model.batch_id))).where(col(getattr(model, column)).in_(keys))
    return int(connection.execute(statement).scalar() or 0)


def _sharing(connection: Connection, keys: Sequence[int]) -> int:
    t, p = tables.Interaction, tables.InteractionContact
    statement = select(func.max(col(t.batch_id))).join(p, col(p.interaction_id) == col(t.id)).where(col(p.contact_id).in_(keys))
    return int(connection.execute(statement).scalar() or 0)


def _changed(number: int, later: int) -> ChangedLater:
    if not later:
        return ChangedLater(f"batch {number} cannot be undone: its records are not as it left them", "see: relcli book history")
    return ChangedLater(
        f"batch {number} cannot be undone: batch {later} changed the same records", f"first: relcli book undo {later}"
    )
