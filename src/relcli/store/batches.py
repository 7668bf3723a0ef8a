"""Batches: the history of the book, and how much it holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from relcli.domain.batch import Batch
from relcli.store import tables
from relcli.store.journal import table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

B = tables.Batch
_COUNTED: dict[str, type[SQLModel]] = {
    "contacts": tables.Contact,
    "interactions": tables.Interaction,
    "transactions": tables.Transaction,
    "promises": tables.Promise,
    "preferences": tables.Preference,
    "circumstances": tables.Circumstance,
    "laters": tables.Later,
    "plans": tables.Plan,
    "reminders": tables.Reminder,
    "invitations": tables.Invitation,
    "responses": tables.Response,
    "initiatives": tables.Initiative,
    "enrolments": tables.Enrolment,
    "referrals": tables.Referral,
    "batches": tables.Batch,
}
TABLES = {noun: str(model.__tablename__) for noun, model in _COUNTED.items()}  # the same by name


def size(connection: Connection) -> int:
    """About how many contacts, interactions and transactions there are: their highest numbers, which cost no count."""
    nouns = (tables.Contact, tables.Interaction, tables.Transaction)
    return sum(connection.execute(select(func.max(table_of(model).c.id))).scalar() or 0 for model in nouns)


def counts(connection: Connection) -> dict[str, int]:
    """How many records of each noun there are."""
    return {noun: connection.execute(select(func.count()).select_from(table)).scalar_one() for noun, table in _COUNTED.items()}


def history(connection: Connection) -> list[Batch]:
    """Every batch, newest first, with what undid what.

    A batch is undone by the newest undo of it that was not itself undone.
    """
    fields = (B.id, B.at, B.actor, B.command, B.rows, B.undoes, B.final, B.handed_to)
    rows = connection.execute(select(*(col(field) for field in fields)).order_by(col(B.id).desc())).all()
    undone_by = undone((row.id, row.undoes) for row in rows)
    return [
        Batch(
            row.id, row.at, row.actor, row.command, row.rows,
            undoes=row.undoes, undone_by=undone_by.get(row.id), final=row.final, handed_to=row.handed_to,
        )
        for row in rows
    ]  # fmt: skip


def hand_over(writing: Writing, to: str, contact: int | None) -> None:
    """Let the history keep that a copy was given away, to whom, and whose data it was where it was one contact's."""
    writing.describe(handed_to=to, final="a copy was handed over")
    if contact is not None:
        writing.about(tables.Contact, contact)


def newest(connection: Connection) -> Batch | None:
    """The last write."""
    found = history(connection)
    return found[0] if found else None


def undone(pairs: Iterable[tuple[int, int | None]]) -> dict[int, int]:
    """Batch → the undo that holds; pairs come newest first, so that an undo is judged before what it undoes."""
    undone: dict[int, int] = {}
    for number, undoes in pairs:
        if undoes is not None and number not in undone:
            undone.setdefault(undoes, number)
    return undone
