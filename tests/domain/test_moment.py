"""Days and instants, and the zones they are told in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.moment import Moment, day_number, day_of, instant, iso_moment, zone_of


@given(st.dates())
def test_a_day_survives_its_number(day: date) -> None:
    assert day_of(day_number(day)) == day
    assert day_number(date(1970, 1, 1)) == 0


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-14 * 4, 14 * 4))  # noqa: DTZ001  # made aware below
def test_an_instant_with_an_offset_comes_back_as_the_same_instant(at: datetime, quarters: int) -> None:
    from datetime import timezone

    told = at.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=15 * quarters)))
    found = instant(told, "Europe/Madrid")
    assert found.at == told
    assert datetime.fromisoformat(str(found)) == told
    assert iso_moment(str(found), "Europe/Madrid") == found


def test_a_late_evening_belongs_to_its_day_in_the_books_zone() -> None:
    found = iso_moment("2026-11-20T23:30:00+00:00", "Europe/Madrid")
    assert found is not None
    assert found.day == date(2026, 11, 21)
    naive = iso_moment("2026-11-20T23:30", "Europe/Madrid")
    assert naive == Moment(date(2026, 11, 20), datetime(2026, 11, 20, 22, 30, tzinfo=UTC), "Europe/Madrid")


def test_a_date_stays_a_date() -> None:
    assert str(iso_moment(" 2026-11-20 ", "Asia/Tokyo")) == "2026-11-20"


@pytest.mark.parametrize("text", ["yesterday", "2026", "20261120", "2026-W47-5", "17:30", ""])
def test_what_is_no_iso_moment_is_left_to_others(text: str) -> None:
    assert iso_moment(text, "UTC") is None


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "0000-01-01", "2026-11-20T25:00", "0001-01-01T00:00+14:00"])
def test_an_iso_moment_that_the_calendar_lacks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="calendar"):
        iso_moment(text, "UTC")


@pytest.mark.parametrize("name", ["Mars/Base", "../etc/passwd", "/etc/localtime", "Europe", "\0"])
def test_what_is_no_zone(name: str) -> None:
    with pytest.raises(ValueError):
        zone_of(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-01 23:30:00 UTC", "2026-03-01T23:30:00+00:00"),
        ("2026-03-01 23:30 GMT", "2026-03-01T23:30:00+00:00"),
        ("2026-03-01t23:30z", "2026-03-01T23:30:00+00:00"),
        ("2026-03-01 23:30:00 +0200", "2026-03-01T23:30:00+02:00"),
        ("2026-03-01 23:30:00 +02", "2026-03-01T23:30:00+02:00"),
        ("2026-03-01T23:30-02:00", "2026-03-01T23:30:00-02:00"),
        ("2026-3-1", "2026-03-01"),
        ("2026-3-1 9:05", "2026-03-01T09:05:00+01:00"),
    ],
)
def test_zones_blanks_and_missing_zeros_are_understood(text: str, found: str) -> None:
    assert str(iso_moment(text, "Europe/Madrid")) == found


def test_an_hour_that_the_clocks_leave_out_is_refused_and_one_that_comes_twice_is_its_first() -> None:
    with pytest.raises(ValueError, match="on 2026-03-29 there is no 02:30 in Europe/Madrid"):
        iso_moment("2026-03-29T02:30", "Europe/Madrid")
    assert str(iso_moment("2026-10-25T02:30", "Europe/Madrid")) == "2026-10-25T02:30:00+02:00"
