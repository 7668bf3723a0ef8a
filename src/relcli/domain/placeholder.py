"""Days that programs write where they know none: a fact is never filed under one.

One list for each meaning. Each day is the beginning or the end of some program's calendar; nobody chose it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from relcli.domain.moment import Moment

_NO_EVENT = frozenset(
    {
        date(1, 1, 1),  # .NET
        date(1601, 1, 1),  # Windows
        date(1753, 1, 1),  # SQL Server
        date(1899, 12, 30),  # spreadsheets, day 0
        date(1899, 12, 31),
        date(1900, 1, 1),
        date(1901, 1, 1),
        date(1904, 1, 1),  # spreadsheets of the first Macintosh
        date(1970, 1, 1),  # Unix
        date(1980, 1, 1),  # DOS, and survey tools
        date(2038, 1, 19),  # the end of 32 bits
        date(2099, 12, 31),
        date(2999, 12, 31),
        date(4501, 1, 1),  # Outlook: none
        date(9999, 12, 31),
    }
)
_NO_YEAR = frozenset({0, 1, 1604})  # what address books write for the year of a birthday that nobody told
_NO_BIRTHDAY = _NO_EVENT - {date(1980, 1, 1)}  # on which people were born; on the first of 1970, far more programs were
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOUGHTS = re.compile(r"0{1,4}[-./ ]0{1,2}[-./ ]0{1,4}(?:[T ][0:.]*)?(?:Z|[+-]00:?00)?")
_NO_DAY = re.compile(r"(?:\d{4}-00-\d{2}|\d{4}-\d{2}-00)(?:[T ].*)?")


def no_event(found: Moment) -> bool:
    """Whether a moment is one that programs write for an event whose time they do not know."""
    return found.day in _NO_EVENT or found.day.year == 1604 or found.at == _EPOCH


def no_date(text: str) -> bool:
    """Whether a text is a date of noughts, as 0000-00-00 and 00/00/0000, or has a month or day nought."""
    text = text.strip()
    return bool(_NOUGHTS.fullmatch(text) or _NO_DAY.fullmatch(text))


def insist_event(text: str, found: Moment | None) -> None:
    """Raise ValueError where a text, or the moment it was read as, stands for "not known"; `found` is None where none was read."""
    if no_date(text) or (found is not None and no_event(found)):
        raise ValueError(f'"{text}" is a placeholder that programs write for "not known", not a day')


def year_unknown(year: int) -> bool:
    """Whether the year of a birthday is one that address books write where they know the day alone."""
    return year in _NO_YEAR


def no_birthday(day: date) -> bool:
    """Whether a birthday is one that programs write where they know none at all."""
    return day in _NO_BIRTHDAY and not year_unknown(day.year)
