"""Chances put right: logits moved, terms made standard, and a regression that keeps its directions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from relcli.health.rhythms.correction import FARTHEST_TERM, SURE, Correction, inside, log_odds, regressed, shifted

ORDINARY = Correction(
    base=0.5, slopes=(2.0, -1.0), means=(10.0, 1.0), deviations=(2.0, 0.5), precisions=(1.0, 2.0, 4.0), rising=(0,)
)


def slopes_at(
    found: tuple[float, ...],
    rows: NDArray[np.float64],
    happened: NDArray[np.bool_],
    weight: NDArray[np.float64],
    towards: tuple[float, ...],
    precisions: tuple[float, ...],
) -> NDArray[np.float64]:
    """How steep the loss is at what was found: flat at the bottom."""
    at = np.array(found)
    chance = 1 / (1 + np.exp(-(rows @ at)))
    steep: NDArray[np.float64] = rows.T @ (weight * (chance - happened)) + np.array(precisions) * (at - np.array(towards))
    return steep


def drawn(seed: int = 3, size: int = 200) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Rows of ones and two terms, the first of which foretells what happened, and the second the opposite."""
    chance = np.random.default_rng(seed)
    rows = np.column_stack([np.ones(size), chance.normal(size=(size, 2))])
    happened = chance.random(size) < 1 / (1 + np.exp(-(0.3 + rows[:, 1] - 0.8 * rows[:, 2])))
    return rows, happened, chance.uniform(0.5, 2.0, size)


def test_a_logit_is_that_of_the_nearest_chance_that_is_not_certain() -> None:
    found = log_odds(np.array([0.5, 0.75, 0.0, 1.0]))

    assert found[:2] == pytest.approx([0.0, math.log(3)])
    assert found[2] == pytest.approx(math.log(SURE / (1 - SURE)))
    assert found[3] == pytest.approx(math.log((1 - SURE) / SURE))
    assert inside(np.array([0.0, 0.3, 1.0])).tolist() == [SURE, 0.3, 1 - SURE]


def test_a_chance_is_shifted_by_its_logit_and_never_to_certainty() -> None:
    found = shifted(np.array([0.5, 0.5, 0.0, 1.0, 0.5]), np.array([math.log(3), -math.log(3), 0.0, 0.0, 100.0]))

    assert found.tolist() == pytest.approx([0.75, 0.25, SURE, 1 - SURE, 1 - SURE], abs=1e-12)
    assert shifted(np.array([[0.5], [0.75]]), np.array([0.0, math.log(3)])) == pytest.approx(np.array([[0.5, 0.75], [0.75, 0.9]]))


def test_terms_are_counted_in_deviations_from_their_means_four_at_most() -> None:
    found = ORDINARY.standard(np.array([[12.0, 0.5], [1000.0, -1000.0], [10.0, 1.0]]))

    assert found.tolist() == [[1.0, 1.0, -1.0], [1.0, FARTHEST_TERM, -FARTHEST_TERM], [1.0, 0.0, 0.0]]


def test_the_shift_leads_from_the_logit_of_the_chance_to_that_of_the_regression() -> None:
    chance, terms = np.array([0.75, 0.5]), np.array([[12.0, 0.5], [10.0, 1.0]])
    moved = ORDINARY.shift(chance, terms)

    assert moved.tolist() == pytest.approx([0.5 + 2.0 + 1.0 - math.log(3), 0.5])
    assert log_odds(shifted(chance, moved)) == pytest.approx([3.5, 0.5])


def test_without_a_pull_the_base_is_the_logit_of_what_happened_by_weight() -> None:
    rows, happened = np.ones((4, 1)), np.array([True, False, False, False])

    assert regressed(rows, happened, np.ones(4), [0.0], [0.0], []) == pytest.approx((math.log(1 / 3),))
    assert regressed(rows, happened, np.array([3.0, 1, 1, 1]), [0.0], [0.0], []) == pytest.approx((0.0,), abs=1e-9)


def test_with_nothing_to_learn_from_it_stays_where_it_is_drawn_to() -> None:
    nothing = np.empty((0, 2)), np.empty(0, np.bool_), np.empty(0)

    assert regressed(*nothing, [0.7, 0.2], [5.0, 5.0], [0]) == pytest.approx((0.7, 0.2))
    # A slope that may not fall begins at nothing even where it is drawn below.
    assert regressed(*nothing, [0.7, -0.2], [5.0, 5.0], [0]) == pytest.approx((0.7, 0.0))
    assert regressed(*nothing, [0.7, -0.2], [5.0, 5.0], []) == pytest.approx((0.7, -0.2))


def test_it_ends_where_the_loss_is_flat() -> None:
    rows, happened, weight = drawn()
    towards, precisions = (0.0, 3.0, 1.0), (0.1, 20.0, 5.0)
    found = regressed(rows, happened, weight, towards, precisions, [])

    assert slopes_at(found, rows, happened, weight, towards, precisions) == pytest.approx(np.zeros(3), abs=1e-6)
    assert found[2] < 0


def test_a_slope_that_may_not_fall_is_nothing_and_the_others_are_the_best_beside_it() -> None:
    rows, happened, weight = drawn()
    towards, precisions = (0.0, 0.0, 0.0), (0.1, 1.0, 1.0)
    found = regressed(rows, happened, weight, towards, precisions, [0, 1])
    steep = slopes_at(found, rows, happened, weight, towards, precisions)

    assert found[2] == 0.0
    assert found[1] > 0
    assert steep[:2] == pytest.approx([0, 0], abs=1e-6)
    assert steep[2] > 1  # only a negative slope would be better


def test_far_from_the_bottom_steps_are_shortened_until_they_lead_down() -> None:
    """Newton's own step from here overshoots to where every chance is certain."""
    rows, happened, weight = drawn(size=60)
    towards, precisions = (9.0, -9.0, 9.0), (1e-3, 1e-3, 1e-3)
    found = regressed(rows, happened, weight, towards, precisions, [])

    assert slopes_at(found, rows, happened, weight, towards, precisions) == pytest.approx(np.zeros(3), abs=1e-6)


def test_refitting_moves_the_regression_by_its_rows_as_far_as_its_precisions_let_it() -> None:
    terms, happened = np.array([[12.0, 0.5], [8.0, 1.5], [13.0, 1.0], [10.0, 1.2]]), np.array([True, False, False, True])
    found = ORDINARY.refitted(terms, happened, 0.25)
    fit = (found.base, *found.slopes)
    rows, weight = ORDINARY.standard(terms), np.full(4, 0.25)

    assert slopes_at(fit, rows, happened, weight, (0.5, 2.0, -1.0), (1.0, 2.0, 4.0)) == pytest.approx(np.zeros(3), abs=1e-6)
    assert fit != pytest.approx((0.5, 2.0, -1.0), abs=1e-3)
    assert (found.means, found.deviations, found.precisions, found.rising) == ((10.0, 1.0), (2.0, 0.5), (1.0, 2.0, 4.0), (0,))


def test_refitting_keeps_the_directions_that_are_given() -> None:
    terms = np.array([[14.0, 1.0], [6.0, 1.0]] * 50)
    found = ORDINARY.refitted(terms, np.array([False, True] * 50), 1.0)

    assert found.slopes[0] == 0.0
