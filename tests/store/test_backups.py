"""Backups and their way back: nothing that is not exactly what was written gets into the place of a book."""

from __future__ import annotations

import json
import random
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import MADE

from relcli.domain.backup import Manifest
from relcli.errors import Busy, CannotCreate, InputMissing, InputRefused, NotABook, OutputFailed, RelcliError
from relcli.store import backups, gate, tables
from relcli.store.book import opened
from relcli.store.engine import alone
from relcli.store.restore import restore

NOW = MADE + timedelta(days=1)
ADD = """
import sys
from datetime import datetime, UTC
from relcli.store import contacts
from relcli.store.book import opened
from relcli.domain.contact import Contact, contact_id
now = datetime(2026, 1, 1, tzinfo=UTC)
for n in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}-{n}"
    with opened(sys.argv[1], wait=30) as book, book.writing("add", now=now, actor="a") as writing:
        contacts.add_many(writing, [Contact(0, contact_id(__import__("os").urandom(5)), name, now)])
    print(name, flush=True)
"""


@pytest.fixture
def here(tmp_path: Path, empty_book: Path, relcli: Any) -> Path:
    """A book with a contact and a touch in a folder of its own; it is what RELCLI_BOOK says."""
    path = tmp_path / "book.db"
    path.write_bytes(empty_book.read_bytes())
    path.chmod(0o600)
    relcli.ok("contact add Ana --email ana@example.org --role customer")
    relcli.ok("log ana 'asked about May' -c email --in")
    return path


@pytest.fixture
def backup(here: Path, tmp_path: Path) -> Path:
    """A backup of that book, elsewhere."""
    (tmp_path / "kept").mkdir()
    return made(here, tmp_path / "kept" / "one.db")


def made(here: Path, target: Path, **more: Any) -> Path:
    with opened(str(here), wait=1) as book:
        backups.back_up(book, target, name=here.stem, now=more.pop("now", NOW), **more)
    return target


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(statement)


def put_back(file: Path, here: Path, **more: Any) -> Path | None:
    return restore(file, backups.verified(file, **more), here, now=NOW, wait=0.3)


def test_what_was_backed_up_comes_back_exactly_and_the_later_book_is_set_aside(relcli: Any, here: Path, backup: Path) -> None:
    before = dump(here)
    relcli.ok("contact add Bo")
    after = dump(here)
    assert after != before
    aside = put_back(backup, here)
    assert dump(here) == before
    assert aside is not None
    assert aside.name == "book.db.aside-20240102-000000"
    assert dump(aside) == after
    relcli.ok("contact list")
    assert sorted(p.name for p in here.parent.iterdir() if p.is_file()) == ["book.db", aside.name]


def test_a_backup_is_the_book_with_what_its_log_holds(here: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(here, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM contact").fetchall()  # keeps the log from being folded in
        with opened(str(here), wait=1) as book, book.writing("a test", now=NOW, actor="t") as writing:
            writing.insert(tables.Counter, {"noun": "only in the log", "last": 1})
        assert (tmp_path / "book.db-wal").stat().st_size > 0
        file = made(here, tmp_path / "one.db")
    assert any("only in the log" in line for line in dump(file))


def test_a_backup_does_not_wait_for_a_writer(here: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(here, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE contact SET name = 'half done'")
        file = made(here, tmp_path / "one.db")
    assert any("'Ana'" in line for line in dump(file))


def test_the_manifest_says_what_the_file_is(backup: Path) -> None:
    said = json.loads((backup.parent / "one.db.json").read_text())
    assert said == {
        "version": 1,
        "file": "one.db",
        "sha256": said["sha256"],
        "size": backup.stat().st_size,
        "counts": {
            "contacts": 1,
            "interactions": 1,
            "transactions": 0,
            "promises": 0,
            "preferences": 0,
            "circumstances": 0,
            "laters": 0,
            "plans": 0,
            "reminders": 0,
            "invitations": 0,
            "responses": 0,
            "initiatives": 0,
            "enrolments": 0,
            "referrals": 0,
            "batches": 2,
        },
        "batch": {"number": 2, "at": "2026-11-21T10:00:00+00:00", "mark": said["batch"]["mark"]},
        "generation": 0,
        "schema": gate.SCHEMA,
        "program": said["program"],
        "made": NOW.isoformat(),
        "book": {"id": backups.identity(backup), "name": "book", "created": MADE.isoformat()},
    }
    assert backups.verified(backup) == backups.read_manifest(backup)


def test_reading_a_backup_as_a_book_does_not_change_it(relcli: Any, backup: Path) -> None:
    relcli.ok(f"--book {backup} contact list")
    assert backups.verified(backup).counts["contacts"] == 1
    assert sorted(p.name for p in backup.parent.iterdir()) == ["one.db", "one.db.json"]


def test_two_hundred_of_two_hundred_flipped_bits_are_found(backup: Path) -> None:
    whole, draw, found = backup.read_bytes(), random.Random(20261121), 0
    backups.verified(backup)
    for _ in range(200):
        data = bytearray(whole)
        at = draw.randrange(len(data))
        data[at] ^= 1 << draw.randrange(8)
        backup.write_bytes(data)
        with pytest.raises(NotABook, match="not what its manifest describes"):
            backups.verified(backup)
        found += 1
    backup.write_bytes(whole)
    backups.verified(backup)
    assert found == 200


def newer(backup: Path) -> None:
    change(backup, f"PRAGMA user_version={gate.SCHEMA + 1}")


def foreign(backup: Path) -> None:
    change(backup, "PRAGMA application_id=77")


def orphaned(backup: Path) -> None:
    change(backup, "INSERT INTO contact_role VALUES (77, 'customer')")


def torn(backup: Path) -> None:
    data = bytearray(backup.read_bytes())
    data[3 * 4096 : 6 * 4096] = bytes(3 * 4096)
    backup.write_bytes(data)


def without_its_first_page(backup: Path) -> None:
    change(backup, "DELETE FROM book")


@pytest.mark.parametrize(
    ("harm", "kind", "words"),
    [
        (lambda b: b.write_bytes(b""), NotABook, "not a book"),
        (lambda b: b.write_text("once upon a time"), NotABook, "not a book"),
        (lambda b: b.write_bytes(b.read_bytes()[: 4096 * 5]), NotABook, "damaged"),
        (lambda b: b.write_bytes(b.read_bytes()[:-100]), NotABook, "damaged"),
        (newer, NotABook, "newer"),
        (foreign, NotABook, "not a book"),
        (orphaned, NotABook, "contact_role point nowhere"),
        (torn, NotABook, "damaged"),
        (without_its_first_page, NotABook, "first page"),
        (lambda b: b.unlink(), InputMissing, "no backup"),
        (lambda b: b.with_name("one.db-wal").write_bytes(b"x"), InputRefused, "log"),
    ],
    ids="empty text cut torn-end newer foreign orphan zeroed no-first-page gone written-to".split(),
)
def test_what_is_no_sound_backup_is_refused_even_without_its_manifest(
    here: Path, backup: Path, harm: Any, kind: type[RelcliError], words: str
) -> None:
    backups.verified(backup, manifest=False)
    harm(backup)
    with pytest.raises(kind, match=words):
        backups.verified(backup, manifest=False)
    with pytest.raises(RelcliError):
        backups.verified(backup)


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        "{}",
        "[1]",
        "null",
        '{"batch": 1}',
        '{"batch": null, "file": 1, "sha256": 1, "size": 1e999}',
        "\ud800",
        "[" * 9999,
    ],
    ids="gone empty bare list null half endless text deep".split(),
)
def test_without_a_readable_manifest_only_the_unverified_is_restored(backup: Path, said: str | None) -> None:
    manifest = backups.manifest_of(backup)
    manifest.unlink()
    if said is not None:
        manifest.write_bytes(said.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputRefused, match="manifest"):
        backups.verified(backup)
    held = backups.verified(backup, manifest=False)
    assert (held.made, held.counts["contacts"], held.batch) == (None, 1, 2)


@pytest.mark.parametrize("field", ["sha256", "size"])
def test_a_manifest_of_another_file_is_refused(backup: Path, field: str) -> None:
    manifest = backups.manifest_of(backup)
    said = json.loads(manifest.read_text())
    said[field] = "0" * 64 if field == "sha256" else said[field] + 1
    manifest.write_text(json.dumps(said))
    with pytest.raises(NotABook, match="not what its manifest describes"):
        backups.verified(backup)


def test_a_file_that_changes_between_proof_and_copy_is_not_restored(here: Path, backup: Path) -> None:
    held, before = backups.verified(backup), dump(here)
    with pytest.raises(NotABook, match="changed while"):
        restore(backup, replace(held, sha256="0" * 64), here, now=NOW, wait=0.3)
    assert dump(here) == before
    assert [p.name for p in here.parent.iterdir() if p.is_file()] == ["book.db"]


def test_what_is_there_already_is_replaced_only_when_that_is_said(here: Path, backup: Path) -> None:
    with pytest.raises(CannotCreate, match="already"):
        made(here, backup)
    backup.unlink()
    with pytest.raises(CannotCreate, match=r"one\.db\.json"):  # a manifest alone is somebody's too
        made(here, backup)
    made(here, backup, replaces=True)
    backups.verified(backup)


def test_a_damaged_book_makes_no_backup(here: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(here, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'ix_contact_folded'")
    with pytest.raises((NotABook, OutputFailed)):
        made(here, tmp_path / "one.db")
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["book.db"]


@pytest.mark.parametrize("harm", ["text", "empty", "torn", "header"])
def test_a_damaged_book_is_set_aside_as_it_is(relcli: Any, here: Path, backup: Path, harm: str) -> None:
    before = dump(here)
    data = bytearray(here.read_bytes())
    if harm == "torn":
        data[4096 * 2 :] = b"\x01" * (len(data) - 4096 * 2)
    elif harm == "header":
        data[:100] = bytes(100)
    here.write_bytes({"text": b"once upon a time", "empty": b""}.get(harm, bytes(data)))
    left = here.read_bytes()
    aside = put_back(backup, here)
    assert aside is not None
    assert aside.read_bytes()[100:] == left[100:]
    assert dump(here) == before
    assert stat.S_IMODE(aside.stat().st_mode) == stat.S_IMODE(here.stat().st_mode) == 0o600
    relcli.ok("log ana 'all is well' -c phone --in")


@pytest.mark.parametrize("state", ["sound", "missing", "damaged"])
def test_the_log_of_the_old_book_is_never_read_into_the_new(relcli: Any, here: Path, backup: Path, state: str) -> None:
    before = dump(here)
    connection = sqlite3.connect(here, isolation_level=None)
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("UPDATE contact SET name = 'from the old log'")
    old = {log: here.with_name(here.name + log).read_bytes() for log in ("-wal", "-shm")}
    connection.close()
    here.write_bytes(backup.read_bytes())  # with it the old log fits the file: SQLite would apply it
    for log, data in old.items():
        here.with_name(here.name + log).write_bytes(data)
    with closing(sqlite3.connect(f"{here.as_uri()}?mode=ro", uri=True)) as check:
        assert check.execute("SELECT name FROM contact").fetchall() == [("from the old log",)], "the log does not fit: no test"
    for log, data in old.items():
        here.with_name(here.name + log).write_bytes(data)
    if state == "missing":
        here.unlink()
    elif state == "damaged":
        here.write_bytes(b"no book" * 100)
    put_back(backup, here)
    assert dump(here) == before
    assert not [p.name for p in here.parent.iterdir() if p.name in ("book.db-wal", "book.db-shm")]


def test_where_there_is_no_book_the_backup_becomes_it(relcli: Any, backup: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "far" / "away" / "new.db"
    assert put_back(backup, fresh) is None
    assert dump(fresh) == dump(backup)
    assert stat.S_IMODE(fresh.parent.stat().st_mode) == 0o700
    assert [p.name for p in fresh.parent.iterdir()] == ["new.db"]


def test_another_programs_database_and_a_folder_are_not_replaced(backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE recipes (id INTEGER)")
    for there in (tmp_path / "other.db", tmp_path / "kept"):
        with pytest.raises(NotABook):
            put_back(backup, there)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["book.db", "kept", "other.db"]


def test_a_newer_book_is_set_aside_whole(here: Path, backup: Path) -> None:
    with closing(sqlite3.connect(here, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version={gate.SCHEMA + 1}")
    aside = put_back(backup, here)
    assert aside is not None
    with closing(sqlite3.connect(aside)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone()[0] == gate.SCHEMA + 1
    assert dump(here) == dump(backup)


@pytest.mark.parametrize("hold", ["BEGIN IMMEDIATE", "BEGIN"])
def test_while_somebody_has_the_book_open_nothing_is_restored(here: Path, backup: Path, hold: str) -> None:
    with closing(sqlite3.connect(here, isolation_level=None)) as other:
        other.execute(hold)
        other.execute("SELECT * FROM contact").fetchall()
        with pytest.raises(Busy):
            put_back(backup, here)
    assert [p.name for p in here.parent.iterdir() if p.is_file()] == ["book.db"]


def test_whatever_was_acknowledged_while_a_restore_came_is_in_the_book_or_aside(process: Any, here: Path, backup: Path) -> None:
    writers = [process.start([process.python, "-c", ADD, str(here), name, "15"], stdin=None) for name in "xyz"]
    asides = [restore(backup, backups.verified(backup), here, now=NOW, wait=30) for _ in range(3)]
    said = [name for writer in writers for name in writer.communicate(timeout=60)[0].decode().split()]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert len(said) == 45
    kept: set[str] = set()
    for path in [here, *filter(None, asides)]:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept |= {row[0] for row in connection.execute("SELECT name FROM contact")}
    assert set(said) <= kept


def test_the_newest_stay_and_nothing_else_is_touched(here: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    days = [NOW + timedelta(days=n) for n in range(4)]
    ours = [made(here, backups.free_name(folder, name="book", now=day), now=day) for day in days]
    named = made(here, folder / "before-the-move.db", now=NOW - timedelta(days=9))
    bare = folder / "book-20200101-000000.db"
    bare.write_bytes(ours[0].read_bytes())
    other = made(here, folder / "book-20200102-000000.db", now=NOW)
    said = json.loads(backups.manifest_of(other).read_text())
    backups.manifest_of(other).write_text(json.dumps({**said, "book": {**said["book"], "id": "0" * 16}}))
    gone = backups.prune(ours[3], name="book", identity=backups.identity(here) or "", keep=2)
    assert gone == [ours[1], ours[0]]
    left = {p.name for p in folder.iterdir() if p.suffix == ".db"}
    assert left == {ours[2].name, ours[3].name, named.name, bare.name, other.name}
    assert not backups.manifest_of(ours[0]).exists()


def test_the_backup_just_made_always_stays_even_when_the_clock_was_set_back(here: Path, tmp_path: Path) -> None:
    later = [made(here, tmp_path / f"book-2030010{n}-000000.db", now=NOW + timedelta(days=n)) for n in (1, 2)]
    newest = made(here, tmp_path / "book-20240102-000000.db")
    assert backups.prune(newest, name="book", identity=backups.identity(here) or "", keep=1) == later[::-1]
    assert newest.exists()


def test_the_last_older_backup_that_is_still_sound_is_never_rotated_away(here: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    days = [NOW + timedelta(days=n) for n in range(4)]
    first, second, third, last = (made(here, backups.free_name(folder, name="book", now=day), now=day) for day in days)
    data = bytearray(third.read_bytes())
    data[-1] ^= 1
    third.write_bytes(data)
    assert backups.prune(last, name="book", identity=backups.identity(here) or "", keep=2) == [first]
    backups.verified(second)


def test_a_restore_sets_aside_under_the_next_name_where_another_took_the_one_it_meant(
    here: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = here.with_name("book.db.aside-20240102-000000")

    def alone_after_another(place: Path, wait: float) -> Any:
        before.write_bytes(b"of another restore in this second")
        return alone(place, wait)

    monkeypatch.setattr("relcli.store.restore.alone", alone_after_another)
    assert put_back(backup, here) == before.with_name(f"{before.name}-2")
    assert before.read_bytes() == b"of another restore in this second"


def test_two_backups_in_one_second_get_two_names(here: Path, tmp_path: Path) -> None:
    files = [made(here, backups.free_name(tmp_path, name="book", now=NOW)) for _ in range(3)]
    assert [f.name for f in files] == [f"book-20240102-000000{n}.db" for n in ("", "-2", "-3")]


def test_a_manifest_is_read_back_as_it_was_written(backup: Path) -> None:
    said = backups.read_manifest(backup)
    assert isinstance(said, Manifest)
    assert (said.id, said.book, said.created) == (backups.identity(backup), "book", MADE)
    assert said.contents() == "1 contact, 1 interaction, 2 batches"
    assert replace(said, counts={"batches": 1}).contents() == "1 batch"
    assert replace(said, counts={}).contents() == "nothing yet"
