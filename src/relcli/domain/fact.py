"""A fact: something a message may say of a contact, of us, or of what is between us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relcli.domain.wording import MONTHS, day_in_words

Value = str | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; `value` is None where the book does not know it, and `record` says how to write it down.

    `several`: it holds any number of things, and a template may go through them.
    """

    name: str
    value: Value | None
    record: str
    several: bool = False


def written(value: Value) -> str:
    """A fact as a message says it: a day with its month's name, several things one after the other."""
    if isinstance(value, date):
        return day_in_words(value)
    return value if isinstance(value, str) else "; ".join(value)


def day_and_month(month: int, day: int) -> str:
    """A day of any year, `12 April`."""
    return f"{day} {MONTHS[month - 1]}"


def first_name(name: str) -> str:
    """What a person is called by: `Ana` of "Ana Ruiz", of "Ruiz, Ana" and of "Dr. Ana Ruiz"."""
    _, comma, given = name.partition(",")
    words = (given if comma and given.strip() else name).split()
    called = [word for word in words if not word.endswith(".")]
    return (called or words or [name])[0]
