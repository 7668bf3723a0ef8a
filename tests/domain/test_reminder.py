"""A note to oneself: on which days it is on the agenda."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.reminder import Reminder

MADE, DUE = date(2026, 11, 21), date(2026, 11, 27)


@pytest.mark.parametrize(
    ("day", "done", "calls"),
    [
        (DUE - timedelta(days=1), None, False),
        (DUE, None, True),
        (DUE + timedelta(days=400), None, True),
        (DUE, DUE, False),
        (DUE, DUE + timedelta(days=1), True),
        (DUE + timedelta(days=2), DUE + timedelta(days=1), False),
    ],
)
def test_it_calls_from_its_day_until_it_is_done(day: date, done: date | None, calls: bool) -> None:
    assert Reminder(1, "c_1", "call", MADE, DUE, done).calls_on(day) is calls


@given(st.dates(), st.dates(), st.dates())
def test_it_never_calls_before_it_was_made_or_before_its_day(made: date, due: date, day: date) -> None:
    assert Reminder(1, "c_1", "call", made, due).calls_on(day) is (day >= made and day >= due)


def test_it_is_known_by_a_public_id() -> None:
    assert Reminder(12, "c_1", "call", MADE, DUE).id == "m_12"
