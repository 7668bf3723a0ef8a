"""How well a score ranks: the area under the curve and its interval, beside computations of another kind."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import mannwhitneyu, norm

from relcli.health.statistics.ranking import Sample, interval, ranking


def sample(scores: Sequence[float], happened: Sequence[bool], who: Sequence[int] | None = None) -> Sample:
    people = range(len(scores)) if who is None else who
    return Sample(np.array(people, np.int64), np.array(scores, np.float64), np.array(happened, np.bool_))


def drawn(seed: int, yes: int, no: int, apart: float, *, steps: float = 0.0) -> Sample:
    """Two normal groups so far apart; with `steps` rounded, so that there are ties."""
    random = np.random.default_rng(seed)
    scores = np.concatenate([random.normal(apart, 1.0, yes), random.normal(0.0, 1.0, no)])
    scores = np.round(scores / steps) * steps if steps else scores
    return sample(scores.tolist(), [True] * yes + [False] * no)


@pytest.mark.parametrize("steps", [0.0, 0.5, 2.0])
def test_the_area_is_that_of_the_rank_sum_ties_counting_half(steps: float) -> None:
    one = drawn(1, 40, 60, 1.0, steps=steps)
    statistic = mannwhitneyu(one.score[one.happened], one.score[~one.happened]).statistic

    assert ranking([one]).auc == pytest.approx(statistic / (40 * 60), abs=1e-12)


def test_a_score_that_says_the_same_of_all_is_a_coin() -> None:
    found = ranking([sample([1.0] * 20, [True, False] * 10)])

    assert found.auc == 0.5
    assert not found.better_than_chance


@pytest.mark.parametrize(("auc", "yes", "no"), [(0.5, 5, 5), (0.8, 10, 30), (0.93, 200, 12), (0.01, 7, 9), (0.6, 2000, 3000)])
def test_the_interval_holds_all_areas_from_which_the_one_found_is_no_surprise(auc: float, yes: int, no: int) -> None:
    """The equation of Newcombe's method 5, solved by another root finder."""
    more, z = (yes + no) / 2 - 1, norm.ppf(0.975)

    def surprise(true: float) -> float:
        spread = true * (1 - true) / (yes * no) * (1 + more * (1 - true) / (2 - true) + more * true / (1 + true))
        return float((auc - true) ** 2 - z**2 * spread)

    assert interval(auc, yes, no) == pytest.approx((brentq(surprise, 1e-12, auc), brentq(surprise, auc, 1 - 1e-12)), abs=1e-9)


def test_of_many_the_interval_is_near_that_of_delong() -> None:
    one = drawn(2, 400, 400, 1.2)
    ours = ranking([one])
    above = one.score[one.happened][:, None] > one.score[~one.happened][None, :]
    variance = above.mean(axis=1).var(ddof=1) / 400 + above.mean(axis=0).var(ddof=1) / 400
    half = norm.ppf(0.975) * math.sqrt(variance)

    assert ours.auc is not None
    assert ours.low == pytest.approx(ours.auc - half, abs=0.005)
    assert ours.high == pytest.approx(ours.auc + half, abs=0.005)


@pytest.mark.parametrize(("yes", "no", "apart"), [(6, 8, 1.0), (10, 40, 1.5), (40, 10, 0.0)])
def test_the_interval_of_few_holds_the_true_area_about_95_times_of_100(yes: int, no: int, apart: float) -> None:
    true = norm.cdf(apart / math.sqrt(2))
    found = [ranking([drawn(seed, yes, no, apart)]) for seed in range(400)]
    held = np.mean([one.low <= true <= one.high for one in found if one.low is not None and one.high is not None])

    assert len([one for one in found if one.auc is not None]) == 400
    assert 0.92 <= held <= 0.995


def test_perfect_order_among_few_is_not_certainty() -> None:
    found = ranking([sample(range(10), [False] * 5 + [True] * 5)])

    assert (found.auc, found.high) == (1.0, 1.0)
    assert found.low is not None
    assert 0.5 < found.low < 0.8


def test_the_wrong_way_round_is_the_mirror_image() -> None:
    one = drawn(3, 20, 30, 0.8)
    found, turned = ranking([one]), ranking([Sample(one.who, -one.score, one.happened)])

    assert (turned.auc, turned.low, turned.high) == pytest.approx(
        (1 - (found.auc or 0), 1 - (found.high or 0), 1 - (found.low or 0))
    )


@pytest.mark.parametrize(("yes", "no"), [(4, 30), (30, 4), (0, 30), (30, 0), (0, 0)])
def test_below_five_of_either_there_is_no_figure_but_the_counts(yes: int, no: int) -> None:
    found = ranking([drawn(4, yes, no, 1.0)])

    assert (found.yes, found.no) == (yes, no)
    assert (found.auc, found.low, found.high) == (None, None, None)


def test_whom_nothing_was_foretold_is_left_out() -> None:
    one = drawn(5, 20, 20, 1.0)
    unknown = sample([math.nan] * 7, [True] * 7, who=range(100, 107))
    both = Sample(*(np.concatenate([getattr(one, c), getattr(unknown, c)]) for c in ("who", "score", "happened")))

    assert ranking([both]) == ranking([one])


def test_the_same_people_on_three_days_tell_no_more_than_on_one() -> None:
    one = drawn(6, 15, 25, 1.0)

    assert ranking([one, one, one]) == ranking([one])


def test_other_people_on_another_day_narrow_the_interval() -> None:
    one, other = drawn(7, 15, 25, 1.0), drawn(7, 15, 25, 1.0)
    elsewhere = Sample(other.who + 1000, other.score, other.happened)
    alone, both = ranking([one]), ranking([one, elsewhere])

    assert (both.yes, both.no, both.auc) == (30, 50, alone.auc)
    assert (both.high or 0) - (both.low or 0) < (alone.high or 0) - (alone.low or 0)


def test_contacts_are_compared_within_a_day_only() -> None:
    """Scores of another day may lie elsewhere altogether."""
    one = drawn(8, 20, 20, 1.0)
    shifted = Sample(one.who + 1000, one.score + 50.0, one.happened)

    assert ranking([one, shifted]).auc == pytest.approx(ranking([one]).auc)


def test_a_day_on_which_it_happened_to_all_tells_nothing() -> None:
    one = drawn(9, 20, 20, 1.0)

    assert ranking([one, sample([0.5] * 30, [True] * 30, who=range(100, 130))]) == ranking([one])


def test_where_no_day_tells_the_counts_are_those_of_all_of_them() -> None:
    all_of_them = sample([0.5] * 30, [True] * 30)

    assert ranking([all_of_them, all_of_them]) == ranking([all_of_them])
    assert (ranking([all_of_them]).yes, ranking([all_of_them]).no) == (30, 0)


def test_a_day_on_which_it_happened_to_none_tells_nothing() -> None:
    one = drawn(10, 20, 20, 1.0)

    assert ranking([one, sample([0.5] * 30, [False] * 30, who=range(100, 130))]) == ranking([one])


def test_a_day_on_which_it_happened_to_a_single_one_tells_its_part() -> None:
    one = drawn(11, 10, 20, 1.0)
    other = sample([2.0, *([0.0] * 9)], [True, *([False] * 9)], who=range(100, 110))

    both = ranking([one, other])

    assert (both.yes, both.no) == (11, 29)
    assert both.auc == pytest.approx(((ranking([one]).auc or 0) * 200 + 9) / 209)
