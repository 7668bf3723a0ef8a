"""Initiatives and who is in them: written, and read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select
from sqlmodel import col

from relcli.domain.initiative import Enrolment, Initiative
from relcli.domain.moment import day_number, day_of
from relcli.domain.money import Money
from relcli.store import tables
from relcli.store.owned import rows
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T, E = tables.Initiative, tables.Enrolment


def add(writing: Writing, initiative: Initiative) -> int:
    """Write a new initiative; answers its number."""
    return writing.insert(T, {
        "name": initiative.name,
        "key": folded(initiative.name),
        "hypothesis": initiative.hypothesis,
        "outcome": initiative.outcome,
        "from_day": day_number(initiative.begins),
        "until_day": None if initiative.until is None else day_number(initiative.until),
        "cost": None if initiative.cost is None else initiative.cost.minor,
        "currency": None if initiative.cost is None else initiative.cost.currency,
    })  # fmt: skip


def stop(writing: Writing, number: int, day: date) -> None:
    """Write that it ended on that day."""
    writing.update(T, number, {"stopped_day": day_number(day)})


def enroll(writing: Writing, enrolments: Sequence[tuple[Enrolment, int]]) -> list[int]:
    """Write who is in it, each with the row of the contact; answers their numbers."""
    return writing.insert_many(E, [_row(enrolment, contact) for enrolment, contact in enrolments])


def everything(connection: Connection) -> list[Initiative]:
    """All initiatives, in the order they were started."""
    found = connection.execute(select(T.__table__).order_by(col(T.id))).all()  # type: ignore[attr-defined]  # SQLModel hides it
    return [_value(row) for row in found]


def named(connection: Connection, name: str) -> Initiative | None:
    """The one of that name, accents and case aside."""
    return next((one for one in everything(connection) if folded(one.name) == folded(name)), None)


def search(connection: Connection, text: str) -> list[Initiative]:
    """Those whose name or hypothesis holds the text, accents and case aside."""
    return [one for one in everything(connection) if folded(text) in folded(f"{one.name}\n{one.hypothesis}")]


def enrolments(connection: Connection, initiative: int | None = None) -> list[Enrolment]:
    """Who is in it, in the order they came; in any of them where none is named."""
    found = [_enrolment(row) for row in rows(connection, E)]
    return [one for one in found if initiative in (None, one.initiative)]


def _row(enrolment: Enrolment, contact: int) -> dict[str, Any]:
    return {
        "contact_id": contact,
        "initiative_id": enrolment.initiative,
        "side": enrolment.group,
        "day": day_number(enrolment.day),
        "stratum": enrolment.stratum,
        "seed": enrolment.seed,
        "share": enrolment.share,
    }


def _value(row: Row[Any]) -> Initiative:
    return Initiative(
        number=row.id,
        name=row.name,
        hypothesis=row.hypothesis,
        outcome=row.outcome,
        begins=day_of(row.from_day),
        until=None if row.until_day is None else day_of(row.until_day),
        stopped=None if row.stopped_day is None else day_of(row.stopped_day),
        cost=None if row.cost is None else Money(row.cost, row.currency),
    )


def _enrolment(row: Row[Any]) -> Enrolment:
    return Enrolment(row.id, row.initiative_id, row.code, row.side, day_of(row.day), row.stratum, row.seed, row.share)
