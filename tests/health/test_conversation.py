"""Who answered whom: replies, outreaches, and the order of one day."""

from __future__ import annotations

import numpy as np
import pytest
from tests.health.people import TODAY, ago, evidence, person, touch, touches
from tests.health.reckoned import Event

from relcli.domain.moment import day_number
from relcli.health.conversation import IN, OUT, TRADE, Conversation
from relcli.health.reciprocity import reciprocity


def talk_of(*events: Event) -> Conversation:
    talk = evidence([person(*events)]).talk
    assert talk is not None
    return talk


def ours(talk: Conversation) -> list[str]:
    """What each touch of ours was, in order."""
    return ["reply" if reply else "outreach" for reply in talk.reply[talk.direction == OUT]]


@pytest.mark.parametrize(("days", "was"), [(0, "reply"), (14, "reply"), (15, "outreach")])
def test_our_first_touch_within_14_days_of_theirs_is_a_reply(days: int, was: str) -> None:
    assert ours(talk_of(touch(50, "in", "email"), touch(50 - days, "out", "email"))) == [was]


def test_what_follows_a_reply_within_three_days_is_one_too_and_what_comes_later_is_not() -> None:
    talk = talk_of(touch(50, "in", "email"), *(touch(back, "out", "email") for back in (45, 44, 42, 41)))
    assert ours(talk) == ["reply", "reply", "reply", "outreach"]


@pytest.mark.parametrize("purpose", ["marketing", "pitch", "survey", "referral-request"])
def test_what_wants_something_is_never_a_reply_nor_does_it_take_the_place_of_one(purpose: str) -> None:
    assert ours(talk_of(touch(50, "in", "email"), touch(49, "out", "email", purpose), touch(48, "out", "email"))) == [
        "outreach",
        "reply",
    ]


def test_a_sale_is_a_sign_that_can_be_replied_to() -> None:
    assert ours(talk_of(Event(ago(20), "sale"), touch(18, "out", "email", "thanks"))) == ["reply"]


def test_a_meeting_is_a_sign_and_no_outreach() -> None:
    talk = talk_of(touch(20, "both", "meeting"), touch(19, "out", "email"))
    assert ours(talk) == ["reply"]
    assert not talk.outreach.any()


def test_on_one_day_without_a_clock_ours_is_taken_to_be_the_answer() -> None:
    assert ours(talk_of(touch(20, "out", "email"), touch(20, "in", "email"))) == ["reply"]


def test_on_one_day_with_clocks_the_clock_decides() -> None:
    assert ours(talk_of(touch(20, "out", "email", at="09:00"), touch(20, "in", "email", at="11:00"))) == ["outreach"]
    assert ours(talk_of(touch(20, "out", "email", at="12:00"), touch(20, "in", "email", at="11:00"))) == ["reply"]


def test_a_day_with_one_clock_only_has_theirs_first() -> None:
    assert ours(talk_of(touch(20, "out", "email", at="09:00"), touch(20, "in", "email"))) == ["reply"]
    assert ours(talk_of(touch(20, "out", "email"), touch(20, "in", "email", at="11:00"))) == ["reply"]


def test_what_no_clock_tells_apart_stands_in_the_order_of_its_numbers_whatever_the_order_it_comes_in() -> None:
    one, other = touch(20, "out", "email", number=1), touch(20, "out", "phone", number=2)
    columns = [Conversation.of(touches([(0, e) for e in pair]), *NOTHING, 1) for pair in ((one, other), (other, one))]
    assert columns[0].channel.tolist() == columns[1].channel.tolist()


def test_a_sale_stands_after_what_they_wrote_that_day_and_answers_it() -> None:
    talk = talk_of(Event(ago(20), "sale"), touch(20, "in", "email"))
    assert talk.direction.tolist() == [IN, TRADE]


def test_a_record_that_reaches_an_organisation_by_several_people_counts_once() -> None:
    first = touch(20, "in", "email", number=7)
    both = touches([(0, first)])
    twice = type(both)(*(np.tile(getattr(both, name), 2) for name in COLUMNS))
    assert Conversation.of(twice, *NOTHING, 1).day.size == 1


def test_what_comes_later_is_not_there_until_it_happens() -> None:
    talk = talk_of(touch(20, "in", "email"), touch(10, "out", "email"), touch(5, "in", "email"))
    early = talk.until(day_number(ago(10)))
    assert early.direction.tolist() == [IN, OUT]
    assert early.start.tolist() == [0, 2]


def test_touches_of_one_contact_are_never_taken_for_another_s() -> None:
    book = [person(touch(20, "in", "email")), person(touch(19, "out", "email"))]
    talk = evidence(book).talk
    assert talk is not None
    assert ours(talk) == ["outreach"]
    assert reciprocity(talk, np.full(2, 60.0), day_number(TODAY)).written.tolist() == [1, 0]


NOTHING = ((np.empty(0, np.int64), np.empty(0, np.int64)), (np.empty(0, np.int64), np.empty(0, np.int64)))
COLUMNS = ("owner", "day", "second", "direction", "channel", "purpose", "record")
