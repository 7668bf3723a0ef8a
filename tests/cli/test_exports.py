"""`relcli export`: columns, formats, the formula guard; and that it reads back byte-equal on both databases."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from relcli.domain.spelling import person_name

NOUNS = ("contacts", "interactions", "transactions")
STEERING = " \x1b[31mred\x1b[0m \u202egnitset\u202c."
NAMES = [
    "[bold]Ana[/bold]", "[/x]", ":smile:", "\x1b[31mred\x1b[0m", "\u202egnitset\u202c", "👩‍👩‍👧 & Söhne", "x" * 200, "=1+1", "'=x", "''+y",
    "semi;colon", 'quo"ted', "comma, inc.", "-5", "+34 600 000 001", "\uff1dfull", "\\t \\n \\", "'tis", "Łukasz", "山田 太郎", "@handle",
]  # fmt: skip


@pytest.fixture
def awkward(relcli: Any, tmp_path: Path) -> dict[str, str]:
    """RELCLI_BOOK of a book with everything that is hard to carry, made by the commands themselves."""
    env = {"RELCLI_BOOK": str(tmp_path / "awkward.db")}

    def run(*words: str) -> None:
        relcli.ok(*words, env=env)

    run("book", "init", "--timezone", "Europe/Madrid", "--currency", "EUR")
    run("contact", "add", "Mill and Stone", "--kind", "organisation", "--email", "mill@example.org")
    for number, name in enumerate(NAMES):
        run("contact", "add", "--email", f"p{number}@example.org", "--", name)
    run(
        "contact", "edit", "p0@example.org", "--email", "first@example.org", "--phone", "+34 600 000 001", "--phone", "12 34 56",
        "--handle", "@ana", "--tag", "z", "--tag", "=tag", "--tag", "ärger", "--role", "supplier", "--role", "customer",
        "--works-for", "mill@example.org", "--introduced-by", "p1@example.org", "--language", "es", "--timezone", "Asia/Tokyo",
        "--birthday", "--04-12", "--note", '-starts like a formula\n\n\tand has "lines",\nand \\n too' + STEERING,
    )  # fmt: skip
    run("contact", "archive", "p3@example.org")
    run("contact", "archive", "mill@example.org")
    for who, amount, at in [
        ("p0", "12.50", "2026-01-01"),
        ("p2", "1250 JPY", "2026-01-01T23:30"),
        ("p3", "1.234 KWD", "2026-02-01T10:00:00.5-03:30"),
        ("p4", "5", "1969-12-30"),
    ]:
        run("log-transaction", f"{who}@example.org", amount, '=item; "x"', "--at", at)
    run("log-transaction", "p4@example.org", "5", "--kind", "refund", "--at", "1969-12-31")
    run(
        "log",
        "p9@example.org",
        "=danger\n'quoted\n",
        "--with",
        "p0@example.org",
        "--with",
        "p5@example.org",
        "--channel",
        "meeting",
        "--minutes",
        "5",
        "--sentiment",
        "-2",
    )
    run("log", "p9@example.org", "", "-c", "email", "--out", "--purpose", "check-in", "--at", "2026-03-29T03:30")
    table = "name,source,external_id\nOne,shop,1;2\nTwo,crm;shop,=7;8\n"
    relcli.ok("import", "contacts", "-", stdin=table, env=env)
    relcli.ok(
        "import",
        "interactions",
        "-",
        "--add",
        stdin="at,contact,source,external_id,channel\n2026-01-01,One,shop,-7,visit\n",
        env=env,
    )
    relcli.ok("import", "transactions", "-", stdin="at,contact,amount,source,external_id\n2026-01-01,One,7,shop,7\n", env=env)
    return env


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_an_export_reads_back_byte_equal(relcli: Any, awkward: dict[str, str], book_location: str, form: str) -> None:
    exports = {noun: relcli.ok("export", noun, "--format", form, env=awkward).out_bytes for noun in NOUNS}
    for noun in NOUNS:
        ran = relcli.ok("import", noun, "-", stdin=exports[noun])
        assert re.search(r"^(\d+) rows: \1 new \(batch \d+\)$", ran.err, re.MULTILINE), ran.err
        assert "columns not used" not in ran.err
    assert os.environ["RELCLI_BOOK"] == book_location
    for noun in NOUNS:
        assert relcli.ok("export", noun, "--format", form).out_bytes == exports[noun]
    for noun in NOUNS:
        rows = len(list(csv.reader(io.StringIO(relcli.ok("export", noun).out)))) - 1
        assert relcli.ok("import", noun, "-", stdin=exports[noun]).err.endswith(f"{rows} rows: {rows} known\n")


def test_the_awkward_book_is_awkward(relcli: Any, awkward: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(relcli.ok("export", "contacts", "--raw", env=awkward).out)))
    assert {row["name"] for row in rows} == {*map(person_name, NAMES), "Mill and Stone", "One", "Two"}
    [ana] = [row for row in rows if row["name"] == NAMES[0]]
    assert all(ana[column] for column in ana if column not in ("archived", "source", "external_id"))
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    money = list(csv.DictReader(io.StringIO(relcli.ok("export", "transactions", env=awkward).out)))
    assert {(row["amount"], row["currency"]) for row in money} >= {("1250", "JPY"), ("1.234", "KWD"), ("12.50", "EUR")}
    assert "2026-02-01T10:00:00.500000-03:30" in {row["at"] for row in money}


def test_no_cell_of_csv_or_tsv_starts_a_formula_and_raw_leaves_them(relcli: Any, awkward: dict[str, str]) -> None:
    guarded = list(csv.reader(io.StringIO(relcli.ok("export", "contacts", env=awkward).out)))
    dangerous = [c for row in guarded for c in row if c.startswith(tuple("=+-@\uff1d")) and not c.lstrip("+-").isdigit()]
    assert dangerous == []
    assert "'=1+1" in relcli.ok("export", "contacts", "--format", "tsv", env=awkward).out
    raw = relcli.ok("export", "contacts", "--raw", env=awkward).out
    assert ",=1+1," in raw


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_holds_the_text_as_it_is(relcli: Any, awkward: dict[str, str], form: str) -> None:
    text = relcli.ok("export", "contacts", "--format", form, env=awkward).out
    rows = json.loads(text)["contacts"] if form == "json" else [json.loads(line) for line in text.split("\n") if line]
    assert {row["name"] for row in rows} >= set(map(person_name, NAMES))
    assert STEERING in "".join(row["note"] or "" for row in rows)


def test_csv_is_the_default_and_the_suffix_of_output_the_environment_and_the_option_change_it(
    relcli: Any, tmp_path: Path
) -> None:
    relcli.ok("contact", "add", "Ana, Ruiz")
    assert relcli.ok("export contacts").out.splitlines()[0].startswith("id,kind,name,")
    assert relcli.ok("export contacts", env={"RELCLI_FORMAT": "jsonl"}).out.startswith('{"id"')
    assert relcli.ok("export contacts", env={"RELCLI_FORMAT": "text"}).out.startswith("id,kind,name,")
    path = tmp_path / "c.tsv"
    assert relcli.ok("export", "contacts", "-o", str(path), env={"RELCLI_FORMAT": "jsonl"}).out == ""
    assert path.read_text().startswith("id\tkind\tname\t")
    assert path.stat().st_mode & 0o777 == 0o600
    assert relcli.ok("export", "contacts", "-o", str(path), "-f", "csv").out == ""
    assert path.read_text().startswith("id,kind,name,")
    assert relcli("export contacts --format ids").code == 2


@pytest.mark.parametrize("noun", NOUNS)
def test_an_empty_book_gives_the_header_alone_and_no_book_66(relcli: Any, noun: str) -> None:
    assert relcli("export", noun).code == 66
    relcli.ok("book init")
    assert relcli.ok("export", noun).out.count("\n") == 1
