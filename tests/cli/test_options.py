"""The global options: where the book is, when it is, and in which format to answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.cli.options import FORMATS, SHARED, Options
from relcli.errors import Misused

OFFERED = ("text", "json", "csv")


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody set anything in the environment."""
    for name in ("RELCLI_NOW", "RELCLI_BOOK", "RELCLI_FORMAT"):
        monkeypatch.delenv(name, raising=False)


def test_options_are_taken_from_what_was_parsed_and_the_rest_is_as_it_comes() -> None:
    parsed = {"book": "b.db", "format": None, "quiet": True, "wait": 0.0, "version": True}
    assert Options.of(parsed) == Options(book="b.db", quiet=True, wait=0.0)
    assert Options.of({}) == Options()
    assert set(Options.__dataclass_fields__) == set(SHARED)


def test_the_present_is_what_the_option_says_before_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELCLI_NOW", "2026-01-01T00:00Z")
    assert Options(now="2026-02-02T00:00Z").moment().isoformat() == "2026-02-02T00:00:00+00:00"
    assert Options().moment().isoformat() == "2026-01-01T00:00:00+00:00"
    monkeypatch.setenv("RELCLI_NOW", "")
    assert Options().moment().year >= 2026


@pytest.mark.parametrize("text", ["soon", "2026-02-30", "0001-01-01T00:00+14:00"])
def test_what_is_no_date_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(Misused, match="is not a date") as caught:
        Options(now=text).moment()
    assert (text in caught.value.message, "2026-11-21" in caught.value.hint) == (True, True)


def test_the_book_is_where_the_option_says_else_the_environment_else_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert Options().location() == str(tmp_path / "data" / "relcli" / "book.db")
    monkeypatch.setenv("RELCLI_BOOK", "~/other.db")
    assert Options().location() == str(tmp_path / "other.db")
    assert Options(book="~/mine.db").location() == str(tmp_path / "mine.db")
    assert Options(book="postgresql://~user@host/book").location() == "postgresql://~user@host/book"


@pytest.mark.parametrize("book", ["", "  "])
def test_an_empty_book_is_refused_and_not_taken_for_the_usual_one(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELCLI_BOOK", "other.db")
    with pytest.raises(Misused, match="empty"):
        Options(book=book).location()


@pytest.mark.parametrize(
    ("chosen", "environment", "format_"),
    [
        ({}, "", "text"),
        ({}, "csv", "csv"),
        ({}, " CSV ", "csv"),
        ({}, "ids", "text"),  # not offered here: passed over
        ({"format": "json", "output": "a.csv"}, "csv", "json"),
        ({"output": "a.CSV"}, "json", "csv"),
        ({"output": "a.txt"}, "json", "json"),
        ({"output": "-"}, "", "text"),
    ],
)
def test_the_format_is_the_one_named_else_by_the_suffix_else_by_the_environment(
    chosen: dict[str, Any], environment: str, format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELCLI_FORMAT", environment)
    assert Options(**chosen).chosen(OFFERED) == format_


@pytest.mark.parametrize(("chosen", "named"), [({"format": "ids"}, "ids"), ({"output": "a.html"}, "html")])
def test_a_format_that_is_not_offered_is_refused_naming_those_that_are(chosen: dict[str, str], named: str) -> None:
    with pytest.raises(Misused, match=named) as caught:
        Options(**chosen).chosen(OFFERED)  # type: ignore[arg-type]  # texts, both
    assert caught.value.hint == "choose one of: text, json, csv"


@given(
    st.none() | st.sampled_from(FORMATS),
    st.none() | st.sampled_from(["-", "a", "a.json", "a.md", "a.eml", "a.xyz"]),
    st.sampled_from(["", "json", "nonsense", *FORMATS]),
    st.lists(st.sampled_from(FORMATS), unique=True).map(lambda more: ("text", *more)),
)
def test_an_answer_is_always_in_a_format_that_is_offered(
    named: str | None, output: str | None, environment: str, offered: tuple[str, ...]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELCLI_FORMAT", environment)
        try:
            found = Options(format=named, output=output).chosen(offered)
        except Misused:
            assert named is not None or output not in (None, "-", "a", "a.xyz")
        else:
            assert found in offered
