"""The model against a slow, obvious reading of its formulas, and against itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import gammaincc

from relcli.health.ledger import Ledger
from relcli.health.rhythms import cells
from relcli.health.rhythms.cells import (
    FLAT,
    LEAVING,
    MEANS,
    SHAPES,
    Histories,
    Likelihoods,
    population,
)
from relcli.health.rhythms.outlook import Outlook

histories = st.lists(st.integers(1, 900), max_size=25)
books = st.lists(st.tuples(histories, st.integers(0, 1500)), min_size=1, max_size=6)
LAST = 20_000


def book_of(rows: list[tuple[list[int], int]]) -> Ledger:
    days = [LAST - silence - np.concatenate(([0], np.cumsum(gaps[::-1]))) for gaps, silence in rows]
    owner = [i for i, own in enumerate(days) for _ in own]
    return Ledger.of(owner, np.concatenate(days), len(days))


def likelihood(past: Histories, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each history in a population with these cell weights, up to a factor that its gaps decide."""
    known = Likelihoods.of(past)
    left, there = known.under(weights)
    return np.asarray((left + there * known.surviving).sum(axis=1))


def reference_likelihoods(gaps: list[int], silence: int) -> list[float]:
    """One history under all 216 cells, event by event."""
    found = []
    for k, m in zip(SHAPES, MEANS, strict=True):
        for p in LEAVING:
            log = 0.0
            for age, gap in enumerate(reversed(gaps)):
                weight = 0.93**age
                density = k * math.log(k / m) - math.lgamma(k) + (k - 1) * math.log(gap) - k * gap / m
                log += weight * density + (weight + 1) / 2 * math.log(1 - p)
            stay = p + (1 - p) * float(gammaincc(k, k * silence / m))
            found.append(math.exp(log) * stay)
    return found


@given(books)
@settings(max_examples=25, deadline=None)
def test_agrees_with_a_slow_reference(rows: list[tuple[list[int], int]]) -> None:
    ledger = book_of(rows)
    past = Histories.of(ledger, LAST)
    table = [np.array(reference_likelihoods(gaps, silence)) for gaps, silence in rows]
    weights = np.full(216, 1 / 216)
    for _ in range(15):
        mass = np.full(216, 40 / 216)
        for row in table:
            mass = mass + weights * row / (weights @ row)
        weights = mass / mass.sum()
    found = population(ledger, past, FLAT)
    assert found.ravel() == pytest.approx(weights, rel=1e-9)
    posterior = Likelihoods.of(past).by_cell(found).reshape(len(rows), -1)
    for i, row in enumerate(table):
        assert posterior[i] == pytest.approx(weights * row / (weights @ row), rel=1e-9, abs=1e-12)


@given(books, st.integers(1, 2000))
@settings(max_examples=50, deadline=None)
def test_no_sign_within_a_time_is_the_likelihood_of_the_longer_silence_over_that_of_this(
    rows: list[tuple[list[int], int]], ahead: int
) -> None:
    ledger = book_of(rows)
    past, later = Histories.of(ledger, LAST), Histories.of(ledger, LAST + ahead)
    horizon = np.full(len(rows), ahead)
    outlook = Outlook.of(past, FLAT, horizon, horizon)
    silent = likelihood(later, FLAT) / likelihood(past, FLAT)
    assert 1 - outlook.within() == pytest.approx(silent, rel=1e-9)


def test_survival_is_that_of_the_gamma_distribution() -> None:
    days = np.array([0, 1, 2, 30, 365, 5000, 44_000])
    assert cells.survival(days) == pytest.approx(gammaincc(SHAPES, days[:, None] * SHAPES / MEANS), abs=1e-13)


@pytest.mark.parametrize("leaving", range(6))
@pytest.mark.parametrize("silence", [0, 40])
def test_expected_signs_of_a_random_rhythm_are_as_the_closed_form_has_them(leaving: int, silence: int) -> None:
    past = Histories.of(Ledger.of([0, 0], [LAST - silence - 60, LAST - silence], 1), LAST)
    for cell in np.flatnonzero(SHAPES == 1.0)[3:]:  # shorter gaps have many signs a day, which count once
        weights = np.zeros(FLAT.shape)
        weights[cell, leaving] = 1.0
        p, m, ahead = LEAVING[leaving], MEANS[cell], 365
        there = (1 - p) * math.exp(-silence / m)
        exact = there / (p + there) * (1 - math.exp(-p * ahead / m)) / p
        found = Outlook.of(past, weights, np.array([ahead]), np.array([ahead])).expected()
        assert found[0] == pytest.approx(exact, rel=0.02)


def test_expected_signs_of_a_regular_rhythm_are_as_simulated() -> None:
    cell, leaving, ahead = int(np.flatnonzero(SHAPES == 2.5)[6]), 1, 400
    weights = np.zeros(FLAT.shape)
    weights[cell, leaving] = 1.0
    chance = np.random.default_rng(7)
    gaps = chance.gamma(2.5, MEANS[cell] / 2.5, (40_000, 60))
    alive = np.cumprod(chance.random(gaps.shape) > LEAVING[leaving], axis=1)
    simulated = ((np.cumsum(gaps, axis=1) <= ahead) & (alive > 0)).sum(axis=1).mean()
    past = Histories.of(Ledger.of([0], [LAST], 1), LAST)
    found = Outlook.of(past, weights, np.array([ahead]), np.array([ahead])).expected()
    assert found[0] == pytest.approx(simulated, rel=0.02)


def test_a_large_book_is_judged_by_five_hundred_of_its_contacts_whatever_their_order() -> None:
    chance = np.random.default_rng(3)
    owner = chance.integers(0, 1200, 5000)
    day = LAST - chance.integers(0, 900, 5000)
    shuffled = chance.permutation(1200)
    one = Ledger.of(owner, day, 1200)
    other = Ledger.of(shuffled[owner], day, 1200)
    keep = [Ledger(x.days, x.start[np.concatenate(([True], x.counts > 0))]) for x in (one, other)]
    first, second = (population(x, Histories.of(x, LAST), FLAT) for x in keep)
    assert first == pytest.approx(second, rel=1e-9)
    contacts = keep[0].size
    fewer = cells.sample(keep[0])
    assert fewer.size == len(set(fewer.tolist())) == 500 < contacts
    # The share of one-sign contacts, alike to a hash of gaps, is that of the book.
    single = keep[0].counts == 1
    assert single[fewer].mean() == pytest.approx(single.mean(), abs=0.05)


def test_the_newest_127_gaps_are_remembered_the_newest_most() -> None:
    gaps = [3] * 130
    past = Histories.of(book_of([(gaps, 7)]), LAST)
    weight = sum(cells.FORGETTING**age for age in range(127))

    assert past.sums[0].tolist() == pytest.approx([weight, 3 * weight, math.log(3) * weight], rel=1e-9)
    assert past.stays[0] == pytest.approx((weight + 130) / 2, rel=1e-9)


def test_the_likeliest_shape_and_mean_of_each_contact_has_likelihood_one() -> None:
    known = Likelihoods.of(Histories.of(book_of([([2] * 40, 5), ([400, 300], 30), ([], 3)]), LAST))

    assert known.gaps.max(axis=1).tolist() == [1.0, 1.0, 1.0]


def test_nobody_has_no_survival() -> None:
    assert cells.survival(np.empty(0, np.int64)).shape == (0, SHAPES.size)


def test_a_hash_is_the_published_one_so_that_a_book_is_judged_by_the_same_contacts_in_every_release() -> None:
    """The first outputs of splitmix64 from seed 0."""
    seeds = np.array([0, 0x9E3779B97F4A7C15, 0x3C6EF372FE94F82A], np.uint64)

    assert [hex(int(number)) for number in cells._mix(seeds)] == ["0xe220a8397b1dcdaf", "0x6e789e6aa1b965f4", "0x6c45d188009454f"]


def test_a_book_just_as_large_as_the_sample_is_judged_whole() -> None:
    assert cells.sample(book_of([([k], 1) for k in range(1, 6)]), 5).tolist() == [0, 1, 2, 3, 4]
