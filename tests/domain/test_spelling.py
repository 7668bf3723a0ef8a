"""Names: what cannot be seen goes, what is written for a list is put as it is spoken."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.spelling import name, person_name, spoken_order
from relcli.text import seen

UNSEEN = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) == "Cf"]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Ruiz, Ana", "Ana Ruiz"),
        ("Ruiz,Ana", "Ana Ruiz"),
        ("van der Berg, Anna-Maria", "Anna-Maria van der Berg"),
        ("O'Neill, Siân", "Siân O'Neill"),
        ("Núñez Pérez, José L.", "José L. Núñez Pérez"),
        ("Ma, Yun", "Yun Ma"),
        ("Ruiz, E.", "E. Ruiz"),
        ("Ибрагимова, Анна", "Анна Ибрагимова"),
    ],
)
def test_last_comma_first_is_first_last(written: str, spoken: str) -> None:
    assert spoken_order(written) == spoken


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz", "Mill, Ltd.", "Paper Mill, S.L.", "Acme, Inc", "Mill, GmbH & Co. KG", "King, Jr.", "Poe, Ph.D.", "Rooms 3, 4",
        "Pens, Paper, Ink", "Smith, Jones and Brown", ", Ana", "Ruiz,", "", "Mill AG, Zug", "One, of a very long row of words",
    ],
)  # fmt: skip
def test_any_other_text_stays(text: str) -> None:
    assert spoken_order(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u200bAna\u00ad Ruiz\ufeff", "Ana Ruiz"),
        ("\u202aAna\u00a0Ruiz\u202c", "Ana Ruiz"),
        ('"Ana Ruiz"', "Ana Ruiz"),
        ("'Ana Ruiz'", "Ana Ruiz"),
        ("„Ana Ruiz“", "Ana Ruiz"),
        ('Ana "Nan" Ruiz', 'Ana "Nan" Ruiz'),
        ("نامه\u200cای", "نامه\u200cای"),  # noqa: RUF001  # Persian writes it so
        ("क्\u200dष", "क्\u200dष"),  # and Hindi so
        ("An\u200ca", "Ana"),
        ("👩\u200d🍳 Ana", "👩\u200d🍳 Ana"),
    ],
)
def test_what_cannot_be_seen_goes_from_a_name(typed: str, kept: str) -> None:
    assert name(typed) == kept


@pytest.mark.parametrize("typed", ["\u200b", "\u3164", "\u2800\u2800", "\u00ad\u202e", '""', "\ufe0f"])
def test_a_name_that_shows_nothing_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="shows nothing"):
        name(typed)


def test_a_name_that_was_not_said_is_empty() -> None:
    assert name("") == name(" \t") == ""


def test_a_control_character_is_no_letter_of_a_name() -> None:
    assert name("Ana\x1b[31m\x07 Ru\x85iz") == "Ana[31m Ru iz"


@given(st.text(st.sampled_from("Aáñ ,.'\"-\u200b\u200d\u3164عक👩"), max_size=12))
def test_a_name_read_is_read_alike_again(text: str) -> None:
    try:
        once = person_name(text)
    except ValueError:
        return
    assert name(once) == once


@given(st.lists(st.sampled_from(["Ana", "Ruiz", " ", "-", "é"]), min_size=1), st.lists(st.sampled_from(UNSEEN)), st.randoms())
def test_a_latin_name_reads_the_same_whatever_unseen_is_put_in(letters: list[str], unseen: list[str], chance: object) -> None:
    sprinkled = [*letters, *unseen]
    order = sorted(range(len(sprinkled)), key=lambda _: chance.random())  # type: ignore[attr-defined]
    mixed = [sprinkled[i] for i in order]
    assert seen("".join(mixed)) == seen("".join(c for c in mixed if c not in unseen))
