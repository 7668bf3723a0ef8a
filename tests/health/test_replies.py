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


@given(TOUCHES)
def test_the_gate_and_the_metric_agree_on_the_last_outreach_and_survey(
    history: list[tuple[int, Direction, Purpose | None]],
) -> None:
    talk = conversation(history)
    trace = traced(
        Event(Moment(FIRST + timedelta(days=day)), direction is not Direction.OUT, purpose) for day, direction, purpose in history
    )
    asked = talk.newest((talk.direction == OUT) & (talk.purpose == PURPOSES.index(Purpose.SURVEY)))
    assert [trace.last_outreach, trace.last_survey] == [said(talk.newest(talk.outreach)), said(asked)]


@given(TOUCHES, st.integers(0, 20))
def test_they_agree_on_whether_a_touch_to_come_is_a_reply(
    history: list[tuple[int, Direction, Purpose | None]], later: int
) -> None:
    day = max((day for day, *_ in history), default=0) + later
    until = traced(
        Event(Moment(FIRST + timedelta(days=on)), direction is not Direction.OUT, purpose) for on, direction, purpose in history
    ).reply_until
    talk = conversation([*history, (day, Direction.OUT, None)])
    expected = until is not None and FIRST + timedelta(days=day) <= until
    assert bool(talk.reply[-1]) == expected


def conversation(history: list[tuple[int, Direction, Purpose | None]]) -> Conversation:
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
        NO_DAYS,
        1,
    )


def said(days: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> date | None:
    return None if np.isnan(days[0]) else day_of(int(days[0]))
