"""CSV and TSV: bytes to rows, strictly. What cannot be read for certain is refused with its line.

Comma, or what a first line `sep=;` says, or the header line shows instead: semicolons (spreadsheets of many European
locales), tabs or bars where it holds no comma. Quotes as in RFC 4180. A tab-separated header with both `id` and
`external_id` is our own tsv, whose cells hold backslash escapes and no quotes.

A row with too many or too few cells is a bad row like any other; empty cells beyond the header are nothing, and so are
columns without a name over nothing. Too few is not taken for empty: it may be a row that was cut off.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from relcli.errors import InputRefused, Misused
from relcli.exchange.kinds import kind_of_bytes, kind_of_text, unmarked_utf16
from relcli.text import safe, storable

MOST_ROWS = 1_000_000
MOST_COLUMNS = 1_000
MOST_CELL = 1024 * 1024  # bytes
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_QUOTED = re.compile('"[^"]*"')
_ESCAPE = re.compile(r"\\[\\tnr]")
_ESCAPES = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}


_SEPARATOR = re.compile(r"""\s*"?sep=(?P<mark>\\t|[^\w\s"]|\t)"?[;,\t| ]*(?:\n|\Z)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it, each with the line of the file it begins on and as many cells as the header.

    `uneven` are the rows with another number of cells: their line, and what is wrong.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    uneven: tuple[tuple[int, str], ...] = ()


def read_sheet(
    data: bytes, name: str, *, encoding: str | None = None, known: Callable[[Sequence[str]], bool] | None = None
) -> Sheet:
    """The rows of a file's bytes; `name` is what messages call it.

    A byte order mark goes, line ends are alike, empty lines are passed over. `known` tells a header that is understood: the
    separator that gives one is taken before the one that the header line shows, because a question may hold commas. Raises Misused for an unknown
    encoding; InputRefused, naming the line, for anything that is not an even table of text.
    """
    if foreign := kind_of_bytes(data):
        raise InputRefused(f"{name} is {foreign.title}, not a table", foreign.advice)
    text, told = _separator(_decoded(data, name, encoding))
    if foreign := kind_of_text(text):
        raise InputRefused(f"{name} is {foreign.title}, not a table", foreign.advice)
    shown = _QUOTED.sub("", _header_line(text))
    if max(shown.count(mark) for mark in (told or ",", ";", "\t", "|")) >= MOST_COLUMNS:  # before it is read in several ways
        raise _too_wide(name)
    delimiter = told or (_understood(text, known) if known else "") or _delimiter(text, name)
    records = _own_tsv(text) if delimiter == "\t" and _is_own(text) else _records(text, delimiter, name)
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    uneven: list[tuple[int, str]] = []
    for line, cells in records:
        if _blank(cells):
            continue
        if not header:
            header = tuple(cells)
            if len(header) > MOST_COLUMNS:
                raise _too_wide(name)
            continue
        if tuple(cells) == header:  # pages of a report, put one below the other
            continue
        if len(rows) + len(uneven) == MOST_ROWS:
            raise InputRefused(f"{name} has more than {MOST_ROWS} rows", "split it, and import the parts one after the other")
        if len(cells) == len(header):
            rows.append((line, tuple(cells)))
        elif _blank(cells[len(header) :]) and _blank(header[len(cells) :]):
            rows.append((line, tuple(cells[: len(header)] + [""] * (len(header) - len(cells)))))
        else:
            uneven.append((line, f"{len(cells)} cell{'s' * (len(cells) != 1)}, but the header has {len(header)}"))
    if not header:
        raise InputRefused(f"{name} is empty", "the first line names the columns")
    return _trimmed(Sheet(name, header, tuple(rows), tuple(uneven)))


def _separator(text: str) -> tuple[str, str]:
    """The text without a first line that only names the separator, whose line stays counted, and that separator."""
    found = _SEPARATOR.match(text)
    if found is None:
        return text, ""
    return "\n" * found.group().count("\n") + text[found.end() :], "\t" if found["mark"] == "\\t" else found["mark"]


def _blank(cells: Sequence[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in cells)


def _trimmed(sheet: Sheet) -> Sheet:
    """The sheet without the columns that have neither a name nor a cell."""
    nameless = [place for place, title in enumerate(sheet.header) if _blank([title])]
    empty = {place for place in nameless if _blank([cells[place] for _, cells in sheet.rows])}
    if not empty:
        return sheet
    kept = [place for place in range(len(sheet.header)) if place not in empty]
    rows = tuple((line, tuple(cells[place] for place in kept)) for line, cells in sheet.rows)
    return Sheet(sheet.name, tuple(sheet.header[place] for place in kept), rows, sheet.uneven)


def _decoded(data: bytes, name: str, encoding: str | None) -> str:
    """The text with LF alone as line end. Whole, because an error must name its place before anything is used."""
    if encoding is None and data.startswith(_UTF16):
        raise InputRefused(f"{name} is UTF-16, not UTF-8", "say so: --encoding utf-16")
    if encoding is None and (wide := unmarked_utf16(data)):
        raise InputRefused(f"{name} is UTF-16 without a byte order mark, not UTF-8", f"say so: --encoding {wide}")
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
            "remove it, or export the table again",
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
    return found[0] if found else "|" if "|" in line else ","


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


def _too_wide(name: str) -> InputRefused:
    return InputRefused(
        f"{name} has more than {MOST_COLUMNS} columns",
        "take those that are needed, or name another separator in a first line sep=;",
    )


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
