"""How the columns of one file are written: decided on all of their cells, before any row is read.

The zone of a time is, in this order: the one behind it in its cell, the one in the row's zone column, the map's, the one
in the title of its column, the book's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from relcli.actions.desk import Desk
from relcli.domain.column import Unsettled, Way, settled
from relcli.domain.dates.cells import numeric_moment
from relcli.domain.dates.order import Order
from relcli.domain.moment import Moment, instant, iso_moment, zone_of
from relcli.domain.money import decimal_marks, minor_places
from relcli.domain.placeholder import insist_event
from relcli.domain.zone import SeveralZones, named_zone, titled_zone, zone_behind
from relcli.errors import InputRefused
from relcli.exchange.columns import Table
from relcli.exchange.mapping import formats_clash, in_format

_SPOKEN = {Order.DMY: "day first", Order.MDY: "month first", Order.YMD: "year first"}
Reading = date | datetime  # a day, or a time: with its zone where the cell says it, else without


@dataclass(frozen=True, slots=True)
class Moments:
    """The reader of one column: the ways it is written in, and the zone of its times where neither cell nor row says one."""

    ways: tuple[Way[Reading], ...]
    formats: tuple[str, ...]
    zone: str
    book_zone: str

    def read(self, text: str, zone: str = "") -> Moment:
        """The moment in a cell; `zone` is that of its row, empty where there is none. Raises ValueError."""
        reading = next((found for way in self.ways if (found := way.read(text)) is not None), None)
        if reading is None:
            insist_event(text, None)
            raise self._unread(text)
        found = self._placed(text, reading, zone)
        insist_event(text, found)
        return found

    def _placed(self, text: str, reading: Reading, zone: str) -> Moment:
        if not isinstance(reading, datetime):
            return Moment(reading)
        if reading.tzinfo is not None:
            return instant(reading, self.book_zone)
        told = _behind(text, self.formats) or (named_zone(zone) if zone else "") or self.zone
        if told in ("", self.book_zone):
            return instant(reading, self.book_zone)
        return instant(reading.replace(tzinfo=zone_of(told)), self.book_zone)

    def _unread(self, text: str) -> ValueError:
        if self.formats:
            return ValueError(f'"{text}" is not a date written {" or ".join(self.formats)}')
        try:
            iso_moment(zone_behind(text)[0], "UTC")
        except ValueError as error:
            return error
        return ValueError(f'"{text}" is not a date: write 2026-11-21, or name its format in a map')


def decided_moments(table: Table, column: str, desk: Desk) -> Moments:
    """The reader of a column of moments. Raises InputRefused where its cells do not settle how they are written."""
    cells, dates = table.column(column), table.mapping.dates
    usual = desk.settings.dates.order or ""
    ways = tuple(map(_in, dates.format)) if dates.format else tuple(_ordered(order, desk) for order in Order)
    try:
        chosen = settled(cells, ways, _clash if dates.format else _differ, _SPOKEN[Order(usual)] if usual else "")
    except Unsettled as error:
        few = f'the dates in "{table.titles.get(column, column)}" of {table.name} '
        if error.either:
            raise InputRefused(f"{few}can be read in two ways: {error}", _which(dates.format)) from None
        raise InputRefused(
            f"{few}are not written in one way: {error}",
            "make them alike, or split the file, and import each part with a map of its own: [dates] format = …",
        ) from None
    return Moments(chosen, dates.format, _zone(table, column, cells), desk.book.zone)


def announced(table: Table, column: str) -> list[str]:
    """What is said of the zone that a title names, in a line; nothing where no title does, or no time stands below it."""
    title = table.titles.get(column, "")
    if table.mapping.dates.zone or not any(":" in text for text in table.column(column)):
        return []
    zone = _zone(table, column, table.column(column))
    return [f'times in "{title}" are read as {zone}'] if zone else []


def decided_mark(table: Table, column: str, currency: str) -> str:
    """The decimal mark that the cells with one reading agree on; empty where none has, or they do not agree."""
    found: set[str] = set()
    for text in table.column(column):
        marks = decimal_marks(text, minor_places(currency))
        if len(marks) == 1:
            found |= marks
    return found.pop() if len(found) == 1 else ""


def _in(form: str) -> Way[Reading]:
    def read(text: str) -> Reading | None:
        found = in_format(text, form)
        return found if found is not None else in_format(_parted(text)[0], form)

    return Way(form, read)


def _ordered(order: Order, desk: Desk) -> Way[Reading]:
    today = desk.today

    def read(text: str) -> Reading | None:
        told = _parted(text)[0]
        try:
            found = iso_moment(told, "UTC") or numeric_moment(told, order, "UTC", desk.settings.dates.languages)
        except ValueError:
            return None
        if order is Order.YMD and found.day > today and not told[:4].isdigit():
            return None  # 31/12/25 is hardly of 2031
        if found.at is None:
            return found.day
        return found.at if found.zone != "UTC" else found.at.replace(tzinfo=None)

    return Way(_SPOKEN[order], read)


def _clash(one: Way[Reading], other: Way[Reading]) -> bool:
    return formats_clash(one.name, other.name)


def _differ(_: Way[Reading], __: Way[Reading]) -> bool:
    return True


def _which(formats: tuple[str, ...]) -> str:
    if formats:
        return f'leave one of them in the map: [dates] format = "{formats[0]}"'
    return 'say which in a map: [dates] format = "%d/%m/%Y"; or for every file: relcli config set dates.order DMY'


def _parted(text: str) -> tuple[str, str]:
    try:
        return zone_behind(text)
    except ValueError:
        return text, ""


def _behind(text: str, formats: tuple[str, ...]) -> str:
    """The zone behind a time; where a format of the map reads the whole text, what is no zone is a word of that format."""
    try:
        return zone_behind(text)[1]
    except SeveralZones:
        raise
    except ValueError:
        if any(in_format(text, form) is not None for form in formats):
            return ""
        raise


def _zone(table: Table, column: str, cells: Mapping[str, int]) -> str:
    """The zone of a column's times by the map, else by its title; empty for the book's. Raises InputRefused."""
    if told := table.mapping.dates.zone:
        return named_zone(told)
    title = table.titles.get(column, "")
    if not title or not any(":" in text for text in cells):
        return ""
    try:
        return titled_zone(title)
    except ValueError as error:
        raise InputRefused(
            f'the column "{title}" of {table.name}: {error}', 'say it in a map: [dates] zone = "Europe/Paris"'
        ) from None
