"""The book itself, and the last numbers it gave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from relcli.store.tables.columns import number, whole, written_by


class Book(SQLModel, table=True):
    """One row: what is true of the whole book since it was made. `secret` keys the hashes by which the forgotten are known."""

    __tablename__ = "book"
    __table_args__ = (
        whole("id", 1, 1),
        CheckConstraint("length(currency) = 3", name="currency_code"),
        CheckConstraint("length(timezone) > 0", name="timezone_set"),
        CheckConstraint("length(secret) >= 32", name="secret_set"),
    )
    id: int = number()
    timezone: str
    currency: str
    created: datetime
    secret: str


class Setting(SQLModel, table=True):
    """What was set after the book was made, in the place of what its page says: its currency, its time zone."""

    __tablename__ = "setting"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("name IN ('currency', 'timezone')", name="name_known"),
        CheckConstraint("length(value) > 0", name="value_set"),
    )
    id: int = number()
    name: str
    value: str
    batch_id: int = written_by()


class Counter(SQLModel, table=True):
    """The last number given to each noun, so that ids are never reused, not even after undo."""

    __tablename__ = "counter"
    __table_args__ = (whole("last", 0),)
    noun: str = Field(primary_key=True)
    last: int = Field(sa_type=BigInteger)
