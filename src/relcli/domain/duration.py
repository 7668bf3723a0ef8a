"""A length of time as people write it: 10d, 4w, 6m, 1y."""

from __future__ import annotations

import re

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_DURATION = re.compile(r"(\d{1,5})([dwmy])")


def duration(text: str) -> int:
    """The days of a duration; months are 30 days, years 365. Raises ValueError."""
    found = _DURATION.fullmatch(text.strip().lower())
    if found is None or found.group(1).strip("0") == "":
        raise ValueError(f'"{text}" is not a length of time: write 10d, 4w, 6m or 1y')
    return int(found.group(1)) * _DAYS[found.group(2)]
