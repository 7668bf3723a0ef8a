"""The stage: how far a relationship has come on the ladder from prospect to advocate, by proof.

The rules are explained in docs/explanation/metric.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from relcli.domain.follow_up import CONTENT
from relcli.domain.moment import day_of
from relcli.domain.promise import Closing, Promise, PromiseKind, Side
from relcli.domain.stage import STAGES, Stage
from relcli.domain.survey import Response
from relcli.health.status import LAPSED_BELOW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from relcli.health.assess import Assessment

ANSWER_HOLDS = 365  # days for which an answer proves that somebody is satisfied
REFERRAL_HOLDS = 730  # days for which a referral makes an advocate
LOYAL_TIMES, LOYAL_SPAN, LOYAL_RHYTHM = 3, 90, 60.0


NONE = -1  # in the place of a stage: not on the ladder


@dataclass(frozen=True, slots=True)
class Steps:
    """What the ladder asks of every contact, and whether it holds.

    `count` are the days of transactions, `span` the days between the first and the newest. `rhythm` is NaN where unknown or where
    they want no contact. `buys` are those on the ladder of customers and suppliers; `sends` sent somebody in two years.
    """

    applies: NDArray[np.bool_]
    buys: NDArray[np.bool_]
    count: NDArray[np.int64]
    span: NDArray[np.float64]
    rhythm: NDArray[np.float64]
    barred: NDArray[np.bool_]
    content: NDArray[np.bool_]
    complaint: NDArray[np.bool_]
    unhappy: NDArray[np.bool_]
    sends: NDArray[np.bool_]


def stages(assessment: Assessment) -> NDArray[np.int8]:
    """The stage of every contact as a place in STAGES, NONE for those who are not on the ladder."""
    s = steps(assessment)
    one, several = s.count > 0, s.count > 1
    loyal = (s.count >= LOYAL_TIMES) & (s.span >= LOYAL_SPAN) & (s.rhythm >= LOYAL_RHYTHM) & ~s.complaint & ~s.unhappy
    rules = (
        (Stage.PROSPECT, s.buys),
        (Stage.ADVOCATE, ~one & s.sends),  # by referral: they buy nothing, and send others
        (Stage.FIRST_TIME, one),
        (Stage.SATISFIED, one & s.content & ~s.complaint),
        (Stage.REPEAT, several),
        (Stage.LOYAL, loyal),
        (Stage.ADVOCATE, loyal & s.sends),
        (Stage.LAPSED, one & (s.rhythm < LAPSED_BELOW) & ~s.barred),
    )
    found = np.full(s.count.size, NONE, np.int8)
    for stage, holds in rules:
        found[holds & s.applies] = STAGES.index(stage)
    return found


def steps(assessment: Assessment) -> Steps:
    """What the ladder asks, at the end of the day assessed."""
    evidence, returns, today = assessment.evidence, assessment.loyalty, day_of(assessment.as_of)
    size = returns.count.size
    content, complaint, sends = (np.zeros(size, np.bool_) for _ in range(3))
    for i, given in evidence.given.items():
        complaint[i] = any(is_open_complaint(promise, today) for promise in given)
    for i in np.flatnonzero(returns.count == 1).tolist():
        newest, given = assessment.voice.newest.get(i), evidence.given.get(i, ())
        if newest is not None or given:
            content[i] = satisfied_by(newest, given, today - timedelta(days=int(returns.first_age[i])), today) is not None
    if evidence.referrals is not None:
        who, day = evidence.referrals
        sends[who[(day <= assessment.as_of) & (assessment.as_of - day <= REFERRAL_HOLDS)]] = True
    return Steps(
        applies=evidence.loyalty_applies,
        buys=np.zeros(size, np.bool_) if evidence.buys is None else evidence.buys,
        count=returns.count,
        span=returns.first_age - returns.last_age,
        rhythm=assessment.rhythm.value,
        barred=assessment.distance.barred,
        content=content,
        complaint=complaint,
        unhappy=assessment.voice.unhappy,
        sends=sends,
    )


def satisfied_by(newest: Response | None, given: Sequence[Promise], first: date, today: date) -> Response | Promise | None:
    """What proves that they are satisfied: their `newest` scored answer, or else a promise of ours kept since the `first` transaction.

    An answer holds for a year. One that is no good one disproves every promise kept before it.
    """
    answer = newest if newest is not None and (today - newest.when.day).days <= ANSWER_HOLDS else None
    if answer is not None and is_content(answer):
        return answer
    since = first if answer is None else max(first, answer.when.day + timedelta(days=1))
    kept = [
        (promise.closed, promise.number, promise)
        for promise in given
        if promise.owed_by is Side.US
        and promise.how is Closing.KEPT
        and promise.closed is not None
        and since <= promise.closed <= today
    ]
    return max(kept, key=lambda entry: entry[:2])[2] if kept else None


def is_content(answer: Response) -> bool:
    """Whether it lies at 70 % or more of what could be said."""
    return answer.score is not None and round(answer.score, 9) >= CONTENT


def is_open_complaint(promise: Promise, today: date) -> bool:
    """Whether it is one of ours to put something right, and still open at the end of that day."""
    return promise.kind is PromiseKind.COMPLAINT and promise.owed_by is Side.US and promise.open_on(today)
