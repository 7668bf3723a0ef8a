"""Marks: by what a removed row is known again, and where a record came from that another copy of the book had."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import SQLModel

from relcli.store.tables.columns import number, whole, written_by


class Removed(SQLModel, table=True):
    """A keyed hash of something by which a row is known that was taken out or changed on purpose: it says nothing of itself.

    `day` is that of the removal, so that an import can name it.
    """

    __tablename__ = "removed"
    __table_args__ = (
        UniqueConstraint("digest"),
        whole("day"),
        CheckConstraint("length(digest) > 0", name="digest_set"),
    )
    id: int = number()
    digest: str
    day: int
    batch_id: int = written_by()


class Origin(SQLModel, table=True):
    """That a record was made in another copy of this book: by the batch with this `mark`, under the number `there`."""

    __tablename__ = "origin"
    __table_args__ = (
        UniqueConstraint("noun", "mark", "there"),
        whole("key", 1),
        whole("there", 1),
        CheckConstraint("length(mark) > 0", name="mark_set"),
    )
    id: int = number()
    noun: str
    key: int
    mark: str
    there: int
    batch_id: int = written_by()
