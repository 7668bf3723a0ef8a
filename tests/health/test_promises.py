"""Our word and theirs."""

from __future__ import annotations

import numpy as np
import pytest
from tests.health.people import TODAY, promise

from relcli.domain.moment import day_number
from relcli.domain.promise import Promise
from relcli.health.promises import Promises, promises

AS_OF = day_number(TODAY)


def of(*records: Promise, supplier: bool = False, as_of: int = AS_OF) -> Promises:
    given = {0: records}
    return promises(given, given, np.array([supplier]), as_of)


def counted(found: Promises, back: int = 0) -> tuple[float, float]:
    """Successes and failures, with the weight of one record so many days old taken out."""
    weight = 0.5 ** (back / 365)
    return round(float(found.tally.successes[0]) / weight, 6), round(float(found.tally.failures[0]) / weight, 6)


@pytest.mark.parametrize(
    ("due", "closed", "worth"),
    [(100, 100, 1), (100, 110, 1), (107, 100, 0.75), (121, 100, 0.25), (190, 100, 0.25), (101, 100, 27 / 28)],
)
def test_kept_counts_one_and_each_day_late_a_28th_less_down_to_a_quarter(due: int, closed: int, worth: float) -> None:
    assert counted(of(promise(200, due, closed)), closed) == pytest.approx((worth, 1 - worth), abs=1e-6)


def test_broken_counts_against_us_from_the_day_it_was() -> None:
    assert counted(of(promise(200, 150, 100, "broken")), 100) == (0, 1)


@pytest.mark.parametrize(
    "record", [promise(20, -5), promise(20, 0), promise(20, None, theirs=True), promise(200, 100, 90, "withdrawn")]
)
def test_what_is_not_past_its_day_or_was_withdrawn_counts_for_nothing(record: Promise) -> None:
    found = of(record)
    assert (counted(found), found.ours.tolist(), found.cap.tolist()) == ((0, 0), [0], [100])


@pytest.mark.parametrize(("days", "weight"), [(1, 1), (30, 1), (31, 2), (1100, 2)])
def test_overdue_does_not_age_and_weighs_two_after_thirty_days(days: int, weight: float) -> None:
    assert counted(of(promise(1200, days))) == (0, weight)


def test_a_complaint_weighs_two_only_where_it_fails() -> None:
    assert counted(of(promise(200, 100, 100, complaint=True)), 100) == (1, 0)
    assert counted(of(promise(200, 107, 100, complaint=True)), 100) == (0.75, 0.5)
    assert counted(of(promise(200, 150, 100, "broken", complaint=True)), 100) == (0, 2)
    assert counted(of(promise(200, 5, complaint=True))) == (0, 2)
    assert counted(of(promise(200, 40, complaint=True))) == (0, 2)


def test_where_both_gave_their_word_ours_weighs_more_but_with_suppliers_theirs() -> None:
    both = promise(10, 0, 0), promise(10, 0, 0, "broken", theirs=True)
    assert counted(of(*both)) == (1.2, 0.8)
    assert counted(of(*both, supplier=True)) == (0.8, 1.2)


def test_one_side_alone_counts_alone() -> None:
    assert counted(of(promise(10, 0, 0))) == (1, 0)
    assert counted(of(promise(10, 0, 0, theirs=True))) == (1, 0)
    # Theirs that is not due yet gives no second side.
    assert counted(of(promise(10, 0, 0), promise(10, -9, theirs=True))) == (1, 0)


def test_a_promise_is_open_on_the_days_before_it_was_closed_and_unknown_before_it_was_made() -> None:
    kept_late = promise(60, 40, 20)
    assert counted(of(kept_late, as_of=AS_OF - 61)) == (0, 0)
    assert counted(of(kept_late, as_of=AS_OF - 50)) == (0, 0)
    assert of(kept_late, as_of=AS_OF - 30).overdue_days.tolist() == [10]
    assert of(kept_late, as_of=AS_OF - 20).overdue_days.tolist() == [0]


def test_a_day_in_the_future_on_which_it_will_have_been_closed_does_not_close_it_now() -> None:
    found = of(promise(60, 10, -5))
    assert (found.overdue_days.tolist(), counted(found), found.ours_kept.tolist()) == ([10], (0, 1), [0])


@pytest.mark.parametrize(("days", "cap"), [(1, 89), (2, 83), (5, 65), (6, 59), (300, 59)])
def test_an_overdue_promise_holds_health_lower_each_day(days: int, cap: float) -> None:
    assert of(promise(400, days)).cap.tolist() == [cap]


def test_a_complaint_past_its_day_holds_health_at_59_at_once() -> None:
    found = of(promise(400, 1, complaint=True), promise(400, 2))
    assert (found.cap.tolist(), found.complaint_days.tolist(), found.overdue_days.tolist()) == ([59], [1], [2])


def test_their_overdue_promise_holds_nothing() -> None:
    found = of(promise(400, 100, theirs=True))
    assert (found.cap.tolist(), found.overdue_days.tolist(), counted(found)) == ([100], [0], (0, 2))


def test_both_sides_and_what_was_late_are_counted_apart() -> None:
    found = of(promise(90, 60, 60), promise(90, 60, 50), promise(90, 60, 50, "broken"), promise(90, 60, 60, theirs=True))
    assert (found.ours.tolist(), found.ours_kept.tolist(), found.late.tolist()) == ([3], [2], [1])
    assert (found.theirs.tolist(), found.theirs_kept.tolist()) == ([1], [1])


def test_what_an_organisation_s_people_were_promised_counts_for_it_but_is_owed_by_their_names() -> None:
    found = promises({0: [promise(40, 10)]}, {}, np.array([False]), AS_OF)
    assert (found.tally.failures.tolist(), found.overdue_days.tolist(), found.cap.tolist()) == ([1], [0], [100])


def test_promises_add_up_each_with_its_own_weight_and_those_not_decided_hide_none() -> None:
    undecided = promise(20, -5), promise(200, 100, 90, "withdrawn")
    found = of(*undecided, promise(400, 365, 365), promise(10, None, 0), promise(300, 200, 0, "broken"), promise(90, 3))

    assert (found.tally.successes[0], found.tally.failures[0]) == pytest.approx((1.5, 2.0))
    assert (found.ours.tolist(), found.ours_kept.tolist(), found.late.tolist()) == ([4], [2], [0])
    assert {part.dtype for part in (found.ours, found.theirs_kept, found.overdue_days)} == {np.dtype(np.int64)}


def test_failures_of_theirs_weigh_less_than_ours_where_both_gave_their_word() -> None:
    both = promise(300, 200, 0, "broken"), promise(300, 200, 0, "broken", theirs=True), promise(10, 0, 0, theirs=True)

    assert of(*both).tally.failures[0] == pytest.approx(1.2 + 0.8)
    assert of(both[0], both[2]).tally.failures[0] == pytest.approx(1.2)
    assert of(both[0], both[2], supplier=True).tally.failures[0] == pytest.approx(0.8)


def test_the_newest_is_the_one_decided_last_or_past_its_day_last() -> None:
    assert of(promise(400, 300, 200), promise(90, 3), promise(80, 40, 30)).newest_age.tolist() == [3]
    assert np.isnan(of(promise(20, -5)).newest_age[0])


def test_a_promise_made_and_kept_today_counts_today() -> None:
    assert counted(of(promise(0, 0, 0))) == (1, 0)


def test_without_a_promise_the_range_begins_nearer_to_kept() -> None:
    low, high = of().tally.range_of(0)
    assert low < 50
    assert high > 99
