"""What a file is when it is no table: told by its first bytes, so that nobody is asked to mend the commas of a picture."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_CSV = "relcli cannot read it yet; export the same as CSV from the program it came from"
_PICTURE = "a table is text: export it as CSV from the program it came from"
_MAIL = "tables come in as CSV; replies to a survey come in with: relcli survey import NAME FILE"
_BOOK = b"SQLite format 3\0"
_OURS_AT, _OURS = 68, b"Relc"  # where SQLite keeps the application id


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is, in words that follow "this is", and what to do about it."""

    title: str
    advice: str


_SPREADSHEET = "save the sheet as CSV (in the menu: Save As or Download), and import that"
_BYTES = (
    (b"%PDF", Kind("a PDF document", _PICTURE)),
    (b"\x1f\x8b", Kind("a gzip archive", "unpack it first")),
    (b"BZh", Kind("a bzip2 archive", "unpack it first")),
    (b"\xfd7zXZ", Kind("an xz archive", "unpack it first")),
    (b"7z\xbc\xaf", Kind("a 7z archive", "unpack it first")),
    (b"Rar!", Kind("a rar archive", "unpack it first")),
    (b"{\\rtf", Kind("a rich text document", _PICTURE)),
    (b"\x89PNG", Kind("a picture", _PICTURE)),
    (b"\xff\xd8\xff", Kind("a picture", _PICTURE)),
    (b"GIF8", Kind("a picture", _PICTURE)),
    (b"PAR1", Kind("a Parquet file", _CSV)),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADERS = (
    r"(?:received|return-path|delivered-to|from|to|cc|subject|date|message-id|mime-version|reply-to|x-[a-z-]+|dkim-signature)"
)
_TEXTS = (
    (r"BEGIN:VCARD\b", Kind("a vCard file (an address book)", _CSV)),
    (r"BEGIN:VCALENDAR\b", Kind("a calendar file (iCalendar)", _CSV)),
    (r"(?:version: *1\s+)?dn::? \S", Kind("an LDIF file (an address book)", _CSV)),
    (r"From \S+.*\b\d\d:\d\d:\d\d\b", Kind("a mailbox (mbox)", _MAIL)),
    (rf"{_HEADERS}:[ \t].*\n(?:[ \t].*\n)*{_HEADERS}:[ \t]", Kind("a mail", _MAIL)),
    (r"<!doctype html|<html\b|<head\b|<table\b", Kind("a web page (HTML)", "export it as CSV from the program it came from; a saved page is no table")),
    (r"<\?xml\b|<OFX>|<Document\b", Kind("an XML file", _CSV)),
    (r"OFXHEADER:", Kind("a bank statement in OFX", _CSV)),
    (r"!(?:Type|Account|Option):", Kind("a bank statement in QIF", _CSV)),
    (r":20:.*\n:2[58][A-Z]?:", Kind("a bank statement in MT940", _CSV)),
    (r'\{\s*(?:"|\}|$)|\[\s*(?:\{|\[|\]|$)', Kind("JSON", _CSV)),
    (r"\u200e?\[?\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}(?::\d\d)?(?: ?[AP]M)?(?:\]| -) ", Kind("a chat (exported as text)", _CSV)),
)  # fmt: skip
_TEXT_KINDS = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _TEXTS)
_INSIDE = (
    ("xl/", Kind("an Excel workbook (.xlsx)", _SPREADSHEET)),
    ("word/", Kind("a Word document (.docx)", _PICTURE)),
    ("ppt/", Kind("a slide show (.pptx)", _PICTURE)),
    ("Index/", Kind("a Numbers or Pages document", "export it as CSV (File, Export To), and import that")),
)
_LOOKED = 64 * 1024  # bytes of a file that say what it is


def kind_of_bytes(data: bytes) -> Kind | None:
    """What a file of bytes is, None where it may be text."""
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_BOOK):
        return _database(data)
    if data.startswith(_OLE):
        mail = "__substg1.0_".encode("utf-16-le") in data
        return (
            Kind("an Outlook message (.msg)", _CSV) if mail else Kind("an old Excel or Word document (.xls, .doc)", _SPREADSHEET)
        )
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        return Kind("a picture, a recording or a film", _PICTURE)
    return next((kind for mark, kind in _BYTES if data.startswith(mark)), None)


def kind_of_text(text: str) -> Kind | None:
    """What a text is, None where it may be a table."""
    begins = text[:_LOOKED].lstrip("\ufeff \t\r\n")
    return next((kind for pattern, kind in _TEXT_KINDS if pattern.match(begins)), None)


def kind_of(data: bytes) -> Kind | None:
    """What a file is, of bytes or of text in an encoding that keeps the letters of ASCII; None where it may be a table."""
    return kind_of_bytes(data) or kind_of_text(data[:_LOOKED].decode("utf-8", errors="replace"))


def unmarked_utf16(data: bytes) -> str:
    """The encoding of a text in UTF-16 without a byte order mark; empty where it is none."""
    begins = data[:400]
    pairs = len(begins) // 2
    if pairs < 4:  # too short to tell
        return ""
    first, second = begins[: pairs * 2 : 2].count(0), begins[1 : pairs * 2 : 2].count(0)
    if second > pairs * 0.7 and first < pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if first > pairs * 0.7 and second < pairs * 0.1 else ""


def _zipped(data: bytes) -> Kind:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:100].decode("ascii", errors="replace") if "mimetype" in names else ""
    except (BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError):
        return Kind("a zip archive", "unpack it, and import the table in it")
    if "spreadsheet" in mimetype:
        return Kind("an OpenDocument spreadsheet (.ods)", _SPREADSHEET)
    if "opendocument" in mimetype:
        return Kind("an OpenDocument file", _PICTURE)
    for folder, kind in _INSIDE:
        if any(name.startswith(folder) for name in names):
            return kind
    return Kind("a zip archive", "unpack it, and import the table in it")


def _database(data: bytes) -> Kind:
    if data[_OURS_AT : _OURS_AT + len(_OURS)] == _OURS:
        return Kind("a relcli book", "open it with --book FILE; its records leave with: relcli --book FILE export transactions")
    return Kind("an SQLite database", _CSV)
