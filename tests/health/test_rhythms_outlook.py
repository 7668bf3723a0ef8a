"""What the cells foretell, in a population of one cell, where it can be told by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from relcli.health.ledger import Ledger
from relcli.health.rhythms.cells import LEAVING, MEANS, SHAPES, Histories
from relcli.health.rhythms.outlook import TEN_YEARS, Outlook

LAST = 20_000
PLACE = int(np.flatnonzero(SHAPES == 1.0)[5])  # gaps without memory, a mean of some weeks
MEAN, GONE = float(MEANS[PLACE]), float(LEAVING[2])
SILENCES, AHEAD, OWN = (0, 20, 400), 90, 30


def only(place: int = PLACE, leaving: int = 2) -> NDArray[np.float64]:
    weights = np.zeros((SHAPES.size, LEAVING.size))
    weights[place, leaving] = 1.0
    return weights


def outlook(weights: NDArray[np.float64], silences: tuple[int, ...] = SILENCES, ahead: tuple[int, ...] = (AHEAD,) * 3) -> Outlook:
    """Contacts with one sign so many days ago."""
    signs = Ledger.of(range(len(silences)), [LAST - days for days in silences], len(silences))
    own = np.full(len(silences), OWN)
    return Outlook.of(Histories.of(signs, LAST), weights, np.array(ahead[: len(silences)]), own)


def alive(silence: int, mean: float = MEAN, gone: float = GONE) -> float:
    """The chance that they are there still, after a silence."""
    stays = (1 - gone) * math.exp(-silence / mean)
    return stays / (gone + stays)


def test_a_sign_within_the_horizon_takes_being_there_still_and_a_gap_that_ends() -> None:
    found = outlook(only())

    assert found.within() == pytest.approx([alive(days) * -math.expm1(-AHEAD / MEAN) for days in SILENCES])
    assert found.within_own() == pytest.approx([alive(days) * -math.expm1(-OWN / MEAN) for days in SILENCES])


def test_on_the_day_of_the_last_sign_no_silence_spoke_against_it() -> None:
    assert outlook(only()).within_own_after_last_sign() == pytest.approx([(1 - GONE) * -math.expm1(-OWN / MEAN)] * 3)


def test_each_cell_has_its_posterior_and_its_own_chances() -> None:
    mass, within, within_own = outlook(only()).by_cell()
    cell = PLACE * LEAVING.size + 2

    assert mass.shape == within.shape == within_own.shape == (3, SHAPES.size * LEAVING.size)
    assert (np.delete(mass, cell, axis=1) == 0.0).all()
    assert within[:, cell] == pytest.approx([alive(days) * -math.expm1(-AHEAD / MEAN) for days in SILENCES])
    assert within_own[:, cell] == pytest.approx([alive(days) * -math.expm1(-OWN / MEAN) for days in SILENCES])


def test_the_mean_over_the_cells_is_the_chance() -> None:
    weights = 0.25 * only() + 0.75 * only(PLACE + 2, 4)
    found = outlook(weights)
    mass, within, within_own = found.by_cell()

    assert (mass * within).sum(axis=1) / mass.sum(axis=1) == pytest.approx(found.within())
    assert (mass * within_own).sum(axis=1) / mass.sum(axis=1) == pytest.approx(found.within_own())


def test_days_with_a_sign_are_those_of_the_next_and_of_all_that_follow() -> None:
    """With gaps without memory: while they are there a sign comes every mean gap, and each may be the last."""
    horizons = (AHEAD, 365, 730)
    found = outlook(only(), ahead=horizons).expected()
    expected = [alive(days) * -math.expm1(-GONE * ahead / MEAN) / GONE for days, ahead in zip(SILENCES, horizons, strict=True)]

    assert found == pytest.approx(expected, rel=0.02)


def test_the_horizon_of_another_contact_changes_nothing() -> None:
    together = outlook(only(), ahead=(AHEAD, 365, AHEAD)).expected()
    apart = outlook(only(), (0,)).expected(), outlook(only(), (20,), (365,)).expected(), outlook(only(), (400,)).expected()

    assert together.tolist() == [float(one[0]) for one in apart]


def test_no_more_days_with_a_sign_are_expected_than_there_are() -> None:
    """The shortest gaps of the cells would bring several signs a day."""
    bursts = outlook(only(0, 0), (0,), (7,)).expected()

    assert 0 < bursts[0] <= 7
    assert 1 + math.expm1(-1.0) < outlook(only(12, 0), (0,), (1,)).expected()[0] <= 1
    assert outlook(only(), (0,), (TEN_YEARS,)).expected()[0] == pytest.approx(alive(0) / GONE, rel=0.05)


def test_the_median_wait_is_the_half_life_of_a_gap_whatever_the_silence() -> None:
    assert outlook(only()).median_wait().tolist() == [math.ceil(MEAN * math.log(2))] * 3
    assert outlook(only(12, 0), (0, 5)).median_wait().tolist() == [1, 1]  # within the day: tomorrow


def test_no_date_is_told_beyond_ten_years() -> None:
    longest = int(np.flatnonzero(SHAPES == 0.5)[-1])
    waits = outlook(only(longest), (0, 30_000)).median_wait()

    assert waits[0] == math.ceil(3000 * 0.674490**2)  # such a gap is a square of normal draws
    assert np.isnan(waits[1])


def test_in_a_population_of_one_cell_past_gaps_teach_nothing_more() -> None:
    days = [LAST - 20, LAST - 50, LAST - 55, LAST - 200]
    past = Histories.of(Ledger.of([0] * 4, days, 1), LAST)
    many, one = Outlook.of(past, only(), np.array([AHEAD]), np.array([OWN])), outlook(only(), (20,))

    for told, expected in (
        (many.within(), one.within()),
        (many.within_own(), one.within_own()),
        (many.within_own_after_last_sign(), one.within_own_after_last_sign()),
        (many.expected(), one.expected()),
        (many.median_wait(), one.median_wait()),
    ):
        assert told == pytest.approx(expected)
