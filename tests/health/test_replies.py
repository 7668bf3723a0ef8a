"""The gate, which looks at one contact, and the metric, which looks at all, agree on what answers whom."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.interaction import Direction, Purpose
from relcli.domain.moment import Moment, day_number, day_of
from relcli.domain.reply import Event, traced
from relcli.health.conversation import DIRECTIONS, NO_DAYS, OUT, PURPOSES, Conversation, Touches

FIRST = date(2026, 1, 1)
TOUCHES = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(Direction), st.none() | st.sampled_from(Purpose)), max_size=25)
OTHERS = st.lists(st.integers(0, 60), max_size=6)  # days on which they kept a promise, or sent somebody
Touched = list[tuple[int, Direction, Purpose | None]]


@given(TOUCHES, OTHERS)
def test_the_gate_and_the_metric_agree_on_the_last_outreach_and_survey(history: Touched, others: list[int]) -> None:
    talk = conversation(history, others)
    trace = traced(events(history, others))
    asked = talk.newest((talk.direction == OUT) & (talk.purpose == PURPOSES.index(Purpose.SURVEY)))
    assert [trace.last_outreach, trace.last_survey] == [said(talk.newest(talk.outreach)), said(asked)]


@given(TOUCHES, OTHERS, st.integers(0, 20))
def test_they_agree_on_whether_a_touch_to_come_is_a_reply(history: Touched, others: list[int], later: int) -> None:
    day = max([0, *others, *(day for day, *_ in history)]) + later
    until = traced(events(history, others)).reply_until
    talk = conversation([*history, (day, Direction.OUT, None)], others)
    expected = until is not None and FIRST + timedelta(days=day) <= until
    assert bool(talk.reply[-1]) == expected


def test_a_touch_that_answers_a_promise_they_kept_is_a_reply_for_both() -> None:
    history: Touched = [(30, Direction.OUT, None), (44, Direction.OUT, None)]
    assert traced(events(history, [30])).last_outreach == FIRST + timedelta(days=44)
    assert conversation(history, [30]).outreach.tolist() == [False, False, True]
    assert traced(events(history[:1], [30])).last_outreach is None


def events(history: Touched, others: list[int]) -> list[Event]:
    touched = [Event(Moment(FIRST + timedelta(days=on)), direction is not Direction.OUT, why) for on, direction, why in history]
    return [*touched, *(Event(Moment(FIRST + timedelta(days=on)), sign=True) for on in others)]


def conversation(history: Touched, others: list[int]) -> Conversation:
    size = len(history)
    column = lambda values: np.array(list(values), np.int64)  # noqa: E731  # one line, five times
    return Conversation.of(
        Touches(
            owner=np.zeros(size, np.int64),
            day=column(day_number(FIRST) + day for day, *_ in history),
            second=np.full(size, -1),
            direction=column(DIRECTIONS.index(direction) for _, direction, _ in history),
            channel=np.zeros(size, np.int64),
            purpose=column(-1 if purpose is None else PURPOSES.index(purpose) for *_, purpose in history),
            record=np.arange(size),
        ),
        NO_DAYS,
        (np.zeros(len(others), np.int64), column(day_number(FIRST) + day for day in others)),
        1,
    )


def said(days: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> date | None:
    return None if np.isnan(days[0]) else day_of(int(days[0]))
