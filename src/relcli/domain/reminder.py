"""A reminder: a dated note to oneself about somebody. Nothing is scored by it, and several may be kept for each contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reminder:
    """Noted on the day `made` for the day `due`; `done` is the day it was ticked off, None while it is open."""

    number: int
    contact: str
    text: str
    made: date
    due: date
    done: date | None = None

    @property
    def id(self) -> str:
        """The public id, `m_12`."""
        return f"m_{self.number}"

    def calls_on(self, day: date) -> bool:
        """Whether it is on the agenda of that day: from the day it is for, until it is done."""
        return max(self.made, self.due) <= day and (self.done is None or self.done > day)
