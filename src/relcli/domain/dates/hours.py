"""The time of day in a text, and the zone written behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo

_DIGITAL = re.compile(r"(\d{1,2})([:.])([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?: ?(am|pm))?(?: ?(?:h|hrs|uhr))?")
_TWELVE = re.compile(r"(\d{1,2}) ?(am|pm)")
_LETTERED = re.compile(r"(\d{1,2}) ?(?:h|uhr)(?: ?([0-5]\d))?")
_NAMED = re.compile(r"(?:12 )?(noon|midnight)")
_BARE = re.compile(r"(\d{1,2})")
_HALF = re.compile(r"(?:\b|(?<=\d))([ap])\. ?m(?:\.|\b)|(?<=\d)([ap])m\b")
_ZONED = re.compile(
    r"(?P<rest>(?P<iso>\d{4}-\d\d?-\d\d? )?.*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?)"
    r"(?P<gap> ?)(?P<name>z|utc|gmt)?(?P<offset>(?<!z)[+-]\d{1,2}(?::?\d{2})?)?"
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `short`: a number up to twelve, told without am or pm; `midnight`: told by this word."""

    at: time
    short: bool = False
    midnight: bool = False

    def __str__(self) -> str:
        return self.at.strftime("%H:%M:%S").removesuffix(":00")


def clocks(text: str) -> frozenset[Clock]:
    """Every reading of a text that is a time of day as a whole; a bare number needs "at" before it."""
    text = _HALF.sub(lambda half: f"{half.group(1) or half.group(2)}m", text)
    told = text.removeprefix("at ").removeprefix("@").strip()
    if found := _NAMED.fullmatch(told):
        return frozenset({Clock(time(12)) if found.group(1) == "noon" else Clock(time(0), midnight=True)})
    if found := _DIGITAL.fullmatch(told):
        hour, mark, minute, second, fraction, half = found.groups()
        if mark == "." and second:
            return frozenset()
        return _clock(hour, minute, half, second or "0", (fraction or "")[:6].ljust(6, "0"))
    if found := _TWELVE.fullmatch(told):
        return _clock(found.group(1), "0", found.group(2))
    if found := _LETTERED.fullmatch(told):
        return _clock(found.group(1), found.group(2) or "0", None)
    if told != text and (found := _BARE.fullmatch(told)):
        hour = int(found.group(1))
        if hour <= 12:
            return frozenset({Clock(time(hour % 12)), Clock(time(hour % 12 + 12))})
        return _clock(found.group(1), "0", None)
    return frozenset()


def zoned(text: str) -> tuple[str, tzinfo | None]:
    """The text without the zone behind its time of day, and that zone: `UTC`, `GMT`, `Z`, `+02`, `+0200`, `GMT+2`.

    Only behind an ISO 8601 day an offset may follow without a blank: elsewhere `9:30-10:00` is a span.
    """
    found = _ZONED.fullmatch(text)
    if not found or not (found.group("name") or found.group("offset")):
        return text, None
    offset = _OFFSET.fullmatch(found.group("offset") or "+0")
    if not offset or not (found.group("name") or found.group("gap") or found.group("iso")):
        return text, None
    ahead = timedelta(hours=int(offset.group(2)), minutes=int(offset.group(3) or 0))
    if ahead > timedelta(hours=14) or int(offset.group(3) or 0) > 59:
        return text, None
    return found.group("rest"), timezone(-ahead if offset.group(1) == "-" else ahead)


def _clock(hour: str, minute: str, half: str | None, second: str = "0", fraction: str = "0") -> frozenset[Clock]:
    h = int(hour)
    if half:
        if not 1 <= h <= 12:
            return frozenset()
        h = h % 12 + (12 if half == "pm" else 0)
    if h > 23:
        return frozenset()
    return frozenset({Clock(time(h, int(minute), int(second), int(fraction)), short=not half and h <= 12)})
