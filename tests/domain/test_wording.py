"""Wishes in plain words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.strategies import VALUES, said, wish

from relcli.domain.interaction import CHANNELS
from relcli.domain.preference import Preference, PreferenceKind, Source
from relcli.domain.wording import BY, as_reason, by, day_in_words, in_short, length

K = PreferenceKind


@pytest.mark.parametrize(
    ("kind", "value", "short", "asked"),
    [
        (K.CLOSENESS, "none", "nothing we begin", "wants nothing that we begin"),
        (K.CLOSENESS, "arms-length", "at arm's length", "wants to be kept at arm's length"),
        (K.CADENCE, "6w", "every 6 weeks", "wants to hear from us every 6 weeks, and it is too soon"),
        (K.CADENCE, "1m", "every month", "wants to hear from us every month, and it is too soon"),
        (K.CHANNEL, "email", "by e-mail", "wants to be reached by e-mail"),
        (K.NOT_CHANNEL, "sms", "not by text message", "does not want to be reached by text message"),
        (K.HOURS, "9-17:30", "between 9 and 17:30", "wants to be reached between 9 and 17:30 o'clock"),
        (K.NOT_TOPIC, "prices", "not about prices", 'does not want to hear about "prices"'),
        (K.SURVEYS, "never", "no surveys", "wants no surveys"),
        (K.SURVEYS, "1y", "surveys every year at most", "wants a survey every year at most"),
        (K.DO_NOT_CONTACT, "", "no contact", "wants no contact"),
        (K.DO_NOT_CONTACT_BY, "phone", "no contact by phone", "wants no contact by phone"),
    ],
)
def test_a_wish_shortly_and_as_a_reason(kind: PreferenceKind, value: str, short: str, asked: str) -> None:
    assert in_short(said(3, kind, value)) == short
    assert as_reason(said(3, kind, value), "Ana Ruiz") == f'Ana Ruiz {asked} (stated on 12 March 2026, w_3: "please do")'


@pytest.mark.parametrize(("value", "short"), [("regular", "regular contact"), ("close", "close contact")])
def test_a_closeness_that_forbids_nothing_has_short_words_too(value: str, short: str) -> None:
    assert in_short(said(1, K.CLOSENESS, value)) == short


def test_a_topic_they_like_is_named() -> None:
    assert in_short(said(1, K.TOPIC, "prints")) == "about prints"


def test_a_reason_says_whose_wish_it_is_and_whether_we_only_think_so() -> None:
    shut = said(4, K.DO_NOT_CONTACT, source=Source.ASSUMED)
    assert as_reason(shut, "Ana Ruiz", "Bright Bakery") == (
        'Bright Bakery, where Ana Ruiz works, wants no contact (assumed on 12 March 2026, w_4: "please do")'
    )


@given(wish())
def test_every_wish_has_words_and_a_reason_that_quotes_it(preference: Preference) -> None:
    assert in_short(preference)
    reason = as_reason(preference, "Ana Ruiz")
    assert reason.startswith("Ana Ruiz ")
    assert preference.id in reason
    assert f'"{preference.words}"' in reason


def test_the_wishes_tried_are_of_every_kind() -> None:
    assert set(VALUES) == set(PreferenceKind)


def test_every_channel_but_the_unnamed_has_its_own_words_and_one_of_the_users_stays_as_it_is() -> None:
    assert set(BY) == set(CHANNELS) - {"other"}
    assert by("pigeon") == "by pigeon"


@given(st.integers(2, 99999), st.sampled_from([("d", "day"), ("w", "week"), ("m", "month"), ("y", "year")]))
def test_one_of_a_length_is_not_counted_and_several_are(count: int, unit: tuple[str, str]) -> None:
    assert length(f"1{unit[0]}") == unit[1]
    assert length(f"{count}{unit[0]}") == f"{count} {unit[1]}s"


def test_a_day_in_words() -> None:
    assert day_in_words(date(2026, 3, 2)) == "2 March 2026"
