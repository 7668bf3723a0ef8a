"""`book backup` and `book restore`: what they say, what they ask, how they end."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def book(relcli: Any, tmp_path: Path, two: None) -> Path:
    return tmp_path / "book.db"


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def people(relcli: Any) -> list[str]:
    return sorted(line.split(",")[2] for line in relcli.ok("contact list --format csv").out.splitlines()[1:])


def test_a_backup_goes_beside_the_book_and_says_where_and_what(relcli: Any, book: Path, tmp_path: Path) -> None:
    ran = relcli.ok("book backup")
    path = tmp_path / "backups" / "book-20261121-100000.db"
    assert ran.out == ""
    assert (
        ran.err
        == f'backed up to {path}: 2 contacts, 2 batches, {path.stat().st_size // 1024} KiB\nTo restore it: relcli book restore "{path}"\n'
    )
    assert files(path.parent) == [path.name, f"{path.name}.json"]


def test_the_manifest_is_printed_for_programs(relcli: Any, book: Path, tmp_path: Path) -> None:
    ran = relcli.ok("book", "backup", str(tmp_path / "one.db"), "--format", "json")
    assert ran.out == (tmp_path / "one.db.json").read_text()
    assert json.loads(ran.out)["counts"]["contacts"] == 2


def test_quiet_says_nothing(relcli: Any, book: Path, tmp_path: Path) -> None:
    ran = relcli.ok("book backup --quiet")
    assert (ran.out, ran.err) == ("", "")
    ran = relcli.ok("book", "restore", str(next((tmp_path / "backups").glob("*.db"))), "--yes", "--quiet")
    assert (ran.out, ran.err) == ("", "")


def test_all_that_is_made_is_private_under_any_mask(relcli: Any, book: Path, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    mask = os.umask(0)
    try:
        relcli.ok("book backup")
        relcli.ok("book", "backup", str(tmp_path / "usb" / "one.db"))
        relcli.ok("book", "restore", str(tmp_path / "usb" / "one.db"), "--yes")
        relcli.ok("book", "restore", str(tmp_path / "usb" / "one.db"), "--yes", "--book", str(tmp_path / "far" / "new.db"))
    finally:
        os.umask(mask)
    made = [
        *(tmp_path / "backups").iterdir(),
        *(tmp_path / "usb").iterdir(),
        *tmp_path.glob("*.db*"),
        tmp_path / "far" / "new.db",
    ]
    assert len(made) == 7
    assert {stat.S_IMODE(p.stat().st_mode) for p in made} == {0o600}
    assert {stat.S_IMODE((tmp_path / n).stat().st_mode) for n in ("backups", "far")} == {0o700}


def test_a_file_that_is_there_stays_unless_yes_is_said(relcli: Any, book: Path, tmp_path: Path) -> None:
    target = tmp_path / "one.db"
    target.write_text("somebody's")
    ran = relcli("book", "backup", str(target))
    assert ran.code == 73
    assert "--yes" in ran.err
    assert target.read_text() == "somebody's"
    relcli.ok("book", "backup", str(target), "--yes")
    relcli.ok("book", "restore", str(target), "--dry-run")


def test_a_folder_takes_a_name_of_ours(relcli: Any, book: Path, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    for _ in range(3):
        relcli.ok("book", "backup", str(tmp_path / "usb"), "--keep", "2")
    stem = "book-20261121-100000"
    assert files(tmp_path / "usb") == sorted(f"{stem}-{n}.db{j}" for n in (2, 3) for j in ("", ".json"))


def test_keep_removes_the_oldest_and_says_so(relcli: Any, book: Path, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        ran = relcli.ok("book", "backup", "--keep", "2", "--now", f"2026-12-0{day}T10:00:00+00:00")
    assert "removed the older backup" in ran.err
    assert [n for n in files(tmp_path / "backups") if n.endswith(".db")] == [
        "book-20261202-100000.db",
        "book-20261203-100000.db",
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("book", "backup", "{tmp}/one.db", "--keep", "2"), 2),
        (("book", "backup", "--keep", "0"), 2),
        (("book", "backup", "{tmp}/book.db"), 2),
        (("book", "backup", "{tmp}/book.db", "--yes"), 2),
        (("book", "backup", "{tmp}/nowhere/one.db"), 73),
        (("book", "backup", "--format", "csv"), 2),
        (("book", "backup", "--book", "{tmp}/none.db"), 66),
        (("book", "restore", "{tmp}/book.db", "--yes"), 2),
        (("book", "restore", "{tmp}/none.db", "--yes"), 66),
        (("book", "restore", "{tmp}", "--yes"), 66),
    ],
)
def test_what_cannot_be_meant_or_found_is_refused(
    relcli: Any, book: Path, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    before = book.read_bytes()
    ran = relcli(*(word.format(tmp=tmp_path) for word in words))
    assert ran.code == code
    assert ran.err.startswith("relcli: ")
    assert (book.read_bytes(), files(tmp_path)) == (before, ["book.db"])


@pytest.mark.parametrize(("words", "tool"), [(("backup",), "pg_dump"), (("restore", "x.dump"), "pg_restore")])
def test_a_book_on_a_server_is_left_to_its_own_tools(
    relcli: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], tool: str
) -> None:
    ran = relcli("--book", "postgresql://u:secret@127.0.0.1:1/none", "book", *words)
    assert ran.code == 2
    assert tool in ran.err
    assert "secret" not in ran.err


def test_dry_runs_change_nothing(relcli: Any, book: Path, tmp_path: Path) -> None:
    ran = relcli.ok("book backup --dry-run")
    assert "would back up to" in ran.err
    assert files(tmp_path) == ["book.db"]
    relcli.ok("book", "backup", str(tmp_path / "one.db"))
    before = book.read_bytes()
    ran = relcli.ok("book", "restore", str(tmp_path / "one.db"), "--dry-run")
    assert "would restore" in ran.err
    assert (book.read_bytes(), files(tmp_path)) == (before, ["book.db", "one.db", "one.db.json"])


def test_a_restore_says_what_it_would_do_and_does_nothing_without_a_yes(relcli: Any, book: Path, tmp_path: Path) -> None:
    relcli.ok("book", "backup", str(tmp_path / "one.db"))
    relcli.ok("contact add Cleo")
    ran = relcli("book", "restore", str(tmp_path / "one.db"))
    assert ran.code == 5
    assert "made 2026-11-21 10:00 UTC" in ran.err
    assert "2 contacts" in ran.err
    assert "--yes" in ran.err
    assert people(relcli) == ["Ana", "Bo", "Cleo"]


@pytest.mark.parametrize(("sure", "code"), [(True, 0), (False, 5)])
def test_it_asks_after_the_proof_and_says_that_there_is_no_way_back(
    relcli: Any, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sure: bool, code: int
) -> None:
    asked: list[str] = []

    def answer(_: Any, question: str) -> bool:
        asked.append(question)
        return sure

    monkeypatch.setattr("relcli.cli.backups.confirmed", answer)
    relcli.ok("book", "backup", str(tmp_path / "one.db"))
    (tmp_path / "bad.db").write_bytes((tmp_path / "one.db").read_bytes()[:-1])
    (tmp_path / "bad.db.json").write_bytes((tmp_path / "one.db.json").read_bytes())
    assert relcli("book", "restore", str(tmp_path / "bad.db")).code == 76
    assert asked == []
    relcli.ok("contact add Cleo")
    assert relcli("book", "restore", str(tmp_path / "one.db")).code == code
    [question] = asked
    for words in ("made 2026-11-21 10:00 UTC", "2 contacts", "cannot be undone", "set aside", str(book)):
        assert words in question
    assert people(relcli) == (["Ana", "Bo"] if sure else ["Ana", "Bo", "Cleo"])


def test_a_restore_says_where_the_book_before_went_and_that_one_can_be_had_back(relcli: Any, book: Path, tmp_path: Path) -> None:
    relcli.ok("book", "backup", str(tmp_path / "one.db"))
    relcli.ok("contact add Cleo")
    ran = relcli.ok("book", "restore", str(tmp_path / "one.db"), "--yes", "--format", "json")
    aside = tmp_path / "book.db.aside-20261121-100000"
    assert f"the book before it: {aside}" in ran.err
    assert json.loads(ran.out)["aside"] == str(aside)
    assert people(relcli) == ["Ana", "Bo"]
    refused = relcli("book", "restore", str(aside), "--yes")
    assert refused.code == 65
    assert "--unverified" in refused.err
    relcli.ok("book", "restore", str(aside), "--yes", "--unverified")
    assert people(relcli) == ["Ana", "Bo", "Cleo"]


def test_a_folder_stands_for_the_newest_backup_of_this_book_in_it(relcli: Any, book: Path, tmp_path: Path) -> None:
    relcli.ok("book backup --now 2026-11-20T10:00:00+00:00")
    relcli.ok("contact add Cleo")
    relcli.ok("book backup")
    relcli.ok("book", "init", "--book", str(tmp_path / "other.db"))
    relcli.ok("book", "backup", str(tmp_path / "backups"), "--book", str(tmp_path / "other.db"), "--now", "2026-12-24")
    relcli.ok("contact add Dan")
    ran = relcli("book", "restore", str(tmp_path / "backups"))
    assert "book-20261121-100000.db was not restored" in ran.err
    book.write_bytes(b"damaged")
    relcli.ok("book", "restore", str(tmp_path / "backups"), "--yes")
    assert people(relcli) == ["Ana", "Bo", "Cleo"]


def test_without_a_file_the_newest_backup_of_this_book_is_taken_from_wherever_one_stands(
    relcli: Any, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = relcli("book restore")
    assert (missing.code, str(tmp_path / "backups") in missing.err) == (66, True)
    relcli.ok("book backup --now 2026-11-20T10:00:00+00:00")
    relcli.ok("contact add Cleo")
    relcli.ok("book backup")
    relcli.ok("contact add Dan")
    monkeypatch.chdir("/")
    assert "book-20261121-100000.db was not restored" in relcli("book restore").err
    assert "restored the backup book-20261121-100000.db of 2026-11-21 10:00 UTC" in relcli.ok("book restore --yes").err
    assert people(relcli) == ["Ana", "Bo", "Cleo"]
    nowhere = relcli("book restore backups")
    assert (nowhere.code, str(tmp_path / "backups") in nowhere.err) == (66, True)
    [line] = [line for line in relcli.ok("book backup --now 2026-11-22").err.splitlines() if line.startswith("To restore it: ")]
    relcli.ok(line.removeprefix("To restore it: relcli ") + " --yes")


def test_one_flipped_bit_stops_a_restore(relcli: Any, book: Path, tmp_path: Path) -> None:
    target = tmp_path / "one.db"
    relcli.ok("book", "backup", str(target))
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 4
    target.write_bytes(data)
    before = book.read_bytes()
    ran = relcli("book", "restore", str(target), "--yes")
    assert ran.code == 76
    assert "not what its manifest describes" in ran.err
    assert book.read_bytes() == before


def test_a_busy_book_is_not_restored_and_says_so(relcli: Any, book: Path, tmp_path: Path) -> None:
    relcli.ok("book", "backup", str(tmp_path / "one.db"))
    with closing(sqlite3.connect(book, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        ran = relcli("book", "restore", str(tmp_path / "one.db"), "--yes", "--wait", "0.2")
        during = relcli("book", "backup", "--wait", "0.2")
    assert ran.code == 75
    assert "busy" in ran.err
    assert during.code == 0
    assert [n for n in files(tmp_path) if n.startswith(".") or "aside" in n] == []


def test_a_damaged_book_is_replaced(relcli: Any, book: Path, tmp_path: Path) -> None:
    relcli.ok("book", "backup", str(tmp_path / "one.db"))
    book.write_bytes(b"not any more" * 1000)
    assert relcli("contact list").code == 76
    relcli.ok("book", "restore", str(tmp_path / "one.db"), "--yes")
    assert people(relcli) == ["Ana", "Bo"]
    assert (tmp_path / "book.db.aside-20261121-100000").read_bytes() == b"not any more" * 1000


# --- whose a backup is -------------------------------------------------------------------------------------------------


@pytest.fixture
def stick(relcli: Any, book: Path, tmp_path: Path) -> Path:
    """One folder with backups of two books of the same file name, the other's made last and holding more batches."""
    stick, other = tmp_path / "stick", tmp_path / "other" / "book.db"
    stick.mkdir()
    relcli.ok("book", "backup", str(stick))
    for name in ("Xenia", "Yves", "Zoe"):
        relcli.ok("contact", "add", name, "--book", str(other))
    relcli.ok("book", "backup", str(stick), "--book", str(other), "--now", "2026-12-24T10:00:00+00:00")
    return stick


def test_a_folder_gives_a_book_its_own_back_and_no_other_of_the_same_name(relcli: Any, stick: Path, tmp_path: Path) -> None:
    relcli.ok("contact add Cleo")
    relcli.ok("book", "restore", str(stick), "--yes")
    assert people(relcli) == ["Ana", "Bo"]
    relcli.ok("book", "init", "--book", str(tmp_path / "third" / "book.db"))
    none = relcli("book", "restore", str(stick), "--yes", "--book", str(tmp_path / "third" / "book.db"))
    assert none.code == 66
    assert "only of others: book " in none.err


def test_a_backup_of_another_book_is_refused_with_whose_it_is_unless_that_is_meant(relcli: Any, stick: Path, book: Path) -> None:
    before = book.read_bytes()
    theirs = str(stick / "book-20261224-100000.db")
    refused = relcli("book", "restore", theirs, "--yes")
    assert refused.code == relcli("book", "restore", theirs, "--dry-run").code == 4
    for words in ("another book", "book ", "begun 2026-11-21", "3 contacts", "--another-book"):
        assert words in refused.err
    assert book.read_bytes() == before
    asked = relcli("book", "restore", theirs, "--another-book")
    assert asked.code == 5
    assert relcli("book", "restore", str(stick), "--another-book", "--yes").code == 2
    relcli.ok("book", "restore", theirs, "--another-book", "--yes")
    assert people(relcli) == ["Xenia", "Yves", "Zoe"]


@pytest.mark.parametrize("state", ["missing", "damaged"])
def test_where_no_book_says_which_is_meant_two_of_one_name_are_told_apart_by_the_owner(
    relcli: Any, stick: Path, book: Path, state: str
) -> None:
    if state == "missing":
        book.unlink()
    else:
        book.write_bytes(b"no book" * 1000)
    refused = relcli("book", "restore", str(stick), "--yes")
    assert refused.code == 4
    for words in ("2 books", "book-20261121-100000.db", "book-20261224-100000.db", "3 contacts"):
        assert words in refused.err
    relcli.ok("book", "restore", str(stick / "book-20261121-100000.db"), "--yes")
    assert people(relcli) == ["Ana", "Bo"]


def test_keep_and_check_go_by_the_book_not_by_its_name(relcli: Any, stick: Path) -> None:
    relcli.ok("book", "backup", str(stick), "--keep", "1", "--now", "2026-11-22T10:00:00+00:00")
    assert [n for n in files(stick) if n.endswith(".db")] == ["book-20261122-100000.db", "book-20261224-100000.db"]
    for file in stick.glob("book-20261122*"):
        file.unlink()
    assert "there is no backup" in relcli("book", "check", "--backups", str(stick)).out


# --- which is the newest, and others at work in the same second ----------------------------------------------------------

STALE = "2031-01-01T10:00:00+00:00"


def test_a_backup_made_while_the_clock_was_wrong_is_not_the_newest(relcli: Any, book: Path, tmp_path: Path) -> None:
    relcli.ok("book", "backup", "--now", STALE)
    relcli.ok("contact add Cleo")
    relcli.ok("book backup --now 2026-11-21T11:00:00+00:00")
    relcli.ok("contact add Dan")
    relcli.ok("book backup --keep 2 --now 2026-11-21T12:00:00+00:00")
    kept = [n for n in files(tmp_path / "backups") if n.endswith(".db")]
    assert kept == ["book-20261121-110000.db", "book-20261121-120000.db"]
    relcli.ok("book", "backup", "--now", STALE)
    relcli.ok("contact add Eve")
    relcli.ok("book backup --now 2026-11-21T13:00:00+00:00")
    assert "book-20261121-130000.db was not restored" in relcli("book restore").err
    checked = relcli("book check")
    assert checked.code == 1
    assert "2031-01-01, a day to come" in checked.out


def test_after_a_restore_the_backups_made_since_are_the_newest_although_their_batches_are_lower(
    relcli: Any, book: Path, tmp_path: Path
) -> None:
    relcli.ok("book backup --now 2026-11-21T10:00:00+00:00")
    for name in ("Cleo", "Dan", "Eve"):
        relcli.ok("contact", "add", name)
    relcli.ok("book backup --now 2026-11-21T11:00:00+00:00")
    relcli.ok("book", "restore", str(tmp_path / "backups" / "book-20261121-100000.db"), "--yes")
    relcli.ok("contact add Finn")
    relcli.ok("book backup --keep 2 --now 2026-11-21T12:00:00+00:00")
    assert "book-20261121-120000.db was not restored" in relcli("book restore").err
    relcli.ok("contact add Gil")
    relcli.ok("book backup --keep 2 --now 2026-11-21T13:00:00+00:00")
    kept = [n for n in files(tmp_path / "backups") if n.endswith(".db")]
    assert kept == ["book-20261121-120000.db", "book-20261121-130000.db"]
    book.unlink()
    relcli.ok("book restore --yes")
    assert people(relcli) == ["Ana", "Bo", "Finn", "Gil"]


def test_a_backup_whose_name_another_takes_in_the_same_second_takes_the_next(
    relcli: Any, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from relcli.store import backups

    really = backups.back_up
    taken: list[Path] = []

    def another_is_first(book: Any, target: Path, **more: Any) -> Any:
        if len(taken) < 2:
            taken.append(target)
            really(book, target, **more)
        return really(book, target, **more)

    monkeypatch.setattr(backups, "back_up", another_is_first)
    ran = relcli.ok("book backup")
    assert "book-20261121-100000-3.db: 2 contacts" in ran.err
    assert len(files(tmp_path / "backups")) == 6


def test_backups_that_go_while_somebody_is_forgotten_are_no_fault(
    relcli: Any, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from relcli.store.proof import in_file

    relcli.ok("book backup")
    relcli.ok("book backup")
    first, second = sorted((tmp_path / "backups").glob("*.db"))

    def pruned_under_way(file: Path, needles: Any) -> Any:
        first.unlink(missing_ok=True)
        second.unlink(missing_ok=True)
        return in_file(file, needles)

    monkeypatch.setattr("relcli.store.copies.in_file", pruned_under_way)
    ran = relcli.ok("contact forget Ana --yes")
    assert str(tmp_path / "backups") not in ran.out + ran.err
