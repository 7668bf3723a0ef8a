"""Batches, and how much the book holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from relcli.domain.batch import Batch
from relcli.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COUNTED = {
    "contacts": tables.Contact,
    "interactions": tables.Interaction,
    "transactions": tables.Transaction,
    "referrals": tables.Referral,
    "batches": tables.Batch,
}


def counts(connection: Connection) -> dict[str, int]:
    """How many records of each noun there are."""
    return {noun: connection.execute(select(func.count()).select_from(table)).scalar_one() for noun, table in _COUNTED.items()}


def newest(connection: Connection) -> Batch | None:
    """The last write."""
    b = tables.Batch
    statement = select(col(b.id), col(b.at), col(b.actor), col(b.command), col(b.rows)).order_by(col(b.id).desc()).limit(1)
    row = connection.execute(statement).one_or_none()
    return None if row is None else Batch(row.id, row.at, row.actor, row.command, row.rows)
