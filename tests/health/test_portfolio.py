"""What a year rests on: netting, shares, concentration."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.health.portfolio import nets, spread


def test_what_was_given_back_lowers_the_year_of_its_holder_and_not_below_zero() -> None:
    entries = [(1, "EUR", 500), (1, "EUR", -200), (2, "EUR", 100), (2, "EUR", -900), (1, "USD", 50)]

    assert nets(entries) == {"EUR": {1: 300, 2: 0}, "USD": {1: 50}}


def test_shares_stand_by_size_and_who_came_to_nothing_is_not_among_them() -> None:
    found = spread("EUR", {1: 100, 2: 300, 3: 0, 4: 100})

    assert [(one.holder, one.amount, one.share) for one in found.slices] == [(2, 300, 0.6), (1, 100, 0.2), (4, 100, 0.2)]
    assert found.total == 500
    assert found.concentration == pytest.approx(0.36 + 0.04 + 0.04)


def test_a_year_of_nothing_has_no_shares() -> None:
    assert (spread("EUR", {1: 0}).slices, spread("EUR", {}).concentration) == ((), 0)


@given(st.dictionaries(st.integers(1, 50), st.integers(1, 10**12), min_size=1, max_size=20))
def test_shares_add_up_and_concentration_lies_between_equal_parts_and_one(held: dict[int, int]) -> None:
    found = spread("EUR", held)

    assert sum(one.share for one in found.slices) == pytest.approx(1.0)
    assert 1 / len(held) - 1e-9 <= found.concentration <= 1 + 1e-9


@given(st.integers(1, 40), st.integers(1, 10**9))
def test_of_equal_ones_the_concentration_is_one_over_their_number(count: int, amount: int) -> None:
    assert spread("EUR", dict.fromkeys(range(count), amount)).concentration == pytest.approx(1 / count)


def test_of_equal_shares_the_lower_holder_stands_first() -> None:
    assert [one.holder for one in spread("EUR", {9: 10, 3: 10, 5: 20, 4: 10}).slices] == [5, 3, 4, 9]


def test_what_nobody_holds_is_in_the_total_and_in_no_share() -> None:
    found = spread("EUR", {1: 300, 2: 100, 7: 100}, nobody=7)

    assert (found.currency, found.total, found.forgotten) == ("EUR", 500, 100)
    assert [(one.holder, one.share) for one in found.slices] == [(1, 0.6), (2, 0.2)]
    assert found.concentration == pytest.approx(0.75**2 + 0.25**2)  # of those who are known
    assert (spread("EUR", {7: 100}, nobody=7).slices, spread("EUR", {7: 100}, nobody=7).forgotten) == ((), 100)
    assert spread("EUR", {1: 300}, nobody=7).forgotten == 0
