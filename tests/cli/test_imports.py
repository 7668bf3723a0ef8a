"""`relcli import` as a user meets it: what is said, where, with which exit code, and what the book holds afterwards."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from relcli.cli import progress

LEDGER = b"at,contact,amount,item\n2026-01-01,Ana,5,flour\n2026-01-02,Bo,7.50,\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes bytes to `f.csv` in the working folder and answers its name."""
    monkeypatch.chdir(tmp_path)

    def write(data: bytes, name: str = "f.csv") -> str:
        (tmp_path / name).write_bytes(data)
        return name

    return write


def counts(relcli: Any) -> dict[str, int]:
    return dict(json.loads(relcli.ok("book info --format json").out)["counts"])


# --- said and answered --------------------------------------------------------------------------------------------------


def test_one_line_says_what_was_added_and_stdout_is_empty(relcli: Any, file: Any, tmp_path: Path) -> None:
    ran = relcli("import", "transactions", file(LEDGER), "--add")
    assert (ran.code, ran.out) == (0, "")
    book, change = ran.err.splitlines()[:2]
    assert book.startswith(f"Made a new book at {tmp_path / 'book.db'}: ")
    assert change == "Change that with: relcli book set --currency CODE --timezone ZONE"
    assert "\n".join(ran.err.splitlines(keepends=True)[2:]) == "2 rows: 2 new; added 2 contacts they are about (batch 1)\n"


def test_the_same_file_again_says_that_all_is_known(relcli: Any, file: Any) -> None:
    relcli.ok("import", "transactions", file(LEDGER), "--add")
    before = counts(relcli)
    ran = relcli("import", "transactions", "f.csv")
    assert (ran.code, ran.out, ran.err) == (0, "", "2 rows: 2 known\n")
    assert counts(relcli) == before


def test_a_dash_reads_stdin(relcli: Any) -> None:
    ran = relcli("import", "transactions", "-", "--add", stdin=b"\xef\xbb\xbf" + LEDGER.replace(b"\n", b"\r\n"))
    assert (ran.code, ran.err.splitlines()[-1]) == (0, "2 rows: 2 new; added 2 contacts they are about (batch 1)")


def test_contacts_say_whom_they_refer_to(relcli: Any, file: Any) -> None:
    ran = relcli("import", "contacts", file(b"name,works_for\nAna,Mill\n"), "--add")
    assert ran.err.splitlines()[-1] == "1 row: 1 new; added 1 contact they refer to (batch 1)"


def test_columns_that_are_not_used_are_told_once(relcli: Any, file: Any) -> None:
    ran = relcli("import", "contacts", file(b"name,shoe size,contact_name,\x1b[1m\nAna,1,x,2\n"))
    assert ran.code == 0
    assert 'columns not used: "shoe size", "\\x1b[1m"\n' in ran.err


def test_quiet_says_nothing(relcli: Any, file: Any) -> None:
    ran = relcli("import", "contacts", file(b"name,foo\nAna,1\n"), "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert counts(relcli)["contacts"] == 1


def test_json_gives_the_counts(relcli: Any, file: Any) -> None:
    relcli.ok("import", "transactions", file(LEDGER), "--add")
    ran = relcli(
        "import", "transactions", file(LEDGER + b"2026-01-03,Ana,x,\n2026-01-04,Ana,4,\n"), "--keep-good", "--format", "json"
    )
    assert ran.code == 79
    assert json.loads(ran.out) == {
        "version": 1, "noun": "transactions", "rows_read": 4, "new": 1, "known": 2, "changed": 0, "left_out": 0, "refused": 1,
        "left_out_by": {}, "contacts_added": 0, "changed_rows": [],
        "batch": 2, "dry_run": False, "columns_not_used": [],
        "bad_rows": [{"line": 4, "why": 'amount "x" is not an amount: write 12.50, or "12.50 EUR"'}],
    }  # fmt: skip


def test_csv_gives_a_verdict_for_every_row(relcli: Any, file: Any) -> None:
    ran = relcli("import", "transactions", file(LEDGER), "--add", "--format", "csv")
    assert ran.out == (
        "line,verdict,why,id,at,contact,kind,amount,currency,item,source,external_id\n"
        "2,new,,,2026-01-01,Ana,,5,,flour,,\n"
        "3,new,,,2026-01-02,Bo,,7.50,,,,\n"
    )


def test_keep_good_takes_the_good_rows_lists_the_bad_and_ends_with_79(relcli: Any, file: Any) -> None:
    ran = relcli("import", "transactions", file(LEDGER + b"2026-01-03,Ana,x,\nx,Ana,1,\n"), "--add", "--keep-good")
    assert ran.code == 79
    assert ran.err.splitlines()[-3:] == [
        "4 rows: 2 new, 2 refused; added 2 contacts they are about (batch 1)",
        'line 4: amount "x" is not an amount: write 12.50, or "12.50 EUR"',
        'line 5: at "x" is not a date: write 2026-11-21, or name its format in a map',
    ]
    assert counts(relcli)["transactions"] == 2


def test_of_many_bad_rows_twenty_are_listed(relcli: Any, file: Any) -> None:
    ran = relcli("import", "contacts", file(b"name,kind\nAna,\n" + b"Bo,robot\n" * 25), "--keep-good")
    assert ran.code == 79
    assert ran.err.count("line ") == 20
    assert ran.err.splitlines()[-1] == "and 5 more: --format csv lists every row"


# --- a dry run --------------------------------------------------------------------------------------------------------------


def test_a_dry_run_shows_the_first_rows_as_understood_and_a_verdict_for_each(relcli: Any, file: Any, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('[columns]\ncontact = "party"\nat = "day"\namount = "sum"\n[constants]\nkind = "purchase"\n')
    rows = b"day,sum,party,foo\n" + b"".join(b"2026-01-0%d,%d,[bold]Mill\x1b[0m,x\n" % (n, n) for n in range(1, 8))
    ran = relcli("import", "transactions", file(rows), "--map", "m.toml", "--add", "--dry-run")
    assert ran.code == 0
    assert ran.err == 'columns not used: "foo"\n7 rows: 7 new; added 1 contact they are about (dry run: nothing was written)\n'
    lines = ran.out.splitlines()
    assert lines[0] == "f.csv as transactions  7 rows"
    assert lines[1].split() == ["line", "at", "contact", "kind", "amount"]
    assert [line.split()[0] for line in lines[2:7]] == ["2", "3", "4", "5", "6"]
    assert lines[2].split() == ["2", "2026-01-01", "[bold]Mill\\x1b[0m", "purchase", "1"]
    assert lines[8].split() == ["line", "verdict", "why"]
    assert [line.split() for line in lines[9:]] == [[str(n), "new"] for n in range(2, 9)]
    assert not (tmp_path / "book.db").exists()


def test_a_dry_run_of_a_long_file_shows_what_needs_attention(relcli: Any, file: Any) -> None:
    rows = b"name,kind\n" + b"".join(b"Person %d,%s\n" % (n, b"robot" if n == 30 else b"") for n in range(40))
    ran = relcli("import", "contacts", file(rows), "--dry-run")
    assert ran.code == 65
    assert 'line 32: kind "robot" is not one of' in ran.err
    assert ran.out.count("new") == 1
    assert '  32  refused  kind "robot" is not one of person, organisation' in ran.out
    assert "40 rows: 39 new, 1 refused; --format csv lists every row" in ran.out


def test_a_dry_run_in_json_holds_every_row(relcli: Any, file: Any) -> None:
    document = json.loads(relcli.ok("import", "transactions", file(LEDGER), "--add", "--dry-run", "--format", "json").out)
    assert (document["dry_run"], document["new"], document["batch"]) == (True, 2, None)
    assert [(row["line"], row["verdict"], row["contact"]) for row in document["rows"]] == [
        (2, "new", "Ana"),
        (3, "new", "Bo"),
    ]


# --- bad input ----------------------------------------------------------------------------------------------------------------

BAD = {
    "empty": (b"", "f.csv is empty"),
    "no known column": (b"foo,bar\n1,2\n", "f.csv has no column name; contacts need name"),
    "repeated header": (b"name,Name\nAna,Bo\n", 'f.csv: two columns are called "Name"'),
    "cp1252": ("name\nMuñoz\n".encode("cp1252"), "f.csv is not UTF-8: line 2, byte 8 (0xf1)"),
    "utf-16": ("\ufeffname\nAna\n".encode("utf-16-le"), "f.csv is UTF-16, not UTF-8"),
    "utf-16 without a mark": ("name\nAna\n".encode("utf-16-le"), "f.csv is UTF-16 without a byte order mark"),
    "NUL": (b"name\nAna\nB\0o\n", "f.csv, line 3: a NUL byte, which no text holds"),
    "ragged": (
        b"name,note\nAna\n",
        "1 of 1 rows of f.csv cannot be taken, nothing was written: line 2: 1 cell, but the header has 2",
    ),
    "unclosed quote": (b'name,note\nAna,"x\nBo,y\n', "f.csv, line 2: a quote is opened there"),
    "huge cell": (b"name\n" + b"x" * (1024 * 1024 + 1) + b"\n", "f.csv, line 2: a cell of more than 1 MiB"),
    "two separators": (b"name;note\tkind\n", "f.csv: the header holds both semicolons and tabs"),
    "a bad row": (b"name,kind\nAna,robot\nBo,\n", "1 of 2 rows of f.csv cannot be taken, nothing was written: line 2: kind"),
    "garbage": (bytes(range(256)) * 4, "f.csv is not UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("there", [True, False], ids=["book", "no book"])
def test_bad_input_is_refused_in_two_lines_and_nothing_is_written(
    relcli: Any, file: Any, tmp_path: Path, name: str, there: bool
) -> None:
    if there:
        relcli.ok("contact add Zoe")
    data, said = BAD[name]
    ran = relcli("import", "contacts", file(data))
    assert (ran.code, ran.out) == (65, "")
    first, second = ran.err.splitlines()
    assert first.startswith("relcli: " + said)
    assert len(first) < 300
    assert second.startswith("        ")
    if there:
        assert [counts(relcli)[noun] for noun in ("contacts", "batches")] == [1, 1]
    assert (tmp_path / "book.db").exists() is there
    assert not [p for p in tmp_path.iterdir() if p.name.endswith((".new", ".part"))]


def test_errors_are_json_where_json_is_asked_for(relcli: Any, file: Any) -> None:
    ran = relcli("import", "contacts", file(b""), "--format", "json")
    error = json.loads(ran.err)["error"]
    assert (ran.code, error["code"], error["kind"]) == (65, 65, "input-refused")


def test_a_file_that_is_not_there_a_folder_and_a_forbidden_one(
    relcli: Any, file: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, code, said in [
        ("none.csv", 66, "relcli: there is no file none.csv\n"),
        ("none.csv/x", 66, "relcli: there is no file none.csv/x\n"),
        (".", 66, "relcli: . is a folder, not a file\n"),
        ("x" * 5000, 66, "relcli: "),
    ]:
        ran = relcli("import", "contacts", path)
        assert (ran.code, ran.out) == (code, "")
        assert ran.err.startswith(said)
    name = file(LEDGER)

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    ran = relcli("import", "contacts", name)
    assert (ran.code, ran.err.splitlines()[0]) == (77, "relcli: f.csv may not be read")


def test_an_unknown_encoding_is_a_usage_error_and_a_named_one_is_read(relcli: Any, file: Any) -> None:
    name = file("name\nMuñoz\n".encode("cp1252"))
    ran = relcli("import", "contacts", name, "--encoding", "klingon")
    assert (ran.code, ran.out) == (2, "")
    relcli.ok("import", "contacts", name, "--encoding", "cp1252")
    assert "Muñoz" in relcli.ok("export contacts").out


def test_a_map_with_an_unknown_key_ends_with_78_and_a_missing_one_with_66(relcli: Any, file: Any) -> None:
    file(b'[colums]\nname = "x"\n', "m.toml")
    ran = relcli("import", "contacts", file(b"name\nAna\n"), "--map", "m.toml")
    assert (ran.code, ran.err.splitlines()[0]) == (78, "relcli: the map m.toml: there is no setting colums")
    assert relcli("import", "contacts", "f.csv", "--map", "none.toml").code == 66


def test_a_format_that_import_does_not_offer_is_refused_before_reading(relcli: Any) -> None:
    assert relcli("import", "contacts", "none.csv", "--format", "ids").code == 2


def test_without_add_there_is_no_book_to_begin(relcli: Any, file: Any, tmp_path: Path) -> None:
    ran = relcli("import", "transactions", file(LEDGER))
    assert ran.code == 66
    assert not (tmp_path / "book.db").exists()


def test_unknown_contacts_are_refused_naming_the_way(relcli: Any, file: Any) -> None:
    relcli.ok("contact add Ana")
    ran = relcli("import", "transactions", file(LEDGER))
    assert ran.code == 65
    assert 'line 3: nobody is called "Bo"; --add adds them' in ran.err
    assert counts(relcli)["transactions"] == 0


# --- progress -----------------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_long_work_on_a_terminal_shows_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", screen := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with progress.bar(10_000, quiet=False) as show:
        show("reading", 5000, 10_000)
    assert "reading" in screen.getvalue()
    assert "5000/10000" in screen.getvalue()


@pytest.mark.parametrize(("rows", "quiet", "tty"), [(10, False, True), (10_000, True, True), (10_000, False, False)])
def test_short_or_quiet_work_or_no_terminal_shows_none(
    monkeypatch: pytest.MonkeyPatch, rows: int, quiet: bool, tty: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", screen := Terminal() if tty else io.StringIO())
    with progress.bar(rows, quiet=quiet) as show:
        show("reading", 5, rows)
    assert screen.getvalue() == ""


@pytest.mark.parametrize("noun", ["contacts", "interactions", "transactions"])
def test_the_export_of_nothing_reads_back_as_nothing(noun: str, relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Ana")
    relcli.ok("book", "undo")
    header = relcli.ok("export", noun).out_bytes

    assert relcli.ok("import", noun, "-", stdin=header).err == "0 rows\n"
