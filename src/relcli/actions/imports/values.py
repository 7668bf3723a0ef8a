"""Single cells of a row, read strictly. A reason begins with the name of the column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from relcli.actions.desk import Desk
from relcli.actions.imports.deciding import Moments, decided_mark, decided_moments, may_be_read_twice
from relcli.actions.imports.outcome import RowBad
from relcli.domain.currency import minor_places
from relcli.domain.moment import Moment
from relcli.domain.money import MinusSign, Money, decimal_marks, money
from relcli.domain.reference import record_number
from relcli.exchange.columns import Table
from relcli.mailboxes import tidied
from relcli.text import one_line

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

MOST_LABEL = 500  # characters of a source or external id
MOST_NUMBER = 10**9  # the largest record number a file may bring
_DATED = ("at", "created", "archived")
_EMPTY = {"at": ": it does not say when", "contact": ": it does not say who", "amount": ": it does not say how much"}
_MINUS = "write such rows without the sign, with kind refund (you paid back) or credit (they did)"
_APOSTROPHE = re.compile(r"^'(?=\d)")  # by which a spreadsheet keeps digits from becoming a number
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells for one file and one book; how its columns are written is decided before the first row is read."""

    desk: Desk
    _columns: Mapping[str, Moments]
    _mark: str
    _moments: dict[tuple[str, str, str], Moment] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table, desk: Desk) -> Reader:
        """The reader of a table. Raises InputRefused where a column does not settle how it is written."""
        dated = {column: decided_moments(table, column, desk) for column in _DATED if column in table.columns}
        return cls(desk, dated, decided_mark(table, "amount", desk.book.currency))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said of how the columns are read, where that is not plain."""
        return tuple(note for column in self._columns.values() for note in column.notes)

    def moment(self, cells: Mapping[str, str], column: str) -> Moment:
        """A day or an instant, in the way in which the column is written. Raises RowBad."""
        text, zone = required(cells, column), one_line(cells.get("zone", ""))
        key = (column, text, zone)
        if key not in self._moments:
            self._moments[key] = said(column, lambda cell: self._columns[column].read(cell, zone), text)
        return self._moments[key]

    def event(self, cells: Mapping[str, str], column: str) -> Moment:
        """The moment of something that has happened: not of a day to come. Raises RowBad."""
        found = self.moment(cells, column)
        if found.day > self.desk.today:
            raise RowBad(f'{column} "{one_line(cells[column])}" is still to come')
        return found

    def amount(self, cells: Mapping[str, str]) -> Money:
        """What a row says was paid; what can be read in two ways is read as the rest of its column. Raises RowBad."""
        ours, currency = self.desk.book.currency, one_line(cells.get("currency", "")) or None
        text = required(cells, "amount")
        twice = self._mark != "" and may_be_read_twice(text) and len(decimal_marks(text, minor_places(ours))) > 1
        decimal = self._mark if twice else None
        try:
            return money(text, ours, explicit=currency, free=True, decimal=decimal)
        except MinusSign:
            raise RowBad(
                f'amount "{text}" has a minus sign: amounts are positive, and money back has the kind refund or credit', _MINUS
            ) from None
        except ValueError as error:
            raise RowBad(f"amount {error}") from None


def said(column: str, read: Callable[[str], T], text: str) -> T:
    """What `read` makes of the text; its ValueError becomes the row's reason."""
    try:
        return read(text)
    except ValueError as error:
        raise RowBad(f"{column} {error}") from None


def required(cells: Mapping[str, str], column: str) -> str:
    """The cell as one line. Raises RowBad where it is empty."""
    text = one_line(cells.get(column, ""))
    if not text:
        raise RowBad(f"{column} is empty{_EMPTY.get(column, '')}")
    return text


def reference(cells: Mapping[str, str]) -> str:
    """Whom a row is about, without what cannot be seen. Raises RowBad where it does not say."""
    required(cells, "contact")
    return tidied(cells["contact"])


def label(cells: Mapping[str, str], column: str) -> str:
    """A source or an external id: one line, of at most 500 characters, without a spreadsheet's apostrophe before digits."""
    text = (
        _APOSTROPHE.sub("", one_line(cells.get(column, "")), count=1)
        if column == "external_id"
        else one_line(cells.get(column, ""))
    )
    if len(text) > MOST_LABEL:
        raise RowBad(f"{column} has {len(text)} characters, {MOST_LABEL} are the most")
    return text


def choice(cells: Mapping[str, str], column: str, kind: type[E]) -> E | None:
    """A member of an enum, None for an empty cell."""
    text = one_line(cells.get(column, "")).lower()
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise RowBad(f'{column} "{text}" is not one of {", ".join(kind)}') from None


def whole(cells: Mapping[str, str], column: str, least: int, most: int) -> int | None:
    """A whole number in a range, None for an empty cell."""
    text = one_line(cells.get(column, ""))
    if not text:
        return None
    if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
        raise RowBad(f'{column} "{text}" is not a whole number from {least} to {most}')
    return int(text)


def number(cells: Mapping[str, str], letter: str) -> int:
    """The number in a record id that the row brings; 0 where it brings none."""
    text = one_line(cells.get("id", ""))
    if not text:
        return 0
    found = record_number(text, letter)
    if not found or found > MOST_NUMBER:
        raise RowBad(f'id "{text}" is not an id of ours such as {letter}_12; what others call it goes under external_id')
    return found
