"""A promise: one side owes the other something, by a day. A complaint is one of ours, to put something right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Side(StrEnum):
    """Who owes it."""

    US = "us"
    THEM = "them"


class PromiseKind(StrEnum):
    """A plain promise, or one to put something right."""

    PROMISE = "promise"
    COMPLAINT = "complaint"


class Closing(StrEnum):
    """How a promise ended."""

    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class PromiseStatus(StrEnum):
    """How it stands on a day; stored is only how it ended."""

    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise; `contact` is the public id of the other side. Days, not times.

    `due` may be missing where they owe it. `closed` and `how` come together.
    """

    number: int
    contact: str
    owed_by: Side
    kind: PromiseKind
    text: str
    made: date
    due: date | None = None
    closed: date | None = None
    how: Closing | None = None

    @property
    def id(self) -> str:
        """The public id, `p_12`."""
        return f"p_{self.number}"

    def closed_by(self, day: date) -> bool:
        """Whether it had ended by the end of that day."""
        return self.closed is not None and self.closed <= day

    def open_on(self, day: date) -> bool:
        """Whether it had been made by the end of that day, and not closed."""
        return self.made <= day and not self.closed_by(day)

    def overdue_on(self, day: date) -> bool:
        """Whether it was open then, and its day had passed."""
        return self.open_on(day) and self.due is not None and self.due < day

    def status(self, day: date) -> PromiseStatus:
        """How it stood at the end of that day."""
        if self.closed is None or self.how is None or self.closed > day:
            return PromiseStatus.OVERDUE if self.overdue_on(day) else PromiseStatus.OPEN
        if self.how is Closing.KEPT and self.due is not None and self.closed > self.due:
            return PromiseStatus.LATE
        return PromiseStatus(self.how.value)


def by_urgency(promises: Iterable[Promise], day: date) -> list[Promise]:
    """What is open that day first, by due day, complaints before others; then what is closed, the newest first."""

    def urgency(p: Promise) -> tuple[int, int, bool, int]:
        if p.closed is not None and p.closed <= day:
            return 1, -p.closed.toordinal(), False, -p.number
        return 0, (p.due or date.max).toordinal(), p.kind is not PromiseKind.COMPLAINT, p.number

    return sorted(promises, key=urgency)
