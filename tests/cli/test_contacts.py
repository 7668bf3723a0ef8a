"""Contacts from the command line, and names that would like to be something else."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

HOSTILE = {
    "markup": "[bold]x",
    "broken markup": "[/nope]",
    "an emoji code": ":smile: x",
    "a colour": "\x1b[31mred",
    "a window title": "\x1b]0;owned\x07ok",
    "eight-bit control": "a\x9b31mb",
    "right to left": "\u202eevil\u202c",
    "isolates": "\u2066a\u2069b",
    "an emoji": "Zoë 👩‍🔧 Łuk",
    "a bell and a backspace": "a\x07b\x08c",
    "two hundred letters": "ab" * 100,
    "a formula": "=1+1",
    "quotes": "a \"b\", c;d 'e'",
    "like an option": "--name",
    "chinese": "北京烤鸭店",
    "percent": "100%_done",
    "a line separator": "a\u2028b",
}
CONTROL = {"Cc", "Cs"}
STEERING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


def harmless(text: str) -> bool:
    return not any((unicodedata.category(c) in CONTROL and c != "\n") or c in STEERING for c in text)


@pytest.fixture(params=list(HOSTILE.values()), ids=list(HOSTILE))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def kept(name: str) -> str:
    """What is stored of a name: what cannot be seen goes."""
    from relcli.text import seen

    return seen(name)


def test_a_hostile_name_comes_out_unchanged_for_programs_and_harmless_for_people(relcli: Any, name: str) -> None:
    added = relcli.ok("contact", "add", "--", name)
    [code] = relcli.ok("contact list --format ids").out.split()
    relcli.ok("contact", "edit", code, f"--note={name}", "--tag", "t", "--role", "customer")
    logged = relcli.ok("log", "-c", "phone", "--in", "--", code, name)
    sold = relcli.ok("sold", "--", code, "12.50", name)
    for command in (
        ["contact", "list"],
        ["contact", "show", code],
        ["timeline", code],
        ["search", "--", kept(name)[:3]],
        ["scorecard", code],
        ["health-report"],
    ):
        shown = relcli(*command)
        assert shown.code == 0, shown.err
        assert harmless(shown.out), command
        assert harmless(shown.err), command
        wide = relcli("--color", "always", *command, env={"COLUMNS": "250"})
        assert harmless(_without_colours(wide.out)), command
    for said in (added, logged, sold):
        assert harmless(said.err)
    [row] = csv.DictReader(io.StringIO(relcli.ok("contact list --format csv --raw").out, newline=""))
    assert row["name"] == kept(name)
    [contact] = json.loads(relcli.ok("contact", "show", code, "--format", "json").out)["contacts"]
    assert contact["name"] == kept(name)
    assert contact["note"] == name.strip()
    again = relcli("log", code, "x", "-c", "phone", "--in", "--format", "json")
    assert json.loads(again.out)["interactions"][0]["contact_name"] == kept(name)


def test_a_hostile_reference_is_harmless_in_the_error_that_names_it(relcli: Any, name: str) -> None:
    relcli.ok("contact add Ana")
    for outcome in (
        relcli("contact", "show", "--", name),
        relcli("contact", "list", "--now", name),
        relcli("--book", f"/nowhere/{name}", "contact", "list"),
    ):
        assert outcome.code in {2, 3, 66, 76}
        assert harmless(outcome.err)
        assert 1 <= len(outcome.err.splitlines()) <= 2


def _without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_a_nul_and_half_a_character_are_refused(relcli: Any) -> None:
    for bad in ("a\0b", "a\udc80b"):
        outcome = relcli("contact", "add", bad)
        assert outcome.code == 2
        assert harmless(outcome.err)
    assert relcli("contact list").code == 66


def test_a_contact_is_added_listed_shown_changed_and_set_aside(relcli: Any) -> None:
    added = relcli.ok("contact", "add", "Ana Ruiz", "--role", "customer", "--email", "ana@example.org", "--tag", "vip")
    assert "Made a new book at" in added.err
    assert "added Ana Ruiz" in added.err
    assert added.out == ""
    assert "Ana Ruiz" in relcli.ok("contact list --role customer --tag vip").out
    assert "ana@example.org" not in relcli.ok("contact list --role supplier").out
    relcli.ok("contact edit ana --name 'Ana Ruíz' --no-tag vip")
    shown = relcli.ok("contact show ana@example.org").out
    assert "Ana Ruíz" in shown
    assert "vip" not in shown
    relcli.ok("contact", "archive", "Ana Ruíz")
    assert "Ruíz" not in relcli.ok("contact list").out
    assert "Ruíz" in relcli.ok("contact list --archived").out
    relcli.ok("contact", "unarchive", "ana@example.org")
    assert "Ana" in relcli.ok("contact list").out


@pytest.mark.parametrize(
    ("reference", "code", "said"),
    [
        ("ana", 4, "Ana Ruiz"),
        ("bob", 0, ""),
        ("zz", 3, "No contact matches “zz”"),
        ("b", 3, "Did you mean Bob (c_"),
        ("BOB@EXAMPLE.ORG", 0, ""),
        ("Ána Ruiz", 0, ""),
        ("c_", 3, ""),
        ("", 3, ""),
    ],
)
def test_who_is_found_as_promised(relcli: Any, reference: str, code: int, said: str) -> None:
    relcli.ok("contact", "add", "Ana Ruiz")
    relcli.ok("contact", "add", "Ana Lund")
    relcli.ok("contact", "add", "Bob", "--email", "bob@example.org")
    outcome = relcli("contact", "show", reference)
    assert outcome.code == code
    assert said in outcome.err


def test_archiving_takes_no_part_of_a_name(relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana Ruiz")
    assert relcli("contact archive ana").code == 3


@pytest.mark.parametrize(
    "words",
    [
        ["--email", "nonsense"],
        ["--birthday", "31 June"],
        ["--timezone", "Mars/Base"],
        ["--kind", "robot"],
        ["--tag", ""],
        ["--phone", "abc"],
        ["--works-for", "nobody"],
        ["--introduced-by", "nobody"],
    ],
    ids=lambda w: w[0],
)
def test_what_cannot_be_stored_is_refused_and_no_book_is_made(relcli: Any, place: Any, words: list[str]) -> None:
    outcome = relcli("contact", "add", "Ana", *words)
    assert outcome.code in {2, 3}
    assert not (place / "book.db").exists()
    assert [p for p in place.iterdir() if p.is_file()] == []


def test_an_address_belongs_to_one_contact(relcli: Any) -> None:
    relcli.ok("contact add Ana --email ana@example.org")
    outcome = relcli("contact add Bo --email ANA@example.org")
    assert outcome.code == 4
    assert "already belongs to Ana" in outcome.err


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(relcli: Any, place: Any) -> None:
    outcome = relcli("contact add Ana --dry-run")
    assert outcome.code == 0
    assert "would have added Ana" in outcome.err
    assert not (place / "book.db").exists()


def test_a_second_one_of_a_name_is_added_and_the_first_is_named(relcli: Any) -> None:
    first = relcli.ok("contact add 'Elin Dahl' --email elin@example.org -f ids")
    assert "already" not in first.err

    second = relcli.ok("contact add 'elin  dähl' -f ids")

    assert second.out != first.out
    assert second.err.splitlines()[1] == (
        f"The same name is in the book already: Elin Dahl ({first.out.strip()}, elin@example.org). If they are one person:"
        f" relcli contact merge {first.out.strip()} {second.out.strip()}, or relcli book undo"
    )
    assert relcli("scorecard 'Elin Dahl'").err.startswith('relcli: "Elin Dahl" is the name of 2 contacts: say which')
    assert relcli("scorecard Elin").err.startswith('relcli: "Elin" is part of the names of 2 contacts: say which')


def test_whoever_they_are_linked_to_is_shown_by_name(relcli: Any) -> None:
    bakery = relcli.ok("contact add 'Bright Bakery' --kind organisation -f ids").out.strip()
    ana = relcli.ok("contact add Ana --works-for bright -f ids").out.strip()
    relcli.ok("contact add Noor --introduced-by Ana")

    shown = [" ".join(line.split()) for line in relcli.ok("contact show Ana Noor").out.splitlines()]

    assert f"works for Bright Bakery ({bakery})" in shown
    assert f"introduced by Ana ({ana})" in shown
    assert "added 2026-11-21" in shown  # to the book: how long they are a customer is on the card
    assert not [line for line in shown if line.startswith("since")]


@pytest.mark.parametrize("read", ["scorecard", "timeline", "referral list", "brief", "contact show", "plan list"])
def test_a_read_of_somebody_unknown_says_who_is_here_and_a_write_how_to_add_them(relcli: Any, read: str) -> None:
    relcli.ok("contact add Ana")

    assert relcli(f"{read} zzyzx").err.splitlines()[1] == "        see who is here: relcli contact list"
    assert relcli("sold zzyzx 12").err.splitlines()[1] == '        add them: relcli contact add "zzyzx"'


# --- what a write says of addresses ----------------------------------------------------------------------------------------


def test_a_number_without_a_country_is_kept_and_asked_about_once(relcli: Any) -> None:
    added = relcli.ok("contact add Ana --phone '600 000 001'")
    assert added.err.splitlines()[-1:] == [
        "In which country is 600 000 001? Set phone.region, or write it with + and the country: +34 600 000 001"
    ]
    assert "country" not in relcli.ok("contact edit Ana --note hello").err


def test_a_number_that_the_settings_gave_a_country_says_which(relcli: Any, place: Path) -> None:
    config = place / "home" / "config" / "relcli" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[phone]\nregion = "ES"\n')
    added = relcli.ok("contact add Ana --phone '600 000 001' --phone '+44 20 7946 0001'")
    assert added.err.splitlines()[-1:] == ["+34 600 00 00 01 is read as a number of ES (phone.region)"]
    assert "+34 600 00 00 01, +44 20 7946 0001" in relcli.ok("contact show Ana").out
    [row] = csv.DictReader(io.StringIO(relcli.ok("contact list -f csv").out))
    assert row["phone"] == "+34600000001;+442079460001"


def test_an_edit_that_puts_an_address_beside_another_says_so(relcli: Any) -> None:
    relcli.ok("contact add Ana --phone '+34 600 000 001'")
    edited = relcli.ok("contact edit Ana --phone +34600000002")
    assert edited.err.splitlines()[1:] == [
        "Ana has a second number now: +34 600 00 00 02 (preferred), +34 600 00 00 01; --no-phone takes one away"
    ]
    swapped = relcli.ok("contact edit Ana --phone +34600000003 --no-phone +34600000002 --no-phone 'tel:+34-600-000-001'")
    assert swapped.err.splitlines()[1:] == []
