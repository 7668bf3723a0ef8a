"""Aged successes and failures, and what they do to health."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from relcli.health.card import Weights, health
from relcli.health.marks import Marks
from relcli.health.statistics.tally import LEAST, Tally, aged

amounts = st.one_of(st.just(0.0), st.floats(0.0, 50.0))


def of(successes: float, failures: float, start: float = 0.5) -> Tally:
    return Tally(np.array([successes]), np.array([failures]), start)


def marks_of(tally: Tally) -> Marks:
    one = np.ones(1, np.int64)
    return Marks.of_tally(tally, np.ones(1, np.bool_), one, one.astype(np.float64))


def test_weight_halves_in_a_year() -> None:
    assert aged(np.array([0.0, 365.0, 730.0])).tolist() == [1.0, 0.5, 0.25]
    assert aged(np.array([100.0]), 100.0).tolist() == [0.5]


def test_value_and_reliability() -> None:
    tally = of(3.0, 1.0)
    assert (tally.value[0], tally.reliability[0]) == (75.0, 0.8)


@pytest.mark.parametrize(("successes", "failures"), [(0.0, 0.0), (0.01, 0.009)])
def test_next_to_no_evidence_is_unknown(successes: float, failures: float) -> None:
    tally = of(successes, failures)
    assert np.isnan(tally.value[0])
    assert tally.reliability[0] == 0.0
    assert not marks_of(tally).known[0]


def test_the_range_is_that_of_the_beta_distribution() -> None:
    low, high = of(4.0, 1.0, 0.8).range_of(0)
    assert low == pytest.approx(100 * stats.beta.ppf(0.1, 4.8, 1.2), abs=1e-6)
    assert high == pytest.approx(100 * stats.beta.ppf(0.9, 4.8, 1.2), abs=1e-6)
    assert of(4.0, 1.0, 0.8).variance[0] == pytest.approx(1e4 * stats.beta.var(4.8, 1.2))


@given(amounts, amounts, amounts, amounts, st.floats(0.01, 5.0), st.floats(0.1, 99.9))
def test_rhythm_held_a_success_never_lowers_health_and_a_failure_never_raises_it(
    s: float, f: float, other_s: float, other_f: float, more: float, standing: float
) -> None:
    assume(s + f == 0.0 or s + f >= LEAST)

    def value(successes: float, failures: float) -> float:
        known = marks_of(of(50.0, 0.0))
        level = np.array([standing])
        rhythm = Marks(known.applies, level, level, np.ones(1), np.ones(1), known.evidence, np.ones(1))
        marks = {
            "rhythm": rhythm,
            "terms": marks_of(of(successes, failures)),
            "voice": marks_of(of(other_s, other_f)),
        }
        return float(health(marks, Weights(), np.array([5]), np.array([100.0])).value[0])

    before = value(s, f)
    assume(not np.isnan(before))
    assert value(s + max(more, LEAST), f) >= before - 1e-9
    assert value(s, f + max(more, LEAST)) <= before + 1e-9
