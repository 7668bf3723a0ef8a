"""What names a contact: its id, its roles and tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.contact import contact_id, is_contact_id, label, roles, tags


@given(st.binary(min_size=5, max_size=5))
def test_a_contact_id_is_recognised_and_keeps_all_its_noise(noise: bytes) -> None:
    code = contact_id(noise)
    assert is_contact_id(code)
    digits = "0123456789abcdefghjkmnpqrstvwxyz"
    assert sum(digits.index(c) << 5 * n for n, c in enumerate(reversed(code[2:]))) == int.from_bytes(noise, "big")


@pytest.mark.parametrize("text", ["c_", "c_aaaaaaa", "c_aaaaaaaaa", "c_aaaaaaai", "c_AAAAAAAA", "i_aaaaaaaa", "Celia"])
def test_what_is_no_whole_contact_id(text: str) -> None:
    assert not is_contact_id(text)


def test_a_label_is_lower_case_and_cannot_hold_the_sign_that_joins_them() -> None:
    assert label("  Big   Spender ") == "big spender"
    for bad in ("", "  ", "a;b"):
        with pytest.raises(ValueError, match="role or tag"):
            label(bad)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("customer", ("customer",)),
        ("Customer; supplier", ("customer", "supplier")),
        ("customer, supplier", ("customer", "supplier")),
        ("customer|supplier", ("customer", "supplier")),
        ("* Customer ::: * Supplier", ("customer", "supplier")),
        ("customer\nsupplier", ("customer", "supplier")),
        ("customer; customer;", ("customer",)),
        ('"customer"', ("customer",)),
        ("\u200bcustomer\ufeff", ("customer",)),
    ],
)
def test_several_labels_stand_in_one_text(text: str, several: tuple[str, ...]) -> None:
    assert roles(text) == tags(text) == several


def test_a_stroke_divides_roles_and_belongs_to_a_tag() -> None:
    assert roles("customer/supplier") == ("customer", "supplier")
    assert tags("b/w prints") == ("b/w prints",)
