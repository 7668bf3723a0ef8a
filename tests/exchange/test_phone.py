"""Telephone numbers: kept and compared in international form, shown in groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.exchange.phone import phone_address, phone_addresses, phone_key, shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("(+34) 600 00-00.01", "+34600000001"),
        ("+34 600 000 001", "+34600000001"),
        ("0034 600 000 001", "+34600000001"),
        ("tel:+34-600-000-001", "+34600000001"),
        ("\u202a+34\u00a0600\u00a0000\u00a0001\u202c", "+34600000001"),
        ("\uff0b34600000001", "+34600000001"),
        ("Mobile: +34 600 000 001", "+34600000001"),
        ("34600000001.0", "34600000001"),  # a spreadsheet's; nothing is lost
        ("+49 30 901820 ext. 12", "+4930901820 ext. 12"),
        ("+49 30 901820 x12", "+4930901820 ext. 12"),
        ("tel:+4930901820;ext=12", "+4930901820 ext. 12"),
        ("030 901820, ext 12", "030 901820 ext. 12"),
        ("600 000 001", "600 000 001"),
        ("030/1234567", "030/1234567"),
        ("+1 555 0100", "+15550100"),
    ],
)
def test_a_number_with_a_country_is_kept_in_one_form_and_one_without_as_it_is_written(text: str, kept: str) -> None:
    assert phone_address(text, None).value == kept
    assert phone_address(kept, None) == phone_address(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "+34600000001;+34611000001", "+34600000001, +34611000001", "+34600000001/+34611000001", "+34 600 000 001 / +34 611 000 001",
        "+34 600 000 001 +34 611 000 001", "+34600000001 ::: +34611000001", "+34600000001\n+34611000001",
    ],
)  # fmt: skip
def test_a_list_is_its_numbers(text: str) -> None:
    assert [found.value for found in phone_addresses(text, None)] == ["+34600000001", "+34611000001"]


@pytest.mark.parametrize("text", ["3.46E+10", "3,46e10", "3.4600000001E+10"])
def test_what_a_spreadsheet_shortened_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="lost its last digits"):
        phone_address(text, "ES")


@pytest.mark.parametrize("text", ["+34600000001+34611000001", "600000001611000001", "600000001/2"])
def test_two_numbers_grown_together_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="two telephone numbers"):
        phone_address(text, "ES")


@pytest.mark.parametrize(
    ("value", "seen"),
    [("+34600000001", "+34 600 00 00 01"), ("+4930901820 ext. 12", "+49 30 901820 ext. 12"), ("600 000 001", "600 000 001")],
)
def test_screens_show_the_groups_of_the_country(value: str, seen: str) -> None:
    assert shown(value) == seen


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


@pytest.mark.parametrize("text", ["", "12", "reception", "600 000 001 or 600 000 002", "+34 600 000 001; 12"])
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


@given(
    st.integers(600_000_000, 699_999_999),
    st.lists(st.sampled_from("\u200b\ufeff\u00ad\u202a\u202c\u200e"), max_size=4),
    st.data(),
)
def test_a_number_reads_the_same_whatever_unseen_is_put_in(number: int, unseen: list[str], data: st.DataObject) -> None:
    text = f"+34{number}"
    for c in unseen:
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + c + text[place:]
    assert phone_address(text, None).value == f"+34{number}"
