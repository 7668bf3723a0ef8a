"""Whether words are gone, measured: in every byte of a book's file and its logs, or in what a server says of its tables.

A word that a record of somebody else holds is no trace; only what no record holds any more, and is still there, is left over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, select, text
from sqlmodel import SQLModel

from relcli.domain.forgotten import Proof
from relcli.files import LOGS
from relcli.store.engine import handle
from relcli.store.journal import NOUNS, images
from relcli.store.traces import Traces, changes

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.book import Book

SHORTEST = 5  # bytes; less stands in any file by chance
_PIECE = 1 << 20
_LONGEST = 60  # bytes of a text that are searched for, at its beginning and its end
_WORK = 4 << 30  # bytes compared at most: words times size
_FEWEST = 200
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT")
_STATS = text(
    "SELECT most_common_vals::text || ' ' || coalesce(histogram_bounds::text, '') AS said FROM pg_stats"
    " WHERE schemaname = current_schema() AND most_common_vals IS NOT NULL"
    " UNION ALL SELECT histogram_bounds::text FROM pg_stats"
    " WHERE schemaname = current_schema() AND most_common_vals IS NULL AND histogram_bounds IS NOT NULL"
)


def words_of(connection: Connection, traces: Traces) -> list[str]:
    """What forgetting removes, word for word: names, addresses and ids first, then the texts of their records and images."""
    found = list(traces.words)
    for noun in NOUNS.values():
        for image in images(connection, noun, traces.records[noun.name]).values():
            found += _texts(json.loads(image))
    return [*found, *words_in(connection, traces.changes)]


def words_in(connection: Connection, numbers: Collection[int]) -> list[str]:
    """The texts in the images of these changes."""
    wanted, found = set(numbers), []
    for change in changes(connection) if wanted else ():
        if change.id in wanted:
            found += [word for image in (change.before, change.after) if image is not None for word in _texts(json.loads(image))]
    return found


def prove(book: Book, words: Iterable[str]) -> Proof:
    """Search for these words where the book lies; called after it was scrubbed."""
    with book.reading() as connection:
        server = connection.dialect.name != "sqlite"
        places = [] if server else _files(connection)
        size = sum(path.stat().st_size for path in places if path.exists())
        sought = _needles(words, max(_FEWEST, _WORK // max(size, 1)))
        found = _in_statistics(connection, sought) if server else _in_files(places, sought)
        left = _without_live(connection, found)
    return Proof(len(sought), len(found) - len(left), len(left), tuple(path.name for path in places if path.exists()))


def _texts(value: Any) -> Iterator[str]:  # any JSON value
    if isinstance(value, str):
        if not _WHEN.match(value):
            yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _needles(words: Iterable[str], most: int) -> list[bytes]:
    """Each word once, as a file holds it; of a long text its beginning and its end."""
    found: dict[bytes, None] = {}
    for word in dict.fromkeys(words):
        for form in {word, json.dumps(word, ensure_ascii=False)[1:-1]}:
            raw = form.encode("utf-8", "surrogatepass")
            if len(raw) >= SHORTEST:
                found[raw[:_LONGEST]] = None
                found[raw[-_LONGEST:]] = None
        if len(found) >= most:
            break
    return list(found)


def _files(connection: Connection) -> list[Path]:
    place = Path(handle(connection).execute("PRAGMA database_list").fetchone()[2])
    return [place, *(place.with_name(place.name + log) for log in LOGS if log != "-shm")]


def _in_files(places: Iterable[Path], needles: Sequence[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for place in places:
        if place.exists():
            found |= in_file(place, needles)
    return found


def in_file(place: Path, needles: Collection[bytes]) -> set[bytes]:
    """Those of the needles that stand in a file, byte by byte."""
    left, rest = set(needles), b""
    overlap = max(map(len, needles), default=1) - 1
    with place.open("rb") as file:
        while left and (piece := file.read(_PIECE)):
            part = rest + piece
            left -= {needle for needle in left if needle in part}
            rest = part[-overlap:] if overlap else b""
    return set(needles) - left


def _in_statistics(connection: Connection, needles: Sequence[bytes]) -> set[bytes]:
    """What the planner of a server remembers of columns: their commonest values, in the plain."""
    said = "\n".join(row.said.replace('\\"', '"').replace("\\\\", "\\") for row in connection.execute(_STATS)).encode()
    return {needle for needle in needles if needle in said}


def _without_live(connection: Connection, found: set[bytes]) -> set[bytes]:
    """Those that no record holds, and no name of a table or column."""
    left = set(found)
    for row in _live(connection) if left else ():
        left -= {needle for needle in left if needle in row}
        if not left:
            break
    return left


def _live(connection: Connection) -> Iterator[bytes]:
    for table in SQLModel.metadata.sorted_tables:
        yield f"{table.name} {' '.join(column.name for column in table.columns)}".encode()
        columns = [c for c in table.columns if isinstance(getattr(c.type, "impl", c.type), String)]
        for row in connection.execute(select(*columns)) if columns else ():
            yield "".join(str(value) for value in row if value is not None).encode("utf-8", "surrogatepass")
    if connection.dialect.name == "sqlite":
        for row in connection.execute(text("SELECT name || ' ' || coalesce(sql, '') FROM sqlite_schema")):
            yield row[0].encode()
