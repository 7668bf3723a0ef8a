"""A book under a wrong name, beside a wrong log, or with somebody else's things in it is named before anything is written."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import InProcess

from relcli.store import medium

TOUCH = ("log", "ana", "about May", "-c", "email", "--in")


@pytest.fixture
def book(relcli: InProcess) -> Path:
    relcli.ok("contact", "add", "Ana Ruiz", "--email", "ana@example.org")
    return Path(os.environ["RELCLI_BOOK"])


def run(book: Path, sql: str) -> None:
    with closing(sqlite3.connect(book)) as connection:
        connection.executescript(sql)


# --- names and links ------------------------------------------------------------------------------------------------------


def test_a_book_with_a_second_name_is_refused_whichever_name_is_used(relcli: InProcess, book: Path) -> None:
    other = book.parent / "twin.db"
    os.link(book, other)
    before = book.read_bytes()
    for name in (book, other):
        for words in (TOUCH, ("contact", "list"), ("book", "check"), ("book", "backup")):
            told = relcli("--book", str(name), *words)
            assert told.code == 77, (name, words, told.err)
            assert "second name" in told.err
    assert book.read_bytes() == before
    other.unlink()
    relcli.ok(*TOUCH)


def test_the_advice_about_a_second_name_makes_a_file_of_its_own(relcli: InProcess, book: Path) -> None:
    os.link(book, book.parent / "twin.db")
    advice = relcli("contact", "list").err.splitlines()[1].split(": ", 1)[1]
    assert os.system(advice) == 0
    relcli.ok(*TOUCH)
    assert book.stat().st_nlink == 1


def test_everything_of_a_linked_book_lies_beside_the_file_and_nothing_beside_the_link(relcli: InProcess, book: Path) -> None:
    folder = book.parent / "link"
    folder.mkdir()
    link = folder / "mine.db"
    link.symlink_to(book)
    relcli.ok("--book", str(link), *TOUCH)
    relcli.ok("--book", str(link), "book", "backup")
    relcli.ok("--book", str(link), "book", "restore", str(book.parent / "backups"), "--yes")
    assert sorted(path.name for path in folder.iterdir()) == ["mine.db"]
    assert len(list((book.parent / "backups").glob("*.db"))) == 1
    assert len(list(book.parent.glob("*.aside-*"))) == 1


def test_a_link_that_leads_nowhere_asks_for_its_disk_and_makes_no_book(relcli: InProcess, place: Path) -> None:
    link = place / "mine.db"
    link.symlink_to(place / "there.db")
    told = relcli("--book", str(link), "contact", "add", "Bo Ek")
    assert told.code == 66
    assert "leads nowhere" in told.err
    assert "contact add" not in told.err
    assert not (place / "there.db").exists()


# --- logs -----------------------------------------------------------------------------------------------------------------


def logged(book: Path, act: Callable[[], object]) -> bytes:
    """The log of the book after an act, as a killed command or a syncing program leaves it behind."""
    with closing(sqlite3.connect(book)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM contact").fetchall()
        act()
        return Path(f"{book}-wal").read_bytes()


def test_a_log_that_is_older_than_its_book_is_refused_by_every_command(relcli: InProcess, book: Path) -> None:
    old = logged(book, lambda: relcli.ok("contact", "add", "Bo Ek"))
    for name in ("Cy Poe", "Di Poe"):
        relcli.ok("contact", "add", name)
    assert not Path(f"{book}-wal").exists()
    Path(f"{book}-wal").write_bytes(old)
    before = book.read_bytes()
    for words in (TOUCH, ("contact", "list"), ("book", "check"), ("book", "backup"), ("health-report",)):
        told = relcli(*words)
        assert told.code == 76, (words, told.err)
        assert "log is older" in told.err
    assert book.read_bytes() == before
    Path(f"{book}-wal").unlink()
    assert relcli.ok("contact", "list", "-f", "ids").out.count("c_") == 4


def test_an_older_log_is_found_in_a_book_of_many_batches_too(relcli: InProcess, book: Path) -> None:
    for n in range(60):  # batches fill more than one page
        relcli.ok("contact", "edit", "ana", "--note", f"note {n} " + "x" * 50)
    old = logged(book, lambda: relcli.ok("contact", "add", "Bo Ek"))
    for n in range(60):
        relcli.ok("contact", "edit", "ana", "--note", f"later {n} " + "x" * 50)
    Path(f"{book}-wal").write_bytes(old)
    assert relcli(*TOUCH).code == 76


def test_the_log_of_a_killed_command_is_read_and_folded_in(relcli: InProcess, book: Path) -> None:
    copy = book.parent / "killed.db"

    def act() -> None:
        relcli.ok("contact", "add", "Bo Ek")
        shutil.copy(book, copy)
        shutil.copy(f"{book}-wal", f"{copy}-wal")

    logged(book, act)
    assert relcli.ok("--book", str(copy), "contact", "list", "-f", "ids").out.count("c_") == 2
    relcli.ok("--book", str(copy), *TOUCH)


# --- what stands in the file ----------------------------------------------------------------------------------------------

MISSHAPEN = {
    "a trigger": "CREATE TRIGGER spy AFTER INSERT ON interaction BEGIN UPDATE contact SET note = 'x'; END",
    "a view": "CREATE VIEW everyone AS SELECT * FROM contact",
    "a table": "CREATE TABLE shadow (a)",
    "an index": "CREATE INDEX more ON contact (note)",
    "a column": "ALTER TABLE contact ADD COLUMN more TEXT",
    "a lost column": "ALTER TABLE contact DROP COLUMN note",
    "a lost table": "DROP TABLE interaction_contact",
    "a lost index": "DROP INDEX ix_contact_folded",
    "no version": "DROP TABLE alembic_version",
    "no first page": "DELETE FROM book",
    "nothing": "PRAGMA writable_schema=ON; DELETE FROM sqlite_schema",
}


@pytest.mark.parametrize("sql", MISSHAPEN.values(), ids=MISSHAPEN)
def test_a_book_that_is_not_as_it_was_made_is_named_and_not_written_to(relcli: InProcess, book: Path, sql: str) -> None:
    relcli.ok("book", "backup")
    run(book, sql)
    before = book.read_bytes()
    for words in (TOUCH, ("agenda",), ("book", "check"), ("book", "backup"), ("contact", "forget", "ana", "--yes")):
        told = relcli(*words)
        assert told.code == 76, (words, told.err)
        assert "bug" not in told.err
    assert book.read_bytes() == before
    relcli.ok("book", "restore", str(book.parent / "backups"), "--yes")
    relcli.ok(*TOUCH)


def test_a_backup_with_something_foreign_in_it_is_not_restored(relcli: InProcess, book: Path, place: Path) -> None:
    run(book, MISSHAPEN["a trigger"])
    shutil.copy(book, place / "given.db")
    run(book, "DROP TRIGGER spy")
    told = relcli("book", "restore", str(place / "given.db"), "--unverified", "--yes")
    assert told.code == 76
    assert "foreign trigger spy" in told.err


def test_statistics_of_sqlite_and_marks_of_a_copying_program_are_nothing_foreign(relcli: InProcess, book: Path) -> None:
    run(book, "ANALYZE; CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")
    relcli.ok(*TOUCH)


def test_a_file_with_our_mark_that_is_no_book_is_said_to_be_none(relcli: InProcess, place: Path) -> None:
    forged = place / "forged.db"
    run(forged, f"CREATE TABLE a (b); PRAGMA application_id={0x52656C63}; PRAGMA user_version=1")
    told = relcli("--book", str(forged), *TOUCH)
    assert (told.code, "bug" in told.err) == (76, False)


# --- manifests ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["link", "pipe", "endless", "huge"])
def test_a_manifest_that_is_no_file_of_its_own_is_refused_at_once(relcli: InProcess, book: Path, kind: str, place: Path) -> None:
    relcli.ok("book", "backup", str(place / "one.db"))
    manifest = place / "one.db.json"
    kept = manifest.rename(place / "kept.json")
    if kind == "link":
        manifest.symlink_to(kept)
    elif kind == "pipe":
        os.mkfifo(manifest)
    elif kind == "endless":
        manifest.symlink_to("/dev/zero")
    else:
        manifest.write_bytes(b" " * (2 << 20))
    assert relcli("book", "restore", str(place / "one.db"), "--yes").code == 65


# --- media ----------------------------------------------------------------------------------------------------------------


def test_a_medium_whose_locks_keep_nobody_out_is_named(
    relcli: InProcess, book: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert medium.trouble(place) == ""
    monkeypatch.setattr(medium.fcntl, "fcntl", lambda *_: b"")
    assert "one lock to two programs" in medium.trouble(place)
    told = relcli("book", "check")
    assert told.code == 1
    assert "one lock to two programs" in told.out
    assert "one lock to two programs" in relcli.ok("--book", str(place / "new.db"), "book", "init").err


def test_a_medium_without_locks_or_shared_memory_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(*_: object) -> bytes:
        raise OSError(37, "No locks available")

    with monkeypatch.context() as patched:
        patched.setattr(medium.fcntl, "fcntl", unsupported)
        assert medium.trouble(place) == "the medium has no file locks"
    monkeypatch.setattr(medium.mmap, "mmap", unsupported)
    assert "cannot share the memory" in medium.trouble(place)
