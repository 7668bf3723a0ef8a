"""So and so long ago, or from now: `2 weeks ago`, `in 3 days`, `half an hour ago`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_WORDS = "a|an|one 1, two|a couple of 2, three 3, four 4, five 5, six 6, seven 7, eight 8, nine 9, ten 10, eleven 11, twelve 12"
_UNITS = (
    "minute|minutes|min|mins minute, hour|hours|hr|hrs|h hour, day|days|d day, week|weeks|wk|wks|w week, "
    "fortnight|fortnights fortnight, month|months month, year|years|yr|yrs|y year"
)


def _table(text: str) -> dict[str, str]:
    return {word: row.rsplit(" ", 1)[1] for row in text.split(", ") for word in row.rsplit(" ", 1)[0].split("|")}


_COUNT, _UNIT = _table(_WORDS), _table(_UNITS)
_EACH = (
    rf"(?:\d{{1,5}} ?|(?:{'|'.join(sorted(_COUNT, key=len, reverse=True))}) )(?:{'|'.join(sorted(_UNIT, key=len, reverse=True))})"
)
_BACK = re.compile(rf"({_EACH})(?: (?:and )?({_EACH}))? ago")
_ON = re.compile(rf"in ({_EACH})(?: (?:and )?({_EACH}))?|({_EACH}) from (?:now|today)")
_BARE = re.compile(_EACH)
_HALF_HOUR = re.compile(r"\bhalf an hour\b")


def hours_away(text: str) -> timedelta | None:
    """How far a span of hours and minutes is from now, None for any other text."""
    counted = _counted(_HALF_HOUR.sub("30 minutes", text))
    if not counted or not all(unit in ("hour", "minute") for _, unit in counted):
        return None
    if len(counted) == 2 and [unit for _, unit in counted] != ["hour", "minute"]:
        return None
    return sum((timedelta(**{f"{unit}s": count}) for count, unit in counted), timedelta())


def days_away(text: str, today: date) -> date | None:
    """The day that a span of days, weeks, months or years leads to, None for any other text and outside the calendar.

    A month later is the same day of the month, or its last where that month is shorter.
    """
    counted = _counted(text)
    if not counted or len(counted) != 1:
        return None
    [(count, unit)] = counted
    try:
        if unit in ("day", "week", "fortnight"):
            return today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        if unit in ("month", "year"):
            return _months_on(today, count * (12 if unit == "year" else 1))
    except (OverflowError, ValueError):
        return None
    return None


def is_bare_span(text: str) -> bool:
    """Whether it is a length of time that says neither "ago" nor "in"."""
    return _BARE.fullmatch(text) is not None


def _counted(text: str) -> list[tuple[int, str]] | None:
    if found := _BACK.fullmatch(text):
        sign = -1
    elif found := _ON.fullmatch(text):
        sign = 1
    else:
        return None
    return [_one(each, sign) for each in found.groups() if each]


def _one(text: str, sign: int) -> tuple[int, str]:
    unit = next(u for u in sorted(_UNIT, key=len, reverse=True) if re.fullmatch(rf"(?:\d+|.+ ) ?{u}", text))
    count = text.removesuffix(unit).strip()
    return sign * int(_COUNT.get(count, count)), _UNIT[unit]


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
