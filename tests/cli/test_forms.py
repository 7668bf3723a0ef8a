"""`relcli survey form`: a page for anybody, or for one person, who is asked by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from relcli import config
from relcli.domain.invitation import tokens_in

TODAY = "2026-11-22"


@pytest.fixture
def ana(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Ana Ruiz", "--email", "ana@example.org", "--language", "es")


def me() -> None:
    config.settings_path().parent.mkdir(parents=True, exist_ok=True)
    config.settings_path().write_text('[me]\nname = "Kim Doe"\naddresses = ["kim@example.org"]\n')


def test_a_form_for_anybody_needs_no_book_and_names_nobody(relcli: Any) -> None:
    me()
    outcome = relcli.ok("survey form pulse --language de")
    assert outcome.out.startswith("<!doctype html>")
    assert '<html lang="de"' in outcome.out
    assert "mailto:kim@example.org?subject=pulse" in outcome.out
    assert tokens_in(outcome.out) == ()
    assert outcome.err == ""


def test_without_an_address_of_ours_it_is_said_once_that_it_cannot_answer_by_mail(relcli: Any) -> None:
    outcome = relcli.ok("survey form pulse")
    assert "mailto:" not in outcome.out
    assert outcome.err.count("[me] addresses") == 1


@pytest.mark.usefixtures("ana")
def test_a_form_for_somebody_asks_them_in_their_language_and_is_known_as_theirs(relcli: Any, tmp_path: Path) -> None:
    me()
    page = tmp_path / "ana.html"
    outcome = relcli.ok("survey", "form", "pulse", "ana", "-o", str(page), "--now", TODAY)
    assert outcome.err == "asked Ana Ruiz: pulse (batch 2)\n"
    [token] = tokens_in(page.read_text())
    assert '<html lang="es"' in page.read_text()
    [touch] = json.loads(relcli.ok("interaction list ana -f json").out)["interactions"]
    assert (touch["purpose"], touch["channel"], touch["direction"]) == ("survey", "email", "out")
    again = relcli.ok("survey", "form", "pulse", "ana", "--language", "en", "--now", "2026-12-01")
    assert tokens_in(again.out) == (token,)
    assert '<html lang="en"' in again.out
    assert "the form of the invitation of 2026-11-22 to Ana Ruiz" in again.err
    assert len(relcli.ok("interaction list ana -f ids").out.split()) == 1


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("survey record pulse ana --answer recommend=9 --at 2026-10-22", "asked on 22 October 2026 (pulse)"),
        ("preference set ana --surveys never --stated 'no questions'", "no questions"),
        ("preference set ana --do-not-contact --stated 'leave me be'", "leave me be"),
        ("log ana 'a crease' --channel phone --complaint --at 2026-11-20", "a complaint of Ana Ruiz is open"),
        ("later ana --until 2027-03-01", "put off until 1 March 2027"),
        ("preference set ana --not-topic gladly --stated 'no such words'", "no such words"),
        ("contact archive ana@example.org", "archived"),
    ],
)
def test_nobody_is_asked_by_a_form_who_may_not_be_asked_otherwise(relcli: Any, before: str, why: str) -> None:
    relcli.ok(f"{before} --now {TODAY}")
    outcome = relcli("survey", "form", "pulse", "ana@example.org", "--now", TODAY)
    assert (outcome.code, outcome.out) == (5, "")
    assert why in outcome.err


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize(
    "since",
    [
        "preference set ana --surveys never --stated 'no more' --at 2026-11-10",
        "preference set ana --do-not-contact --stated 'as I said' --at 2026-06-01",
        "contact archive ana@example.org",
        "log ana 'a crease' --channel phone --complaint --at 2026-11-20",
        "later ana --until 2027-03-01",
        "log ana 'how is it?' --channel phone --out --purpose survey --at 2026-11-15",
    ],
)
def test_a_form_that_was_made_is_not_given_again_where_they_may_not_be_asked_any_more(relcli: Any, since: str) -> None:
    relcli.ok("survey", "form", "pulse", "ana", "--now", "2026-11-01")
    relcli.ok(f"{since} --now {TODAY}")
    assert relcli("survey", "form", "pulse", "ana@example.org", "--now", TODAY).code == 5


@pytest.mark.usefixtures("ana")
def test_where_the_page_cannot_be_written_they_were_not_asked(relcli: Any, tmp_path: Path) -> None:
    assert relcli("survey", "form", "pulse", "ana", "-o", str(tmp_path / "no" / "where.html"), "--now", TODAY).code == 73
    assert relcli.ok("interaction list ana -f ids").out == ""
    dry = relcli.ok("survey", "form", "pulse", "ana", "--dry-run", "-o", str(tmp_path / "x.html"), "--now", TODAY)
    assert "would have asked Ana Ruiz" in dry.err
    assert not (tmp_path / "x.html").exists()
    assert relcli.ok("interaction list ana -f ids").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("survey form pulse --language fr", 'is not there in "fr"'),
        ("survey form pulse --channel letter", "goes by no channel"),
        ("survey form pulse -f csv", "csv is not offered"),
    ],
)
def test_what_cannot_be_meant_is_refused(relcli: Any, words: str, said: str) -> None:
    outcome = relcli(words)
    assert outcome.code == 2
    assert said in outcome.err
