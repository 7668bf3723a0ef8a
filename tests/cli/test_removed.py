"""What an owner took out of the book stays out: no import brings it back by itself, `--again` and an undo do."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

NOW = ("--now", "2026-11-03T10:00:00+00:00")
LEFT = "left out (removed on 3 November 2026; --again takes it)"
HEAD = "at,contact,channel,direction,summary,source,external_id\n"
CALLS = HEAD + "".join(f"2026-10-0{n},Ana Ruiz,phone,in,call {n},phone-log,c-{n}\n" for n in (1, 2, 3))
EQUAL = "at,contact,channel,direction,summary\n" + "2026-10-01,Ana Ruiz,phone,in,rang\n" * 3
SALES = "at,contact,amount,item\n2026-10-01,Ana Ruiz,5,roll\n2026-10-02,Ana Ruiz,7,cake\n"


@pytest.fixture(autouse=True)
def ana(relcli: Any, tmp_path: Path, book_location: str) -> None:  # the book comes first
    relcli.ok("contact add 'Ana Ruiz' --email ana@example.org")
    relcli.ok("contact add 'Bo Lind'")
    (tmp_path / "calls.csv").write_text(CALLS)
    (tmp_path / "equal.csv").write_text(EQUAL)
    (tmp_path / "sales.csv").write_text(SALES)


def taken(relcli: Any, noun: str, file: Path, *more: str) -> str:
    return str(relcli.ok("import", noun, str(file), *more, *NOW).err)


def ids(relcli: Any, noun: str) -> list[str]:
    return sorted(relcli.ok(noun, "list", "-f", "ids").out.split())


def test_a_removed_row_stays_away_however_often_the_file_comes(relcli: Any, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    taken(relcli, "interactions", file)
    relcli.ok("interaction", "remove", "i_2", *NOW)
    for more in ((), ("--dry-run",), ()):
        said = taken(relcli, "interactions", file, *more)
        assert "2 known" in said
        assert f"1 {LEFT}" in said
    assert ids(relcli, "interaction") == ["i_1", "i_3"]


def test_each_row_of_a_file_has_a_verdict_also_the_one_left_out(relcli: Any, tmp_path: Path) -> None:
    taken(relcli, "interactions", tmp_path / "calls.csv")
    relcli.ok("interaction", "remove", "i_2", *NOW)
    ran = relcli.ok("import", "interactions", str(tmp_path / "calls.csv"), "-f", "csv", *NOW)
    assert [row["verdict"] for row in csv.DictReader(io.StringIO(ran.out))] == ["known", "left_out", "known"]
    told = json.loads(relcli.ok("import", "interactions", str(tmp_path / "calls.csv"), "-f", "json", *NOW).out)
    assert (told["known"], told["left_out"], told["batch"]) == (2, 1, None)


def test_again_takes_it_once(relcli: Any, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    taken(relcli, "interactions", file)
    relcli.ok("interaction", "remove", "i_2", *NOW)
    assert "1 new, 2 known" in taken(relcli, "interactions", file, "--again")
    assert "3 known" in taken(relcli, "interactions", file)
    relcli.ok("interaction", "remove", "i_4", "--now", "2026-11-04T10:00:00+00:00")
    assert "removed on 4 November 2026" in taken(relcli, "interactions", file)


def test_an_undo_of_the_removal_is_no_removal_and_its_redo_is(relcli: Any, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    taken(relcli, "interactions", file)
    relcli.ok("interaction", "remove", "i_2", *NOW)
    relcli.ok("book undo")
    assert "3 known" in taken(relcli, "interactions", file)
    relcli.ok("book undo 5")
    assert LEFT in taken(relcli, "interactions", file)


def test_undoing_an_import_takes_it_back_so_the_file_may_come_again(relcli: Any, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    taken(relcli, "interactions", file)
    relcli.ok("book undo")
    taken(relcli, "interactions", file)
    assert len(ids(relcli, "interaction")) == 3


def test_undoing_an_import_with_again_leaves_the_row_out_again(relcli: Any, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    taken(relcli, "interactions", file)
    relcli.ok("interaction", "remove", "i_2", *NOW)
    taken(relcli, "interactions", file, "--again")
    relcli.ok("book undo")
    assert LEFT in taken(relcli, "interactions", file)
    assert ids(relcli, "interaction") == ["i_1", "i_3"]


@pytest.mark.parametrize("gone", [["i_1"], ["i_2"], ["i_1", "i_3"]])
def test_of_equal_rows_as_many_are_left_out_as_were_removed(relcli: Any, tmp_path: Path, gone: list[str]) -> None:
    file = tmp_path / "equal.csv"
    taken(relcli, "interactions", file)
    relcli.ok("interaction", "remove", *gone, *NOW)
    said = taken(relcli, "interactions", file)
    assert f"{len(gone)} left out" in said
    assert f"{3 - len(gone)} known" in said
    assert len(ids(relcli, "interaction")) == 3 - len(gone)


def test_a_row_that_was_edited_or_moved_before_it_was_removed_stays_away_too(relcli: Any, tmp_path: Path) -> None:
    for name in ("calls.csv", "equal.csv"):
        taken(relcli, "interactions", tmp_path / name)
    for one in ("i_2", "i_5"):
        relcli.ok("interaction", "edit", one, "--summary", "something else", *NOW)
        relcli.ok("interaction", "move", one, "Bo Lind", *NOW)
        relcli.ok("interaction", "remove", one, *NOW)
    for name in ("calls.csv", "equal.csv"):
        assert f"1 {LEFT}" in taken(relcli, "interactions", tmp_path / name)
    assert len(ids(relcli, "interaction")) == 4


def test_a_removed_sale_stays_away(relcli: Any, tmp_path: Path) -> None:
    taken(relcli, "transactions", tmp_path / "sales.csv")
    relcli.ok("transaction", "remove", "t_1", *NOW)
    assert f"1 {LEFT}" in taken(relcli, "transactions", tmp_path / "sales.csv")
    taken(relcli, "transactions", tmp_path / "sales.csv", "--again")
    assert len(ids(relcli, "transaction")) == 2


@pytest.mark.parametrize(
    ("noun", "logged", "letter"),
    [
        ("interaction", ("log", "Ana Ruiz", "by hand", "-c", "email", "--in"), "i"),
        ("transaction", ("sold", "Ana Ruiz", "9", "by hand"), "t"),
    ],
)
def test_what_was_typed_by_hand_and_removed_does_not_come_back_from_an_old_export(
    relcli: Any, tmp_path: Path, noun: str, logged: tuple[str, ...], letter: str
) -> None:
    relcli.ok(*logged, *NOW)
    relcli.ok("export", f"{noun}s", "-o", str(tmp_path / "old.csv"))
    relcli.ok(noun, "move", f"{letter}_1", "Bo Lind", *NOW)
    relcli.ok(noun, "edit", f"{letter}_1", "--at", "2026-10-01", *NOW)
    assert "1 known" in taken(relcli, f"{noun}s", tmp_path / "old.csv")
    assert ids(relcli, noun) == [f"{letter}_1"]
    relcli.ok(noun, "remove", f"{letter}_1", "--now", "2026-11-05T10:00:00+00:00")
    assert "1 left out (removed on 5 November 2026" in taken(relcli, f"{noun}s", tmp_path / "old.csv")
    assert ids(relcli, noun) == []
    taken(relcli, f"{noun}s", tmp_path / "old.csv", "--again")
    assert ids(relcli, noun) == [f"{letter}_1"]


def test_a_row_of_a_merged_person_is_known_and_a_removed_one_stays_away(relcli: Any, tmp_path: Path) -> None:
    taken(relcli, "interactions", tmp_path / "calls.csv")
    relcli.ok("interaction", "remove", "i_1", *NOW)
    relcli.ok("contact merge 'Bo Lind' ana@example.org --yes")
    said = taken(relcli, "interactions", tmp_path / "calls.csv", "--add")
    assert f"1 {LEFT}" in said
    assert ids(relcli, "interaction") == ["i_2", "i_3"]


def test_marks_say_nothing_of_what_was_removed(relcli: Any, tmp_path: Path, book_location: str) -> None:
    taken(relcli, "interactions", tmp_path / "calls.csv")
    relcli.ok("interaction", "remove", "i_1", "i_2", "i_3", *NOW)
    relcli.ok("contact forget ana@example.org --yes")
    assert f"3 {LEFT}" in taken(relcli, "interactions", tmp_path / "calls.csv") or "forgotten" in taken(
        relcli, "interactions", tmp_path / "calls.csv"
    )
    if "://" not in book_location:
        stored = b"".join(path.read_bytes() for path in Path(book_location).parent.glob("book.db*"))
        assert b"call 1" not in stored
        assert b"phone-log" not in stored
