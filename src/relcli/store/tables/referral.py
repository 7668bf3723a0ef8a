"""Who sent whom."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from relcli.store.tables.columns import number, whole, written_by


class Referral(SQLModel, table=True):
    """Who sent whom; a contact's first is what `introduced_by` shows."""

    __tablename__ = "referral"
    __table_args__ = (
        whole("day"),
        CheckConstraint("from_id <> whom_id", name="somebody_else"),
        Index(None, "whom_id"),
        Index(None, "from_id"),
    )
    id: int = number()
    from_id: int = Field(foreign_key="contact.id")
    whom_id: int = Field(foreign_key="contact.id")
    day: int | None = None
    outcome: str = ""
    batch_id: int = written_by()
