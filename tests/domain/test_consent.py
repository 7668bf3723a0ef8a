"""Which wishes a touch breaks."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.domain.strategies import NOW, said

from relcli.domain.consent import Touch, broken
from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment
from relcli.domain.preference import Preference, PreferenceKind, Source, wishes

K, P = PreferenceKind, Purpose


def breaks(*preferences: Preference, **touch: object) -> list[str]:
    meant = Touch(**{"moment": NOW, "channel": "email", "purpose": P.CHECK_IN, **touch})  # type: ignore[arg-type]  # as above
    return [wish.id for wish in broken(wishes(preferences, NOW), meant, UTC)]


def test_without_wishes_nothing_is_broken() -> None:
    assert breaks() == []


def test_another_channel_than_the_one_they_asked_for_breaks_it_and_an_unknown_one_does_not() -> None:
    assert breaks(said(1, K.CHANNEL, "email")) == []
    assert breaks(said(1, K.CHANNEL, "email"), channel="phone") == ["w_1"]
    assert breaks(said(1, K.CHANNEL, "email"), channel="other") == []
    assert breaks(said(1, K.NOT_CHANNEL, "phone"), channel="phone") == ["w_1"]


def test_what_we_assume_of_a_channel_never_excuses_from_what_they_said_of_channels() -> None:
    stated = said(1, K.CHANNEL, "email")
    for assumed in (K.CHANNEL, K.NOT_CHANNEL):
        assert breaks(stated, said(2, assumed, "phone", Source.ASSUMED), channel="phone") == ["w_1"]
    assert breaks(stated, said(2, K.CHANNEL, "letter", Source.ASSUMED), channel="phone") == ["w_1"]


@pytest.mark.parametrize(("hour", "free"), [(8, True), (7, False), (15, False), (14, True)])
def test_hours_are_theirs_and_bind_what_rings(hour: int, free: bool) -> None:
    at = Moment(NOW.day, datetime(2026, 6, 1, hour, 30, tzinfo=UTC), "UTC")
    held = wishes([said(1, K.HOURS, "10-17")], at)
    zone = ZoneInfo("Europe/Madrid")  # two hours ahead in June
    assert (broken(held, Touch(at, "phone"), zone) == ()) is free
    assert broken(held, Touch(at, "email"), zone) == ()
    assert broken(held, Touch(Moment(NOW.day), "phone"), zone) == ()


@pytest.mark.parametrize("purpose", [*Purpose, None])
def test_at_arms_length_what_serves_them_thanks_or_advises_is_fine(purpose: Purpose | None) -> None:
    fine = purpose in (P.SERVICE, P.ORDER, P.COMPLAINT, P.THANKS, P.ADVICE)
    assert (breaks(said(1, K.CLOSENESS, "arms-length"), purpose=purpose) == []) is fine


def test_too_soon_is_sooner_than_three_quarters_of_the_cadence() -> None:
    wish = said(1, K.CADENCE, "40d")
    assert breaks(wish, since_outreach=29) == ["w_1"]
    assert breaks(wish, since_outreach=30) == []
    assert breaks(wish) == []
    assert breaks(wish, since_outreach=29, outreach=False) == []


def test_surveys_are_as_rare_as_they_want_and_never_means_never() -> None:
    assert breaks(said(1, K.SURVEYS, "never"), purpose=P.SURVEY) == ["w_1"]
    assert breaks(said(1, K.SURVEYS, "30d"), purpose=P.SURVEY, since_survey=29) == ["w_1"]
    assert breaks(said(1, K.SURVEYS, "30d"), purpose=P.SURVEY, since_survey=30) == []
    assert breaks(said(1, K.SURVEYS, "never")) == []


def test_a_topic_they_do_not_want_is_a_word_of_the_text_or_the_purpose() -> None:
    wish = said(1, K.NOT_TOPIC, "prices")
    assert breaks(wish, text="About our PRICES, again") == ["w_1"]
    assert breaks(wish, text="pricesetting") == []
    assert breaks(said(1, K.NOT_TOPIC, "pitch"), purpose=P.PITCH) == ["w_1"]


def test_an_answer_may_go_by_the_channel_they_used_last() -> None:
    wish = said(1, K.NOT_CHANNEL, "phone")
    assert breaks(wish, channel="phone", outreach=False, their_channel="phone") == []
    assert breaks(wish, channel="phone", outreach=False, their_channel="sms") == ["w_1"]
    assert breaks(wish, channel="phone", outreach=True, their_channel="phone") == ["w_1"]
