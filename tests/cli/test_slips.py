"""Slips on the line: what is said of them, and what may have been meant."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        ("restore", "No such command 'restore'. Did you mean 'book restore'?", "see relcli --help"),
        ("report", "No such command 'report'. Did you mean 'health-report'?", "see relcli --help"),
        ("status", "No such command 'status'. Did you mean 'agenda'?", "see relcli --help"),
        ("note amy", "No such command 'note'. Did you mean 'log'?", "see relcli --help"),
        (
            "edit amy",
            "No such command 'edit'. Did you mean 'contact edit', 'interaction edit', 'transaction edit', …?",
            "see relcli --help",
        ),
        ("contact Amy", "No such command 'Amy'.", 'to see somebody: relcli contact show "Amy"'),
        ("portfolio", "No such command 'portfolio'. Did you mean 'health-report'?", "see relcli --help"),
        (
            "show",
            "No such command 'show'. Did you mean 'contact show', 'interaction show', 'transaction show', …?",
            "see relcli --help",
        ),
        ("help", "No such command 'help'.", "see relcli --help"),
        ("nonsense", "No such command 'nonsense'.", "see relcli --help"),
        ("agend", "No such command 'agend'. Did you mean 'agenda'?", "see relcli --help"),
        ("referral show", "No such command 'show'. Did you mean 'list'?", "see relcli referral --help"),
        ("plan edit", "No such command 'edit'. Did you mean 'set'?", "see relcli plan --help"),
        ("contact delete", "No such command 'delete'. Did you mean 'archive'?", "see relcli contact --help"),  # never what erases
        ("agenda --json", "No such option: --json", "write --format json"),
        ("contact list --csv", "No such option: --csv", "write --format csv"),
        ("agenda --taag x", "No such option: --taag (Possible options: --tag)", "see relcli agenda --help"),
        ("agenda --days -1", "--days must be 0 or more", "see relcli agenda --help"),
        ("agenda --days 400", "--days must be 366 or less", "see relcli agenda --help"),
        ("agenda --days soon", "--days takes a whole number", "see relcli agenda --help"),
        ("agenda --wait long", "--wait takes a number", "see relcli agenda --help"),
        ("initiative start", "missing: NAME, --hypothesis, --outcome", "see relcli initiative start --help"),
        ("initiative start Calls --outcome health", "Missing option '--hypothesis'.", "see relcli initiative start --help"),
        ("audit --format xml", '"xml" is no format', "choose one of: text, json, jsonl, csv, tsv, md, html"),
        ("book undo --format xml", '"xml" is no format', "choose one of: text, json, jsonl, csv, tsv, ids, md, html, eml, mbox"),
    ],
)
def test_a_slip_is_told_with_what_may_be_meant(relcli: Any, words: str, said: str, hint: str) -> None:
    outcome = relcli(words)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines() == [f"relcli: {said}", f"        {hint}"]
