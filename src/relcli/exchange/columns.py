"""The columns of the three nouns in files, and how a foreign header is matched to them.

Column order does not matter, case, blanks, `_` and `-` neither: `External ID` is `external_id`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from relcli.domain.transaction import TransactionKind
from relcli.errors import InputRefused
from relcli.exchange.csv import Sheet
from relcli.exchange.formulas import unguarded
from relcli.exchange.mapping import Mapping
from relcli.exchange.undone import says_undone
from relcli.text import one_line

COLUMNS = {
    "contacts": (
        "id", "kind", "name", "roles", "email", "phone", "works_for", "introduced_by", "tags", "language", "timezone",
        "note", "created", "archived", "handle", "birthday", "source", "external_id",
    ),
    "interactions": (
        "id", "at", "contact", "channel", "direction", "summary", "minutes", "sentiment", "purpose", "source", "external_id",
    ),
    "transactions": ("id", "at", "contact", "kind", "amount", "currency", "item", "source", "external_id"),
}  # fmt: skip
CALLED = ("name", "email", "phone", "handle", "works_for")  # what a contact can be called by: one of them is needed
REQUIRED: dict[str, tuple[str, ...]] = {
    "contacts": (),
    "interactions": ("at", "contact"),
    "transactions": ("at", "contact", "amount"),
}
IGNORED = ("contact_name",)  # written for the reader of an export
READ_BESIDE = {"interactions": ("zone",), "transactions": ("zone",)}  # told on import only: `at` leaves with its offset
_ALSO = {"zone": ("timezone",), "at": ("at(utc)", "atutc", "at(gmt)", "atgmt")}  # other titles of ours
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under our column names. `unused` are the columns of the file that no column of ours takes.

    `titles` are the file's own for the columns that are taken, `uneven` the rows of another length: their line and why.
    """

    name: str
    noun: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    unused: tuple[str, ...]
    mapping: Mapping
    uneven: tuple[tuple[int, str], ...] = ()
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many rows there are, bad ones too."""
        return len(self.rows) + len(self.uneven)

    @property
    def lines(self) -> list[int]:
        """The line each row begins on, in the order of the file."""
        return sorted([line for line, _ in self.rows] + [line for line, _ in self.uneven])

    def column(self, name: str) -> dict[str, int]:
        """The different texts of a column, as single lines, and the first line of each; empty cells are none."""
        if name not in self.columns:
            return {}
        place = self.columns.index(name)
        found: dict[str, int] = {}
        for line, cells in self.rows:
            if text := one_line(cells[place]):
                found.setdefault(text, line)
        return found

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Line and column → cell, for each row."""
        return ((line, dict(zip(self.columns, cells, strict=True))) for line, cells in self.rows)


def matched(sheet: Sheet, noun: str, mapping: Mapping) -> Table:
    """The sheet under our names. Raises InputRefused for repeated headers and for missing columns, naming what is there."""
    places = _places(sheet)
    taken = {ours: _place(theirs, places, sheet, ours) for ours, theirs in mapping.columns.items()}
    free = {key: place for key, place in places.items() if place not in taken.values()}
    known = input_columns(noun)
    for ours in known:
        if ours in taken or ours in mapping.constants:
            continue
        for title in (_plain(ours), *_ALSO.get(ours, ())):
            if (place := free.get(title)) is not None:
                taken[ours] = place
                break
    _require(noun, {*taken, *mapping.constants}, sheet)
    columns = tuple(ours for ours in known if ours in taken or ours in mapping.constants)
    used = {*taken.values(), *(places[_plain(word)] for word in IGNORED if _plain(word) in places)}
    unused = tuple(title.strip() or "(no name)" for place, title in enumerate(sheet.header) if place not in used)
    left = [(place, title.strip()) for place, title in enumerate(sheet.header) if place not in used]
    if noun == "transactions" and "kind" not in {*taken, *mapping.constants}:
        _refuse_unread_kinds(sheet, left)
    undone = {} if noun == "contacts" else _undone(sheet, left)
    takers = [(taken.get(ours), mapping.constants.get(ours, ""), mapping.words(ours)) for ours in columns]
    rows = tuple(
        (line, tuple(_cell(constant if place is None else cells[place], words) for place, constant, words in takers))
        for line, cells in sheet.rows
        if line not in undone
    )
    titles = {ours: sheet.header[place].strip() for ours, place in taken.items()}
    return Table(sheet.name, noun, columns, rows, unused, mapping, (*sheet.uneven, *undone.items()), titles)


def _refuse_unread_kinds(sheet: Sheet, left: list[tuple[int, str]]) -> None:
    """Where no column is the kind, every row would be a sale: refuse a column that says otherwise in our own words."""
    for place, title in left:
        words = {unguarded(cells[place]).strip().casefold() for _, cells in sheet.rows} - {""}
        if words - {"sale"} and words <= {*TransactionKind}:
            raise InputRefused(
                f'{sheet.name}: the column "{title}" says {", ".join(sorted(words))}, but no column is the kind, so every row would be a sale',
                f'call that column kind, or say so in the map: [columns] kind = "{title}"',
            )


def _undone(sheet: Sheet, left: list[tuple[int, str]]) -> dict[int, str]:
    """Line → why it is refused, for rows that say under a column nobody takes that they did not happen."""
    found: dict[int, str] = {}
    for place, title in left:
        for line, cells in sheet.rows:
            if says_undone(title, unguarded(cells[place])):
                found.setdefault(line, f'{title} says "{one_line(cells[place])}": what did not happen is no fact')
    return found


def input_columns(noun: str) -> tuple[str, ...]:
    """The columns that a file of this noun may have."""
    return COLUMNS[noun] + READ_BESIDE.get(noun, ())


def _cell(text: str, words: dict[str, str]) -> str:
    text = unguarded(text)
    return words.get(text.strip().casefold(), text) if words else text


def _plain(title: str) -> str:
    """What is compared of a header: no case, blanks, marks or joints."""
    title = unicodedata.normalize("NFC", title).casefold().lstrip("\ufeff *")
    return "".join(c for c in title if not c.isspace() and c not in "_-")


def _places(sheet: Sheet) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, title in enumerate(sheet.header):
        key = _plain(title)
        if key in places:
            raise InputRefused(
                f'{sheet.name}: two columns are called "{title.strip()}"',
                "rename or remove one: which of them is meant cannot be known",
            )
        if key:
            places[key] = place
    return places


def _place(theirs: str, places: dict[str, int], sheet: Sheet, ours: str) -> int:
    place = places.get(_plain(theirs))
    if place is None:
        raise InputRefused(f'the map takes {ours} from a column "{theirs}" that {sheet.name} does not have', _found(sheet))
    return place


def _require(noun: str, there: set[str], sheet: Sheet) -> None:
    missing = [column for column in REQUIRED[noun] if column not in there]
    if noun == "contacts" and not there & set(CALLED):
        missing = ["name"]
    if missing:
        raise InputRefused(
            f"{sheet.name} has no column {' or '.join(missing)}; {noun} need {', '.join(REQUIRED[noun]) or ' or '.join(CALLED)}",
            f"{_found(sheet)}; other names are told with --map FILE.toml",
        )


def _found(sheet: Sheet) -> str:
    shown = ", ".join(f'"{title.strip()[:40]}"' for title in sheet.header[:_SHOWN])
    return f"it has {shown}" + (f" and {len(sheet.header) - _SHOWN} more" if len(sheet.header) > _SHOWN else "")
