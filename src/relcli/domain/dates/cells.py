"""Whole dates, as tables hold them: a day with its year, perhaps a time and a zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from relcli.domain.dates.hours import Clock, clocks, zoned
from relcli.domain.dates.order import Order, UnclearDate
from relcli.domain.dates.words import canonical
from relcli.domain.dates.written import Written, orders, written
from relcli.domain.moment import Moment, instant

_HINT = "write it as 2026-11-21"
_NUMBERS = re.compile(r"\d[/.-]\d")


def day_orders(text: str, languages: Sequence[str] = ("en",)) -> frozenset[Order]:
    """The orders of day, month and year that can read this date, with or without a time.

    All of them for a date that leaves no choice (`2026-11-21`, `21.11.2026`, `21 Nov 2026`), none for what is no date.
    A column is read by the orders common to all its cells.
    """
    text, _ = zoned(spaced(text, languages))
    found: frozenset[Order] = frozenset()
    for day, clock in splits(text):
        if not clock or clocks(clock):
            found |= orders(day)
    return found


def numeric_moment(text: str, order: Order | None, zone: str, languages: Sequence[str] = ("en",)) -> Moment:
    """The moment of a date with its year: `21/11/2026`, `11/21/26 2:05 PM`, `2026-11-21 14:05 UTC`, `1 Mar 2026`.

    A time without a zone is in `zone`; a year of two digits is of this century. Raises UnclearDate, a ValueError, for what has
    no reading in this order (without one: in any), or more than one.
    """
    told, behind = zoned(spaced(text, languages))
    found: set[tuple[Written, Clock | None]] = set()
    for first, last in splits(told):
        days = [one for one in written(first, order, strict=order is not None) if one.year is not None]
        found |= {(one, at) for one in days for at in (clocks(last) if last else [None])}
    if not found:
        raise UnclearDate(f'"{text}" is not a date', f"{_HINT} or 2026-11-21T17:30")
    if len(found) > 1:
        raise either(text, [f"{day} {at or ''}".strip() for day, at in found], order)
    [(one, clock)] = found
    day = one.on
    if day is None:
        raise UnclearDate(f'"{text}" is not on the calendar', _HINT)
    return Moment(day) if clock is None else instant(datetime.combine(day, clock.at, behind), zone)


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way to part a text into a day and a time of day, in either order; one of the two may be empty."""
    yield text, ""
    yield "", text
    words = text.split(" ")
    for cut in range(1, len(words)):
        first, last = " ".join(words[:cut]), " ".join(words[cut:])
        yield first, last
        yield last.removeprefix("on "), first


def either(text: str, readings: Sequence[str], order: Order | None) -> UnclearDate:
    """The refusal of a text with several readings, which it names."""
    said = " or ".join(sorted(readings))
    return UnclearDate(
        f'"{text}" can be {said}',
        _HINT if order or not _NUMBERS.search(text) else f"{_HINT}, or set dates.order to DMY, MDY or YMD",
    )


def spaced(text: str, languages: Sequence[str]) -> str:
    """The canonical text, a blank where ISO 8601 has its T."""
    return re.sub(r"(\d[-/.]\d{1,4})t(?=\d{1,2}:)", r"\1 ", canonical(text, languages))
