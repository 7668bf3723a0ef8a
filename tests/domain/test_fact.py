"""Facts as a message says them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.fact import Value, day_and_month, first_name, written


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 3, 12), "12 March 2026"),
        ("the album", "the album"),
        (("the album", "two prints"), "the album; two prints"),
        (("the album",), "the album"),
        ((), ""),
    ],
)
def test_a_fact_reads_as_a_person_would_write_it(value: Value, said: str) -> None:
    assert written(value) == said


@pytest.mark.parametrize(("month", "day", "said"), [(1, 1, "1 January"), (4, 12, "12 April"), (12, 31, "31 December")])
def test_a_day_of_any_year(month: int, day: int, said: str) -> None:
    assert day_and_month(month, day) == said


@given(st.dates())
def test_a_day_with_its_year_begins_with_the_day_without_it(day: date) -> None:
    assert written(day) == f"{day_and_month(day.month, day.day)} {day.year}"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ana Ruiz", "Ana"),
        ("Ruiz, Ana", "Ana"),
        ("Dr. Ana Ruiz", "Ana"),
        ("Ruiz, Dr. Ana", "Ana"),
        ("Ana", "Ana"),
        ("Ruiz,", "Ruiz,"),
        ("J. R.", "J."),
        ("Jean-Luc Blanc", "Jean-Luc"),
        ("", ""),
    ],
)
def test_people_are_called_by_their_first_name(name: str, called: str) -> None:
    assert first_name(name) == called


@given(st.text("Aé .,-", min_size=1))
def test_what_somebody_is_called_stands_in_their_name(name: str) -> None:
    assert first_name(name)
    assert first_name(name) in name
