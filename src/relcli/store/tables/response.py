"""Answers to surveys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from relcli.domain.survey import Tag
from relcli.store.tables.columns import by_value, number, whole, written_by


class Response(SQLModel, table=True):
    """One filled-in survey; nobody's where it is anonymous."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        whole("version", 1),
        whole("day"),
        CheckConstraint("length(survey) > 0", name="survey_set"),
        Index(None, "contact_id"),
    )
    id: int = number()
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    survey: str
    version: int
    day: int
    at: datetime | None = None
    zone: str = ""
    source: str = ""
    external_id: str | None = None
    batch_id: int = written_by()


class Answer(SQLModel, table=True):
    """What was answered to one item, with the item as it was asked: a survey may change, an answer does not."""

    __tablename__ = "answer"
    __table_args__ = (
        whole("place", 0),
        whole("value"),
        whole("low"),
        whole("high"),
        CheckConstraint("length(item) > 0", name="item_set"),
        CheckConstraint("value IS NULL OR (value >= low AND value <= high)", name="on_its_scale"),
        CheckConstraint("value IS NOT NULL OR length(words) > 0", name="something_said"),
        {"sqlite_with_rowid": False},
    )
    response_id: int = Field(primary_key=True, foreign_key="response.id", ondelete="CASCADE")
    item: str = Field(primary_key=True)
    place: int
    tag: Tag = Field(sa_type=by_value(Tag, "tag"))
    text: str
    value: int | None = None
    words: str = ""
    low: int = 0
    high: int = 0
    reversed: bool = False
