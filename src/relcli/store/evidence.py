"""What the metric reads: every touch and transaction as whole numbers, straight into arrays.

A million rows never become objects. Contacts are their row numbers, days are days since 1970-01-01.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Select, case, select
from sqlmodel import col

from relcli.domain.interaction import Direction
from relcli.domain.transaction import TransactionKind
from relcli.store import tables

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

DIRECTIONS = tuple(Direction)
KINDS = tuple(TransactionKind)


@dataclass(frozen=True, slots=True)
class Touches:
    """One entry a touch and participant, in the order of contact and day; `direction` is a place in DIRECTIONS."""

    contact: NDArray[np.int64]
    day: NDArray[np.int64]
    direction: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trades:
    """One entry a transaction, in the order of contact and day; `kind` is a place in KINDS."""

    contact: NDArray[np.int64]
    day: NDArray[np.int64]
    kind: NDArray[np.int64]


def touches(connection: Connection, *, until: int) -> Touches:
    """Every touch up to and including day `until`."""
    p = tables.InteractionContact
    code = case({member.value: place for place, member in enumerate(DIRECTIONS)}, value=col(p.direction), else_=0)
    statement = select(col(p.contact_id), col(p.day), code).where(col(p.day) <= until)
    return Touches(*_columns(connection, statement.order_by(col(p.contact_id), col(p.day), col(p.interaction_id))))


def trades(connection: Connection, *, until: int) -> Trades:
    """Every transaction up to and including day `until`."""
    t = tables.Transaction
    code = case({member.value: place for place, member in enumerate(KINDS)}, value=col(t.kind), else_=0)
    statement = select(col(t.contact_id), col(t.day), code).where(col(t.day) <= until)
    return Trades(*_columns(connection, statement.order_by(col(t.contact_id), col(t.day), col(t.kind))))


def _columns(connection: Connection, statement: Select[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    rows = connection.execute(statement)
    flat = np.fromiter(chain.from_iterable(rows.cursor if rows.cursor is not None else rows), dtype=np.int64)  # type: ignore[arg-type]  # DB-API cursors are iterable
    table = flat.reshape(-1, 3)
    return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy()
