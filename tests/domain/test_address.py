"""Addresses as they are compared."""

from __future__ import annotations

import pytest

from relcli.domain.address import email_address, email_addresses, handle_address, handle_addresses


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ana@Example.ORG", "ana@example.org"),
        ("o'neil+x@example.org", "o'neil+x@example.org"),
        ("Ana Ruiz <Ana@example.org>", "ana@example.org"),
        ("ana@müller.example", "ana@xn--mller-kva.example"),
        ("ana@xn--mller-kva.example", "ana@xn--mller-kva.example"),
        ("ana@mu\u0308ller.example", "ana@xn--mller-kva.example"),
        ("Ñandú@example.org", "ñandú@example.org"),
    ],
)
def test_an_email_is_compared_without_case_and_its_domain_as_the_network_knows_it(text: str, key: str) -> None:
    assert email_address(text).key == key


def test_an_email_is_kept_as_typed_but_for_its_domain() -> None:
    assert email_address("Ana@Müller.example").value == "Ana@müller.example"


def test_a_list_of_emails_keeps_its_order() -> None:
    assert [a.value for a in email_addresses("b@example.org; a@example.org")] == ["b@example.org", "a@example.org"]


def test_a_handle_is_the_same_with_and_without_its_sign_and_what_cannot_be_seen() -> None:
    assert handle_address("@Ana").key == handle_address("ana").key == handle_address("\u200b@ana\u202c").key == "ana"
    for bad in ("", "@", "a;b", "\u200b"):
        with pytest.raises(ValueError, match="handle"):
            handle_address(bad)


def test_several_handles_stand_in_one_text() -> None:
    assert [a.value for a in handle_addresses("@ana; @bo, cy")] == ["@ana", "@bo", "cy"]
