"""An import in words, on a page, and as rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.render.people import BATCH

from relcli.actions.imports.outcome import Imported, Judged, Verdict
from relcli.exchange.columns import COLUMNS, Table
from relcli.exchange.mapping import Mapping
from relcli.render import imports
from relcli.render.plain import to_plain

V = Verdict
_WHY = {V.REFUSED: "no such day", V.LEFT_OUT: "removed on 3 Nov", V.CHANGED: "amount is 5.00, and 6.00 in t_1"}


def imported(noun: str, *verdicts: Verdict, new: int = 0, unused: tuple[str, ...] = ()) -> Imported:
    """A file with a row for each verdict, from line 2 on."""
    rows = tuple((line, (f"Person {line}", "x" * 50)) for line, _ in enumerate(verdicts, 2))
    table = Table("people.csv", noun, ("name" if noun == "contacts" else "contact", "at"), rows, unused, Mapping())
    judged = tuple(Judged(line, verdict, _WHY.get(verdict, "")) for line, verdict in enumerate(verdicts, 2))
    return Imported(table, judged, new, BATCH)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (imported("interactions", V.NEW), "1 row: 1 new"),
        (imported("interactions", V.NEW, V.NEW, new=1), "2 rows: 2 new; added 1 contact they are about"),
        (imported("contacts", V.NEW, new=3), "1 row: 1 new; added 3 contacts they refer to"),
        (imported("transactions", V.KNOWN, V.KNOWN), "2 rows: 2 known"),
        (
            imported("transactions", V.NEW, V.KNOWN, V.CHANGED, V.REFUSED),
            "4 rows: 1 new, 1 known, 1 changed (not taken: the book says otherwise), 1 refused",
        ),
        (imported("contacts", V.NEW, V.LEFT_OUT, V.LEFT_OUT), "3 rows: 1 new, 2 left out (removed on 3 Nov)"),
        (imported("contacts"), "0 rows"),
    ],
)
def test_one_line_says_what_became_of_the_rows(result: Imported, said: str) -> None:
    assert imports.told(result) == said


def test_columns_that_were_passed_over_are_named_in_a_line() -> None:
    assert imports.unused(imported("contacts", unused=("Fax", "y" * 60))) == [f'columns not used: "Fax", "{"y" * 40}"']
    assert imports.unused(imported("contacts")) == []


@pytest.mark.parametrize(("bad", "lines", "last"), [(1, 1, "line 2: "), (20, 20, "line 21: "), (21, 21, "and 1 more: ")])
def test_rows_that_were_not_taken_are_listed_the_first_twenty(bad: int, lines: int, last: str) -> None:
    found = imports.listed(imported("contacts", *[V.REFUSED] * bad))
    assert (len(found), found[0]) == (lines, "line 2: no such day")
    assert found[-1].startswith(last)
    assert imports.listed(imported("contacts", V.NEW)) == []


def test_a_page_shows_the_first_rows_as_they_are_understood_and_a_verdict_for_each() -> None:
    written = to_plain(imports.page(imported("contacts", V.NEW, V.REFUSED))).splitlines()
    assert written == [
        "people.csv as contacts  2 rows",
        "line  name      at",
        f"   2  Person 2  {'x' * 39}…",
        f"   3  Person 3  {'x' * 39}…",
        "",
        "line  verdict  why",
        "   2  new",
        "   3  refused  no such day",
    ]


def test_of_a_long_file_a_page_shows_what_needs_attention_and_where_the_rest_is() -> None:
    written = to_plain(imports.page(imported("contacts", *[V.NEW] * 20, V.CHANGED, V.REFUSED)))
    assert "  22  changed  amount is 5.00, and 6.00 in t_1\n  23  refused  no such day\n" in written
    assert written.endswith(
        "\n22 rows: 20 new, 1 changed (not taken: the book says otherwise), 1 refused; --format csv lists every row\n"
    )
    assert written.count("Person") == 5


def test_rows_give_the_verdict_and_the_row_under_our_own_columns() -> None:
    found = imports.rows(imported("interactions", V.REFUSED))
    assert found.columns == ("line", "verdict", "why", *COLUMNS["interactions"])
    [row] = found.mappings()
    assert {column: cell for column, cell in row.items() if cell is not None} == {
        "line": 2, "verdict": "refused", "why": "no such day", "contact": "Person 2", "at": "x" * 50
    }  # fmt: skip


def test_programs_get_the_counts_and_the_bad_rows_and_of_a_dry_run_every_row() -> None:
    result = imported("contacts", V.NEW, V.REFUSED, new=1, unused=("Fax",))
    done, tried = imports.document(result, dry_run=False), imports.document(result, dry_run=True)
    assert done == {
        "noun": "contacts", "rows_read": 2, "new": 1, "known": 0, "changed": 0, "left_out": 0, "refused": 1, "left_out_by": {},
        "contacts_added": 1, "batch": 4, "dry_run": False, "columns_not_used": ["Fax"],
        "bad_rows": [{"line": 3, "why": "no such day"}], "changed_rows": [],
    }  # fmt: skip
    assert [row["line"] for row in tried.pop("rows")] == [2, 3]
    assert tried == {**done, "batch": None, "dry_run": True}
    assert imports.document(replace(result, batch=None), dry_run=False)["batch"] is None
