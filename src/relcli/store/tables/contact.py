"""Contacts, and all by which they are known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from relcli.domain.contact import AddressKind, Kind, NameKind
from relcli.store.tables.columns import by_value, number, whole, written_by


class Contact(SQLModel, table=True):
    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("length(name) > 0", name="name_set"),
        whole("archived_day"),
        Index(None, "folded"),
        Index(None, "name_key"),
    )
    id: int = number()
    code: str
    kind: Kind = Field(sa_type=by_value(Kind, "kind"))
    name: str
    folded: str
    name_key: str
    language: str = ""
    timezone: str = ""
    birthday: str = ""
    note: str = ""
    created: datetime
    archived_day: int | None = None
    batch_id: int = written_by()


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
        whole("rank", 0),
        CheckConstraint("length(key) > 0", name="key_set"),
        Index(None, "kind", "key"),
        {"sqlite_with_rowid": False},
    )
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    kind: AddressKind = Field(primary_key=True, sa_type=by_value(AddressKind, "kind"))
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


class ContactName(SQLModel, table=True):
    """A name that a contact had before, or that of somebody merged into them: it finds them still.

    `name_key` is what is compared, as in `contact`.
    """

    __tablename__ = "contact_name"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name_set"),
        Index(None, "name_key"),
        {"sqlite_with_rowid": False},
    )
    contact_id: int = Field(primary_key=True, foreign_key="contact.id", ondelete="CASCADE")
    name_key: str = Field(primary_key=True)
    name: str
    kind: NameKind = Field(sa_type=by_value(NameKind, "kind"))


class Employment(SQLModel, table=True):
    """Who works for which organisation, from a day, until (not including) another."""

    __tablename__ = "works_for"
    __table_args__ = (
        whole("from_day"),
        whole("until_day"),
        CheckConstraint("until_day IS NULL OR until_day >= from_day", name="forward"),
        CheckConstraint("person_id <> organisation_id", name="somebody_else"),
        Index(None, "organisation_id"),
        Index(None, "person_id"),
    )
    id: int = number()
    person_id: int = Field(foreign_key="contact.id")
    organisation_id: int = Field(foreign_key="contact.id")
    from_day: int | None = None
    until_day: int | None = None
    batch_id: int = written_by()


class Forgotten(SQLModel, table=True):
    """A keyed hash of something by which a forgotten contact, or a record of theirs, was known: it says nothing of itself.

    `no_contact` where they had asked for no contact under it, which we keep so as to honour it.
    """

    __tablename__ = "forgotten"
    __table_args__ = ({"sqlite_with_rowid": False},)
    digest: str = Field(primary_key=True)
    no_contact: bool = False
    batch_id: int = written_by()
