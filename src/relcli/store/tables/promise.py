"""Promises and complaints."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from relcli.domain.promise import Closing, PromiseKind, Side
from relcli.store.tables.columns import by_value, number, of_contact, whole, written_by


class Promise(SQLModel, table=True):
    """What one side owes the other; how it stands on a day follows from its days."""

    __tablename__ = "promise"
    __table_args__ = (
        whole("made_day"),
        whole("due_day"),
        whole("closed_day"),
        CheckConstraint("length(text) > 0", name="text_set"),
        CheckConstraint("(closed_day IS NULL) = (how IS NULL)", name="closed_somehow"),
        CheckConstraint("due_day IS NOT NULL OR owed_by = 'them'", name="due_by_us"),
        CheckConstraint("kind <> 'complaint' OR owed_by = 'us'", name="complaint_ours"),
        Index(None, "contact_id"),
    )
    id: int = number()
    contact_id: int = of_contact()
    owed_by: Side = Field(sa_type=by_value(Side, "owed_by"))
    kind: PromiseKind = Field(sa_type=by_value(PromiseKind, "kind"))
    text: str
    folded: str | None = None  # only where it differs from lower(text)
    made_day: int
    due_day: int | None = None
    closed_day: int | None = None
    how: Closing | None = Field(default=None, sa_type=by_value(Closing, "how"))
    batch_id: int = written_by()
