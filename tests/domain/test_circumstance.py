"""Circumstances: what each side was last rated, how much both sides need each other, what that suggests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.circumstance import Circumstance, Dependence, Factor, dependence, newest, speaking, suggestion

DAY = date(2026, 3, 12)
ratings = st.none() | st.integers(1, 5)


def rated(number: int, factor: Factor, theirs: int | None = None, ours: int | None = None, day: int = 0) -> Circumstance:
    return Circumstance(number, "c_1", factor, theirs, ours, "", DAY + timedelta(days=day))


many = st.lists(st.tuples(st.sampled_from(Factor), ratings, ratings, st.integers(0, 5)), max_size=12).map(
    lambda rows: [rated(n, factor, theirs, ours, day) for n, (factor, theirs, ours, day) in enumerate(rows, 1)]
)


def test_dependence_is_the_mean_of_what_was_rated_with_alternatives_turned_round() -> None:
    known = [
        rated(1, Factor.IMPORTANCE, 5, 2),
        rated(2, Factor.SWITCHING_COST, 4),
        rated(3, Factor.ALTERNATIVES, 1, 4),
        rated(4, Factor.LOCATION, 1, 1),
    ]
    found = dependence(known, DAY)
    assert found == Dependence(pytest.approx(14 / 3), 2.0)
    assert found.balance == pytest.approx(14 / 3 - 2)


def test_nothing_rated_is_unknown_and_not_zero() -> None:
    assert dependence([rated(1, Factor.NEED, 5, 5)], DAY) == Dependence(None, None)
    assert Dependence(3.0, None).balance is None


def test_each_side_keeps_its_last_rating_of_a_factor() -> None:
    known = [rated(1, Factor.IMPORTANCE, 5, 2), rated(2, Factor.IMPORTANCE, 3, None, day=1)]
    assert newest(known, DAY + timedelta(days=1)) == ({Factor.IMPORTANCE: 3}, {Factor.IMPORTANCE: 2})
    assert newest(known, DAY) == ({Factor.IMPORTANCE: 5}, {Factor.IMPORTANCE: 2})
    assert [one.number for one in speaking(known, DAY + timedelta(days=1))] == [2, 1]


@given(many)
def test_a_later_rating_never_changes_what_held_before(known: list[Circumstance]) -> None:
    later = [one for one in known if one.day > DAY]
    assert dependence(known, DAY) == dependence([one for one in known if one not in later], DAY)


@given(many)
def test_what_is_listed_gives_the_same_dependence_as_all_there_ever_was(known: list[Circumstance]) -> None:
    day = DAY + timedelta(days=5)
    assert dependence(speaking(known, day), day) == dependence(known, day)
    assert {one.factor for one in speaking(known, day)} == {one.factor for one in known}


@given(many)
def test_dependence_stays_on_the_scale(known: list[Circumstance]) -> None:
    found = dependence(known, DAY + timedelta(days=5))
    assert all(side is None or 1 <= side <= 5 for side in (found.theirs, found.ours))
    assert found.balance is None or -4 <= found.balance <= 4


@pytest.mark.parametrize(
    ("theirs", "said"), [(None, ""), (2.0, "leave it loose"), (2.1, ""), (3.4, ""), (3.5, "ask whether they want it closer")]
)
def test_the_suggestion_follows_their_side_alone(theirs: float | None, said: str) -> None:
    assert suggestion(Dependence(theirs, 5.0)) == said
