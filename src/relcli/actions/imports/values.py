"""Single cells of a row, read strictly. A reason begins with the name of the column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from relcli.actions.desk import Desk
from relcli.actions.imports.outcome import RowBad
from relcli.domain.moment import Moment, iso_moment
from relcli.domain.reference import record_number
from relcli.exchange import mapping
from relcli.text import one_line

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

MOST_LABEL = 500  # characters of a source or external id
MOST_NUMBER = 10**9  # the largest record number a file may bring
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells for one file and one book; moments are read once for each text."""

    desk: Desk
    mapping: mapping.Mapping
    _moments: dict[str, Moment] = field(default_factory=dict)

    def moment(self, cells: Mapping[str, str], column: str) -> Moment:
        """A day or an instant, ISO 8601 or in the map's format. Raises RowBad."""
        text = required(cells, column)
        if text not in self._moments:
            self._moments[text] = said(column, self._moment, text)
        return self._moments[text]

    def _moment(self, text: str) -> Moment:
        zone = self.desk.book.zone
        if self.mapping.dates.format:
            return mapping.mapped_moment(text, self.mapping, zone)
        found = iso_moment(text, zone)
        if found is None:
            raise ValueError(f'"{text}" is not a date: write 2026-11-21, or name its format in a map')
        return found


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
        raise RowBad(f"{column} is empty")
    return text


def label(cells: Mapping[str, str], column: str) -> str:
    """A source or an external id: one line, of at most 500 characters."""
    text = one_line(cells.get(column, ""))
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
