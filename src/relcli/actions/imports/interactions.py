"""Interactions brought in from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from relcli.actions.desk import Desk
from relcli.actions.imports.outcome import Imported, Progress, RowBad
from relcli.actions.imports.records import Shape, import_records
from relcli.actions.imports.values import Reader, choice, label, number, reference, whole
from relcli.actions.interactions import channel
from relcli.domain.interaction import Direction, Interaction, Purpose, usual_direction
from relcli.domain.moment import Moment
from relcli.errors import BadConfiguration, Misused
from relcli.exchange import mapping as maps
from relcli.exchange.columns import Table
from relcli.store import interactions
from relcli.text import many_lines, one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing


def import_interactions(
    table: Table, desk: Desk, *, add: bool, keep_good: bool, progress: Progress, again: bool = False
) -> Imported:
    """Write the rows that are not here yet; those that were removed only `again`.

    Raises RowsRefused where some are bad, unless `keep_good`, BadConfiguration where the map names a channel that the book
    does not have.
    """
    _check_channels(table.mapping, desk)
    return import_records(table, _Interactions(), desk, add=add, again=again, keep_good=keep_good, progress=progress)


class _Interactions(Shape[Interaction]):
    noun = "interactions"
    letter = "i"
    gist = "summary"
    several = True

    def read(self, cells: Mapping[str, str], reader: Reader) -> tuple[Interaction, str]:
        by = _channel(cells, reader)
        record = Interaction(
            number=number(cells, "i"),
            when=reader.event(cells, "at"),
            channel=by,
            direction=_direction(cells, by, reader),
            contacts=(),
            summary=many_lines(cells.get("summary", "")),
            minutes=whole(cells, "minutes", 0, 100_000),
            sentiment=whole(cells, "sentiment", -2, 2),
            purpose=choice(cells, "purpose", Purpose),
            source=label(cells, "source"),
            external_id=label(cells, "external_id"),
        )
        if not record.summary and not one_line(cells.get("channel", "")):
            raise RowBad("summary and channel are empty: that says nothing of what happened")
        return record, reference(cells)

    def number(self, record: Interaction) -> int:
        return record.number

    def identity(self, record: Interaction) -> tuple[str, str]:
        return record.source, record.external_id

    def content(self, record: Interaction) -> dict[str, Any]:
        return record.content()

    def shown(self, record: Interaction, field: str) -> str:
        value = self.content(record)[field]
        return "" if value is None else str(value)

    def moment(self, record: Interaction) -> Moment:
        return record.when

    def contacts(self, record: Interaction) -> tuple[str, ...]:
        return record.contacts

    def keys(self, connection: Connection) -> set[str]:
        return interactions.keys(connection)

    def external_ids(self, connection: Connection, sources: Iterable[str]) -> dict[tuple[str, str], int]:
        return interactions.external_ids(connection, sources)

    def fetch(self, connection: Connection, numbers: Sequence[int]) -> list[Interaction]:
        return interactions.fetch(connection, numbers)

    def write(self, writing: Writing, rows: Sequence[tuple[Interaction, int, Sequence[int], str | None]]) -> None:
        interactions.add_many(
            writing, [(replace(record, number=number), contacts, key) for record, number, contacts, key in rows]
        )


def _check_channels(mapping: maps.Mapping, desk: Desk) -> None:
    for word in (*mapping.values.get("channel", {}).values(), *filter(None, [mapping.constants.get("channel")])):
        try:
            channel(word, desk.settings)
        except Misused as error:
            raise BadConfiguration(f"the map: {error.message}", error.hint) from None


def _channel(cells: Mapping[str, str], reader: Reader) -> str:
    text = one_line(cells.get("channel", "")) or "other"
    try:
        return channel(text, reader.desk.settings)
    except Misused as error:
        raise RowBad(f"{error.message}: {error.hint}") from None


def _direction(cells: Mapping[str, str], by: str, reader: Reader) -> Direction:
    found = choice(cells, "direction", Direction) or usual_direction(reader.desk.settings.like(by))
    if found is None:
        raise RowBad(f"direction is empty: who began a touch by {by}? in (they did), out (we did) or both")
    return found
