"""What people type of days and times, looking back for what happened and forward for what is promised."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.dates_long import FORMS, edited, moment, understood
from tests.domain.slow_calendar import MADRID, REFUSED, slow

from relcli.domain.dates.order import Order
from relcli.domain.dates.spoken import Present, spoken


def read(text: str, now: str, *, forward: bool = False, order: Order | None = None, languages: str = "en") -> str:
    """What the grammar makes of it, or its refusal; an empty text where it does not know the form."""
    present = Present(
        datetime.fromisoformat(now).replace(tzinfo=MADRID), "Europe/Madrid", forward, order, tuple(languages.split(","))
    )
    try:
        return str(spoken(text, present) or "")[:16]
    except ValueError as refused:
        return str(refused)


@pytest.mark.parametrize(
    ("now", "text", "back", "forward"),
    [
        ("2026-12-01T08:00", "17:30", "2026-11-30T17:30", "2026-12-01T17:30"),
        ("2027-01-01T08:00", "17:30", "2026-12-31T17:30", "2027-01-01T17:30"),
        ("2026-03-01T08:00", "noon", "2026-02-28T12:00", "2026-03-01T12:00"),
        ("2026-11-30T10:00", "9am", "2026-11-30T09:00", "2026-12-01T09:00"),
        ("2026-12-31T10:00", "midnight", "2026-12-31T00:00", "2027-01-01T00:00"),
        ("2026-12-31T10:00", "12am", "2026-12-31T00:00", "2027-01-01T00:00"),
        ("2026-11-30T10:00", "3.11.", "2026-11-03", "2027-11-03"),
        ("2026-11-30T10:00", "13.11. 17.30", "2026-11-13T17:30", "2027-11-13T17:30"),
        ("2026-11-30T10:00", "the 5th", "2026-11-05", "2026-12-05"),
        ("2026-11-30T10:00", "on the 31st", "2026-10-31", "2026-12-31"),
        ("2026-11-05T10:00", "the 5th", "2026-11-05", "2026-11-05"),
        ("2026-11-15T10:00", "last of the month", "2026-10-31", "2026-11-30"),
        ("2026-11-27T10:00", "last friday", "2026-11-20", "2026-11-20"),
        ("2026-11-30T10:00", "next friday", "2026-12-04", "2026-12-04"),
        ("2026-11-30T10:00", "Fri., 17:30", "2026-11-27T17:30", "2026-12-04T17:30"),
        ("2026-03-31T10:00", "1 month ago", "2026-02-28", "2026-02-28"),
        ("2026-11-30T10:00", "this morning 7:15", "2026-11-30T07:15", '"this morning 7:15" is over: it is 10:00 now'),
        ("2026-11-30T22:00", "this evening at 8:30", "2026-11-30T20:30", '"this evening at 8:30" is over: it is 22:00 now'),
        ("2026-11-30T10:00", "half an hour ago", "2026-11-30T09:30", "2026-11-30T09:30"),
        ("2026-10-25T04:00", "02:30", "2026-10-25T02:30", "2026-10-26T02:30"),
        ("2026-11-30T10:00", "\u00a0 3\u00a0NOVEMBER,  2026 ", "2026-11-03", "2026-11-03"),
        ("2026-11-30T10:00", "end of november 2025", "2025-11-30", "2025-11-30"),
        ("2026-11-30T10:00", "17:30 UTC", "2026-11-29T17:30", "2026-11-30T17:30"),
    ],
)
def test_logs_look_back_and_promises_forward(now: str, text: str, back: str, forward: str) -> None:
    assert read(text, now) == back
    assert read(text, now, forward=True) == forward


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3.11", "can be 3 November or the time 03:11"),
        ("3/11", "can be 11 March or 3 November"),
        ("3/11/2026", "can be 11 March 2026 or 3 November 2026"),
        ("26-11-30", "can be 26 November 2030 or 30 November 2026"),
        ("26-11-13", "can be 13 November 2026 or 26 November 2013"),
        ("30-11-26", "can be 26 November 2030 or 30 November 2026"),
        ("3.11.26", "can be 26 November 2003 or 3 November 2026"),
        ("31-11-26", "can be 26 November 2031 or 31 November 2026"),
        ("friday", "can be Friday, 2026-11-20 or today, 2026-11-27"),
        ("at 9", "can be the time 09:00 or the time 21:00"),
        ("12h", "can be 12:00 or 12h ago"),
        ("3 days", "can be 3 days ago or in 3 days"),
        ("yesterday midnight", "can be the beginning or the end of 2026-11-26"),
        ("next month", "names no day"),
        ("november", "names no day"),
        ("today 17:30", "is still to come: it is 10:00 now"),
        ("this saturday", "that is 2026-11-28, which is still to come"),
        ("29 feb", "no 29 February within a year before today"),
        ("31 nov", "there is no 31 November"),
        ("thursday 26 november 2025", ""),
        ("the 31st of this month", ""),
        ("29 Mar 2026 02:30", "on 2026-03-29 there is no 02:30 in Europe/Madrid: the clocks go forward"),
        ("9:30-10:30", ""),
        ("22th", ""),
        ("17", ""),
        ("1730", ""),
        ("soon", ""),
        ("in a monat", ""),
        ("the 29t17:30", ""),
        ("5\u00b2 nov", ""),
        ("\ue00b 5", ""),
    ],
)
def test_what_can_be_read_two_ways_or_none_is_not_taken(text: str, said: str) -> None:
    answer = read(text, "2026-11-27T10:00")

    assert said in answer
    assert not answer.startswith("20")


@pytest.mark.parametrize(
    ("order", "text", "found"),
    [
        (Order.DMY, "3/11", "2026-11-03"),
        (Order.MDY, "3/11", "2026-03-11"),
        (Order.YMD, "3/11", "2026-03-11"),
        (Order.DMY, "3/11/26", "2026-11-03"),
        (Order.MDY, "3/11/26", "2026-03-11"),
        (Order.YMD, "26-11-13", "2026-11-13"),
        (Order.MDY, "3.11.", "2026-11-03"),
        (Order.MDY, "3.11.2026", "2026-11-03"),
        (Order.MDY, "14/11/2026", "2026-11-14"),
        (Order.DMY, "26-11-30", '"26-11-30": with a year of two digits that is 2030-11-26, which is still to come'),
        (Order.DMY, "26-11-13", '"26-11-13": with a year of two digits that is 2013-11-26, which is far from today'),
    ],
)
def test_the_setting_decides_what_numbers_leave_open(order: Order, text: str, found: str) -> None:
    assert read(text, "2026-11-30T10:00", order=order) == found


@pytest.mark.parametrize(
    ("language", "text", "back", "forward"),
    [
        ("de", "gestern 17:30 Uhr", "2026-11-30T17:30", "2026-11-30T17:30"),
        ("de", "vor 3 Tagen", "2026-11-28", "2026-11-28"),
        ("de", "vor einer Woche", "2026-11-24", "2026-11-24"),
        ("de", "in zwei Monaten", "2027-02-01", "2027-02-01"),
        ("de", "vor einer Stunde", "2026-12-01T07:00", "2026-12-01T07:00"),
        ("de", "übermorgen um 9:00", "2026-12-03T09:00", "2026-12-03T09:00"),
        ("de", "am 5. März", "2026-03-05", "2027-03-05"),
        ("de", "letzten Freitag", "2026-11-27", "2026-11-27"),
        ("de", "am 5.", "2026-11-05", "2026-12-05"),
        ("de", "Ende des Monats", "2026-11-30", "2026-12-31"),
        ("es", "ayer a las 17:30", "2026-11-30T17:30", "2026-11-30T17:30"),
        ("es", "hace 3 días", "2026-11-28", "2026-11-28"),
        ("es", "el 5 de noviembre de 2026", "2026-11-05", "2026-11-05"),
        ("es", "el viernes pasado", "2026-11-27", "2026-11-27"),
        ("es", "hace una hora", "2026-12-01T07:00", "2026-12-01T07:00"),
        ("es", "dentro de un año", "2027-12-01", "2027-12-01"),
        ("es", "3 days ago", "2026-11-28", "2026-11-28"),
        ("es", "mar 5", "", ""),
        ("fr", "hier à 17h30", "2026-11-30T17:30", "2026-11-30T17:30"),
        ("fr", "il y a 2 semaines", "2026-11-17", "2026-11-17"),
        ("fr", "il y a un an", "2025-12-01", "2025-12-01"),
        ("fr", "dans deux ans", "2028-12-01", "2028-12-01"),
        ("fr", "an hour ago", "2026-12-01T07:00", "2026-12-01T07:00"),
        ("fr", "le 1er novembre", "2026-11-01", "2027-11-01"),
        ("fr", "vendredi prochain", "2026-12-04", "2026-12-04"),
        ("fr", "17h", "2026-11-30T17:00", "2026-12-01T17:00"),
    ],
)
def test_other_languages_say_the_same_where_they_are_named(language: str, text: str, back: str, forward: str) -> None:
    assert read(text, "2026-12-01T08:00", languages=language) == back
    assert read(text, "2026-12-01T08:00", languages=language, forward=True) == forward


@pytest.mark.parametrize("form", FORMS)
def test_a_form_means_what_the_slow_calendar_says_on_any_day(form: str) -> None:
    luck = random.Random(form)
    for _ in range(20):
        day = moment(luck)
        for now in (day, day.replace(day=1), day.replace(day=1) - timedelta(days=1)):
            for forward in (False, True):
                assert understood(form, now, forward=forward) == slow(form, now, forward=forward), (now, forward)


def test_an_edited_form_is_refused_or_has_the_one_meaning_that_the_slow_calendar_knows() -> None:
    luck, taken = random.Random(), 0
    for _ in range(2000):
        text, now, forward = edited(luck), moment(luck), luck.random() < 0.5
        found = understood(text, now, forward=forward)
        taken += found != REFUSED
        assert found in (REFUSED, slow(text, now, forward=forward)), (text, now, forward)
    assert taken > 100


@given(
    st.one_of(
        st.text(max_size=25),
        st.text("0123456789 .:/-,'+thamp\u00a0\ue00b", max_size=20),
        st.lists(
            st.sampled_from(
                "in 3 99999 years ago vor hace il y a last next this friday mar 5th of the month end z gmt+2 am".split()
            )
        ).map(" ".join),
    ),
    st.booleans(),
    st.sampled_from([None, *Order]),
)
def test_whatever_is_typed_is_a_moment_or_a_refusal(text: str, forward: bool, order: Order | None) -> None:
    present = Present(datetime(2026, 11, 27, 10, tzinfo=MADRID), "Europe/Madrid", forward, order, ("en", "de", "es", "fr"))
    try:
        found = spoken(text, present)
    except ValueError as refused:
        assert str(refused)  # noqa: PT017  # nothing else may be raised
    else:
        assert found is None or found.day.year > 0
