"""The door of a book: what is not ours, damaged or newer is refused before anything else happens."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from relcli.store import gate


def pragma(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA {statement}")
    connection.commit()
    connection.close()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def foreign_tables(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (id INTEGER)")
    connection.commit()
    connection.close()


HARMS: dict[str, Callable[[Path], Any]] = {
    "a text file": lambda p: p.write_text("Dear diary, today Ana called.\n" * 50),
    "a json file": lambda p: p.write_text('{"contacts": []}'),
    "an empty file": lambda p: p.write_bytes(b""),
    "random bytes": lambda p: p.write_bytes(bytes(range(7, 256)) * 40),
    "a header and garbage": lambda p: p.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40),
    "a truncated book": truncated,
    "a book with a zeroed header": zeroed,
    "another program's database": lambda p: pragma(p, "application_id=1234"),
    "a database without a mark": foreign_tables,
    "version zero": lambda p: pragma(p, "user_version=0"),
    "a negative version": lambda p: pragma(p, "user_version=-3"),
}


@pytest.fixture
def path(empty_book: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "book.db"
    copy.write_bytes(empty_book.read_bytes())
    copy.chmod(0o600)
    return copy


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("command", ["contact list", "contact add Ana"])
def test_what_is_no_book_is_refused_and_left_as_it_is(relcli: Any, path: Path, harm: str, command: str) -> None:
    HARMS[harm](path)
    before = path.read_bytes()
    outcome = relcli(command)
    assert outcome.code == 76
    assert outcome.out == ""
    assert str(path) in outcome.err
    assert len(outcome.err.splitlines()) == 2
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir() if p.is_file()] == ["book.db"]


@pytest.mark.parametrize("ahead", [1, 100])
@pytest.mark.parametrize("command", ["contact list", "contact add Ana"])
def test_a_newer_book_is_refused_naming_both_versions(relcli: Any, path: Path, ahead: int, command: str) -> None:
    pragma(path, f"user_version={gate.SCHEMA + ahead}")
    outcome = relcli(command)
    assert outcome.code == 76
    assert f"its format is {gate.SCHEMA + ahead}, this program knows {gate.SCHEMA}" in outcome.err
    assert "pip install --upgrade relcli" in outcome.err


def test_a_folder_is_no_book(relcli: Any, path: Path) -> None:
    outcome = relcli("contact", "list", "--book", str(path.parent))
    assert outcome.code == 76
    assert "is a folder" in outcome.err


def test_a_missing_book_is_named_with_the_command_that_begins_one(relcli: Any, tmp_path: Path) -> None:
    outcome = relcli("contact list")
    assert outcome.code == 66
    assert str(tmp_path / "book.db") in outcome.err
    assert "relcli contact add" in outcome.err


def test_a_link_that_leads_nowhere_is_not_written_through(relcli: Any, tmp_path: Path) -> None:
    (tmp_path / "book.db").symlink_to(tmp_path / "elsewhere.db")
    assert relcli("contact add Ana").code == 66
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_path_with_odd_letters_is_a_path(relcli: Any, tmp_path: Path) -> None:
    odd = tmp_path / "a b?c#d%20é" / "bøøk.db"
    relcli.ok("contact", "add", "Ana", "--book", str(odd))
    assert "Ana" in relcli.ok("contact", "list", "--book", str(odd)).out
    assert [p.name for p in odd.parent.iterdir()] == ["bøøk.db"]


def test_a_busy_book_is_said_to_be_busy(relcli: Any, path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    outcome = relcli("contact add Ana --wait 0.1")
    assert "contact" not in relcli("contact list --format ids").err  # readers go on
    holder.close()
    assert outcome.code == 75
    assert "--wait 60" in outcome.err
