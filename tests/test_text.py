"""Text at the border: cleaned on the way in, folded for finding, harmless on the way to a screen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.text import folded, many_lines, one_line, safe, storable

STEERING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
any_text = st.text(alphabet=st.characters())
whole_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(any_text)
def test_safe_text_steers_nothing(text: str) -> None:
    shown = safe(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} or c in STEERING for c in shown)


@given(any_text)
def test_safe_text_with_lines_keeps_line_feeds_and_tabs_only(text: str) -> None:
    shown = safe(text, lines=True)
    assert {c for c in shown if unicodedata.category(c) in {"Cc", "Cs"}} <= {"\n", "\t"}
    assert shown.count("\n") == text.count("\n")


@given(any_text)
def test_safe_text_stays_as_it_is_when_made_safe_again(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë 👩‍🔧 北京", "Zoë 👩‍🔧 北京"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202e", "\\u202e"),
        ("\x9b", "\\x9b"),
        ("a\nb", "a b"),
        ("\x7f", "\\x7f"),
        ("\udc80", "\\udc80"),
        ("[bold]", "[bold]"),
        ("\xff\u0100 X", "\xff\u0100 X"),
        ("\u0085", "\\x85"),
        ("\u2028", "\\u2028"),
    ],
)
def test_what_is_made_visible_and_what_stays(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize(("text", "shown"), [("a\tb\nX", "a\tb\nX"), ("\r\n\x1b", "\\x0d\n\\x1b")])
def test_with_lines_what_is_made_visible_and_what_stays(text: str, shown: str) -> None:
    assert safe(text, lines=True) == shown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ána RUIZ", "ana ruiz"),
        ("Łukasz", "lukasz"),
        ("Strauß", "strauss"),
        ("Þór", "thor"),
        ("Æsa Ørn", "aesa orn"),
        ("ﬁn", "fin"),
        ("İstanbul", "istanbul"),
        ("\u0131", "i"),
        ("Đỗ", "do"),
    ],
)
def test_folding_lets_a_name_be_found_as_it_is_typed(text: str, found: str) -> None:
    assert folded(text) == found


@given(whole_text)
def test_folding_does_not_depend_on_how_accents_are_written(text: str) -> None:
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_the_fast_way_for_ascii_is_the_long_way(text: str) -> None:
    assert folded(text) == text.casefold()


@given(whole_text)
def test_a_short_text_is_one_trimmed_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert line == line.strip()
    assert "\n" not in line
    assert "  " not in line
    assert one_line(line) == line


@given(whole_text)
def test_a_long_text_keeps_its_lines_with_one_kind_of_end(text: str) -> None:
    stored = many_lines(text)
    assert "\r" not in stored
    assert many_lines(stored) == stored
    assert many_lines(text.replace("\n", "\r\n")) == many_lines(text.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("text", "stored"),
    [("a\rb\r\nc\nd", "a\nb\nc\nd"), (" \n a \t\n b \r ", "a \t\n b"), ("Zoe\u0308", "Zo\xeb"), ("\r\r", ""), ("X", "X")],
)
def test_a_long_text_is_stored_with_its_lines(text: str, stored: str) -> None:
    assert many_lines(text) == stored


@pytest.mark.parametrize(
    ("text", "held"),
    [("\ud7ff", True), ("\ud800", False), ("a\udabc", False), ("\udfffb", False), ("\ue000", True), ("a\0", False), ("", True)],
)
def test_the_bounds_of_what_both_databases_can_hold(text: str, held: bool) -> None:
    assert storable(text) == held


@given(any_text)
def test_what_both_databases_can_hold_is_what_utf8_can_and_has_no_nul(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        assert not storable(text)
    else:
        assert storable(text) == ("\0" not in text)
