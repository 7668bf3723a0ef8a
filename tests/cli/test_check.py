"""`book check`: silent where all is well, 1 and what to do where not."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def demo(relcli: Any, tmp_path: Path) -> Path:
    """The demo book with a backup of today."""
    path = tmp_path / "book.db"
    relcli.ok("--book", str(path), "demo")
    relcli.ok("book backup")
    return path


def plant(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints=ON")
        assert raw.execute(statement).rowcount > 0


def problems(ran: Any) -> list[dict[str, str]]:
    return [f for f in json.loads(ran.out)["findings"] if f["level"] == "problem"]


@pytest.mark.parametrize("deep", [(), ("--deep",)])
def test_the_demo_book_has_nothing_to_mend(relcli: Any, demo: Path, deep: tuple[str, ...]) -> None:
    ran = relcli("book", "check", *deep)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("nothing to mend\n")
    assert problems(relcli.ok("book", "check", *deep, "--format", "json")) == []


def test_a_check_changes_nothing(relcli: Any, demo: Path) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in demo.parent.rglob("*.db*")}
    relcli.ok("book check --deep")
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in demo.parent.rglob("*.db*")} == before


def test_a_problem_ends_with_one_and_says_what_to_do(relcli: Any, demo: Path) -> None:
    plant(demo, "UPDATE interaction SET minutes = 'a while' WHERE id = 7")
    ran = relcli("book check --format json")
    assert ran.code == 1
    [finding] = problems(ran)
    assert finding["check"] == "constraints"
    assert "interaction 7" in finding["finding"]
    assert finding["advice"]
    assert json.loads(ran.err)["error"]["kind"] == "check-failed"
    text = relcli("book check")
    assert text.code == 1
    assert "1 thing needs mending" in text.err
    assert "nothing to mend" not in text.out


def test_problems_stand_before_notes_and_columns_are_public(relcli: Any, demo: Path) -> None:
    plant(demo, "UPDATE interaction SET minutes = 'a while' WHERE id = 7")
    demo.with_name("book.db.before-0002").touch(0o600)
    for chosen, mark in (("csv", ","), ("tsv", "\t")):
        ran = relcli("book", "check", "--format", chosen)
        lines = [line.split(mark) for line in ran.out.splitlines()]
        assert lines[0] == ["check", "level", "finding", "advice"]
        levels = [line[1] for line in lines[1:]]
        assert levels == sorted(levels, reverse=True)
        assert {"problem", "note"} == set(levels)
    rows = [json.loads(line) for line in relcli("book check --format jsonl").out.splitlines()]
    assert list(rows[0]) == ["check", "level", "finding", "advice"]
    assert relcli("book check --format ids").code == 2


def test_without_a_backup_a_book_is_not_in_order(relcli: Any, two: None) -> None:
    [finding] = problems(relcli("book check --format json"))
    assert finding["check"] == "backup"
    assert finding["advice"] == "relcli book backup"
    relcli.ok("book backup")
    relcli.ok("book check")
    old = relcli("book check --now 2026-12-01")
    assert old.code == 1
    assert "days old" in old.out


def test_a_new_empty_book_is_in_order(relcli: Any) -> None:
    relcli.ok("book init")
    relcli.ok("book check")


def test_quiet_prints_only_what_there_is_to_say(relcli: Any, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relcli.store.checks.library", lambda _: (3, 53, 0))
    assert relcli.ok("book check --quiet").out == ""
    demo.chmod(0o644)
    ran = relcli("book check --quiet")
    assert ran.code == 1
    assert "chmod 600" in ran.out


def test_a_book_on_a_file_that_is_missing_ends_with_66(relcli: Any) -> None:
    assert relcli("book check").code == 66


def test_backups_that_lie_elsewhere_are_looked_at_where_they_are_said_to_be(relcli: Any, two: None, tmp_path: Path) -> None:
    away = tmp_path / "away"
    ran = relcli("book", "check", "--backups", str(away))
    assert ran.code == 66
    assert "no folder" in ran.err
    away.mkdir(mode=0o700)
    [finding] = problems(relcli("book", "check", "--backups", str(away), "--format", "json"))
    assert finding["advice"] == f"relcli book backup {away}"
    relcli.ok("book", "backup", str(away))
    relcli.ok("book", "check", "--deep", "--backups", str(away))
    assert relcli("book check").code == 1  # beside the book there is still none
