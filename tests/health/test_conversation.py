"""Who answered whom: replies, outreaches, and the order of one day."""

from __future__ import annotations

import numpy as np
import pytest
from tests.health.people import TODAY, ago, evidence, person, touch, touches
from tests.health.reckoned import Event

from relcli.domain.moment import day_number
from relcli.health.conversation import IN, OTHER_SIGN, OUT, TRADE, Conversation, Touches
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


DAY = day_number(TODAY)
MORNING, NOON = DAY * 86_400 + 30_000, DAY * 86_400 + 43_200


def numbers(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def mixed() -> Conversation:
    """Four contacts: of the first a letter and a kept promise, of the third a sale, our answer and another sign."""
    letters = Touches(
        owner=numbers(2, 0),
        day=numbers(DAY, DAY - 5),
        second=numbers(NOON, -1),
        direction=numbers(OUT, IN),
        channel=numbers(4, 1),
        purpose=numbers(-1, 3),
        record=numbers(9, 5),
    )
    sale, signs = (numbers(2), numbers(DAY)), (numbers(2, 0), numbers(DAY + 1, DAY - 1))
    return Conversation.of(letters, sale, signs, 4, clock=numbers(MORNING), numbers=numbers(44))


def test_every_entry_keeps_its_columns_in_the_order_of_contact_day_and_clock() -> None:
    talk = mixed()

    assert (talk.size, talk.start.tolist(), talk.owner.tolist()) == (4, [0, 2, 2, 5, 5], [0, 0, 2, 2, 2])
    assert talk.day.tolist() == [DAY - 5, DAY - 1, DAY, DAY, DAY + 1]
    assert talk.second.tolist() == [-1, -1, MORNING, NOON, -1]
    assert talk.direction.tolist() == [IN, OTHER_SIGN, TRADE, OUT, OTHER_SIGN]
    assert (talk.channel.tolist(), talk.purpose.tolist()) == ([1, -1, -1, 4, -1], [3, -1, -1, -1, -1])
    assert talk.record.tolist() == [5, -1, 44, 9, -1]
    assert talk.reply.tolist() == [False, False, False, True, False]
    assert not talk.outreach.any()
    assert {getattr(talk, name).dtype for name in ("start", *COLUMNS)} == {np.dtype(np.int64)}


def test_a_sale_without_clock_and_number_has_neither() -> None:
    talk = Conversation.of(Touches.none(), (numbers(1, 0), numbers(DAY, DAY)), (numbers(0), numbers(DAY)), 3)

    assert talk.start.tolist() == [0, 2, 3, 3]
    assert talk.direction.tolist() == [OTHER_SIGN, TRADE, TRADE]
    assert talk.second.tolist() == talk.record.tolist() == talk.purpose.tolist() == [-1, -1, -1]


def test_without_a_touch_there_is_none() -> None:
    nothing = Touches.none()
    talk = Conversation.of(nothing, *NOTHING, 2)

    assert {(getattr(nothing, name).size, getattr(nothing, name).dtype) for name in COLUMNS} == {(0, np.dtype(np.int64))}
    assert (talk.size, talk.start.tolist()) == (2, [0, 0, 0])
    assert np.isnan(talk.newest(talk.sign)).tolist() == [True, True]


def test_before_after_and_newest_are_those_of_the_same_contact() -> None:
    talk = mixed()

    assert talk.last(talk.sign).tolist() == [-1, 0, -1, 2, 2]
    assert talk.next(talk.sign).tolist() == [1, -1, 4, 4, -1]
    assert talk.next(talk.ours).tolist() == [-1, -1, 3, -1, -1]
    assert talk.newest(talk.sign).tolist() == pytest.approx([DAY - 1, np.nan, DAY + 1, np.nan], nan_ok=True)
    assert talk.newest(talk.ours).tolist() == pytest.approx([np.nan, np.nan, DAY, np.nan], nan_ok=True)


def test_the_last_sign_is_the_newest_of_theirs_on_the_day_one_looks() -> None:
    talk = mixed()

    assert [talk.last_sign(i) for i in range(4)] == [(OTHER_SIGN, -1)] * 4
    assert [talk.until(DAY).last_sign(i) for i in (0, 2)] == [(OTHER_SIGN, -1), (TRADE, 44)]
    assert talk.until(DAY - 5).last_sign(0) == (IN, 5)
    assert talk.until(DAY - 5).last_sign(2) == (OTHER_SIGN, -1)
    assert talk.until(DAY - 5).start.tolist() == [0, 1, 1, 1, 1]
    two = talk_of(touch(9, "in", "email", number=1), touch(5, "in", "phone", number=2), touch(4, "out", "email", number=3))
    assert two.last_sign(0) == (IN, 2)


def test_a_record_counts_once_for_each_contact_and_others_are_left_as_they_are() -> None:
    one, other = touch(20, "in", "email", number=7), touch(21, "in", "phone", number=8)
    columns = touches([(0, one), (0, other), (1, one), (0, one), (0, other), (1, one), (1, other)])
    columns.record[:] = [7, 8, 7, 7, 8, 7, 8]
    talk = Conversation.of(columns, *NOTHING, 2)

    assert (talk.owner.tolist(), talk.record.tolist()) == ([0, 0, 1, 1], [8, 7, 8, 7])


def test_a_day_runs_from_theirs_without_a_clock_over_the_seconds_of_all_zones_to_ours_without_one() -> None:
    """In some zone the day begins fourteen hours before that of UTC, in another it ends twelve after it."""
    begin, end = DAY * 86_400 - 50_400, (DAY + 1) * 86_400 + 43_199
    seconds = [-1, begin, begin + 1, begin + 2, NOON, end - 1, end, -1]
    ways = [IN, OUT, IN, OUT, IN, OUT, IN, OUT]
    order = numbers(7, 6, 5, 4, 3, 2, 1, 0)
    columns = Touches(
        numbers(*[0] * 8), numbers(*[DAY] * 8), numbers(*seconds)[order], numbers(*ways)[order],
        numbers(*[1] * 8), numbers(*[-1] * 8), numbers(*range(1, 9)),
    )  # fmt: skip
    talk = Conversation.of(columns, *NOTHING, 1)

    assert talk.second.tolist() == seconds
    assert talk.direction.tolist() == ways


def test_the_first_second_of_all_is_a_clock_too() -> None:
    columns = Touches(
        numbers(0, 0), numbers(0, 0), numbers(10, 0), numbers(IN, OUT), numbers(1, 1), numbers(-1, -1), numbers(1, 2)
    )

    assert Conversation.of(columns, *NOTHING, 1).direction.tolist() == [OUT, IN]


def test_contacts_stand_one_after_the_other_whatever_their_days() -> None:
    signs = numbers(1, 0, 1, 0), numbers(0, 9, 9, 0)
    talk = Conversation.of(Touches.none(), NOTHING[0], signs, 2)

    assert (talk.owner.tolist(), talk.day.tolist()) == ([0, 0, 1, 1], [0, 9, 0, 9])
