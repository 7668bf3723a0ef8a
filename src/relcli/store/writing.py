"""The one way to write: every insert, update and delete of a command goes through one `Writing`.

It numbers the batch, gives the ids, stamps the records and journals them: a record changed or removed leaves its
image before and after (store.journal), a new one is its own image and is only counted. An architecture test
forbids these statements elsewhere in the program.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, select, true, update
from sqlmodel import SQLModel

from relcli.domain.batch import Batch
from relcli.store import tables
from relcli.store.journal import MARKS, NOUNS, OWNERS, Noun, images, rows_of, table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_CHUNK = 2000
_MANY = 500


class Writing:
    """A write transaction of one command. Reads inside it use `connection`."""

    def __init__(self, connection: Connection, *, command: str, now: datetime, actor: str) -> None:
        self.connection = connection
        self.now = now
        self._batch_row: dict[str, Any] = {"at": now, "actor": actor, "command": command, "rows": 0}
        self._batch: int | None = None
        self._rows = 0
        self._made: dict[str, set[int]] = defaultdict(set)
        self._before: dict[tuple[str, int], str | None] = {}
        self._about: set[tuple[str, int]] = set()

    @property
    def batch(self) -> int:
        """The number of this batch; taken at the first row, so that a command that changes nothing leaves none."""
        if self._batch is None:
            self._batch = self._take("batch", 1)
            row = {**self._batch_row, "mark": secrets.token_hex(8)}
            self.connection.execute(insert(table_of(tables.Batch)).values(id=self._batch, **row))
        return self._batch

    @property
    def written(self) -> Batch | None:
        """The batch as it stands; None while nothing was written."""
        if self._batch is None:
            return None
        row = self._batch_row
        return Batch(self._batch, self.now, row["actor"], row["command"], self._rows)

    def is_new(self, model: type[SQLModel], number: int) -> bool:
        """Whether this very batch made the record."""
        return number in self._made[table_of(model).name]

    def describe(self, **facts: Any) -> None:
        """Say more of the batch, and open it: `undoes`, `final`, `handed_to`."""
        self._batch_row |= facts
        batch = table_of(tables.Batch)
        self.connection.execute(update(batch).where(batch.c.id == self.batch).values(**facts))

    def about(self, model: type[SQLModel], number: int) -> None:
        """Note that this batch concerns a record which it leaves as it is."""
        self._about.add((table_of(model).name, number))

    def insert(self, model: type[SQLModel], values: Mapping[str, Any]) -> int:
        """Add one row and answer its id; for tables keyed by their content the answer is 0."""
        return self.insert_many(model, [values])[0]

    def insert_many(self, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add rows and answer their ids in order; a row that brings an `id` keeps it."""
        table = table_of(model)
        if table.name in OWNERS:
            noun, column = OWNERS[table.name]
            self._touch(noun, [row[column] for row in rows])
        stamp: dict[str, Any] = {"batch_id": self.batch} if rows and "batch_id" in table.c else {}
        ids = self._ids(table.name, rows) if "id" in table.c else [0] * len(rows)
        self._add(table, [{**row, **stamp, **({"id": n} if n else {})} for row, n in zip(rows, ids, strict=True)])
        if table.name in NOUNS:
            self._made[table.name].update(ids)
        self._rows += len(rows) * (table.name not in MARKS)
        return ids

    def update(self, model: type[SQLModel], number: int, values: Mapping[str, Any]) -> None:
        """Change the named fields of the record with this number, and nothing else."""
        noun = NOUNS[table_of(model).name]
        self._touch(noun, [number])
        self.connection.execute(update(noun.root).where(noun.root.c.id == number).values(**values))
        self._rows += 1

    def update_many(self, model: type[SQLModel], numbers: Sequence[int], values: Mapping[str, Any]) -> None:
        """Change the named fields of all these records to the same values."""
        noun = NOUNS[table_of(model).name]
        self._touch(noun, numbers)
        for start in range(0, len(numbers), _MANY):
            these = noun.root.c.id.in_(numbers[start : start + _MANY])
            self.connection.execute(update(noun.root).where(these).values(**values))
        self._rows += len(numbers)

    def delete_many(self, model: type[SQLModel], owners: Sequence[int], key: Mapping[str, Any]) -> None:
        """Remove the rows under this key from all these records; the table is one whose rows belong to records."""
        table = table_of(model)
        noun, column = OWNERS[table.name]
        self._touch(noun, owners)
        under = and_(*(table.c[name] == value for name, value in key.items()))
        for start in range(0, len(owners), _MANY):
            these = table.c[column].in_(owners[start : start + _MANY])
            self._rows += self.connection.execute(delete(table).where(these, under)).rowcount

    def delete(self, model: type[SQLModel], key: Mapping[str, Any]) -> None:
        """Remove the rows under this key: a record by its `id`, or what belongs to a record."""
        table = table_of(model)
        noun, column = OWNERS.get(table.name) or (NOUNS[table.name], "id")
        self._touch(noun, [key[column]])
        under = and_(*(table.c[name] == value for name, value in key.items()))
        self._rows += self.connection.execute(delete(table).where(under)).rowcount * (table.name not in MARKS)

    def put_back(self, noun: Noun, state: Mapping[int, str | None]) -> None:
        """Make records exactly what their images say, batch and all; None removes them. Counted and journalled."""
        keys = list(state)
        self._touch(noun, keys, stamp=False)
        here = {key for key in keys if self._before[noun.name, key] is not None}
        self._clear(noun, [key for key in keys if state[key] is None], [key for key in keys if state[key] is not None])
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for key, image in state.items():
            for table, content in rows_of(noun, image) if image is not None else ():
                if table is noun.root and key in here:  # others may point at it, so it is never away
                    self.connection.execute(update(table).where(table.c.id == key).values(**content[0]))
                else:
                    rows[table.name] += content
        for table in (noun.root, *(satellite for satellite, _ in noun.satellites)):  # a row before what points at it
            self._add(table, rows[table.name])
        self._rows += len(keys) * (noun.name not in MARKS)

    def strip(self, noun: Noun, keys: Sequence[int]) -> None:
        """Remove all that belongs to these records, and keep the records themselves."""
        self._touch(noun, keys, stamp=False)
        self._clear(noun, [], keys)

    def erase(self, table: Table, column: str, numbers: Sequence[int]) -> None:
        """Remove rows for good: no image of them is left. A record, named by its `id`, takes along what belongs to it."""
        if table.name in NOUNS and column == "id":
            self._clear(NOUNS[table.name], numbers, [])
        else:
            self._remove(table, column, numbers)
        self._rows += len(numbers)

    def overwrite(self, table: Table, numbers: Sequence[int], values: Mapping[str, Any]) -> None:
        """Change records for good: no image of what they were is left."""
        for start in range(0, len(numbers), _MANY):
            these = table.c.id.in_(numbers[start : start + _MANY])
            self.connection.execute(update(table).where(these).values(**values, batch_id=self.batch))
        self._rows += len(numbers)

    def blot(self, changes: Sequence[int], batches: Sequence[int], handed: Sequence[int], why: str) -> None:
        """Make these images of the journal empty, these batches final for this reason, and silent about whom these were for."""
        change, batch = table_of(tables.Change), table_of(tables.Batch)
        for table, numbers, under, values in (
            (change, changes, true(), {"before": None, "after": None}),
            (batch, batches, batch.c.final == "", {"final": why}),
            (batch, handed, true(), {"handed_to": ""}),
        ):
            for start in range(0, len(numbers), _MANY):
                these = table.c.id.in_(numbers[start : start + _MANY])
                self.connection.execute(update(table).where(these, under).values(**values))

    def finish(self) -> None:
        """Write the journal and the counts; called once, before the commit."""
        if self._batch is None:
            return
        changes = []
        for noun in NOUNS.values():
            keys = sorted(key for name, key in self._before if name == noun.name)
            after = images(self.connection, noun, keys)
            changes += [
                {"batch_id": self._batch, "noun": noun.name, "key": key, "before": before, "after": after.get(key)}
                for key in keys
                if (before := self._before[noun.name, key]) != after.get(key)
            ]
        empty = {"batch_id": self._batch, "before": None, "after": None}
        changes += [{**empty, "noun": noun, "key": key} for noun, key in sorted(self._about)]
        if changes:
            first = self._take("change", len(changes))
            self._add(table_of(tables.Change), [{"id": first + i, **change} for i, change in enumerate(changes)])
        made = json.dumps({noun: len(keys) for noun, keys in sorted(self._made.items()) if keys})
        batch = table_of(tables.Batch)
        self.connection.execute(update(batch).where(batch.c.id == self._batch).values(rows=self._rows, made=made))

    def _touch(self, noun: Noun, keys: Iterable[int], *, stamp: bool = True) -> None:
        """Keep what records were before this batch first changes them; new ones have no before."""
        fresh = sorted({k for k in keys if k not in self._made[noun.name] and (noun.name, k) not in self._before})
        if not fresh:
            return
        before = images(self.connection, noun, fresh)
        self._before |= {(noun.name, key): before.get(key) for key in fresh}
        for start in range(0, len(fresh) if stamp else 0, _MANY):
            these = noun.root.c.id.in_(fresh[start : start + _MANY])
            self.connection.execute(update(noun.root).where(these).values(batch_id=self.batch))

    def _clear(self, noun: Noun, gone: Sequence[int], kept: Sequence[int]) -> None:
        """Remove records, and of those kept all that belongs to them."""
        for table, column in noun.satellites:
            self._remove(table, column, [*gone, *kept])
        self._remove(noun.root, "id", gone)

    def _remove(self, table: Table, column: str, keys: Sequence[int]) -> None:
        for start in range(0, len(keys), _MANY):
            self.connection.execute(delete(table).where(table.c[column].in_(keys[start : start + _MANY])))

    def _add(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        for start in range(0, len(rows), _CHUNK):
            self.connection.execute(insert(table), [dict(row) for row in rows[start : start + _CHUNK]])

    def _ids(self, noun: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Ids for rows: those they bring, which are never given again, else the next free ones."""
        brought = [int(row.get("id", 0)) for row in rows]
        most = max(brought, default=0)
        if most > self._last(noun):
            self._remember(noun, most)
        free = brought.count(0)
        following = self._take(noun, free) if free else 0
        ids = []
        for number in brought:
            ids.append(number or following)
            following += not number
        return ids

    def _take(self, noun: str, count: int) -> int:
        last = self._last(noun)
        self._remember(noun, last + count)
        return last + 1

    def _last(self, noun: str) -> int:
        table = table_of(tables.Counter)
        return self.connection.execute(select(table.c.last).where(table.c.noun == noun)).scalar() or 0

    def _remember(self, noun: str, last: int) -> None:
        table = table_of(tables.Counter)
        changed = self.connection.execute(update(table).where(table.c.noun == noun).values(last=last)).rowcount
        if not changed:
            self.connection.execute(insert(table).values(noun=noun, last=last))
