"""A book of every released schema is opened by today's program with all that is in it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.store.dumps import COMMAND, FOLDER, load, said

from relcli.domain.finding import Level
from relcli.store import checks, gate
from relcli.store.book import opened

RELEASED = sorted(path.stem for path in FOLDER.glob("*.sql"))


def rows(book: Path) -> dict[str, Any]:
    """Table → names of its columns and all its rows."""
    with closing(sqlite3.connect(book)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {table: [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')] for table in tables}


def schema(book: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(book)) as connection:
        asked = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
        return [*connection.execute(asked), *connection.execute("PRAGMA user_version")]


@pytest.fixture(params=RELEASED)
def dumped(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """The name of a dump, and a book made of it."""
    path = tmp_path / "dumped.db"
    load(request.param, path)
    return request.param, path


def test_there_is_a_dump_of_every_schema_up_to_this_one() -> None:
    assert [f"{n:04d}" for n in range(1, gate.SCHEMA + 1)] == RELEASED, f"run: {COMMAND}"


def test_no_row_is_lost_or_changed_on_the_way_to_this_program(dumped: tuple[str, Path]) -> None:
    before = rows(dumped[1])
    assert all(before.values())  # there is something in every table
    with opened(str(dumped[1]), wait=1):
        pass
    after = rows(dumped[1])
    for table, kept in before.items():
        if table != "alembic_version":
            still = set(after[table][0]) & set(kept[0])
            assert still
            was, now = (Counter(repr(sorted((c, row[c]) for c in still)) for row in found) for found in (kept, after[table]))
            assert was == now, table


def test_it_answers_as_it_did_then(dumped: tuple[str, Path]) -> None:
    name, book = dumped
    now, then = said(book), json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    for line, rows_then in then.items():
        assert rows_then
        known = set(rows_then[0])  # a later program may say more of each, never less
        assert [{key: row[key] for key in known} for row in now[line]] == rows_then, line


def test_today_nothing_is_found_wrong_with_it(dumped: tuple[str, Path]) -> None:
    with opened(str(dumped[1]), wait=1) as book, book.reading() as connection:
        found = checks.findings(connection, deep=True)
    assert [finding for finding in found if finding.level is Level.PROBLEM] == []


def test_it_can_be_written_to_and_its_last_batch_undone(relcli: Any, dumped: tuple[str, Path]) -> None:
    book = str(dumped[1])
    before = relcli.ok("--book", book, "export", "interactions").out
    relcli.ok("--book", book, "log", "Ana Ruiz", "today", "--channel", "phone", "--in")
    relcli.ok("--book", book, "book", "undo")
    assert relcli.ok("--book", book, "export", "interactions").out == before
    relcli.ok("--book", book, "book", "undo")  # and one from then


def test_the_dump_of_this_schema_is_of_this_schema(empty_book: Path, tmp_path: Path) -> None:
    load(gate.REVISION, tmp_path / "dumped.db")
    same = schema(tmp_path / "dumped.db") == schema(empty_book)
    assert same, f"tests/store/dumps/{gate.REVISION}.sql is of another schema. While that is unreleased, run: {COMMAND}"
