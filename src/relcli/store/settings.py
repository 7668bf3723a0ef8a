"""What binds a whole book, set after it was made: its currency and its time zone. Records keep the day they have."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import SQLModel, col

from relcli.domain.currency import NO_CURRENCY
from relcli.domain.moment import day_number, zone_of
from relcli.domain.money import Money, restated
from relcli.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

_S, _T, _I, _C = tables.Setting, tables.Transaction, tables.Initiative, tables.Change


def put(writing: Writing, name: str, value: str) -> None:
    """Let the book have this `currency` or `timezone` from now on."""
    there = writing.connection.execute(select(col(_S.id)).where(col(_S.name) == name)).scalar()
    if there is None:
        writing.insert(_S, {"name": name, "value": value})
    else:
        writing.update(_S, there, {"value": value})


def give_currency(writing: Writing, currency: str) -> int:
    """Let amounts without a currency be in this one, figure by figure; answers how many. Raises ValueError as `restated`."""
    done = 0
    for model, amount in ((_T, "amount"), (_I, "cost")):
        columns = (col(model.id), col(getattr(model, amount)))
        for number, minor in writing.connection.execute(select(*columns).where(col(model.currency) == NO_CURRENCY)).all():
            figure = restated(Money(minor, NO_CURRENCY), currency)
            writing.update(model, number, {amount: figure.minor, "currency": currency})
            done += 1
    return done


def former_currencies(connection: Connection) -> list[str]:
    """The currencies the book had before the one it has now."""
    began = connection.execute(select(col(tables.Book.currency))).scalar_one()
    now = connection.execute(select(col(_S.value)).where(col(_S.name) == "currency")).scalar() or began
    changes = connection.execute(select(col(_C.before), col(_C.after)).where(col(_C.noun) == _S.__tablename__)).all()
    rows = [json.loads(image)["row"] for change in changes for image in change if image]
    return sorted({began, *(row["value"] for row in rows if row["name"] == "currency")} - {now})


def on_another_day(connection: Connection, zone: str) -> int:
    """How many records with an instant would have another day in this zone than the one they keep."""
    there, room = zone_of(zone), timedelta(days=1)
    return sum(
        datetime.min.replace(tzinfo=UTC) + room < row.at < datetime.max.replace(tzinfo=UTC) - room
        and day_number(row.at.astimezone(there).date()) != row.day
        for table in SQLModel.metadata.sorted_tables
        if {"at", "zone", "day"} <= set(table.c.keys())
        for row in connection.execute(select(table.c.day, table.c.at).where(table.c.at.is_not(None)))
    )
