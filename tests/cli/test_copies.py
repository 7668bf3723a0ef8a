"""Another copy of the book: recognised beside it, named until it is dealt with, and brought over whole."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

NAMES = (
    "book.sync-conflict-20261130-101010-ABCDEFG.db",
    "book (Ana's conflicted copy 2026-11-30).db",
    "book (conflicted copy 2026-11-30 101010).db",
    "book_conflict-20261130-101010.db",
    "book-DESKTOP.db",
    "book (1).db",
    "book 2.db",
    "Copy of book.db",
    "book - Kopie.db",
    "book.db.orig",
)


class Two:
    """A book and a copy of it; `here` and `there` run a command on each."""

    def __init__(self, relcli: Any, folder: Path) -> None:
        self.relcli, self.book = relcli, folder / "book.db"
        self.other = folder / NAMES[0]
        folder.chmod(0o700)

    def here(self, *words: str, code: int = 0) -> Any:
        return self._run(self.book, words, code)

    def there(self, *words: str, code: int = 0) -> Any:
        return self._run(self.other, words, code)

    def merge(self, *more: str) -> Any:
        return self.here("book", "merge-copy", str(self.other), *more)

    def part(self) -> None:
        shutil.copy(self.book, self.other)

    def _run(self, book: Path, words: tuple[str, ...], code: int) -> Any:
        ran = self.relcli("--book", str(book), *words, "--now", "2026-11-28T10:00:00+00:00")
        assert ran.code == code, f"{words}: {ran.code}\n{ran.err}"
        return ran

    def rows(self, noun: str, book: Path | None = None) -> list[dict[str, Any]]:
        listed = self._run(book or self.book, (*noun.split(), "-f", "json"), 0)
        return list(
            json.loads(listed.out)[noun.rsplit(maxsplit=1)[-1] if noun.startswith("export") else f"{noun.split(maxsplit=1)[0]}s"]
        )


@pytest.fixture
def two(relcli: Any, tmp_path: Path) -> Two:
    """Two copies of a book with Ana, Bo, and a touch with each, from the moment in which they part."""
    folder = tmp_path / "synced"
    folder.mkdir()
    both = Two(relcli, folder)
    both.here("contact", "add", "Ana Ruiz", "--email", "ana@example.org")
    both.here("contact", "add", "Bo Lind", "--email", "bo@example.org")
    both.here("log", "Ana Ruiz", "first", "-c", "phone", "--in")
    both.here("log", "Bo Lind", "second", "-c", "phone", "--in")
    both.part()
    return both


def summaries(two: Two) -> list[str]:
    return sorted(row["summary"] for row in two.rows("export interactions"))


# --- recognised -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_beside_the_book_is_named_by_check_and_by_every_write_until_it_is_merged(two: Two, name: str) -> None:
    two.other = two.other.rename(two.other.with_name(name))
    two.there("log", "Ana Ruiz", "on the laptop", "-c", "email", "--out")
    said = two.here("log", "Ana Ruiz", "on the desktop", "-c", "email", "--in").err
    assert "another copy of this book, with 1 change that this one lacks" in said
    [found] = [
        row for row in json.loads(two.here("book", "check", "-f", "json", code=1).out)["findings"] if "copy" in row["check"]
    ]
    assert found["level"] == "problem"
    assert "since batch 4 of 28 November 2026" in found["finding"]
    import shlex

    words = shlex.split(found["advice"])
    assert words[:3] == ["relcli", "book", "merge-copy"]
    two.here(*words[1:])
    assert summaries(two) == ["first", "on the desktop", "on the laptop", "second"]
    assert "another copy" not in two.here("log", "Ana Ruiz", "later", "-c", "email", "--in").err
    [found] = [
        row for row in json.loads(two.here("book", "check", "-f", "json", code=1).out)["findings"] if "copy" in row["check"]
    ]
    assert found["level"] == "note"


def test_what_is_no_other_copy_is_passed_over_in_silence(two: Two, relcli: Any) -> None:
    two.other.rename(two.other.with_name("book-older.db"))  # everything it has is here
    two.here("book", "backup")
    two.here("book", "backup", str(two.book.with_name("book-by-hand.db")))
    two.book.with_name("book conflict.db").write_text("no database")
    two.book.with_name("book-folder.db").mkdir()
    relcli.ok("--book", str(two.book.with_name("bookshop.db")), "contact", "add", "Somebody else")
    assert "copy" not in two.here("log", "Ana Ruiz", "x", "-c", "email", "--in").err


def test_a_read_says_nothing_of_it(two: Two) -> None:
    two.there("log", "Ana Ruiz", "on the laptop", "-c", "email", "--out")
    assert two.here("contact", "list").err == ""


def test_the_look_of_every_write_is_cheap(two: Two) -> None:
    from relcli.store import twins

    for number in range(1000):
        two.book.with_name(f"picture-{number}.jpg").touch()
    took = []
    for _ in range(10):
        start = time.process_time()
        twins.beside(two.book)
        took.append(time.process_time() - start)
    assert min(took) < 0.02  # a few milliseconds for a thousand names, where other programs are at work, too


# --- brought over ---------------------------------------------------------------------------------------------------------


def test_what_one_side_changed_is_taken_and_of_a_contact_what_both_changed_too(two: Two) -> None:
    two.there("interaction", "edit", "i_1", "--summary", "first, in full")
    two.there("contact", "edit", "Ana Ruiz", "--phone", "+34600000001", "--tag", "there", "--birthday", "1980-04-12")
    two.here("contact", "edit", "Ana Ruiz", "--email", "ana.new@example.org", "--tag", "here", "--note", "of ours")
    said = two.merge().err
    assert "changed 1 contact, 1 interaction" in said
    assert "kept" not in said
    [ana] = [row for row in two.rows("export contacts") if row["name"] == "Ana Ruiz"]
    assert (ana["birthday"], ana["note"]) == ("1980-04-12", "of ours")
    assert set(ana["tags"] if isinstance(ana["tags"], list) else ana["tags"].split(";")) == {"here", "there"}
    assert "ana.new@example.org" in ana["email"]
    assert ana["phone"]
    assert "first, in full" in summaries(two)


def test_what_both_changed_stays_as_here_and_is_named(two: Two) -> None:
    for side, word in ((two.there, "there"), (two.here, "here")):
        side("interaction", "edit", "i_1", "--summary", f"first, {word}")
        side("contact", "edit", "Bo Lind", "--note", word)
    said = two.merge().err
    [bo] = [row for row in two.rows("export contacts") if row["name"] == "Bo Lind"]
    assert "2 kept as here" in said
    assert "i_1" in said
    assert bo["id"] in said
    assert bo["note"] == "here"
    assert summaries(two) == ["first, here", "second"]


def test_what_was_removed_on_either_side_stays_removed_unless_it_was_changed_since(two: Two) -> None:
    two.there("interaction", "remove", "i_1")
    two.here("interaction", "remove", "i_2")
    two.there("interaction", "edit", "i_2", "--summary", "late")
    assert "removed 1 interaction" in two.merge().err
    assert summaries(two) == []


def test_what_was_removed_there_and_changed_here_stays(two: Two) -> None:
    two.there("interaction", "remove", "i_1")
    two.here("interaction", "edit", "i_1", "--summary", "first, here")
    assert "i_1" in two.merge().err
    assert summaries(two) == ["first, here", "second"]


def test_a_row_that_was_removed_there_is_left_out_by_imports_here_too(two: Two) -> None:
    calls = two.book.with_name("calls.csv")
    calls.write_text("at,contact,channel,direction,summary,source,external_id\n2026-10-01,ana@example.org,phone,in,x,log,1\n")
    for side in (two.there, two.here):
        side("import", "interactions", str(calls))
    two.there("interaction", "remove", "i_3")
    two.merge()
    two.here("interaction", "remove", *[row["id"] for row in two.rows("export interactions") if row["summary"] == "x"])
    assert "1 left out" in two.here("import", "interactions", str(calls)).err


def test_the_same_file_imported_on_both_is_there_once(two: Two) -> None:
    people = two.book.with_name("people.csv")
    people.write_text("name,email,source,external_id\nEve,eve@example.org,shop,1\nFay,fay@example.org,,\nGus,,,\n")
    calls = two.book.with_name("calls.csv")
    calls.write_text(
        "at,contact,channel,direction,summary,source,external_id\n2026-10-01,Eve,phone,in,a,log,1\n"
        "2026-10-02,Fay,phone,in,b,,\n2026-10-02,Fay,phone,in,b,,\n2026-10-03,Gus,phone,in,c,,\n"
    )
    for side in (two.there, two.here):
        side("import", "contacts", str(people))
        side("import", "interactions", str(calls))
    two.merge()
    assert summaries(two) == ["a", "b", "b", "c", "first", "second"]
    assert sorted(row["name"] for row in two.rows("export contacts")) == ["Ana Ruiz", "Bo Lind", "Eve", "Fay", "Gus"]


def test_what_was_carried_over_by_hand_before_is_not_brought_twice(two: Two) -> None:
    two.there("log", "Ana Ruiz", "on the laptop", "-c", "email", "--out")
    two.here("log", "Ana Ruiz", "on the desktop", "-c", "email", "--out")
    out = two.book.with_name("out.csv")
    two.there("export", "interactions", "-o", str(out))
    two.here("import", "interactions", str(out))
    two.there("promise", "add", "Ana Ruiz", "the frame", "--by", "2026-12-11")
    two.merge()
    assert summaries(two) == ["first", "on the desktop", "on the laptop", "second"]
    assert [row["text"] for row in two.rows("promise list")] == ["the frame"]


def test_somebody_added_on_both_is_one_and_has_the_records_of_both(two: Two) -> None:
    two.there("contact", "add", "Eve Moss", "--email", "eve@example.org", "--note", "from a fair", "--role", "customer")
    two.there("log", "Eve Moss", "there", "-c", "email", "--in")
    two.here("contact", "add", "Eve M.", "--email", "eve@example.org", "--phone", "+34600000002")
    two.here("log", "Eve M.", "here", "-c", "email", "--in")
    two.merge()
    [eve] = [row for row in two.rows("export contacts") if "eve@example.org" in str(row["email"])]
    assert (eve["name"], eve["note"]) == ("Eve M.", "from a fair")
    assert eve["phone"]
    whose = {row["contact"] if isinstance(row["contact"], str) else row["contact"][0] for row in two.rows("export interactions")}
    assert eve["id"] in whose
    assert {row["contact_name"] for row in two.rows("export interactions") if row["summary"] in ("here", "there")} == {"Eve M."}


@pytest.mark.parametrize("merged", ["here", "there"])
def test_two_people_made_one_on_one_side_are_one_with_what_the_other_side_added(two: Two, merged: str) -> None:
    one, other = (two.here, two.there) if merged == "here" else (two.there, two.here)
    one("contact", "merge", "ana@example.org", "bo@example.org", "--yes")
    other("log", "bo@example.org", "third", "-c", "email", "--in")
    other("promise", "add", "bo@example.org", "the frame", "--by", "2026-12-11")
    other("contact", "edit", "bo@example.org", "--phone", "+34600000003")
    two.merge()
    [person] = two.rows("export contacts")
    assert person["name"] == "Ana Ruiz"
    assert person["phone"]
    assert {row["contact_name"] for row in two.rows("export interactions")} == {"Ana Ruiz"}
    assert summaries(two) == ["first", "second", "third"]
    assert len(two.rows("promise list")) == 1
    assert two.here("contact", "show", "bo@example.org").code == 0


def test_the_forgotten_of_here_do_not_come_back(two: Two) -> None:
    two.there("log", "Ana Ruiz", "needle", "-c", "email", "--in")
    two.there("log", "Bo Lind", "a needle with Ana", "--with", "Ana Ruiz", "-c", "meeting", "--both")
    two.there("contact", "edit", "Ana Ruiz", "--note", "needle")
    two.here("contact", "forget", "ana@example.org", "--yes")
    said = two.merge().err
    assert "1 left out" in said
    assert [row["name"] for row in two.rows("export contacts") if row["name"] != "forgotten"] == ["Bo Lind"]
    two.here("book", "check", code=1)
    two.other.unlink()
    assert b"needle" not in b"".join(path.read_bytes() for path in two.book.parent.glob("book.db*"))


def test_whom_the_other_copy_forgot_is_named_with_what_to_do_and_no_import_brings_in_who_was_new_there(two: Two) -> None:
    two.there("contact", "add", "Eve Moss", "--email", "eve@example.org")
    for mail in ("eve@example.org", "ana@example.org"):
        two.there("contact", "forget", mail, "--yes")
    said = two.merge().err
    [ana] = [row["id"] for row in two.rows("export contacts") if row["name"] == "Ana Ruiz"]
    assert f"relcli contact forget {ana}" in said
    people = two.book.with_name("people.csv")
    people.write_text("name,email\nEve,eve@example.org\n")
    assert "forgotten" in two.here("import", "contacts", str(people)).err
    two.here("contact", "forget", ana, "--yes")


def test_somebody_whose_adding_was_undone_here_and_who_has_records_there_is_back(two: Two) -> None:
    two.here("contact", "add", "Eve Moss")
    two.part()
    two.here("book", "undo")
    two.there("contact", "edit", "Eve Moss", "--note", "from a fair")
    two.there("log", "Eve Moss", "third", "-c", "email", "--in")
    two.merge()
    assert "third" in summaries(two)
    assert "Eve Moss" in [row["name"] for row in two.rows("export contacts")]


def test_a_dry_run_says_the_same_and_writes_nothing(two: Two) -> None:
    two.there("log", "Ana Ruiz", "on the laptop", "-c", "email", "--out")
    before = two.book.read_bytes()
    would = two.merge("--dry-run").err
    assert "would bring over" in would
    assert "1 interaction" in would
    assert two.book.read_bytes() == before
    told = json.loads(two.merge("-f", "json").out)
    assert (told["new"], told["split"], told["kept"]) == ({"interaction": 1}, 4, [])


def test_later_changes_to_what_was_brought_over_come_with_the_next_merge(two: Two) -> None:
    two.here("log", "Ana Ruiz", "on the desktop", "-c", "email", "--in")
    two.there("log", "Ana Ruiz", "on the laptop", "-c", "email", "--out")
    two.merge()
    two.there("interaction", "edit", "i_3", "--summary", "on the laptop, in full")
    two.there("log", "Bo Lind", "another", "-c", "email", "--out")
    assert "1 interaction; changed 1 interaction" in two.merge().err
    assert summaries(two) == ["another", "first", "on the desktop", "on the laptop, in full", "second"]
    two.there("interaction", "remove", "i_3")
    assert "removed 1 interaction" in two.merge().err
    assert summaries(two) == ["another", "first", "on the desktop", "second"]


def test_what_one_copy_changes_of_what_it_got_from_the_other_comes_back_with_the_next_merge(two: Two) -> None:
    two.here("log", "Ana Ruiz", "on the desktop", "-c", "email", "--in")
    two.there("log", "Ana Ruiz", "on the laptop", "-c", "email", "--out")
    two.there("book", "merge-copy", str(two.book))
    [got] = [row["id"] for row in two.rows("export interactions", two.other) if row["summary"] == "on the desktop"]
    two.there("interaction", "edit", got, "--summary", "on the desktop, in full")
    two.merge()
    assert summaries(two) == ["first", "on the desktop, in full", "on the laptop", "second"]
    assert "kept" not in two.merge().err


def test_what_was_brought_over_and_removed_here_does_not_come_back(two: Two) -> None:
    two.there("log", "Ana Ruiz", "on the laptop", "-c", "email", "--out")
    two.merge()
    [new] = [row["id"] for row in two.rows("export interactions") if row["summary"] == "on the laptop"]
    two.here("interaction", "remove", new)
    two.there("interaction", "edit", "i_3", "--summary", "on the laptop, again")
    two.merge()
    assert summaries(two) == ["first", "second"]


# --- refused --------------------------------------------------------------------------------------------------------------


def test_another_book_is_refused_and_named(two: Two, relcli: Any) -> None:
    strange = two.book.with_name("shop.db")
    relcli.ok("--book", str(strange), "book", "init", "--timezone", "Europe/Paris")
    relcli.ok("--book", str(strange), "contact", "add", "Somebody else")
    ran = two.here("book", "merge-copy", str(strange), code=4)
    assert "is another book: begun on" in ran.err
    assert "Europe/Paris, with 1 contact" in ran.err


def test_the_book_itself_no_file_and_no_book_are_refused(two: Two) -> None:
    assert "is this book itself" in two.here("book", "merge-copy", str(two.book), code=2).err
    two.here("book", "merge-copy", str(two.book.with_name("nothing.db")), code=66)
    two.book.with_name("text.db").write_text("no book")
    two.here("book", "merge-copy", str(two.book.with_name("text.db")), code=76)
    damaged = two.book.with_name("damaged.db")
    data = bytearray(two.other.read_bytes())
    data[4096 * 3 : 4096 * 6] = b"\x5a" * 4096 * 3
    damaged.write_bytes(bytes(data))
    two.here("book", "merge-copy", str(damaged), code=76)


def test_a_copy_whose_log_lies_beside_it_is_refused_with_what_to_do(two: Two) -> None:
    two.other.with_name(two.other.name + "-wal").write_bytes(b"x" * 100)
    assert "a log lies beside it" in two.here("book", "merge-copy", str(two.other), code=65).err
