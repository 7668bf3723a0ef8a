"""A birthday, with or without its year."""

from __future__ import annotations

import re
from datetime import date

from relcli.domain.placeholder import no_birthday, no_date, year_unknown
from relcli.text import seen

_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?|--(\d{2})-?(\d{2})")
_NUMBERS = re.compile(r"(\d{1,4})\s*([./\- ])\s*(\d{1,2})(?:\s*\2\s*(\d{4})|\2?)")
_MOST_MONTHS = 12


def birthday(text: str, order: str | None, today: date) -> str:
    """A birthday as `1980-04-12`, or `--04-12` where the year is not known; empty for a day that stands for none.

    `order` (`DMY`, `MDY`, `YMD`) reads `3/11/1990`; with dots the day comes first, and a number above twelve is no month.
    Raises ValueError for anything else, for a day that can be read two ways, and for one to come.
    """
    plain = seen(text)
    year, month, day = _read(plain, order)
    if no_date(f"{year}-{month:02}-{day:02}"):
        return ""
    if year and year_unknown(int(year)):
        year = ""
    try:
        found = date(int(year or 2000), month, day)
    except ValueError:
        raise ValueError(f'"{plain}" is not a day of the calendar') from None
    if year and no_birthday(found):
        return ""
    if year and found > today:
        raise ValueError(f'"{plain}" is still to come, so nobody was born then')
    return f"{year or '-'}-{month:02}-{day:02}"


def _read(text: str, order: str | None) -> tuple[str, int, int]:
    """Year (empty where it is not said), month, day."""
    if found := _ISO.fullmatch(text):
        return found[1] or "", int(found[2] or found[4]), int(found[3] or found[5])
    found = _NUMBERS.fullmatch(text)
    if found is None or len(found[1]) > 2:  # digits of a day or month
        raise ValueError(f'"{text}" is not a birthday: write 1980-04-12, or --04-12 without the year')
    first, second, year = int(found[1]), int(found[3]), found[4] or ""
    day_first = order == "DMY" or found[2] == "." or first > _MOST_MONTHS
    month_first = (order == "MDY" and found[2] != ".") or second > _MOST_MONTHS
    if day_first == month_first and first != second:
        if day_first:  # the setting says one thing, the numbers another: they are right
            return (year, second, first) if first > _MOST_MONTHS else (year, first, second)
        raise ValueError(f'"{text}" can be read two ways: write 1980-04-12, or set dates.order to DMY or MDY')
    return (year, second, first) if day_first else (year, first, second)
