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


# --- nothing favourable by default ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["sent her the price list"],
        ["Dahl"],
        ["x", "-c", "other"],
        ["x", "--with", "Bo"],
        ["x", "--at", "yesterday"],
        ["x", "--minutes", "5"],
    ],
)
def test_who_began_is_never_taken_for_granted(relcli: Any, words: list[str]) -> None:
    relcli.ok("contact add Bo")
    refused = relcli("log", "ana", *words)
    assert refused.code == 2
    assert "who began? --in, --out or --both" in refused.err
    assert relcli.ok("interaction list -f ids").out == ""


@pytest.mark.parametrize("words", [[], [""], ["   "], ["\n\t"], ["--in"], ["", "--both", "--minutes", "5"], ["--complaint"]])
def test_a_touch_without_words_and_channel_is_refused(relcli: Any, words: list[str]) -> None:
    refused = relcli("log", "ana", *words)
    assert refused.code == 2
    assert "no words and no channel" in refused.err
    assert relcli.ok("interaction list -f ids").out == ""
    assert relcli("log", "Zoë", *words, "--add").code == 2
    assert len(json.loads(relcli.ok("contact list -f json").out)["contacts"]) == 1


def test_a_channel_alone_or_words_with_a_direction_are_enough(relcli: Any) -> None:
    assert touch(relcli, "ana", "-c", "phone", "--in")["summary"] is None
    assert touch(relcli, "ana", "-c", "other", "--in")["channel"] == "other"
    assert touch(relcli, "ana", "hello", "--out")["channel"] == "other"
    assert touch(relcli, "ana", "a crease", "--complaint")["direction"] == "in"


def test_an_edit_of_the_channel_keeps_who_began_and_a_day_to_come_is_refused_there_too(relcli: Any) -> None:
    relcli.ok("log ana lunch -c meeting")
    relcli.ok("sold ana 5")
    edited = json.loads(relcli.ok("interaction edit i_1 --channel email -f json").out)["interactions"][0]
    assert (edited["channel"], edited["direction"]) == ("email", "both")
    for noun, number in (("interaction", "i_1"), ("transaction", "t_1")):
        refused = relcli(noun, "edit", number, "--at", "2026-11-22")
        assert refused.code == 2
        assert "still to come" in refused.err


def test_which_day_is_to_come_is_said_by_the_zone_of_the_book(relcli: Any, tmp_path: Any) -> None:
    book = ("--book", str(tmp_path / "tokyo.db"))
    relcli.ok(*book, "book", "init", "--timezone", "Asia/Tokyo", "--currency", "EUR")
    relcli.ok(*book, "contact", "add", "Al")
    late = ("--now", "2026-11-21T20:00:00+00:00")  # the 22nd in Tokyo
    relcli.ok(*book, "log", "Al", "-c", "meeting", "--at", "2026-11-22", *late)
    assert relcli(*book, "log", "Al", "-c", "meeting", "--at", "2026-11-22T16:00+00:00", *late).code == 2


def test_a_day_to_come_names_what_keeps_it(relcli: Any) -> None:
    assert "--planned" in relcli("log ana x --in --at 2026-12-04").err


# --- what a log tells at once -----------------------------------------------------------------------------------------------


def test_a_log_that_moves_a_status_says_so_as_the_scorecard_does(relcli: Any) -> None:
    for month in range(1, 7):
        relcli.ok("log", "ana", "hello", "-c", "email", "--in", "--at", f"2026-{month:02}-10")
    before = relcli.ok("scorecard ana -f csv").out

    assert "at-risk" in before or "cooling" in before or "lapsed" in before
    dry = relcli.ok("log ana back -c email --in --dry-run").err
    assert "Ana Ruiz was" not in dry
    said = relcli.ok("log ana back -c email --in").err.splitlines()
    [line] = [line for line in said if line.startswith("Ana Ruiz was ")]
    was, now = line.removeprefix("Ana Ruiz was ").split(", now ")
    assert f",{was.replace(' ', '-')}," in before
    assert f",{now.replace(' ', '-')}," in relcli.ok("scorecard ana -f csv").out
    assert relcli.ok("log ana again -c email --in").err.count("\n") == 1
    relcli.ok("book undo")
    relcli.ok("book undo")
    assert relcli.ok("scorecard ana -f csv").out == before
    assert relcli.ok("log ana back -c email --in -q").err == ""


def test_in_a_large_book_a_log_does_not_read_it_whole(relcli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from relcli.actions import assessments, moved

    for month in range(1, 7):
        relcli.ok("log", "ana", "hello", "-c", "email", "--in", "--at", f"2026-{month:02}-10")
    monkeypatch.setattr(moved, "MOST", 7)
    monkeypatch.setattr(assessments, "read_book", None)
    assert " was " not in relcli.ok("log ana back -c email --in").err


@pytest.mark.parametrize(
    ("wish", "words", "said"),
    [
        (["--do-not-contact", "--stated", "no more"], ["-c", "email", "--out"], "wants no contact (stated on 20 November 2026"),
        (["--do-not-contact", "--stated", "no more"], ["-c", "meeting"], "wants no contact"),
        (["--do-not-contact", "--assumed", "hung up"], ["-c", "phone", "--out"], "wants no contact (assumed on"),
        (["--do-not-contact-by", "phone", "--stated", "no calls"], ["-c", "phone", "--both"], "wants no contact by phone"),
        (["--not-channel", "phone", "--stated", "no calls"], ["-c", "phone", "--out"], "does not want to be reached by phone"),
        (["--not-topic", "cats", "--stated", "no cats"], ["-c", "email", "--out"], 'does not want to hear about "cats"'),
        (
            ["--not-channel", "phone", "--assumed", "shy"],
            ["-c", "phone", "--out"],
            "perhaps not as they wish: Ana Ruiz does not want",
        ),
        (["--closeness", "none", "--stated", "no"], ["-c", "email", "--out"], "wants nothing that we begin"),
    ],
)
def test_a_log_against_a_wish_is_written_and_says_so_with_the_way_back(
    relcli: Any, wish: list[str], words: list[str], said: str
) -> None:
    relcli.ok("preference", "set", "ana", *wish, "--at", "2026-11-20")
    logged = relcli.ok("log", "ana", "about cats", *words)
    assert said in logged.err
    assert logged.err.splitlines()[-1] == "if that was a slip: relcli book undo"
    assert relcli.ok("interaction list -f ids").out == "i_1\n"
    earlier = relcli.ok("log", "ana", "about cats", *words, "--at", "2026-11-19").err  # a wish says nothing of the day before
    assert "slip" not in earlier


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (["--do-not-contact", "--stated", "no more"], ["-c", "email", "--in"]),
        (["--not-channel", "phone", "--stated", "no calls"], ["-c", "email", "--out"]),
        (["--not-channel", "phone", "--stated", "no calls"], ["-c", "phone", "--both"]),
        (["--closeness", "none", "--stated", "no"], ["-c", "email", "--out", "--purpose", "service"]),
        (["--cadence", "6w", "--stated", "now and then"], ["-c", "email", "--out"]),
    ],
)
def test_a_log_as_they_wish_says_nothing_of_it(relcli: Any, wish: list[str], words: list[str]) -> None:
    relcli.ok("preference", "set", "ana", *wish, "--at", "2026-11-20")
    assert "slip" not in relcli.ok("log", "ana", "hello", *words).err


def test_what_was_logged_too_soon_is_judged_by_what_was_before_it(relcli: Any) -> None:
    relcli.ok("preference set ana --cadence 6w --stated 'now and then' --at 2026-01-01")
    relcli.ok("log ana hello -c email --out --at 2026-03-01")
    assert "it is too soon" in relcli.ok("log ana hello -c email --out --at 2026-03-10").err
    assert "slip" not in relcli.ok("log ana hello -c email --out --at 2026-11-01").err


def test_the_do_not_contact_of_an_organisation_binds_its_people(relcli: Any) -> None:
    relcli.ok("contact add Mill --kind organisation")
    relcli.ok("contact edit ana --works-for Mill")
    relcli.ok("preference set Mill --do-not-contact --stated 'no more' --at 2026-11-01")
    assert "Mill, where Ana Ruiz works, wants no contact" in relcli.ok("log ana hello -c email --out").err


def test_a_wish_stands_before_a_debt_and_binds_who_shares_the_address(relcli: Any) -> None:
    relcli.ok("contact add Ruth --phone '+34 600 000 001'")
    relcli.ok("contact add Max --phone '+34 600 000 001'")
    relcli.ok("preference set Ruth --do-not-contact-by phone --stated 'no calls' --at 2026-11-01")
    relcli.ok("promise add Ruth prints --by 2026-11-02 --at 2026-11-01")
    for who in ("Ruth", "Max"):
        assert "no contact by phone" in relcli.ok("log", who, "hello", "-c", "phone", "--out").err


# --- channels of one's own ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "channel", "direction"),
    [
        ('[channels.whatsapp]\nlike = "chat"\n', "whatsapp", None),
        ('[channels.Market]\nlike = "shop"\n', "market", "in"),
        ('[channels]\n"house call" = { like = "visit" }\n', "house call", "both"),
        ("[channels.stall]\n", "stall", None),
        ('channels = ["stall"]\n', "stall", None),
    ],
)
def test_a_channel_of_ones_own_has_the_direction_of_what_it_is_like(
    relcli: Any, place: Any, config: str, channel: str, direction: str | None
) -> None:
    settings = place / "home" / "config" / "relcli" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(config)
    row = f"at,contact,channel,direction\n2026-01-01,Ana Ruiz,{channel},\n"
    if direction is None:
        assert "who began?" in relcli("log", "ana", "x", "-c", channel).err
        refused = relcli("import", "interactions", "-", stdin=row)
        assert refused.code == 65
        assert "line 2: direction is empty" in refused.err
        assert touch(relcli, "ana", "x", "-c", channel, "--in")["channel"] == channel
    else:
        assert touch(relcli, "ana", "x", "-c", channel)["direction"] == direction
        relcli.ok("import", "interactions", "-", stdin=row)


@pytest.mark.parametrize(
    "config", ['[channels.whatsapp]\nlike = "telegram"\n', '[channels.whatsapp]\nas = "chat"\n', "channels = 5\n"]
)
def test_a_likeness_to_nothing_is_a_wrong_setting(relcli: Any, place: Any, config: str) -> None:
    settings = place / "home" / "config" / "relcli" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(config)
    refused = relcli("log ana x --in")
    assert refused.code == 78
    assert "channels" in refused.err


def test_rows_of_days_to_come_and_without_who_began_are_refused_by_their_line(relcli: Any) -> None:
    for noun, header, row, said in (
        ("interactions", "at,contact,channel", "2026-11-22,Ana Ruiz,visit", 'line 2: at "2026-11-22" is still to come'),
        ("transactions", "at,contact,amount", "2026-11-22,Ana Ruiz,5", 'line 2: at "2026-11-22" is still to come'),
        ("interactions", "at,contact,summary", "2026-11-20,Ana Ruiz,hello", "line 2: direction is empty"),
        ("interactions", "at,contact", "2026-11-20,Ana Ruiz", "line 2: direction is empty"),
    ):
        refused = relcli("import", noun, "-", stdin=f"{header}\n{row}\n")
        assert refused.code == 65
        assert said in refused.err
