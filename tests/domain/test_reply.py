"""Which touches of ours answer a sign of theirs, and which ones we begin."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment
from relcli.domain.reply import Event, Trace, traced

P = Purpose


def happened(day: int, *, sign: bool = False, hour: int | None = None, purpose: Purpose | None = None) -> Event:
    of = date(2026, 1, 1) + timedelta(days=day)
    at = None if hour is None else datetime(of.year, of.month, of.day, hour, tzinfo=UTC)
    return Event(Moment(of, at, "UTC" if at else ""), sign, purpose)


def outreach_day(*events: Event) -> int | None:
    last = traced(events).last_outreach
    return None if last is None else (last - date(2026, 1, 1)).days


def test_our_first_touch_within_a_fortnight_of_a_sign_is_a_reply_and_so_is_what_follows_in_three_days() -> None:
    sign = happened(0, sign=True)
    assert outreach_day(sign, happened(14)) is None
    assert outreach_day(sign, happened(15)) == 15
    assert outreach_day(sign, happened(2), happened(5)) is None
    assert outreach_day(sign, happened(2), happened(6)) == 6
    assert outreach_day(sign, happened(2), happened(5), happened(8)) == 8


def test_marketing_is_never_a_reply_and_does_not_use_one_up_and_service_we_begin_is_an_outreach() -> None:
    sign = happened(0, sign=True)
    assert outreach_day(sign, happened(1, purpose=P.MARKETING), happened(2)) == 1
    assert outreach_day(happened(1, purpose=P.SERVICE)) == 1
    assert traced([happened(1, purpose=P.SURVEY)]).last_survey == date(2026, 1, 2)


def test_what_we_wrote_in_the_morning_does_not_answer_what_they_wrote_in_the_afternoon() -> None:
    assert outreach_day(happened(0, hour=9), happened(0, sign=True, hour=15)) == 0
    assert outreach_day(happened(0, hour=16), happened(0, sign=True, hour=15)) is None
    assert outreach_day(happened(0), happened(0, sign=True)) is None


def test_nothing_happened_leaves_nothing_behind() -> None:
    assert traced([]) == Trace()


def test_an_answer_shortens_how_long_the_next_touch_is_one() -> None:
    sign = happened(0, sign=True)
    assert traced([sign]).reply_until == date(2026, 1, 15)
    assert traced([sign, happened(2)]).reply_until == date(2026, 1, 6)
    assert traced([sign, happened(2), happened(4)]).reply_until == date(2026, 1, 6)


@given(st.lists(st.builds(happened, st.integers(0, 40), sign=st.booleans()), max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_told_does_not_matter(events: list[Event], chance: Random) -> None:
    assert traced(chance.sample(events, len(events))) == traced(events)
