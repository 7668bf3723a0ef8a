"""Past days replayed: what is asked of them, and that the answers are those of a plain count over the same days."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median, pstdev

import numpy as np
import pytest

from relcli.health.assess import Assessment, assess
from relcli.health.backtest import HEARD, SILENT, Seen, days_to_replay, replay, seen
from relcli.health.evidence import Evidence
from relcli.health.ledger import Ledger

LAST, DAY, HORIZON = 20_000, 19_700, 182


@dataclass(frozen=True)
class Book:
    """Days with a sign by contact, and the assessment of one day."""

    days: list[list[int]]
    ledger: Ledger
    assessment: Assessment


def book(seed: int = 1, size: int = 150, *, until: int = LAST) -> Book:
    """Steady ones, bursty ones and those who left, in no order; known up to day `until`."""
    chance = random.Random(seed)
    days: list[list[int]] = []
    for _ in range(size):
        day, own, gap, shape = LAST - chance.randrange(1200), [], chance.uniform(4, 120), chance.choice([0.5, 1, 6])
        while day <= LAST:
            own.append(day)
            if chance.random() < 0.06:
                break
            day += max(1, round(chance.gammavariate(shape, gap / shape)))
        days.append(own)
    kept = [[day for day in own if day <= until] for own in days]
    owner = [i for i, own in enumerate(kept) for _ in own]
    ledger = Ledger.of(owner, [day for own in kept for day in own], size)
    facts = Evidence(ledger, ledger, np.zeros(size, np.bool_), np.ones(size, np.bool_))
    return Book(days, ledger, assess(facts, DAY, horizon=HORIZON))


@pytest.fixture(scope="module")
def whole() -> Book:
    return book()


@pytest.fixture(scope="module")
def found(whole: Book) -> Seen:
    return seen(whole.assessment, whole.ledger, LAST, HORIZON)


def test_heard_asks_all_who_gave_a_sign_whether_one_came_within_the_horizon(whole: Book, found: Seen) -> None:
    expected = {i: any(DAY < d <= DAY + HORIZON for d in own) for i, own in enumerate(whole.days) if own[0] <= DAY}

    for name in HEARD:
        assert dict(zip(found.heard[name].who.tolist(), found.heard[name].happened.tolist(), strict=True)) == expected


def test_silent_asks_the_steady_who_were_not_late_and_whose_time_lies_inside_the_book(whole: Book, found: Seen) -> None:
    expected = {}
    for i, own in enumerate(whole.days):
        then = [d for d in own if d <= DAY]
        gaps = [b - a for a, b in pairwise(then)]
        if len(then) < 5 or pstdev(gaps) > fmean(gaps) or DAY - then[-1] > 2 * median(gaps) or DAY + 3 * median(gaps) > LAST:
            continue
        expected[i] = not any(DAY < d <= DAY + 3 * median(gaps) for d in own)

    assert len(expected) > 20
    assert len(set(expected.values())) == 2
    for name in SILENT:
        assert dict(zip(found.silent[name].who.tolist(), found.silent[name].happened.tolist(), strict=True)) == expected


def test_a_day_on_the_very_edge_counts() -> None:
    days = [[DAY - 40, DAY - 20, DAY, DAY + HORIZON], [DAY - 30, DAY, DAY + HORIZON + 1], [DAY, LAST]]
    owner = [i for i, own in enumerate(days) for _ in own]
    ledger = Ledger.of(owner, [d for own in days for d in own], 3)
    facts = Evidence(ledger, ledger, np.zeros(3, np.bool_), np.ones(3, np.bool_))
    one = seen(assess(facts, DAY, horizon=HORIZON), ledger, LAST, HORIZON)

    assert one.chances.happened.tolist() == [True, False, False]


def test_scores_are_higher_for_what_is_asked() -> None:
    """Whoever was seen lately is likelier heard from, and less likely to fall silent, by every measure that knows only that."""
    days = [[DAY - 5 - 30 * n for n in range(9)], [DAY - 50 - 30 * n for n in range(9)]]
    ledger = Ledger.of([0] * 9 + [1] * 9, days[0] + days[1], 2)
    facts = Evidence(ledger, ledger, np.zeros(2, np.bool_), np.ones(2, np.bool_))
    one = seen(assess(facts, DAY, horizon=HORIZON), ledger, LAST, HORIZON)

    for name in ("rhythm", "silent_risk", "traffic_light", "recency"):
        assert one.heard[name].score[0] > one.heard[name].score[1]
        assert one.silent[name].score[0] < one.silent[name].score[1]
    assert one.heard["traffic_light"].score.tolist() == [0, -1]
    assert one.heard["recency"].score.tolist() == [-5, -50]


def test_nothing_after_the_day_has_a_part_in_what_was_foretold(found: Seen) -> None:
    cut = book(until=DAY)
    then = seen(cut.assessment, cut.ledger, DAY, HORIZON)

    for name in HEARD:
        assert then.heard[name].who.tolist() == found.heard[name].who.tolist()
        np.testing.assert_array_equal(then.heard[name].score, found.heard[name].score)
    assert not then.chances.happened.any()
    assert found.chances.happened.any()


def test_expected_is_compared_with_the_days_that_came(whole: Book, found: Seen) -> None:
    known = [i for i, own in enumerate(whole.days) if own[0] <= DAY]
    beats = whole.assessment.rhythm.expected
    off = [abs(round(float(beats[i]), 2) - sum(DAY < d <= DAY + HORIZON for d in whole.days[i])) for i in known]

    assert replay([found]).expected_error == pytest.approx(fmean(off), abs=1e-9)


def test_figures_are_those_a_report_prints(whole: Book, found: Seen) -> None:
    value = whole.assessment.rhythm.value[found.chances.who]

    np.testing.assert_allclose(found.chances.score * 100, np.round(value, 2).clip(0.01, 99.99))


def test_who_wants_no_closeness_is_not_asked_about(whole: Book) -> None:
    beats = whole.assessment.rhythm
    beats.value[3] = math.nan
    try:
        assert 3 not in seen(whole.assessment, whole.ledger, LAST, HORIZON).chances.who
    finally:
        beats.value[3] = 50.0


def test_of_few_contacts_neither_percentages_nor_expected_are_judged() -> None:
    small = book(seed=3, size=12)
    one = replay([seen(small.assessment, small.ledger, LAST, HORIZON)], day=DAY)

    assert 0 < one.known < 20
    assert (one.chances, one.expected_error) == (None, None)


def test_of_twenty_contacts_both_are() -> None:
    some = book(seed=4, size=40)
    known = [i for i, own in enumerate(some.days) if own[0] <= DAY][:20]
    days = [some.days[i] for i in known]
    ledger = Ledger.of([i for i, own in enumerate(days) for _ in own], [d for own in days for d in own], 20)
    facts = Evidence(ledger, ledger, np.zeros(20, np.bool_), np.ones(20, np.bool_))
    one = replay([seen(assess(facts, DAY, horizon=HORIZON), ledger, LAST, HORIZON)])

    assert one.known == 20
    assert one.chances is not None
    assert one.expected_error is not None


def test_a_replay_says_of_which_day_it_is_and_how_many_came(whole: Book, found: Seen) -> None:
    one, both = replay([found], day=DAY), replay([found, found])

    assert (one.day, both.day) == (DAY, None)
    assert one.known == both.known == sum(own[0] <= DAY for own in whole.days)
    assert one.came == both.came == sum(any(DAY < d <= DAY + HORIZON for d in own) for own in whole.days if own[0] <= DAY)
    assert one.came < one.known
    assert one.chances is not None
    assert set(one.silent) == set(SILENT)
    assert one.silent["silent_risk"].auc is not None


def test_no_day_at_all_tells_nothing() -> None:
    nothing = replay([])

    assert (nothing.known, nothing.came, nothing.chances) == (0, 0, None)
    assert all(ranking.auc is None for ranking in nothing.heard.values())


@pytest.mark.parametrize(
    ("first", "last", "horizon", "days"),
    [
        (0, 1000, 182, (454, 636, 818)),
        (0, 400, 182, (218,)),
        (0, 364, 182, (182,)),
        (0, 363, 182, ()),
        (0, 10_000, 182, (9454, 9636, 9818)),
        (500, 1000, 100, (700, 800, 900)),
    ],
)
def test_the_days_asked_about_have_a_horizon_before_them_and_one_of_their_own_after(
    first: int, last: int, horizon: int, days: tuple[int, ...]
) -> None:
    assert days_to_replay(first, last, horizon) == days


def plain(days: list[list[int]], *, last: int = LAST) -> Seen:
    """What followed for contacts with these days, in a book known up to day `last`."""
    ledger = Ledger.of([i for i, own in enumerate(days) for _ in own], [day for own in days for day in own], len(days))
    facts = Evidence(ledger, ledger, np.zeros(len(days), np.bool_), np.ones(len(days), np.bool_))
    return seen(assess(facts, DAY, horizon=HORIZON), ledger, last, HORIZON)


def past(silence: int, *gaps: int) -> list[int]:
    """Days with these gaps between them, the newest so many days before the day."""
    return [DAY - silence - sum(gaps[k:]) for k in range(len(gaps) + 1)]


REGULAR = (20, 20, 20, 20)


@pytest.mark.parametrize(
    ("own", "asked"),
    [
        (past(40, *REGULAR), True),
        (past(41, *REGULAR), False),
        (past(0, 20, 20, 20), False),
        (past(10, 10, 10, 10, 10, 60), True),  # the variation is just 1
        (past(10, 10, 10, 10, 10, 61), False),
        (past(1, 1, 1, 1, 1, 100), False),
    ],
    ids=["two gaps late", "a day later", "three gaps", "variation of 1", "more than that", "bursts"],
)
def test_silent_asks_those_just_within_its_conditions(own: list[int], asked: bool) -> None:
    one = plain([own, past(0, *REGULAR)])

    assert one.chances.who.tolist() == [0, 1]
    assert one.silent["rhythm"].who.tolist() == ([0, 1] if asked else [1])


@pytest.mark.parametrize(("last", "asked"), [(DAY + 60, [0]), (DAY + 59, [])])
def test_silent_asks_where_the_book_goes_on_for_three_median_gaps(last: int, asked: list[int]) -> None:
    assert plain([past(0, *REGULAR)], last=last).silent["recency"].who.tolist() == asked


def test_a_sign_on_the_last_day_of_three_median_gaps_breaks_the_silence() -> None:
    days = [[*past(0, *REGULAR), DAY + more] for more in (1, 60, 61)]

    assert plain(days).silent["silent_risk"].happened.tolist() == [False, False, True]


def test_figures_are_taken_as_printed_and_no_chance_as_certain() -> None:
    days = [[*past(0, *REGULAR), DAY + 5, DAY + 30], past(10, *REGULAR), past(20, *REGULAR)]
    ledger = Ledger.of([i for i, own in enumerate(days) for _ in own], [day for own in days for day in own], 3)
    found = assess(Evidence(ledger, ledger, np.zeros(3, np.bool_), np.ones(3, np.bool_)), DAY, horizon=HORIZON)
    chances, other = np.array([99.9999, 0.0001, 12.3456]), np.array([0.0001, 99.9999, 65.4321])
    beats = replace(found.rhythm, value=chances, silent_risk=other, expected=np.array([7.1239, 0.4567, 0.0]))
    one = seen(replace(found, rhythm=beats, health=replace(found.health, unheld=other)), ledger, LAST, HORIZON)

    assert one.day == DAY
    assert one.heard["rhythm"].score.tolist() == [99.99, 0.01, 12.35]
    assert one.heard["silent_risk"].score.tolist() == [-0.01, -99.99, -65.43]
    assert one.heard["health"].score.tolist() == [0.0, 100.0, 65.43]
    assert one.chances.score.tolist() == pytest.approx([0.9999, 0.0001, 0.1235], abs=1e-12)
    assert one.apart.tolist() == pytest.approx([5.12, 0.46, 0.0], abs=1e-12)


def test_what_is_not_known_of_a_component_ranks_nobody() -> None:
    one = plain([past(0, *REGULAR), [DAY - 3]])

    assert np.isnan(one.heard["voice"].score).all()
    assert np.isnan(one.heard["loyalty"].score).tolist() == [False, True]
