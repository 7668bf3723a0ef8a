"""Interactions brought in from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from relcli.actions.desk import Desk
from relcli.actions.imports.outcome import Imported, Progress, RowBad
from relcli.actions.imports.records import Shape, import_records
from relcli.actions.imports.values import Reader, choice, label, number, required, whole
from relcli.actions.interactions import channel
from relcli.domain.interaction import Direction, Interaction, Purpose, usual_direction
from relcli.errors import Misused
from relcli.exchange.columns import Table
from relcli.store import interactions
from relcli.text import many_lines, one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing


def import_interactions(table: Table, desk: Desk, *, add: bool, keep_good: bool, progress: Progress) -> Imported:
    """Write the rows that are not here yet. Raises RowsRefused where some are bad, unless `keep_good`."""
    return import_records(table, _Interactions(), desk, add=add, keep_good=keep_good, progress=progress)


class _Interactions(Shape[Interaction]):
    noun = "interactions"
    several = True

    def read(self, cells: Mapping[str, str], reader: Reader) -> tuple[Interaction, str]:
        by = _channel(cells, reader)
        record = Interaction(
            number=number(cells, "i"),
            when=reader.moment(cells, "at"),
            channel=by,
            direction=_direction(cells, by),
            contacts=(),
            summary=many_lines(cells.get("summary", "")),
            minutes=whole(cells, "minutes", 0, 100_000),
            sentiment=whole(cells, "sentiment", -2, 2),
            purpose=choice(cells, "purpose", Purpose),
            source=label(cells, "source"),
            external_id=label(cells, "external_id"),
        )
        return record, required(cells, "contact")

    def number(self, record: Interaction) -> int:
        return record.number

    def identity(self, record: Interaction) -> tuple[str, str]:
        return record.source, record.external_id

    def content(self, record: Interaction) -> dict[str, Any]:
        return {
            "at": str(record.when),
            "channel": record.channel,
            "direction": record.direction.value,
            "summary": record.summary,
            "minutes": record.minutes,
            "sentiment": record.sentiment,
            "purpose": record.purpose and record.purpose.value,
            "source": record.source,
            "external_id": record.external_id,
        }

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


def _channel(cells: Mapping[str, str], reader: Reader) -> str:
    text = one_line(cells.get("channel", "")) or "other"
    try:
        return channel(text, reader.desk.settings)
    except Misused as error:
        raise RowBad(f"{error.message}: {error.hint}") from None


def _direction(cells: Mapping[str, str], by: str) -> Direction:
    found = choice(cells, "direction", Direction) or usual_direction(by)
    if found is None:
        raise RowBad(f"direction is empty: who began a touch by {by}? in (they did), out (we did) or both")
    return found
