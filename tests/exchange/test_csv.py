"""Bytes to rows: what reads the same, and what is refused with its line."""

from __future__ import annotations

import csv as stdlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.errors import InputRefused, Misused
from relcli.exchange import csv
from relcli.exchange.csv import Sheet, read_sheet
from relcli.render.csv import to_csv, to_tsv
from relcli.render.rows import Rows

PLAIN = 'name,note\nAna,"one\ntwo"\nBo,"say ""hi"", twice"\n'
ROWS = ((2, ("Ana", "one\ntwo")), (4, ("Bo", 'say "hi", twice')))
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8)


def read(text: str | bytes, **more: str) -> Sheet:
    return read_sheet(text.encode() if isinstance(text, str) else text, "f.csv", **more)


def refused(text: str | bytes, **more: str) -> str:
    with pytest.raises(InputRefused) as caught:
        read(text, **more)
    assert caught.value.code == 65
    assert caught.value.hint
    assert len(caught.value.message) < 200
    return caught.value.message


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.rstrip("\n").encode(),
        PLAIN.encode() + b"\n\n",
        PLAIN.encode() + b" , \n",
        PLAIN.replace("name,note", "name;note").replace("Ana,", "Ana;").replace("Bo,", "Bo;").encode(),
        PLAIN.replace("name,note", "name\tnote").replace("Ana,", "Ana\t").replace("Bo,", "Bo\t").encode(),
    ],
    ids=["plain", "BOM", "CRLF", "CR", "no last line end", "empty lines", "a row of blanks", "semicolons", "tabs"],
)
def test_the_rows_do_not_depend_on_how_the_file_was_saved(data: bytes) -> None:
    assert read(data) == Sheet("f.csv", ("name", "note"), ROWS)


def test_line_numbers_are_those_of_the_file() -> None:
    sheet = read('\nname,note\n\nAna,"1\n2\n3"\r\nBo,x\n')
    assert [line for line, _ in sheet.rows] == [4, 7]


def test_line_separators_of_unicode_end_no_line() -> None:
    assert read("name\nAna\u2028Ruiz\x85\x0b\n").rows == ((2, ("Ana\u2028Ruiz\x85\x0b",)),)


@pytest.mark.parametrize(
    ("encoding", "codec"), [("cp1252", "cp1252"), ("latin-1", "latin-1"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le")]
)
def test_a_named_encoding_is_read(encoding: str, codec: str) -> None:
    assert read("name\nMuñoz\n".encode(codec), encoding=encoding).rows == ((2, ("Muñoz",)),)


def test_an_unknown_encoding_is_a_usage_error() -> None:
    for name in ("klingon", "rot13", "hex"):
        with pytest.raises(Misused):
            read("name\nAna\n", encoding=name)


def test_what_is_not_utf8_is_refused_with_line_and_byte() -> None:
    assert refused("name\nAna\nMuñoz\n".encode("cp1252")) == "f.csv is not UTF-8: line 3, byte 12 (0xf1)"
    with pytest.raises(InputRefused) as caught:
        read("name\r\nMuñoz\r\n".encode("cp1252"))
    assert "--encoding cp1252" in caught.value.hint
    assert "line 2" in caught.value.message


def test_a_wrong_named_encoding_is_refused_too() -> None:
    assert refused(b"name\n\x81\n", encoding="cp1252") == "f.csv is not cp1252: line 2, byte 6 (0x81)"


def test_half_a_character_is_refused() -> None:
    assert refused(b"name\n\\ud800\n", encoding="raw_unicode_escape") == "f.csv holds half a character, which no book can keep"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_is_refused_with_the_option_to_name_it(codec: str) -> None:
    with pytest.raises(InputRefused) as caught:
        read("\ufeffname\nAna\n".encode(codec))
    assert "UTF-16" in caught.value.message
    assert "--encoding utf-16" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "f.csv is empty"),
        ("\n  \n", "f.csv is empty"),
        ("name\nAna\nB\0o\n", "f.csv, line 3: a NUL byte, which no text holds"),
        ('name,note\nAna,x\nBo,"never closed\nCy,y\n', "f.csv, line 3: a quote is opened there and not closed as it should be"),
        ('name,note\n"A\nb","never closed\nCy,y\n', "f.csv, line 3: a quote is opened there and not closed as it should be"),
        ('name,note\nBo,"oops\nCy,"yes"\n', "f.csv, line 2: a quote is opened there and not closed as it should be"),
        (
            'name,note\n"A ""x""\nb",c\n"C ""x""\n","y" z\n',
            "f.csv, line 5: a quote is opened there and not closed as it should be",
        ),
        ("name;note\tkind\nAna;x\ty\n", "f.csv: the header holds both semicolons and tabs"),
    ],
)
def test_an_uneven_table_is_refused_naming_the_line(text: str, said: str) -> None:
    assert refused(text) == said


def test_a_row_of_another_length_is_a_bad_row_and_the_others_are_read() -> None:
    sheet = read("name,note\nAna,x\nBo\nCy,y\nDi,x,y\n")
    assert sheet.rows == ((2, ("Ana", "x")), (4, ("Cy", "y")))
    assert sheet.uneven == ((3, "1 cell, but the header has 2"), (5, "3 cells, but the header has 2"))


@pytest.mark.parametrize(
    "text",
    [
        "name,note\nAna,x,\nBo,y, \n",  # the rows end with a separator
        "name,note,\nAna,x\nBo,y\n",  # the header does
        "name,note,,\nAna,x,,\nBo,y\n",  # both, unlike
        ",name,note\n,Ana,x\n,Bo,y\n",  # a spare column in front
    ],
)
def test_separators_too_many_over_nothing_are_nothing(text: str) -> None:
    sheet = read(text)
    assert (sheet.header, sheet.uneven) == (("name", "note"), ())
    assert [cells for _, cells in sheet.rows] == [("Ana", "x"), ("Bo", "y")]


def test_a_column_without_a_name_over_something_stays() -> None:
    assert read("name,\nAna,\nBo,y\n").header == ("name", "")


@pytest.mark.parametrize(
    ("first", "mark"),
    [
        ("sep=;", ";"),
        ("SEP=;", ";"),
        ('"sep=;"', ";"),
        ("sep=|", "|"),
        ("sep=\t", "\t"),
        ("sep=\\t", "\t"),
        ("sep=:;;", ":"),
        ("sep=,", ","),
    ],
)
@pytest.mark.parametrize("before", ["", "\ufeff", "\n"])
def test_a_first_line_that_names_the_separator_is_obeyed_and_counted(first: str, mark: str, before: str) -> None:
    sheet = read(f"{before}{first}\nname{mark}note\nAna{mark}a, b\n".replace("a, b", "a b" if mark == "," else "a, b"))
    assert sheet.header == ("name", "note")
    assert sheet.rows == ((3 + before.count("\n"), ("Ana", "a b" if mark == "," else "a, b")),)


def test_bars_separate_where_the_header_shows_nothing_else() -> None:
    assert read("name|note\nAna|a, b\n").rows == ((2, ("Ana", "a, b")),)


def test_a_cell_of_a_mebibyte_is_taken_and_one_byte_more_is_not() -> None:
    big = "é" * (csv.MOST_CELL // 2)
    assert read(f"name,note\nAna,{big}\n").rows[0][1][1] == big
    assert refused(f"name,note\nBo,x\nAna,{big}x\n") == "f.csv, line 3: a cell of more than 1 MiB begins there"
    assert "line 2" in refused('name,note\nAna,"' + "x\n" * csv.MOST_CELL)


def test_the_limit_of_the_standard_library_is_put_back() -> None:
    before = stdlib.field_size_limit()
    read(PLAIN)
    assert stdlib.field_size_limit() == before


def test_more_rows_than_a_million_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert csv.MOST_ROWS == 1_000_000
    monkeypatch.setattr(csv, "MOST_ROWS", 3)
    assert len(read("name\na\nb\nc\n").rows) == 3
    assert refused("name\na\nb\nc\nd\n") == "f.csv has more than 3 rows"


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_our_csv_writer_writes_is_read_back(cells: list[tuple[str, str]]) -> None:
    rows = [("x", *row) for row in cells]
    sheet = read(to_csv(Rows(("id", "a", "b"), tuple(rows))))
    assert [row for _, row in sheet.rows] == rows


@given(st.lists(st.tuples(CELLS | st.text(alphabet='\\tnr\t\n";,', max_size=6), CELLS), min_size=1, max_size=5))
def test_what_our_tsv_writer_writes_is_read_back(cells: list[tuple[str, str]]) -> None:
    rows = [("x", *row) for row in cells]
    sheet = read(to_tsv(Rows(("id", "external_id", "b"), tuple(rows))))
    assert [row for _, row in sheet.rows] == rows


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_line_end_gives_the_same_rows(cells: list[list[str]], end: str) -> None:
    stream = io.StringIO()
    writer = stdlib.writer(stream, lineterminator="\n")
    writer.writerows([["a", "b", "c"], *([["x", *row[1:]] for row in cells])])
    text = stream.getvalue()
    assert read(text.replace("\n", end)) == read(text)
