"""Records picked out of all: by whose they are, by day, by role and tag; the newest first.

A record counts for its contact and, again, for the organisation that contact worked for on that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, or_, select, union_all
from sqlmodel import col

from relcli.store import tables

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Mapped

E = tables.Employment


@dataclass(frozen=True, slots=True)
class Pick:
    """What is wanted; None and empty mean "any".

    `contact` is a row, the days are inclusive. `roles` and `tags` are to be had all by one contact, who need not be
    `contact`.
    """

    contact: int | None = None
    since: int | None = None
    until: int | None = None
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    top: int | None = None


def narrowed(
    statement: Select[Any],
    pick: Pick,
    record: type[tables.Interaction | tables.Transaction],
    *,
    number: int,  # columns, which SQLModel gives the type of what they hold
    contact: int,
    day: int,
) -> Select[Any]:
    """The statement over `record` with only what is picked; `number`, `contact`, `day` are the columns that say whose."""
    r, key = record, col(record.id)
    if pick.since is not None:
        statement = statement.where(col(r.day) >= pick.since)
    if pick.until is not None:
        statement = statement.where(col(r.day) <= pick.until)
    statement = of_whom(statement, pick, key, number=number, contact=contact, day=day)
    if pick.top is not None:  # in the order in which they are given out: a day comes before its hours
        newest = (col(r.day).desc(), col(r.at).is_(None), col(r.at).desc(), key.desc())
        statement = statement.order_by(*newest).limit(pick.top)
    return statement


def of_whom(statement: Select[Any], pick: Pick, key: Mapped[int], *, number: int, contact: int | None, day: int) -> Select[Any]:
    """The statement with only the records, by their `key`, of those who are picked; the columns are those of `narrowed`.

    A record that is nobody's (its contact is NULL) is picked only where anybody's are.
    """
    if pick.contact is not None:
        counted, who = _counted(number, contact, day)
        statement = statement.where(key.in_(select(counted).where(who == pick.contact)))
    if pick.roles or pick.tags:
        counted, who = _counted(number, contact, day)
        role, tag = tables.ContactRole, tables.ContactTag
        groups = [select(col(role.contact_id)).where(col(role.role) == word) for word in pick.roles]
        groups += [select(col(tag.contact_id)).where(col(tag.tag) == word) for word in pick.tags]
        statement = statement.where(key.in_(select(counted).where(*(who.in_(group) for group in groups))))
    return statement


def employed(contact: Any, day: Any) -> tuple[ColumnElement[bool], ...]:
    """What joins the contact of a record with the organisation they worked for on its day; both are columns."""
    return (
        col(E.person_id) == col(contact),
        or_(col(E.from_day).is_(None), col(E.from_day) <= col(day)),
        or_(col(E.until_day).is_(None), col(E.until_day) > col(day)),
    )


def _counted(number: int, contact: int | None, day: int) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Each record's number, and everybody for whom it counts."""
    own = select(col(number), col(contact))
    staff = select(col(number), col(E.organisation_id)).where(*employed(contact, day))
    both = union_all(own, staff).subquery()
    return both.c[0], both.c[1]
