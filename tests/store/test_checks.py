"""Checks: each planted defect is found once, with its place and without anybody's data; a sound book is silent."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Integer, create_engine, text
from sqlmodel import SQLModel
from tests.conftest import MADE

from relcli.domain.finding import Finding, Level
from relcli.errors import RelcliError
from relcli.files import new_part
from relcli.store import backups, checks, places
from relcli.store.book import Book, opened
from relcli.store.engine import is_url

NEEDLE = "zanzibar"  # stands in every text that a finding might repeat


@pytest.fixture
def filled(relcli: Any, book_location: str) -> str:
    """A book with two people, an organisation, a touch, a sale, a referral and a change."""
    relcli.ok(f"contact add Ana-{NEEDLE} --email {NEEDLE}@example.org --role customer --tag {NEEDLE} --note {NEEDLE}")
    relcli.ok(f"contact add Bo --introduced-by Ana-{NEEDLE}")
    relcli.ok("contact add Bakery --kind organisation")
    relcli.ok(f"contact edit Bo --works-for Bakery --note {NEEDLE}")
    relcli.ok(f"log Bo {NEEDLE} -c email --in --at 2026-11-20T17:30")
    relcli.ok(f"sold Bo 12.50 {NEEDLE} --at 2026-11-20T17:30")
    return book_location


@pytest.fixture
def ana(filled: str) -> Iterator[Book]:
    with opened(filled, wait=1) as book:
        yield book


def found(book: Book, *, deep: bool = False) -> list[Finding]:
    with book.reading() as connection:
        return [f for f in checks.findings(connection, deep=deep) if f.check != "sqlite"]


def plant(location: str, statement: str) -> None:
    """Do what the rules forbid, the way another program would: with the rules switched off."""
    if is_url(location):
        engine = create_engine(location.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(statement))
        engine.dispose()
        return
    with closing(sqlite3.connect(location, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints=ON")
        raw.execute("PRAGMA foreign_keys=OFF")
        assert raw.execute(statement).rowcount > 0


def test_a_sound_book_is_silent(ana: Book) -> None:
    assert found(ana) == found(ana, deep=True) == []


ANYWHERE = {
    "UPDATE interaction SET day = day + 1": ("copies", "interaction 1 whose day or direction"),
    "UPDATE interaction_contact SET direction = 'out'": ("copies", "interaction 1 whose day or direction"),
    "DELETE FROM interaction_contact": ("participants", "interaction 1 with nobody in it"),
    "UPDATE counter SET last = 2 WHERE noun = 'contact'": ("counters", "contact 3 is above its counter 2"),
    "DELETE FROM counter WHERE noun = 'batch'": ("counters", "batch 6 is above its counter 0"),
    "UPDATE change SET before = 'no image' WHERE id = 1": ("journal", "change 1 that no undo can read"),
    "UPDATE change SET after = '{\"row\": {}}' WHERE id = 1": ("journal", "change 1 that no undo can read"),
    "UPDATE change SET noun = 'unheard of' WHERE id = 1": ("journal", "change 1 that no undo can read"),
    "INSERT INTO contact_role VALUES (77, 'customer')": ("references", "contact_role 77 whose contact_id points nowhere"),
    'UPDATE "transaction" SET batch_id = 99': ("references", "transaction 1 whose batch_id points nowhere"),
    "UPDATE batch SET undoes = 99 WHERE id = 6": ("references", "batch 6 whose undoes points nowhere"),
}
FILE_ONLY = {
    "UPDATE \"transaction\" SET amount = 'much'": ("constraints", "transaction 1 against the rule amount_whole"),
    'UPDATE "transaction" SET amount = -1': ("constraints", "transaction 1 against the rule amount_whole"),
    'UPDATE "transaction" SET amount = 12.5': ("constraints", "transaction 1 against the rule amount_whole"),
    "UPDATE \"transaction\" SET currency = 'euro'": ("constraints", "transaction 1 against the rule currency_code"),
    "UPDATE \"transaction\" SET kind = 'barter'": ("constraints", "transaction 1 against the rule kind"),
    "UPDATE interaction SET sentiment = 9": ("constraints", "interaction 1 against the rule sentiment_whole"),
    f"UPDATE interaction SET purpose = '{NEEDLE}'": ("constraints", "interaction 1 against the rule purpose"),
    f"UPDATE address SET kind = 'fax {NEEDLE}'": ("constraints", "address 1 against the rule kind"),
    "UPDATE contact SET kind = 'ghost' WHERE id = 3": ("constraints", "against the rule kind"),
    "UPDATE works_for SET organisation_id = person_id": ("constraints", "works_for 1 against the rule somebody_else"),
    f"UPDATE interaction SET at = '{NEEDLE}'": ("datetimes", "interaction 1 with an unreadable time in at"),
    "UPDATE interaction SET at = '2026-11-20T17:30'": ("datetimes", "interaction 1 with an unreadable time in at"),
    "UPDATE \"transaction\" SET at = '2026-13-41 17:30:00.000000'": ("datetimes", "transaction 1 with an unreadable time"),
    "UPDATE contact SET created = 20261120 WHERE id = 2": ("datetimes", "with an unreadable time in created"),
    "UPDATE batch SET at = '2026-11-20 17:30:00.000000+02:00' WHERE id = 1": ("datetimes", "batch 1 with an unreadable time"),
    "UPDATE interaction SET batch_id = 'first'": ("references", "interaction 1 whose batch_id points nowhere"),
}


@pytest.mark.parametrize(("statement", "expected"), ANYWHERE.items(), ids=ANYWHERE)
def test_each_defect_is_one_problem(ana: Book, filled: str, statement: str, expected: tuple[str, str]) -> None:
    plant(filled, statement)
    [finding] = found(ana)
    assert (finding.check, finding.level) == (expected[0], Level.PROBLEM)
    assert expected[1] in finding.what
    assert finding.advice


@pytest.mark.parametrize("database", ["sqlite"], indirect=False)
@pytest.mark.parametrize(("statement", "expected"), FILE_ONLY.items(), ids=FILE_ONLY)
@pytest.mark.parametrize("deep", [False, True])
def test_what_sqlite_keeps_although_it_is_no_value_is_one_problem(
    ana: Book, filled: str, statement: str, expected: tuple[str, str], database: str, deep: bool
) -> None:
    plant(filled, statement)
    [finding] = found(ana, deep=deep)
    assert (finding.check, finding.level) == (expected[0], Level.PROBLEM)
    assert expected[1] in finding.what
    assert NEEDLE not in finding.what + finding.advice


def test_people_who_share_an_address_are_worth_a_note(ana: Book, filled: str) -> None:
    plant(filled, f"INSERT INTO address VALUES (2, 'email', '{NEEDLE}@example.org', 0, 'x')")
    [finding] = found(ana)
    assert (finding.check, finding.level) == ("addresses", Level.NOTE)
    assert finding.what.count("c_") == 2
    assert NEEDLE not in finding.what


def test_of_many_rows_the_first_are_named_and_the_rest_counted(ana: Book, filled: str) -> None:
    plant(filled, "INSERT INTO contact_role SELECT 70 + id, 'customer' FROM batch UNION SELECT 80 + id, 'x' FROM batch")
    [finding] = found(ana)
    assert finding.what.startswith("contact_role 71, 72, 73, 74, 75 and 7 more whose")


def test_every_whole_number_is_held_by_a_rule_a_reference_or_the_row_itself() -> None:
    """Else text in an integer column would be found by nobody."""
    bare = []
    for table in SQLModel.metadata.sorted_tables:
        rules = " ".join(str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint))
        for column in table.columns:
            own = table.primary_key.columns.keys() == [column.name] and table.dialect_options["sqlite"]["with_rowid"]
            if isinstance(column.type, Integer) and not (own or column.foreign_keys or f"CAST({column.name} AS" in rules):
                bare.append(f"{table.name}.{column.name}")
    assert bare == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=False)
def test_an_index_that_lost_a_row_is_found_by_the_deep_check_alone(ana: Book, filled: str, database: str) -> None:
    with closing(sqlite3.connect(filled, isolation_level=None)) as raw:
        sql = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'ix_contact_folded'").fetchone()[0]
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'ix_contact_folded'", (f"{sql} WHERE 0",))
    with closing(sqlite3.connect(filled, isolation_level=None)) as raw:
        raw.execute("UPDATE contact SET folded = 'elsewhere' WHERE id = 1")
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'ix_contact_folded'", (sql,))
    with opened(filled, wait=1) as book:
        assert found(book) == []
        [finding] = found(book, deep=True)
    assert finding.check == "integrity"
    assert "ix_contact_folded" in finding.what


@pytest.mark.parametrize(
    ("version", "suspect"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_a_sqlite_with_the_known_bug_is_worth_a_note(
    ana: Book, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], suspect: bool
) -> None:
    monkeypatch.setattr(checks, "library", lambda _: version)
    with ana.reading() as connection:
        notes = [f for f in checks.findings(connection, deep=False) if f.check == "sqlite"]
    assert [f.level for f in notes] == [Level.NOTE] * suspect


# --- the files around it ----------------------------------------------------------------------------------------------

NOW = MADE + timedelta(days=30)


@pytest.fixture
def alone(tmp_path: Path, empty_book: Path) -> Path:
    """A book in a folder of its own with a backup of yesterday."""
    path = tmp_path / "mine" / "book.db"
    path.parent.mkdir(mode=0o700)
    path.write_bytes(empty_book.read_bytes())
    path.chmod(0o600)
    back_up(path, 1)
    return path


def back_up(path: Path, days: int) -> Path:
    folder = path.with_name("backups")
    folder.mkdir(mode=0o700, exist_ok=True)
    moment = NOW - timedelta(days=days)
    target = backups.free_name(folder, name="book", now=moment)
    with opened(str(path), wait=1) as book:
        backups.back_up(book, target, name="book", now=moment)
    return target


def around(path: Path, *, deep: bool = False, written: bool = True, folder: Path | None = None) -> list[tuple[str, str, str]]:
    seen = places.findings(path, identity=backups.identity(path) or "", now=NOW, written=written, deep=deep, folder=folder)
    return [(f.check, f.level.value, f.what) for f in seen]


def test_files_in_order_are_silent(alone: Path) -> None:
    assert around(alone) == around(alone, deep=True) == []


@pytest.mark.parametrize("name", ["book.db", "book.db-wal", "book.db.aside-20240101-000000", "backups"])
def test_what_others_may_read_is_a_problem(alone: Path, name: str) -> None:
    file = next(alone.parent.glob("backups/*.db")) if name == "backups" else alone.with_name(name)
    file.touch()
    file.chmod(0o640)
    [(check, level, what)] = [f for f in around(alone) if f[0] != "older copies"]
    assert (check, level) == ("modes", "problem")
    assert f"{file} may be read by others (0640)" in what


@pytest.mark.parametrize(("mode", "level"), [(0o755, "note"), (0o711, "note"), (0o777, "problem"), (0o770, "problem")])
@pytest.mark.parametrize("name", [".", "backups"])
def test_a_folder_open_to_others_is_a_note_and_one_they_write_to_a_problem(alone: Path, name: str, mode: int, level: str) -> None:
    folder = alone.parent / name
    folder.chmod(mode)
    assert [f[:2] for f in around(alone)] == [("modes", level)]


@pytest.mark.parametrize("name", [".book.db", ".list.csv", "backups/.book-20240101-000000.db"])
@pytest.mark.parametrize("kind", ["new", "part", "part-wal"])
def test_what_a_killed_command_left_is_a_problem(alone: Path, name: str, kind: str) -> None:
    file = alone.parent / f"{name}.0badcafe-4711-abcdef.{kind}"  # of another machine: nobody can say whether it is at work
    file.touch(0o600)
    [(check, level, what)] = around(alone)
    assert (check, level) == ("leftovers", "problem")
    assert str(file) in what


def test_what_a_command_at_work_is_filling_is_no_problem(alone: Path) -> None:
    new_part(alone)
    assert around(alone) == []


def test_backups_are_looked_for_where_they_are_said_to_be(alone: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    alone.with_name("backups").rename(elsewhere)
    assert [f[:2] for f in around(alone)] == [("backup", "problem")]
    assert around(alone, folder=elsewhere) == []
    [kept] = elsewhere.glob("*.db")
    kept.chmod(0o644)
    assert [f[:2] for f in around(alone, folder=elsewhere)] == [("modes", "problem")]
    kept.unlink()
    [missing] = places.findings(alone, identity="0" * 16, now=NOW, written=True, deep=False, folder=elsewhere)
    assert missing.advice == f"relcli book backup {elsewhere}"


def test_a_backup_without_its_manifest_is_noted_with_how_to_prove_it(alone: Path) -> None:
    older = back_up(alone, 3)
    backups.manifest_of(older).unlink()
    older.with_name("notes.db").touch(0o600)  # somebody else's business
    [note] = places.findings(alone, identity=backups.identity(alone) or "", now=NOW, written=True, deep=False)
    assert (note.check, note.level) == ("leftovers", Level.NOTE)
    assert f"book restore {older} --unverified" in note.advice


@pytest.mark.parametrize("name", ["book.db.before-0002", "book.db.aside-20240101-000000"])
def test_older_copies_are_noted_with_their_day(alone: Path, name: str) -> None:
    file = alone.with_name(name)
    file.touch(0o600)
    [(check, level, what)] = around(alone)
    assert (check, level) == ("older copies", "note")
    assert str(file) in what
    assert what[-10:-6].isdigit()


def test_a_book_that_was_written_to_needs_a_backup_of_this_week(alone: Path) -> None:
    for file in alone.parent.glob("backups/*"):
        file.unlink()
    assert around(alone, written=False) == []
    assert [f[:2] for f in around(alone)] == [("backup", "problem")]
    back_up(alone, 8)
    assert "8 days old" in around(alone)[0][2]
    back_up(alone, 7)
    assert around(alone) == []


def test_a_backup_of_another_book_does_not_count(alone: Path) -> None:
    seen = places.findings(alone, identity="0" * 16, now=NOW, written=True, deep=False)
    assert [f.check for f in seen] == ["backup"]


def test_a_backup_of_a_day_to_come_is_a_problem_and_never_hides_that_none_was_made_since(alone: Path) -> None:
    future = back_up(alone, -1000)
    [(check, level, what)] = around(alone)
    assert (check, level) == ("backup", "problem")
    assert f"{future} says it was made on " in what
    for file in alone.parent.glob("backups/*"):
        if not file.name.startswith(future.stem):
            file.unlink()
    back_up(alone, 8)
    assert sorted("8 days old" in what for _, _, what in around(alone)) == [False, True]


def test_a_newest_backup_that_was_changed_is_found_by_its_size_or_deeply_by_its_bytes(alone: Path) -> None:
    [file] = alone.parent.glob("backups/*.db")
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    assert around(alone) == []
    assert [f[:2] for f in around(alone, deep=True)] == [("backup", "problem")]
    file.write_bytes(data[:-1])
    assert "size" in around(alone)[0][2]
    assert [f[:2] for f in around(alone)] == [("backup", "problem")]


def test_a_damaged_file_is_the_only_thing_said(ana: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "damage", lambda *_, **__: ["*** in database main ***\nTree 5 page 7: bad", "and another"])
    [finding] = found(ana)
    assert (finding.check, finding.what) == (
        "integrity",
        "the file is damaged: *** in database main *** Tree 5 page 7: bad (and 1 more)",
    )


def test_a_book_too_damaged_to_be_opened_is_refused_and_not_checked(tmp_path: Path, relcli: Any) -> None:
    (tmp_path / "book.db").write_bytes(b"once upon a time" * 100)
    with pytest.raises(RelcliError) as raised, opened(str(tmp_path / "book.db"), wait=1):
        pass
    assert raised.value.code == relcli("book check").code == 76
