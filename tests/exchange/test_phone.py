"""Telephone numbers: kept as typed, compared in international form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.contact import AddressKind
from relcli.exchange.phone import phone_address, phone_key


def test_a_number_is_kept_as_typed() -> None:
    found = phone_address("(+34) 600 00-00.01", None)
    assert (found.kind, found.value, found.key) == (AddressKind.PHONE, "(+34) 600 00-00.01", "+34600000001")


@pytest.mark.parametrize("text", ["+34600000001", "+34 600 000 001", "600 00 00 01", "0034 600000001", "(600) 000-001"])
def test_however_it_is_written_a_number_is_the_same(text: str) -> None:
    assert phone_key(text, "ES") == "+34600000001"


@pytest.mark.parametrize(
    ("text", "region", "key"),
    [
        ("600 000 001", None, "600000001"),  # of no known country
        ("600 000 001", "ZZ", "600000001"),
        ("+34 12", "ES", "+3412"),  # no valid number, still told apart from one without a country
        ("(+999) 123 456", None, "+999123456"),
        ("030 901820 ext. 12", "DE", "+4930901820;ext=12"),
        ("reception", "ES", ""),
    ],
)
def test_what_is_compared(text: str, region: str | None, key: str) -> None:
    assert phone_key(text, region) == key


@pytest.mark.parametrize("text", ["", "12", "reception", "+34 600 000 001; 600 000 002"])
def test_what_is_no_telephone_number(text: str) -> None:
    with pytest.raises(ValueError, match="is not a telephone number"):
        phone_address(text, "ES")


@given(st.text("0123456789+ ()-./ext;é", max_size=30), st.sampled_from([None, "ES", "DE", "US"]))
def test_what_is_compared_is_digits_with_a_plus_before_and_an_extension_after(text: str, region: str | None) -> None:
    number, _, extension = phone_key(text, region).partition(";ext=")
    assert number.removeprefix("+") == "" or number.removeprefix("+").isdigit()
    assert extension == "" or extension.isdigit()


@given(st.integers(600_000_000, 699_999_999))
def test_what_is_compared_is_compared_alike_again(number: int) -> None:
    key = phone_key(str(number), "ES")
    assert key == f"+34{number}"
    assert phone_key(key, None) == key
