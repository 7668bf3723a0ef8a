"""A later: "not now" said by us, so that the agenda leaves a contact out until a day; never what we owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Later:
    """Off the agenda from `day` to before `until`; the newest of a contact counts."""

    number: int
    contact: str
    day: date
    until: date
    because: str = ""

    @property
    def id(self) -> str:
        """The public id, `l_12`."""
        return f"l_{self.number}"
