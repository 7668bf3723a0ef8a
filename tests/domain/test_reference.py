"""How people and files point at a record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.reference import Match, looks_like_phone, record_number


@pytest.mark.parametrize(
    ("text", "number"), [("i_12", 12), ("i_0", 0), ("t_12", None), ("i_", None), ("i_1x", None), ("i_" + "9" * 30, None)]
)
def test_record_numbers(text: str, number: int | None) -> None:
    assert record_number(text, "i") == number


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("+34 600 000 001", True),
        ("(030) 123-456", True),
        ("1234", True),
        ("12", False),
        ("Ana 1234", False),
        ("2026-11-21", True),
    ],
)
def test_what_is_worth_asking_the_telephone_library(text: str, is_one: bool) -> None:
    assert looks_like_phone(text) == is_one


@given(st.integers(0, 10**18 - 1), st.sampled_from("iptwfl"), st.sampled_from("iptwfl"))
def test_an_id_is_one_of_its_own_noun_only(number: int, letter: str, other: str) -> None:
    assert record_number(f"{letter}_{number}", other) == (number if letter == other else None)


@given(st.text("it_0159 +-()./٣"))
def test_no_text_is_too_odd_to_be_asked_whether_it_is_an_id_or_a_phone(text: str) -> None:
    assert record_number(text, "i") is None or text.startswith("i_")
    assert not looks_like_phone(text) or sum(c.isdigit() for c in text) >= 4


def test_what_is_certain_is_tried_before_what_is_guessed() -> None:
    assert list(Match) == [
        Match.ID, Match.EXTERNAL_ID, Match.EMAIL, Match.PHONE, Match.HANDLE,
        Match.NAME, Match.OTHER_NAME, Match.LETTERS, Match.PART, Match.ALIKE,
    ]  # fmt: skip
