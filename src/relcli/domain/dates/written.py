"""A day of the calendar as it is written, in numbers or with the month's name: every reading it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from relcli.domain.dates.order import Order
from relcli.domain.dates.words import MONTH, WEEKDAY, month_of, weekday_of

_NAMES = "January February March April May June July August September October November December".split()
_DAY = r"(?P<d>\d{1,2})(?P<th>st|nd|rd|th|[ºª°])?\.?"
_YEAR = r"(?P<y>\d{4}|'?\d{2})"
_GAP = r"(?: ?[./-] ?| )"
_NAMED = (
    (Order.DMY, re.compile(rf"(?:the )?{_DAY}(?:{_GAP}|)(?:of )?(?P<m>{MONTH})(?:{_GAP}?{_YEAR})?")),
    (Order.MDY, re.compile(rf"(?P<m>{MONTH})(?:{_GAP}|)(?:the )?{_DAY}(?:{_GAP}{_YEAR})?")),
    (Order.YMD, re.compile(rf"(?P<y>\d{{4}}){_GAP}?(?P<m>{MONTH}){_GAP}?{_DAY}")),
    (Order.YMD, re.compile(rf"(?P<y>\d{{2}}){_GAP}(?P<m>{MONTH}){_GAP}(?P<d>\d{{2}})(?P<th>)")),
)
_THREE = re.compile(r"(\d{1,4})(?P<s>[./-])(\d{1,2})(?P=s)(\d{1,4})")
_THREE_DOTS = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})")
_TWO = re.compile(r"(\d{1,2})(?P<s>[./-])(\d{1,2})(?P<end>\.?)")
_TWO_DOTS = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.")
_WITH_WEEKDAY = re.compile(rf"(?:on )?(?:(?P<w>{WEEKDAY}) )?(?:on )?(?P<rest>.+)")


@dataclass(frozen=True, slots=True)
class Written:
    """A day as written. `year` is None where none was; `short` says that it had two digits."""

    month: int
    day: int
    year: int | None = None
    short: bool = False
    weekday: int | None = None

    def __str__(self) -> str:
        return f"{self.day} {_NAMES[self.month - 1]}" + (f" {self.year}" if self.year else "")

    @property
    def on(self) -> date | None:
        """The day itself, None without a year and where the calendar lacks it."""
        return _real(self.year, self.month, self.day) if self.year is not None else None

    def exists(self) -> bool:
        """Whether the calendar has this day (without a year: in some year)."""
        return (_real(2000, self.month, self.day) if self.year is None else self.on) is not None


def written(text: str, order: Order | None, *, strict: bool = False) -> frozenset[Written]:
    """Every reading of a canonical text as a day; `order` decides where day, month and year could change places.

    Dots are day first, four digits in front are a year, whatever the order is. `14/11/2026` has one reading, also where the
    order is MDY; `strict`, for a column of a table, does not take it. A 31 November is a reading, though the calendar lacks it:
    `31-11-26` is a slip for some other day of that month, not the 26th of November 2031.
    """
    shapes = _shapes(text)
    ordered = frozenset(reading for kind, reading in shapes if kind is order)
    if ordered or (strict and order in _kinds(text)):
        return ordered
    return frozenset(reading for _, reading in shapes)


def orders(text: str) -> frozenset[Order]:
    """The orders that can read a canonical text as a day; all of them where its form leaves no choice."""
    readable = frozenset(kind for kind, reading in _shapes(text) if reading.exists())
    return frozenset(Order) if readable and len(_kinds(text)) == 1 else readable


def _shapes(text: str) -> list[tuple[Order, Written]]:
    """What each order makes of the text: a month of the twelve, a day of thirty-one, the weekday that was told."""
    found = _WITH_WEEKDAY.fullmatch(text)
    if not found:
        return []
    weekday = weekday_of(found.group("w")) if found.group("w") else None
    readings = [
        (order, Written(month, day, year, short, weekday))
        for order, year, month, day, short in _parts(found.group("rest"))
        if 1 <= month <= 12 and 1 <= day <= 31
    ]
    return [(order, one) for order, one in readings if weekday is None or one.on is None or one.on.weekday() == weekday]


def _kinds(text: str) -> set[Order]:
    """The orders in which the form of a text can be meant, whatever its numbers are."""
    found = _WITH_WEEKDAY.fullmatch(text)
    return {order for order, *_ in _parts(found.group("rest"))} if found else set()


def _parts(text: str) -> Iterator[tuple[Order, int | None, int, int, bool]]:
    yield from _named(text)
    yield from _numbers(text)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named(text: str) -> Iterator[tuple[Order, int | None, int, int, bool]]:
    for order, pattern in _NAMED:
        if (found := pattern.fullmatch(text)) and fits(found.group("d"), found.group("th")):
            year, short = _year(found.group("y"))
            yield order, year, month_of(found.group("m")), int(found.group("d")), short


def _numbers(text: str) -> Iterator[tuple[Order, int | None, int, int, bool]]:
    if found := _THREE_DOTS.fullmatch(text) or _THREE.fullmatch(text):
        a, b, c = (part for part in found.groups() if part not in tuple("./-"))
        dots = "." in text
        if len(a) == 4 and len(c) <= 2:
            yield Order.YMD, int(a), int(b), int(c), False
        elif len(a) <= 2 and len(c) in (2, 4):
            year, short = _year(c)
            yield Order.DMY, year, int(b), int(a), short
            if not dots:
                yield Order.MDY, year, int(a), int(b), short
            if short:
                yield Order.YMD, 2000 + int(a), int(b), int(c), True
    elif found := _TWO_DOTS.fullmatch(text):
        yield Order.DMY, None, int(found.group(2)), int(found.group(1)), False
    elif (found := _TWO.fullmatch(text)) and not found.group("end"):
        a, b = found.group(1), found.group(3)
        yield Order.DMY, None, int(b), int(a), False
        if found.group("s") != ".":
            yield Order.MDY, None, int(a), int(b), False
            yield Order.YMD, None, int(a), int(b), False


def _year(text: str | None) -> tuple[int | None, bool]:
    if text is None:
        return None, False
    digits = text.removeprefix("'")
    return (2000 + int(digits), True) if len(digits) == 2 else (int(digits), False)


def fits(day: str, ending: str | None) -> bool:
    """Whether the letters behind a number are its own: 1st, 2nd, 3rd, 4th, 11th."""
    if not ending or not ending.isalpha() or ending in "ºª":
        return True
    teen = day in ("11", "12", "13")
    return ending == ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(day[-1], "th"))
