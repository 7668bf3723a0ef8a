"""When something happened: a day, or an instant with the zone it was told in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")

_EPOCH = date(1970, 1, 1).toordinal()
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2}(?::\d{2})?)?))?)?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})(?::(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Moment:
    """`day` is the day in the book's zone; `at` (aware UTC) and `zone` only where a time was given."""

    day: date
    at: datetime | None = None
    zone: str = ""

    def __str__(self) -> str:
        """ISO 8601: a date stays a date, an instant carries its offset."""
        if self.at is None:
            return self.day.isoformat()
        return self.at.astimezone(zone_of(self.zone)).isoformat()

    def before(self, other: Moment) -> bool:
        """Whether it was earlier: by the clock where both have one, else by the day."""
        if self.at is not None and other.at is not None:
            return self.at < other.at
        return self.day < other.day


def day_number(day: date) -> int:
    """Days since 1970-01-01, the form in which days are stored and reckoned with."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The inverse of `day_number`."""
    return date.fromordinal(number + _EPOCH)


def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name or of an offset such as `+02:00`. Raises ValueError on any other text."""
    found = _OFFSET.fullmatch(name)
    if found:
        ahead = timedelta(hours=int(found.group(2)), minutes=int(found.group(3)), seconds=int(found.group(4) or 0))
        return timezone(-ahead if found.group(1) == "-" else ahead)
    if name in ("", "UTC"):
        return UTC
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise ValueError(f'"{name}" is not a time zone: write one such as Europe/Madrid') from None


def iso_moment(text: str, book_zone: str) -> Moment | None:
    """The moment an ISO 8601 text names, or None where it is no ISO text at all.

    Leading zeros may be missing, and `UTC`, `GMT` or an offset may follow a blank. A time without a zone is in the book's.
    Raises ValueError for what the calendar or the clock lacks.
    """
    found = _ISO.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, clock, zone = found.groups()
    whole = f"{year}-{month:0>2}-{day:0>2}"
    if not clock:
        return Moment(_calendar(date.fromisoformat, whole, text))
    behind = "+00:00" if (zone or "").upper() in ("Z", "UTC", "GMT") else zone or ""
    hour, rest = clock.split(":", 1)
    return instant(_calendar(datetime.fromisoformat, f"{whole}T{hour:0>2}:{rest}{behind}", text), book_zone)


def instant(at: datetime, book_zone: str) -> Moment:
    """The moment of a datetime; a naive one is told in the book's zone.

    Of an hour that comes twice it is the first time. Raises ValueError for an hour that the clocks leave out.
    """
    if at.tzinfo is None:
        told, at, zone = at, at.replace(tzinfo=zone_of(book_zone)), book_zone
        if _left_out(at):
            raise ValueError(f"on {told:%Y-%m-%d} there is no {told:%H:%M} in {book_zone}: the clocks go forward")
    else:
        zone = at.isoformat(timespec="seconds")[len("2026-11-21T17:30:00") :]
    try:
        return Moment(at.astimezone(zone_of(book_zone)).date(), at.astimezone(UTC), zone)
    except OverflowError:
        raise ValueError(f"{at.isoformat()} is outside the calendar") from None


def _left_out(at: datetime) -> bool:
    try:
        return at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) != at.replace(tzinfo=None)
    except OverflowError:
        return False  # at the ends of the calendar; said by the caller


def _calendar(read: Callable[[str], T], whole: str, text: str) -> T:
    try:
        return read(whole)
    except ValueError:
        raise ValueError(f'"{text.strip()}" is not on the calendar') from None
