"""Voice: what they say when they are asked, how sure that is, and what an unhappy answer does."""

from __future__ import annotations

import numpy as np
import pytest
from tests.health.people import TODAY, ago, answer, evidence, person, promise, touch
from tests.health.reckoned import Event

from relcli.domain.moment import day_number
from relcli.domain.survey import Answer, Response, Tag
from relcli.health.assess import Assessment, assess
from relcli.health.scorecard import scorecard
from relcli.health.status import STATUSES, Status

SALES = tuple(Event(ago(back), "sale") for back in range(10, 400, 30))


def of(*records: object) -> Assessment:
    return assess(evidence([person(*SALES, *records)]), day_number(TODAY))  # type: ignore[arg-type]  # any record


def test_it_is_the_aged_mean_of_what_they_answered() -> None:
    told = of(answer(365, 4), answer(0, 10)).voice
    assert told.value[0] == pytest.approx(100 * (0.5 * 0.4 + 1.0) / 1.5)
    assert told.weight[0] == pytest.approx(1.5)
    assert told.reliability[0] == pytest.approx(0.6)
    assert told.spread[0] == pytest.approx(25 / np.sqrt(2.5))
    assert told.count.tolist() == [2]


def test_a_response_is_the_mean_of_its_scored_items_on_their_own_scales() -> None:
    answers = (
        Answer("easy", Tag.EFFORT, "How hard was it?", 2, low=1, high=5, reversed=True),
        Answer("glad", Tag.SATISFACTION, "Are you glad?", 5, low=1, high=5),
        Answer("near", Tag.CLOSENESS_WANTED, "How close?", 1, low=1, high=5),
        Answer("why", Tag.OPEN, "Why?", words="because"),
    )
    assert Response(1, "", "service", 1, answer(0).when, answers).score == pytest.approx((0.75 + 1.0) / 2)


def test_much_evidence_leaves_a_spread_of_five_points() -> None:
    assert of(*(answer(back) for back in range(40))).voice.spread[0] == pytest.approx(5)


def test_without_an_answer_it_is_unknown_and_says_so() -> None:
    card = scorecard(of(), 0)
    voice = card.components[4]
    assert (voice.name, voice.value, voice.reason) == ("voice", None, "never asked")


def test_the_card_says_the_newest_answer_on_its_scale() -> None:
    voice = scorecard(of(answer(100, 3), answer(49, 8)), 0).components[4]
    assert voice.reason == "8 of 10 on 3 Oct (pulse)"
    assert voice.low is not None
    assert voice.value is not None
    assert voice.low < voice.value


@pytest.mark.parametrize(
    ("tag", "value", "low", "high", "unhappy"),
    [
        ("recommend", 6, 0, 10, True),
        ("recommend", 7, 0, 10, False),
        ("satisfaction", 2, 1, 5, True),
        ("satisfaction", 3, 1, 5, False),
        ("effort", 1, 1, 5, False),
    ],
)
def test_unhappy_is_who_would_not_recommend_us_or_is_less_than_half_satisfied(
    tag: str, value: int, low: int, high: int, unhappy: bool
) -> None:
    assert of(answer(10, value, tag=tag, low=low, high=high)).voice.unhappy.tolist() == [unhappy]


def test_an_unhappy_answer_holds_health_for_180_days_and_a_newer_one_takes_its_place() -> None:
    for back, held in ((180, True), (181, False)):
        found = of(answer(back, 4))
        assert (found.health.value[0] == 59) == held
        assert bool(found.voice.unhappy[0]) == held
    assert scorecard(of(answer(10, 4)), 0).held == "held at 59: their newest answer was an unhappy one"
    assert not of(answer(60, 4), answer(10, 10)).voice.unhappy[0]


@pytest.mark.parametrize(
    ("followed", "status"),
    [
        ((), Status.UNHAPPY),
        ((touch(5, "out", "phone", "help"),), Status.STRONG),
        ((touch(5, "out", "email", "marketing"),), Status.UNHAPPY),
        ((touch(20, "out", "phone", "help"),), Status.UNHAPPY),
        ((promise(5, -5),), Status.STRONG),
        ((promise(5, -5, theirs=True),), Status.UNHAPPY),
    ],
)
def test_they_are_unhappy_until_something_of_ours_follows(followed: tuple[object, ...], status: Status) -> None:
    found = of(answer(10, 4), *followed)
    word = STATUSES[found.status[0]]
    assert (word is Status.UNHAPPY) == (status is Status.UNHAPPY)


def test_an_answer_is_a_sign_of_life() -> None:
    assert of(answer(2)).rhythm.silent.tolist() == [2]


def test_an_answer_of_a_later_day_says_nothing_yet() -> None:
    people = evidence([person(*SALES, answer(0, 4))])
    assert np.isnan(assess(people, day_number(TODAY) - 1).voice.value[0])


def test_the_range_is_eighty_percent_wide_and_ends_at_the_ends_of_the_scale() -> None:
    middle = of(answer(0, 5)).voice
    reach = 1.2816 * 25 / np.sqrt(2)
    assert middle.range_of(0) == pytest.approx((50 - reach, 50 + reach), abs=0.01)
    assert of(answer(0, 0)).voice.range_of(0) == pytest.approx((0, reach), abs=0.01)
    assert of(answer(0, 10)).voice.range_of(0) == pytest.approx((100 - reach, 100), abs=0.01)


def test_the_worst_answer_is_worth_nothing() -> None:
    assert of(answer(0, 0)).voice.value.tolist() == [0]


def test_each_contact_has_a_voice_of_its_own_and_its_own_touches_follow_it() -> None:
    """Nobody's later answer, and nobody else's touch, changes that of another."""
    people = [
        person(*SALES, answer(-3, 9)),
        person(*SALES, touch(2, "out", "phone", "help")),
        person(*SALES, answer(10, 2)),
        person(*SALES, answer(9, 3), touch(4, "out", "phone", "help")),
    ]
    found = assess(evidence(people), day_number(TODAY)).voice

    assert found.count.tolist() == [0, 0, 1, 1]
    assert found.count.dtype == np.int64
    assert found.unhappy.tolist() == [False, False, True, True]
    assert found.unfollowed.tolist() == [False, False, True, False]
    assert found.value[2:].tolist() == pytest.approx([20, 30])


@pytest.mark.parametrize(
    ("follows", "unfollowed"),
    [
        (touch(10, "out", "phone", "help"), False),
        (touch(11, "out", "phone", "help"), True),
        (touch(0, "out", "phone", "help"), False),
        (promise(10, -5), False),
        (promise(11, -5), True),
        (promise(0, -5), False),
    ],
)
def test_what_follows_an_unhappy_answer_may_be_of_the_same_day_and_of_today(follows: object, unfollowed: bool) -> None:
    assert of(answer(10, 4), follows).voice.unfollowed.tolist() == [unfollowed]
