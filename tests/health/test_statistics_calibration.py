"""How well chances came true, beside what is reckoned by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.stats import beta

from relcli.health.statistics.calibration import Calibration, calibration
from relcli.health.statistics.ranking import Sample


def sample(chances: Sequence[float], happened: Sequence[bool], who: Sequence[int] | None = None) -> Sample:
    people = range(len(chances)) if who is None else who
    return Sample(np.array(people, np.int64), np.array(chances, np.float64), np.array(happened, np.bool_))


def found(*samples: Sample) -> Calibration:
    answer = calibration(samples)
    assert answer is not None
    return answer


def test_log_loss_and_error_are_what_is_reckoned_by_hand() -> None:
    """Ten were told 80 %, of whom six came; ten were told 30 %, of whom four came."""
    one = found(sample([0.8] * 10 + [0.3] * 10, [True] * 6 + [False] * 4 + [True] * 4 + [False] * 6))

    assert one.log_loss == pytest.approx(-(6 * math.log(0.8) + 4 * math.log(0.2) + 4 * math.log(0.3) + 6 * math.log(0.7)) / 20)
    assert one.log_loss_of_share == pytest.approx(math.log(2))
    assert one.error == pytest.approx((0.2 + 0.1) / 2)
    assert (one.n, one.told, one.came) == (20, pytest.approx(0.55), 0.5)


def test_the_bins_say_what_was_told_and_what_came_with_its_interval() -> None:
    low, high = found(sample([0.32] * 10 + [0.84] * 10, [True] * 4 + [False] * 6 + [True] * 10)).bins

    assert (low.bottom, low.top, low.n, low.told, low.came) == (0.3, 0.4, 10, pytest.approx(0.32), 0.4)
    assert (low.low, low.high) == pytest.approx(tuple(beta.ppf([0.025, 0.975], 4.5, 6.5)), abs=1e-9)
    assert (high.came, high.high) == (1.0, 1.0)
    assert high.low == pytest.approx(beta.ppf(0.025, 10.5, 0.5), abs=1e-9)


def test_a_bin_of_fewer_than_five_has_its_count_and_no_figure() -> None:
    few = found(sample([0.95] * 4 + [0.15] * 20, [True] * 4 + [False] * 20)).bins[-1]

    assert (few.bottom, few.top) == (0.9, 1.0)
    assert (few.n, few.told, few.came, few.low, few.high) == (4, pytest.approx(0.95), None, None, None)


def test_a_bin_of_five_has_its_figure_and_one_to_whom_it_never_happened_begins_at_nought() -> None:
    none, five = found(sample([0.95] * 5 + [0.15] * 20, [True] * 4 + [False] * 21)).bins

    assert five.came == 0.8
    assert (none.came, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(beta.ppf(0.975, 0.5, 20.5), abs=1e-9)


def test_below_twenty_contacts_nothing_is_said_however_often_they_were_seen() -> None:
    one = sample([0.5] * 19, [True] * 10 + [False] * 9)

    assert calibration([one]) is None
    assert calibration([one, one, one]) is None
    assert calibration([]) is None


def test_the_same_people_seen_again_narrow_no_interval() -> None:
    one = sample([0.45] * 30, [True] * 12 + [False] * 18)
    once, thrice = found(one).bins[0], found(one, one, one).bins[0]

    assert thrice.n == 90
    assert (thrice.came, thrice.low, thrice.high) == (once.came, once.low, once.high)


def test_certainty_belongs_to_the_last_bin_and_one_wrong_certainty_does_not_outweigh_all() -> None:
    one = found(sample([1.0] * 30, [True] * 29 + [False]))

    assert (one.bins[0].bottom, one.bins[0].top) == (0.9, 1.0)
    assert one.log_loss == pytest.approx(-math.log(1e-6) / 30, rel=1e-4)


def test_whom_nothing_was_foretold_is_left_out() -> None:
    one = sample([0.7] * 25, [True] * 15 + [False] * 10)
    more = sample([0.7] * 25 + [math.nan] * 9, [True] * 15 + [False] * 10 + [False] * 9)

    assert calibration([more]) == calibration([one])


@pytest.mark.parametrize("size", [40, 200, 2000])
def test_true_chances_are_off_by_about_what_chance_explains(size: int) -> None:
    off, explained = [], []
    for seed in range(60):
        random = np.random.default_rng(seed)
        chance = random.uniform(0, 1, size)
        one = found(sample(chance.tolist(), (random.uniform(0, 1, size) < chance).tolist()))
        off.append(one.error)
        explained.append(one.error_by_chance)

    assert np.mean(explained) == pytest.approx(np.mean(off), rel=0.12)


def test_a_share_foretells_everybody_alike() -> None:
    one = found(sample([0.8] * 30, [True] * 6 + [False] * 24))

    assert one.log_loss_of_share == pytest.approx(-(0.2 * math.log(0.2) + 0.8 * math.log(0.8)))


def test_one_to_whom_it_happened_against_all_certainty_does_not_outweigh_all() -> None:
    assert found(sample([0.0] * 30, [True] + [False] * 29)).log_loss == pytest.approx(-math.log(1e-6) / 30, rel=1e-4)


def test_of_nearly_certain_chances_one_throw_explains_at_most_its_own_variance_twice() -> None:
    assert found(sample([0.999] * 20, [True] * 20)).error_by_chance == pytest.approx(2 * 0.999 * 0.001)
