"""The book's tables, in one piece, as the schema is read: SQLModel as storage dialect, no methods, no relationships.

Table models do not validate, so every rule that must hold stands here as a named CHECK or key.
Days are whole numbers since 1970-01-01 (domain.moment.day_number), instants aware UTC, money whole
minor units. `batch_id` names the batch that last wrote the row. Ids are given by us (store.writing),
never reused, on both databases alike.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Enum, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from relcli.domain.circumstance import Factor
from relcli.domain.contact import AddressKind, Kind
from relcli.domain.initiative import Group, Outcome
from relcli.domain.interaction import Direction, Purpose
from relcli.domain.preference import PreferenceKind, Source
from relcli.domain.promise import Closing, PromiseKind, Side
from relcli.domain.survey import Tag
from relcli.domain.transaction import TransactionKind

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _by_value(enum: type[StrEnum], name: str) -> Enum:
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=24,
        values_callable=lambda members: [m.value for m in members],
    )


def _whole(column: str, least: int | None = None, most: int | None = None) -> CheckConstraint:
    """SQLite keeps text and fractions in an integer column unless a CHECK looks."""
    rule = f"{column} = CAST({column} AS BIGINT)"
    rule += "" if least is None else f" AND {column} >= {least}"
    rule += "" if most is None else f" AND {column} <= {most}"
    return CheckConstraint(rule, name=f"{column}_whole")


class Book(SQLModel, table=True):
    """One row: what is true of the whole book. `secret` keys the hashes by which the forgotten are known."""

    __tablename__ = "book"
    __table_args__ = (
        _whole("id", 1, 1),
        CheckConstraint("length(currency) = 3", name="currency_code"),
        CheckConstraint("length(timezone) > 0", name="timezone_set"),
        CheckConstraint("length(secret) >= 32", name="secret_set"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    timezone: str
    currency: str
    created: datetime
    secret: str


class Counter(SQLModel, table=True):
    """The last number given to each noun, so that ids are never reused, not even after undo."""

    __tablename__ = "counter"
    __table_args__ = (_whole("last", 0),)
    noun: str = Field(primary_key=True)
    last: int = Field(sa_type=BigInteger)


class Batch(SQLModel, table=True):
    """Everything one command wrote; never what was typed.

    `made` counts the new records by noun, as JSON: they are their own images until they are touched again.
    `undoes` is the batch an undo took back; `final` says why this one cannot be; `handed_to` whom it was for.
    """

    __tablename__ = "batch"
    __table_args__ = (_whole("rows", 0),)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    actor: str
    command: str
    rows: int = 0
    made: str = "{}"
    undoes: int | None = Field(default=None, foreign_key="batch.id")
    final: str = ""
    handed_to: str = ""


class Change(SQLModel, table=True):
    """One record that a batch changed or removed (or, undone, brought back): its image before and after, as JSON.

    An image is the record with all that belongs to it; NULL where it did not exist.
    """

    __tablename__ = "change"
    __table_args__ = (Index(None, "batch_id"), Index(None, "noun", "key"), _whole("key", 1))
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    batch_id: int = Field(foreign_key="batch.id")
    noun: str
    key: int
    before: str | None = None
    after: str | None = None


class Contact(SQLModel, table=True):
    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("length(name) > 0", name="name_set"),
        _whole("archived_day"),
        Index(None, "folded"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    code: str
    kind: Kind = Field(sa_type=_by_value(Kind, "kind"))
    name: str
    folded: str
    language: str = ""
    timezone: str = ""
    birthday: str = ""
    note: str = ""
    created: datetime
    archived_day: int | None = None
    batch_id: int = Field(foreign_key="batch.id")


class ContactRole(SQLModel, table=True):
    __tablename__ = "contact_role"
    __table_args__ = (CheckConstraint("length(role) > 0", name="role_set"), {"sqlite_with_rowid": False})
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    role: str = Field(primary_key=True)


class ContactTag(SQLModel, table=True):
    __tablename__ = "contact_tag"
    __table_args__ = (CheckConstraint("length(tag) > 0", name="tag_set"), {"sqlite_with_rowid": False})
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    tag: str = Field(primary_key=True)


class Address(SQLModel, table=True):
    """`rank` 0 is the preferred one of its kind; `key` is what is compared."""

    __tablename__ = "address"
    __table_args__ = (
        _whole("rank", 0),
        CheckConstraint("length(key) > 0", name="key_set"),
        Index(None, "kind", "key"),
        {"sqlite_with_rowid": False},
    )
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    kind: AddressKind = Field(primary_key=True, sa_type=_by_value(AddressKind, "kind"))
    key: str = Field(primary_key=True)
    rank: int
    value: str


class ExternalId(SQLModel, table=True):
    __tablename__ = "external_id"
    __table_args__ = (
        CheckConstraint("length(value) > 0", name="value_set"),
        Index(None, "contact_id"),
        {"sqlite_with_rowid": False},
    )
    source: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")


class Alias(SQLModel, table=True):
    """An id that a contact once had of its own, before it was merged: it finds the contact it became."""

    __tablename__ = "alias"
    __table_args__ = (Index(None, "contact_id"), {"sqlite_with_rowid": False})
    code: str = Field(primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", ondelete="CASCADE")


class Forgotten(SQLModel, table=True):
    """A keyed hash of something by which a forgotten contact, or a record of theirs, was known: it says nothing of itself.

    `no_contact` where they had asked for no contact under it, which we keep so as to honour it.
    """

    __tablename__ = "forgotten"
    __table_args__ = ({"sqlite_with_rowid": False},)
    digest: str = Field(primary_key=True)
    no_contact: bool = False
    batch_id: int = Field(foreign_key="batch.id")


class Employment(SQLModel, table=True):
    """Who works for which organisation, from a day, until (not including) another."""

    __tablename__ = "works_for"
    __table_args__ = (
        _whole("from_day"),
        _whole("until_day"),
        CheckConstraint("until_day IS NULL OR until_day >= from_day", name="forward"),
        CheckConstraint("person_id <> organisation_id", name="somebody_else"),
        Index(None, "organisation_id"),
        Index(None, "person_id"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    person_id: int = Field(foreign_key="contact.id")
    organisation_id: int = Field(foreign_key="contact.id")
    from_day: int | None = None
    until_day: int | None = None
    batch_id: int = Field(foreign_key="batch.id")


class Referral(SQLModel, table=True):
    """Who sent whom; a contact's first is what `introduced_by` shows."""

    __tablename__ = "referral"
    __table_args__ = (
        _whole("day"),
        CheckConstraint("from_id <> whom_id", name="somebody_else"),
        Index(None, "whom_id"),
        Index(None, "from_id"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    from_id: int = Field(foreign_key="contact.id")
    whom_id: int = Field(foreign_key="contact.id")
    day: int | None = None
    outcome: str = ""
    batch_id: int = Field(foreign_key="batch.id")


class Interaction(SQLModel, table=True):
    """One touch. `at` and `zone` only where a time was given; `key` is the import's content key."""

    __tablename__ = "interaction"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        UniqueConstraint("key"),
        _whole("day"),
        _whole("minutes", 0),
        _whole("sentiment", -2, 2),
        CheckConstraint("length(channel) > 0", name="channel_set"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    day: int
    at: datetime | None = None
    zone: str = ""
    channel: str
    direction: Direction = Field(sa_type=_by_value(Direction, "direction"))
    summary: str = ""
    folded: str | None = None  # only where it differs from lower(summary)
    minutes: int | None = None
    sentiment: int | None = None
    purpose: Purpose | None = Field(default=None, sa_type=_by_value(Purpose, "purpose"))
    source: str = ""
    external_id: str | None = None
    key: str | None = None
    batch_id: int = Field(foreign_key="batch.id")


class InteractionContact(SQLModel, table=True):
    """Who took part, with copies of day and direction: all signs of life in key order, without a join."""

    __tablename__ = "interaction_contact"
    __table_args__ = (_whole("day"), Index(None, "interaction_id"), {"sqlite_with_rowid": False})
    contact_id: int = Field(primary_key=True, foreign_key="contact.id")
    day: int = Field(primary_key=True)
    interaction_id: int = Field(primary_key=True, foreign_key="interaction.id", ondelete="CASCADE")
    direction: Direction = Field(sa_type=_by_value(Direction, "direction"))


class Transaction(SQLModel, table=True):
    __tablename__ = "transaction"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        UniqueConstraint("key"),
        _whole("day"),
        _whole("amount", 0),
        CheckConstraint("length(currency) = 3", name="currency_code"),
        Index(None, "contact_id", "day", "kind"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    contact_id: int = Field(foreign_key="contact.id")
    day: int
    at: datetime | None = None
    zone: str = ""
    kind: TransactionKind = Field(sa_type=_by_value(TransactionKind, "kind"))
    amount: int = Field(sa_type=BigInteger)
    currency: str
    item: str = ""
    folded: str | None = None  # only where it differs from lower(item)
    source: str = ""
    external_id: str | None = None
    key: str | None = None
    batch_id: int = Field(foreign_key="batch.id")


class Promise(SQLModel, table=True):
    """What one side owes the other; how it stands on a day follows from its days."""

    __tablename__ = "promise"
    __table_args__ = (
        _whole("made_day"),
        _whole("due_day"),
        _whole("closed_day"),
        CheckConstraint("length(text) > 0", name="text_set"),
        CheckConstraint("(closed_day IS NULL) = (how IS NULL)", name="closed_somehow"),
        CheckConstraint("due_day IS NOT NULL OR owed_by = 'them'", name="due_by_us"),
        CheckConstraint("kind <> 'complaint' OR owed_by = 'us'", name="complaint_ours"),
        Index(None, "contact_id"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    contact_id: int = Field(foreign_key="contact.id")
    owed_by: Side = Field(sa_type=_by_value(Side, "owed_by"))
    kind: PromiseKind = Field(sa_type=_by_value(PromiseKind, "kind"))
    text: str
    folded: str | None = None  # only where it differs from lower(text)
    made_day: int
    due_day: int | None = None
    closed_day: int | None = None
    how: Closing | None = Field(default=None, sa_type=_by_value(Closing, "how"))
    batch_id: int = Field(foreign_key="batch.id")


class Preference(SQLModel, table=True):
    """A wish of theirs. What they were seen to prefer is never stored."""

    __tablename__ = "preference"
    __table_args__ = (
        _whole("day"),
        _whole("until_day"),
        CheckConstraint("source <> 'observed'", name="said_or_thought"),
        CheckConstraint("length(words) > 0", name="words_set"),
        CheckConstraint("(kind = 'do-not-contact') = (value = '')", name="value_set"),
        CheckConstraint("until_day IS NULL OR until_day >= day - 1", name="forward"),  # ended on its own day: never held
        Index(None, "contact_id"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    contact_id: int = Field(foreign_key="contact.id")
    kind: PreferenceKind = Field(sa_type=_by_value(PreferenceKind, "kind"))
    value: str
    source: Source = Field(sa_type=_by_value(Source, "source"))
    words: str
    day: int
    at: datetime | None = None
    zone: str = ""
    until_day: int | None = None
    batch_id: int = Field(foreign_key="batch.id")


class Circumstance(SQLModel, table=True):
    """How a factor stands for their side and for ours, from a day on."""

    __tablename__ = "circumstance"
    __table_args__ = (
        _whole("day"),
        _whole("theirs", 1, 5),
        _whole("ours", 1, 5),
        CheckConstraint("theirs IS NOT NULL OR ours IS NOT NULL OR length(note) > 0", name="something_said"),
        Index(None, "contact_id"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    contact_id: int = Field(foreign_key="contact.id")
    factor: Factor = Field(sa_type=_by_value(Factor, "factor"))
    theirs: int | None = None
    ours: int | None = None
    note: str = ""
    day: int
    batch_id: int = Field(foreign_key="batch.id")


class Later(SQLModel, table=True):
    """Off the agenda from a day until (not including) another."""

    __tablename__ = "later"
    __table_args__ = (_whole("day"), _whole("until_day"), Index(None, "contact_id"))
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    contact_id: int = Field(foreign_key="contact.id")
    day: int
    until_day: int
    because: str = ""
    batch_id: int = Field(foreign_key="batch.id")


class Plan(SQLModel, table=True):
    """One version of what we mean to do for a contact: the newest counts, until (not including) a day where it was cleared."""

    __tablename__ = "plan"
    __table_args__ = (
        _whole("day"),
        _whole("due_day"),
        _whole("review_day"),
        _whole("until_day"),
        CheckConstraint("length(aim) > 0 OR length(step) > 0 OR review_day IS NOT NULL", name="something_planned"),
        CheckConstraint("(length(step) > 0) = (due_day IS NOT NULL)", name="step_due"),
        CheckConstraint("until_day IS NULL OR until_day >= day", name="forward"),
        Index(None, "contact_id"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    contact_id: int = Field(foreign_key="contact.id")
    day: int
    aim: str = ""
    step: str = ""
    due_day: int | None = None
    review_day: int | None = None
    note: str = ""
    until_day: int | None = None
    batch_id: int = Field(foreign_key="batch.id")


class Invitation(SQLModel, table=True):
    """Somebody asked to answer a survey; `reminded_day` is that of the one reminder."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("token"),
        _whole("version", 1),
        _whole("day"),
        _whole("reminded_day"),
        CheckConstraint("length(survey) > 0", name="survey_set"),
        CheckConstraint("length(token) > 0", name="token_set"),
        CheckConstraint("reminded_day IS NULL OR reminded_day >= day", name="forward"),
        Index(None, "contact_id"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    contact_id: int = Field(foreign_key="contact.id")
    survey: str
    version: int
    language: str
    token: str
    channel: str
    day: int
    at: datetime | None = None
    zone: str = ""
    reminded_day: int | None = None
    batch_id: int = Field(foreign_key="batch.id")


class Response(SQLModel, table=True):
    """One filled-in survey; nobody's where it is anonymous."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        _whole("version", 1),
        _whole("day"),
        CheckConstraint("length(survey) > 0", name="survey_set"),
        Index(None, "contact_id"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    survey: str
    version: int
    day: int
    at: datetime | None = None
    zone: str = ""
    source: str = ""
    external_id: str | None = None
    batch_id: int = Field(foreign_key="batch.id")


class Answer(SQLModel, table=True):
    """What was answered to one item, with the item as it was asked: a survey may change, an answer does not."""

    __tablename__ = "answer"
    __table_args__ = (
        _whole("place", 0),
        _whole("value"),
        _whole("low"),
        _whole("high"),
        CheckConstraint("length(item) > 0", name="item_set"),
        CheckConstraint("value IS NULL OR (value >= low AND value <= high)", name="on_its_scale"),
        CheckConstraint("value IS NOT NULL OR length(words) > 0", name="something_said"),
        {"sqlite_with_rowid": False},
    )
    response_id: int = Field(primary_key=True, foreign_key="response.id", ondelete="CASCADE")
    item: str = Field(primary_key=True)
    place: int
    tag: Tag = Field(sa_type=_by_value(Tag, "tag"))
    text: str
    value: int | None = None
    words: str = ""
    low: int = 0
    high: int = 0
    reversed: bool = False


class Initiative(SQLModel, table=True):
    """An effort and what it is to improve; what it did improve is never stored. `key` is the name as it is compared."""

    __tablename__ = "initiative"
    __table_args__ = (
        UniqueConstraint("key"),
        _whole("from_day"),
        _whole("until_day"),
        _whole("stopped_day"),
        _whole("cost", 0),
        CheckConstraint("length(name) > 0", name="name_set"),
        CheckConstraint("length(hypothesis) > 0", name="hypothesis_set"),
        CheckConstraint("until_day IS NULL OR until_day >= from_day", name="forward"),
        CheckConstraint("stopped_day IS NULL OR stopped_day >= from_day", name="stopped_forward"),
        CheckConstraint("(cost IS NULL) = (currency IS NULL)", name="cost_in_something"),
        CheckConstraint("length(currency) = 3", name="currency_code"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    key: str
    hypothesis: str
    outcome: Outcome = Field(sa_type=_by_value(Outcome, "outcome"))
    from_day: int
    until_day: int | None = None
    stopped_day: int | None = None
    cost: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    batch_id: int = Field(foreign_key="batch.id")


class Enrolment(SQLModel, table=True):
    """Somebody in an initiative; `seed` and `share` (in ten-thousandths) where a lot decided in which group."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("initiative_id", "contact_id"),
        _whole("day"),
        _whole("seed", 0),
        _whole("share", 0, 10000),
        CheckConstraint("(seed IS NULL) = (share IS NULL)", name="drawn_wholly"),
        CheckConstraint("seed IS NOT NULL OR side = 'enrolled'", name="compared_by_lot"),
        Index(None, "contact_id"),
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    contact_id: int = Field(foreign_key="contact.id")
    initiative_id: int = Field(foreign_key="initiative.id")
    side: Group = Field(sa_type=_by_value(Group, "side"))
    day: int
    stratum: str = ""
    seed: int | None = Field(default=None, sa_type=BigInteger)
    share: int | None = None
    batch_id: int = Field(foreign_key="batch.id")
