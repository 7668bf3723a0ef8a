"""Names in texts: found whole, however they are written, and nothing else is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.mention import Names

KNOWN = Names(
    [("Ana Ruiz", 1), ("Bo Berg", 2), ("May", 3), ("ana", 4), ("Łukasz O'Neil", 5), ("山田太郎", 6), ("bo@example.org", 2),
     ("+34 600 111 222", 2), ("Ana Ruiz Berg", 7)]
)  # fmt: skip


def masked(text: str) -> str:
    return KNOWN.masked(text, lambda row: f"#{row}")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("lunch with Bo Berg.", "lunch with #2."),
        ("BO BERG and Berg, Bo, and bo  berg's", "#2 and #2, and #2's"),
        ("to bo@example.org, BO@EXAMPLE.ORG", "to #2, #2"),
        ("call +34 600 111 222 or 600-111-222, or 0034600111222; not 600 111 223", "call #2 or #2, or #2; not 600 111 223"),
        ("asked about May, or may ask", "asked about #3, or may ask"),
        ("ana, Ana, ANA, banana", "#4, #4, ANA, banana"),
        ("lukasz oneil, Lukasz O'Neil", "lukasz oneil, #5"),
        ("昨日山田太郎さんと", "昨日#6さんと"),
        ("Ana Ruiz Berg and Ana Ruiz", "#7 and #1"),
        ("Ana Ruizeau, Bo, Bergen", "#4 Ruizeau, Bo, Bergen"),
        ("and then Ana Ruiz", "and then #1"),
        ("", ""),
    ],
)
def test_names_stand_where_a_reader_would_see_them(text: str, made: str) -> None:
    assert masked(text) == made


def test_a_name_may_stay() -> None:
    assert KNOWN.masked("Bo Berg, Ana Ruiz", lambda row: None if row == 1 else "x") == "x, Ana Ruiz"


@given(st.text(max_size=30), st.text(alphabet=" .,!?\n", min_size=1, max_size=3), st.sampled_from(["Bo Berg", "Łukasz O'Neil"]))
def test_a_name_is_found_whatever_stands_around_it(text: str, gap: str, name: str) -> None:
    assert name not in masked(f"{text}{gap}{name}{gap}{text}").removeprefix(text).removesuffix(text)


@given(st.text(max_size=60))
def test_a_text_that_names_nobody_is_left_as_it_is(text: str) -> None:
    assert Names([]).masked(text, lambda _: "x") == text


@given(st.lists(st.text(max_size=12), max_size=6), st.text(max_size=60))
def test_what_is_found_lies_in_the_text_in_order_and_does_not_overlap(names: list[str], text: str) -> None:
    found = list(Names((name, row) for row, name in enumerate(names)).found(text))

    assert found == sorted(found)
    assert all(0 <= start < stop <= len(text) for start, stop, _ in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
