"""What binds a book: said when it is made, changed with `book set`, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.records import everything, record

RESTATED = b"at,contact,amount\n2026-11-02,Bo,5\n2026-11-03,Bo,7.50\n"


@pytest.fixture
def unset(relcli: Any, no_book_location: str) -> Any:  # it is where the book will be
    """A book without a currency, in UTC, with three amounts typed without one and one in dollars."""
    relcli.ok("sold", "Ana", "12.50", "album", "--add", "--at", "2026-11-01T23:30")
    relcli.ok("sold", "Ana", "9 USD", "--at", "2026-11-01")
    relcli.ok("import transactions - --add", stdin=RESTATED)
    return relcli


def money_of(relcli: Any) -> list[tuple[str, str]]:
    return [(one["amount"], one["currency"]) for one in json.loads(relcli.ok("export transactions -f json").out)["transactions"]]


def test_the_first_write_says_what_binds_the_book_and_how_to_change_it(relcli: Any, tmp_path: Path) -> None:
    first = relcli.ok("contact", "add", "Ana", "--book", str(tmp_path / "b.db")).err.splitlines()
    assert first[:2] == [
        f"Made a new book at {tmp_path / 'b.db'}: no currency set, days in UTC.",
        "Change that with: relcli book set --currency CODE --timezone ZONE",
    ]
    assert "book" not in relcli.ok("contact", "add", "Bo", "--book", str(tmp_path / "b.db")).err


def test_amounts_typed_without_a_currency_take_it_on_and_others_keep_theirs(unset: Any) -> None:
    said = unset.ok("book set --currency eur").err
    assert said.splitlines() == ["Set: amounts in EUR, days in UTC (batch 4)", "3 amounts without a currency are in EUR now"]
    assert money_of(unset) == [("12.50", "EUR"), ("9.00", "USD"), ("5.00", "EUR"), ("7.50", "EUR")]
    unset.ok("sold Ana 3")
    assert record(unset, "transaction", "t_5")["currency"] == "EUR"


def test_a_second_change_touches_no_amount(unset: Any) -> None:
    unset.ok("book set --currency EUR")
    before = everything(unset)
    assert "amounts already logged keep their currency; new ones are in CHF" in unset.ok("book set --currency CHF").err
    assert everything(unset) == before


def test_undo_brings_back_what_bound_the_book_and_the_amounts(unset: Any) -> None:
    before = everything(unset)
    unset.ok("book set --currency EUR --timezone Asia/Tokyo")
    undone = unset.ok("book undo --yes").err
    assert undone.startswith("Undone: changes to 3 transactions and 2 book settings (batch 4")
    assert everything(unset) == before
    info = json.loads(unset.ok("book info -f json").out)
    assert (info["currency"], info["timezone"]) == ("XXX", "UTC")
    unset.ok("book undo 5")
    assert json.loads(unset.ok("book info -f json").out)["timezone"] == "Asia/Tokyo"


def test_days_already_logged_stay_and_new_ones_are_of_the_new_zone(unset: Any) -> None:
    said = unset.ok("book set --timezone Asia/Tokyo").err
    assert "days already logged stay as they are (1 record would be on another day in Asia/Tokyo)" in said
    assert [row["at"][:10] for row in json.loads(unset.ok("transaction list -f json").out)["transactions"]][-1] == "2026-11-01"
    unset.ok("sold Ana 1 --at 2026-11-20T08:00")
    assert record(unset, "transaction", "t_5")["at"] == "2026-11-20T08:00:00+09:00"


def test_a_file_stays_known_when_the_currency_it_left_to_the_book_changes(unset: Any) -> None:
    unset.ok("book set --currency EUR")
    unset.ok("import transactions -", stdin=RESTATED)
    assert len(money_of(unset)) == 4
    unset.ok("book set --currency CHF")
    unset.ok("import transactions -", stdin=RESTATED + b"2026-11-04,Bo,1\n")
    assert money_of(unset)[4:] == [("1.00", "CHF")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "nothing to set"),
        ("--currency HRK", "HRK ended on 31 December 2022: use EUR"),
        ("--currency euro", "is not a currency"),
        ("--currency XXX", "not lose it"),
        ("--currency JPY", "12.50 has more decimals than JPY has"),
        ("--timezone Mars/Base", "not a time zone"),
        ("--timezone ''", "not a time zone"),
        ("--currency EUR --timezone Mars/Base", "not a time zone"),
    ],
)
def test_what_cannot_bind_is_refused_and_nothing_written(unset: Any, words: str, said: str) -> None:
    before = everything(unset)
    refused = unset(f"book set {words}")
    assert (refused.code, said in refused.err) == (2, True)
    assert everything(unset) == before
    assert "no currency set" in unset.ok("book info").out


def test_a_dry_run_says_what_it_would_do_and_the_same_again_does_nothing(unset: Any) -> None:
    assert unset.ok("book set --currency EUR --dry-run").err.startswith("Would set: amounts in EUR, days in UTC (dry run")
    assert "no currency set" in unset.ok("book info").out
    unset.ok("book set --currency EUR")
    assert unset.ok("book set --currency EUR").err == "The book is set so already: amounts in EUR, days in UTC\n"


def test_init_of_a_book_that_is_there_names_the_command_that_changes_it(unset: Any) -> None:
    refused = unset("book init --currency EUR")
    assert refused.code == 4
    assert "no currency set" in refused.err
    assert "relcli book set --currency EUR" in refused.err
    assert "XXX" not in refused.err


def test_a_book_without_a_currency_shows_no_code_for_it(unset: Any) -> None:
    for words in (
        "transaction list", "transaction show t_1", "timeline Ana", "brief Ana", "scorecard Ana", "health-report", "audit",
        "book info", "agenda", "contact show Ana", "health-report -f md", "health-report -f html", "transaction remove t_1",
    ):  # fmt: skip
        ran = unset.ok(words)
        assert "XXX" not in ran.out + ran.err, words
    assert "XXX" not in unset("log-transaction Ana 99 --kind refund").err
    assert "XXX" not in unset("sold Ana 1.2345").err
