"""How many days with a sign to expect: what the cells say, put right as the chance of any was."""

from __future__ import annotations

import math

import numpy as np
import pytest

from relcli.health.rhythms.counting import FAINT, FAINT_RECENCY, FARTHEST, counted, raised, standard


def one(expected: float, foretold: float, chance: float) -> float:
    return float(raised(np.array([expected]), np.array([foretold]), np.array([chance]))[0])


@pytest.mark.parametrize(
    ("expected", "foretold", "chance", "days"),
    [
        (2.0, 0.5, 0.5, 2.0),  # nothing was put right
        (2.0, 0.5, 0.25, 0.25 * (1 + 3 * 0.5)),  # half as likely: of those after the first half as many
        (2.0, 0.5, 1.0, 1.0 * (1 + 3)),  # more likely: no more of them for each first one
        (0.5, 0.5, 0.25, 0.25),  # none after the first
        (0.4, 0.5, 0.5, 0.5),  # never fewer than the chance of one
    ],
)
def test_the_signs_after_the_first_shrink_with_the_chance_and_never_grow(
    expected: float, foretold: float, chance: float, days: float
) -> None:
    assert one(expected, foretold, chance) == pytest.approx(days)


def test_where_nothing_was_foretold_nothing_is_expected_after_the_first() -> None:
    assert one(0.0, 0.0, 0.25) == 0.25


def test_the_terms_are_one_and_the_logarithms_kept_finite() -> None:
    found = standard(np.array([0.0, 2.0]), np.array([1.0, 0.0]))

    assert found.shape == (2, 3)
    assert found[0] == pytest.approx([1.0, math.log(FAINT), math.log(1 + FAINT_RECENCY)])
    assert found[1] == pytest.approx([1.0, math.log(2 + FAINT), math.log(FAINT_RECENCY)])


def test_the_count_is_the_power_law_between_the_chance_of_one_and_one_a_day() -> None:
    count, recency = np.array([2.0, 2.0, 2.0]), np.array([1.0, 1.0, 1.0])
    line = 0.5 + 0.8 * math.log(2 + FAINT) + 0.3 * math.log(1 + FAINT_RECENCY)
    found = counted(count, recency, (0.5, 0.8, 0.3), np.array([0.1, 4.0, 0.1]), np.array([90, 90, 2]))

    assert found.tolist() == pytest.approx([math.exp(line), 4.0, 2.0])


@pytest.mark.parametrize(("base", "line"), [(1e6, FARTHEST), (-1e6, -FARTHEST)])
def test_no_logarithm_runs_away(base: float, line: float) -> None:
    found = counted(np.array([1.0]), np.array([1.0]), (base, 0.0, 0.0), np.array([0.0]), np.array([10**12]))

    assert found[0] == pytest.approx(math.exp(line))
