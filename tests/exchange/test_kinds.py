"""What a file is when it is no table."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.errors import InputRefused
from relcli.exchange.csv import read_sheet
from relcli.exchange.kinds import kind_of, unmarked_utf16


def zipped(*names: str, mimetype: str = "") -> bytes:
    with zipfile.ZipFile(packed := io.BytesIO(), "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


FILES = {
    "a vCard file": b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Ruiz;Ana\r\nEND:VCARD\r\n",
    "a vCard": b"\xef\xbb\xbf\r\n\r\nbegin:vcard\nFN:Ana\nEND:VCARD\n",
    "a calendar": b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n",
    "an LDIF": b"dn: cn=Ana Ruiz,ou=people\nmail: ana@example.org\n",
    "a mailbox": b"From ana@example.org Mon Nov  9 10:15:00 2026\nFrom: Ana <ana@example.org>\n\nhi\n",
    "a mail": b"Received: from mx.example.org\n\tby mail.example.org\nFrom: Ana <ana@example.org>\nSubject: hi\n\nhi\n",
    "an Excel workbook": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "a Word document": zipped("word/document.xml"),
    "a Numbers": zipped("Index/Document.iwa"),
    "an OpenDocument spreadsheet": zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "a zip archive": zipped("orders.csv"),
    "an old Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "an Outlook message": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "__substg1.0_0037001F".encode("utf-16-le"),
    "a PDF": b"%PDF-1.7\n",
    "a gzip archive": gzip.compress(b"name\nAna\n"),
    "a rich text": b"{\\rtf1\\ansi hello}",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "JSON": b'{"name": "Ana"}\n{"name": "Bo"}\n',
    "JSON list": b'[\n  {"name": "Ana"}\n]\n',
    "a web page": b"<!DOCTYPE html>\n<html><body>log in first</body></html>",
    "an XML": b'<?xml version="1.0"?><Document></Document>',
    "a bank statement in OFX": b"OFXHEADER:100\nDATA:OFXSGML\n",
    "a bank statement in QIF": b"!Type:Bank\nD01/02/2026\nT-5.00\n^\n",
    "a chat": b"[09.11.26, 10:15:02] Ana Ruiz: hello\n",
    "a chat on Android": b"09/11/2026, 10:15 - Ana Ruiz: hello, you\n",
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_another_kind_is_named_as_what_it_is(kind: str) -> None:
    with pytest.raises(InputRefused) as caught:
        read_sheet(FILES[kind], "f.csv")
    assert caught.value.code == 65
    assert caught.value.message.startswith("f.csv is " + kind.removesuffix(" on Android").removesuffix(" list"))
    assert caught.value.message.endswith(", not a table")
    assert caught.value.hint
    assert "quotes" not in caught.value.hint


def test_a_book_of_ours_is_told_from_another_database(tmp_path: Path) -> None:
    for name, mark, title in (("ours.db", 0x52656C63, "a relcli book"), ("other.db", 0, "an SQLite database")):
        connection = sqlite3.connect(tmp_path / name)
        connection.execute(f"PRAGMA application_id={mark}")
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
        connection.close()
        found = kind_of((tmp_path / name).read_bytes())
        assert found is not None
        assert found.title == title


@pytest.mark.parametrize(
    "text",
    [
        "name,email\nAna,ana@example.org\n",
        "From Email Address,Name\nana@example.org,Ana\n",
        "From,To,Subject\nana@example.org,bo@example.org,hi\n",
        "[name],email\n",
        "Date: when,contact\n2026-01-01,Ana\n",
        "01/02/2026,Ana,5\n",
        "at;contact\n",
        "PK,name\n",
        "<name>,email\n",
    ],
)
def test_a_table_is_no_other_kind(text: str) -> None:
    assert kind_of(text.encode()) is None


@given(st.lists(st.text("abcdefghij_ ABC", min_size=1, max_size=12), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_no_header_of_plain_words_is_another_kind(titles: list[str], mark: str) -> None:
    assert kind_of((mark.join(titles) + "\nAna\n").encode()) is None


def test_utf16_without_a_mark_is_told_from_text() -> None:
    assert unmarked_utf16("name;email\nAna;x\n".encode("utf-16-le")) == "utf-16-le"
    assert unmarked_utf16("name;email\nAna;x\n".encode("utf-16-be")) == "utf-16-be"
    assert unmarked_utf16(b"name;email\nAna;x\n") == ""
    assert unmarked_utf16(b"a\0b") == ""
