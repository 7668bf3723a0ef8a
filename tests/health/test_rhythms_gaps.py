"""The usual gap."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.health.ledger import Ledger
from relcli.health.rhythms.gaps import UsualGaps, usual_gaps


def of_gaps(*histories: list[int]) -> UsualGaps:
    days = [np.concatenate(([0], np.cumsum(gaps))).astype(int).tolist() for gaps in histories]
    owner = [i for i, own in enumerate(days) for _ in own]
    return usual_gaps(Ledger.of(owner, [d for own in days for d in own], len(days)))


@pytest.mark.parametrize(
    ("gaps", "usual"),
    [
        ([30, 30, 30, 30], 30),
        ([20, 40, 30, 10], 25),  # four, regular enough: the plain median
        ([30, 31, 90], 90),  # three: the gap that fills half of the time
        ([1, 60, 1, 60, 1, 60], 30.5),  # variation just below one
        ([1, 1, 1, 1, 1, 1, 90, 90], 90),  # two records of one occasion are no rhythm
        ([45], 45),
        ([10, 10, 20], 10),  # ties: half is filled by the smaller already
    ],
)
def test_examples(gaps: list[int], usual: float) -> None:
    assert of_gaps(gaps).usual[0] == usual


def test_fewer_than_two_signs_borrow_the_median_of_the_book() -> None:
    found = usual_gaps(Ledger.of([0, 0, 1, 1, 2, 2, 3], [0, 10, 0, 20, 0, 90, 5], 5))
    assert found.usual.tolist() == [10, 20, 90, 20, 20]
    assert found.borrowed.tolist() == [False, False, False, True, True]
    assert np.isnan(found.low[3:]).all()


def test_a_book_without_any_gap_takes_sixty_days() -> None:
    assert usual_gaps(Ledger.of([0], [5], 2)).usual.tolist() == [60, 60]
    assert usual_gaps(Ledger.of([], [], 0)).usual.size == 0


def test_a_floor_lifts_the_usual_gap_and_nothing_else() -> None:
    ledger = Ledger.of([0, 0, 1, 1], [0, 10, 0, 50], 2)
    assert usual_gaps(ledger, np.array([42.0, np.nan])).usual.tolist() == [42, 50]


@given(st.lists(st.lists(st.integers(1, 40_000), min_size=1, max_size=12), min_size=1, max_size=4))
def test_agrees_with_the_plain_reading(histories: list[list[int]]) -> None:
    found = of_gaps(*histories)
    for i, gaps in enumerate(histories):
        if len(gaps) >= 4 and np.std(gaps) <= np.mean(gaps) * (1 - 1e-12):
            expected = float(np.median(gaps))
        elif len(gaps) >= 4 and np.std(gaps) <= np.mean(gaps) * (1 + 1e-12):
            continue  # a coin on its edge
        else:
            expected = next(g for g in sorted(gaps) if 2 * sum(x for x in gaps if x <= g) >= sum(gaps))
        assert found.usual[i] == expected
        assert found.low[i] <= found.usual[i] <= found.high[i]


@pytest.mark.parametrize(
    ("gaps", "low", "high"),
    [
        (range(10, 21), 11, 19),
        (range(10, 25), 11, 23),  # fifteen: the 1.4th and the 12.6th of 0 to 14
        (range(10, 26), 12, 24),  # sixteen: the 1.5th, halves to the even one, and the 13.5th
        ((30, 20, 10, 40), 10, 40),
    ],
)
def test_a_regular_gap_lies_between_its_tenth_and_its_ninetieth_hundredth(gaps: list[int], low: int, high: int) -> None:
    found = of_gaps([45], list(gaps))
    assert (found.low[1], found.high[1]) == (low, high)


def test_a_variation_of_just_one_is_regular_still() -> None:
    assert of_gaps([10, 10, 10, 10, 60]).usual[0] == 10
    assert of_gaps([10, 10, 10, 10, 61]).usual[0] == 61


def test_the_median_of_the_book_is_told_beside_the_gaps() -> None:
    assert of_gaps([10], [20], [90]).book == 20
    assert of_gaps([]).book == 60


def test_a_gap_lifted_to_a_floor_has_no_range_and_one_just_as_long_keeps_its_own() -> None:
    ledger = Ledger.of([0, 0, 1, 1, 2, 2], [0, 10, 0, 50, 0, 42], 3)
    found = usual_gaps(ledger, np.array([42.0, 42.0, 42.0]))
    assert found.usual.tolist() == [42, 50, 42]
    assert found.low.tolist() == pytest.approx([np.nan, 50, 42], nan_ok=True)
    assert found.high.tolist() == pytest.approx([np.nan, 50, 42], nan_ok=True)
