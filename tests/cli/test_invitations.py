"""`relcli survey invite`: who is asked, who never is, and that nobody counts as asked whose message is nowhere."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import mailbox
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from relcli import config
from relcli.domain.invitation import tokens_in

pytestmark = pytest.mark.usefixtures("book_location")
TODAY = "2026-11-22"


@pytest.fixture(autouse=True)
def people(relcli: Any, book_location: str) -> None:
    """Ana, a customer; Luz, who reads Spanish; Jo without an address."""
    relcli.ok("contact", "add", "Ana Ruiz", "--email", "ana@example.org", "--role", "customer")
    relcli.ok("contact", "add", "Luz Vega", "--email", "luz@example.org", "--language", "es-MX", "--tag", "vip")
    relcli.ok("contact", "add", "Jo Berg", "--role", "customer")


def settings(text: str) -> None:
    config.settings_path().parent.mkdir(parents=True, exist_ok=True)
    config.settings_path().write_text(text)


def left(relcli: Any, *words: str) -> dict[str, str]:
    """Who would not be asked, and why."""
    found = json.loads(relcli.ok("survey", "invite", *words, "--dry-run", "-f", "json", "--now", TODAY).out)
    return {one["name"]: one["why"] for one in found["left"]}


def asked(relcli: Any, *words: str) -> list[str]:
    found = json.loads(relcli.ok("survey", "invite", *words, "--dry-run", "-f", "json", "--now", TODAY).out)
    return [one["name"] for one in found["invitations"]]


def test_each_gets_a_message_of_their_own_in_their_language_and_counts_as_asked(relcli: Any, tmp_path: Path) -> None:
    settings('[me]\nname = "Kim Doe"\naddresses = ["kim@example.org"]\n')
    outcome = relcli.ok("survey", "invite", "pulse", "ana", "luz", "--output", str(tmp_path / "out"), "--now", TODAY)
    assert outcome.out == ""
    assert outcome.err == "invited 2 to pulse (batch 4)\n"
    first, second = sorted((tmp_path / "out").iterdir())
    ana, luz = (message_from_bytes(path.read_bytes(), policy=default) for path in (first, second))
    assert (ana["To"], ana["From"], ana["Subject"]) == ("Ana Ruiz <ana@example.org>", "Kim Doe <kim@example.org>", "One question")
    assert luz["Subject"] == "Una pregunta"
    [token] = tokens_in(first.name)
    assert first.name == f"pulse-ana-ruiz-{token}.eml"
    assert re.fullmatch(rf"<{token}\.[0-9a-f]{{8}}@example\.org>", ana["Message-ID"])
    assert f"({token})" in ana.get_content()
    [touch] = json.loads(relcli.ok("interaction list ana -f json").out)["interactions"]
    assert (touch["direction"], touch["purpose"], touch["channel"], touch["summary"]) == (
        "out",
        "survey",
        "email",
        "One question",
    )


def test_nobody_is_asked_again_before_their_time_on_any_path(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("survey", "invite", "pulse", "ana", "-o", str(tmp_path / "out"), "--now", "2026-10-22")
    relcli.ok("preference", "set", "luz", "--surveys", "1y", "--stated", "once a year is plenty", "--at", "2025-01-01")
    relcli.ok("log", "luz", "asked her on the phone", "--channel", "phone", "--out", "--purpose", "survey", "--at", "2026-02-01")
    for path in (["ana", "luz"], ["--role", "customer"], ["--tag", "vip"], ["--due"], ["ana", "--remind"], ["luz", "--remind"]):
        for survey in ("pulse", "relationship") if "--remind" not in path else ("relationship",):
            assert asked(relcli, survey, *path) == []
    assert left(relcli, "service", "ana", "luz") == {
        "Ana Ruiz": "asked on 22 October 2026 (pulse): not again before 20 April 2027",
        "Luz Vega": 'Luz Vega wants a survey every year at most (stated on 1 January 2025, w_1: "once a year is plenty")',
    }


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("log ana 'a crease' --channel phone --complaint --at 2026-11-20", "a complaint of Ana Ruiz is open"),
        ("promise add ana 'the prints' --by 2026-11-01 --at 2026-10-01", "we owe Ana Ruiz something"),
        ("preference set ana --surveys never --stated 'no questions'", "no questions"),
        ("preference set ana --do-not-contact --stated 'leave me be'", "leave me be"),
        ("preference set ana --not-channel email --stated 'call me'", "call me"),
        ("preference set ana --closeness none --stated 'only the bread'", "only the bread"),
        ("preference set ana --not-topic survey --stated 'no forms'", "no forms"),
        ("survey record pulse ana --answer recommend=9 --at 2026-10-22", "asked on 22 October 2026 (pulse)"),
        ("log ana 'how is it?' --channel phone --out --purpose survey --at 2026-10-22", "asked on 22 October 2026"),
        ("later ana --until 2027-01-10 --because 'moving house'", "put off until 10 January 2027: moving house"),
        ("contact archive ana@example.org", "archived"),
    ],
)
def test_who_is_owed_something_opted_out_or_was_asked_is_never_invited_on_any_path(
    relcli: Any, before: str, why: str, tmp_path: Path
) -> None:
    relcli.ok(f"{before} --now {TODAY}")
    for path in (["ana@example.org"], ["--role", "customer"], ["--due"]):
        relcli.ok("survey", "invite", "pulse", *path, "-o", str(tmp_path / "out"), "--now", TODAY)
    assert not (tmp_path / "out").exists()
    assert why in left(relcli, "pulse", "ana@example.org")["Ana Ruiz"]


def test_what_was_asked_last_month_keeps_reminders_and_forms_of_older_surveys_away(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("survey", "invite", "pulse", "ana", "-o", str(tmp_path / "a"), "--now", "2026-03-01")
    relcli.ok("survey", "invite", "service", "ana", "-o", str(tmp_path / "b"), "--now", "2026-10-20")
    assert asked(relcli, "pulse", "ana", "--remind") == []
    assert relcli("survey", "form", "pulse", "ana", "--now", TODAY).code == 5


def test_who_said_how_often_is_not_reminded_and_a_guess_of_ours_makes_nobody_be_asked_sooner(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("survey", "invite", "pulse", "ana", "luz", "-o", str(tmp_path / "a"), "--now", "2026-11-01")
    relcli.ok("preference set ana --surveys 7d --assumed 'they like it'")
    relcli.ok("preference set luz --surveys 7d --stated 'weekly is fine'")
    assert asked(relcli, "service", "ana") == []
    assert asked(relcli, "service", "luz") == ["Luz Vega"]
    assert asked(relcli, "pulse", "ana", "luz", "--remind") == ["Ana Ruiz"]


def test_an_address_of_our_own_is_not_written_to(relcli: Any) -> None:
    settings('[me]\naddresses = ["Ana@example.org"]\n')
    assert left(relcli, "pulse", "ana") == {"Ana Ruiz": "ana@example.org is an address of yours"}


def test_a_dry_run_gives_out_no_token_that_nobody_will_know(relcli: Any) -> None:
    [row] = csv.DictReader(io.StringIO(relcli.ok("survey", "invite", "pulse", "ana", "-n", "-f", "csv", "--now", TODAY).out))
    assert (row["name"], row["token"], row["body"]) == ("Ana Ruiz", "", "")


def test_somebody_without_an_address_is_named_and_nobody_else_suffers(relcli: Any) -> None:
    assert left(relcli, "pulse", "jo", "ana") == {"Jo Berg": "no e-mail address of theirs is known"}
    assert asked(relcli, "pulse", "jo", "ana") == ["Ana Ruiz"]


def test_due_are_those_it_is_meant_for_whom_we_know_and_who_were_not_asked_of_late(relcli: Any) -> None:
    relcli.ok("sold ana 10 --at 2026-09-01")
    assert asked(relcli, "pulse", "--due") == []  # one purchase is no relationship
    relcli.ok("sold ana 10 --at 2026-10-01")
    for day in ("2026-09-01", "2026-10-01"):
        relcli.ok("log", "luz", "hello", "--in", "--at", day)  # nobody said what she is to us
    assert asked(relcli, "pulse", "--due") == ["Ana Ruiz"]
    assert asked(relcli, "supplier", "--due") == []
    assert asked(relcli, "pulse", "--due", "--tag", "vip") == []


def test_one_reminder_after_a_week_and_none_to_those_who_answered(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("survey", "invite", "pulse", "ana", "luz", "-o", str(tmp_path / "a"), "--now", "2026-11-01")
    relcli.ok("survey record pulse luz --answer recommend=9 --at 2026-11-05")
    early = relcli.ok("survey", "invite", "pulse", "--remind", "-o", str(tmp_path / "b"), "--now", "2026-11-07")
    assert "asked on 1 November 2026: give them 7 days" in early.err
    again = relcli.ok("survey", "invite", "pulse", "--remind", "-o", str(tmp_path / "b"), "--now", "2026-11-08")
    assert "reminded 1 to pulse, 1 not" in again.err
    [path] = (tmp_path / "b").iterdir()
    [first] = [p for p in (tmp_path / "a").iterdir() if "ana" in p.name]
    assert path.name == first.name.replace(".eml", "-again.eml")
    message = message_from_bytes(path.read_bytes(), policy=default)
    [token] = tokens_in(path.name)
    assert message["In-Reply-To"].startswith(f"<{token}.")
    assert "we shall not remind you again" in message.get_content()
    assert "once is enough" in left(relcli, "pulse", "ana", "--remind")["Ana Ruiz"]


def test_an_mbox_or_a_table_for_a_mail_merge_holds_the_same(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("survey", "invite", "pulse", "ana", "-o", str(tmp_path / "x.mbox"), "--now", TODAY)
    with contextlib.closing(mailbox.mbox(tmp_path / "x.mbox")) as box:
        [message] = box
    assert message["To"] == "Ana Ruiz <ana@example.org>"
    relcli.ok("book undo --yes")
    piped = relcli.ok("survey", "invite", "pulse", "ana", "-o", "-", "--now", TODAY)
    assert piped.out.startswith("From relcli@localhost Sun Nov 22")
    relcli.ok("book undo --yes")
    [row] = csv.DictReader(io.StringIO(relcli.ok("survey", "invite", "pulse", "ana", "-f", "csv", "--now", TODAY).out))
    assert (row["name"], row["email"], row["language"]) == ("Ana Ruiz", "ana@example.org", "en")
    assert row["token"] in row["body"]


def test_what_was_undone_may_be_asked_and_its_file_is_replaced(relcli: Any, tmp_path: Path) -> None:
    for _ in range(2):
        relcli.ok("survey", "invite", "pulse", "ana", "-o", str(tmp_path / "out"), "--now", TODAY)
        relcli.ok("book undo --yes")
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_where_the_messages_cannot_be_put_nobody_counts_as_asked(relcli: Any, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    outcome = relcli("survey", "invite", "pulse", "ana", "-f", "eml", "-o", str(tmp_path / "out"), "--now", TODAY)
    assert outcome.code == 73
    assert asked(relcli, "pulse", "ana") == ["Ana Ruiz"]
    assert relcli.ok("interaction list ana -f ids").out == ""


def test_messages_that_wait_to_be_sent_are_not_mixed_with_new_ones(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("survey", "invite", "pulse", "ana", "-o", str(tmp_path / "out"), "--now", TODAY)
    outcome = relcli("survey", "invite", "pulse", "luz", "-o", str(tmp_path / "out"), "--now", TODAY)
    assert outcome.code == 73
    assert "holds messages already" in outcome.err
    assert asked(relcli, "pulse", "luz") == ["Luz Vega"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("survey invite pulse -o x.mbox", 2, "it is not said whom to invite"),
        ("survey invite pulse ana", 2, "it is not said where the messages go"),
        ("survey invite pulse ana -f eml", 2, "eml is a file for each message"),
        ("survey invite pulse ana -o x.html", 2, "would be html"),
        ("survey invite nothing ana -o x.mbox", 3, "nothing"),
        ("survey invite pulse nobody -o x.mbox", 3, "nobody"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_writes_nothing(relcli: Any, words: str, code: int, said: str) -> None:
    before = relcli.ok("book history -f csv").out
    outcome = relcli(words)
    assert outcome.code == code
    assert said in outcome.err
    assert relcli.ok("book history -f csv").out == before


def test_a_dry_run_shows_who_and_why_not_and_writes_neither_book_nor_file(relcli: Any, tmp_path: Path) -> None:
    outcome = relcli.ok("survey", "invite", "pulse", "ana", "jo", "--dry-run", "-o", str(tmp_path / "out"), "--now", TODAY)
    assert "1 to be asked  pulse" in outcome.out
    assert "Jo Berg" in outcome.out
    assert "would have invited 1 to pulse, 1 not (dry run: nothing was written)" in outcome.err
    assert not (tmp_path / "out").exists()
    assert relcli.ok("interaction list -f ids").out == ""


def test_results_say_how_many_of_those_invited_answered(relcli: Any, tmp_path: Path) -> None:
    relcli.ok("survey", "invite", "pulse", "ana", "luz", "-o", str(tmp_path / "out"), "--now", "2026-11-01")
    nobody = json.loads(relcli.ok("survey results pulse -f json").out)
    assert (nobody["invited"], nobody["response_rate"]) == (2, 0.0)
    assert "0 of 2 invited (0 %)" in relcli.ok("survey results pulse").out
    relcli.ok("survey record pulse luz --answer recommend=9 --at 2026-11-05")
    some = json.loads(relcli.ok("survey results pulse --by role -f json").out)
    assert (some["invited"], some["response_rate"]) == (2, 50.0)
    assert [(group["group"], group["invited"], group["response_rate"]) for group in some["groups"]] == [("no role", 1, 100.0)]
    assert "1 person answered, 1 of 2 invited (50 %)" in relcli.ok("survey results pulse").out
    assert json.loads(relcli.ok("survey results pulse --since 2026-11-02 -f json").out)["invited"] == 0


def test_the_agenda_says_when_somebody_we_ask_is_due_again(relcli: Any) -> None:
    relcli.ok("survey record pulse ana --answer recommend=9 --at 2026-05-01")
    early, due = (relcli.ok("agenda", "-f", "csv", "--now", day).out for day in ("2026-10-27", "2026-10-28"))
    assert "survey" not in early
    [row] = csv.DictReader(io.StringIO(due))
    assert (row["kind"], row["score"], row["reason"]) == ("survey", "2.00", "asked how it is 180 days ago (pulse): due again")
    settings('[survey]\nevery = "1y"\n')
    assert relcli.ok("agenda", "-f", "ids", "--now", "2026-10-28").out == ""
