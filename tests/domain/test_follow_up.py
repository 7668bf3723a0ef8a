"""Whom to follow up: what an answer asks of us, and what settles it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from relcli.domain.follow_up import Mood, followed_up, mood, newest_scored, worst
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import Moment
from relcli.domain.promise import Promise, PromiseKind, Side
from relcli.domain.survey import Answer, Response, Tag

TODAY = date(2026, 11, 21)
NOON = Moment(date(2026, 11, 11), datetime(2026, 11, 11, 12, tzinfo=UTC), "UTC")


def response(*answers: Answer, when: Moment = NOON, number: int = 1) -> Response:
    return Response(number, "c_aaaaaaaa", "pulse", 1, when, answers)


def of_ten(value: int) -> Answer:
    return Answer("recommend", Tag.RECOMMEND, "Would you?", value, low=0, high=10)


def of_five(tag: Tag, value: int, *, turned: bool = False) -> Answer:
    return Answer(tag.value, tag, "How?", value, low=1, high=5, reversed=turned)


def touch(when: Moment, direction: Direction = Direction.OUT, purpose: Purpose | None = None) -> Interaction:
    return Interaction(1, when, "email", direction, ("c_aaaaaaaa",), purpose=purpose)


UNHAPPY = response(of_ten(2))


@pytest.mark.parametrize(
    ("answers", "felt"),
    [
        ([of_ten(6)], Mood.UNHAPPY),
        ([of_ten(7)], None),
        ([of_ten(9), of_five(Tag.SATISFACTION, 2)], Mood.UNHAPPY),
        ([of_five(Tag.SATISFACTION, 3)], Mood.DISSATISFIED),
        ([of_five(Tag.TRUST, 1)], Mood.DISSATISFIED),
        ([of_five(Tag.EFFORT, 1, turned=True)], None),
        ([of_five(Tag.EFFORT, 5, turned=True)], Mood.DISSATISFIED),
        ([of_five(Tag.CLOSENESS_FELT, 1)], None),
    ],
)
def test_an_answer_asks_to_be_followed_up_by_what_was_said(answers: list[Answer], felt: Mood | None) -> None:
    assert mood(response(*answers), TODAY) is felt


def test_the_worst_answer_is_the_one_that_makes_them_unhappy() -> None:
    trust, recommend = of_five(Tag.TRUST, 1), of_ten(6)

    assert worst(response(trust, recommend)) == recommend
    assert worst(response(trust, of_ten(7))) == trust
    assert worst(response()) is None


@pytest.mark.parametrize(
    ("direction", "purpose", "settles"),
    [
        (Direction.OUT, None, True),
        (Direction.OUT, Purpose.CHECK_IN, True),
        (Direction.OUT, Purpose.COMPLAINT, True),
        (Direction.BOTH, None, True),
        (Direction.IN, None, False),
        (Direction.IN, Purpose.COMPLAINT, False),
        (Direction.OUT, Purpose.MARKETING, False),
        (Direction.OUT, Purpose.PITCH, False),
        (Direction.OUT, Purpose.SURVEY, False),
        (Direction.BOTH, Purpose.REFERRAL_REQUEST, False),
    ],
)
def test_only_a_touch_of_ours_that_could_be_a_reply_settles_it(
    direction: Direction, purpose: Purpose | None, settles: bool
) -> None:
    assert followed_up(UNHAPPY, [], [touch(Moment(date(2026, 11, 12)), direction, purpose)]) is settles


@pytest.mark.parametrize(
    ("when", "settles"),
    [
        (Moment(date(2026, 11, 10)), False),
        (Moment(date(2026, 11, 11)), True),
        (Moment(NOON.day, datetime(2026, 11, 11, 11, tzinfo=UTC), "UTC"), False),
        (Moment(NOON.day, datetime(2026, 11, 11, 13, tzinfo=UTC), "UTC"), True),
        (Moment(date(2026, 11, 20)), True),
    ],
)
def test_it_has_to_come_after_the_answer_by_the_clock_where_both_have_one(when: Moment, settles: bool) -> None:
    assert followed_up(UNHAPPY, [], [touch(when)]) is settles


@pytest.mark.parametrize(
    ("side", "days", "settles"), [(Side.US, 0, True), (Side.US, 5, True), (Side.US, -1, False), (Side.THEM, 5, False)]
)
def test_a_promise_of_ours_made_since_settles_it(side: Side, days: int, settles: bool) -> None:
    promise = Promise(1, "c_aaaaaaaa", side, PromiseKind.PROMISE, "print again", NOON.day + timedelta(days=days))

    assert followed_up(UNHAPPY, [promise], []) is settles


def test_the_newest_scored_response_speaks_for_them_and_none_of_tomorrow_does() -> None:
    unscored = response(of_five(Tag.CLOSENESS_WANTED, 3), when=Moment(date(2026, 11, 20)), number=2)
    later = response(of_ten(9), when=Moment(date(2026, 11, 15)), number=3)
    tomorrow = response(of_ten(0), when=Moment(date(2026, 11, 22)), number=4)

    assert newest_scored([later, UNHAPPY, unscored, tomorrow], TODAY) == later
    assert newest_scored([unscored], TODAY) is None
