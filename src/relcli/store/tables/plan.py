"""Plans."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from relcli.store.tables.columns import number, of_contact, whole, written_by


class Plan(SQLModel, table=True):
    """One version of what we mean to do for a contact: the newest counts, until (not including) a day where it was cleared."""

    __tablename__ = "plan"
    __table_args__ = (
        whole("day"),
        whole("due_day"),
        whole("review_day"),
        whole("until_day"),
        CheckConstraint("length(aim) > 0 OR length(step) > 0 OR review_day IS NOT NULL", name="something_planned"),
        CheckConstraint("(length(step) > 0) = (due_day IS NOT NULL)", name="step_due"),
        CheckConstraint("until_day IS NULL OR until_day >= day", name="forward"),
        Index(None, "contact_id"),
    )
    id: int = number()
    contact_id: int = of_contact()
    day: int
    aim: str = ""
    step: str = ""
    due_day: int | None = None
    review_day: int | None = None
    note: str = ""
    until_day: int | None = None
    batch_id: int = written_by()
