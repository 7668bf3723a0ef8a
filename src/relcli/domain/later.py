"""A later: "not now" said by us, so that the agenda leaves a contact out until a day; never what we owe."""

from __future__ import annotations

from collections.abc import Iterable
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


def in_force(laters: Iterable[Later], day: date) -> Later | None:
    """Of one contact's laters the one that keeps them off the agenda on that day: the newest said by then, if it lasts."""
    newest = max((later for later in laters if later.day <= day), key=lambda later: later.number, default=None)
    return newest if newest is not None and newest.until > day else None


def all_in_force(laters: Iterable[Later], day: date) -> dict[str, Later]:
    """Who is not for now on that day: id of a contact → what keeps them off."""
    by_contact: dict[str, list[Later]] = {}
    for later in laters:
        by_contact.setdefault(later.contact, []).append(later)
    held = {code: in_force(mine, day) for code, mine in by_contact.items()}
    return {code: later for code, later in held.items() if later is not None}
