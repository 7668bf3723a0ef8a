"""Names as people say them: one key for every way of writing a name, and no key for two names."""

# ruff: noqa: RUF001  # the marks that names are written with look like one another

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from relcli.domain.name import alike_starts, is_alike, is_part, keys, letters, same, spoken, stored_keys, stored_parts

WORDS = (
    "Ana",
    "Ruiz",
    "Siobhán",
    "O’Brien",
    "Łukasz",
    "Núñez",
    "Дарья",
    "Straße",
    "Ångström",
    "Jørgensen",
    "山田",
    "ギター",
    "นิด",
    "C3",
    "+",
)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5, unique=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ruiz, Ana", "Ana Ruiz"),
        ("RUIZ ANA", "Ana Ruíz"),
        ("Siobhan O’Brien", "siobhan obrien"),
        ("Siobhan O'Brien", "Siobhan Oʼ Brien".replace("ʼ ", "ʼ")),  # a letter that is an apostrophe
        ("Anne-Marie Dupont", "anne marie dupont"),
        ("Anne‑Marie Dupont", "Annemarie Dupont"),  # a hyphen that does not break
        ("A. B. Cohen", "AB Cohen"),
        ("A.B. Cohen", "Cohen, A B"),
        ("Hart S. L.", "Hart SL"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Jörg Müller", "Jorg Muller"),
        ("Jörg Müller", "Joerg Muller"),
        ("Åse Sørensen", "Aase Sorensen"),
        ("Weiß", "WEISS"),
        ("Søren Sørensen", "Sören Sörensen"),
        ("山田 太郎", "山田太郎"),
        ("山田\N{IDEOGRAPHIC SPACE}太郎", "山田 太郎"),
        ("ジョン・スミス", "ジョン スミス"),  # the middle dot of katakana
        ("ＡＮＡ Ruiz", "Ana Ruiz"),  # full width
        ("Ana\N{ZERO WIDTH SPACE} Ruiz", "Ana Ruiz"),
        ("Gal·la Puig", "Galla Puig"),
        ("Å. B. Hill", "AB Hill"),
        ("Ana  Ruiz.", "Ana Ruiz"),
        ("★", "★"),
    ],
)
def test_one_name_written_in_two_ways(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana", "Ana Ruiz"),
        ("Ana Ruiz", "Ana María Ruiz"),
        ("Michael Berg", "Michal Berg"),
        ("Rafael Berg", "Rafał Berg"),
        ("Bauer", "Baur"),
        ("Jan Berg", "Jana Berg"),
        ("Li Li", "Li"),
        ("Jan Berg", "Jan van den Berg"),
        ("Pat Hill Jr.", "Pat Hill"),
        ("Jan Novak (Prague)", "Jan Novak"),
        ("C+ Club", "C Club"),
        ("★", "☆"),
        ("%", "_"),
    ],
)
def test_two_names_that_look_alike_are_two(one: str, other: str) -> None:
    assert not same(one, other)


@given(
    words,
    st.randoms(use_true_random=False),
    st.sampled_from(" -‐–.\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}/"),
    st.sampled_from(["NFC", "NFD", "NFKC"]),
)  # kinds of hyphen
def test_a_key_knows_neither_case_nor_accents_nor_marks_nor_order(
    parts: list[str], random: object, between: str, form: Literal["NFC", "NFD", "NFKC"]
) -> None:
    name = " ".join(parts)
    random.shuffle(parts)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    said = unicodedata.normalize(form, between.join(parts)).upper().replace("’", "'")  # as typed
    assert same(said, name)
    plain = "".join(c for c in unicodedata.normalize("NFD", said) if not unicodedata.combining(c))
    assert same(plain, name)


@given(words, words)
def test_names_of_other_words_have_other_keys(one: list[str], other: list[str]) -> None:
    assert same(" ".join(one), " ".join(other)) == (sorted(one) == sorted(other))


@given(words, st.data())
def test_a_name_is_found_by_some_of_its_words_in_any_order(parts: list[str], data: st.DataObject) -> None:
    said = data.draw(st.lists(st.sampled_from(parts), min_size=1, unique=True))
    assert is_part(" ".join(said), " ".join(parts))
    assert is_alike("".join(parts[:3]), " ".join(parts))


@given(st.text(max_size=30), st.text(max_size=30))
@example("Å. B", "A. Å")
@example("Å ǖ o", "\N{COMBINING ACUTE ACCENT}")
def test_what_is_stored_narrows_down_to_every_name_that_is_meant(said: str, name: str) -> None:
    stored = keys(name)[0]
    if set(keys(said)) & set(keys(name)):
        assert any(stored in stored_keys(key) for key in keys(said))
    if is_part(said, name):
        assert all(any(way in stored for way in ways) for ways in stored_parts(said))
    assert same(said, said)
    assert isinstance(is_alike(said, name), bool)


@given(words, words, st.sampled_from(["", " "]))
def test_the_first_letters_narrow_down_to_every_name_that_is_alike(said: list[str], parts: list[str], between: str) -> None:
    typed, name = between.join(said[:4]), " ".join(parts)
    starts = alike_starts(typed)
    if is_alike(typed, name) and starts and "+" not in parts:
        assert any(word.startswith(tuple(starts)) or word in {start[0] for start in starts} for word in keys(name)[0].split())


@pytest.mark.parametrize(
    ("said", "name", "found"),
    [
        ("jan berg", "Jan van den Berg", True),
        ("garcia lopez", "María García y López", True),
        ("ru", "Ana Ruiz", True),
        ("uiz", "Ana Ruiz", True),
        ("ann berg", "Johanna Lindberg", False),  # several words begin words
        ("jo jones", "Jones Ltd", False),  # each another one
        ("jo jones", "Jones, Jo", True),
        ("j smith", "John Smith", True),
        ("mueller", "Jörg Müller", True),
        ("müller", "Joerg Mueller", True),
        ("michal", "Michael Berg", False),
        ("annemarie", "Anne-Marie Dupont", False),
        ("太郎", "山田太郎", True),
    ],
)
def test_part_of_a_name(said: str, name: str, found: bool) -> None:
    assert is_part(said, name) == found


@pytest.mark.parametrize(
    ("said", "name", "found"),
    [
        ("annemarie", "Anne-Marie Dupont", True),
        ("annemarie dupont", "Dupont, Anne-Marie", True),
        ("anne marie", "Annemarie Dupont", True),
        ("o brien", "Siobhan O’Brien", True),
        ("vandenberg", "Jan van den Berg", True),
        ("van den berg", "Jan Vandenberg", True),
        ("山田 太郎", "山田太郎", True),
        ("Dr. Pat Hill", "Pat Hill", True),
        ("Herr Müller", "Jörg Mueller", True),
        ("b cohen", "A. B. Cohen", True),
        ("maried", "Anne-Marie Dupont", False),  # not across where two words meet
        ("elinor", "Elin Dahl", False),
        ("Dr.", "Pat Hill", False),
    ],
)
def test_part_of_a_name_with_blanks_and_titles_aside(said: str, name: str, found: bool) -> None:
    assert is_alike(said, name) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ('Robert "Bob" Hale', ("Bob Hale", "Robert Hale")),
        ("Robert “Bob” Hale", ("Bob Hale", "Robert Hale")),
        ("Robert «Bob» van Hale", ("Bob van Hale", "Robert van Hale")),
        ("Robert 'Bob' Hale", ("Bob Hale", "Robert Hale")),  # typewriter quotes
        ("Robert (Bob) Hale", ("Bob Hale", "Robert Hale")),
        ("Siobhan O'Brien", ()),
        ("Jan Novak (Prague)", ()),  # that tells namesakes apart
        ('"Bright Bakery"', ()),
        ('Hotel "Adler"', ()),
    ],
)
def test_the_names_that_stand_inside_a_name(name: str, found: tuple[str, ...]) -> None:
    assert spoken(name) == found


def test_many_words_that_are_alike_are_no_long_work() -> None:
    said, name = " ".join(["aa"] * 40 + ["ab"]), " ".join(["aa"] * 60)
    assert not is_part(said, name)
    assert not is_alike(said, name)
    assert not is_alike(" ".join(["aa"] * 7 + ["ab"]), name)
    assert len(keys(" ".join(["ä"] * 3 + ["äb"] * 60))) <= 64
    assert len(stored_keys(" ".join(["aeoeueaadj"] * 30))) <= 64


def test_the_letters_of_a_name_are_those_in_a_row_with_the_surname_last() -> None:
    assert letters("Dupont, Anne-Marie") == letters("Annemarie Dupont") == "annemariedupont"
