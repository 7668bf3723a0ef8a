"""Notes to oneself for a day."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from relcli.store.tables.columns import number, of_contact, whole, written_by


class Reminder(SQLModel, table=True):
    """What to think of with somebody from a day on, until it is done."""

    __tablename__ = "reminder"
    __table_args__ = (
        whole("made_day"),
        whole("due_day"),
        whole("done_day"),
        CheckConstraint("length(text) > 0", name="text_set"),
        Index(None, "contact_id"),
    )
    id: int = number()
    contact_id: int = of_contact()
    text: str
    made_day: int
    due_day: int
    done_day: int | None = None
    batch_id: int = written_by()
