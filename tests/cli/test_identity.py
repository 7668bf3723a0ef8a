"""One identity: whoever is meant is found as people say them, by every door alike."""

# ruff: noqa: RUF001  # the marks that names are written with look like one another

from __future__ import annotations

import json
from typing import Any

import pytest

from relcli.text import one_line

NAMED = {
    "Nuala D’Arcy": ("d'arcy", "darcy", "D`Arcy", "nuala d arcy", "D'ARCY NUALA"),
    "Eva-Lotte Sand": ("eva lotte", "evalotte", "sand, eva-lotte", "Eva‑Lotte", "evalotte sand"),
    "Piet van der Meer": ("piet meer", "meer piet", "vandermeer", "Meer, Piet"),
    "Inés Gómez y Prado-Vila": ("gomez prado", "ines vila", "prado vila", "Prado–Vila"),
    'Margaret "Peg" Stone': ("peg stone", "margaret stone", "stone peg", "Peg Stone"),
    "Dev Roy": ("roy, dev", "Dev ROY", "roy dev"),
    "Q. T. Wren": ("qt wren", "q.t. wren", "Q T Wren", "wren, q. t.", "t wren"),
    "Dr. Ulla Weiß": ("ulla weiss", "Frau Dr. Weiß", "dr weiss"),
    "Jörg Kühn": ("joerg kuehn", "jorg kuhn", "Herr Kuehn"),
    "Bjoern Aasgaard": ("Björn Åsgaard", "björn"),
    "Søren Kjær": ("soren kjaer", "soeren kjaer"),
    "佐藤\N{IDEOGRAPHIC SPACE}花子": ("佐藤花子", "佐藤 花子", "花子 佐藤", "花子"),
    "李 明": ("李明", "李"),
    "김철수": ("김 철수", "철수"),
    "ジョージ・ミラー": ("ジョージミラー", "ジョージ ミラー", "ｼﾞｮｰｼﾞ"),
    "Ольга Иванова-Бек": ("иванова ольга", "бек", "ОЛЬГА БЕК"),
    "ＬＥＯ Ｋｉｎｇ": ("leo king", "king"),
}


@pytest.fixture
def named(relcli: Any, book_location: str) -> dict[str, str]:
    """A book with all these names; answers id → name."""
    for name in NAMED:
        relcli.ok("contact", "add", name)
    return {row["id"]: row["name"] for row in json.loads(relcli.ok("contact list --format json").out)["contacts"]}


def test_each_name_is_found_as_it_is_said_at_the_terminal_and_in_search(relcli: Any, named: dict[str, str]) -> None:
    for name, ways in ((one_line(name), ways) for name, ways in NAMED.items()):
        for said in (name, *ways):
            found = relcli("contact", "show", said, "--format", "ids")
            assert (found.code, [named[code] for code in found.out.split()]) == (0, [name]), said
            searched = json.loads(relcli.ok("search", said, "--format", "json").out)["found"]
            assert name in [row["contact_name"] for row in searched], said


def test_where_several_answer_they_are_named_and_nobody_is_guessed(relcli: Any, book_location: str) -> None:
    for name in ("Eva-Lotte Sand", "Evalotte Lind", "Jan van Berg", "Jana Bergman"):
        relcli.ok("contact", "add", name)
    for said, names in (("eva lotte", ["Eva-Lotte Sand"]), ("jan berg", ["Jan van Berg", "Jana Bergman"])):
        outcome = relcli("log", said, "hello", "-c", "email", "--in")
        assert outcome.code == (4 if len(names) > 1 else 0)
        assert all(name in outcome.err for name in names)


def test_a_slip_of_the_fingers_is_asked_back_and_not_taken(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Elin Dahl")
    outcome = relcli("log", "Elinor", "hello", "-c", "email", "--in")
    assert outcome.code == 3
    assert outcome.err.startswith("relcli: No contact matches “Elinor”")
    assert "Did you mean Elin Dahl (c_" in outcome.err
    assert relcli("contact show c_el").code == 3  # no id, and no pieces of a name
    assert relcli("contact show @eli").code == 3  # nor is a handle
    assert relcli("contact show elin@example.org").code == 3


def test_adding_on_the_way_never_makes_a_second_of_somebody(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Jean-Luc")
    relcli.ok("contact", "add", "Piet van der Meer")
    same = relcli("log", "Jean Luc", "hello", "-c", "email", "--in", "--add")
    assert (same.code, "added" in same.err) == (0, False)
    for said in ("piet meer", "vandermeer", "Herr Meer"):
        part = relcli("log", said, "hello", "-c", "email", "--in", "--add")
        assert part.code == 4
        assert "Piet van der Meer" in part.err
    assert relcli("log", "Piet Sommer", "hello", "-c", "email", "--in", "--add").code == 0
    assert "The same name is in the book already: Jean-Luc" in relcli("contact", "add", "jean luc").err


@pytest.mark.parametrize("command", ["contact archive", "contact forget --yes", "contact merge --yes c_nobody0"])
def test_a_door_that_takes_whole_names_says_so_and_who_it_could_be(relcli: Any, book_location: str, command: str) -> None:
    relcli.ok("contact", "add", "Hart & Sons")
    relcli.ok("contact", "add", "Amelia Hartley")
    into = relcli.ok("contact", "list", "--format", "ids").out.split()[0]
    outcome = relcli(*command.replace("c_nobody0", into).split(), "hart")
    assert outcome.code == 3
    assert "“hart” is only part of a name; this command needs the whole name, an id or an address" in outcome.err
    assert "Hart & Sons" in outcome.err
    assert "Amelia Hartley" in outcome.err


def test_a_name_they_had_before_finds_them_at_every_door(relcli: Any, book_location: str, tmp_path: Any) -> None:
    relcli.ok("contact", "add", "Clara Stein", "--email", "clara@example.org")
    relcli.ok("contact", "edit", "Clara Stein", "--name", "Clara Vogt")
    for said in ("clara stein", "stein", "Stein, Clara", "Clara Vogt"):
        assert relcli.ok("contact", "show", said).out.startswith("Clara Vogt")
    assert "Clara Stein (former)" in relcli.ok("contact show vogt").out
    assert "Clara Vogt" in relcli.ok("search", "stein").out
    assert relcli("log", "Stein", "hello", "-c", "email", "--in", "--add").code == 4
    file = tmp_path / "sales.csv"
    file.write_text('contact,at,amount\n"Stein, Clara",2026-01-02,10\n', encoding="utf-8")
    relcli.ok("import", "transactions", str(file))
    assert "Clara Stein" in relcli.ok("contact", "export", "clara stein").out

    relcli.ok("book undo")
    relcli.ok("contact", "edit", "stein", "--name", "clara STEIN")  # back: the same name in other letters
    shown = relcli.ok("contact show stein").out
    assert shown.startswith("clara STEIN")
    assert "Clara Vogt (former)" in shown
    assert "Stein (former)" not in shown
    relcli.ok("book undo")
    assert relcli.ok("contact show stein").out.startswith("Clara Vogt")
    assert relcli("contact", "edit", "stein", "--no-name", "Clara Voss").code == 2
    relcli.ok("contact", "edit", "stein", "--no-name", "stein clara")
    assert relcli("contact show stein").code == 3


def test_whoever_is_called_so_now_comes_before_whoever_was(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Mia Lind")
    relcli.ok("contact", "edit", "Mia Lind", "--name", "Mia Park")
    relcli.ok("contact", "add", "Mia Lind", "--note", "another")
    assert "another" in relcli.ok("contact show 'mia lind'").out
    assert relcli("contact show lind").code == 4


def test_whoever_was_merged_into_somebody_is_found_there(relcli: Any, book_location: str) -> None:
    for name in ("Theo Brandt", "T. Brandt-Okafor", "Bo Lind"):
        relcli.ok("contact", "add", name)
    relcli.ok("contact", "edit", "T. Brandt-Okafor", "--name", "Teddy Okafor")
    relcli.ok("contact", "merge", "Theo Brandt", "Teddy Okafor", "--yes")
    for said in ("teddy okafor", "Okafor, Teddy", "t brandtokafor", "theo brandt"):
        assert relcli.ok("contact", "show", said).out.startswith("Theo Brandt"), said
    relcli.ok("contact", "archive", "Teddy Okafor")
    assert relcli("contact show okafor").code == 3  # a part finds nobody who was set aside
    assert relcli.ok("contact", "show", "teddy okafor").out.startswith("Theo Brandt")
    relcli.ok("contact", "forget", "teddy okafor", "--yes")
    assert relcli("contact", "show", "teddy okafor").code == 3


def test_a_merge_that_takes_the_other_name_keeps_the_one_it_gives_up(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Ulf Ek")
    relcli.ok("contact", "add", "Ulf Eklund")
    relcli.ok("contact", "merge", "Ulf Ek", "Ulf Eklund", "--take", "name", "--yes")
    shown = relcli.ok("contact", "show", "ulf ek").out
    assert shown.startswith("Ulf Eklund")
    assert "Ulf Ek (former)" in shown
    assert "merged" not in shown


def test_a_nickname_in_a_name_is_no_second_person(relcli: Any, book_location: str, tmp_path: Any) -> None:
    relcli.ok("contact", "add", "Peg Stone")
    assert relcli.ok("contact", "show", 'Margaret "Peg" Stone').out.startswith("Peg Stone")
    file = tmp_path / "people.csv"
    file.write_text('name\n"Margaret ""Peg"" Stone"\nMargaret (Peg) Stone\n', encoding="utf-8")
    relcli.ok("import", "contacts", str(file))
    assert len(relcli.ok("contact list --format ids").out.split()) == 1


def test_a_file_knows_whoever_is_here_however_it_writes_them(relcli: Any, book_location: str, tmp_path: Any) -> None:
    for name in ("Chloé Ibarra", "Anne-Marie Dupont", "Jörg Müller", 'Robert "Bob" Hale', "Michael Berg"):
        relcli.ok("contact", "add", name)
    ways = ('"Ibarra, Chloé"', "annemarie dupont", "Mueller Joerg", "Bob Hale", '"IBARRA, CHLOE"')
    file = tmp_path / "invoices.csv"
    file.write_text(
        "contact,at,amount\n" + "".join(f"{way},2026-01-0{n},10\n" for n, way in enumerate(ways, 1)), encoding="utf-8"
    )
    relcli.ok("import", "transactions", str(file), "--add")
    assert len(relcli.ok("contact list --format ids").out.split()) == 5

    file.write_text("contact,at,amount\nMichal Berg,2026-02-01,10\nChloé,2026-02-01,10\n", encoding="utf-8")
    refused = relcli("import", "transactions", str(file))  # neither a part nor what only looks alike
    assert refused.code == 65
    assert "Michal Berg" in refused.err
    assert "Chloé" in refused.err

    people = tmp_path / "people.csv"
    people.write_text('name,role\n"Ibarra, Chloé",\nDupont Anne Marie,\nMichal Berg,\n', encoding="utf-8")
    relcli.ok("import", "contacts", str(people))
    assert len(relcli.ok("contact list --format ids").out.split()) == 6


@pytest.fixture
def family(relcli: Any, book_location: str) -> Any:
    """Four with one telephone, of whom Ana asked not to be called on it; Bo has another, Cy has mail."""
    home = "+34 600 000 001"
    relcli.ok("contact", "add", "Ana Ruiz", "--phone", home, "--role", "customer")
    relcli.ok("contact", "add", "Bo Ruiz", "--phone", home, "--phone", "+34 600 000 009", "--role", "customer")
    relcli.ok("contact", "add", "Cy Ruiz", "--phone", "+34600000001", "--email", "cy@example.org", "--role", "customer")
    relcli.ok("contact", "add", "Di Ruiz", "--phone", home, "--role", "customer")
    relcli.ok("contact", "add", "Eli Dahl", "--phone", "+34 600 000 002", "--role", "customer")
    for who in ("Ana Ruiz", "Bo Ruiz", "Cy Ruiz", "Di Ruiz", "Eli Dahl"):
        relcli.ok("sold", who, "45.00", "portrait", "--at", "2025-05-01")
    relcli.ok("preference", "set", "ana", "--do-not-contact-by", "phone", "--stated", "please stop calling this number")
    return relcli


DRAFT = ("draft", "--template", "thank-you")


def test_what_one_asked_for_a_number_binds_all_who_share_it(family: Any) -> None:
    refused = family(*DRAFT, "Cy Ruiz", "-c", "phone")
    assert refused.code == 5
    assert "Ana Ruiz, who has the same number as Cy Ruiz, wants no contact by phone" in refused.err
    assert "please stop calling this number" in refused.err
    assert family.ok(*DRAFT, "Cy Ruiz", "-c", "email").out
    assert family(*DRAFT, "Eli Dahl", "-c", "phone").code == 0
    assert family(*DRAFT, "Di Ruiz").code == 5
    assert family(*DRAFT, "Cy Ruiz", "-c", "sms").code == 0  # she asked for no calls, not for no messages


def test_another_number_of_theirs_is_free_and_is_the_one_to_use(family: Any) -> None:
    assert "+34 600 00 00 09" in family.ok(*DRAFT, "Bo Ruiz", "-c", "phone").err
    listed = family.ok("contact list --contactable phone").out
    assert [name in listed for name in ("Ana", "Bo", "Cy", "Di", "Eli")] == [False, True, False, False, True]
    assert "+34 600 00 00 09" in listed
    assert "+34 600 00 00 01" not in listed


def test_the_agenda_suggests_another_way_or_says_whose_wish_it_is(family: Any) -> None:
    for who in ("Cy Ruiz", "Di Ruiz"):
        family.ok("contact", "edit", who, "--birthday", "--11-21")
    rows = {row["name"]: row for row in json.loads(family.ok("agenda --format json").out)["agenda"]}
    assert rows["Cy Ruiz"]["channel"] == "email"
    assert "Di Ruiz" not in rows
    assert "Ana Ruiz, who has the same number as Di Ruiz" in " ".join(family.ok("agenda --leave-alone --format json").out.split())


def test_a_wish_about_a_number_ends_for_whoever_asks_to_be_called_on_it_later(family: Any) -> None:
    family.ok("preference set 'Di Ruiz' --channel phone --stated 'do call me'")
    assert family(*DRAFT, "Di Ruiz", "-c", "phone").code == 0
    assert family(*DRAFT, "Ana Ruiz", "-c", "phone").code == 5


def test_an_address_that_stood_in_for_a_name_is_no_former_name(relcli: Any, book_location: str) -> None:
    relcli.ok("log", "cy@example.org", "hello", "-c", "email", "--in", "--add")
    relcli.ok("contact", "edit", "cy@example.org", "--name", "Cy Poe")
    assert "former" not in relcli.ok("contact show cy@example.org").out


def test_a_file_may_call_whoever_has_an_address_by_the_name_they_had(relcli: Any, book_location: str, tmp_path: Any) -> None:
    relcli.ok("contact", "add", "Nora D’Arcy", "--email", "nora@example.org")
    relcli.ok("contact", "edit", "nora@example.org", "--name", "Elinor Vogt")
    file = tmp_path / "people.csv"
    file.write_text("name,email\nDarcy Nora,nora@example.org\n", encoding="utf-8")
    assert "1 known" in relcli.ok("import", "contacts", str(file)).err
