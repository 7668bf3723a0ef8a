"""`relcli demo`: a book to look around in that touches nobody's own."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import tempfile

    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_it_ends_with_commands_that_work(relcli: Any) -> None:
    ran = relcli.ok("demo")
    commands = re.findall(r"^  relcli (.*)$", ran.err, re.MULTILINE)

    assert len(commands) == 5
    for command in commands:
        relcli.ok(command)


def test_it_leaves_the_users_own_book_alone(relcli: Any, temporary: Path) -> None:
    relcli.ok("demo")

    assert not Path(os.environ["RELCLI_BOOK"]).exists()
    [folder] = temporary.iterdir()
    assert [path.name for path in folder.iterdir()] == ["book.db"]
    assert (folder / "book.db").stat().st_mode & 0o777 == 0o600


def test_it_refuses_to_fill_a_book_that_exists(relcli: Any, tmp_path: Path) -> None:
    book = str(tmp_path / "own.db")
    relcli.ok("--book", book, "contact", "add", "Ana")
    ran = relcli("--book", book, "demo")

    assert ran.code == 73
    assert relcli.ok("--book", book, "contact", "list", "-f", "csv").out.count("\n") == 2


def test_the_same_day_gives_the_same_book(relcli: Any, tmp_path: Path) -> None:
    exports = []
    for name in ("one.db", "two.db"):
        book = str(tmp_path / name)
        relcli.ok("--book", book, "demo")
        exports.append([relcli.ok("--book", book, "export", noun).out for noun in ("contacts", "interactions", "transactions")])

    assert exports[0] == exports[1]


def test_it_shows_customers_and_suppliers_in_all_the_states_there_are(relcli: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(relcli.ok("demo", "--format", "csv").out)))

    assert len(rows) == 40
    assert {row["status"] for row in rows} >= {
        "at-risk", "cooling", "lapsed", "new", "unknown", "steady", "strong", "record", "closed",
    }  # fmt: skip
    assert {"customer", "supplier", "partner", "prospect"} <= {row["roles"] for row in rows}


@pytest.mark.parametrize("now", ["2026-11-21", "2027-02-28", "2028-02-29", "2030-07-15"])
def test_it_is_lively_on_any_day(now: str, relcli: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(relcli.ok("demo", "--format", "csv", "--now", now).out)))

    assert sum(row["status"] == "strong" for row in rows) >= 10
    assert sum(row["status"] in ("at-risk", "cooling") for row in rows) >= 4


def test_what_the_demo_asked_is_what_the_shipped_pulse_asks(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("demo", "--book", str(tmp_path / "demo.db"))
    relcli.ok("survey", "record", "pulse", "bright bakery", "--answer", "recommend=9", "--book", str(tmp_path / "demo.db"))
