"""Sales and purchases, and what went back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from relcli.domain.transaction import TransactionKind
from relcli.store.tables.columns import by_value, number, of_contact, whole, written_by


class Transaction(SQLModel, table=True):
    __tablename__ = "transaction"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        UniqueConstraint("key"),
        whole("day"),
        whole("amount", 0),
        CheckConstraint("length(currency) = 3", name="currency_code"),
        Index(None, "contact_id", "day", "kind"),
    )
    id: int = number()
    contact_id: int = of_contact()
    day: int
    at: datetime | None = None
    zone: str = ""
    kind: TransactionKind = Field(sa_type=by_value(TransactionKind, "kind"))
    amount: int = Field(sa_type=BigInteger)
    currency: str
    item: str = ""
    folded: str | None = None  # only where it differs from lower(item)
    source: str = ""
    external_id: str | None = None
    key: str | None = None
    batch_id: int = written_by()
