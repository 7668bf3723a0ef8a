"""The one way to write: every insert, update and delete of a command goes through one `Writing`.

It numbers the batch, gives the ids and stamps the rows. An architecture test forbids these statements
elsewhere in the program, so that journalling a row is a matter of this module alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, select, update
from sqlmodel import SQLModel

from relcli.domain.batch import Batch
from relcli.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_CHUNK = 2000


class Writing:
    """A write transaction of one command. Reads inside it use `connection`."""

    def __init__(self, connection: Connection, *, command: str, now: datetime, actor: str) -> None:
        self.connection = connection
        self.now = now
        self._command = command
        self._actor = actor
        self._batch: int | None = None
        self._rows = 0

    @property
    def batch(self) -> int:
        """The number of this batch; taken at the first row, so that a command that changes nothing leaves none."""
        if self._batch is None:
            self._batch = self._take("batch", 1)
            row = {"id": self._batch, "at": self.now, "actor": self._actor, "command": self._command, "rows": 0}
            self.connection.execute(insert(_table(tables.Batch)).values(**row))
        return self._batch

    @property
    def written(self) -> Batch | None:
        """The batch as it stands; None while nothing was written."""
        if self._batch is None:
            return None
        return Batch(self._batch, self.now, self._actor, self._command, self._rows)

    def insert(self, model: type[SQLModel], values: Mapping[str, Any]) -> int:
        """Add one row and answer its id; for tables keyed by their content the answer is 0."""
        return self.insert_many(model, [values])[0]

    def insert_many(self, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add rows and answer their ids in order; a row that brings an `id` keeps it."""
        table = _table(model)
        stamp: dict[str, Any] = {"batch_id": self.batch} if rows and "batch_id" in table.c else {}
        ids = self._ids(table.name, rows) if "id" in table.c else [0] * len(rows)
        given = [{"id": number, **stamp} if number else stamp for number in ids]
        for start in range(0, len(rows), _CHUNK):
            part = [
                {**row, **more} for row, more in zip(rows[start : start + _CHUNK], given[start : start + _CHUNK], strict=True)
            ]
            self.connection.execute(insert(table), part)
        self._rows += len(rows)
        return ids

    def update(self, model: type[SQLModel], key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Change the named fields of the row under this key, and nothing else."""
        table = _table(model)
        stamp = {"batch_id": self.batch} if "batch_id" in table.c else {}
        self.connection.execute(update(table).where(_under(table, key)).values(**values, **stamp))
        self._rows += self.batch > 0

    def delete(self, model: type[SQLModel], key: Mapping[str, Any]) -> None:
        """Remove the rows under this key."""
        table = _table(model)
        gone = self.connection.execute(delete(table).where(_under(table, key))).rowcount
        self._rows += gone if gone and self.batch else 0

    def finish(self) -> None:
        """Write down how many rows the batch has; called once, before the commit."""
        if self._batch is not None:
            table = _table(tables.Batch)
            self.connection.execute(update(table).where(table.c.id == self._batch).values(rows=self._rows))

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
        table = _table(tables.Counter)
        return self.connection.execute(select(table.c.last).where(table.c.noun == noun)).scalar() or 0

    def _remember(self, noun: str, last: int) -> None:
        table = _table(tables.Counter)
        changed = self.connection.execute(update(table).where(table.c.noun == noun).values(last=last)).rowcount
        if not changed:
            self.connection.execute(insert(table).values(noun=noun, last=last))


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _under(table: Table, key: Mapping[str, Any]) -> Any:  # SQLAlchemy's own clause type is generic
    return and_(*(table.c[name] == value for name, value in key.items()))
