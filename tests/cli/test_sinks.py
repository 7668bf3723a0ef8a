"""What people and strangers typed leaves by one encoder per format, whichever command it leaves by."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import InProcess

FORMULA = '=HYPERLINK("http://example.org";"x")'
TABLES = (
    ("contact", "list"),
    ("health-report",),
    ("agenda",),
    ("timeline", "ana@example.org"),
    ("search", "HYPERLINK"),
    ("interaction", "list"),
    ("transaction", "list"),
    ("promise", "list"),
    ("preference", "list"),
    ("scorecard", "ana@example.org"),
    ("survey", "results", "pulse"),
    ("export", "contacts"),
    ("export", "interactions"),
    ("export", "transactions"),
)


@pytest.fixture
def hostile(relcli: InProcess) -> None:
    """Somebody whose name, and everything said of whom, is a formula."""
    relcli.ok("contact", "add", FORMULA, "--role", "customer", "--email", "ana@example.org", "--note", FORMULA)
    relcli.ok("log", "ana@example.org", FORMULA, "-c", "email", "--in")
    relcli.ok("sold", "ana@example.org", "12.50", FORMULA)
    relcli.ok("promise", "add", "ana@example.org", FORMULA, "--by", "2026-11-22")
    relcli.ok("preference", "set", "ana@example.org", "--channel", "email", "--stated", FORMULA)
    relcli.ok("survey", "record", "pulse", "ana@example.org", "--answer", "recommend=2", "--answer", f"why={FORMULA}")


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_no_table_holds_a_cell_that_a_spreadsheet_would_run(relcli: InProcess, words: tuple[str, ...], form: str) -> None:
    out = relcli.ok(*words, "-f", form).out
    rows = list(csv.reader(io.StringIO(out), delimiter="," if form == "csv" else "\t", quotechar='"' if form == "csv" else None))
    assert len(rows) > 1
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))] == []
    assert FORMULA.split('"', maxsplit=1)[0] in relcli.ok(*words, "-f", form, "--raw").out.replace("'=", "")


@pytest.mark.usefixtures("hostile")
def test_the_table_for_a_mail_merge_is_guarded_too(relcli: InProcess, place: Path) -> None:
    relcli.ok("contact", "add", "=1+1", "--role", "customer", "--email", "bo@example.org")
    relcli.ok("survey", "invite", "pulse", "bo@example.org", "--output", str(place / "merge.csv"))
    rows = list(csv.DictReader(io.StringIO((place / "merge.csv").read_text())))
    assert [row["name"] for row in rows] == ["'=1+1"]


def test_json_holds_nothing_that_steers_a_terminal_and_means_the_same(relcli: InProcess) -> None:
    name = "Zoë \x9b31m\u202e\u2028\x7f Smith"
    relcli.ok("contact", "add", "Zoë Smith", "--note", name)
    for form in ("json", "jsonl"):
        out = relcli.ok("contact", "list", "-f", form).out
        assert not set(out) & set("\x9b\u202e\u2028\x7f")
        document: Any = json.loads(out)
        assert (document["contacts"][0] if form == "json" else document)["note"] == name


def test_a_text_comes_by_standard_input(relcli: InProcess) -> None:
    relcli.ok("contact", "add", "Ana Ruiz", "--note", "-", stdin="allergic to nuts\n")
    relcli.ok("log", "ana", "-", "-c", "email", "--in", stdin="first line\nsecond line\n")
    relcli.ok("preference", "set", "ana", "--channel", "email", "--stated", "-", stdin="“mail me”")
    assert (
        json.loads(relcli.ok("export", "interactions", "-f", "json").out)["interactions"][0]["summary"]
        == "first line\nsecond line"
    )
    assert json.loads(relcli.ok("contact", "list", "-f", "json").out)["contacts"][0]["note"] == "allergic to nuts"
    assert "“mail me”" in relcli.ok("preference", "list", "-f", "csv").out


def test_one_text_alone_comes_by_standard_input_and_must_be_text(relcli: InProcess) -> None:
    relcli.ok("contact", "add", "Ana Ruiz")
    assert relcli("plan", "set", "ana", "--aim", "-", "--next", "-", stdin="x").code == 2
    for bad, code in ((b"\xff\xfe", 65), (b"x" * (2 << 20), 65), (b"a\0b", 2)):
        assert relcli("log", "ana", "-", "-c", "email", "--in", stdin=bad).code == code
    assert relcli.ok("interaction", "list", "-f", "ids").out == ""
