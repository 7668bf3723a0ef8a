"""`relcli timeline` and `relcli search`: what happened, and where a text occurs."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("book_location")


@pytest.fixture(autouse=True)
def history(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Café Lumen", "--kind", "organisation", "--note", "open late\nclosed on Mondays")
    relcli.ok("contact", "add", "Łukasz Ørsted", "--works-for", "lumen")
    relcli.ok("log", "lukasz", "Straße und Menü", "--channel", "phone", "--in", "--at", "2026-03-01T09:30", "--minutes", "5")
    relcli.ok("log", "lumen", "tasting", "--channel", "visit", "--with", "lukasz", "--at", "2026-03-01")
    relcli.ok("sold", "lumen", "90", "menu pictures", "--at", "2026-04-01")


def test_a_timeline_is_newest_first_and_an_organisation_has_what_its_people_did(relcli: Any) -> None:
    rows = [json.loads(line) for line in relcli.ok("timeline", "lumen", "-f", "jsonl").out.splitlines()]

    assert [row["id"] for row in rows] == ["t_1", "i_1", "i_2"]
    assert [row["at"] for row in rows] == ["2026-04-01", "2026-03-01T09:30:00+00:00", "2026-03-01"]
    assert rows[2]["contact_name"] == "Café Lumen;Łukasz Ørsted"


def test_a_persons_timeline_is_their_own(relcli: Any) -> None:
    assert relcli.ok("timeline", "lukasz", "-f", "ids").out.split() == ["i_1", "i_2"]


def test_top_keeps_the_newest(relcli: Any) -> None:
    assert relcli.ok("timeline", "lumen", "--top", "1", "-f", "ids").out.split() == ["t_1"]


def test_a_page_says_when_how_with_whom_and_about_what(relcli: Any) -> None:
    page = relcli.ok("timeline", "lumen").out

    assert "2026-03-01 09:30" in page
    assert "Straße und Menü · 5 min · with Łukasz Ørsted" in page
    assert "90.00 EUR · menu pictures" in page


def test_nothing_yet_is_said_plainly(relcli: Any) -> None:
    relcli.ok("contact", "add", "Nobody Yet")

    assert "nothing has happened yet" in relcli.ok("timeline", "nobody yet").out


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("STRASSE", ["i_1"]),
        ("menu", ["t_1", "i_1"]),
        ("tasting", ["i_2"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_search_finds_texts_accents_and_case_aside(text: str, ids: list[str], relcli: Any) -> None:
    assert relcli.ok("search", text, "-f", "ids").out.split() == ids


def test_search_finds_names_and_notes(relcli: Any) -> None:
    for text in ("orsted", "MONDAYS"):
        rows = [json.loads(line) for line in relcli.ok("search", text, "-f", "jsonl").out.splitlines()]

        assert [row["noun"] for row in rows] == ["contact"]


def test_search_for_what_is_nowhere_says_so(relcli: Any) -> None:
    ran = relcli("search", "zebra")

    assert (ran.code, ran.out, ran.err) == (0, "", 'nothing in this book holds "zebra"\n')
    assert relcli("search", "zebra", "--quiet").err == ""
    assert relcli("search", "  ").code == 2


def test_who_sent_whom_stands_in_the_timeline_of_both_and_of_the_organisation(relcli: Any) -> None:
    relcli.ok("contact add Noor")
    relcli.ok("referral add lukasz Noor --at 2026-05-01 --outcome 'a dinner for ten'")
    relcli.ok("contact add Sam --introduced-by lukasz")  # on a day nobody noted

    assert "referral  sent Noor · a dinner for ten" in relcli.ok("timeline lukasz").out
    assert "referral  sent by Łukasz Ørsted · a dinner for ten" in relcli.ok("timeline Noor").out
    assert "Łukasz Ørsted sent Noor · a dinner for ten" in relcli.ok("timeline lumen").out
    [row] = [json.loads(line) for line in relcli.ok("timeline Noor -f jsonl").out.splitlines()]
    assert (row["id"], row["at"], row["noun"], row["kind"], row["contact_name"]) == (
        "r_1", "2026-05-01", "referral", "sent", "Łukasz Ørsted;Noor",
    )  # fmt: skip


def test_a_search_finds_what_was_planned_and_what_came_of_a_referral(relcli: Any) -> None:
    relcli.ok("contact add Noor")
    relcli.ok("referral add lukasz Noor --at 2026-05-01 --outcome 'a dinner for ten'")
    relcli.ok("plan set Noor --next 'ask about the Dinner' --by 2027-01-05 --now 2026-11-21")

    page = relcli.ok("search dínner").out
    assert "Łukasz Ørsted sent Noor · a dinner for ten" in page
    assert "Noor · next: ask about the Dinner, by 2027-01-05" in page
    assert [json.loads(line)["noun"] for line in relcli.ok("search dinner -f jsonl").out.splitlines()] == ["plan", "referral"]
