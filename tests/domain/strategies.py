"""Invented wishes and moments for the tests of what holds and what is allowed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from relcli.domain.interaction import CHANNELS, Purpose
from relcli.domain.moment import Moment
from relcli.domain.preference import Closeness, Preference, PreferenceKind, Source

START = date(2026, 1, 1)
DAY = date(2026, 3, 12)
NOW = Moment(date(2026, 6, 1), datetime(2026, 6, 1, 10, tzinfo=UTC), "UTC")
SOME_CHANNELS = ("email", "phone", "letter", "sms")
VALUES = {
    PreferenceKind.CLOSENESS: tuple(Closeness),
    PreferenceKind.CADENCE: ("10d", "6w"),
    PreferenceKind.CHANNEL: SOME_CHANNELS,
    PreferenceKind.NOT_CHANNEL: SOME_CHANNELS,
    PreferenceKind.HOURS: ("9-17", "0-24"),
    PreferenceKind.TOPIC: ("prices", "prints"),
    PreferenceKind.NOT_TOPIC: ("prices", "pitch"),
    PreferenceKind.SURVEYS: ("never", "6m"),
    PreferenceKind.DO_NOT_CONTACT: ("",),
    PreferenceKind.DO_NOT_CONTACT_BY: SOME_CHANNELS,
}
days = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
channels = st.sampled_from(CHANNELS)
purposes = st.none() | st.sampled_from(Purpose)


def said(number: int, kind: PreferenceKind, value: str = "", source: Source = Source.STATED, day: date = DAY) -> Preference:
    """A wish of `c_1`, stated in March unless told otherwise."""
    return Preference(number, "c_1", kind, value, source, "please do", Moment(day))


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """A day, or an instant of it."""
    day = draw(days)
    if draw(st.booleans()):
        return Moment(day)
    return Moment(
        day, datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), draw(st.integers(0, 59)), tzinfo=UTC), "UTC"
    )


@st.composite
def wish(draw: st.DrawFn, number: int = 1, sources: tuple[Source, ...] = (Source.STATED, Source.ASSUMED)) -> Preference:
    """Any wish of `c_1`."""
    kind = draw(st.sampled_from(PreferenceKind))
    when = draw(moments())
    until = draw(st.none() | st.integers(-1, 30).map(lambda n: when.day + timedelta(days=n)))
    return Preference(number, "c_1", kind, draw(st.sampled_from(VALUES[kind])), draw(st.sampled_from(sources)), "so", when, until)


@st.composite
def lives(draw: st.DrawFn, most: int = 8, sources: tuple[Source, ...] = (Source.STATED, Source.ASSUMED)) -> list[Preference]:
    """The wishes somebody ever had, numbered as they were written."""
    return [draw(wish(number, sources)) for number in range(1, draw(st.integers(0, most)) + 1)]
