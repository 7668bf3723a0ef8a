"""Migrations: the first revision makes what the tables say; whatever fails on the way leaves nothing."""

from __future__ import annotations

import re
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import SQLModel

from relcli.errors import NotABook, RelcliError
from relcli.store import book, gate, migrate
from relcli.store.book import opened
from relcli.store.engine import is_url, postgres_engine, sqlite_engine

SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.add_column("contact", sa.Column("nickname", sa.String(), nullable=True))
    with op.batch_alter_table("contact") as contact:
        contact.create_check_constraint("nickname_set", "length(nickname) > 0")
"""
THIRD = """
from alembic import op
revision, down_revision = "0003", "0002"
def upgrade():
    op.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    {harm}
"""


def schema(connection: Connection) -> dict[str, Any]:
    """Everything a database says of its tables, in a form that compares."""
    seen = inspect(connection)
    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(table)],
            "key": seen.get_pk_constraint(table),
            "foreign": sorted(map(str, seen.get_foreign_keys(table))),
            "unique": sorted((u["name"], u["column_names"]) for u in seen.get_unique_constraints(table)),
            "checks": sorted((c["name"], re.sub(r"\s+", " ", c["sqltext"])) for c in seen.get_check_constraints(table)),
            "indexes": sorted((i["name"], i["column_names"], i["unique"]) for i in seen.get_indexes(table)),
            "options": seen.get_table_options(table),
        }
        for table in sorted(seen.get_table_names())
    }


@pytest.fixture
def empty(no_book_location: str) -> Iterator[Engine]:
    """An engine on a database without a table."""
    if not is_url(no_book_location):
        Path(no_book_location).touch()
    engine = postgres_engine(no_book_location, 1) if is_url(no_book_location) else sqlite_engine(Path(no_book_location), 1)
    yield engine
    engine.dispose()


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of revisions that a later program might bring, with one that works."""
    folder = tmp_path / "later"
    folder.mkdir()
    (folder / "0002_nickname.py").write_text(SECOND)
    monkeypatch.setattr(migrate, "VERSIONS", (*migrate.VERSIONS, folder))
    monkeypatch.setattr(gate, "SCHEMA", 2)
    monkeypatch.setattr(gate, "REVISION", "0002")
    monkeypatch.setattr(book, "refuse_misshapen", lambda *_: None)  # that program's tables have the column that this one's lack
    return folder


def test_the_revisions_make_exactly_what_the_tables_say(empty: Engine, book_location: str) -> None:
    with empty.execution_options(writes=True).connect() as connection, connection.begin():
        assert schema(connection) == {}
        migrate.upgrade(connection)
    with empty.connect() as connection, connection.begin():
        migrated = schema(connection)
    with opened(book_location, wait=1) as book, book.reading() as connection:
        made = schema(connection)
    assert set(made) == {*SQLModel.metadata.tables, "alembic_version"}
    assert migrated == made


def test_the_newest_revision_is_the_schema_of_this_program() -> None:
    assert migrate.newest() == gate.REVISION


def test_a_new_book_is_not_due(book_location: str) -> None:
    with opened(book_location, wait=1) as book, book.reading() as connection:
        assert not migrate.due(connection)


def test_an_older_book_is_brought_up_when_opened_and_keeps_its_rows(relcli: Any, book_location: str, later: Path) -> None:
    with pytest.MonkeyPatch.context() as before:
        before.setattr(gate, "SCHEMA", 1)
        before.setattr(gate, "REVISION", "0001")
        relcli.ok("contact", "add", "Ana Ruiz", "--role", "customer", "--email", "ana@example.org")
        relcli.ok("log", "ana", "asked about May", "-c", "email", "--in")
    shown = relcli.ok("contact show ana --format csv").out
    assert "Ana Ruiz" in shown
    assert "customer" in shown  # a rebuilt table kept the rows that hang on it
    with opened(book_location, wait=1) as book, book.reading() as connection:
        assert "nickname" in {c["name"] for c in inspect(connection).get_columns("contact")}
        assert "ck_contact_nickname_set" in {c["name"] for c in inspect(connection).get_check_constraints("contact")}
        assert connection.execute(text("SELECT count(*) FROM interaction_contact")).scalar_one() == 1


def test_a_file_is_copied_before_and_the_copy_is_a_whole_book_of_the_old_schema(
    relcli: Any, empty_book: Path, tmp_path: Path, later: Path
) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(empty_book.read_bytes())
    path.chmod(0o600)
    copy = tmp_path / "book.db.before-0002"
    told = relcli.ok("book info").err.splitlines()
    assert told == [f"{path} is brought up to this relcli; as it was before, it is kept in {copy}"]
    assert relcli.ok("book info").err == ""
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert _versions(copy) == (gate.APPLICATION_ID, 1, "0001")
    assert _versions(path) == (gate.APPLICATION_ID, 2, "0002")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["book.db", "book.db.before-0002"]


@pytest.mark.parametrize("harm", ['raise RuntimeError("a bug")', 'op.execute("SELECT no_such_column FROM contact")'])
def test_a_failure_half_way_leaves_nothing(relcli: Any, book_location: str, later: Path, harm: str) -> None:
    (later / "0003_half.py").write_text(THIRD.format(harm=harm))
    engine = postgres_engine(book_location, 1) if is_url(book_location) else sqlite_engine(Path(book_location), 1)
    with engine.connect() as connection, connection.begin():
        before = schema(connection)
    with pytest.raises((RuntimeError, RelcliError)):
        migrate.upgrade_book(engine, "the book", None if is_url(book_location) else Path(book_location), tell=print)
    with engine.connect() as connection, connection.begin():
        assert schema(connection) == before
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "0001"
        if not is_url(book_location):
            assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    engine.dispose()


def test_a_revision_that_leaves_rows_pointing_nowhere_is_refused(empty_book: Path, tmp_path: Path, later: Path) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(empty_book.read_bytes())
    (later / "0003_orphan.py").write_text(THIRD.format(harm="op.execute(\"INSERT INTO contact_role VALUES (77, 'customer')\")"))
    engine = sqlite_engine(path, 1)
    with pytest.raises(NotABook, match="contact_role point nowhere"):
        migrate.upgrade_book(engine, "the book", path, tell=print)
    engine.dispose()
    assert _versions(path) == (gate.APPLICATION_ID, 1, "0001")


def test_a_folder_that_takes_no_copy_stops_the_migration(
    empty_book: Path, tmp_path: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(empty_book.read_bytes())
    monkeypatch.setattr("os.getpid", lambda: "taken")
    monkeypatch.setattr("relcli.files._machine", lambda: "here")
    monkeypatch.setattr("secrets.token_hex", lambda _: "taken")
    (tmp_path / ".book.db.before-0002.here-taken-taken.part").touch()
    with pytest.raises(RelcliError, match="before-0002 cannot be made"), opened(str(path), wait=1):
        pass
    assert _versions(path) == (gate.APPLICATION_ID, 1, "0001")


def test_alembic_is_not_loaded_for_a_book_that_is_up_to_date(process: Any) -> None:
    code = "import sys; from relcli.__main__ import main\ntry: main()\nexcept SystemExit: print('alembic' in sys.modules)"
    made = process.run([process.python, "-c", code, "contact", "add", "Ana"])
    assert made.out == "False\n", made.err


def _versions(path: Path) -> tuple[int, int, str]:
    connection = sqlite3.connect(path)
    try:
        ask = [connection.execute(q).fetchone()[0] for q in ("PRAGMA application_id", "PRAGMA user_version")]
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return ask[0], ask[1], connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    finally:
        connection.close()
