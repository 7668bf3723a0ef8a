"""Backups and restores on bad days: no room, no right to write, killed under way."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.faults.test_faults import CALLS, POWERLESS, killing, moments, told

pytestmark = pytest.mark.faults


@pytest.fixture
def book(relcli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with two contacts in a folder of its own, and a backup of it from when there was one, elsewhere."""
    path = tmp_path / "folder" / "book.db"
    monkeypatch.setenv("RELCLI_BOOK", str(path))
    relcli.ok("contact add Ana")
    (tmp_path / "kept").mkdir()
    relcli.ok("book", "backup", str(tmp_path / "kept" / "one.db"))
    relcli.ok("contact add Bo")
    return path


def people(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in connection.execute("SELECT name FROM contact ORDER BY name")]


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_folder_that_may_not_be_written_to_takes_no_backup_and_no_restore(process: Any, book: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    book.parent.chmod(0o500)
    kept.chmod(0o500)
    try:
        for words in ("backup", f"backup {kept}", f"backup {kept}/two.db", f"restore {kept}/one.db --yes"):
            told(process.shell(f"{POWERLESS} relcli book {words}"), 77)
        checked = process.shell(f"{POWERLESS} relcli book check --format csv")
    finally:
        book.parent.chmod(0o700)
        kept.chmod(0o700)
    assert checked.code == 1  # no backup beside the book; that much can be said of a folder that is closed
    assert "there is no backup" in checked.out
    assert names(book.parent) == ["book.db"]
    assert names(kept) == ["one.db", "one.db.json"]
    assert people(book) == ["Ana", "Bo"]


def test_a_disk_that_fills_up_keeps_no_half_backup(process: Any, book: Path, tmp_path: Path) -> None:
    tiny = tmp_path / "tiny"
    tiny.mkdir()
    inside = f"""mount -t tmpfs -o size=100k t {tiny}; relcli book backup {tiny}/one.db; echo $?
relcli book backup {tiny}; echo $?; ls -A {tiny} | wc -l"""
    ran = process.shell('unshare -Urm bash -c "$INSIDE"', starts=3, env={"INSIDE": inside})
    assert ran.out == "74\n74\n0\n", ran.err
    assert "full" in ran.err or "No space" in ran.err
    assert "Traceback" not in ran.err


def test_a_disk_that_fills_up_while_restoring_leaves_the_book_as_it_was(process: Any, book: Path, tmp_path: Path) -> None:
    size = book.stat().st_size // 1024
    inside = f"""for room in {size + 60} {size * 2 + 60}; do
mount -t tmpfs -o size=${{room}}k t {book.parent}; cp /proc/self/fd/3 {book}; chmod 600 {book}
relcli book restore {tmp_path}/kept/one.db --yes; echo $?; ls -A {book.parent}; cp {book} {tmp_path}/after-$room.db; umount {book.parent}
done"""
    ran = process.shell(f'exec 3<{book}; unshare -Urm bash -c "$INSIDE"', starts=3, env={"INSIDE": inside})
    told_of = ran.out.split()
    assert told_of[:2] == ["74", "book.db"], ran.err
    assert "Traceback" not in ran.err
    for room in (size + 60, size * 2 + 60):
        assert people(tmp_path / f"after-{room}.db") == ["Ana", "Bo"]


def test_killed_at_any_moment_a_backup_is_whole_and_described_or_not_there(process: Any, book: Path, tmp_path: Path) -> None:
    traced = process.shell(f"strace -f -qq -y -o {tmp_path}/calls -e trace={CALLS} relcli book backup {tmp_path}/counted.db")
    assert traced.code == 0, traced.err
    killed = 0
    for n, (name, nth) in enumerate(moments(tmp_path / "calls", "counted", 12)):
        target = tmp_path / f"b{n}" / "one.db"
        target.parent.mkdir()
        ran = process.shell(f"{killing(name, nth)} relcli book backup {target}")
        killed += ran.code != 0
        if target.exists():
            assert people(target) == ["Ana", "Bo"]
        if (target.parent / "one.db.json").exists():
            assert process.shell(f"relcli book restore {target} --dry-run").code == 0
        else:
            assert ran.code != 0
        assert people(book) == ["Ana", "Bo"]
    assert killed > 5


@pytest.mark.parametrize("state", ["sound", "damaged"])
def test_killed_at_any_moment_a_restore_leaves_the_old_book_or_the_new(
    process: Any, book: Path, tmp_path: Path, state: str
) -> None:
    kept, here = tmp_path / "kept" / "one.db", tmp_path / "here"
    if state == "damaged":
        book.write_bytes(b"no book any more" * 4096)
    old = book.read_bytes()

    def fresh() -> Path:
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir(mode=0o700)
        (here / "book.db").write_bytes(old)
        return here / "book.db"

    command = f"relcli book restore {kept} --yes --book {here}/book.db"
    fresh()
    assert process.shell(f"strace -f -qq -y -o {tmp_path}/calls -e trace={CALLS} {command}").code == 0
    killed = 0
    for name, nth in moments(tmp_path / "calls", "/here/", 7):
        path = fresh()
        ran = process.shell(f"{killing(name, nth)} {command}")
        killed += ran.code != 0
        if path.read_bytes()[:7] == b"no book":
            assert path.read_bytes() == old
        else:
            assert people(path) in (["Ana"], ["Ana", "Bo"])
        again = process.shell(command)
        assert again.code == 0, again.err
        assert people(path) == ["Ana"]
        assert not [p for p in names(here) if p.endswith(("-wal", "-shm")) and "aside" not in p and not p.startswith(".")]
    assert killed > 3
