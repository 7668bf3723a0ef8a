"""Circumstances."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from relcli.domain.circumstance import Factor
from relcli.store.tables.columns import by_value, number, of_contact, whole, written_by


class Circumstance(SQLModel, table=True):
    """How a factor stands for their side and for ours, from a day on."""

    __tablename__ = "circumstance"
    __table_args__ = (
        whole("day"),
        whole("theirs", 1, 5),
        whole("ours", 1, 5),
        CheckConstraint("theirs IS NOT NULL OR ours IS NOT NULL OR length(note) > 0", name="something_said"),
        Index(None, "contact_id"),
    )
    id: int = number()
    contact_id: int = of_contact()
    factor: Factor = Field(sa_type=by_value(Factor, "factor"))
    theirs: int | None = None
    ours: int | None = None
    note: str = ""
    day: int
    batch_id: int = written_by()
