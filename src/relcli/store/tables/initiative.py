"""Initiatives, and who is in them."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from relcli.domain.initiative import Group, Outcome
from relcli.store.tables.columns import by_value, number, of_contact, whole, written_by


class Initiative(SQLModel, table=True):
    """An effort and what it is to improve; what it did improve is never stored. `key` is the name as it is compared."""

    __tablename__ = "initiative"
    __table_args__ = (
        UniqueConstraint("key"),
        whole("from_day"),
        whole("until_day"),
        whole("stopped_day"),
        whole("cost", 0),
        CheckConstraint("length(name) > 0", name="name_set"),
        CheckConstraint("length(hypothesis) > 0", name="hypothesis_set"),
        CheckConstraint("until_day IS NULL OR until_day >= from_day", name="forward"),
        CheckConstraint("stopped_day IS NULL OR stopped_day >= from_day", name="stopped_forward"),
        CheckConstraint("(cost IS NULL) = (currency IS NULL)", name="cost_in_something"),
        CheckConstraint("length(currency) = 3", name="currency_code"),
    )
    id: int = number()
    name: str
    key: str
    hypothesis: str
    outcome: Outcome = Field(sa_type=by_value(Outcome, "outcome"))
    from_day: int
    until_day: int | None = None
    stopped_day: int | None = None
    cost: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    batch_id: int = written_by()


class Enrolment(SQLModel, table=True):
    """Somebody in an initiative; `seed` and `share` (in ten-thousandths) where a lot decided in which group."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("initiative_id", "contact_id"),
        whole("day"),
        whole("seed", 0),
        whole("share", 0, 10000),
        CheckConstraint("(seed IS NULL) = (share IS NULL)", name="drawn_wholly"),
        CheckConstraint("seed IS NOT NULL OR side = 'enrolled'", name="compared_by_lot"),
        Index(None, "contact_id"),
    )
    id: int = number()
    contact_id: int = of_contact()
    initiative_id: int = Field(foreign_key="initiative.id")
    side: Group = Field(sa_type=by_value(Group, "side"))
    day: int
    stratum: str = ""
    seed: int | None = Field(default=None, sa_type=BigInteger)
    share: int | None = None
    batch_id: int = written_by()
