"""Plans in the book: every version written, read in the order they were written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from relcli.domain.moment import day_number, day_of
from relcli.domain.plan import Plan
from relcli.store import tables
from relcli.store.owned import rows
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

T = tables.Plan


def add(writing: Writing, plan: Plan, contact: int) -> int:
    """Write a version of the plan for the contact in this row; answers its number."""
    days = {"day": plan.day, "due_day": plan.due, "review_day": plan.review, "until_day": plan.until}
    numbers = {name: None if day is None else day_number(day) for name, day in days.items()}
    return writing.insert(T, {"contact_id": contact, "aim": plan.aim, "step": plan.step, "note": plan.note, **numbers})


def end(writing: Writing, number: int, day: date) -> None:
    """Let a version hold until (not including) a day."""
    writing.update(T, number, {"until_day": day_number(day)})


def of_contacts(connection: Connection, contacts: Sequence[int]) -> list[Plan]:
    """Every version of any of these contacts, oldest first."""
    return [_value(row) for row in rows(connection, T, contacts=contacts)]


def everything(connection: Connection) -> list[Plan]:
    """Every version of everybody, oldest first."""
    return [_value(row) for row in rows(connection, T)]


def search(connection: Connection, text: str) -> list[Plan]:
    """The versions whose aim, step or note holds the text, accents and case aside."""
    return [plan for plan in everything(connection) if folded(text) in folded(f"{plan.aim}\n{plan.step}\n{plan.note}")]


def _value(row: Row[Any]) -> Plan:
    return Plan(
        row.id,
        row.code,
        day_of(row.day),
        row.aim,
        row.step,
        _day(row.due_day),
        _day(row.review_day),
        row.note,
        _day(row.until_day),
    )


def _day(number: int | None) -> date | None:
    return None if number is None else day_of(number)
