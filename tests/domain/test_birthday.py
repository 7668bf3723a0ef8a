"""Birthdays, with and without a year, as people and address books write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.birthday import birthday

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "order", "stored"),
    [
        ("1980-04-12", None, "1980-04-12"),
        ("--04-12", None, "--04-12"),
        ("--0412", None, "--04-12"),
        ("--02-29", None, "--02-29"),
        (" 2000-02-29\u200b ", None, "2000-02-29"),
        ("19801231", None, "1980-12-31"),
        ("1980-04-12T00:00:00Z", None, "1980-04-12"),
        ("1980/04/12", None, "1980-04-12"),
        ("14/11/1990", None, "1990-11-14"),
        ("11/14/1990", None, "1990-11-14"),
        ("14/11/1990", "MDY", "1990-11-14"),  # there is no month 14
        ("3/11/1990", "DMY", "1990-11-03"),
        ("3/11/1990", "MDY", "1990-03-11"),
        ("3.11.1990", "MDY", "1990-11-03"),  # with dots the day comes first
        ("3.11.", None, "--11-03"),
        ("5/5/1990", None, "1990-05-05"),
        ("1604-11-14", None, "--11-14"),
        ("0000-11-14", None, "--11-14"),
        ("1604-02-29", None, "--02-29"),
        ("1900-01-01", None, ""),
        ("1970-01-01", None, ""),
        ("0000-00-00", None, ""),
    ],
)
def test_birthdays_with_and_without_a_year(text: str, order: str | None, stored: str) -> None:
    assert birthday(text, order, TODAY) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1980",
        "12 April",
        "1980-13-01",
        "1999-02-29",
        "--02-30",
        "13/13/1990",
        "31/02/1990",
        "3/11/1990",
        "14/11/90",
        "2026-11-29",
    ],
)
def test_what_is_no_birthday(text: str) -> None:
    with pytest.raises(ValueError, match=r"birthday|calendar|two ways|to come"):
        birthday(text, None, TODAY)


@given(st.dates(date(1905, 1, 1), TODAY), st.sampled_from([None, "DMY", "MDY", "YMD"]))
def test_a_birthday_read_is_read_alike_again(day: date, order: str | None) -> None:
    once = birthday(day.isoformat(), order, TODAY)
    assert once in (day.isoformat(), "")
    assert not once or birthday(once, order, TODAY) == once
