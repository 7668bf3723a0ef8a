"""Who is off the agenda for a while."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from relcli.store.tables.columns import number, of_contact, whole, written_by


class Later(SQLModel, table=True):
    """Off the agenda from a day until (not including) another."""

    __tablename__ = "later"
    __table_args__ = (whole("day"), whole("until_day"), Index(None, "contact_id"))
    id: int = number()
    contact_id: int = of_contact()
    day: int
    until_day: int
    because: str = ""
    batch_id: int = written_by()
