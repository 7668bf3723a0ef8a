"""When: ISO 8601 first, then words; what cannot be meant for certain is refused."""

from __future__ import annotations

import re
from datetime import date, datetime

from relcli.config.settings import Dates
from relcli.domain.moment import Moment, instant, iso_moment, zone_of
from relcli.errors import InputRefused, Misused

_BARE = re.compile(r"[\d\s.,]+")
_NUMERIC = re.compile(r"\D*(\d{1,2})[./-](\d{1,2})(?:[./-](?:\d{2}|\d{4}))?\b.*")
_TIME = re.compile(r"\d{1,2}:\d{2}|\d\s*(am|pm)\b|\bnoon\b|\bmidnight\b|\bnow\b|\b(hour|minute|second)s?\b", re.IGNORECASE)
_SINCE = datetime(1800, 1, 1)  # noqa: DTZ001  # compared with naive readings only


def moment(text: str | None, zone: str, *, now: datetime, dates: Dates, forward: bool = False) -> Moment:
    """The moment a user named, the present where none was. Raises Misused with what to write instead.

    Words look backward ("friday" was the last one) unless `forward`. A date stays a date.
    """
    if text is None:
        return Moment(now.astimezone(zone_of(zone)).date(), now, zone)
    try:
        found = iso_moment(text, zone)
    except ValueError as error:
        raise Misused(str(error), "write it as 2026-11-21 or 2026-11-21T17:30") from None
    return found or _words(text, zone, now=now, dates=dates, forward=forward)


def day(text: str | None, zone: str, *, now: datetime, dates: Dates) -> date:
    """The day a user named, today where none was. Raises Misused."""
    return moment(text, zone, now=now, dates=dates).day


def _words(text: str, zone: str, *, now: datetime, dates: Dates, forward: bool) -> Moment:
    hint = 'write 2026-11-21, 2026-11-21T17:30, "yesterday 17:30", "2 weeks ago" or "next friday"'
    if _BARE.fullmatch(text) and not _NUMERIC.fullmatch(text):
        raise Misused(f'"{text}" is not a date', hint)
    found = _NUMERIC.fullmatch(text)
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
    reading = parser.get_date_data(text).date_obj
    if reading is None or reading < _SINCE:
        raise Misused(f'"{text}" is not a date that can be read', hint)
    if _TIME.search(text):
        return instant(reading.replace(microsecond=0), zone)
    return Moment(reading.date())


def _either(first: int, second: int) -> bool:
    return first <= 12 and second <= 12 and first != second


def in_file(text: str, zone: str) -> Moment:
    """A moment in an imported row: ISO 8601 only. Raises InputRefused."""
    try:
        found = iso_moment(text, zone)
    except ValueError as error:
        raise InputRefused(str(error)) from None
    if found is None:
        raise InputRefused(f'"{text}" is not a date: write 2026-11-21, or name the format in a map')
    return found
