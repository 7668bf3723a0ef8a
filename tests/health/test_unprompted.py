"""What is left of a conversation without our outreaches and the answers to them."""

from __future__ import annotations

import pytest
from tests.health.people import TODAY, ago, evidence, person, touch
from tests.health.reckoned import Event

from relcli.domain.moment import day_number
from relcli.health.evidence import Evidence
from relcli.health.unprompted import prompted, unprompted

SINCE = day_number(ago(60))


def gone(*events: Event) -> list[int]:
    """How many days ago each touch was that is taken out."""
    talk = evidence([person(*events)]).talk
    assert talk is not None
    return [day_number(TODAY) - int(day) for day in talk.day[prompted(talk, SINCE)]]


@pytest.mark.parametrize(
    ("answered", "counts"),
    [(49, False), (36, False), (35, True)],
)
def test_our_outreach_goes_and_their_first_answer_within_fourteen_days(answered: int, counts: bool) -> None:
    assert gone(touch(50, "out", "email"), touch(answered, "in", "email")) == ([50] if counts else [50, answered])


def test_so_does_what_either_says_within_three_days_of_the_answer_and_nothing_more() -> None:
    assert gone(
        touch(50, "out", "email"), touch(45, "in", "email"), touch(44, "out", "email"), touch(42, "in", "email"), touch(41, "in", "email")
    ) == [50, 45, 44, 42]  # fmt: skip


def test_a_meeting_answers_too() -> None:
    assert gone(touch(50, "out", "email"), touch(48, "both", "meeting")) == [50, 48]


def test_what_they_began_stays_and_so_does_our_reply_to_it() -> None:
    assert gone(touch(50, "in", "email"), touch(49, "out", "email"), touch(30, "in", "phone")) == []


def test_sales_stay_whatever_led_to_them() -> None:
    assert gone(touch(50, "out", "email"), Event(ago(48), "sale")) == [50]


def test_what_was_before_that_day_stays() -> None:
    assert gone(touch(61, "out", "email"), touch(59, "in", "email")) == []


def test_signs_of_life_follow_what_is_left_and_everything_else_is_as_it_was() -> None:
    found = evidence(
        [person(touch(90, "in", "email"), touch(50, "out", "email"), touch(48, "in", "email"), touch(20, "in", "phone"))]
    )
    left = unprompted(found, SINCE)
    assert [day_number(TODAY) - int(day) for day in found.signs.days] == [90, 48, 20]
    assert [day_number(TODAY) - int(day) for day in left.signs.days] == [90, 20]
    same = set(Evidence.__dataclass_fields__) - {"talk", "signs"}
    assert all(getattr(left, name) is getattr(found, name) for name in same)
    assert left.talk is not None
    assert [day_number(TODAY) - int(day) for day in left.talk.day] == [90, 20]


def test_the_day_itself_is_one_of_those_from_which_on_it_counts() -> None:
    assert gone(touch(60, "out", "email"), touch(59, "in", "email")) == [60, 59]


def test_a_touch_of_ours_on_the_day_they_wrote_answers_them_and_prompts_nothing() -> None:
    assert gone(touch(50, "in", "email"), touch(50, "out", "email"), touch(49, "in", "email")) == []
