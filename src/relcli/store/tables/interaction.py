"""Touches, and who took part."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from relcli.domain.interaction import Direction, Purpose
from relcli.store.tables.columns import by_value, number, whole, written_by


class Interaction(SQLModel, table=True):
    """One touch. `at` and `zone` only where a time was given; `key` is the import's content key."""

    __tablename__ = "interaction"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        UniqueConstraint("key"),
        whole("day"),
        whole("minutes", 0),
        whole("sentiment", -2, 2),
        CheckConstraint("length(channel) > 0", name="channel_set"),
    )
    id: int = number()
    day: int
    at: datetime | None = None
    zone: str = ""
    channel: str
    direction: Direction = Field(sa_type=by_value(Direction, "direction"))
    summary: str = ""
    say: str | None = None  # what of it may be said to them; the summary is for the owner alone
    folded: str | None = None  # of summary and say, only where it differs from lower(summary)
    minutes: int | None = None
    sentiment: int | None = None
    purpose: Purpose | None = Field(default=None, sa_type=by_value(Purpose, "purpose"))
    source: str = ""
    external_id: str | None = None
    key: str | None = None
    batch_id: int = written_by()


class InteractionContact(SQLModel, table=True):
    """Who took part, with copies of day and direction: all signs of life in key order, without a join."""

    __tablename__ = "interaction_contact"
    __table_args__ = (whole("day"), Index(None, "interaction_id"), {"sqlite_with_rowid": False})
    contact_id: int = Field(primary_key=True, foreign_key="contact.id")
    day: int = Field(primary_key=True)
    interaction_id: int = Field(primary_key=True, foreign_key="interaction.id", ondelete="CASCADE")
    direction: Direction = Field(sa_type=by_value(Direction, "direction"))
