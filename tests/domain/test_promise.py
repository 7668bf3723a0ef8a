"""How a promise stands on a day, and which of several is the most urgent."""

from __future__ import annotations

from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from relcli.domain.promise import Closing, Promise, PromiseKind, PromiseStatus, Side, by_urgency

MADE = date(2026, 3, 1)
DUE = date(2026, 3, 10)
DAYS = st.dates(date(2026, 2, 1), date(2026, 5, 1))


def promise(number: int = 1, *, due: date | None = DUE, kind: PromiseKind = PromiseKind.PROMISE, **more: object) -> Promise:
    return Promise(number, "c_aaaaaaaa", Side.US, kind, "prints", MADE, due, **more)  # type: ignore[arg-type]  # closed and how


@pytest.mark.parametrize(
    ("closed", "how", "day", "status"),
    [
        (None, None, DUE, "open"),
        (None, None, DUE + timedelta(1), "overdue"),
        (DUE, Closing.KEPT, DUE, "kept"),
        (DUE + timedelta(1), Closing.KEPT, DUE + timedelta(1), "late"),
        (DUE + timedelta(5), Closing.KEPT, DUE + timedelta(4), "overdue"),
        (DUE, Closing.BROKEN, DUE, "broken"),
        (DUE + timedelta(9), Closing.WITHDRAWN, DUE + timedelta(9), "withdrawn"),
        (DUE, Closing.KEPT, MADE - timedelta(1), "open"),
    ],
)
def test_status_follows_from_the_days(closed: date | None, how: Closing | None, day: date, status: str) -> None:
    assert promise(closed=closed, how=how).status(day) == status


@given(made=DAYS, due=st.none() | DAYS, lasted=st.none() | st.integers(0, 60), how=st.sampled_from(Closing), day=DAYS)
def test_on_any_day_a_promise_is_open_closed_or_not_made_yet(
    made: date, due: date | None, lasted: int | None, how: Closing, day: date
) -> None:
    closed = None if lasted is None else made + timedelta(lasted)
    one = Promise(1, "c_aaaaaaaa", Side.THEM, PromiseKind.PROMISE, "x", made, due, closed, how if closed else None)

    assert [made > day, one.open_on(day), one.closed_by(day)].count(True) == 1
    assert one.closed_by(day) == (one.status(day) not in (PromiseStatus.OPEN, PromiseStatus.OVERDUE))
    assert one.overdue_on(day) == (one.status(day) is PromiseStatus.OVERDUE)


def test_what_is_due_first_is_most_urgent_complaints_before_others_and_what_ended_last_follows() -> None:
    several = [
        promise(1, due=None),
        promise(2, due=DUE + timedelta(1)),
        promise(3),
        promise(4, kind=PromiseKind.COMPLAINT),
        promise(5, closed=MADE, how=Closing.KEPT),
        promise(6, closed=DUE, how=Closing.BROKEN),
        promise(7),
    ]

    assert [p.number for p in by_urgency(several, DUE)] == [4, 3, 7, 2, 1, 6, 5]
