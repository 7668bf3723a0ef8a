"""What must hold of rhythm for any history whatever."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcli.health.ledger import Ledger
from relcli.health.rhythms.adaptation import ENOUGH_SIGNS, adapted
from relcli.health.rhythms.cells import MEANS, Histories, Likelihoods
from relcli.health.rhythms.prior import shipped
from relcli.health.rhythms.rhythm import LONGEST, Rhythm, _range, resting, rhythm

TODAY = 20_000
days = st.lists(st.integers(TODAY - 40_000, TODAY), max_size=40)
books = st.lists(days, min_size=1, max_size=6)
horizons = st.one_of(st.none(), st.integers(1, 3650))


def book_of(histories: list[list[int]]) -> Ledger:
    owner = [i for i, own in enumerate(histories) for _ in own]
    return Ledger.of(owner, [day for own in histories for day in own], len(histories))


def same(one: Rhythm, other: Rhythm, but: frozenset[str] = frozenset()) -> bool:
    return all(
        np.allclose(getattr(one, f.name), getattr(other, f.name), rtol=1e-9, equal_nan=True)
        for f in fields(Rhythm)
        if f.name not in but
    )


@given(books, horizons)
@settings(max_examples=50, deadline=None)
def test_every_chance_is_strictly_between_never_and_certain(histories: list[list[int]], horizon: int | None) -> None:
    found = rhythm(book_of(histories), TODAY, horizon)
    known = found.n > 0
    for name in ("value", "silent_risk", "risk_at_last_sign", "standing", "low", "high", "standing_low"):
        chance = getattr(found, name)
        assert np.isnan(chance[~known]).all()
        assert ((chance[known] > 0) & (chance[known] < 100)).all()
    assert (found.low[known] <= found.value[known]).all()
    assert (found.value[known] <= found.high[known]).all()
    assert ((found.expected[known] >= 0) & (found.expected[known] <= found.horizon[known])).all()
    dated = ~np.isnan(found.expected_next)
    assert (found.expected_next[dated] > TODAY).all()


@given(books, st.integers(-100_000, 100_000), horizons)
@settings(max_examples=25, deadline=None)
def test_a_ledger_shifted_in_time_scores_the_same(histories: list[list[int]], shift: int, horizon: int | None) -> None:
    moved = [[day + shift for day in own] for own in histories]
    one, other = rhythm(book_of(histories), TODAY, horizon), rhythm(book_of(moved), TODAY + shift, horizon)
    assert same(one, other, frozenset({"expected_next"}))
    assert np.allclose(one.expected_next + shift, other.expected_next, equal_nan=True)


@given(books, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_contacts_is_irrelevant(histories: list[list[int]], random: object) -> None:
    order = list(range(len(histories)))
    random.shuffle(order)  # type: ignore[attr-defined]
    one = rhythm(book_of(histories), TODAY)
    other = rhythm(book_of([histories[i] for i in order]), TODAY)
    for field in fields(Rhythm):
        if field.name != "expected_next":  # a whole day, and halves may round either way
            assert np.allclose(getattr(one, field.name)[order], getattr(other, field.name), rtol=1e-9, equal_nan=True), field.name


@given(books, st.lists(st.integers(TODAY + 1, TODAY + 4000), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_records_dated_in_the_future_never_count(histories: list[list[int]], future: list[int]) -> None:
    assert same(rhythm(book_of(histories), TODAY), rhythm(book_of([own + future for own in histories]), TODAY))


@given(
    st.lists(st.integers(1, 400), max_size=30),
    st.integers(0, 2000),
    st.integers(1, 1500),
    st.integers(1, 730),
)
@settings(max_examples=50, deadline=None)
def test_it_falls_with_silence_beyond_three_posterior_mean_gaps(gaps: list[int], extra: int, more: int, horizon: int) -> None:
    own = (TODAY - np.concatenate(([0], np.cumsum(gaps)))).tolist()
    ledger = book_of([own])
    past = Histories.of(ledger, TODAY)
    mass = Likelihoods.of(past).by_cell(adapted(ledger, TODAY).weights)[0]
    silence = int(np.ceil(3 * (mass.sum(axis=1) @ MEANS))) + extra
    before = rhythm(ledger, TODAY + silence, horizon)
    after = rhythm(ledger, TODAY + silence + more, horizon)
    assert after.value[0] <= before.value[0] + 1e-9


@given(st.lists(days, min_size=20, max_size=25), days)
@settings(max_examples=25, deadline=None)
def test_one_unrelated_contact_more_changes_others_little(histories: list[list[int]], stranger: list[int]) -> None:
    alone, beside = (
        rhythm(book_of(histories), TODAY, 182),
        rhythm(book_of([*histories, stranger]), TODAY, 182),
    )
    assert np.nanmax(np.abs(alone.value - beside.value[:-1]), initial=0.0) < 8.0


def test_one_more_contact_in_a_large_book_changes_nobody_much() -> None:
    chance = np.random.default_rng(5)
    owner, day = chance.integers(0, 3000, 9000), TODAY - chance.integers(0, 1200, 9000)
    for stranger in (TODAY - 3, TODAY - 5000):
        one = rhythm(Ledger.of(owner, day, 3000), TODAY, 182)
        other = rhythm(Ledger.of([*owner, 3000], [*day, stranger], 3001), TODAY, 182)
        assert np.nanmax(np.abs(one.value - other.value[:-1])) < 1.0


@pytest.mark.parametrize(
    "own",
    [
        [TODAY],
        [TODAY] * 50,
        [TODAY - 36_525, TODAY],
        [TODAY - 700_000],
        [TODAY - 36_525 * i for i in range(5)],
        list(range(TODAY - 4000, TODAY + 1)),
        [0],
    ],
)
def test_odd_histories_are_scored_too(own: list[int]) -> None:
    found = rhythm(book_of([own]), TODAY)
    assert found.n[0] == len(set(own))
    for name in ("value", "silent_risk", "low", "high", "expected"):
        assert np.isfinite(getattr(found, name)[0])


def test_without_contacts_or_signs_there_is_nothing_to_say() -> None:
    assert rhythm(book_of([]), TODAY).value.size == 0
    found = rhythm(book_of([[], []]), TODAY)
    assert np.isnan(found.value).all()
    assert found.horizon.tolist() == [182, 182]


def test_horizons_follow_the_usual_gap_unless_one_is_given() -> None:
    histories = [
        [TODAY - 30 * i for i in range(9)],
        [TODAY - 200 * i for i in range(9)],
        [TODAY, TODAY - 900],
    ]
    found = rhythm(book_of(histories), TODAY)
    assert found.horizon.tolist() == [182, 400, 730]
    assert found.own_horizon.tolist() == [90, 600, 2700]
    assert rhythm(book_of(histories), TODAY, 91).horizon.tolist() == [91] * 3


@pytest.mark.parametrize("horizon", [0, -5, 3651])
def test_a_horizon_that_makes_no_sense_is_refused(horizon: int) -> None:
    with pytest.raises(ValueError, match="horizon"):
        rhythm(book_of([[TODAY]]), TODAY, horizon)


def test_the_lively_are_told_from_the_gone() -> None:
    monthly = [30 * i for i in range(24)]
    found = rhythm(book_of([[TODAY - 3 - d for d in monthly], [TODAY - 1100 - d for d in monthly]]), TODAY)
    assert found.value[0] > 90
    assert found.silent_risk[0] < 15
    assert found.value[1] < 5
    assert found.silent_risk[1] > 95
    assert found.risk_at_last_sign[1] < 20


def test_leaving_out_the_detail_changes_nothing_else() -> None:
    ledger = book_of([[TODAY - 30 * i for i in range(9)], [TODAY - 400]])
    full, short = rhythm(ledger, TODAY), rhythm(ledger, TODAY, detail=False)
    left_out = frozenset({"low", "high", "standing_low", "standing_high", "expected", "expected_next"})
    assert same(full, short, left_out)
    assert all(np.isnan(getattr(short, name)).all() for name in left_out)


def test_who_rests_has_habits_and_no_chances_and_others_keep_theirs() -> None:
    beats = rhythm(book_of([[TODAY - 10 - 30 * k for k in range(12)]] * 2), TODAY)
    rested = resting(beats, np.array([True, False]))
    told = {"value", "low", "high", "silent_risk", "risk_at_last_sign", "standing", "standing_low", "standing_high"}
    told |= {"expected", "expected_next"}

    for column in fields(Rhythm):
        before, after = getattr(beats, column.name), getattr(rested, column.name)
        assert not np.isnan(before).any()
        assert np.isnan(after[0]) if column.name in told else after[0] == before[0]
        assert after[1] == before[1]


def test_a_cadence_they_stated_lifts_the_usual_gap_and_both_horizons() -> None:
    found = rhythm(book_of([[TODAY - 10 - 30 * k for k in range(12)]] * 2), TODAY, floor=np.array([200.0, np.nan]))

    assert found.usual_gap.tolist() == [200, 30]
    assert found.horizon.tolist() == [400, 182]
    assert found.own_horizon.tolist() == [600, 90]


def test_the_longest_horizon_is_one_and_a_horizon_teaches_what_it_judges() -> None:
    ledger = book_of([[TODAY - 10 - 30 * k - i for k in range(12)] for i in range(8)])

    assert set(rhythm(ledger, TODAY, LONGEST).horizon.tolist()) == {LONGEST}
    assert same(rhythm(ledger, TODAY, 30), rhythm(ledger, TODAY, 30, model=adapted(ledger, TODAY, 30)))
    assert not same(rhythm(ledger, TODAY, 30), rhythm(ledger, TODAY, 30, model=adapted(ledger, TODAY)))


@pytest.mark.parametrize("signs", [2, 3, 4, 5, 6, 12])
def test_health_takes_the_mean_of_both_chances_where_there_are_signs_enough_and_else_the_one(signs: int) -> None:
    found = rhythm(book_of([[TODAY - 40 - 30 * k for k in range(signs)]]), TODAY, model=shipped())
    within, within_own = found.value[0], 100 - found.silent_risk[0]

    assert within != pytest.approx(within_own, abs=0.5)
    assert found.standing[0] == pytest.approx((within + within_own) / 2 if signs >= ENOUGH_SIGNS else within)
    assert found.standing_low[0] <= found.standing[0] <= found.standing_high[0]


def test_a_range_leaves_a_tenth_of_what_the_cells_foretell_on_either_side() -> None:
    few, many = (rhythm(book_of([[TODAY - 40 - 30 * k for k in range(n)]]), TODAY, model=shipped()) for n in (3, 60))

    for found in (few, many):
        assert 0 < found.low[0] < found.value[0] < found.high[0] < 100
    assert many.high[0] - many.low[0] < few.high[0] - few.low[0]


def test_the_ends_are_those_of_each_contact_s_own_cells_and_hold_the_chance_shown() -> None:
    chance = np.array([[0.4, 0.1, 0.3, 0.2], [0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.3, 0.4]])
    mass = np.array([[0.05, 0.05, 0.45, 0.45], [0.85, 0.1, 0.03, 0.02], [0.05, 0.45, 0.45, 0.05]])
    low, high = _range(chance, mass, np.array([0.25, 0.05, 0.95]))

    assert low.tolist() == pytest.approx([20, 5, 20])
    assert high.tolist() == pytest.approx([30, 20, 95])


def test_heard_from_today_the_warning_is_that_of_the_day_of_the_last_sign() -> None:
    found = rhythm(book_of([[TODAY - 30 * k for k in range(12)]]), TODAY)

    assert found.risk_at_last_sign[0] == pytest.approx(found.silent_risk[0])


def test_expected_is_at_least_the_chance_of_a_day_and_at_most_the_days_there_are() -> None:
    daily = book_of([[TODAY - k for k in range(400)], [TODAY - 3000]])
    found = rhythm(daily, TODAY, 1)

    assert found.expected[0] <= 1
    assert (found.expected >= found.value / 100 - 1e-12).all()
