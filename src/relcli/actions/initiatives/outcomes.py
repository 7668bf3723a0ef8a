"""The outcomes of an initiative that are reckoned from the evidence: who came back, health and its components."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from relcli.actions.assessments import Known, assess_on
from relcli.domain.initiative import Initiative, Outcome, before
from relcli.domain.moment import day_number
from relcli.domain.wording import day_in_words
from relcli.errors import NotFound

if TYPE_CHECKING:
    from numpy.typing import NDArray

Days = tuple[date, date]
UNPROMPTED = (Outcome.HEALTH, Outcome.RHYTHM)


class NothingToMeasure(NotFound):
    """There is no outcome yet."""


def outcomes(known: Known, outcome: Outcome, window: Days) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What stood before and what stands after, for every contact; NaN unknown.

    Health and rhythm are those without what we prompted: an answer to us is no proof that they come by themselves. The
    other components are about what we did, too, and count it.
    """
    first, last = (day_number(day) for day in window)
    if outcome is Outcome.SIGNS:
        earlier = before(window)
        return _came(known, *(day_number(day) for day in earlier)), _came(known, first, last)
    then = assess_on(known, first - 1, horizon=None).assessment
    now = assess_on(known, last, horizon=None, unprompted_since=first if outcome in UNPROMPTED else None).assessment
    if outcome is Outcome.HEALTH:
        return then.health.unheld, now.health.unheld
    marks = (then.marks[outcome.value], now.marks[outcome.value])
    return np.where(marks[0].known, marks[0].value, np.nan), np.where(marks[1].known, marks[1].value, np.nan)


def _came(known: Known, first: int, last: int) -> NDArray[np.float64]:
    """1 for who gave a sign of life on one of these days, else 0."""
    signs = known.evidence.signs
    found = np.zeros(signs.size)
    found[signs.owners[(signs.days >= first) & (signs.days <= last)]] = 1.0
    return found


def refuse_silence(known: Known, places: Sequence[int], one: Initiative, window: Days) -> None:
    """Raises NothingToMeasure where the book knows nothing of any of them in the window."""
    first = day_number(window[0])
    talk = known.evidence.talk
    who, day, _ = known.trades
    spoken = talk is not None and bool(np.any(np.isin(talk.owner, places) & (talk.day >= first)))
    traded = bool(np.any(np.isin(who, places) & (day >= first)))
    promised = any(
        first <= day_number(at) <= day_number(window[1])
        for place in places
        for promise in known.evidence.given.get(place, ())
        for at in (promise.made, promise.closed)
        if at is not None
    )
    if not (spoken or traded or promised):
        days = f"from {day_in_words(window[0])} to {day_in_words(window[1])}"
        raise NothingToMeasure(
            f'nothing was recorded {days} of anybody in "{one.name}": there is nothing to measure',
            "log what happens, then ask again",
        )
