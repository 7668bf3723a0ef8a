"""Time zones as tables write them: in a cell behind the time, in a column of their own, in the title of a column.

An abbreviation is read where all the world means one offset by it. `BST`, `IST` and `CST` are not read: each names several.
"""

from __future__ import annotations

import re

from relcli.domain.moment import zone_of

_UTC = frozenset({"UTC", "GMT", "Z", "UT"})
_OFFSETS = {
    "WET": "+00:00", "WEST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "MEZ": "+01:00", "MESZ": "+02:00", "EET": "+02:00",
    "EEST": "+03:00", "MSK": "+03:00", "SGT": "+08:00", "HKT": "+08:00", "JST": "+09:00", "KST": "+09:00", "AEST": "+10:00",
    "AEDT": "+11:00", "ACST": "+09:30", "ACDT": "+10:30", "AWST": "+08:00", "NZST": "+12:00", "NZDT": "+13:00", "NDT": "-02:30",
    "ADT": "-03:00", "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00",
    "PDT": "-07:00", "AKST": "-09:00", "AKDT": "-08:00", "HST": "-10:00",
}  # fmt: skip
_PLACES = {
    "BST": "Europe/London, or +01:00", "IST": "Europe/Dublin or Asia/Kolkata", "CST": "America/Chicago or Asia/Shanghai",
    "CET": "Europe/Paris", "CEST": "Europe/Paris", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin", "EST": "America/New_York",
    "EDT": "America/New_York", "ET": "America/New_York", "CT": "America/Chicago", "CDT": "America/Chicago",
    "MST": "America/Denver", "MDT": "America/Denver", "MT": "America/Denver", "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
}  # fmt: skip
_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+\-\u2212])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_LATEST = 14  # hours that a zone may be ahead
_LETTERS = re.compile(r"[A-Za-z]{1,5}")
_TAIL = re.compile(
    r"(?P<time>.*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\.?)?)"
    r" ?(?P<bracket>\(?)(?P<zone>(?:UTC|GMT)? ?[+\-\u2212]\d{1,2}(?::?\d{2})?|[A-Za-z]{1,5}|[A-Z][A-Za-z_]+(?:/[A-Za-z_+\-\d]+)+)\)?"
)
_TITLE_UTC = re.compile(r"(?<![a-z])(?:utc|gmt)(?![a-z])(?: ?(?P<offset>[+\-\u2212]\d{1,2}(?::?\d{2})?)(?!\d))?", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?:Utc|UTC|Gmt|GMT)(?![a-z])|^(?:utc|gmt)(?=[A-Z])")
_TITLE_PLACE = re.compile(r"\(([A-Z][A-Za-z]+(?:/[A-Za-z_\-]+)+)\)")
_TITLE_LETTERS = re.compile(r"\(([A-Z]{2,5})\)\s*$")


class SeveralZones(ValueError):
    """An abbreviation that names more than one zone."""


def named_zone(text: str) -> str:
    """The zone of a cell as an IANA name or an offset: `Europe/Paris`, `UTC+2`, `-0700`, `CEST`. Raises ValueError."""
    text = text.strip()
    plain = text.upper()
    if plain in _UTC:
        return "UTC"
    if plain in _OFFSETS:
        return _OFFSETS[plain]
    if found := _OFFSET.fullmatch(text):
        return _offset(found[1], found[2], found[3] or "00", text)
    if plain in _PLACES:
        raise SeveralZones(f'"{text}" can be more than one time zone: write {_PLACES[plain]}')
    zone_of(text)
    return text


def table_zone(text: str) -> str:
    """The zone of a whole table, as `named_zone`; an abbreviation that holds for half of the year is refused. Raises ValueError."""
    plain = text.strip().upper()
    if plain in _PLACES:
        raise ValueError(f'"{text}" does not say what the clocks show in the other half of the year: write {_PLACES[plain]}')
    return named_zone(text)


def zone_behind(text: str) -> tuple[str, str]:
    """A time without the zone that stands behind it, and that zone as `named_zone`, empty where there is none. Raises ValueError."""
    found = _TAIL.fullmatch(text.strip())
    if found is None or re.fullmatch(r"[AaPp][Mm]?", found["zone"]):
        return text, ""
    return found["time"], named_zone(found["zone"])


def titled_zone(title: str) -> str:
    """The zone that the title of a column names, as `Created (UTC)` or `created_at_utc`; empty where it names none.

    Raises ValueError for an abbreviation in brackets that does not hold for the whole year, saying what to write.
    """
    words = title.replace("_", " ").replace("-", " ") if not re.search(r"[+\-]\d", title) else title.replace("_", " ")
    found = _TITLE_UTC.search(words)
    if found is not None:
        return named_zone(found["offset"]) if found["offset"] else "UTC"
    if _CAMEL.search(title):
        return "UTC"
    if (place := _TITLE_PLACE.search(title)) is not None:
        return named_zone(place[1])
    if (letters := _TITLE_LETTERS.search(title)) is not None and letters[1] in {*_OFFSETS, *_PLACES}:
        return table_zone(letters[1])
    return ""


def _offset(sign: str, hours: str, minutes: str, text: str) -> str:
    if int(hours) > _LATEST or int(minutes) >= 60:  # minutes of an hour
        raise ValueError(f'"{text}" is not a time zone: none is so far from UTC')
    return f"{'+' if sign == '+' else '-'}{int(hours):02}:{minutes}"
