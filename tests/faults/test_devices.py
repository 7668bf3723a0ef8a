"""Devices that fail and disks that fill up under a command: it says so, nothing is lost, and nothing half lies about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.faults.acts import ACTS
from tests.faults.forks import Forks, Ran, forks
from tests.faults.sweep import Sweep, copied, held, prepared, violations

pytestmark = pytest.mark.faults
SYNCED = [
    "log-interaction", "contact merge", "contact forget", "book backup", "book backup FILE", "book restore",
    "book restore, damaged", "migration",
]  # fmt: skip
FILLED = ["log-interaction", "contact merge", "contact forget", "book backup", "book restore", "migration"]
SAMPLE = 8


@pytest.fixture(scope="module")
def loaded() -> Iterator[Forks]:
    """The process whose children meet the faults."""
    with forks() as started:
        yield started


def disturbed(this: Sweep, here: Path, call: str, fault: str) -> Ran:
    """One run with a fault in it, looked at: how it ended, and what is there at once, before any rerun."""
    inject = ("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{fault}")
    ran = this.run(here, *this.act.words, strace=inject)
    parts = [path.name for path in here.rglob(".*")]
    assert parts == [], fault
    done = ran.code == 0 or this.act.said in ran.err  # forgetting says what it did, and then what it could not do
    if ran.code != 0:
        assert ran.code == 74, ran
        said = [line for line in ran.err.splitlines() if "is brought up to" not in line][done:]
        assert said[0].startswith("relcli: "), ran.err
        assert len(said) <= 2, ran.err
    assert list(violations(this, here, acknowledged=done)) == [], (call, fault, ran)
    return ran


@pytest.mark.parametrize("name", SYNCED)
def test_what_a_device_fails_to_bring_to_the_disk_is_not_acknowledged(name: str, loaded: Forks, tmp_path: Path) -> None:
    this, points = prepared(name, ACTS[name], loaded, tmp_path)
    syncs = [(call, number) for call, number in points if call in ("fsync", "fdatasync")]
    assert len(syncs) > 2
    codes = []
    for n, (call, number) in enumerate(syncs):
        here = copied(this.origin, tmp_path / f"here-{n}")
        codes.append(disturbed(this, here, call, f"error=EIO:when={number}").code)
    assert 74 in codes


@pytest.mark.parametrize("name", FILLED)
def test_a_disk_that_is_full_from_any_moment_on_takes_nothing_with_it(name: str, loaded: Forks, tmp_path: Path) -> None:
    this, points = prepared(name, ACTS[name], loaded, tmp_path)
    writes = [number for call, number in points if call == "pwrite64"]
    codes = []
    for number in writes[:: max(1, len(writes) // SAMPLE)]:
        here = copied(this.origin, tmp_path / f"here-{number}")
        ran = disturbed(this, here, "pwrite64", f"error=ENOSPC:when={number}+")
        codes.append(ran.code)
        assert ran.code == 0 or "full" in ran.err or "no room" in ran.err or "No space" in ran.err, ran.err
    assert 74 in codes


# --- disks and limits that are real -----------------------------------------------------------------------------------


@pytest.fixture
def large(relcli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of some size: two contacts with many touches, one with few, and a backup of it elsewhere."""
    path = tmp_path / "folder" / "book.db"
    monkeypatch.setenv("RELCLI_BOOK", str(path))
    for who in ("Ana Ruiz", "Ana R.", "Bo"):
        relcli.ok("contact", "add", who)
    rows = [f"2026-01-{n % 28 + 1:02},{'Bo' if n % 8 else 'Ana R.'},meeting,{n} {'x' * 600}" for n in range(2000)]
    (tmp_path / "touches.csv").write_text("at,contact,channel,summary\n" + "\n".join(rows) + "\n")
    relcli.ok("import", "interactions", str(tmp_path / "touches.csv"))
    relcli.ok("log", "Ana Ruiz", "a needle", "-c", "meeting")
    (tmp_path / "kept").mkdir()
    relcli.ok("book", "backup", str(tmp_path / "kept" / "one.db"))
    return path


def on_a_small_disk(process: Any, book: Path, spare: int, line: str, then: str = "true", *, starts: int = 1) -> Any:
    """Run `line` where beside the book `spare` KiB are free, `then` where there is room; the book is kept as after-*.db."""
    kept = book.parent.parent
    inside = f"""mount -t tmpfs -o size={book.stat().st_size // 1024 + spare}k t {book.parent}
cp /proc/self/fd/3 {book}; chmod 600 {book}
{line}; echo "code $?"; ls -A {book.parent}; cp {book} {kept}/after-full.db
mount -o remount,size=64m t {book.parent}; {then}; echo "code $?"; ls -A {book.parent}; cp {book} {kept}/after-room.db"""
    return process.shell(f'exec 3<{book}; unshare -Urm bash -c "$INSIDE"', starts=starts, env={"INSIDE": inside})


def of(path: Path, sql: str) -> Any:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute(sql).fetchone()[0]


@pytest.mark.parametrize("line", ["contact merge 'Ana Ruiz' 'Ana R.' --yes", "contact forget 'Ana R.' --yes"])
def test_a_full_disk_takes_back_the_whole_of_what_did_not_fit(process: Any, large: Path, line: str) -> None:
    before, after = held(large), large.parent.parent
    ran = on_a_small_disk(process, large, 100, f"relcli {line} >/dev/null", f"relcli {line} >/dev/null", starts=2)
    assert ran.out == "code 74\nbook.db\ncode 0\nbook.db\n", ran.err
    assert ran.err.startswith(f"relcli: the disk with {large} is full\n        nothing was written; make room and try again\n")
    assert "Traceback" not in ran.err
    assert held(after / "after-full.db") == before
    assert of(after / "after-room.db", "SELECT count(*) FROM contact") == 2
    assert before != held(after / "after-room.db")


def test_a_forgotten_contact_is_gone_where_there_is_no_room_to_write_the_book_anew(process: Any, large: Path) -> None:
    code = of(large, "SELECT code FROM contact WHERE name = 'Ana Ruiz'")
    ran = on_a_small_disk(
        process, large, 400, "relcli contact forget 'Ana Ruiz' --yes", f"relcli contact forget {code} --yes", starts=2
    )
    first, second = ran.out.split("code 74\nbook.db\n")
    assert "not proven: the disk has no room to write the book anew" in first
    assert "cleared away" in second
    assert second.endswith("code 0\nbook.db\n")
    assert ran.err.splitlines()[:3] == [
        "forgot one contact (batch 6)",
        "relcli: the contact is forgotten, but the disk has no room to write the book anew: traces may linger in its file",
        "        make room for another copy of the book, then say the same again with the contact's id",
    ]
    for name in ("after-full.db", "after-room.db"):
        path = large.parent.parent / name
        assert of(path, "SELECT count(*) FROM contact WHERE name LIKE 'Ana Ruiz'") == 0
        assert of(path, "SELECT count(*) FROM interaction") == 2000
        assert b"Ana Ruiz" not in path.read_bytes()


def test_a_full_disk_leaves_the_book_that_was_to_be_replaced(process: Any, large: Path) -> None:
    before, kept = held(large), large.parent.parent / "kept" / "one.db"
    size = large.stat().st_size // 1024
    for spare in (100, size + 100, 2 * size + 100):  # no room for the copy, for what is set aside, for the log
        line = f"relcli book restore {kept} --yes"
        ran = on_a_small_disk(process, large, spare, line, line, starts=2)
        first, second = ran.out.split("code ")[1:]
        assert first.startswith("74\n"), ran.err
        assert second.startswith("0\n"), ran.err
        assert "full" in ran.err or "No space" in ran.err
        assert not [name for name in ran.out.split() if name.startswith(".")]
        assert held(large.parent.parent / "after-full.db") == before
        assert held(large.parent.parent / "after-room.db") == held(kept)


@pytest.mark.parametrize(
    "line",
    [
        "import interactions {place}/more.csv",
        "contact merge 'Ana Ruiz' 'Ana R.' --yes",
        "contact forget 'Ana R.' --yes",
        "book backup",
        "book backup {place}/two.db",
        "book restore {place}/kept/one.db --yes",
    ],
)
def test_a_limit_on_the_size_of_files_is_said_and_takes_nothing(process: Any, large: Path, line: str) -> None:
    place, before = large.parent.parent, held(large)
    (place / "more.csv").write_text((place / "touches.csv").read_text().replace("meeting", "visit"))
    ran = process.shell(f"ulimit -f 64; relcli {line.format(place=place)}")
    assert (ran.code, ran.out) == (74, ""), ran
    assert ran.err.startswith("relcli: ")
    assert len(ran.err.splitlines()) <= 2
    assert "File too large" in ran.err or "SQLITE_IOERR_WRITE" in ran.err
    assert held(large) == before
    assert [path.name for path in place.rglob("*") if path.name.startswith((".", "two", "book-"))] == []
    again = process.shell(f"relcli {line.format(place=place)}")
    assert again.code == 0, again.err


FULL = """mount -t tmpfs -o size=1m t {folder}; cp /proc/self/fd/3 {book}; chmod 600 {book}
dd if=/dev/zero of={folder}/filler bs=1k 2>/dev/null
for line in "contact list -f ids" agenda "book backup {kept}/saved.db" "log ana x -c email --in" "book check"; do
relcli $line >/dev/null 2>>{kept}/said; echo "$line: $?"; done"""


def test_on_a_full_disk_a_book_is_read_checked_and_rescued_to_another(
    process: Any, relcli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "folder" / "book.db"
    monkeypatch.setenv("RELCLI_BOOK", str(book))
    relcli.ok("contact", "add", "Ana Ruiz")
    (tmp_path / "kept").mkdir()
    inside = FULL.format(folder=book.parent, book=book, kept=tmp_path / "kept")
    ran = process.shell(f'exec 3<{book}; unshare -Urm bash -c "$INSIDE"', starts=5, env={"INSIDE": inside})
    assert [line.rsplit(": ", 1)[1] for line in ran.out.splitlines()] == ["0", "0", "0", "74", "1"], ran.out + ran.err
    said = (tmp_path / "kept" / "said").read_text()
    assert f"the disk with {book} is full" in said
    assert "SHM" not in said
    assert of(tmp_path / "kept" / "saved.db", "SELECT count(*) FROM contact") == 1
