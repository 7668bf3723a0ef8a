"""The moment that typed words mean now. Logs look back, promises forward; what has two readings is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from relcli.domain.dates.cells import either, spaced, splits
from relcli.domain.dates.days import Day, days
from relcli.domain.dates.hours import Clock, clocks, zoned
from relcli.domain.dates.order import Order, UnclearDate
from relcli.domain.dates.spans import hours_away, is_bare_span
from relcli.domain.dates.words import MONTH
from relcli.domain.moment import Moment, instant, zone_of

_HINT = "write it as 2026-11-21 or 2026-11-21T17:30"
_NOW = ("now", "right now", "just now")
_NO_DAY = re.compile(
    rf"(?:(?:last|past|next|this|the) )?(?:week|weekend|month|year|{MONTH})|{MONTH} '?\d{{2,4}}|\d{{4}}"
    r"|(?:end|beginning|start|middle) of (?:(?:the|this|last|next) )?week"
)
_HOURS_ALONE = re.compile(r"\d{1,2} ?h")  # a time of day in French and Spanish, a span in English
_NAMED_ZONE = re.compile(r"(?:z|utc|gmt)(?:[+-][\d:]+)?\s*$", re.IGNORECASE)
_HOURS = {"morning": range(13), "afternoon": range(12, 19), "evening": range(16, 24), "night": range(18, 24)}


@dataclass(frozen=True, slots=True)
class Present:
    """The moment at which a text is read, and how: the book's zone, the side to look to, the owner's settings."""

    now: datetime
    zone: str
    forward: bool = False
    order: Order | None = None
    languages: Sequence[str] = ("en",)


def spoken(text: str, present: Present) -> Moment | None:
    """The moment a text means, None where the grammar does not know its form. Raises UnclearDate, a ValueError.

    Without a day it is the nearest such time; without a year the nearest such day. A time on a named day that is today must be
    on the right side of now. A date stays a date.
    """
    told, behind = zoned(spaced(text, present.languages))
    local = present.now.astimezone(behind or zone_of(present.zone))
    if told in _NOW:
        return instant(present.now, present.zone) if behind else Moment(local.date(), present.now.astimezone(UTC), present.zone)
    if (away := hours_away(told)) is not None:
        return _away(text, away, local, present)
    if _HOURS_ALONE.fullmatch(told) and not {"es", "fr"} & set(present.languages):
        raise UnclearDate(
            f'"{text}" can be {told[:-1].strip()}:00 or {told} ago', f'write "{told[:-1].strip()}:00" or "{told} ago"'
        )
    readings = _readings(told, local.date(), present)
    if behind and not _NAMED_ZONE.search(text):
        readings = {(day, clock) for day, clock in readings if day and day.dated}  # behind a bare time an offset may be a span
    if not readings:
        if is_bare_span(told):
            raise UnclearDate(f'"{text}" can be {text} ago or in {text}', f'write "{text} ago" or "in {text}"')
        if _NO_DAY.fullmatch(told):
            raise UnclearDate(f'"{text}" names no day', 'write "next monday", "in 1 week", "end of november" or 2026-11-21')
        return None
    if len(readings) > 1:
        raise _two(text, readings, present)
    [(day, clock)] = readings
    return _resolved(text, day, clock, local.replace(tzinfo=None), behind, present)


def _readings(text: str, today: date, present: Present) -> set[tuple[Day | None, Clock | None]]:
    found: set[tuple[Day | None, Clock | None]] = set()
    for first, last in splits(text):
        named = days(first, today, present.order, forward=present.forward) if first else [None]
        found |= {(day, clock) for day in named for clock in (clocks(last) if last else [None])}
    return found


def _two(text: str, readings: set[tuple[Day | None, Clock | None]], present: Present) -> UnclearDate:
    said = sorted({f"{day.said if day else 'the time'} {clock or ''}".strip() for day, clock in readings})
    if len({clock for _, clock in readings}) > 1:
        return UnclearDate(f'"{text}" can be {" or ".join(said)}', f"{_HINT}, a time of day as 17:30")
    if any(one.startswith("today,") for one in said):
        return UnclearDate(f'"{text}" can be {" or ".join(said)}', 'write "today", or say "last" or "next" before it')
    return either(text, said, present.order)


def _resolved(
    text: str, day: Day | None, clock: Clock | None, local: datetime, behind: tzinfo | None, present: Present
) -> Moment:
    if day is None:
        if clock is None:
            raise UnclearDate(f'"{text}" is not a date', _HINT)
        return _nearest(text, clock.at, local, behind, present)
    if day.on is None:
        raise UnclearDate(f'"{text}": {day.why}', _HINT)
    if clock is None:
        return Moment(day.on)
    if clock.midnight:
        raise UnclearDate(f'"{text}" can be the beginning or the end of {day.on}', f"write {day.on}T00:00 or {day.on}T23:59")
    found = _at(text, day.on, _within(text, clock, day.part), behind, present)
    if day.on == local.date() and not day.dated and found.at:
        if found.at > present.now and not present.forward:
            raise UnclearDate(f'"{text}" is still to come: it is {local:%H:%M} now', _HINT)
        if found.at < present.now and present.forward:
            raise UnclearDate(f'"{text}" is over: it is {local:%H:%M} now', _HINT)
    return found


def _nearest(text: str, at: time, local: datetime, behind: tzinfo | None, present: Present) -> Moment:
    """A time of day without a day: today's, or of the day beside it where today's is on the wrong side of now."""
    today = _at(text, local.date(), at, behind, present)
    if today.at and present.forward and today.at < present.now:
        return _at(text, local.date() + timedelta(days=1), at, behind, present)
    if today.at and not present.forward and today.at > present.now:
        return _at(text, local.date() - timedelta(days=1), at, behind, present)
    return today


def _within(text: str, clock: Clock, part: str) -> time:
    """The time within the named part of the day: `this evening 8:30` is 20:30."""
    if not part or clock.at.hour in _HOURS[part]:
        return clock.at
    if clock.short and clock.at.hour + 12 in _HOURS[part]:
        return clock.at.replace(hour=clock.at.hour + 12)
    raise UnclearDate(f'"{text}": {clock} is not in the {part}', _HINT)


def _at(text: str, on: date, at: time, behind: tzinfo | None, present: Present) -> Moment:
    try:
        return instant(datetime.combine(on, at, behind), present.zone)
    except ValueError as error:
        raise UnclearDate(f'"{text}": {error}', _HINT) from None


def _away(text: str, away: timedelta, local: datetime, present: Present) -> Moment:
    try:
        at = (present.now + away).astimezone(UTC)
        return Moment(at.astimezone(local.tzinfo).date(), at, present.zone)
    except (OverflowError, ValueError):
        raise UnclearDate(f'"{text}" is outside the calendar', _HINT) from None
