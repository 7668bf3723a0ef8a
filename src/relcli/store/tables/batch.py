"""What each command wrote, and the images by which it is taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from relcli.store.tables.columns import number, whole, written_by


class Batch(SQLModel, table=True):
    """Everything one command wrote; never what was typed.

    `made` counts the new records by noun, as JSON: they are their own images until they are touched again.
    `undoes` is the batch an undo took back; `final` says why this one cannot be; `handed_to` whom it was for.
    `mark` is random: by it two copies of one book see which batches they share. `brought` is the mark of the newest batch
    of another copy whose records this one brought over.
    """

    __tablename__ = "batch"
    __table_args__ = (whole("rows", 0),)
    id: int = number()
    at: datetime
    actor: str
    command: str
    rows: int = 0
    made: str = "{}"
    undoes: int | None = Field(default=None, foreign_key="batch.id")
    final: str = ""
    handed_to: str = ""
    mark: str = ""
    brought: str = ""


class Change(SQLModel, table=True):
    """One record that a batch changed or removed (or, undone, brought back): its image before and after, as JSON.

    An image is the record with all that belongs to it; NULL where it did not exist.
    """

    __tablename__ = "change"
    __table_args__ = (Index(None, "batch_id"), Index(None, "noun", "key"), whole("key", 1))
    id: int = number()
    batch_id: int = written_by()
    noun: str
    key: int
    before: str | None = None
    after: str | None = None
