"""The interval of an effect: against a slow and obvious reckoning, by what must not change it, and by how it behaves."""

from __future__ import annotations

import itertools
import math
import statistics
import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcli.health.statistics.effect import ALL_MOST, DRAWS, FINE, Effect, effect, labellings

NEAR = 1e-9
People = Sequence[tuple[float, float, bool, int]]  # before, after, enrolled, stratum; as shares of a scale of 1


# --- a slow and obvious reckoning -----------------------------------------------------------------------------------------------


def chance(people: People, shift: float, fixed: float | None) -> float:
    """How often a lot parts the groups farther than they are, after the shift is taken off, and half of as far."""
    before = [b for b, _, _, _ in people]
    y = [a - shift * e for _, a, e, _ in people]
    slope = slope_of(before, y) if fixed is None else fixed
    d = [value - slope * b for value, b in zip(y, before, strict=True)]
    mine = [e for _, _, e, _ in people]
    real = abs(t(d, mine))
    others = [abs(t(d, labels)) for labels in every_lot(people)]
    more = sum(other > real * (1 + 1e-6) + 1e-6 for other in others)
    equal = sum(abs(other - real) <= real * 1e-6 + 1e-6 for other in others)
    return (more + equal / 2) / len(others)


def slope_of(x: list[float], y: list[float]) -> float:
    mx, my = statistics.fmean(x), statistics.fmean(y)
    spread = sum((one - mx) ** 2 for one in x)
    if spread < 1e-12:
        return 0.0
    return min(1.0, max(0.0, sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / spread))


def t(d: list[float], mine: list[bool]) -> float:
    one = [value for value, label in zip(d, mine, strict=True) if label]
    other = [value for value, label in zip(d, mine, strict=True) if not label]
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return (statistics.fmean(one) - statistics.fmean(other)) / math.sqrt(spread + 1e-9)


def every_lot(people: People) -> list[list[bool]]:
    """Every way to enrol as many of each stratum as really were."""
    parts = []
    for stratum in sorted({s for _, _, _, s in people}):
        here = [i for i, person in enumerate(people) if person[3] == stratum]
        parts.append(list(itertools.combinations(here, sum(people[i][2] for i in here))))
    return [[i in {j for part in chosen for j in part} for i in range(len(people))] for chosen in itertools.product(*parts)]


def reckoned(people: People, *, span: float = 1.0, slope: float | None = None) -> Effect:
    found = effect(*zip(*people, strict=True), span=span, slope=slope)
    assert found is not None
    return found


CASES: list[People] = [
    [(0, 1, True, 0), (1, 1, True, 0), (0, 0, True, 0), (1, 1, True, 0), (0, 0, False, 0), (1, 0, False, 0), (1, 1, False, 0), (0, 0, False, 0)],
    [(0.5, 0.8, True, 0), (0.6, 0.7, True, 0), (0.2, 0.3, True, 0), (0.9, 0.95, True, 1), (0.4, 0.35, True, 1),
     (0.55, 0.5, False, 0), (0.3, 0.35, False, 0), (0.7, 0.5, False, 1), (0.8, 0.75, False, 1)],
    [(0.1, 0.9, True, 0), (0.2, 0.8, True, 0), (0.15, 0.85, True, 0), (0.1, 0.7, True, 0),
     (0.9, 0.1, False, 0), (0.8, 0.2, False, 0), (0.7, 0.3, False, 0), (0.9, 0.3, False, 0), (0.8, 0.25, False, 0)],
    # groups of unlike size, one of them with an outlier
    [(0.5, 0.62, True, 0), (0.4, 0.55, True, 0), (0.45, 0.98, True, 0), (0.6, 0.66, True, 0),
     (0.5, 0.5, False, 0), (0.42, 0.4, False, 0), (0.3, 0.36, False, 0), (0.61, 0.55, False, 0), (0.7, 0.71, False, 0),
     (0.2, 0.3, False, 0), (0.35, 0.31, False, 0), (0.55, 0.52, False, 0)],
    [(0.5, 0.42, True, 0), (0.4, 0.35, True, 0), (0.45, 0.4, True, 0), (0.6, 0.51, True, 0), (0.3, 0.2, True, 0),
     (0.7, 0.68, True, 0), (0.25, 0.2, True, 0), (0.52, 0.44, True, 0),
     (0.5, 0.6, False, 0), (0.42, 0.05, False, 0), (0.3, 0.4, False, 0), (0.61, 0.7, False, 0)],
]  # fmt: skip


@pytest.mark.parametrize("slope", [None, 1.0])
@pytest.mark.parametrize("people", CASES)
def test_its_ends_are_where_a_slow_reckoning_says_that_shifts_cease_to_be_plausible(people: People, slope: float | None) -> None:
    found = reckoned(people, slope=slope)
    assert found.low is not None
    assert found.high is not None
    for end, outward in ((found.low, -FINE), (found.high, FINE)):
        assert chance(people, end, slope) > 0.10
        if abs(end) < 1.0 + (slope or 0.0):
            assert chance(people, end + outward, slope) <= 0.10
    assert chance(people, found.value, slope) > 0.5


@pytest.mark.parametrize("people", CASES)
def test_at_the_estimate_the_groups_are_alike(people: People) -> None:
    found = reckoned(people)
    before = [b for b, _, _, _ in people]
    y = [a - found.value * e for _, a, e, _ in people]
    assert found.slope == pytest.approx(slope_of(before, y), abs=1e-6)
    d = [value - found.slope * b for value, b in zip(y, before, strict=True)]
    assert t(d, [e for _, _, e, _ in people]) == pytest.approx(0.0, abs=1e-6)


def test_with_a_slope_of_one_it_is_the_difference_in_differences() -> None:
    people: People = [(0.2, 0.6, True, 0)] * 3 + [(0.3, 0.6, True, 0)] + [(0.2, 0.3, False, 0)] * 3 + [(0.4, 0.4, False, 0)]
    assert reckoned(people, slope=1.0).value == pytest.approx((4 * 0.6 - 0.9) / 4 - (1.3 - 1.0) / 4)


# --- lots -----------------------------------------------------------------------------------------------------------------------


def test_few_labellings_are_all_tried_and_of_many_so_many_are_drawn_and_the_real_one_is_among_them() -> None:
    few = labellings(np.array([True] * 4 + [False] * 4), np.zeros(8, np.int64))
    assert few.shape == (71, 8)
    assert len({tuple(row) for row in few[1:]}) == 70 == math.comb(8, 4)
    assert any((row == few[0]).all() for row in few[1:])
    mine = np.array([True] * 10 + [False] * 10)
    many = labellings(mine, np.zeros(20, np.int64))
    assert math.comb(20, 10) > ALL_MOST
    assert many.shape == (DRAWS + 2, 20)
    assert (many[0] == mine).all()
    assert (many[1] == mine).all()
    assert (many.sum(axis=1) == 10).all()


def test_within_a_stratum_as_many_are_enrolled_as_really_were() -> None:
    mine, strata = np.array([True] * 3 + [False] * 9 + [True] * 8 + [False] * 2), np.repeat([0, 1], [12, 10])
    rows = labellings(mine, strata)
    assert (rows[:, strata == 0].sum(axis=1) == 3).all()
    assert (rows[:, strata == 1].sum(axis=1) == 8).all()
    assert rows[:, 5].any()
    assert not rows[:, 5].all()


def test_every_labelling_is_as_likely_as_another() -> None:
    rows = labellings(np.array([True] * 8 + [False] * 16), np.zeros(24, np.int64))[2:]
    assert np.abs(rows.mean(axis=0) - 1 / 3).max() < 0.03


# --- what is said, and what is not ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mine", "others", "told"), [(3, 9, False), (9, 3, False), (4, 4, True), (0, 5, False)])
def test_below_four_in_either_group_nothing_is_said(mine: int, others: int, told: bool) -> None:
    enrolled = [True] * mine + [False] * others
    found = effect(range(mine + others), [i % 2 for i in range(mine + others)], enrolled, span=20)
    assert (found is not None) == told


def test_where_all_fare_alike_there_is_no_interval() -> None:
    found = reckoned([(1, 1, True, 0)] * 6 + [(1, 1, False, 0)] * 6)
    assert (found.value, found.low, found.high, found.proven, found.uniform) == (0.0, None, None, False, True)


@pytest.mark.parametrize("people", [4, 6, 10])
def test_one_success_more_never_takes_a_proof_away(people: int) -> None:
    best = reckoned([(1, 1, True, 0)] * people + [(1, 0, False, 0)] * people)
    less = reckoned([(1, 1, True, 0)] * (people - 1) + [(1, 0, True, 0)] + [(1, 0, False, 0)] * people)
    assert (best.value, best.proven, best.uniform) == (1.0, True, True)
    assert best.low is not None
    assert less.low is not None
    assert best.low >= less.low
    assert not less.uniform


def test_a_large_effect_is_proven_and_none_is_not() -> None:
    rng = np.random.default_rng(7)
    before = rng.normal(60, 10, 40)
    enrolled = np.arange(40) < 20
    noise = rng.normal(0, 5, 40)
    with_effect = effect(before, before + 15 * enrolled + noise, enrolled, span=100)
    without = effect(before, before + noise, enrolled, span=100)
    assert with_effect is not None
    assert without is not None
    assert with_effect.proven
    assert with_effect.low is not None
    assert with_effect.low > 8
    assert not without.proven


def test_it_ends_where_the_scale_ends() -> None:
    found = reckoned([(0, 1, True, 0)] * 3 + [(1, 0, True, 0)] + [(1, 0, False, 0)] * 3 + [(0, 1, False, 0)], slope=1.0)
    assert found.high == 2.0  # a difference in differences may be two scales
    people: People = [(0, 1, True, 0)] * 3 + [(0, 0.5, True, 0)] + [(0, 0, False, 0)] * 3 + [(0, 0.5, False, 0)]
    assert reckoned(people).high == 1.0


def test_what_is_proven_is_what_lots_part_as_far_less_than_once_in_ten() -> None:
    for up in range(9):
        people: People = [(0, int(i < up), True, 0) for i in range(8)] + [(0, int(i < 2), False, 0) for i in range(8)]
        assert reckoned(people).proven == (chance(people, 0.0, None) <= 0.10)


def test_two_hundred_people_take_less_than_two_seconds() -> None:
    rng = np.random.default_rng(3)
    start = time.perf_counter()
    assert effect(rng.random(200), rng.random(200), np.arange(200) < 100, np.arange(200) % 5, span=1.0) is not None
    assert time.perf_counter() - start < 2.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"span": 0.0}, {"span": math.nan}, {"after": [math.inf] * 8}, {"before": [math.nan] * 8}, {"before": [1.0]},
        {"strata": [0]}, {"enrolled": [[True] * 8]},
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_an_error(wrong: dict[str, object]) -> None:
    facts: dict[str, object] = {"before": [0.0] * 8, "after": [0.0] * 8, "enrolled": [True] * 4 + [False] * 4, "span": 1.0}
    with pytest.raises(ValueError, match=r"flat|finite"):
        effect(**(facts | wrong))  # type: ignore[arg-type]  # wrong on purpose


# --- what must not change it ----------------------------------------------------------------------------------------------------


@st.composite
def groups(draw: st.DrawFn) -> People:
    """Four or five people in each group, in one or two strata, so that all labellings are tried."""
    mine, others = draw(st.integers(4, 5)), draw(st.integers(4, 5))
    figure = st.integers(0, 8).map(lambda eighths: eighths / 8)
    return [
        (draw(figure), draw(figure), i < mine, draw(st.integers(0, 1)) if draw(st.booleans()) else 0)
        for i in range(mine + others)
    ]


def alike(one: Effect, other: Effect) -> None:
    assert (one.low is None) == (other.low is None)
    assert one.value == pytest.approx(other.value, abs=1e-6)
    if one.low is not None and one.high is not None:
        # A shift by the breadth of a hair may fall on either side of an end.
        assert one.low == pytest.approx(other.low, abs=2 * FINE)
        assert one.high == pytest.approx(other.high, abs=2 * FINE)


@settings(max_examples=60, deadline=None)
@given(groups(), st.integers(-40, 40), st.integers(-40, 40))
def test_the_same_added_to_all_outcomes_changes_nothing(people: People, then: int, now: int) -> None:
    moved = [(b + then / 8, a + now / 8, e, s) for b, a, e, s in people]
    alike(reckoned(people), reckoned(moved))


@settings(max_examples=60, deadline=None)
@given(groups())
def test_the_groups_named_the_other_way_round_turn_it_round(people: People) -> None:
    found = reckoned(people)
    turned = reckoned([(b, a, not e, s) for b, a, e, s in people])
    alike(found, Effect(
        turned.compared, turned.enrolled, -turned.value, None if turned.high is None else -turned.high,
        None if turned.low is None else -turned.low, turned.slope,
    ))  # fmt: skip


def test_so_it_is_with_drawn_labellings_too() -> None:
    rng = np.random.default_rng(11)
    before, after = rng.random(40), rng.random(40)
    enrolled, strata = np.arange(40) % 3 == 0, np.arange(40) // 20
    found, turned = (effect(before, after, mine, strata, span=1.0) for mine in (enrolled, ~enrolled))
    assert found is not None
    assert turned is not None
    assert found.low is not None
    assert turned.high is not None
    assert found.value == pytest.approx(-turned.value)
    assert found.low == pytest.approx(-turned.high, abs=NEAR)


@settings(max_examples=40, deadline=None)
@given(groups(), st.sampled_from([0.01, 100.0, 1e6]))
def test_another_unit_changes_the_unit_alone(people: People, unit: float) -> None:
    found = reckoned(people)
    scaled = reckoned([(b * unit, a * unit, e, s) for b, a, e, s in people], span=unit)
    alike(found, Effect(
        scaled.enrolled, scaled.compared, scaled.value / unit, None if scaled.low is None else scaled.low / unit,
        None if scaled.high is None else scaled.high / unit, scaled.slope,
    ))  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(groups())
def test_the_estimate_lies_within_its_interval(people: People) -> None:
    found = reckoned(people)
    if found.low is not None and found.high is not None:
        assert found.low <= max(-1.0, min(1.0, found.value)) <= found.high
