"""Do they come back?"""

from __future__ import annotations

import numpy as np
import pytest

from relcli.health.ledger import Ledger
from relcli.health.loyalty import Loyalty, Referrals, loyalty

TODAY = 20_000


def of(*histories: list[int], referrals: Referrals | None = None) -> Loyalty:
    owner = [i for i, ages in enumerate(histories) for _ in ages]
    return loyalty(Ledger.of(owner, [TODAY - age for ages in histories for age in ages], len(histories)), TODAY, referrals)


def test_returns_are_successes_and_the_first_purchase_is_none() -> None:
    found = of([0, 30, 60])
    assert found.tally.successes[0] == pytest.approx(1 + 0.5 ** (30 / 365))
    assert found.tally.value[0] == 100


def test_missed_turns_are_failures_five_at_most() -> None:
    assert of([90 + 30 * i for i in range(6)]).tally.failures[0] == 2.0
    assert of([3000 + 30 * i for i in range(6)]).tally.failures[0] == 5.0
    assert of([30 * i for i in range(1, 6)]).tally.failures[0] == 0.0


def test_a_turn_is_never_shorter_than_thirty_days() -> None:
    found = of([30 + i for i in range(10)])
    assert found.turn[0] == 30
    assert found.tally.failures[0] == 0.0


def test_who_buys_rarely_ages_slowly() -> None:
    found = of([0, 400, 800, 1200, 1600])
    assert found.tally.successes[0] == pytest.approx(1 + 0.5**0.5 + 0.5 + 0.5**1.5)


def test_one_purchase_is_given_ninety_days_or_twice_the_turn_of_the_book() -> None:
    assert of([10]).turn[0] == 120  # nobody to compare with: twice sixty
    assert of([10], [0, 20, 40]).turn[0] == 90
    assert of([10], [0, 200, 400]).turn[0] == 400
    assert np.isnan(of([10]).tally.value[0])
    assert of([240]).tally.value[0] == 0


def test_nothing_bought_is_unknown_and_the_future_does_not_count() -> None:
    found = of([], [-5, -40])
    assert np.isnan(found.tally.value).all()
    assert found.count.tolist() == [0, 0]


def test_who_sends_others_succeeds_by_that_alone_and_each_fades_by_half_a_year_on() -> None:
    """Today's counts, tomorrow's does not yet; who never bought misses no turn."""
    sent = np.array([0, 0, 1, 0]), np.array([TODAY, TODAY - 365, TODAY + 1, TODAY + 1])
    found = of([], [0], [], referrals=sent)

    assert found.tally.successes.tolist() == [1.5, 0.0, 0.0]
    assert found.tally.failures.tolist() == [0.0, 0.0, 0.0]
    assert found.sent.tolist() == [2, 0, 0]
    assert found.tally.value[0] == 100


def test_it_tells_when_they_bought_first_and_last() -> None:
    found = of([5, 40, 300], [], [7])

    assert found.first_age.tolist() == pytest.approx([300, np.nan, 7], nan_ok=True)
    assert found.last_age.tolist() == pytest.approx([5, np.nan, 7], nan_ok=True)
    assert found.sent.tolist() == [0, 0, 0]


def test_the_range_begins_in_the_middle_of_nothing_known() -> None:
    low, high = of([]).tally.range_of(0)

    assert (low, high) == pytest.approx((100 * np.sin(np.pi / 20) ** 2, 100 * np.cos(np.pi / 20) ** 2))
