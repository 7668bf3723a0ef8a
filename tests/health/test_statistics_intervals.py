"""Figures from few answers against scipy and numpy, and what must hold of them whatever was answered."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from relcli.health.statistics.intervals import Certainty, Estimate, certainty, change, claimed, mean, nps, student

CASES = 1000
counts = st.tuples(*[st.integers(0, 60)] * 3).filter(lambda three: sum(three) > 0)
scales = st.sampled_from([(0, 10), (1, 5), (1, 7), (0, 1), (-3, 3)])
answered = scales.flatmap(lambda ends: st.tuples(st.lists(st.integers(*ends), min_size=2, max_size=60), st.just(ends)))


def nps_by_numpy(promoters: int, passives: int, detractors: int) -> tuple[float, float]:
    """The interval from the added answers themselves: their mean and spread, each answer 1, 0 or -1."""
    values, weights = np.array([1.0, 0.0, -1.0]), np.array([promoters + 0.75, passives + 1.5, detractors + 0.75])
    middle = np.average(values, weights=weights)
    error = np.sqrt(np.average((values - middle) ** 2, weights=weights) / weights.sum())
    low, high = stats.norm.interval(0.95, loc=middle, scale=error)
    return float(np.clip(100 * low, -100, 100)), float(np.clip(100 * high, -100, 100))


def mean_by_scipy(values: Sequence[int], low: int, high: int) -> tuple[float, float]:
    """The interval from the answers and the two quarter ones, by numpy's weighted covariance and scipy's t."""
    points = np.array([*values, low, high], dtype=float)
    weights = np.array([1.0] * len(values) + [0.25, 0.25])
    spread = float(np.cov(points, aweights=weights, ddof=0))
    error = np.sqrt(spread / weights.sum())
    found = stats.t.interval(0.95, len(values) - 1, loc=np.average(points, weights=weights), scale=error)
    return float(np.clip(found[0], low, high)), float(np.clip(found[1], low, high))


# --- against an independent implementation -----------------------------------------------------------------------------


def test_a_thousand_random_scores_have_the_interval_that_numpy_finds() -> None:
    rng = np.random.default_rng(20261121)
    for _ in range(CASES):
        three = tuple(int(count) for count in rng.multinomial(rng.integers(1, 300), rng.dirichlet([1, 1, 1])))
        found = nps(*three)
        assert (found.low, found.high) == pytest.approx(nps_by_numpy(*three), abs=1e-6), three
        assert found.value == pytest.approx(100 * (three[0] - three[2]) / sum(three), abs=1e-9)


def test_a_thousand_random_means_have_the_interval_that_scipy_finds() -> None:
    rng = np.random.default_rng(20261122)
    for _ in range(CASES):
        low, size = int(rng.integers(-2, 2)), int(rng.integers(1, 11))
        chances = rng.dirichlet([0.7] * (size + 1))
        values = [low + int(v) for v in rng.choice(size + 1, size=rng.integers(2, 200), p=chances)]
        found = mean(values, low, low + size)
        assert (found.low, found.high) == pytest.approx(mean_by_scipy(values, low, low + size), abs=1e-6), values
        assert found.value == pytest.approx(np.mean(values), abs=1e-9)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 9, 19, 30, 49, 99, 250, 1000, 10_000, 100_000])
@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95, 0.99])
def test_students_t_is_that_of_scipy(freedom: int, confidence: float) -> None:
    assert student(freedom, confidence) == pytest.approx(float(stats.t.ppf((1 + confidence) / 2, freedom)), abs=1e-9)


@given(st.floats(0.5, 500.0), st.floats(0.05, 0.99))
def test_students_t_is_that_of_scipy_between_the_whole_numbers_too(freedom: float, confidence: float) -> None:
    assert student(freedom, confidence) == pytest.approx(float(stats.t.ppf((1 + confidence) / 2, freedom)), rel=1e-9, abs=1e-9)


# --- known figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "half"), [(10, 41), (20, 31), (50, 21)])
def test_half_of_the_score_is_as_wide_as_the_page_says(n: int, half: int) -> None:
    assert nps(n // 2, 3 * n // 10, n // 5).half == pytest.approx(half, abs=1.5)


def test_five_answers_tell_next_to_nothing() -> None:
    found = nps(3, 1, 1)

    assert found.value == pytest.approx(40.0)
    assert (found.low, found.high) == pytest.approx((-29.8, 79.8), abs=0.1)


def test_nobody_disagreeing_does_not_make_it_certain() -> None:
    assert nps(5, 0, 0).low < 40
    assert nps(5, 0, 0).high == 100
    assert mean([5] * 5, 1, 5).low < 4.0
    assert mean([5] * 5, 1, 5).high == 5


# --- what must hold ----------------------------------------------------------------------------------------------------


@given(counts)
def test_the_score_lies_in_its_interval_and_that_on_the_scale(three: tuple[int, int, int]) -> None:
    found = nps(*three)

    assert -100 <= found.low <= found.value <= found.high <= 100
    assert found.low < found.high


@given(answered)
def test_the_interval_of_a_mean_lies_on_its_scale(case: tuple[list[int], tuple[int, int]]) -> None:
    values, (low, high) = case
    found = mean(values, low, high)

    assert low <= found.low < found.high <= high
    assert low <= found.value <= high


@given(answered)
def test_from_five_answers_on_a_mean_lies_in_its_interval(case: tuple[list[int], tuple[int, int]]) -> None:
    values, (low, high) = case
    found = mean((values * 3)[: max(5, len(values))], low, high)

    assert found.low <= found.value <= found.high


@given(counts, st.integers(2, 5))
def test_fewer_answers_of_the_same_kind_make_the_score_less_certain(three: tuple[int, int, int], times: int) -> None:
    up, same, down = three

    assert nps(*three).half > nps(times * up, times * same, times * down).half


@given(answered, st.integers(2, 5))
def test_fewer_answers_of_the_same_kind_make_a_mean_less_certain(case: tuple[list[int], tuple[int, int]], times: int) -> None:
    values, (low, high) = case

    assert mean(values, low, high).half > mean(values * times, low, high).half


@given(counts)
def test_the_score_turned_round_is_its_mirror_image(three: tuple[int, int, int]) -> None:
    found, turned = nps(*three), nps(*reversed(three))

    assert (turned.value, turned.low, turned.high) == pytest.approx((-found.value, -found.high, -found.low))


@given(answered)
def test_a_mean_on_the_scale_turned_round_is_its_mirror_image(case: tuple[list[int], tuple[int, int]]) -> None:
    values, (low, high) = case
    found, turned = mean(values, low, high), mean([low + high - value for value in values], low, high)

    ends = low + high
    assert (turned.value, turned.low, turned.high) == pytest.approx((ends - found.value, ends - found.high, ends - found.low))


# --- between two waves -------------------------------------------------------------------------------------------------


def test_a_change_is_as_uncertain_as_both_waves_together() -> None:
    before, after = nps(10, 10, 20), nps(30, 8, 2)
    found = change(before, after)

    assert found.value == pytest.approx(95.0)
    assert found.half == pytest.approx(math.sqrt(before.half**2 + after.half**2))
    assert found.n == 40
    assert claimed(found)


def test_a_difference_that_chance_alone_may_make_is_not_claimed() -> None:
    assert not claimed(change(nps(4, 3, 3), nps(6, 2, 2)))


@given(counts)
def test_between_a_wave_and_itself_nothing_changed(three: tuple[int, int, int]) -> None:
    found = change(nps(*three), nps(*three))

    assert not claimed(found)
    assert found.value == 0


@given(counts, counts)
def test_a_change_is_claimed_only_in_the_direction_in_which_the_score_moved(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    found = change(nps(*one), nps(*other))

    assert -200 <= found.low <= found.high <= 200
    if claimed(found) and min(sum(one), sum(other)) >= 5:
        assert (found.value > 0) == (found.low > 0)


def test_a_mean_may_move_by_its_whole_scale_at_most() -> None:
    found = change(mean([1] * 5, 1, 5), mean([5] * 5, 1, 5))

    assert (found.value, found.bottom, found.top) == (4, -4, 4)
    assert found.high == 4


# --- what may be said --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, Certainty.ANSWERS),
        (4, Certainty.ANSWERS),
        (5, Certainty.ROUGH),
        (19, Certainty.ROUGH),
        (20, Certainty.FIGURE),
        (500, Certainty.FIGURE),
    ],
)
def test_below_five_nothing_is_said_and_below_twenty_it_is_rough(n: int, said: Certainty) -> None:
    assert certainty(n) is said


@pytest.mark.parametrize("three", [(0, 0, 0), (-1, 3, 3), (3, -1, 3), (3, 3, -1)])
def test_no_score_is_made_of_nothing(three: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no score"):
        nps(*three)


@pytest.mark.parametrize(("values", "low", "high"), [([], 1, 5), ([3], 1, 5), ([3, 6], 1, 5), ([0, 3], 1, 5), ([3, 3], 3, 3)])
def test_no_mean_is_made_of_one_answer_or_of_one_off_the_scale(values: list[int], low: int, high: int) -> None:
    with pytest.raises(ValueError, match="no mean"):
        mean(values, low, high)


@pytest.mark.parametrize(("freedom", "confidence"), [(0, 0.95), (-1, 0.95), (3, 0.0), (3, 1.0), (float("nan"), 0.5)])
def test_students_t_refuses_what_it_cannot_tell(freedom: float, confidence: float) -> None:
    with pytest.raises(ValueError, match="no quantile"):
        student(freedom, confidence)


def test_an_interval_is_held_within_the_scale() -> None:
    assert (Estimate(5, 90, 80, 40, -100, 100).low, Estimate(5, 90, 80, 40, -100, 100).high) == (40, 100)


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.1, 9, True), (0, 9, False), (-9, 0, False), (-9, -0.1, True), (-9, 0.1, False)]
)
def test_a_change_is_claimed_where_no_change_lies_outside_its_interval(low: float, high: float, said: bool) -> None:
    middle, half = (low + high) / 2, (high - low) / 2
    assert claimed(Estimate(9, middle, middle, half, -100, 100)) is said
