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


@pytest.mark.parametrize(("owner", "day"), [([0, 1], [1]), ([2], [1]), ([-1], [1]), ([[0]], [[1]])])
def test_refuses_what_cannot_be_a_ledger(owner: list[int], day: list[int]) -> None:
    with pytest.raises(ValueError, match="owner"):
        Ledger.of(owner, day, 2)
