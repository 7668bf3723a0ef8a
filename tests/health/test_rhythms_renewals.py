"""How many events follow one that may be the last."""

from __future__ import annotations

import numpy as np
import pytest

from relcli.health.rhythms.cells import LEAVING, MEANS, SHAPES
from relcli.health.rhythms.renewals import followers

EXPONENTIAL = np.flatnonzero(SHAPES == 1.0)


@pytest.fixture(autouse=True)
def _anew() -> None:
    """No test reads a table that another one worked out."""
    followers.cache_clear()


def test_gaps_without_memory_follow_the_closed_form() -> None:
    """With chance q of staying, events come at rate q/m while they stay, and they stay for m/(1 - q) on average."""
    days = np.arange(731)[:, None, None]
    leaving, means = LEAVING[None, None, :], MEANS[EXPONENTIAL][None, :, None]
    expected = (1 - leaving) / leaving * -np.expm1(-leaving * days / means)

    np.testing.assert_allclose(followers(730)[:, EXPONENTIAL], expected, rtol=1e-3, atol=1e-9)


def test_nothing_follows_on_the_same_day_and_more_the_longer_one_looks() -> None:
    table = followers(730)

    assert table.shape == (731, SHAPES.size, LEAVING.size)
    assert (table[0] == 0.0).all()
    assert (np.diff(table, axis=0) > -1e-9).all()
    assert (np.diff(table[1:], axis=2) < 0.0).all()  # fewer, the likelier each is to be the last


@pytest.mark.parametrize("shape", [0.5, 1.0, 2.5])
def test_in_the_long_run_as_many_follow_as_stay_whatever_the_shape(shape: float) -> None:
    shortest = np.flatnonzero(shape == SHAPES)[0]
    assert MEANS[shortest] == 1.0
    lasting = LEAVING >= 0.05

    np.testing.assert_allclose(followers(730)[730, shortest, lasting], (1 - LEAVING[lasting]) / LEAVING[lasting], rtol=1e-6)


@pytest.mark.parametrize("shape", [0.5, 2.5])
def test_other_gaps_agree_with_drawing_them(shape: float) -> None:
    """Gaps drawn at random, each event the last one with its chance."""
    chance = np.random.default_rng(7)
    place = int(np.flatnonzero(shape == SHAPES)[4])
    mean, leaving = MEANS[place], LEAVING[3]
    runs, days = 20_000, 60
    at, there, seen = np.zeros(runs), np.ones(runs, np.bool_), np.zeros(runs)
    while there.any():
        there &= chance.random(runs) >= leaving
        at = at + chance.gamma(shape, mean / shape, runs)
        there &= at <= days
        seen += there

    error = seen.std() / np.sqrt(runs)
    assert followers(days)[days, place, 3] == pytest.approx(seen.mean(), abs=5 * error)


def test_the_table_is_shared_and_nobody_may_write_in_it() -> None:
    assert followers(730) is followers(730)
    with pytest.raises(ValueError, match="read-only"):
        followers(730)[0, 0, 0] = 1.0
