"""Days side by side."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.health.ledger import Ledger

pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(-800_000, 3_000_000)), max_size=30)


def days_of(ledger: Ledger, position: int) -> list[int]:
    return [int(day) for day in ledger.days[ledger.start[position] : ledger.start[position + 1]]]


@given(pairs)
def test_holds_the_distinct_days_of_each_contact_in_order(rows: list[tuple[int, int]]) -> None:
    ledger = Ledger.of([o for o, _ in rows], [d for _, d in rows], 5)
    for i in range(5):
        assert days_of(ledger, i) == sorted({d for o, d in rows if o == i})
    assert ledger.counts.sum() == ledger.days.size == len(set(rows))


@given(pairs, st.integers(-800_000, 3_000_000))
def test_cutting_keeps_what_happened_until_then(rows: list[tuple[int, int]], day: int) -> None:
    cut = Ledger.of([o for o, _ in rows], [d for _, d in rows], 5).until(day)
    for i in range(5):
        assert days_of(cut, i) == sorted({d for o, d in rows if o == i and d <= day})


@given(pairs)
def test_gaps_never_cross_from_one_contact_to_the_next(rows: list[tuple[int, int]]) -> None:
    ledger = Ledger.of([o for o, _ in rows], [d for _, d in rows], 5)
    owner, gap, start = ledger.gaps()
    for i in range(5):
        assert gap[start[i] : start[i + 1]].tolist() == np.diff(days_of(ledger, i)).tolist()
    assert (gap > 0).all()
    assert np.array_equal(np.bincount(owner, minlength=5), np.diff(start))


def test_first_and_last_are_unknown_without_a_day() -> None:
    ledger = Ledger.of([1, 1, 1], [7, 3, 7], 2)
    assert np.isnan(ledger.first[0])
    assert np.isnan(ledger.last[0])
    assert (ledger.first[1], ledger.last[1]) == (3, 7)


@pytest.mark.parametrize(
    ("owner", "day", "said"),
    [
        ([0, 1], [1], "owner and day must be flat and equally long"),
        ([[0]], [[1]], "owner and day must be flat and equally long"),
        ([2], [1], "an owner is not in 0 … 1"),
        ([-1], [1], "an owner is not in 0 … 1"),
    ],
)
def test_refuses_what_cannot_be_a_ledger(owner: list[int], day: list[int], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        Ledger.of(owner, day, 2)


def test_a_single_day_is_the_first_and_the_last_and_leaves_no_gap() -> None:
    ledger = Ledger.of([0], [7], 1)

    assert (ledger.first.tolist(), ledger.last.tolist()) == ([7], [7])
    assert [part.tolist() for part in ledger.gaps()] == [[], [], [0, 0]]


def test_a_ledger_without_a_day_is_one_of_whole_days_all_the_same() -> None:
    ledger = Ledger.of([], [], 2)

    assert (ledger.size, ledger.counts.tolist()) == (2, [0, 0])
    assert [part.tolist() for part in ledger.gaps()] == [[], [], [0, 0, 0]]
    assert {part.dtype for part in (ledger.days, ledger.start, *ledger.gaps())} == {np.dtype(np.int64)}


def test_picking_keeps_the_days_of_the_contacts_asked_for_in_the_order_asked_for() -> None:
    ledger = Ledger.of([0, 0, 1, 2, 2, 2], [5, 9, 3, 1, 4, 6], 4)
    some = ledger.pick(np.array([2, 3, 0]))

    assert isinstance(some, Ledger)
    assert some.days.tolist() == [1, 4, 6, 5, 9]
    assert some.start.tolist() == [0, 3, 3, 5]


def test_known_leaves_out_whoever_has_no_day() -> None:
    some = Ledger.of([1, 1, 3, 4], [3, 7, 2, 2], 6).known()

    assert isinstance(some, Ledger)
    assert some.days.tolist() == [3, 7, 2, 2]
    assert some.start.tolist() == [0, 2, 3, 4]


def test_recency_counts_each_day_by_its_age_on_the_newest_halved_at_the_pace_of_each_contact() -> None:
    ledger = Ledger.of([0, 0, 0, 1, 2, 2], [80, 90, 100, 5, 10, 40], 4)

    assert ledger.recency(np.array([10, 10, 30, 10])).tolist() == [1.75, 1.0, 1.5, 0.0]
