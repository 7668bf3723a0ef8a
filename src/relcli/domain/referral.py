"""A referral: somebody sent us somebody else. A contact's first one is who introduced them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relcli.domain.interaction import Purpose

THANKS = (Purpose.THANKS, Purpose.GIFT)  # by what whoever sent somebody is thanked


@dataclass(frozen=True, slots=True)
class Referral:
    """Who sent whom, by public id, and when, None where nobody noted the day; `outcome` is what came of it, in our words."""

    number: int
    sender: str
    whom: str
    day: date | None = None
    outcome: str = ""

    @property
    def id(self) -> str:
        """The public id, `r_12`."""
        return f"r_{self.number}"

    @property
    def pair(self) -> tuple[str, str]:
        """Who sent whom."""
        return self.sender, self.whom


def circle(sent: Iterable[Referral], sender: str, whom: str) -> tuple[str, ...]:
    """The way by which `whom` had already sent `sender`, through whomever: ids from the one to the other; empty where there is none."""
    by: dict[str, list[str]] = {}
    for referral in sent:
        by.setdefault(referral.sender, []).append(referral.whom)
    ways: deque[tuple[str, ...]] = deque([(whom,)])
    seen = {whom}
    while ways:
        way = ways.popleft()
        if way[-1] == sender:
            return way
        for following in by.get(way[-1], ()):
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
