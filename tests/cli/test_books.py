"""`relcli book history` and `book undo`: everything written can be taken back, and the taking back too."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("book_location")
NOUNS = ("contacts", "interactions", "transactions")


def everything(relcli: Any) -> list[str]:
    """What the book holds, as its exports."""
    return [relcli.ok("export", noun, "-f", "json").out for noun in NOUNS]


def history(relcli: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in relcli.ok("book", "history", "-f", "jsonl").out.splitlines()]


@pytest.fixture
def acts(relcli: Any, book_location: str) -> list[list[str]]:
    """What the book held before and after each of nine writes."""
    ledger = b"contact,at,amount\nAna Ruiz,2026-01-02,5\nNew Noor,2026-02-02,6\n"
    states = [everything(relcli)]
    for words, stdin in (
        (["contact", "add", "Ana Ruiz", "--tag", "a", "--email", "ana@example.org", "--birthday", "1980-04-12"], b""),
        (["contact", "add", "Bright Bakery", "--kind", "organisation", "--introduced-by", "Ana Ruiz"], b""),
        (["contact", "edit", "Ana Ruiz", "--works-for", "Bright Bakery", "--phone", "+34 600 000 001", "--no-tag", "a"], b""),
        (["log", "Ana Ruiz", "Straße", "--channel", "email", "--in", "--with", "Bright Bakery", "--at", "2026-03-01T10:00"], b""),
        (["sold", "Bright Bakery", "12.50", "loaf"], b""),
        (["import", "transactions", "-", "--add"], ledger),
        (["contact", "edit", "New Noor", "--name", "Noor", "--note", "two\nlines"], b""),
        (["contact", "edit", "Ana Ruiz", "--no-works-for", "--now", "2027-01-01"], b""),
        (["contact", "archive", "Noor"], b""),
    ):
        relcli.ok(*words, stdin=stdin)
        states.append(everything(relcli))
    return states


def test_undo_goes_back_step_by_step_to_the_empty_book(relcli: Any, acts: list[list[str]]) -> None:
    for state in reversed(acts[:-1]):
        relcli.ok("book", "undo")
        assert everything(relcli) == state
    assert relcli("book", "undo").code == 3


def test_undoing_the_undos_in_turn_is_the_redo(relcli: Any, acts: list[list[str]]) -> None:
    for _ in acts[:-1]:
        relcli.ok("book", "undo")
    undos = [batch["batch"] for batch in history(relcli) if batch["undoes"]]
    for undo, state in zip(undos, acts[1:], strict=True):
        relcli.ok("book", "undo", str(undo))
        assert everything(relcli) == state


def test_a_batch_can_be_undone_out_of_turn_where_nothing_later_touched_it(relcli: Any, acts: list[list[str]]) -> None:
    relcli.ok("book", "undo", "5")

    assert "loaf" not in relcli.ok("export", "transactions").out
    assert history(relcli)[0]["undoes"] == 5


@pytest.mark.parametrize(("batch", "later"), [(1, 3), (2, 8), (6, 9), (3, 8)])
def test_what_a_later_batch_touched_is_not_undone_and_that_batch_is_named(
    batch: int, later: int, relcli: Any, acts: list[list[str]]
) -> None:
    ran = relcli("book", "undo", str(batch))

    assert ran.code == 4
    assert f"batch {later} changed the same records" in ran.err
    assert everything(relcli) == acts[-1]
    assert len(history(relcli)) == 9


def test_a_batch_is_undone_once(relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana")
    relcli.ok("book", "undo", "1")
    ran = relcli("book", "undo", "1")

    assert ran.code == 4
    assert "already undone by batch 2" in ran.err
    assert relcli("book", "undo", "7").code == 3


def test_redo_and_undo_may_go_back_and_forth(relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana")
    full = everything(relcli)
    for number in range(1, 7):
        relcli.ok("book", "undo", str(number))
        assert (everything(relcli) == full) == (number % 2 == 0)


def test_ids_are_not_given_again_after_an_undo(relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana")
    assert relcli.ok("sold", "Ana", "1", "-f", "ids").out == "t_1\n"
    relcli.ok("book", "undo")
    assert relcli.ok("sold", "Ana", "1", "-f", "ids").out == "t_2\n"


def test_a_large_undo_asks_first_and_no_answer_is_a_no(relcli: Any) -> None:
    rows = "".join(f"P{n},2026-01-{n % 28 + 1:02},5\n" for n in range(60))
    relcli.ok("import", "transactions", "-", "--add", stdin=b"contact,at,amount\n" + rows.encode())
    before = everything(relcli)
    refused = relcli("book", "undo", stdin=b"y\n")

    assert refused.code == 5
    assert "--yes" in refused.err
    assert everything(relcli) == before
    assert relcli.ok("book", "undo", "--yes").err == (
        "Undone: import of 60 transactions and 60 contacts (batch 1; redo with: relcli book undo 2)\n"
    )
    assert relcli.ok("import", "transactions", "-", "--add", stdin=b"contact,at,amount\n" + rows.encode()).err.startswith(
        "60 rows: 60 new; added 60 contacts"
    )


def test_a_dry_undo_changes_nothing(relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana")
    before = everything(relcli)
    ran = relcli.ok("book", "undo", "--dry-run")

    assert ran.err == "Would undo: contact Ana (batch 1; dry run: nothing was written)\n"
    assert everything(relcli) == before
    assert len(history(relcli)) == 1


def test_history_says_who_when_what_and_how_much_but_never_what_was_typed(relcli: Any) -> None:
    relcli.ok("contact", "add", "Secret Sam", "--note", "whisper", env={"RELCLI_ACTOR": "cron"})
    relcli.ok("book", "undo")
    [undo, add] = history(relcli)

    assert (add["batch"], add["actor"], add["command"], add["rows"], add["undone_by"]) == (1, "cron", "contact add", 1, 2)
    assert (undo["command"], undo["undoes"], undo["at"]) == ("book undo", 1, "2026-11-21T10:00:00+00:00")
    page = relcli.ok("book", "history").out
    assert "undone by 2" in page
    assert "Secret" not in page
    assert "whisper" not in page


def test_reads_leave_no_trace_in_the_history(relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana")
    for words in ("contact list", "scorecard Ana", "health-report", "export contacts", "timeline Ana", "book info"):
        relcli.ok(words)

    assert len(history(relcli)) == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["contact add Bo"], "contact Bo"),
        (["contact add Bo", "log Bo 'typo entry' -c email --in"], "email from Bo, “typo entry”"),
        (["log Amelia 'typo entry' -c email --in --add"], "email from Amelia, “typo entry”; contact Amelia"),
        (["contact add Bo", "log Bo crack -c phone --in --complaint"], "phone from Bo, “crack”; complaint of Bo, “crack”"),
        (["contact add Bo", "sold Bo 12 album"], "sale of 12.00 EUR to Bo for album"),
        (["contact add Bo", "sold Bo 12", "transaction edit t_1 --amount 13"], "change to the sale of 13.00 EUR to Bo"),
        (["contact add Bo", "sold Bo 12", "transaction remove t_1"], "removal of the sale of 12.00 EUR to Bo"),
        (["contact add Bo", "promise add Bo 'the prints' --by 2026-12-01"], "promise to Bo, “the prints”"),
        (["contact add Bo", "promise add Bo flour --theirs"], "promise of Bo, “flour”"),
        (["contact add Bo", "preference set Bo --cadence 6w --stated x"], "preference of Bo, cadence 6w"),
        (["contact add Bo", "later Bo --until 2027-01-31"], "postponement of Bo"),
        (["contact add Bo", "plan set Bo --aim loyal"], "plan for Bo"),
        (["contact add Bo", "circumstance set Bo need --theirs 4"], "circumstance of Bo, need"),
        (["contact add Bo", "contact add Cy", "referral add Bo Cy"], "referral of Cy by Bo"),
        (["contact add Bo", "contact add Cy", "contact merge Bo Cy --yes"], "merge of Cy into Bo"),
        (["contact add Bo", "contact edit Bo --note x"], "change to the contact Bo"),
        (["initiative start Calls --hypothesis x --outcome signs"], "initiative “Calls”"),
        (["book set --currency USD"], "currency of the book, USD"),
        (["contact add Bo", "log Bo x -c email --in", "book undo"], "email from Bo, “x”"),
    ],
)
def test_an_undo_says_in_words_what_it_took_back(relcli: Any, lines: list[str], said: str) -> None:
    for line in lines:
        relcli.ok(line)
    if lines[-1] == "book undo":
        number = len(lines)
        assert f"Undone: removal of the {said} (batch {number}" in relcli.ok(f"book undo {number}").err
        return
    number = len(lines)
    assert relcli.ok("book undo --dry-run").err == f"Would undo: {said} (batch {number}; dry run: nothing was written)\n"
    assert relcli.ok("book undo").err == f"Undone: {said} (batch {number}; redo with: relcli book undo {number + 1})\n"
