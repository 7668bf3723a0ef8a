"""How people and files point at a record."""

from __future__ import annotations

import re
from enum import StrEnum

_RECORD = re.compile(r"([a-z])_(\d{1,18})")
_PHONE = re.compile(r"(?:tel:)?[+(]?[\d\s().\-/]{4,}(?:[;\s]*(?:ext[.=]?|x)\s*\d+)?", re.IGNORECASE)


class Match(StrEnum):
    """The kind of thing a reference matched, in the order in which they are tried."""

    ID = "id"
    EXTERNAL_ID = "external id"
    EMAIL = "e-mail"
    PHONE = "phone"
    HANDLE = "handle"
    NAME = "exact name"
    OTHER_NAME = "other name"  # former, of somebody merged into them, or spoken
    LETTERS = "exact name but for blanks"
    PART = "part of a name"
    ALIKE = "part of a name but for blanks and titles"


def record_number(text: str, letter: str) -> int | None:
    """The number in `i_12` for the letter `i`; None where the text is no such id."""
    found = _RECORD.fullmatch(text)
    return int(found.group(2)) if found and found.group(1) == letter else None


def looks_like_phone(text: str) -> bool:
    """Whether it is worth asking the telephone library."""
    return bool(_PHONE.fullmatch(text.strip())) and sum(c.isdigit() for c in text) >= 4
