"""Logging in one line: touches and transactions, who began, when, how much."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def ana(relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana Ruiz", "--email", "ana@example.org")


def touch(relcli: Any, *words: str) -> Any:
    return json.loads(relcli.ok("log", *words, "--format", "json").out)["interactions"][0]


def deal(relcli: Any, *words: str) -> Any:
    return json.loads(relcli.ok("log-transaction", *words, "--format", "json").out)["transactions"][0]


def test_a_touch_is_said_in_one_line_with_its_batch(relcli: Any) -> None:
    outcome = relcli.ok("log-interaction", "ana", "asked about May", "-c", "email", "--in")
    assert outcome.out == ""
    assert outcome.err == "logged i_1: email from Ana Ruiz, 2026-11-21 10:00 (batch 2)\n"


@pytest.mark.parametrize(
    ("channel", "direction"),
    [
        ("meeting", "both"),
        ("visit", "both"),
        ("video", "both"),
        ("event", "both"),
        ("shop", "in"),
        ("web", "in"),
    ],
)
def test_some_channels_say_themselves_who_began(relcli: Any, channel: str, direction: str) -> None:
    assert touch(relcli, "ana", "x", "-c", channel)["direction"] == direction


@pytest.mark.parametrize("channel", ["email", "phone", "letter", "sms", "chat", "social", "other"])
def test_for_the_others_it_must_be_said(relcli: Any, channel: str) -> None:
    outcome = relcli("log", "ana", "x", "-c", channel)
    assert outcome.code == 2
    assert "who began? --in, --out or --both" in outcome.err
    assert relcli("log", "ana", "x", "-c", channel, "--in", "--out").code == 2


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20T17:30", "2026-11-20T17:30:00+00:00"),
        ("2026-11-20T17:30+02:00", "2026-11-20T17:30:00+02:00"),
        ("yesterday", "2026-11-20"),
        ("yesterday 17:30", "2026-11-20T17:30:00+00:00"),
        ("2 weeks ago", "2026-11-07"),
        ("friday", "2026-11-20"),
    ],
)
def test_when_is_read_as_people_write_it(relcli: Any, words: str, at: str) -> None:
    assert touch(relcli, "ana", "x", "--in", "--at", words)["at"] == at


@pytest.mark.parametrize("words", ["nonsense", "17", "03/04/2026", "2026-02-30", "99999-01-01", ""])
def test_a_when_that_cannot_be_meant_is_refused_and_nothing_written(relcli: Any, words: str) -> None:
    assert relcli("log", "ana", "x", "--in", "--at", words).code == 2
    assert "x" not in relcli.ok("timeline", "ana", "--format", "csv").out.split("\n", 1)[1]


@pytest.mark.parametrize(
    "words", [["--minutes", "-1"], ["--minutes", "1.5"], ["--sentiment", "3"], ["--purpose", "fun"], ["-c", "pigeon"]]
)
def test_what_is_out_of_range_is_refused(relcli: Any, words: list[str]) -> None:
    assert relcli("log", "ana", "x", "--in", *words).code == 2


def test_several_take_part_once_each(relcli: Any) -> None:
    relcli.ok("contact add Bo")
    found = touch(relcli, "ana", "lunch", "--with", "bo", "--with", "ana@example.org", "-c", "meeting")
    assert found["contact_name"] in {"Ana Ruiz;Bo", "Bo;Ana Ruiz"}


def test_an_unknown_name_is_added_only_when_asked_and_never_beside_a_near_one(relcli: Any) -> None:
    assert relcli("log", "Zoë", "x", "--in").code == 3
    relcli.ok("log", "Zoë", "x", "--in", "--add")
    near = relcli("log", "Ana", "x", "--in", "--add")
    assert near.code == 4
    assert "Ana Ruiz" in near.err


@pytest.mark.parametrize(
    ("amount", "minor", "currency"),
    [
        ("12.50 EUR", "12.50", "EUR"),
        ("12,50", "12.50", "XXX"),
        ("1250", "1250.00", "XXX"),
        ("1,250.50 USD", "1250.50", "USD"),
        ("100 JPY", "100", "JPY"),
        ("0.01", "0.01", "XXX"),
    ],
)
def test_amounts_are_read_as_people_write_them(relcli: Any, amount: str, minor: str, currency: str) -> None:
    found = deal(relcli, "ana", amount, "bread")
    assert (found["amount"], found["currency"], found["item"]) == (minor, currency, "bread")


@pytest.mark.parametrize("amount", ["1.250", "1,250", "-5", "0", "abc", "12.345", "1e5", "12.50 ABC", "9999999999999999", ""])
def test_amounts_with_two_readings_or_none_are_refused(relcli: Any, amount: str) -> None:
    outcome = relcli("sold", "--", "ana", amount)
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) <= 2


def test_a_currency_is_no_item(relcli: Any) -> None:
    refused = relcli("sold ana 12 USD")
    assert refused.code == 2
    assert refused.err.splitlines() == [
        "relcli: USD is a currency, and stands where the item does",
        '        write the amount in quotes: "12 USD"; or say --currency, if that is the item',
    ]
    assert relcli.ok("transaction list -f ids").out == ""

    assert deal(relcli, "ana", "12 USD")["currency"] == "USD"
    assert [deal(relcli, "ana", "12", item)["item"] for item in ("usd", "DVD", "TOP hat")] == ["usd", "DVD", "TOP hat"]
    assert deal(relcli, "ana", "12", "TOP", "--currency", "EUR")["item"] == "TOP"


@pytest.mark.parametrize(
    ("words", "kind"),
    [([], "sale"), (["--kind", "purchase"], "purchase"), (["--kind", "refund"], "refund"), (["--kind", "credit"], "credit")],
)
def test_value_goes_both_ways(relcli: Any, words: list[str], kind: str) -> None:
    for paid in ("sale", "purchase"):
        deal(relcli, "ana", "5", "--kind", paid)
    assert deal(relcli, "ana", "5", *words)["kind"] == kind


@pytest.mark.parametrize("line", ["log ana x --channel phone --in", "sold ana 5"])
def test_a_day_that_is_still_to_come_is_refused(relcli: Any, line: str) -> None:
    refused = relcli(f"{line} --at 2026-11-22 --now 2026-11-21")
    assert refused.code == 2
    assert "2026-11-22 is still to come" in refused.err
    assert relcli.ok("timeline ana -f ids").out == ""
    relcli.ok(f"{line} --at 2026-11-21 --now 2026-11-21")


def test_quiet_says_nothing_and_still_writes(relcli: Any) -> None:
    outcome = relcli.ok("log ana x --in --quiet")
    assert (outcome.out, outcome.err) == ("", "")
    assert "i_1" in relcli.ok("timeline ana --format csv").out


def test_a_dry_run_leaves_no_number_behind(relcli: Any) -> None:
    dry = relcli.ok("log ana x --in --dry-run")
    assert "dry run: nothing was written" in dry.err
    assert touch(relcli, "ana", "x", "--in")["id"] == "i_1"
