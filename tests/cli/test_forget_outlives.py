"""A promise to forget outlives undo, another import, a merge, a restore, other names of a copy, and what a server remembers."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tests.cli.test_forget import connected, everything

ZED = "zed@example.org"
PEOPLE = f"name,email,note\nZed Lark,{ZED},NEEDLE in the note\n"
TOUCH = f"at,contact,channel,direction,summary\n2026-05-01,{ZED},phone,in,NEEDLE of a call\n"


@pytest.fixture
def folder(book_location: str) -> Path:
    """Where the book of a test on files lies."""
    return Path(book_location).parent


def left_in(location: str) -> bool:
    """Whether a word of Zed's is stored anywhere, in what a server remembers of its columns too."""
    stored = everything(location)
    if "://" in location:
        with connected(location) as connection:
            stored += str(connection.execute(text("SELECT * FROM pg_stats WHERE schemaname = 'public'")).all()).encode()
    return any(word in stored for word in (b"NEEDLE", b"Zed Lark", ZED.encode()))


def forget(relcli: Any, who: str = ZED, *more: str) -> dict[str, Any]:
    return dict(json.loads(relcli.ok("contact", "forget", who, "--yes", "--format", "json", *more).out))


# --- undo ---------------------------------------------------------------------------------------------------------------------


def test_taken_back_and_imported_again_they_are_forgotten_with_all_they_ever_had(relcli: Any, book_location: str) -> None:
    def brought() -> None:
        relcli.ok("import", "contacts", "-", stdin=PEOPLE)
        relcli.ok("import", "interactions", "-", stdin=TOUCH)

    brought()
    relcli.ok("book undo")
    relcli.ok("book undo")
    brought()
    assert left_in(book_location)
    forget(relcli, ZED, "--with-transactions")
    assert not left_in(book_location)
    for number in (4, 3, 2, 1):
        assert relcli("book", "undo", str(number)).code == 4


@pytest.mark.parametrize("who", [ZED, "Zed Lark", "id", "1", "2"])
def test_whom_an_undo_took_away_can_be_given_their_data_and_be_forgotten(relcli: Any, book_location: str, who: str) -> None:
    relcli.ok("import", "contacts", "-", stdin=PEOPLE)
    code = json.loads(relcli.ok("contact list --format json").out)["contacts"][0]["id"]
    relcli.ok("book undo")
    named = code if who == "id" else who
    given = json.loads(relcli.ok("contact", "export", named).out)
    assert (given["contact"]["name"], given["contact"]["taken_back"]) == ("Zed Lark", True)
    assert "NEEDLE in the note" in json.dumps(given["journal"])
    forget(relcli, named)
    assert not left_in(book_location)
    assert relcli("contact", "forget", ZED, "--yes").code == 3
    again = relcli.ok("import", "contacts", "-", stdin=PEOPLE)
    assert "left out (of somebody who was forgotten)" in again.err
    assert relcli("book undo 2").code == 4


def test_several_who_were_taken_back_are_told_apart(relcli: Any, book_location: str) -> None:
    relcli.ok("import", "contacts", "-", stdin="name,email\nZed Lark,zed@example.org\nZed Lark,lark@example.org\n")
    relcli.ok("book undo")
    for who in ("Zed Lark", "1"):
        refused = relcli("contact", "forget", who, "--yes")
        assert (refused.code, "fits 2 contacts that were taken back" in refused.err) == (4, True)
    forget(relcli)
    stored = everything(book_location)
    assert (b"zed@example.org" in stored, b"lark@example.org" in stored) == (False, True)


def test_an_address_that_another_has_by_now_leads_to_nobody_else(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Zed Lark", "--email", ZED, "--email", "shop@example.org")
    relcli.ok("contact", "edit", ZED, "--no-email", "shop@example.org")
    relcli.ok("contact", "add", "Bo", "--email", "shop@example.org", "--note", "one")
    relcli.ok("contact", "edit", "Bo", "--note", "two")
    forget(relcli)
    relcli.ok("book undo")
    [bo] = json.loads(relcli.ok("contact list --format json").out)["contacts"]
    assert json.loads(relcli.ok("export contacts --format json").out)["contacts"][0]["note"] == "one"
    assert bo["name"] == "Bo"


# --- purge --------------------------------------------------------------------------------------------------------------------


def test_a_purge_removes_what_was_undone_and_says_what_it_searched_for(relcli: Any, book_location: str) -> None:
    relcli.ok("contact add Bo --note one")
    relcli.ok("import", "contacts", "-", stdin=PEOPLE)
    relcli.ok("book undo")
    relcli.ok("contact edit Bo --note two")
    assert relcli("book purge").code == 5
    assert "would purge 1 undone batch" in relcli.ok("book purge --dry-run").err
    assert left_in(book_location)
    said = relcli.ok("book purge --yes").err
    assert "purged 1 undone batch with 1 image (batch 5); searched " in said
    assert ": 0 left" in said
    assert not left_in(book_location)
    assert "purged from the journal" in relcli("book undo 3").err
    assert "nothing to purge" in relcli.ok("book purge --yes").err
    relcli.ok("book undo 4")
    assert json.loads(relcli.ok("export contacts --format json").out)["contacts"][0]["note"] == "one"


def test_after_journal_keep_any_write_lets_go_of_what_was_undone(relcli: Any, book_location: str) -> None:
    relcli.ok("import", "contacts", "-", "--now", "2026-01-01T10:00:00+00:00", stdin=PEOPLE)
    relcli.ok("book undo --now 2026-01-02T10:00:00+00:00")
    relcli.ok("contact add Bo --now 2026-04-01T10:00:00+00:00")
    assert left_in(book_location)
    relcli.ok("contact add Di --now 2026-04-03T10:00:00+00:00")
    with connected(book_location) as connection:
        images = connection.execute(text("SELECT before, after FROM change")).all()
    assert not any("NEEDLE" in str(image) for image in images)
    assert relcli("book undo 2").code == 4


def test_what_was_redone_is_kept_and_can_be_undone_again(relcli: Any, book_location: str) -> None:
    relcli.ok("contact add Bo")
    relcli.ok("book undo")
    relcli.ok("book undo 2")
    relcli.ok("book purge --yes")
    assert [one["name"] for one in json.loads(relcli.ok("contact list --format json").out)["contacts"]] == ["Bo"]
    relcli.ok("book undo 1")
    assert json.loads(relcli.ok("contact list --format json").out)["contacts"] == []


# --- copies beside the book ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_older_copy_under_another_id_and_of_any_name_is_found_and_another_business_left_alone(
    relcli: Any, folder: Path, book_location: str
) -> None:
    relcli.ok("contact", "add", "Zed Lark", "--email", ZED)
    relcli.ok("book backup")
    relcli.ok("book undo")
    relcli.ok("contact", "add", "Zed Lark", "--email", ZED)
    relcli.ok("book", "backup", str(folder / "copy.db"))
    shutil.copy(book_location, folder / "no-ending")
    shutil.copy(book_location, folder / "ahead.db")
    relcli.ok("--book", str(folder / "ahead.db"), "log", ZED, "hello", "-c", "email", "--in")
    relcli.ok("--book", str(folder / "other.db"), "contact", "add", "Zed Lark", "--email", ZED)
    done = forget(relcli, ZED, "--copies")
    assert {Path(copy["path"]).name: (copy["deleted"], copy["ahead"]) for copy in done["copies"]} == {
        "book-20261121-100000.db": (True, False),
        "copy.db": (True, False),
        "no-ending": (True, False),
        "ahead.db": (False, True),
    }
    relcli.ok("book", "merge-copy", str(folder / "ahead.db"))
    (folder / "ahead.db").unlink()
    (folder / "other.db").unlink()
    assert not left_in(book_location)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_through_a_link_the_copies_beside_the_real_book_are_found(relcli: Any, folder: Path, book_location: str) -> None:
    relcli.ok("contact", "add", "Zed Lark", "--email", ZED)
    relcli.ok("book backup")
    relcli.ok("book", "restore", str(folder / "backups"), "--yes")
    (folder / "links").mkdir()
    (folder / "links" / "book.db").symlink_to(book_location)
    relcli.ok("--book", str(folder / "links" / "book.db"), "contact", "forget", ZED, "--yes", "--copies")
    assert not left_in(book_location)


# --- restore ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("undone", [False, True])
def test_a_restore_forgets_again_whoever_was_forgotten_since(relcli: Any, folder: Path, book_location: str, undone: bool) -> None:
    relcli.ok("contact add Bo --email bo@example.org")
    relcli.ok("import", "contacts", "-", stdin=PEOPLE)
    if undone:
        relcli.ok("book undo")
    else:
        relcli.ok("log", ZED, "NEEDLE", "-c", "email", "--in", "--with", "Bo")
        relcli.ok("sold", ZED, "20", "NEEDLE")
    relcli.ok("preference", "set", "Bo", "--topic", "prints", "--stated", "he said")
    relcli.ok("book backup")
    forget(relcli)
    backups = folder / "backups"
    assert "would forget again 1 person" in relcli.ok("book", "restore", str(backups), "--dry-run").err
    said = relcli.ok("book", "restore", str(backups), "--yes").err
    assert "forgot again 1 person forgotten since then; the backup still holds them" in said
    relcli.ok("book check")
    shutil.rmtree(backups)
    assert not left_in(book_location)
    assert "Bo" in {one["name"] for one in json.loads(relcli.ok("contact list --format json").out)["contacts"]}
    assert "left out (of somebody who was forgotten)" in relcli.ok("import", "contacts", "-", stdin=PEOPLE).err


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_wish_for_silence_and_whoever_was_added_again_outlive_a_restore(relcli: Any, folder: Path, book_location: str) -> None:
    relcli.ok("contact", "add", "Zed Lark", "--email", ZED)
    relcli.ok("preference", "set", ZED, "--do-not-contact", "--stated", "never again")
    relcli.ok("contact add Di --email di@example.org")
    relcli.ok("book backup")
    forget(relcli)
    forget(relcli, "di@example.org")
    relcli.ok("contact add Di --email di@example.org")
    relcli.ok("book", "backup", str(folder / "later.db"))
    assert "forgot again" not in relcli.ok("book", "restore", str(folder / "later.db"), "--yes").err  # Di came by herself
    assert "forgot again 2 people" in relcli.ok("book", "restore", str(folder / "backups"), "--yes").err
    assert "no contact" in relcli.ok("contact", "add", "Zed Lark", "--email", ZED).err
    assert book_location


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("broken", ["missing", "damaged"])
def test_where_nothing_can_be_compared_that_is_said(relcli: Any, folder: Path, book_location: str, broken: str) -> None:
    relcli.ok("contact add Bo")
    relcli.ok("book backup")
    Path(book_location).unlink()
    if broken == "damaged":
        Path(book_location).write_bytes(b"no book" * 100)
    said = relcli.ok("book", "restore", str(folder / "backups"), "--yes").err
    assert "no present book could be compared" in said


# --- the certificate ----------------------------------------------------------------------------------------------------------


def test_the_certificate_counts_what_was_searched_for(relcli: Any, book_location: str, database: str) -> None:
    relcli.ok("import", "contacts", "-", stdin=PEOPLE)
    done = forget(relcli)
    assert done["words_searched"] >= 4
    assert (done["words_left"], done["scrubbed"]) == (0, True)
    assert bool(done["files_searched"]) == (database == "sqlite")
    assert ("replicas" in done["out_of_reach"]) == (database == "postgresql")
    assert book_location


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_with_the_scrub_left_out_the_certificate_does_not_say_cleared(
    relcli: Any, book_location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from relcli.domain.forgotten import Scrubbed
    from relcli.store.book import Book

    with contextlib.closing(sqlite3.connect(book_location)) as side:
        side.execute("SELECT count(*) FROM contact").fetchone()  # so that the log stays
        relcli.ok("import", "contacts", "-", stdin=PEOPLE)
        monkeypatch.setattr(Book, "scrub", lambda _: Scrubbed.YES)
        done = relcli("contact", "forget", ZED, "--yes")
    assert done.code == 74
    assert "cleared away" not in done.out
    assert "not proven: words of theirs are still in the file" in done.out


# --- a server -----------------------------------------------------------------------------------------------------------------

server_only = pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)


@pytest.fixture
def remembered(relcli: Any, book_location: str) -> Any:
    """A server that has learned of Zed by heart."""
    relcli.ok("contact add Bo --email bo@example.org")
    relcli.ok("import", "contacts", "-", stdin=PEOPLE)
    for n in range(20):
        relcli.ok("log", ZED, f"NEEDLE {n}", "-c", "email", "--in")
    relcli.ok("log", "Bo", "hello", "-c", "email", "--in")
    relcli.ok("sold", ZED, "20", "NEEDLE")
    with connected(book_location) as connection:
        connection.execute(text("ANALYZE"))
    assert left_in(book_location)
    return relcli


@server_only
def test_a_server_forgets_its_statistics_too(remembered: Any, book_location: str) -> None:
    done = forget(remembered, ZED, "--with-transactions")
    assert (done["scrubbed"], done["words_left"]) == (True, 0)
    assert not left_in(book_location)


@server_only
def test_no_byte_of_them_is_left_in_the_files_of_the_tables(remembered: Any, book_location: str, server: Any) -> None:
    forget(remembered)
    with connected(book_location) as connection:
        number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    server.execute("CHECKPOINT")
    files = [path for path in (server._folder / "base" / str(number)).iterdir() if path.is_file()]
    assert len(files) > 100
    assert [path.name for path in files if b"NEEDLE" in path.read_bytes()] == []


@server_only
def test_a_session_that_still_sees_them_is_waited_for_and_then_reported(remembered: Any, book_location: str) -> None:
    with connected(book_location) as reader:
        reader.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        assert reader.execute(text("SELECT count(*) FROM interaction")).scalar_one() == 21
        done = remembered("contact", "forget", ZED, "--yes", "--wait", "0.3")
        assert reader.execute(text("SELECT count(*) FROM interaction")).scalar_one() == 21
    assert (done.code, "not proven: another program is reading the book" in done.out) == (75, True)


@server_only
def test_a_role_that_may_not_clear_the_tables_says_who_can(
    remembered: Any, book_location: str, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _guest(server, book_location, "SELECT, INSERT, UPDATE, DELETE") as url:
        monkeypatch.setenv("RELCLI_BOOK", url)
        done = remembered("contact", "forget", ZED, "--yes")
    assert (done.code, "not proven: the tables belong to another role" in done.out) == (75, True)
    assert "VACUUM (FULL, ANALYZE)" in done.err


@contextlib.contextmanager
def _guest(server: Any, location: str, may: str) -> Iterator[str]:
    """The same database for a role that may write and owns nothing."""
    server.execute("CREATE ROLE guest LOGIN")
    with connected(location) as connection:
        connection.execute(text(f"GRANT {may} ON ALL TABLES IN SCHEMA public TO guest"))
    try:
        yield location.replace("postgres:@", "guest:@").replace("postgres@", "guest@")
    finally:
        with connected(location) as connection:
            connection.execute(text("DROP OWNED BY guest"))
        server.execute("DROP ROLE guest")
