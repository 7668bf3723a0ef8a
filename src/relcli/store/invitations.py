"""Invitations in the book: written, read, and what was asked of whom last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, select
from sqlmodel import col

from relcli.domain.interaction import Direction, Purpose
from relcli.domain.invitation import Invitation
from relcli.domain.moment import Moment, day_number, day_of
from relcli.store import tables
from relcli.store.owned import rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T, R, I, P = tables.Invitation, tables.Response, tables.Interaction, tables.InteractionContact  # noqa: E741  # as in the other query modules


def add_many(writing: Writing, invitations: Sequence[tuple[Invitation, int]]) -> list[int]:
    """Write invitations, each to the contact in this row; answers their numbers."""
    return writing.insert_many(T, [_row(invitation, contact) for invitation, contact in invitations])


def remind(writing: Writing, numbers: Sequence[int], day: date) -> None:
    """Write that these were reminded."""
    writing.update_many(T, numbers, {"reminded_day": day_number(day)})


def of_survey(connection: Connection, name: str) -> list[Invitation]:
    """Everybody's invitations to one survey, in all its versions."""
    return [invitation for invitation in everything(connection) if invitation.survey == name]


def surveys(connection: Connection) -> list[str]:
    """The names of the surveys to which somebody was invited."""
    return list(connection.execute(select(col(T.survey)).distinct().order_by(col(T.survey))).scalars())


def everything(connection: Connection) -> list[Invitation]:
    """All invitations, in the order they were written."""
    return [_value(row) for row in rows(connection, T)]


def last_asked(connection: Connection, *, until: date) -> dict[int, tuple[date, str]]:
    """Row of a contact → the day they were last asked something in a survey, or answered one, and which, where that is known.

    A touch of ours for the purpose of a survey is asking, too.
    """
    end = day_number(until)
    found: dict[int, tuple[int, str]] = {}
    touch = select(col(P.contact_id), func.max(col(P.day))).join(I, col(I.id) == col(P.interaction_id))
    touch = touch.where(col(I.purpose) == Purpose.SURVEY, col(P.direction) != Direction.IN, col(P.day) <= end)
    asked: list[tuple[Any, ...]] = [(row, day, "") for row, day in connection.execute(touch.group_by(col(P.contact_id)))]
    for model, column in ((T, col(T.day)), (T, col(T.reminded_day)), (R, col(R.day))):
        who, survey = col(model.contact_id), col(model.survey)
        newest = select(who, func.max(column), survey).where(column <= end, who.is_not(None)).group_by(who, survey)
        asked += [tuple(row) for row in connection.execute(newest)]
    for row, day, name in asked:
        found[row] = max(found.get(row, (day, name)), (day, name))
    return {row: (day_of(day), survey) for row, (day, survey) in found.items()}


def _row(invitation: Invitation, contact: int) -> dict[str, Any]:
    return {
        "contact_id": contact,
        "survey": invitation.survey,
        "version": invitation.version,
        "language": invitation.language,
        "token": invitation.token,
        "channel": invitation.channel,
        "day": day_number(invitation.sent.day),
        "at": invitation.sent.at,
        "zone": invitation.sent.zone,
        "reminded_day": None if invitation.reminded is None else day_number(invitation.reminded),
    }


def _value(row: Row[Any]) -> Invitation:
    return Invitation(
        number=row.id,
        contact=row.code,
        survey=row.survey,
        version=row.version,
        language=row.language,
        token=row.token,
        channel=row.channel,
        sent=Moment(day_of(row.day), row.at, row.zone),
        reminded=None if row.reminded_day is None else day_of(row.reminded_day),
    )
