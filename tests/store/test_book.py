"""The book: made whole or not at all, set as it must be, one writer, readers that cannot write."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from relcli.errors import BookMissing, Busy, CannotCreate, Denied, NotABook, OutputFailed
from relcli.store import gate, tables
from relcli.store.book import Book, create, exists, opened

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
SETTINGS: dict[str, Any] = {"timezone": "Europe/Madrid", "currency": "EUR", "now": NOW, "wait": 1.0}
TAG = {"contact_id": 1, "tag": "x"}


def writing(book: Book) -> Any:
    return book.writing("a test", now=NOW, actor="tester")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_book_is_what_was_asked_for(no_book_location: str) -> None:
    assert create(no_book_location, **SETTINGS)
    with opened(no_book_location, wait=1) as book:
        assert (book.zone, book.currency, book.created) == ("Europe/Madrid", "EUR", NOW)


def test_making_a_book_twice_keeps_the_first(no_book_location: str) -> None:
    assert create(no_book_location, **SETTINGS)
    assert not create(no_book_location, **{**SETTINGS, "currency": "USD"})
    with opened(no_book_location, wait=1) as book:
        assert book.currency == "EUR"


def test_where_nothing_is_a_book_is_missing(no_book_location: str) -> None:
    assert not exists(no_book_location, wait=1)
    with pytest.raises(BookMissing, match="there is no book at"), opened(no_book_location, wait=1):
        pass


@pytest.mark.parametrize("outcome", ["raises", "answers no"])
def test_when_the_first_act_fails_no_book_is_left(no_book_location: str, outcome: str, tmp_path: Path) -> None:
    def fill(book: Book) -> bool:
        if outcome == "raises":
            raise NotABook("no", "")
        return False

    before = sorted(tmp_path.rglob("*"))
    if outcome == "raises":
        with pytest.raises(NotABook):
            create(no_book_location, **SETTINGS, fill=fill)
    else:
        assert not create(no_book_location, **SETTINGS, fill=fill)
    assert not exists(no_book_location, wait=1)
    assert sorted(tmp_path.rglob("*")) == before
    assert create(no_book_location, **SETTINGS)


def test_the_file_and_its_folder_are_for_the_owner_only_and_nothing_lies_beside(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "book.db"
    os.umask(before := os.umask(0))
    os.umask(0)
    try:
        create(str(path), **SETTINGS)
        with opened(str(path), wait=1) as book, writing(book) as w:
            w.insert(tables.Contact, _ana())
            assert {mode(p) for p in path.parent.iterdir()} == {0o600}
            assert len(list(path.parent.iterdir())) == 3  # the book, its log and the log's index
    finally:
        os.umask(before)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_an_existing_folder_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o750)
    create(str(folder / "book.db"), **SETTINGS)
    assert mode(folder) == 0o750


def test_a_file_carries_our_mark_and_version(empty_book: Path) -> None:
    connection = sqlite3.connect(empty_book)
    found = [connection.execute(f"PRAGMA {p}").fetchone()[0] for p in ("application_id", "user_version", "journal_mode")]
    connection.close()
    assert found == [gate.APPLICATION_ID, gate.SCHEMA, "wal"]
    assert gate.APPLICATION_ID.to_bytes(4, "big") == b"Relc"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("cache_size", -65536),
        ("busy_timeout", 300),
    ],
)
def test_every_connection_is_set(book: Book, pragma: str, value: object) -> None:
    for writes in (False, True):
        with book.engine.execution_options(writes=writes).connect() as connection, connection.begin():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_a_read_that_writes_fails(book: Book) -> None:
    with pytest.raises(Denied), book.reading() as connection:
        connection.execute(text("DELETE FROM book"))
    with book.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM book")).scalar_one() == 1


def test_a_connection_that_only_read_may_write_afterwards(book: Book) -> None:
    with book.reading():
        pass
    with writing(book) as w:
        w.insert(tables.Contact, _ana())


def test_a_read_sees_one_state_from_its_beginning(book: Book) -> None:
    with book.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM contact")).scalar_one() == 0
        with writing(book) as w:
            w.insert(tables.Contact, _ana())
        assert connection.execute(text("SELECT count(*) FROM contact")).scalar_one() == 0
    with book.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM contact")).scalar_one() == 1


@pytest.fixture
def second(book_location: str) -> Iterator[Book]:
    with opened(book_location, wait=0.3) as found:
        yield found


def test_a_second_writer_waits_and_is_told_while_readers_go_on(book: Book, second: Book) -> None:
    with writing(book) as w:
        w.insert(tables.Contact, _ana())
        began = time.monotonic()
        with pytest.raises(Busy, match="busy: another program is writing") as told, writing(second):
            pass
        waited = time.monotonic() - began
        assert 0.2 < waited < 3
        assert "--wait 60" in told.value.hint
        with second.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM contact")).scalar_one() == 0
    with writing(second) as w:
        w.update(tables.Contact, 1, {"note": "second"})


def test_a_second_writer_gets_its_turn_when_the_first_is_quick(book: Book, book_location: str) -> None:
    done = threading.Event()

    def other() -> None:
        with opened(book_location, wait=5) as found, writing(found) as w:
            w.insert(tables.Contact, {**_ana(), "code": "c_bbbbbbbb"})
        done.set()

    with writing(book) as w:
        thread = threading.Thread(target=other)
        thread.start()
        time.sleep(0.2)
        assert not done.is_set()
        w.insert(tables.Contact, _ana())
    thread.join(5)
    assert done.is_set()
    with book.reading() as connection:
        assert connection.execute(text("SELECT id FROM contact ORDER BY id")).scalars().all() == [1, 2]


def test_books_made_at_once_become_one_book_and_one_of_them_says_so(no_book_location: str, tmp_path: Path) -> None:
    answers: list[bool] = []
    gate_ = threading.Barrier(6)

    def make() -> None:
        gate_.wait()
        answers.append(create(no_book_location, **{**SETTINGS, "wait": 10}))

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 5 + [True]
    with opened(no_book_location, wait=1) as book, book.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM book")).scalar_one() == 1
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] in ([], ["new.db"])


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotCreate, match="no book can be made at"):
        create(str(tmp_path / "file" / "book.db"), **SETTINGS)


def test_a_book_without_its_first_page_is_no_book(book: Book, book_location: str) -> None:
    with book.engine.execution_options(writes=True).connect() as connection, connection.begin():
        connection.execute(text("DELETE FROM book"))
    with pytest.raises(NotABook, match="without its first page"), opened(book_location, wait=1):
        pass


def test_a_full_disk_is_said_so_and_nothing_is_written(empty_book: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(empty_book.read_bytes())
    many = [{**_ana(), "code": f"c_{n:08}", "note": "x" * 5000} for n in range(40)]
    with opened(str(path), wait=1) as book:
        with pytest.raises(OutputFailed, match=r"the disk with .* is full"), writing(book) as w:  # noqa: PT012  # a small disk first
            w.connection.exec_driver_sql("PRAGMA max_page_count=60")
            w.insert_many(tables.Contact, many)
        with book.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM contact")).scalar_one() == 0
            assert connection.execute(text("SELECT count(*) FROM batch")).scalar_one() == 0


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
class TestOnAServer:
    """What only a server can do wrong."""

    def test_other_tables_are_no_book(self, no_book_location: str) -> None:
        import psycopg

        with psycopg.connect(no_book_location) as connection:
            connection.execute("CREATE TABLE recipes (id int)")
        with pytest.raises(NotABook, match="other tables"), opened(no_book_location, wait=1):
            pass
        with pytest.raises(NotABook, match="other tables"):
            create(no_book_location, **SETTINGS)

    def test_a_newer_book_names_both_versions(self, book: Book, book_location: str) -> None:
        with book.engine.execution_options(writes=True).connect() as connection, connection.begin():
            connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
        with pytest.raises(NotABook, match=r"its format is 99, this program knows 1"), opened(book_location, wait=1):
            pass

    def test_a_server_that_is_not_there_is_unreachable(self, relcli: Any, book_location: str) -> None:
        lost = book_location.partition("?")[0] + "?host=/nowhere-at-all"
        outcome = relcli("contact", "list", "--book", lost, "--wait", "1")
        assert outcome.code == 69
        assert "does not answer" in outcome.err

    def test_a_password_is_never_shown(self, relcli: Any, book_location: str) -> None:
        host = book_location.partition("?")[2]
        outcome = relcli("contact", "list", "--book", f"postgresql://postgres:geheim@/nothing-here?{host}&password=geheim2")
        assert outcome.code == 69
        assert "geheim" not in outcome.err


def _ana() -> dict[str, Any]:
    return {
        "code": "c_aaaaaaaa", "kind": "person", "name": "Ana", "folded": "ana", "name_key": "ana", "language": "", "timezone": "",
        "birthday": "", "note": "", "created": NOW,
    }  # fmt: skip
