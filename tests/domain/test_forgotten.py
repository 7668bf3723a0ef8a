"""The forgotten are recognised by keyed hashes, and by nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from relcli.domain.forgotten import Forgotten, Scrubbed

SECRET = "the secret of one book"
parts = st.lists(st.text("ab@.é\x1f"), min_size=1, max_size=3)


def knowing(*digests: str, silent: tuple[str, ...] = ()) -> Forgotten:
    return Forgotten(SECRET, frozenset(digests), frozenset(silent))


@given(parts)
def test_who_was_forgotten_is_known_again_in_the_same_book_and_in_no_other(said: list[str]) -> None:
    made = knowing().digest("email", *said)
    assert knowing(made).knows("email", *said)
    assert not Forgotten("another secret", frozenset({made})).knows("email", *said)
    assert not knowing().knows("email", *said)


@given(parts, parts)
@example(["ab", "c"], ["a", "bc"])
def test_different_things_have_different_hashes_however_their_parts_are_cut(one: list[str], other: list[str]) -> None:
    assert (knowing().digest(*one) == knowing().digest(*other)) == (one == other)


def test_an_address_of_one_kind_is_not_the_same_text_of_another_kind() -> None:
    made = knowing().digest("email", "ana@example.org")
    assert knowing(made).knows("email", "ana@example.org")
    assert not knowing(made).knows("handle", "ana@example.org")


def test_a_hash_tells_nothing_of_what_it_stands_for() -> None:
    made = knowing().digest("email", "ana@example.org")
    assert re.fullmatch(r"[0-9a-f]{64}", made)
    assert made != Forgotten("", frozenset()).digest("email", "ana@example.org")


def test_to_be_forgotten_is_not_to_have_asked_for_silence() -> None:
    made = knowing().digest("email", "ana@example.org")
    assert not knowing(made).wanted_no_contact("email", "ana@example.org")
    silent = knowing(made, silent=(made,))
    assert silent.wanted_no_contact("email", "ana@example.org")
    assert not silent.wanted_no_contact("email", "bo@example.org")


def test_half_a_character_in_a_file_is_no_reason_to_fail() -> None:
    assert not knowing("0" * 64).knows("external", "shop", "\udc80")


@pytest.mark.parametrize("why", [one for one in Scrubbed if one is not Scrubbed.YES])
def test_why_traces_may_linger_is_said_in_words(why: Scrubbed) -> None:
    assert len(why.split()) > 3
