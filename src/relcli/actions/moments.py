"""When: the grammar of `domain.dates` reads what people type; other languages' words are the library's, and held against the text."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from relcli.config.settings import Dates
from relcli.domain.moment import Moment, instant, iso_moment, zone_of
from relcli.errors import Misused

if TYPE_CHECKING:
    from relcli.actions.desk import Desk
    from relcli.domain.dates.spoken import Present

_HINT = 'write 2026-11-21, 2026-11-21T17:30, "yesterday 17:30", "2 weeks ago" or "next friday"'
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}$")
_NUMBERS = re.compile(r"\d\s*[/.-]\s*\d")  # day and month in numbers are the grammar's
_WORDS = re.compile(r"[^\W\d_]{3}")
_FIRST, _LAST = date(1800, 1, 1), date(2199, 12, 31)  # outside them a year was mistyped


def moment(text: str | None, zone: str, *, now: datetime, dates: Dates, forward: bool = False) -> Moment:
    """The moment a user named, the present where none was. Raises Misused with what to write instead.

    Words look backward ("friday" was the last one) unless `forward`. A date stays a date. No business reaches outside
    the years 1800 to 2199.
    """
    if text is None:
        return Moment(now.astimezone(zone_of(zone)).date(), now, zone)
    try:
        found = iso_moment(text, zone) or _words(text, zone, now=now, dates=dates, forward=forward)
    except ValueError as error:
        raise Misused(str(error), getattr(error, "hint", "write it as 2026-11-21 or 2026-11-21T17:30")) from None
    if found is None:
        raise Misused(f'"{text}" is not a date that can be read for certain', _HINT)
    if not _FIRST <= found.day <= _LAST:
        raise Misused(f'"{text}" is outside the years {_FIRST.year} to {_LAST.year}', "is the year mistyped?")
    return found


def day(text: str | None, zone: str, *, now: datetime, dates: Dates) -> date:
    """The day a user named, today where none was. Raises Misused."""
    return moment(text, zone, now=now, dates=dates).day


def happened(text: str | None, desk: Desk, hint: str) -> Moment:
    """The moment of something that has happened, the present where none was named. Raises Misused for a day to come."""
    found = moment(text, desk.book.zone, now=desk.now, dates=desk.settings.dates)
    if found.day > desk.today:
        raise Misused(f"--at {found.day} is still to come", hint)
    return found


def _words(text: str, zone: str, *, now: datetime, dates: Dates, forward: bool) -> Moment | None:
    from relcli.domain.dates.order import Order  # the grammar costs a log without --at nothing
    from relcli.domain.dates.spoken import Present, spoken

    present = Present(now, zone, forward, Order(dates.order) if dates.order else None, dates.languages)
    return spoken(text, present) or _foreign(text, present)


def _foreign(text: str, present: Present) -> Moment | None:
    """The day that the library reads in a language for which the grammar has no words; a time of day is not left to it."""
    from relcli.domain.dates.hours import clocks
    from relcli.domain.dates.words import LANGUAGES

    languages = [language for language in present.languages if language not in LANGUAGES]
    words = text.split()
    clock = next(iter(clocks(words.pop()))) if words and _CLOCK.fullmatch(words[-1]) and clocks(words[-1]) else None
    if not languages or not _WORDS.search(" ".join(words)) or _NUMBERS.search(" ".join(words)):
        return None
    from dateparser.date import DateDataParser

    today = present.now.astimezone(zone_of(present.zone)).date()
    settings = {
        "PREFER_DATES_FROM": "future" if present.forward else "past",
        "RELATIVE_BASE": datetime.combine(today, datetime.min.time()),
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    try:
        data = DateDataParser(languages=languages, settings=settings).get_date_data(" ".join(words))
    except ValueError as error:
        raise Misused(f"dates.languages: {error}", "name languages by their codes, such as en and it") from None
    if (
        data.date_obj is None
        or data.period != "day"
        or not _heard(" ".join(words), data.date_obj, today, forward=present.forward)
    ):
        return None
    day = data.date_obj.date()
    return instant(datetime.combine(day, clock.at), present.zone) if clock else Moment(day)


def _heard(text: str, reading: datetime, today: date, *, forward: bool) -> bool:
    """Whether every number in the text is in the reading, no time was made up, and a day without a year is on its side of today.

    A week off without a number is a weekday named on itself, which may be today.
    """
    day = reading.date()
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not numbers and abs((day - today).days) == 7:
        return False
    weeks = {abs((day - today).days), abs((day - today).days) / 7}
    if reading.time() != datetime.min.time() or not all(n in {day.day, day.month, day.year, *weeks} for n in numbers):
        return False
    return any(n > 31 for n in numbers) or (day >= today if forward else day <= today)
