"""An initiative: an effort with a hypothesis, a group enrolled in it, and one drawn by lot to be left alone."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from relcli.domain.money import Money

WHOLE = 10_000  # a share is kept in so many parts
_LEAST = 4  # people in a stratum: within smaller ones there is little to draw
_ROLES = ("customer", "prospect", "supplier", "partner")  # who is several things is drawn as the first of these
_OTHERS = "others"
_SHARE = re.compile(r"(?P<share>[-+]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}))(?:/(?P<of>[0-9]{1,9})|(?P<percent>\s*%))?")


class Outcome(StrEnum):
    """What an initiative is to improve."""

    HEALTH = "health"
    SIGNS = "signs"
    SALES = "sales"
    RHYTHM = "rhythm"
    TERMS = "terms"
    RECIPROCITY = "reciprocity"
    PROMISES = "promises"
    VOICE = "voice"
    LOYALTY = "loyalty"


class Group(StrEnum):
    """Whether somebody is meant by the effort, or drawn to be left as they are."""

    ENROLLED = "enrolled"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Initiative:
    """An effort from `begins` on; `until` is its last day as planned, `stopped` the day it was ended by hand."""

    number: int
    name: str
    hypothesis: str
    outcome: Outcome
    begins: date
    until: date | None = None
    stopped: date | None = None
    cost: Money | None = None

    @property
    def ends(self) -> date | None:
        """Its last day: the earlier of the planned one and the one it was stopped on; None while it is open."""
        return min((day for day in (self.until, self.stopped) if day is not None), default=None)

    def over_on(self, day: date) -> bool:
        """Whether nobody can be enrolled any more on that day."""
        return self.stopped is not None or (self.until is not None and self.until < day)

    def state(self, day: date) -> str:
        """`planned`, `open`, `over` (its last day has passed) or `stopped`."""
        if self.stopped is not None:
            return "stopped"
        if self.over_on(day):
            return "over"
        return "planned" if day < self.begins else "open"

    def window(self, today: date) -> tuple[date, date]:
        """The first and last day that count as after, up to today."""
        return self.begins, min(today, self.ends or today)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Somebody in an initiative, since a day. With a draw behind it, `seed` and `share` (in ten-thousandths) redo it within `stratum`."""

    number: int
    initiative: int
    contact: str
    group: Group
    day: date
    stratum: str = ""
    seed: int | None = None
    share: int | None = None

    @property
    def id(self) -> str:
        """The public id, `e_12`."""
        return f"e_{self.number}"


def share_of(text: str) -> int:
    """A share as typed, 0.3, .3, 1/3 or 30 %, in ten-thousandths. Raises ValueError for one that is not between 0 and 1."""
    found = _SHARE.fullmatch(text.strip().replace(",", "."))
    if found is None or (found["of"] is not None and not int(found["of"])):
        raise ValueError(f'"{text}" is not a share: write 0.3 for three of ten')
    share = Fraction(found["share"]) / (int(found["of"]) if found["of"] else 100 if found["percent"] else 1)
    if not 0 <= share <= 1:
        raise ValueError(f'a share of "{text}" is not between 0 and 1: write 0.3 for three of ten')
    return round(share * WHOLE)


def strata(people: Mapping[str, tuple[Iterable[str], float | None]]) -> dict[str, str]:
    """Contact → the stratum they are drawn in, by role and by health (None unknown), in which there are four or more.

    Where these are too few, health does not part them, and then not the role.
    """
    roles = {code: next((role for role in _ROLES if role in held), _OTHERS) for code, (held, _) in people.items()}
    fine = {code: f"{roles[code]}, health {_band(health)}" for code, (_, health) in people.items()}
    found = _joined(fine, {code: f"{role}, any health" for code, role in roles.items()})
    return _joined(found, dict.fromkeys(people, _OTHERS))


def drawn(strata: Mapping[str, str], share: int, seed: int) -> set[str]:
    """Who is left alone: that share of all, and of each stratum as nearly as whole people allow.

    It follows from the seed and the ids alone: those in a stratum are ordered by a hash of both, and out of the strata in
    order every so manieth is taken, from a place that the seed decides; everybody has the same chance.
    """
    order = sorted(strata, key=lambda code: (strata[code], _hash(f"{seed}:{code}")))
    start = _hash(str(seed)) % WHOLE
    return {code for i, code in enumerate(order) if (start + (i + 1) * share) // WHOLE > (start + i * share) // WHOLE}


def before(window: tuple[date, date]) -> tuple[date, date]:
    """The days before a window that are as many as its own."""
    first, last = window
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)


def _joined(fine: Mapping[str, str], coarse: Mapping[str, str]) -> dict[str, str]:
    """The fine strata, and the coarse one for those in whose fine one there are too few."""
    sizes = Counter(fine.values())
    return {code: name if sizes[name] >= _LEAST else coarse[code] for code, name in fine.items()}


def _band(health: float | None) -> str:
    if health is None:
        return "unknown"
    return "under 50" if health < 50 else "50 to 74" if health < 75 else "75 and up"


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
