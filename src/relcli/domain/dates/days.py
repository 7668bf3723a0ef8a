"""The days that words mean on a given day: `yesterday`, `next friday`, `the 5th`, `end of the month`, `5 Nov`.

Without a year the nearest such day is meant, before today or after it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from relcli.domain.dates.order import Order
from relcli.domain.dates.spans import days_away
from relcli.domain.dates.words import MONTH, WEEKDAY, month_of, weekday_of
from relcli.domain.dates.written import Written, fits, written

_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}
_PARTED = re.compile(r"(?P<day>.+) (?P<part>morning|afternoon|evening|night)")
_THIS_PART = re.compile(r"this (morning|afternoon|evening)")
_WEEKDAY = re.compile(rf"(?:on )?(?:(last|past|next|coming|this) )?({WEEKDAY})")
_OF_MONTH = re.compile(
    rf"(?:on )?(?:(?P<w>{WEEKDAY}) )?(?P<the>(?:on )?the )?(?P<d>\d{{1,2}})(?P<th>st|nd|rd|th)?\.?(?: of (?P<which>the|this|last|next) month)?"
)
_END = re.compile(
    rf"(?:(?:at|by|on) )?(?:the )?(?P<end>end|last|last day|first|first day|1st) of "
    rf"(?:(?:(?P<which>the|this|last|next) )?(?P<unit>month|year)|(?P<m>{MONTH})(?: (?P<y>\d{{4}}))?)"
)
_SHORT_END = {"month end": "end of month", "eom": "end of month", "year end": "end of year", "eoy": "end of year"}
_A_YEAR = 366  # days; without a year no day is looked for further off
_DECADE = 10  # years; a year of two digits is not taken further off


@dataclass(frozen=True, slots=True)
class Day:
    """One reading: the day it comes to, or why it comes to none. `part` of the day and `dated` (its year was told) bind the clock."""

    said: str
    on: date | None
    why: str = ""
    part: str = ""
    dated: bool = False


def days(text: str, today: date, order: Order | None, *, forward: bool) -> frozenset[Day]:
    """Every reading of a canonical text as one day, looking back from today, or `forward`."""
    part = ""
    if found := _THIS_PART.fullmatch(text):
        text, part = "today", found.group(1)
    elif text in ("tonight", "last night"):
        text, part = ("today" if text == "tonight" else "yesterday"), "night"
    elif found := _PARTED.fullmatch(text):
        text, part = found.group("day"), found.group("part")
    text = _SHORT_END.get(text, text)
    side = _Side(today, forward)
    readings = [*_spoken(text, side), *(side.written(one) for one in written(text, order))]
    return frozenset(Day(one.said, one.on, one.why, part, one.dated) for one in readings)


@dataclass(frozen=True, slots=True)
class _Side:
    """Today, and the side of it on which a day is looked for."""

    today: date
    forward: bool

    def nearest(self, said: str, fitting: Callable[[date], bool]) -> Day:
        """The nearest fitting day within a year, today included."""
        step = timedelta(days=1 if self.forward else -1)
        for away in range(_A_YEAR + 1):
            if fitting(self.today + away * step):
                return Day(said, self.today + away * step)
        return Day(said, None, f"there is no {said} within a year {'after' if self.forward else 'before'} today")

    def right(self, said: str, on: date) -> Day:
        """This day, unless it is on the other side of today."""
        if on > self.today and not self.forward:
            return Day(said, None, f"that is {on}, which is still to come")
        if on < self.today and self.forward:
            return Day(said, None, f"that is {on}, which is over")
        return Day(said, on)

    def written(self, one: Written) -> Day:
        said = str(one)
        if not one.exists():
            return Day(said, None, f"there is no {said}")
        if one.year is None:
            day = self.nearest(said, lambda on: (on.month, on.day) == (one.month, one.day))
            if day.on and one.weekday not in (None, day.on.weekday()):
                return Day(said, None, f"{day.on} is no such weekday")
            return day
        on = date(one.year, one.month, one.day)
        if one.short and on > self.today and not self.forward:
            return Day(said, None, f"with a year of two digits that is {on}, which is still to come")
        if one.short and abs(on.year - self.today.year) > _DECADE:
            return Day(said, None, f"with a year of two digits that is {on}, which is far from today")
        return Day(said, on, dated=True)


def _spoken(text: str, side: _Side) -> Iterator[Day]:
    if text.removeprefix("the ") in _NEAR:
        yield Day(text, side.today + timedelta(days=_NEAR[text.removeprefix("the ")]))
    if away := days_away(text, side.today):
        yield Day(text, away)
    if found := _WEEKDAY.fullmatch(text):
        yield from _weekday(found.group(1) or "", weekday_of(found.group(2)), side)
    if (found := _OF_MONTH.fullmatch(text)) and (found.group("the") or found.group("th") or found.group("which")):
        yield from _of_month(found, side)
    if found := _END.fullmatch(text):
        yield _end(found, side)


def _weekday(which: str, number: int, side: _Side) -> Iterator[Day]:
    behind = (side.today.weekday() - number) % 7
    last = side.today - timedelta(days=behind or 7)
    after = side.today + timedelta(days=7 - behind)
    if which in ("last", "past"):
        yield Day("last", last)
    elif which in ("next", "coming"):
        yield Day("next", after)
    elif which == "this":
        yield side.right("this week", side.today + timedelta(days=number - side.today.weekday()))
    else:
        other = after if side.forward else last
        yield Day(f"{other:%A}, {other}", other)
        if not behind:
            yield Day(f"today, {side.today}", side.today)


def _of_month(found: re.Match[str], side: _Side) -> Iterator[Day]:
    number, which = int(found.group("d")), found.group("which")
    if not 1 <= number <= 31 or not fits(found.group("d"), found.group("th")):
        return
    said = f"day {number} of the month"
    if which in (None, "the"):
        day = side.nearest(said, lambda on: on.day == number)
    else:
        first = _month(side.today, which)
        if number > monthrange(first.year, first.month)[1]:
            yield Day(said, None, f"{which} month has no day {number}")
            return
        on = first.replace(day=number)
        day = side.right(said, on) if which == "this" else Day(said, on)
    if found.group("w") and day.on and day.on.weekday() != weekday_of(found.group("w")):
        day = Day(said, None, f"{day.on} is no such weekday")
    yield day


def _end(found: re.Match[str], side: _Side) -> Day:
    first = found.group("end") in ("first", "first day", "1st")
    said = f"{'first' if first else 'last'} day"
    which, unit = found.group("which") or "the", found.group("unit")
    month = month_of(found.group("m")) if found.group("m") else 0
    if found.group("y"):
        return Day(said, _edge(date(int(found.group("y")) or 1, month, 1), first=first), dated=True)
    if unit == "month" and which != "the":
        on = _edge(_month(side.today, which), first=first)
        return side.right(said, on) if which == "this" else Day(said, on)
    if unit == "year" and which != "the":
        year = side.today.year + {"this": 0, "last": -1, "next": 1}[which]
        on = date(year, 1, 1) if first else date(year, 12, 31)
        return side.right(said, on) if which == "this" else Day(said, on)
    if unit == "year":
        month = 1 if first else 12
    return side.nearest(said, lambda on: month in (0, on.month) and on == _edge(on, first=first))


def _edge(on: date, *, first: bool) -> date:
    return on.replace(day=1 if first else monthrange(on.year, on.month)[1])


def _month(today: date, which: str) -> date:
    """The first of this, the last or the next month."""
    if which == "this":
        return today.replace(day=1)
    if which == "last":
        return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return (today.replace(day=28) + timedelta(days=4)).replace(day=1)
