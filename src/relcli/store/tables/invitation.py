"""Who was asked to answer a survey."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from relcli.store.tables.columns import number, of_contact, whole, written_by


class Invitation(SQLModel, table=True):
    """Somebody asked to answer a survey; `reminded_day` is that of the one reminder."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("token"),
        whole("version", 1),
        whole("day"),
        whole("reminded_day"),
        CheckConstraint("length(survey) > 0", name="survey_set"),
        CheckConstraint("length(token) > 0", name="token_set"),
        CheckConstraint("reminded_day IS NULL OR reminded_day >= day", name="forward"),
        Index(None, "contact_id"),
    )
    id: int = number()
    contact_id: int = of_contact()
    survey: str
    version: int
    language: str
    token: str
    channel: str
    day: int
    at: datetime | None = None
    zone: str = ""
    reminded_day: int | None = None
    batch_id: int = written_by()
