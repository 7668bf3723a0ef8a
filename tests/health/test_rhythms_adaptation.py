"""What a book teaches about its own rhythms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from relcli.health.ledger import Ledger
from relcli.health.rhythms.adaptation import adapted, replay
from relcli.health.rhythms.cells import MEANS, Histories, Likelihoods
from relcli.health.rhythms.correction import Correction, regressed
from relcli.health.rhythms.prior import shipped
from relcli.health.rhythms.rhythm import rhythm

TODAY = 20_000
YEAR = 365
histories = st.lists(st.integers(TODAY - 3 * YEAR, TODAY), min_size=1, max_size=12)
books = st.lists(histories, min_size=6, max_size=12)


def book_of(rows: list[list[int]]) -> Ledger:
    return Ledger.of([i for i, own in enumerate(rows) for _ in own], [day for own in rows for day in own], len(rows))


def large(seed: int = 3, contacts: int = 1200) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(seed)
    return dice.integers(0, contacts, 6 * contacts), TODAY - dice.integers(0, 5 * YEAR, 6 * contacts)


def same(one: Correction, other: Correction) -> bool:
    return bool(np.allclose([one.base, *one.slopes], [other.base, *other.slopes], rtol=1e-7, atol=1e-9))


def test_a_book_with_fewer_than_five_contacts_a_horizon_ago_keeps_what_was_shipped() -> None:
    old = [[TODAY - 1000 + 90 * i for i in range(10)]] * 4
    found = adapted(book_of([*old, [TODAY - 30], [TODAY - 40]]), TODAY)
    assert (found.fixed, found.own) == (shipped().fixed, shipped().own)
    assert not np.allclose(found.weights, shipped().weights)
    assert not same(adapted(book_of([*old, [TODAY - 800]]), TODAY).fixed, shipped().fixed)


def test_a_past_day_without_a_horizon_of_records_before_it_teaches_nothing() -> None:
    young = [[TODAY - 300 + i, TODAY - 200 + i, TODAY - 10 - i] for i in range(40)]
    assert adapted(book_of(young), TODAY).fixed == shipped().fixed
    assert not same(adapted(book_of([*young, [TODAY - 364]]), TODAY).fixed, shipped().fixed)


def test_a_book_of_people_who_never_return_teaches_not_to_expect_them() -> None:
    gone = [[TODAY - 12 * i] for i in range(150)]
    found = rhythm(book_of(gone), TODAY, 182)
    untaught = rhythm(book_of(gone), TODAY, 182, model=shipped())
    assert found.value[0] < 0.5 * untaught.value[0]


def test_a_book_of_people_who_always_return_teaches_to_expect_them() -> None:
    faithful = [[TODAY - 7 * i % 100 - 100 * k for k in range(12)] for i in range(60)]
    untaught = rhythm(book_of(faithful), TODAY, 182, model=shipped())
    assert (rhythm(book_of(faithful), TODAY, 182).value > untaught.value).all()


def test_what_is_learnt_depends_on_the_records_alone() -> None:
    owner, day = large()
    shuffled = np.random.default_rng(4).permutation(1200)
    one = adapted(Ledger.of(owner, day, 1200), TODAY)
    other = adapted(Ledger.of(shuffled[owner], day, 1200), TODAY)
    moved = adapted(Ledger.of(owner, day - 777, 1200), TODAY - 777)
    future = adapted(Ledger.of([*owner, *range(1200)], [*day, *[TODAY + 5] * 1200], 1200), TODAY)
    for again in (other, moved, future):
        assert np.allclose(one.weights, again.weights, rtol=1e-9)
        assert same(one.fixed, again.fixed)
        assert same(one.own, again.own)
    assert not same(one.fixed, shipped().fixed)


def test_terms_that_fall_with_silence_never_get_a_negative_slope() -> None:
    # Whoever was silent for long comes, whoever was there just now does not: the opposite of what is shipped.
    contrary = [[TODAY - 1000, TODAY - 20]] * 60 + [[TODAY - 420, TODAY - 400, TODAY - 200 - i] for i in range(60)]
    found = adapted(book_of([list(own) for own in contrary]), TODAY)
    for correction in (found.fixed, found.own):
        slopes = np.array(correction.slopes)[list(correction.rising)]
        assert (slopes >= 0).all()
    assert min(np.array(found.fixed.slopes)[list(found.fixed.rising)]) == 0.0


@given(books, st.integers(0, 2000), st.integers(1, 1500))
@settings(max_examples=40, deadline=None)
def test_taught_by_a_book_it_still_falls_with_silence_beyond_three_posterior_mean_gaps(
    rows: list[list[int]], extra: int, more: int
) -> None:
    ledger = book_of(rows)
    model = adapted(ledger, TODAY)
    mass = Likelihoods.of(Histories.of(ledger, TODAY)).by_cell(model.weights)
    silence = int(np.ceil(3 * (mass.sum(axis=2) @ MEANS).max())) + extra
    before = rhythm(ledger, TODAY + silence, 182, model=model)
    after = rhythm(ledger, TODAY + silence + more, 182, model=model)
    assert (after.value <= before.value + 1e-9).all()


@given(books, st.integers(-100_000, 100_000), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_neither_the_date_nor_the_order_of_contacts_changes_what_a_book_teaches(
    rows: list[list[int]], by: int, dice: Any
) -> None:
    order = list(range(len(rows)))
    dice.shuffle(order)
    one = rhythm(book_of(rows), TODAY)
    other = rhythm(book_of([[day + by for day in rows[i]] for i in order]), TODAY + by)
    assert one.value[order] == pytest.approx(other.value, rel=1e-6)
    assert one.silent_risk[order] == pytest.approx(other.silent_risk, rel=1e-6)


@given(st.integers(0, 10_000), st.integers(5, 60))
@settings(max_examples=30, deadline=None)
def test_the_regression_finds_the_lowest_point(seed: int, size: int) -> None:
    dice = np.random.default_rng(seed)
    rows = np.column_stack([np.ones(size), dice.normal(size=(size, 2))])
    happened = dice.random(size) < 0.4
    towards, precisions = (-1.0, 0.8, 0.2), (2.0, 3.0, 4.0)

    def height(at: np.ndarray) -> float:
        line = rows @ at
        return float(0.6 * (np.logaddexp(0, line) - happened * line).sum() + (precisions * (at - towards) ** 2).sum() / 2)

    bounds = [(None, None), (0, None), (None, None)]
    best = minimize(height, towards, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14, "gtol": 1e-9})
    found = np.array(regressed(rows, happened, np.full(size, 0.6), towards, precisions, (0,)))
    assert found[1] >= 0
    assert height(found) <= best.fun + 1e-7


def test_a_replay_tells_who_came_by_the_last_day_of_either_horizon_and_whose_own_one_has_ended() -> None:
    day = TODAY - 201
    steady = [day - 40, day - 20, day]  # an own horizon of sixty days
    rows = [
        [*steady, day + 60],
        [*steady, day + 61],
        [*steady, day + 100],
        [*steady, day + 101],
        steady,
        [day - 30, day],  # two signs are no rhythm of one's own
        [day - 134, day - 67, day],  # 201 days: until today
        [day - 136, day - 68, day],  # 204 days: not over yet
        [day + 5],
    ]
    found = replay(book_of([[day + 1], *rows]), day, 100, TODAY, shipped())

    assert found is not None
    assert found.places.tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert found.traces.own.tolist() == [60, 60, 60, 60, 60, 90, 201, 204]
    assert found.heard.tolist() == [True, True, True, False, False, False, False, False]
    assert found.heard_own.tolist() == [True, False, False, False, False, False, False, False]
    assert found.judged.tolist() == [True, True, True, True, True, False, True, False]
    assert (found.fixed.shape, found.own.shape) == ((8, 5), (6, 4))


def test_a_replay_looks_at_as_many_contacts_as_it_is_allowed_to_and_at_five_at_least() -> None:
    rows = [[TODAY - 400 - i, TODAY - 300 - 2 * i] for i in range(9)]
    some = replay(book_of(rows), TODAY - 182, 182, TODAY, shipped(), most=6)

    assert some is not None
    assert some.places.size == 6
    assert replay(book_of(rows[:5]), TODAY - 182, 182, TODAY, shipped()) is not None
    assert replay(book_of(rows[:4]), TODAY - 182, 182, TODAY, shipped()) is None


def test_both_corrections_are_taught_by_five_rows() -> None:
    faithful = [[TODAY - 7 * i % 100 - 30 * k for k in range(30)] for i in range(5)]
    found = adapted(book_of(faithful), TODAY)

    assert not same(found.fixed, shipped().fixed)
    assert not same(found.own, shipped().own)
