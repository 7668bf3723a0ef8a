"""Guarding cells against formulas: what is dangerous, what stays, and that nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.exchange.formulas import guarded, unguarded

DANGEROUS = "=+-@\t\r＝＋－＠"  # noqa: RUF001  # the full-width forms are meant


@pytest.mark.parametrize("text", ["=1+1", "+1-1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", "=", "-"])  # noqa: RUF001
def test_a_cell_that_could_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "-2", "+3", "-12.50", "12.50", "+34600000001", "Ana", "a=b", "'tis", "'90s"])
def test_plain_numbers_telephones_and_other_text_stay(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@pytest.mark.parametrize("text", ["+34 600 000 001", "-1-1", "+1-1", "--5", "+", "-1e5", "'=x", "''=x", "'-5"])
def test_what_only_resembles_a_number_or_already_a_guard_is_guarded(text: str) -> None:
    assert guarded(text) == "'" + text
    assert unguarded("'" + text) == text


@given(st.text() | st.text(alphabet="'" + DANGEROUS + "1.a", max_size=6))
def test_the_guard_comes_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="'" + DANGEROUS + "1.a", max_size=6))
def test_no_guarded_cell_starts_a_formula(text: str) -> None:
    cell = guarded(text)
    number = cell.lstrip("+-").replace(".", "", 1).isdigit()
    assert number or not cell.startswith(tuple(DANGEROUS))
