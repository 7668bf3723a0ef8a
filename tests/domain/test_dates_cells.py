"""Whole dates in tables: every order, times and zones; two readings are refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.dates.cells import day_orders, numeric_moment
from relcli.domain.dates.order import Order

DMY, MDY, YMD = Order.DMY, Order.MDY, Order.YMD
ALL = {DMY, MDY, YMD}
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
SHAPES = {DMY: "{d}{s}{m}{s}{y}", MDY: "{m}{s}{d}{s}{y}", YMD: "{y}{s}{m}{s}{d}"}


@pytest.mark.parametrize(
    ("text", "readers"),
    [
        ("2026-03-01", ALL),
        ("2026/3/1", ALL),
        ("01.03.2026", ALL),
        ("1 Mar 2026", ALL),
        ("Mar 1, 2026", ALL),
        ("01-MAR-2026", ALL),
        ("01/03/2026", {DMY, MDY}),
        ("13/03/2026 14:05", {DMY}),
        ("03/13/2026 2:05 PM", {MDY}),
        ("26-11-30", {DMY, YMD}),
        ("11/30/26", {MDY}),
        ("3.11.26", {DMY, YMD}),
        ("13/13/2026", set()),
        ("20260301", set()),
        ("March 2026", set()),
        ("17:30", set()),
        ("", set()),
        ("n/a", set()),
    ],
)
def test_which_orders_can_read_a_cell(text: str, readers: set[Order]) -> None:
    assert day_orders(text) == readers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-01 23:30:00 UTC", "2026-03-01T23:30:00+00:00"),
        ("2026-03-01 23:30 GMT", "2026-03-01T23:30:00+00:00"),
        ("2026-03-01 23:30 +0200", "2026-03-01T23:30:00+02:00"),
        ("2026-03-01 23:30:00+02", "2026-03-01T23:30:00+02:00"),
        ("2026-03-01t23:30z", "2026-03-01T23:30:00+00:00"),
        ("Mar 1, 2026 at 2:05 p.m.", "2026-03-01T14:05:00+01:00"),
        ("13/03/2026 12:05 AM", "2026-03-13T00:05:00+01:00"),
        ("1.3.2026 14.05", "2026-03-01T14:05:00+01:00"),
        ("\u00a01\u00a0March\u00a02026 ", "2026-03-01"),
        ("Fri, 27 Nov 2026 17:30:00 -0500", "2026-11-27T17:30:00-05:00"),
        ("2nd Nov 2026", "2026-11-02"),
        ("3/3/2026", "2026-03-03"),
    ],
)
def test_a_cell_with_one_reading_is_read(text: str, found: str) -> None:
    assert str(numeric_moment(text, None, "Europe/Berlin")) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("01/03/2026", "can be 1 March 2026 or 3 January 2026"),
        ("26-11-30", "can be 26 November 2030 or 30 November 2026"),
        ("Sat, 27 Nov 2026", "not a date"),
        ("2th Nov 2026", "not a date"),
        ("5 Nov", "not a date"),
        ("2026-02-30", "not on the calendar"),
        ("0000-00-00", "not a date"),
        ("0000-01-01", "not on the calendar"),
        ("20 Nov 2026 9:30-10:00", "not a date"),
        ("20 Nov 2026 17:30 CET", "not a date"),
        ("20 Nov 2026 13:05 pm", "not a date"),
        ("31-11-26", "can be 26 November 2031 or 31 November 2026"),
        ("29 Feb 26", "not on the calendar|can be"),
        ("5\u00b3/11/2026", "not a date"),
    ],
)
def test_a_cell_with_no_reading_or_two_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        numeric_moment(text, None, "Europe/Berlin")


@given(DAYS, st.sampled_from(Order), st.sampled_from("/-."), st.booleans())
def test_a_cell_written_in_an_order_is_read_in_this_order(day: date, order: Order, mark: str, short: bool) -> None:
    year = f"{day.year % 100:02}" if short else str(day.year)
    text = SHAPES[order].format(d=f"{day.day:02}" if short else day.day, m=day.month, y=year, s=mark)
    if order is MDY and mark == ".":
        return  # nobody writes the month first with dots
    assert order in day_orders(text)
    assert numeric_moment(text, order, "UTC").day == day
    clock = f"{text} 14:05"
    assert numeric_moment(clock, order, "UTC").at == datetime.fromisoformat(f"{day}T14:05+00:00")


@given(st.text(alphabet="0123456789/-. :", max_size=16), st.sampled_from(Order))
def test_what_is_read_is_read_by_one_of_the_orders_that_are_named(text: str, order: Order) -> None:
    try:
        numeric_moment(text, order, "UTC")
    except ValueError:
        return
    assert day_orders(text)


def test_a_column_read_in_one_order_takes_no_cell_of_another() -> None:
    for text, order in (("14/11/1990", MDY), ("11/14/1990", DMY), ("26-11-30", MDY)):
        with pytest.raises(ValueError):
            numeric_moment(text, order, "UTC")
