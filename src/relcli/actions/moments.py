"""When: ISO 8601 first, then words; what cannot be meant for certain is refused."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from relcli.config.settings import Dates
from relcli.domain.moment import Moment, instant, iso_moment, zone_of
from relcli.errors import Misused

if TYPE_CHECKING:
    from relcli.actions.desk import Desk

_LETTERS = re.compile(r"[^\W\d_]")
_NUMERIC = re.compile(r"(?<![\d:./-])(\d{1,2})[./-](\d{1,2})(?:[./-](?:\d{4}|\d{2}))?(?![\d:])")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_TIME = re.compile(r"\d{1,2}:\d{2}|\d\s*(am|pm|h)\b|\bnoon\b|\bmidnight\b|\bnow\b|\b(hour|minute|second)s?\b", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(?<![\d:./-])(\d{1,2})$")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIRST, _LAST = date(1800, 1, 1), date(2199, 12, 31)  # outside them a year was mistyped


def moment(text: str | None, zone: str, *, now: datetime, dates: Dates, forward: bool = False) -> Moment:
    """The moment a user named, the present where none was. Raises Misused with what to write instead.

    Words look backward ("friday" was the last one) unless `forward`. A date stays a date. No business reaches outside
    the years 1800 to 2199.
    """
    if text is None:
        return Moment(now.astimezone(zone_of(zone)).date(), now, zone)
    try:
        found = iso_moment(text, zone)
    except ValueError as error:
        raise Misused(str(error), "write it as 2026-11-21 or 2026-11-21T17:30") from None
    found = found or _words(text, zone, now=now, dates=dates, forward=forward)
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


def _words(text: str, zone: str, *, now: datetime, dates: Dates, forward: bool) -> Moment:
    hint = 'write 2026-11-21, 2026-11-21T17:30, "yesterday 17:30", "2 weeks ago" or "next friday"'
    text = text.strip()
    found = _NUMERIC.search(text)
    if len(_LETTERS.findall(text)) < 2 and not found and not _CLOCK.fullmatch(text):
        raise Misused(f'"{text}" is not a date', hint)
    if found and dates.order is None and _either(int(found.group(1)), int(found.group(2))):
        first, second = int(found.group(1)), int(found.group(2))
        raise Misused(
            f'"{text}" can be day {first} of month {second} or day {second} of month {first}',
            "write it as 2026-11-21, or set dates.order to DMY or MDY",
        )
    from dateparser.date import DateDataParser

    local = now.astimezone(zone_of(zone)).replace(tzinfo=None)
    parser = DateDataParser(
        languages=list(dates.languages),
        settings={
            "PREFER_DATES_FROM": "future" if forward else "past",
            "DATE_ORDER": dates.order or ("MDY" if found and int(found.group(2)) > 12 else "DMY"),
            "RELATIVE_BASE": local,
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    data = parser.get_date_data(text)
    reading = data.date_obj
    if reading is None or reading.date() < _FIRST or _vague(text, data.period) or _misread(text, reading):
        raise Misused(f'"{text}" is not a date that can be read for certain', hint)
    if _TIME.search(text):
        return instant(reading.replace(microsecond=0), zone)
    return Moment(reading.date())


def _vague(text: str, period: str) -> bool:
    """Whether no day was told: "may", "last month"; "3 months ago" counts from today."""
    return period in ("month", "year") and not re.search(r"\b(ago|in)\b", text, re.IGNORECASE)


def _misread(text: str, reading: datetime) -> bool:
    """Whether a weekday was named and another came out, or a number at the end went unheard."""
    named = [day for day in _WEEKDAYS if re.search(rf"\b{day[:3]}(?:{day[3:]})?\b", text, re.IGNORECASE)]
    if named and reading.weekday() != _WEEKDAYS.index(named[0]):
        return True
    last = _LAST_NUMBER.search(text)
    return last is not None and not _TIME.search(text) and int(last.group(1)) != reading.day


def _either(first: int, second: int) -> bool:
    return first <= 12 and second <= 12 and first != second
