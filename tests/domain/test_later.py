"""Said "not now": which of somebody's laters keeps them off the agenda."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.later import Later, in_force

DAY = date(2026, 5, 1)
days = st.integers(0, 20).map(lambda n: DAY + timedelta(days=n))


@st.composite
def said_over_time(draw: st.DrawFn) -> list[Later]:
    said = sorted(draw(st.lists(days, max_size=5)))
    return [Later(n, "c_1", day, day + timedelta(days=draw(st.integers(0, 10)))) for n, day in enumerate(said, 1)]


def test_a_later_lasts_from_its_day_to_before_its_end() -> None:
    later = Later(12, "c_1", DAY, DAY + timedelta(days=3))
    assert later.id == "l_12"
    found = [in_force([later], DAY + timedelta(days=n)) for n in (-1, 0, 2, 3)]
    assert found == [None, later, later, None]


def test_the_newest_counts_even_where_it_ends_before_the_one_it_replaces() -> None:
    long, short = Later(1, "c_1", DAY, DAY + timedelta(days=90)), Later(2, "c_1", DAY, DAY + timedelta(days=2))
    assert in_force([long, short], DAY + timedelta(days=1)) == short
    assert in_force([long, short], DAY + timedelta(days=2)) is None
    assert in_force([], DAY) is None


@given(said_over_time(), days, st.randoms(use_true_random=False))
def test_what_is_in_force_had_been_said_has_not_ended_and_nothing_newer_had_been_said(
    laters: list[Later], day: date, chance: Random
) -> None:
    found = in_force(laters, day)
    assert in_force(chance.sample(laters, len(laters)), day) == found
    if found is not None:
        assert found.day <= day < found.until
        assert not any(found.number < later.number and later.day <= day for later in laters)


@given(said_over_time(), days, days)
def test_what_is_said_later_never_changes_what_held_before(laters: list[Later], day: date, after: date) -> None:
    newer = Later(len(laters) + 1, "c_1", max(after, day + timedelta(days=1)), date(2027, 1, 1))
    assert in_force([*laters, newer], day) == in_force(laters, day)
