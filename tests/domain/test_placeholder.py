"""Days that programs write where they know none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.moment import Moment, iso_moment
from relcli.domain.placeholder import insist_event, no_birthday, no_date, no_event, year_unknown


@pytest.mark.parametrize(
    "text",
    [
        "1604-03-05", "1900-01-01", "1970-01-01", "1980-01-01", "1899-12-30", "9999-12-31", "1980-01-01 00:00:00",
        "1970-01-01T01:00:00+01:00", "1969-12-31T19:00:00-05:00", "1980-01-01T12:30",
    ],
)  # fmt: skip
def test_the_first_and_the_last_day_of_a_program_s_calendar_is_no_event(text: str) -> None:
    found = iso_moment(text, "UTC")
    assert found is not None
    assert no_event(found)
    with pytest.raises(ValueError, match="placeholder"):
        insist_event(text, found)


@pytest.mark.parametrize(
    "text", ["0000-00-00", "00/00/0000", "00.00.0000 00:00", "0000-00-00T00:00:00Z", "2026-00-00", "2026-03-00"]
)
def test_a_date_of_noughts_is_no_date(text: str) -> None:
    assert no_date(text)
    with pytest.raises(ValueError, match="placeholder"):
        insist_event(text, None)


@given(st.dates(date(1981, 1, 1), date(2037, 12, 31)))
def test_every_day_on_which_a_business_of_today_traded_is_a_day(day: date) -> None:
    assert not no_event(Moment(day))
    assert not no_date(day.isoformat())
    insist_event(day.isoformat(), Moment(day))


def test_a_birthday_may_lack_its_year_or_be_none_at_all() -> None:
    assert year_unknown(1604)
    assert not year_unknown(1904)
    assert not no_birthday(date(1604, 3, 5))
    assert no_birthday(date(1900, 1, 1))
    assert no_birthday(date(1970, 1, 1))  # people were born then, but far more programs know no better
    assert not no_birthday(date(1980, 1, 1))  # people were born then
