"""`relcli brief`: all that matters before a call, on one screen."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from relcli.actions.books import at_desk, fill_new_book
from relcli.actions.briefs import Brief, show_brief
from relcli.actions.demo.building import CURRENCY, build_demo
from relcli.render import briefs
from relcli.render.text import to_text
from relcli.store import contacts

NOW = datetime.fromisoformat("2026-11-21T10:00:00+00:00")
SCREEN = 80, 24


def screen(brief: Brief) -> list[str]:
    return to_text(briefs.page(brief), width=SCREEN[0], color=False).splitlines()


def test_it_fits_one_screen_for_everybody_in_the_demo(tmp_path: Any) -> None:
    book = str(tmp_path / "demo.db")
    fill_new_book(book, build_demo, timezone="UTC", currency=CURRENCY, now=NOW, wait=1)

    def all_of_them(desk: Any) -> list[Brief]:
        with desk.book.reading() as connection:
            people = contacts.everyone(connection)
        return [show_brief(person.id, desk) for person in people]

    shown, _ = at_desk(book, all_of_them, now=NOW, wait=1)

    assert len(shown) == 40
    for brief in shown:
        lines = screen(brief)
        assert len(lines) <= SCREEN[1], brief.card.contact.name
        assert max(map(len, lines)) <= SCREEN[0]


def brief_of(relcli: Any, book_location: str, who: str, *commands: str) -> Brief:
    for command in commands:
        relcli.ok(command)
    found, _ = at_desk(book_location, lambda desk: show_brief(who, desk), now=NOW, wait=1)
    return found


LONG = "talked for a while about the pictures for the spring season, who needs to be asked first, and what it may cost if we do it all on one single day in May"
TALK = tuple(f"log Ana '{LONG} {day}' --channel phone --in --at 2026-11-{day:02}" for day in range(1, 8))


def test_the_last_five_touches_stay_in_full_and_still_fit(relcli: Any, book_location: str) -> None:
    brief = brief_of(relcli, book_location, "Ana", "contact add Ana --email ana@example.org", *TALK)
    text = " ".join(" ".join(screen(brief)).split())

    assert len(LONG) >= 150
    assert [f"{LONG} {day}" in text for day in range(1, 8)] == [False] * 2 + [True] * 5
    assert len(screen(brief)) <= SCREEN[1]


def test_what_outgrows_the_screen_loses_its_empty_lines_and_ends_with_the_next_step(relcli: Any, book_location: str) -> None:
    brief = brief_of(
        relcli,
        book_location,
        "Ana",
        "contact add Ana --email ana@example.org",
        *(f"log Ana '{LONG} {LONG} {day}' --channel phone --in --at 2026-11-{day:02}" for day in range(1, 8)),
    )
    lines = screen(brief)

    assert len(lines) > SCREEN[1]
    assert "" not in lines
    assert lines[-1].startswith("next")
    assert f"{LONG} {LONG} 7" in " ".join(" ".join(lines).split())


@pytest.fixture
def ana(relcli: Any) -> None:
    for command in (
        "contact add Ana --email ana@example.org --phone +34600123456 --role customer",
        "preference set Ana --cadence 6w --channel email --at 2026-03-12 --stated 'mail me'",
        "promise add Ana 'the prints' --by 2026-11-01 --at 2026-10-01",
        "promise add Ana 'her list' --theirs --by 2026-12-01 --at 2026-10-01",
        "circumstance set Ana need --theirs 4 --note 'a new kitchen'",
        "circumstance set Ana life-stage --theirs 3 --note 'second child'",
        "log Ana 'asked about frames' --channel email --in --at 2026-09-01",
        "log Ana 'which paper lasts' --channel phone --in --purpose advice --at 2026-10-01",
        "log Ana 'asked about lamps' --channel email --in --at 2026-01-01",
        *(f"sold Ana 20 Prints --at 2026-0{month}-01" for month in (3, 5, 7)),
    ):
        relcli.ok(command)


@pytest.mark.usefixtures("ana")
def test_it_says_what_they_want_what_is_owed_what_they_may_need_and_what_to_do(relcli: Any) -> None:
    out = relcli.ok("brief Ana").out
    lines = {line.split("  ")[0]: line for line in out.splitlines()}

    assert 'every 6 weeks, by e-mail — "mail me"' in lines["wants"]
    assert "ana@example.org · +34 600 12 34 56" in lines["reach"]
    assert "the prints" in lines["owed"]
    assert "her list" in lines["owed"]
    assert "Prints: taken three times, every 61 days, next about 31 Aug" in out
    assert "a new kitchen (need, 21 Nov 2026)" in out
    assert "second child (life stage, 21 Nov 2026)" in out
    assert "which paper lasts; frames" in lines["asked about"]
    assert "lamps" not in lines["asked about"]
    assert lines["next"].endswith('keep your word by e-mail: promise, 20 days overdue: "the prints"')


@pytest.mark.usefixtures("ana")
def test_json_holds_the_scorecard_and_everything_on_the_screen(relcli: Any) -> None:
    found = json.loads(relcli.ok("brief Ana -f json").out)

    assert [key for key in found if key != "version"] == [
        "scorecard", "touches", "last_transaction", "due_items", "asked_about", "needs", "reminders",
    ]  # fmt: skip
    assert list(found["touches"][0]) == ["id", "at", "channel", "direction", "summary", "contacts", "purpose"]
    assert [touch["id"] for touch in found["touches"]] == ["i_2", "i_1", "i_3"]
    assert found["due_items"] == [{"item": "Prints", "times": 3, "last": "2026-07-01", "gap": 61, "due": "2026-08-31"}]
    assert found["last_transaction"] == {
        "id": "t_3", "at": "2026-07-01", "kind": "sale", "amount": "20.00", "currency": found["last_transaction"]["currency"], "item": "Prints",
    }  # fmt: skip
    assert found["asked_about"] == ["which paper lasts", "frames"]
    assert [(need["factor"], need["note"]) for need in found["needs"]] == [
        ("need", "a new kitchen"),
        ("life-stage", "second child"),
    ]
    assert found["scorecard"]["name"] == "Ana"


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_every_page_tells_the_same(relcli: Any, form: str) -> None:
    out = relcli.ok(f"brief Ana -f {form}").out

    assert all(text in out for text in ("mail me", "which paper lasts", "a new kitchen", "20 days overdue"))


@pytest.mark.parametrize("form", ["csv", "ids", "tsv", "jsonl", "eml"])
def test_a_brief_is_no_row(relcli: Any, two: None, form: str) -> None:
    assert relcli(f"brief Ana -f {form}").code == 2


def test_somebody_of_whom_nothing_is_known_has_a_brief_too(relcli: Any, two: None) -> None:
    out = relcli.ok("brief Ana").out

    assert "not known: nobody asked them yet" in out
    assert "no touch and no transaction is known" in out


def test_it_needs_one_contact(relcli: Any, two: None) -> None:
    assert relcli("brief Nobody").code == 3
    assert relcli("brief").code == 2
    relcli.ok("contact add 'Ana Ruiz'")
    assert relcli("brief an").code == 4


def test_what_lies_ahead_is_not_yet_known(relcli: Any, two: None) -> None:
    relcli.ok("log Ana tomorrow --channel meeting --at 2026-11-22", env={"RELCLI_NOW": "2026-12-01T10:00:00+00:00"})

    assert "no touch" in relcli.ok("brief Ana").out
