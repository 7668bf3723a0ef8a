"""Who spoke when, and who answered whom: every touch and sign of a book in the order in which they happened.

What a reply and an outreach are is explained in docs/explanation/metric.md.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from relcli.domain.consent import BEGINNING
from relcli.domain.interaction import CHANNELS, Direction, Purpose
from relcli.domain.reply import ANSWERING_DAYS, FOLLOWING_DAYS

DIRECTIONS = tuple(Direction)
PURPOSES = tuple(Purpose)
IN, OUT, BOTH = (DIRECTIONS.index(d) for d in (Direction.IN, Direction.OUT, Direction.BOTH))
TRADE, OTHER_SIGN = -1, -2  # in the place of a direction: a sale or purchase; a promise they kept, a referral they sent
_CLOCK = 200_002  # places of the clock within a day: first theirs without a time, then by the second, then ours
_EARLIEST = 50_400  # seconds by which a day of some zone can begin before the day in UTC


Days = tuple[NDArray[np.int64], NDArray[np.int64]]  # owner and day, in any order
NO_DAYS: Days = (np.empty(0, np.int64), np.empty(0, np.int64))


def places(*purposes: str) -> NDArray[np.int64]:
    """The places in `PURPOSES` of these purposes."""
    return np.array([PURPOSES.index(Purpose(word)) for word in purposes], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Touches:
    """Touches in any order, one entry for each contact they count for.

    `second` is seconds since 1970-01-01 UTC, -1 where only the day is known. `channel` is a place in `channels`,
    `purpose` one in `PURPOSES` or -1, `direction` one in `DIRECTIONS`. `record` numbers the interaction.
    """

    owner: NDArray[np.int64]
    day: NDArray[np.int64]
    second: NDArray[np.int64]
    direction: NDArray[np.int64]
    channel: NDArray[np.int64]
    purpose: NDArray[np.int64]
    record: NDArray[np.int64]
    channels: tuple[str, ...] = CHANNELS

    @classmethod
    def none(cls) -> Self:
        """No touch at all."""
        nothing = np.empty(0, np.int64)
        return cls(nothing, nothing, nothing, nothing, nothing, nothing, nothing)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One entry a touch or other sign, ordered by contact, day and clock; contact `i` has start[i]:start[i + 1].

    Columns as in `Touches`; `direction` is TRADE or OTHER_SIGN for a sign that is no touch. `reply` and `outreach` say what a touch
    of ours was, and follow from what was before it alone.
    """

    start: NDArray[np.int64]
    owner: NDArray[np.int64]
    day: NDArray[np.int64]
    second: NDArray[np.int64]
    direction: NDArray[np.int64]
    channel: NDArray[np.int64]
    purpose: NDArray[np.int64]
    record: NDArray[np.int64]
    reply: NDArray[np.bool_]
    outreach: NDArray[np.bool_]
    channels: tuple[str, ...]

    @classmethod
    def of(
        cls,
        touches: Touches,
        trades: Days,
        others: Days,
        size: int,
        *,
        clock: NDArray[np.int64] | None = None,
        numbers: NDArray[np.int64] | None = None,
    ) -> Self:
        """From touches, from sales and purchases, and from other signs, for `size` contacts.

        `clock` has the seconds of the trades, as of touches, `numbers` those of their transactions, where they are known.

        A touch that reaches an owner by several ways (an organisation, through its people) counts once.
        """
        touches = _once(touches)
        kinds = np.repeat(np.array([TRADE, OTHER_SIGN], np.int64), [trades[0].size, others[0].size])
        nothing = np.full(kinds.size, -1, np.int64)
        owner = np.concatenate([touches.owner, trades[0], others[0]])
        day = np.concatenate([touches.day, trades[1], others[1]])
        clock = nothing[: trades[0].size] if clock is None else clock
        second = np.concatenate([touches.second, clock, nothing[trades[0].size :]])
        direction = np.concatenate([touches.direction, kinds])
        numbers = nothing[: trades[0].size] if numbers is None else numbers
        record = np.concatenate([touches.record, numbers, nothing[trades[0].size :]])
        # What no clock tells apart stands in the order in which it was written, whatever the order it came in; a trade
        # after what they wrote that day, which it answers.
        written = np.where(direction < 0, np.iinfo(np.int64).max + direction, record)
        order = np.lexsort((written, _places_in_time(owner, day, second, direction)))
        start = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=size)))).astype(np.int64)
        none = np.zeros(owner.size, np.bool_)
        new = cls(
            start=start,
            owner=owner[order],
            day=day[order],
            second=second[order],
            direction=direction[order],
            channel=np.concatenate([touches.channel, nothing])[order],
            purpose=np.concatenate([touches.purpose, nothing])[order],
            record=record[order],
            reply=none,
            outreach=none,
            channels=touches.channels,
        )
        reply = new._replies()
        return replace(new, reply=reply, outreach=new.ours & ~reply)

    @property
    def size(self) -> int:
        """How many contacts."""
        return int(self.start.size - 1)

    @property
    def ours(self) -> NDArray[np.bool_]:
        """Touches that we began."""
        return np.asarray(self.direction == OUT)

    @property
    def sign(self) -> NDArray[np.bool_]:
        """What came from them."""
        return np.asarray(self.direction != OUT)

    @property
    def answering(self) -> NDArray[np.bool_]:
        """What answers something of theirs: a touch that may be a reply, a meeting, a trade."""
        spoken = (self.direction == OUT) | (self.direction == BOTH) | (self.direction == TRADE)
        return np.asarray(spoken & ~np.isin(self.purpose, places(*BEGINNING)))

    def until(self, day: int) -> Conversation:
        """What had happened by the end of that day."""
        return self.only(self.day <= day)

    def only(self, kept: NDArray[np.bool_]) -> Conversation:
        """The entries in `kept`; each stays what it was, whatever is missing around it."""
        if kept.all():
            return self
        columns = {f.name: getattr(self, f.name)[kept] for f in fields(self) if f.name not in ("start", "channels")}
        counts = np.bincount(columns["owner"], minlength=self.size)
        return replace(self, start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64), **columns)

    def is_channel(self, *names: str) -> NDArray[np.bool_]:
        """Entries on one of these channels."""
        return np.isin(self.channel, [place for place, name in enumerate(self.channels) if name in names])

    def last(self, mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        """For each entry the newest one before it, of the same contact, that is in `mask`; -1 where there is none."""
        seen = np.maximum.accumulate(np.concatenate(([-1], np.where(mask, np.arange(mask.size), -1))))[:-1]
        return np.where(seen >= self.start[self.owner], seen, -1)

    def next(self, mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        """For each entry the first one after it, of the same contact, that is in `mask`; -1 where there is none."""
        size = mask.size
        ahead = np.where(mask, np.arange(size), size)
        seen = np.minimum.accumulate(np.concatenate((ahead, [size]))[::-1])[::-1][1:]
        return np.where(seen < self.start[self.owner + 1], seen, -1)

    def last_sign(self, position: int) -> tuple[int, int]:
        """Direction and record of the newest thing that came from one contact; (OTHER_SIGN, -1) where there was nothing."""
        mine = slice(int(self.start[position]), int(self.start[position + 1]))
        signs = np.flatnonzero(self.sign[mine])
        if not signs.size:
            return OTHER_SIGN, -1
        return int(self.direction[mine][signs[-1]]), int(self.record[mine][signs[-1]])

    def newest(self, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Per contact the day of the newest entry in `mask`, NaN where there is none."""
        found = np.full(self.size, -np.inf)
        np.maximum.at(found, self.owner[mask], self.day[mask].astype(np.float64))
        return np.where(np.isinf(found), np.nan, found)

    def _replies(self) -> NDArray[np.bool_]:
        able = self.ours & ~np.isin(self.purpose, places(*BEGINNING))
        sign, before = self.last(self.sign), self.last(able)
        first = able & (sign >= 0) & (before < sign) & (self.day - self.day[sign] <= ANSWERING_DAYS)
        opened = self.last(first)
        more = able & (opened >= 0) & (self.day - self.day[opened] <= FOLLOWING_DAYS)
        return first | more


def _once(touches: Touches) -> Touches:
    order = np.lexsort((touches.record, touches.owner))
    owner, record = touches.owner[order], touches.record[order]
    again = np.zeros(owner.size, np.bool_)
    again[1:] = (owner[1:] == owner[:-1]) & (record[1:] == record[:-1])
    if not again.any():
        return touches
    kept = np.sort(order[~again])
    return replace(touches, **{f.name: getattr(touches, f.name)[kept] for f in fields(touches) if f.name != "channels"})


def _places_in_time(
    owner: NDArray[np.int64], day: NDArray[np.int64], second: NDArray[np.int64], direction: NDArray[np.int64]
) -> NDArray[np.int64]:
    """One number an entry, by which all are ordered: by contact, day and clock.

    On a day without a clock what came from them stands first: where both happened, ours is taken to be the answer.
    """
    if not owner.size:
        return owner
    clock = np.clip(second - day * 86_400 + _EARLIEST, 0, _CLOCK - 3) + 1
    clock = np.where(second >= 0, clock, np.where(direction == OUT, _CLOCK - 1, 0))
    first = day.min()
    width = int(day.max() - first) + 1
    return np.asarray((owner * width + (day - first)) * _CLOCK + clock)
