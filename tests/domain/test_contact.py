"""What names a contact: its id, its addresses, its birthday, its roles and tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.contact import birthday, contact_id, email_address, handle_address, is_contact_id, label


@given(st.binary(min_size=5, max_size=5))
def test_a_contact_id_is_recognised_and_keeps_all_its_noise(noise: bytes) -> None:
    code = contact_id(noise)
    assert is_contact_id(code)
    digits = "0123456789abcdefghjkmnpqrstvwxyz"
    assert sum(digits.index(c) << 5 * n for n, c in enumerate(reversed(code[2:]))) == int.from_bytes(noise, "big")


@pytest.mark.parametrize("text", ["c_", "c_aaaaaaa", "c_aaaaaaaaa", "c_aaaaaaai", "c_AAAAAAAA", "i_aaaaaaaa", "Celia"])
def test_what_is_no_whole_contact_id(text: str) -> None:
    assert not is_contact_id(text)


@pytest.mark.parametrize(
    ("text", "key"), [("Ana@Example.ORG", "ana@example.org"), ("o'neil+x@example.org", "o'neil+x@example.org")]
)
def test_an_email_is_kept_as_written_and_compared_without_case(text: str, key: str) -> None:
    assert email_address(text).key == key


@pytest.mark.parametrize(
    "text",
    ["", "ana", "@example.org", "ana@", "a b@example.org", "ana@example.org;bo@example.org", "<ana@example.org>", "ana@.org"],
)
def test_what_cannot_be_an_email(text: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        email_address(text)


def test_a_handle_is_the_same_with_and_without_its_sign() -> None:
    assert handle_address("@Ana").key == handle_address("ana").key == "ana"
    for bad in ("", "@", "a;b"):
        with pytest.raises(ValueError, match="handle"):
            handle_address(bad)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1980-04-12", "1980-04-12"),
        ("--04-12", "--04-12"),
        ("--0412", "--04-12"),
        ("--02-29", "--02-29"),
        (" 2000-02-29 ", "2000-02-29"),
    ],
)
def test_birthdays_with_and_without_a_year(text: str, stored: str) -> None:
    assert birthday(text) == stored


@pytest.mark.parametrize("text", ["", "1980", "12.04.1980", "1980-13-01", "1999-02-29", "--02-30"])
def test_what_is_no_birthday(text: str) -> None:
    with pytest.raises(ValueError, match=r"birthday|calendar"):
        birthday(text)


def test_a_label_is_lower_case_and_cannot_hold_the_sign_that_joins_them() -> None:
    assert label("  Big   Spender ") == "big spender"
    for bad in ("", "  ", "a;b"):
        with pytest.raises(ValueError, match="role or tag"):
            label(bad)
