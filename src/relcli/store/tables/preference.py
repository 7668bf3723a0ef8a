"""Wishes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from relcli.domain.preference import PreferenceKind, Source
from relcli.store.tables.columns import by_value, number, of_contact, whole, written_by


class Preference(SQLModel, table=True):
    """A wish of theirs. What they were seen to prefer is never stored."""

    __tablename__ = "preference"
    __table_args__ = (
        whole("day"),
        whole("until_day"),
        CheckConstraint("source <> 'observed'", name="said_or_thought"),
        CheckConstraint("length(words) > 0", name="words_set"),
        CheckConstraint("(kind = 'do-not-contact') = (value = '')", name="value_set"),
        CheckConstraint("until_day IS NULL OR until_day >= day - 1", name="forward"),  # ended on its own day: never held
        Index(None, "contact_id"),
    )
    id: int = number()
    contact_id: int = of_contact()
    kind: PreferenceKind = Field(sa_type=by_value(PreferenceKind, "kind"))
    value: str
    source: Source = Field(sa_type=by_value(Source, "source"))
    words: str
    day: int
    at: datetime | None = None
    zone: str = ""
    until_day: int | None = None
    batch_id: int = written_by()
