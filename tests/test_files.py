"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from relcli.errors import CannotCreate, Denied, OutputFailed
from relcli.files import clear_parts, copy_into, left_parts, new_part, put_in_place, replacing, sha256


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_file_takes_the_place_of_another_and_is_private_under_any_mask(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    target.chmod(0o644)
    mask = os.umask(0)
    try:
        with replacing(target, hint="") as part:
            assert stat.S_IMODE(part.stat().st_mode) == 0o600
            assert target.read_text() == "old"
            part.write_text("new")
    finally:
        os.umask(mask)
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode), names(tmp_path)) == ("new", 0o600, ["a.txt"])


def test_what_fails_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), replacing(target, hint="") as part:  # noqa: PT012  # what happens within is the point
        part.write_text("half")
        part.with_name(part.name + "-journal").write_text("SQLite's")
        raise KeyboardInterrupt
    assert (target.read_text(), names(tmp_path)) == ("old", ["a.txt"])


def test_a_full_disk_under_way_is_said_as_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(OutputFailed, match="No space"), replacing(tmp_path / "a", hint=""):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert names(tmp_path) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_fresh_file_never_takes_the_place_of_one_that_came_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(CannotCreate), replacing(tmp_path / "a", hint="", fresh=True) as part:  # noqa: PT012  # as above
        part.write_text("ours")
        (tmp_path / "a").write_text("theirs")
    assert ((tmp_path / "a").read_text(), names(tmp_path)) == ("theirs", ["a"])
    with replacing(tmp_path / "b", hint="", fresh=True) as part:
        part.write_text("ours")
    assert names(tmp_path) == ["a", "b"]


def test_a_place_that_cannot_be_written_to_is_said_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotCreate, match="cannot be made") as raised, replacing(tmp_path / "no" / "a", hint="go elsewhere"):
        pytest.fail("never reached")
    assert raised.value.hint == "go elsewhere"

    def read_only(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(Denied), replacing(tmp_path / "a", hint=""):
        pytest.fail("never reached")


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real = os.fsync

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        if done[-1] == "file":
            assert not (tmp_path / "a").exists()
        else:
            assert (tmp_path / "a").exists()
        real(handle)

    monkeypatch.setattr(os, "fsync", synced)
    (tmp_path / "part").write_text("x")
    put_in_place(tmp_path / "part", tmp_path / "a")
    assert done == ["file", "folder"]


def test_a_copy_is_known_by_the_digest_of_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(os.urandom(3 << 20))
    assert copy_into(tmp_path / "a", tmp_path / "b") == sha256(tmp_path / "b") == sha256(tmp_path / "a")


@pytest.fixture
def dead(tmp_path: Path) -> Path:
    """A part, with a log beside it, of a process that has ended."""
    code = "import sys; from pathlib import Path; from relcli.files import new_part; print(new_part(Path(sys.argv[1])))"
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.txt")], capture_output=True, text=True, check=True)
    part = Path(ran.stdout.strip())
    part.with_name(part.name + "-wal").touch()
    return part


def test_the_next_part_in_a_folder_takes_away_what_dead_processes_left(tmp_path: Path, dead: Path) -> None:
    assert len(left_parts(tmp_path)) == 2
    part = new_part(tmp_path / "another.db")
    assert names(tmp_path) == [part.name]


def test_parts_of_the_living_of_other_machines_and_of_other_programs_stay(tmp_path: Path, dead: Path) -> None:
    machine = dead.name.split(".")[-2].split("-")[0]
    mine = new_part(tmp_path / "b.txt")
    foreign = tmp_path / dead.name.replace(machine, "0" * 8)
    like_ours = [tmp_path / ".a.txt.part", tmp_path / f".a.{machine}-1-abc.part", tmp_path / f"a.{machine}-99999999-abcdef.part"]
    for path in (foreign, *like_ours):
        path.touch()
    clear_parts(tmp_path)
    assert names(tmp_path) == sorted(path.name for path in (mine, foreign, *like_ours))
    assert left_parts(tmp_path) == [foreign]


def test_a_number_that_no_process_can_have_is_nobody(tmp_path: Path, dead: Path) -> None:
    beyond = tmp_path / f".a.{dead.name.split('.')[-2].split('-')[0]}-9999999999-abcdef.part"
    beyond.touch()
    clear_parts(tmp_path)
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    clear_parts(tmp_path / "nowhere")
