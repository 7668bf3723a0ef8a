"""CSV and TSV: bytes to rows, strictly. What cannot be read for certain is refused with its line.

Comma, or what the header line shows instead: semicolons (spreadsheets of many European locales) or tabs where
it holds no comma. Quotes as in RFC 4180. A tab-separated header with both `id` and `external_id` is our own
tsv, whose cells hold backslash escapes and no quotes.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from relcli.errors import InputRefused, Misused
from relcli.text import safe, storable

MOST_ROWS = 1_000_000
MOST_CELL = 1024 * 1024  # bytes
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_QUOTED = re.compile('"[^"]*"')
_ESCAPE = re.compile(r"\\[\\tnr]")
_ESCAPES = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it, each with the line of the file it begins on and as many cells as the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(
    data: bytes, name: str, *, encoding: str | None = None, known: Callable[[Sequence[str]], bool] | None = None
) -> Sheet:
    """The rows of a file's bytes; `name` is what messages call it.

    A byte order mark goes, line ends are alike, empty lines are passed over. `known` tells a header that is understood: the
    separator that gives one is taken before the one that the header line shows, because a question may hold commas. Raises Misused for an unknown
    encoding; InputRefused, naming the line, for anything that is not an even table of text.
    """
    text = _decoded(data, name, encoding)
    delimiter = (_understood(text, known) if known else "") or _delimiter(text, name)
    records = _own_tsv(text) if delimiter == "\t" and _is_own(text) else _records(text, delimiter, name)
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    for line, cells in records:
        if not any(cell and not cell.isspace() for cell in cells):
            continue
        if not header:
            header = tuple(cells)
            continue
        if len(cells) != len(header):
            raise InputRefused(
                f"{name}, line {line}: {len(cells)} cells, but the header has {len(header)}",
                "mend that line; a cell that holds the separator needs quotes around it",
            )
        if len(rows) == MOST_ROWS:
            raise InputRefused(f"{name} has more than {MOST_ROWS} rows", "split it, and import the parts one after the other")
        rows.append((line, tuple(cells)))
    if not header:
        raise InputRefused(f"{name} is empty", "the first line names the columns")
    return Sheet(name, header, tuple(rows))


def _decoded(data: bytes, name: str, encoding: str | None) -> str:
    """The text with LF alone as line end. Whole, because an error must name its place before anything is used."""
    if encoding is None and data.startswith(_UTF16):
        raise InputRefused(f"{name} is UTF-16, not UTF-8", "say so: --encoding utf-16")
    chosen = encoding or "utf-8"
    try:
        text = data.decode(_known(chosen))
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        line = _lines_before(data[:start]) + 1
        given = f" (0x{data[start]:02x})" if start < len(data) else ""
        hint = "an older spreadsheet wrote it? --encoding cp1252" if encoding is None else "name the encoding it was written in"
        raise InputRefused(
            f"{name} is not {safe(chosen) if encoding else 'UTF-8'}: line {line}, byte {start + 1}{given}", hint
        ) from None
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    nul = text.find("\0")
    if nul >= 0:
        raise InputRefused(
            f"{name}, line {text.count(chr(10), 0, nul) + 1}: a NUL byte, which no text holds",
            "is it UTF-16? then --encoding utf-16-le; else remove it",
        )
    if not storable(text):
        raise InputRefused(f"{name} holds half a character, which no book can keep", "name the encoding it was written in")
    return text


def _known(encoding: str) -> str:
    try:
        b"a".decode(encoding)
    except UnicodeError:  # known, but no such byte in it
        return encoding
    except (LookupError, ValueError):
        raise Misused(f'--encoding "{encoding}" is not known', "write utf-8, cp1252, latin-1, utf-16 …") from None
    return encoding


def _lines_before(data: bytes) -> int:
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def _header_line(text: str) -> str:
    return next((line for line in io.StringIO(text) if line.strip()), "")


def _understood(text: str, known: Callable[[Sequence[str]], bool]) -> str:
    """The first separator that gives a header which is known; empty where none does."""
    for mark in (",", ";", "\t"):
        with contextlib.suppress(csv.Error):
            if known(next(csv.reader(io.StringIO(_whole_header(text), newline=""), delimiter=mark, strict=True), ())):
                return mark
    return ""


def _whole_header(text: str) -> str:
    """The header with the line ends inside its quotes; a quote that is never closed takes no more than its line."""
    header: list[str] = []
    opened = False
    for line in io.StringIO(text.lstrip("\n"), newline=""):
        header.append(line)
        opened ^= bool(line.count('"') % 2)
        if not opened:
            return "".join(header)
    return header[0] if header else ""


def _delimiter(text: str, name: str) -> str:
    """The separator the header line shows."""
    line = _QUOTED.sub("", _header_line(text))
    if "," in line:
        return ","
    found = [mark for mark in (";", "\t") if mark in line]
    if len(found) > 1:
        raise InputRefused(f"{name}: the header holds both semicolons and tabs", "separate the columns with commas")
    return found[0] if found else ","


def _is_own(text: str) -> bool:
    return {"id", "external_id"} <= set(_header_line(text).rstrip("\n").split("\t"))


def _own_tsv(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        yield number, [_ESCAPE.sub(lambda found: _ESCAPES[found.group()], cell) for cell in line.split("\t")]


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on."""
    before = csv.field_size_limit(MOST_CELL)
    begins = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(len(cell) * 4 > MOST_CELL and len(cell.encode()) > MOST_CELL for cell in cells):
                raise _too_large(name, begins)
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise _too_large(name, begins) from None
        opened = _opened(text, begins, delimiter)
        raise InputRefused(
            f"{name}, line {opened}: a quote is opened there and not closed as it should be",
            'close it; a quote inside a quoted cell is written twice: "he said ""yes"""',
        ) from None
    finally:
        csv.field_size_limit(before)


def _too_large(name: str, line: int) -> InputRefused:
    return InputRefused(f"{name}, line {line}: a cell of more than 1 MiB begins there", "was a quote left open?")


def _opened(text: str, begins: int, delimiter: str) -> int:
    """The line of the last quote that was opened in the record that begins on this line, up to where it went wrong."""
    lines = text.split("\n")
    line, opened, inside, fresh = begins, begins, False, True
    rest = "\n".join(lines[begins - 1 :])
    at = 0
    while at < len(rest):
        c = rest[at]
        if inside and c == '"':
            following = rest[at + 1 : at + 2]
            if following == '"':
                at += 1
            elif following in ("", "\n", delimiter):
                inside = False
            else:
                return opened
        elif c == '"' and fresh:
            inside, opened = True, line
        fresh = not inside and c == delimiter
        line += c == "\n"
        at += 1
    return opened
