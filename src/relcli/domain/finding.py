"""What a check finds: what is wrong and where, in words without personal data, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A problem needs doing; a note is good to know."""

    PROBLEM = "problem"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `check` is the name of the check; places are ids and file names."""

    check: str
    level: Level
    what: str
    advice: str
