"""A fact: something a message may say of a contact, of us, or of what is between us."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from relcli.domain.wording import MONTHS, day_in_words

Value = str | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; `value` is None where nothing is known that may be said, and `record` says how to write it down.

    `several`: it holds any number of things, and a template may go through them. `hidden` is what the book has in its place
    for the owner's eyes, and `why` says why; a message says it only if that is asked for. `private`: the fact holds nothing else.
    """

    name: str
    value: Value | None
    record: str
    several: bool = False
    hidden: Value | None = None
    why: str = ""
    private: bool = False

    @property
    def unveiled(self) -> Fact:
        """The same with what is hidden as its value."""
        return replace(self, value=self.value if self.hidden is None else self.hidden, hidden=None, private=False)


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
