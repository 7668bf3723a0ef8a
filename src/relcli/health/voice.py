"""Voice: what do they say, when they are asked?

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relcli.domain.follow_up import FRESH_DAYS
from relcli.domain.moment import day_number
from relcli.domain.survey import Response
from relcli.health.card import EIGHTY
from relcli.health.conversation import OUT, Conversation
from relcli.health.promises import Given
from relcli.health.statistics.tally import LEAST, YEAR

LEAST_SPREAD, SPREAD = 0.05, 0.25  # of the scale: the standard deviation of much evidence, and of none

Said = Mapping[int, Sequence[Response]]  # position of a contact → their own responses


@dataclass(frozen=True, slots=True)
class Voice:
    """Per contact: the aged mean of their scored answers, and what the newest of them says.

    `value` and `spread` (a standard deviation) are in points, NaN where nothing was answered; `weight` is the aged
    number of responses. `unhappy`: the newest scored answer is, and not older than 180 days; `unfollowed`: and neither a
    promise of ours nor a touch that could be a reply came after it. `newest` has the newest scored response.
    """

    value: NDArray[np.float64]
    spread: NDArray[np.float64]
    weight: NDArray[np.float64]
    count: NDArray[np.int64]
    newest_age: NDArray[np.float64]
    unhappy: NDArray[np.bool_]
    unfollowed: NDArray[np.bool_]
    newest: Mapping[int, Response]

    @property
    def reliability(self) -> NDArray[np.float64]:
        """0-1, 0 where unknown."""
        return np.where(np.isnan(self.value), 0.0, self.weight / (self.weight + 1.0))

    def range_of(self, position: int) -> tuple[float, float]:
        """The 80 % range of one contact's value, 0-100."""
        middle, reach = float(self.value[position]), EIGHTY * float(self.spread[position])
        return max(0.0, middle - reach), min(100.0, middle + reach)


def voice(said: Said, own: Given, talk: Conversation, as_of: int) -> Voice:
    """What everybody said until the end of day `as_of`; `own` are the promises between us and each contact alone."""
    size = talk.size
    value, spread, newest_age = (np.full(size, np.nan) for _ in range(3))
    weight, count = np.zeros(size), np.zeros(size, np.int64)
    unhappy, unfollowed = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    newest: dict[int, Response] = {}
    answering = talk.answering & (talk.direction == OUT)
    for i, responses in said.items():
        scored = [(day_number(r.when.day), r.number, r, r.score) for r in responses if r.score is not None]
        scored = sorted((entry for entry in scored if entry[0] <= as_of), key=lambda entry: entry[:2])
        if not scored:
            continue
        weights = [0.5 ** ((as_of - day) / YEAR) for day, *_ in scored]
        weight[i], count[i] = sum(weights), len(scored)
        day, _, newest[i], _ = scored[-1]
        newest_age[i] = as_of - day
        unhappy[i] = newest[i].unhappy and newest_age[i] <= FRESH_DAYS
        if weight[i] >= LEAST:
            shares = sum(w * (score or 0.0) for w, (*_, score) in zip(weights, scored, strict=True))
            value[i] = 100.0 * shares / weight[i]
            spread[i] = 100.0 * max(LEAST_SPREAD, SPREAD / np.sqrt(weight[i] + 1.0))
        mine = slice(int(talk.start[i]), int(talk.start[i + 1]))
        touched = bool(np.any(answering[mine] & (talk.day[mine] >= day) & (talk.day[mine] <= as_of)))
        promised = any(p.owed_by == "us" and day <= day_number(p.made) <= as_of for p in own.get(i, ()))
        unfollowed[i] = unhappy[i] and not touched and not promised
    return Voice(value, spread, weight, count, newest_age, unhappy, unfollowed, newest)
