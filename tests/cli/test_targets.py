"""An answer goes where it was sent and destroys nothing: not the book, not what surrounds it, not what was read."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from tests.conftest import InProcess

COMMANDS = (
    ("contact", "list", "-f", "csv"),
    ("health-report", "-f", "html"),
    ("log", "ana", "about May", "-c", "email", "--in", "-f", "json"),
    ("book", "info", "-f", "json"),
    ("export", "contacts"),
)


@pytest.fixture
def home(relcli: InProcess, place: Path) -> Path:
    relcli.ok("contact", "add", "Ana Ruiz", "--email", "ana@example.org")
    relcli.ok("book", "backup")
    return Path(os.environ["RELCLI_BOOK"])


def things(book: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(book.parent.rglob("*")) if file.is_file() and not file.is_symlink()}


def rows(book: Path) -> int:
    with sqlite3.connect(book) as connection:
        return int(connection.execute("SELECT count(*) FROM contact").fetchone()[0])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_answer_is_written_onto_the_book_its_logs_its_backup_or_a_manifest(
    relcli: InProcess, home: Path, words: tuple[str, ...]
) -> None:
    backup = next((home.parent / "backups").glob("*.db"))
    (home.parent / "link.db").symlink_to(home)
    os.link(backup, home.parent / "twin.db")
    before = things(home)
    for target in (home, home.parent / "link.db", Path(f"{home}-wal"), Path(f"{home}-shm"), backup, Path(f"{backup}.json")):
        told = relcli(*words, "-o", str(target))
        assert told.code == 73, (target, told.err)
        assert "destroy" in told.err or "manifest" in told.err
    assert relcli(*words, "-o", str(home.parent / "twin.db")).code == 73
    assert relcli(*words, "-o", os.path.relpath(home)).code == 73
    assert things(home) == before
    assert rows(home) == 1


def test_the_book_is_protected_under_the_name_of_a_link_to_it(relcli: InProcess, home: Path) -> None:
    link = home.parent / "elsewhere.db"
    link.symlink_to(home)
    assert relcli("--book", str(link), "contact", "list", "-f", "csv", "-o", str(home)).code == 73
    assert relcli("--book", str(link), "contact", "list", "-f", "csv", "-o", f"{home}-wal").code == 73
    assert rows(home) == 1


def test_a_file_that_a_command_reads_is_not_overwritten_by_its_answer(relcli: InProcess, home: Path, place: Path) -> None:
    source, mapping = place / "people.csv", place / "map.toml"
    source.write_text("name\nBo Ek\n")
    mapping.write_text('[columns]\nname = "name"\n')
    for target in (source, mapping):
        told = relcli("import", "contacts", str(source), "--map", str(mapping), "-f", "json", "-o", str(target))
        assert (told.code, rows(home)) == (73, 1), told.err
    assert source.read_text() == "name\nBo Ek\n"


def test_the_settings_are_no_place_for_an_answer(relcli: InProcess, home: Path) -> None:
    from relcli.config import settings_path

    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text('[me]\nname = "Kim Doe"\n')
    assert relcli("agenda", "-o", str(settings_path())).code == 73
    assert settings_path().read_text() == '[me]\nname = "Kim Doe"\n'


def test_where_no_file_can_be_made_nothing_is_done(relcli: InProcess, home: Path, place: Path) -> None:
    for target in (place / "nowhere" / "x.json", place):
        told = relcli("contact", "add", "Bo Ek", "-f", "json", "-o", str(target))
        assert (told.code, rows(home)) == (73, 1), told.err


def test_pipes_and_terminals_take_an_answer(relcli: InProcess, home: Path) -> None:
    assert relcli("contact", "list", "-f", "csv", "-o", "/dev/null").code == 0


def test_a_backup_is_not_said_to_be_where_it_is_not(relcli: InProcess, home: Path, place: Path) -> None:
    before = things(home)
    told = relcli("book", "backup", "-o", str(place / "usb.db"))
    assert told.code == 2
    assert "relcli book backup" in told.err
    assert things(home) == before
    relcli.ok("book", "backup", str(place / "usb.db"), "-f", "json", "-o", str(place / "said.json"))
    assert (place / "usb.db").exists()


def test_an_act_stands_and_is_said_to_stand_where_its_answer_cannot_be_written(relcli: InProcess, home: Path) -> None:
    told = relcli("contact", "add", "Bo Ek", "-f", "json", "-o", "/dev/full")
    assert told.code == 74
    assert "the book has it as batch 2" in told.err
    assert rows(home) == 2
    told = relcli("contact", "add", "Cy Poe", "-n", "-f", "json", "-o", "/dev/full")
    assert (told.code, rows(home)) == (74, 2)
    assert "nothing was written to the book" in told.err


@pytest.mark.parametrize(
    "address",
    [
        "postgresql:/kim:secret@host/db",
        "postgres:kim:secret@host/db",
        "POSTGRESQL:/host/secret",
        "postgresql//kim:secret@host/db",
        "//kim:secret@host/db",
        "kim:secret@host:5432/db",
        "host=h user=kim password=secret",
        "dbname=x password = secret",
    ],
)
@pytest.mark.parametrize("words", [("contact", "list"), ("contact", "add", "Bo Ek")], ids=" ".join)
def test_what_looks_like_the_address_of_a_server_is_never_a_file(
    relcli: InProcess, place: Path, address: str, words: tuple[str, ...]
) -> None:
    before = sorted(place.rglob("*"))
    told = relcli("--book", address, *words)
    assert told.code == 78
    assert "secret" not in told.err
    assert "postgresql://USER@HOST/DATABASE" in told.err
    assert sorted(place.rglob("*")) == before


def test_a_file_may_have_a_colon_or_an_at_sign_in_its_name(relcli: InProcess, place: Path) -> None:
    for name in ("a:b.db", "kim@home.db", "host.db", "x=y.db"):
        relcli.ok("--book", str(place / name), "contact", "add", "Bo Ek")
        assert (place / name).exists()
