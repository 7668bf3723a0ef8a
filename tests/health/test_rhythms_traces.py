"""What the corrections look at, against a slow and obvious reading."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcli.health.ledger import Ledger
from relcli.health.rhythms.counting import counted, raised
from relcli.health.rhythms.traces import FAINT, Traces

TODAY = 20_000
days = st.lists(st.integers(TODAY - 3000, TODAY), min_size=1, max_size=20, unique=True)
chances = st.floats(0.001, 0.999)


@given(st.lists(days, min_size=1, max_size=4), st.integers(1, 400), st.integers(1, 400))
@settings(max_examples=50, deadline=None)
def test_traces_are_what_they_say(rows: list[list[int]], ahead: int, own: int) -> None:
    ledger = Ledger.of([i for i, one in enumerate(rows) for _ in one], [day for one in rows for day in one], len(rows))
    found = Traces.of(ledger, TODAY, np.full(len(rows), ahead), np.full(len(rows), own))
    for i, one in enumerate(sorted(row) for row in rows):
        gaps = np.diff(one)
        assert found.signs[i] == len(one)
        assert found.recency[i] == pytest.approx(sum(0.5 ** ((TODAY - day) / ahead) for day in one))
        assert found.recency_own[i] == pytest.approx(sum(0.5 ** ((TODAY - day) / own) for day in one))
        assert found.on_last_sign().recency_own[i] == pytest.approx(sum(0.5 ** ((one[-1] - day) / own) for day in one))
        assert found.longer[i] == pytest.approx((1 + (gaps >= TODAY - one[-1]).sum()) / (len(gaps) + 2))


def test_the_chance_counts_as_far_as_own_signs_and_as_far_as_the_book_are_behind_it() -> None:
    ledger = Ledger.of([0, 1, 1, 1, 1], [TODAY, TODAY, TODAY - 9, TODAY - 18, TODAY - 27], 2)
    ahead = np.array([182, 182])
    terms = Traces.of(ledger, TODAY, ahead, ahead).fixed(np.array([0.5, 0.5]))
    assert terms[0, 0] == pytest.approx(0)
    assert terms[0, 1] == pytest.approx(1.5)
    assert terms[1, 0] == pytest.approx(1.5 * 3 / 4)
    assert terms[1, 1] == pytest.approx(1.5 / 4)


@given(chances, chances, st.floats(0, 300))
def test_a_count_is_raised_and_lowered_with_the_chance_of_any(foretold: float, chance: float, more: float) -> None:
    expected = np.array([foretold + more])
    found = raised(expected, np.array([foretold]), np.array([chance]))[0]
    assert found >= chance
    if chance <= foretold:
        assert found <= expected[0] + 1e-9
    assert raised(expected, np.array([foretold]), np.array([foretold]))[0] == pytest.approx(expected[0])


@given(st.floats(0, 1e6), st.floats(0, 1e4), chances, st.integers(1, 3650))
def test_a_count_is_at_least_the_chance_of_one_and_at_most_one_a_day(
    count: float, recency: float, chance: float, ahead: int
) -> None:
    by = (-0.1, 0.8, 0.3)
    found = counted(np.array([count]), np.array([recency]), by, np.array([chance]), np.array([ahead]))[0]
    assert chance <= found <= ahead
    line = by[0] + by[1] * math.log(count + 0.001) + by[2] * math.log(recency + 0.05)
    assert found == pytest.approx(min(max(math.exp(line), chance), ahead))


def test_a_gap_just_as_long_as_the_silence_counts_as_one_that_was_as_long() -> None:
    found = Traces.of(
        Ledger.of([0] * 4, [TODAY - 10, TODAY - 20, TODAY - 29, TODAY - 40], 1), TODAY, np.array([10]), np.array([20])
    )
    assert found.longer.tolist() == [3 / 5]  # of gaps of 10, 9 and 11 days two, and one of two added


def some() -> Traces:
    """Two contacts: one sign of today, and three signs over twenty days, the last ten days ago."""
    ledger = Ledger.of([0, 1, 1, 1], [TODAY, TODAY - 10, TODAY - 20, TODAY - 30], 2)
    return Traces.of(ledger, TODAY, np.array([10, 10]), np.array([10, 20]))


def test_the_terms_of_the_fixed_horizon_are_chance_signs_recency_and_longer_gaps() -> None:
    terms = some().fixed(np.array([0.5, 0.5]))
    assert terms.shape == (2, 5)
    assert terms[0] == pytest.approx([0.0, 1.5, 0.0, math.log(1 + FAINT), math.log(1 / 2)])
    assert terms[1] == pytest.approx([1.0, 0.5, math.log(3), math.log(0.875 + FAINT), math.log(3 / 4)])


def test_the_terms_of_the_own_horizon_are_chance_signs_recency_and_its_shortness() -> None:
    terms = some().owned(np.array([0.5, 0.75]))
    recency = 2**-0.5 + 2**-1 + 2**-1.5
    assert terms.shape == (2, 4)
    assert terms[0] == pytest.approx([0.0, 0.0, math.log(1 + FAINT), 0.1])
    assert terms[1] == pytest.approx([math.log(3), math.log(3), math.log(recency + FAINT), 0.05])


def test_some_rows_of_the_traces_are_the_traces_of_these_contacts() -> None:
    last = some()[np.array([1])]
    assert (last.signs.tolist(), last.own.tolist(), last.longer.tolist()) == ([3], [20], [0.75])
    assert last.recency.tolist() == pytest.approx([0.875])
    assert last.owned(np.array([0.75])).tolist() == [some().owned(np.array([0.5, 0.75]))[1].tolist()]
