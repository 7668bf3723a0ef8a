"""Reminders: dated notes to oneself, on the agenda from their day until they are done."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cli.records import ids

FAR = ("--now", "2027-03-01T10:00:00+00:00")


@pytest.fixture(autouse=True)
def ana(relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana Ruiz", "--email", "ana@example.org")
    relcli.ok("contact", "add", "Bo Lund", "--email", "bo@example.org")


def reminders(relcli: Any, *words: str) -> list[dict[str, Any]]:
    return list(json.loads(relcli.ok("reminder", "list", *words, "-f", "json").out)["reminders"])


def agenda(relcli: Any, *words: str) -> list[dict[str, Any]]:
    return list(json.loads(relcli.ok("agenda", *words, "-f", "json").out)["agenda"])


def test_a_reminder_is_said_in_one_line_and_undone_as_one_batch(relcli: Any) -> None:
    said = relcli.ok("remind", "ana", "next friday", "ask about\nthe proofs")

    assert said.out == ""
    assert said.err == 'set reminder m_1 for 27 November 2026: Ana Ruiz, "ask about the proofs" (batch 3)\n'
    assert [(r["id"], r["due"], r["made"], r["done"]) for r in reminders(relcli)] == [("m_1", "2026-11-27", "2026-11-21", None)]
    relcli.ok("book undo")
    assert reminders(relcli) == []


def test_it_is_on_the_agenda_from_its_day_on_until_it_is_done(relcli: Any) -> None:
    relcli.ok("remind", "ana", "2026-11-27", "ask about the proofs")
    assert agenda(relcli, "--days", "30") == []

    [line] = agenda(relcli, "--now", "2026-11-27")
    assert (line["kind"], line["score"], line["due"], line["channel"]) == ("reminder", 5.0, "2026-11-27", "email")
    assert (line["reason"], line["source"]) == ("reminder, today: ask about the proofs", ["m_1"])
    assert agenda(relcli, *FAR)[0]["reason"] == "reminder, 94 days overdue: ask about the proofs"

    relcli.ok("reminder", "done", "m_1", *FAR)
    assert agenda(relcli, *FAR) == []
    assert reminders(relcli) == []
    assert [r["done"] for r in reminders(relcli, "--all")] == ["2027-03-01"]
    assert "nothing had to be changed" in relcli.ok("reminder", "done", "m_1", "--now", "2027-04-01").err


def test_a_note_to_oneself_is_listed_whatever_they_wish_and_then_names_no_channel(relcli: Any) -> None:
    relcli.ok("preference", "set", "ana", "--do-not-contact", "--stated", "leave me be")
    relcli.ok("later", "bo", "--until", "2027-06-01")
    relcli.ok("contact", "add", "Cy", "--email", "cy@example.org")
    relcli.ok("contact", "archive", "Cy")
    for who in ("ana", "bo", "cy@example.org"):
        relcli.ok("remind", who, "today", "see the file")

    lines = {line["name"]: line for line in agenda(relcli)}
    assert {name: (line["kind"], line["channel"]) for name, line in lines.items()} == {
        "Ana Ruiz": ("reminder", None), "Bo Lund": ("reminder", "email"), "Cy": ("reminder", None),
    }  # fmt: skip
    assert "by yourself" in relcli.ok("agenda").out


def test_it_scores_nothing(relcli: Any) -> None:
    before = relcli.ok("scorecard", "ana", "-f", "csv", "--as-of", "2026-11-21").out
    relcli.ok("remind", "ana", "2026-12-01", "ask")
    assert relcli.ok("scorecard", "ana", "-f", "csv", "--as-of", "2026-11-21").out == before


def test_several_are_kept_and_edit_changes_what_is_named(relcli: Any) -> None:
    for day in ("2026-12-24", "2026-11-30"):
        relcli.ok("remind", "ana", day, "ask")
    assert [r["id"] for r in reminders(relcli, "ana")] == ["m_2", "m_1"]
    assert reminders(relcli, "bo") == []

    relcli.ok("reminder", "edit", "m_1", "--text", "ask again")
    relcli.ok("reminder", "edit", "m_2", "--at", "in 2 months")
    assert [(r["id"], r["due"], r["text"]) for r in reminders(relcli)] == [
        ("m_1", "2026-12-24", "ask again"), ("m_2", "2027-01-21", "ask"),
    ]  # fmt: skip
    relcli.ok("reminder", "remove", "m_1", "m_2")
    assert reminders(relcli, "--all") == []


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["ana", "yesterday", "ask"], "2026-11-20 is over", 2),
        (["ana", "someday", "ask"], "not a date", 2),
        (["ana", "friday", "  "], "a reminder needs words", 2),
        (["nobody", "friday", "ask"], "nobody", 3),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(relcli: Any, words: list[str], said: str, code: int) -> None:
    refused = relcli("remind", *words)
    assert refused.code == code
    assert said in refused.err
    assert reminders(relcli, "--all") == []


def test_a_time_of_day_is_kept_in_front_of_the_words(relcli: Any) -> None:
    relcli.ok("remind", "ana", "2026-11-27T15:00", "call")
    assert reminders(relcli)[0]["text"] == "15:00 call"


def test_it_is_found_again_before_a_call_in_the_timeline_and_by_search(relcli: Any) -> None:
    relcli.ok("remind", "ana", "2026-12-24", "the Gärtner album")

    assert "24 Dec 2026: the Gärtner album (m_1)" in relcli.ok("brief", "ana").out
    [record] = json.loads(relcli.ok("timeline", "ana", "-f", "json").out)["records"]
    assert (record["id"], record["noun"], record["kind"], record["at"]) == ("m_1", "reminder", "open", "2026-12-24")
    assert "m_1" in ids(relcli.ok("search", "gartner", "-f", "ids"))


def test_a_merge_moves_it_and_an_undo_brings_it_back(relcli: Any) -> None:
    relcli.ok("remind", "bo@example.org", "2026-12-24", "ask")
    relcli.ok("contact", "merge", "ana@example.org", "bo@example.org", "--yes")
    assert [r["contact_name"] for r in reminders(relcli)] == ["Ana Ruiz"]
    relcli.ok("book", "undo")
    assert [r["contact_name"] for r in reminders(relcli)] == ["Bo Lund"]
    relcli.ok("contact", "forget", "bo@example.org", "--yes")
    assert reminders(relcli, "--all") == []


def test_a_planned_log_becomes_a_reminder_for_everybody_named(relcli: Any) -> None:
    said = relcli.ok("log", "ana", "the proofs", "--with", "bo", "-c", "phone", "--out", "--planned", "--at", "next friday")

    assert "set 2 reminders, m_1 m_2 for 27 November 2026" in said.err
    assert "nothing is logged yet" in said.err
    assert [(r["contact_name"], r["text"]) for r in reminders(relcli)] == [
        ("Ana Ruiz", "phone: the proofs"), ("Bo Lund", "phone: the proofs"),
    ]  # fmt: skip
    assert relcli.ok("interaction list -f ids").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x"], "--planned needs a day"),
        (["x", "--at", "yesterday"], "is over"),
        (["--at", "friday"], "needs words"),
        (["x", "--at", "friday", "--minutes", "5"], "--planned and --minutes exclude each other"),
        (["x", "--at", "friday", "--complaint"], "--planned and --complaint exclude each other"),
        (["x", "--at", "friday", "-c", "pigeon"], "there is no channel"),
    ],
)
def test_a_planned_log_that_cannot_be_meant_is_refused(relcli: Any, words: list[str], said: str) -> None:
    refused = relcli("log", "ana", "--planned", *words)
    assert refused.code == 2
    assert said in refused.err
    assert reminders(relcli) == []
