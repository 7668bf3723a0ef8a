"""Distance: how near they want us, by what they said themselves, and what that means for the other components."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from relcli.domain.moment import Moment, day_number, day_of
from relcli.domain.preference import Closeness, Preference, Source, Wishes, wishes

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Wanted = Mapping[int, Sequence[Preference]]  # position of a contact → all their wishes ever


@dataclass(frozen=True, slots=True)
class Distance:
    """Per contact at the end of a day.

    `barred`: do-not-contact everywhere, stated or assumed. `none`, `arms_length`: the closeness they stated. `cadence`:
    days, as stated (NaN: never said). `lifted`: the last day on which closeness none or do-not-contact everywhere held,
    where it no longer does (NaN: never).
    """

    barred: NDArray[np.bool_]
    none: NDArray[np.bool_]
    arms_length: NDArray[np.bool_]
    cadence: NDArray[np.float64]
    lifted: NDArray[np.float64]

    @property
    def apart(self) -> NDArray[np.bool_]:
        """They want nothing from us now, so that no sign is expected of them."""
        return self.barred | self.none


def distance(wanted: Wanted, size: int, as_of: int) -> Distance:
    """How near each of `size` contacts wants us at the end of day `as_of`."""
    barred, none, arms_length = (np.zeros(size, np.bool_) for _ in range(3))
    cadence, lifted = np.full(size, np.nan), np.full(size, np.nan)
    today = Moment(day_of(as_of))
    for i, preferences in wanted.items():
        now, stated = wishes(preferences, today), wishes(said(preferences), today)
        barred[i] = now.do_not_contact is not None
        none[i] = keeps_apart(stated) and not barred[i]
        arms_length[i] = stated.closeness is not None and stated.closeness.value == Closeness.ARMS_LENGTH
        cadence[i] = np.nan if stated.cadence is None or stated.cadence.days is None else stated.cadence.days
        if not barred[i] and not none[i]:
            ends = [end for _, end, held in stretches(preferences, as_of) if held.do_not_contact]
            ends += [end for _, end, held in stretches(said(preferences), as_of) if keeps_apart(held)]
            lifted[i] = max(ends) - 1 if ends else np.nan
    return Distance(barred, none, arms_length, cadence, lifted)


def said(preferences: Sequence[Preference]) -> list[Preference]:
    """What they said themselves."""
    return [p for p in preferences if p.source is Source.STATED]


def keeps_apart(held: Wishes) -> bool:
    """Whether they want no closeness at all."""
    return held.closeness is not None and held.closeness.value == Closeness.NONE


def stretches(preferences: Sequence[Preference], as_of: int) -> Iterator[tuple[int, int, Wishes]]:
    """First day, day after the last, and wishes of every stretch of days up to `as_of` on which the same wishes held."""
    borders = {day_number(p.when.day) for p in preferences}
    borders |= {day_number(p.until) + 1 for p in preferences if p.until is not None}
    days = [*sorted(day for day in borders if day <= as_of), as_of + 1]
    for first, end in pairwise(days):
        yield first, end, wishes(preferences, Moment(day_of(first)))


def local(day: int, second: int) -> Moment:
    """The moment of a touch: its day, and the instant where it is known."""
    return Moment(day_of(day)) if second < 0 else Moment(day_of(day), _EPOCH + timedelta(seconds=second))
