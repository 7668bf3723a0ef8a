"""How the columns of one file are written: decided on all of their cells, before any row is read.

The zone of a time is, in this order: the one behind it in its cell, the one in the row's zone column, the map's, the one
in the title of its column, the book's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from relcli.actions.desk import Desk
from relcli.domain.column import Unsettled, Way, settled
from relcli.domain.currency import minor_places
from relcli.domain.dates.cells import day_orders, numeric_moment
from relcli.domain.dates.order import Order
from relcli.domain.moment import Moment, instant, iso_moment, zone_of
from relcli.domain.money import decimal_marks
from relcli.domain.placeholder import insist_event
from relcli.domain.zone import SeveralZones, named_zone, titled_zone, zone_behind
from relcli.errors import InputRefused
from relcli.exchange.columns import Table
from relcli.exchange.mapping import formats_clash, in_format

_SPOKEN = {Order.DMY: "day first", Order.MDY: "month first", Order.YMD: "year first"}
_THREE = re.compile(r"[.,]\d{3}(?!\d)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
Reading = date | datetime  # a day, or a time: with its zone where the cell says it, else without


@dataclass(frozen=True, slots=True)
class Moments:
    """The reader of one column: the ways it is written in, and the zone of its times where neither cell nor row says one."""

    ways: tuple[Way[Reading], ...]
    formats: tuple[str, ...]
    zone: str
    book_zone: str
    notes: tuple[str, ...]  # what is said of how it is read

    def read(self, text: str, zone: str = "") -> Moment:
        """The moment in a cell; `zone` is that of its row, empty where there is none. Raises ValueError."""
        reading = next((found for way in self.ways if (found := way.read(text)) is not None), None)
        if reading is None:
            insist_event(text, None)
            raise self._unread(text)
        moment = self._placed(text, reading, zone)
        insist_event(text, moment)
        return moment

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
    cells, formats = table.column(column), table.mapping.dates.format
    zone, notes = _zone(table, column, cells)
    if formats:
        chosen = _settled(table, column, cells, tuple(map(_in, formats)), _clash, "")
        return Moments(chosen, formats, zone, desk.book.zone, notes)
    asked = desk.settings.dates.order
    usual = _SPOKEN[Order(asked)] if asked else ""
    unclear = {text: line for text, line in cells.items() if not _ISO.match(text)}
    chosen = _settled(table, column, unclear, tuple(_ordered(order, desk) for order in Order), _differ, usual)
    if usual and unclear and usual not in {way.name for way in chosen}:
        notes += (f'the dates in "{_title(table, column)}" are read {chosen[0].name}: dates.order does not fit all of them',)
    return Moments(chosen, (), zone, desk.book.zone, notes)


def _settled(
    table: Table,
    column: str,
    cells: Mapping[str, int],
    ways: tuple[Way[Reading], ...],
    clash: Callable[[Way[Reading], Way[Reading]], bool],
    usual: str,
) -> tuple[Way[Reading], ...]:
    try:
        return settled(cells, ways, clash, usual)
    except Unsettled as error:
        which = f'the dates in "{_title(table, column)}" of {table.name}'
        if error.either:
            raise InputRefused(f"{which} can be read in two ways: {error}", _hint(table.mapping.dates.format)) from None
        raise InputRefused(
            f"{which} are not written in one way: {error}",
            "make them alike, or split the file, and import each part with a map of its own: [dates] format = …",
        ) from None


def decided_mark(table: Table, column: str, currency: str) -> str:
    """The decimal mark that the cells with one reading agree on; empty where none has, or they do not agree."""
    cells = table.column(column)
    if not any(may_be_read_twice(text) for text in cells):
        return ""
    marks = [decimal_marks(text, minor_places(currency)) for text in cells]
    found = {mark for allowed in marks if len(allowed) == 1 for mark in allowed}
    return found.pop() if len(found) == 1 else ""


def may_be_read_twice(amount: str) -> bool:
    """Whether a separator stands before three digits, which may be a group or decimals."""
    return _THREE.search(amount) is not None


def _in(form: str) -> Way[Reading]:
    def read(text: str) -> Reading | None:
        found = in_format(text, form)
        return found if found is not None else in_format(_parted(text)[0], form)

    return Way(form, read)


def _ordered(order: Order, desk: Desk) -> Way[Reading]:
    today, languages = desk.today, desk.settings.dates.languages

    def read(text: str) -> Reading | None:
        told = _parted(text)[0]
        try:
            found = iso_moment(told, "UTC")
            if found is None:
                if order not in day_orders(told, languages):
                    return None
                found = numeric_moment(told, order, "UTC", languages)
        except ValueError:
            return None
        if order is Order.YMD and not told[:4].isdigit() and (found.day > today or "." in told):
            return None  # 31/12/25 is hardly of 2031, and dots are day first
        if found.at is None:
            return found.day
        return found.at if found.zone != "UTC" else found.at.replace(tzinfo=None)

    return Way(_SPOKEN[order], read)


def _clash(one: Way[Reading], other: Way[Reading]) -> bool:
    return formats_clash(one.name, other.name)


def _differ(_: Way[Reading], __: Way[Reading]) -> bool:
    return True


def _hint(formats: tuple[str, ...]) -> str:
    if formats:
        return f'leave one of them in the map: [dates] format = "{formats[0]}"'
    return 'say which in a map: [dates] format = "%d/%m/%Y"; or for every file, set dates.order to DMY or MDY in the settings'


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


def _title(table: Table, column: str) -> str:
    return table.titles.get(column, column)


def _zone(table: Table, column: str, cells: Mapping[str, int]) -> tuple[str, tuple[str, ...]]:
    """The zone of a column's times by the map, else by its title, and what is said of that; empty for the book's.

    Raises InputRefused for a title that names none for certain.
    """
    if told := table.mapping.dates.zone:
        return named_zone(told), ()
    title = _title(table, column)
    if not any(":" in text for text in cells):
        return "", ()
    try:
        zone = titled_zone(title)
    except ValueError as error:
        raise InputRefused(f'the column "{title}" of {table.name}: {error}', "say it in a map, under [dates]: zone = …") from None
    return zone, ((f'times in "{title}" are read as {zone}',) if zone else ())
