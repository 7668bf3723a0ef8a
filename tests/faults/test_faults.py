"""Faults made on purpose: media that cannot be written, disks that are full, processes that are killed, devices that fail.

After each of them the book is sound, holds what was acknowledged, and nothing lies about.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.faults
POWERLESS = "setpriv --bounding-set=-all --inh-caps=-all" if os.getuid() == 0 else ""
SYNC = "fdatasync,fsync"
CALLS = "pwrite64,write,fdatasync,fsync,ftruncate,unlink,rename,link,openat"


@pytest.fixture(autouse=True, scope="module")
def _tools() -> None:
    missing = [tool for tool in ("strace", "unshare", "setpriv", "mount") if shutil.which(tool) is None]
    assert not missing, f"missing: {', '.join(missing)} (apt-get install strace util-linux)"


@pytest.fixture
def book(relcli: Any, place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book in a folder of its own, with one contact."""
    path = place / "folder" / "book.db"
    monkeypatch.setenv("RELCLI_BOOK", str(path))
    relcli.ok("contact add Ana")
    return path


def sound(path: Path) -> list[str]:
    """The summaries of a book that is whole; nothing but the book is left in its folder."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    rows = connection.execute(
        "SELECT summary, (SELECT rows FROM batch WHERE id = batch_id) FROM interaction ORDER BY id"
    ).fetchall()
    apart = connection.execute("SELECT count(*) FROM interaction_contact").fetchone()[0]
    connection.close()
    assert apart == len(rows)
    assert {row[1] for row in rows} <= {2}
    assert path.stat().st_mode & 0o777 == 0o600
    return [row[0] for row in rows]


def told(ran: Any, code: int) -> None:
    assert ran.code == code, ran.err
    assert 1 <= len(ran.err.splitlines()) <= 2
    assert ran.err.startswith("relcli: ")
    assert ran.out == ""


def log(text: str) -> str:
    return f"relcli log ana '{text}' -c phone --in"


@pytest.mark.parametrize(("file", "folder"), [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)])
def test_where_nothing_may_be_written_reads_work_and_writes_are_refused(process: Any, book: Path, file: int, folder: int) -> None:
    before = book.read_bytes()
    book.chmod(file)
    book.parent.chmod(folder)
    try:
        listed = process.shell(f"{POWERLESS} relcli contact list --format csv")
        refused = process.shell(f"{POWERLESS} {log('x')}")
        made = process.shell(f"{POWERLESS} relcli contact add Bo --book {book.parent}/new.db")
        put = process.shell(f"{POWERLESS} relcli contact list -o {book.parent}/list.csv")
    finally:
        book.parent.chmod(0o700)
        book.chmod(0o600)
    assert (listed.code, listed.err) == (0, "")
    assert "Ana" in listed.out
    told(refused, 77)
    if folder == 0o500:
        told(made, 77)
        told(put, 77)
    assert book.read_bytes() == before
    assert {p.name for p in book.parent.iterdir()} <= {"book.db", "new.db", "list.csv"}


def test_a_folder_that_may_not_be_entered_is_said_so(process: Any, book: Path) -> None:
    book.parent.chmod(0)
    try:
        ran = process.shell(f"{POWERLESS} relcli contact list")
    finally:
        book.parent.chmod(0o700)
    told(ran, 77)


def test_a_read_only_mount_can_be_read_and_not_written(process: Any, book: Path) -> None:
    inside = f"mount -t tmpfs -o size=4m t {book.parent} && cp /proc/self/fd/3 {book} && chmod 600 {book} && mount -o remount,ro t {book.parent} && relcli contact list; {log('x')}; echo $?"
    ran = process.shell(f'exec 3<{book}; unshare -Urm bash -c "$INSIDE"', starts=2, env={"INSIDE": inside})
    assert "Ana" in ran.out, ran.err
    assert ran.out.splitlines()[-1] == "77"


def test_a_full_disk_leaves_the_book_as_it_was(process: Any, book: Path, place: Path) -> None:
    long = "x" * 120_000
    inside = f"""mount -t tmpfs -o size=320k t {book.parent} && cp /proc/self/fd/3 {book} && chmod 600 {book}
for n in 1 2 3 4 5 6 7 8; do relcli log ana "$n {long}" -c phone --in || break; done
cp {book} {place}/after.db; ls -A {book.parent} >&2"""
    ran = process.shell(f'exec 3<{book}; unshare -Urm bash -c "$INSIDE"', starts=8, env={"INSIDE": inside})
    assert "the disk with" in ran.err, ran.err
    assert "is full" in ran.err
    assert "Traceback" not in ran.err
    assert ran.err.splitlines()[-1] == "book.db"
    (place / "after.db").chmod(0o600)
    kept = [text[0] for text in sound(place / "after.db")]
    assert kept == [str(n + 1) for n in range(ran.err.count("logged"))]


def test_an_answer_that_does_not_fit_on_the_disk_is_not_half_there(process: Any, book: Path, place: Path) -> None:
    (place / "tiny").mkdir()
    inside = f"mount -t tmpfs -o size=16k t {place}/tiny && relcli --book {book} contact list --format csv -o {place}/tiny/list.csv; echo $?; ls -A {place}/tiny"
    with sqlite3.connect(book) as connection:
        connection.execute("UPDATE contact SET note = ?", ("x" * 100_000,))
    connection.close()
    ran = process.shell('unshare -Urm bash -c "$INSIDE"', env={"INSIDE": inside})
    assert ran.out == "74\n"
    assert "No space left" in ran.err


@pytest.mark.parametrize("which", [1, 2, 3])
def test_a_device_that_fails_to_sync_is_not_acknowledged(process: Any, book: Path, which: int) -> None:
    line = f"strace -f -qq -o /dev/null -e trace={SYNC} -e inject={SYNC}:error=EIO:when={which} {log('x')}"
    ran = process.shell(line)
    if ran.code == 0:
        assert which > 1  # the first is the log's, before anything is acknowledged
        assert sound(book) == ["x"]
    else:
        told(ran, 74)
        assert sound(book) in ([], ["x"])
    assert (process.shell(log("again"))).code == 0
    assert sound(book)[-1] == "again"


def moments(trace: Path, named: str, count: int) -> list[tuple[str, int]]:
    """Some of the calls from the first on that touches `named`: their names, and the how manieth of that name each is."""
    seen: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    for line in trace.read_text().splitlines():
        name = line.split(maxsplit=1)[1].partition("(")[0]
        seen[name] += 1
        if found or named in line:
            found.append((name, seen[name]))
    return found[:: max(1, len(found) // count)]


def killing(name: str, nth: int) -> str:
    return f"strace -f -qq -o /dev/null -e trace={name} -e inject={name}:signal=SIGKILL:when={nth}"


def test_killed_at_any_moment_a_write_is_wholly_there_or_not_at_all(process: Any, book: Path, place: Path) -> None:
    traced = process.shell(f"strace -f -qq -y -o {place}/calls -e trace={CALLS} {log('counted')}")
    assert traced.code == 0
    assert sound(book) == ["counted"]
    stored, killed = ["counted"], 0
    for name, nth in moments(place / "calls", "book.db", 16):
        ran = process.shell(f"{killing(name, nth)} {log(f'at {name} {nth}')}")
        assert ran.code in {0, 137, -9}, ran.err
        killed += ran.code != 0
        found = sound(book)
        assert found in (stored, [*stored, f"at {name} {nth}"])
        if "logged" in ran.err:
            assert found[-1] == f"at {name} {nth}"
        stored = found
    assert killed > 5
    assert 1 < len(stored) < killed
    assert process.shell(log("after")).code == 0
    assert sound(book) == [*stored, "after"]
    assert [p.name for p in book.parent.iterdir()] == ["book.db"]


def test_killed_while_a_first_book_is_made_there_is_a_whole_book_or_none(process: Any, place: Path) -> None:
    traced = process.shell(
        f"strace -f -qq -y -o {place}/calls -e trace={CALLS} relcli contact add Ana --book {place}/counted/book.db"
    )
    assert traced.code == 0
    for name, nth in moments(place / "calls", "counted", 10):
        path = place / f"{name}-{nth}" / "book.db"
        process.shell(f"{killing(name, nth)} relcli contact add Ana --book {path}")
        if path.exists():
            assert sound(path) == []
        again = process.shell(f"relcli contact add Bo --book {path}")
        assert again.code == 0, again.err


def test_a_file_is_on_the_disk_before_it_takes_its_name(process: Any, book: Path, place: Path) -> None:
    ran = process.shell(f"strace -f -qq -y -o {place}/calls -e trace=fsync,rename relcli contact list -o {place}/list.csv")
    assert ran.code == 0
    calls = [line.split(maxsplit=1)[1] for line in (place / "calls").read_text().splitlines() if str(place) in line]
    kinds = [call.split("(")[0] for call in calls]
    assert kinds == ["fsync", "rename", "fsync"]
    assert ".part" in calls[0]


def test_the_tools_do_what_these_tests_need() -> None:
    ran = subprocess.run(["unshare", "-Urm", "true"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
