"""What they were seen to prefer: computed whenever it is asked for, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ANSWERABLE = frozenset({"email", "phone", "video", "letter", "sms", "chat", "social"})  # channels one can answer on
ENOUGH_SEEN = 3  # touches they began, before anything is seen in them


@dataclass(frozen=True, slots=True)
class Use:
    """How often they began a touch by a channel, and the last day they did."""

    channel: str
    count: int
    last: date


@dataclass(frozen=True, slots=True)
class Observed:
    """The channel they began most touches by; `count` of `total` touches by a channel that one can answer on."""

    channel: str
    count: int
    total: int
    last: date


def observed_channel(uses: Iterable[Use]) -> Observed | None:
    """The mode of the touches they began, where there are three or more; of two as frequent, the one used last."""
    known = [use for use in uses if use.channel in ANSWERABLE and use.count > 0]
    total = sum(use.count for use in known)
    if total < ENOUGH_SEEN:
        return None
    most = max(known, key=lambda use: (use.count, use.last, use.channel))
    return Observed(most.channel, most.count, total, most.last)
