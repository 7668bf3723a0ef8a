"""`relcli draft`: a message with the facts filled in, on their channel, never against their wish."""

from __future__ import annotations

import json
from datetime import date
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from relcli.actions.desk import Desk
from relcli.domain.promise import Promise, PromiseKind, Side

SHIPPED = ("birthday", "check-in", "follow-up", "sorry", "thank-you")


@pytest.fixture
def config(place: Path) -> Path:
    """The folder of this test's settings."""
    folder = place / "home" / "config" / "relcli"
    (folder / "templates").mkdir(parents=True)
    return folder


@pytest.fixture
def me(config: Path) -> None:
    """Settings that say who writes."""
    (config / "config.toml").write_text('[me]\nname = "Kim Doe"\naddresses = ["kim@example.org", "kim.doe@example.org"]\n')


@pytest.fixture
def full(relcli: Any) -> None:
    """Ana, of whom every fact is known."""
    relcli.ok("contact add 'Bright Bakery' --kind organisation")
    relcli.ok("contact add 'Ana Ruiz' --email ana@example.org --birthday 1980-04-12 --works-for 'Bright Bakery'")
    for day in ("2026-08-01", "2026-09-02", "2026-10-03"):
        relcli.ok("sold", "Ana Ruiz", "45 EUR", "portrait", "--at", day)
    relcli.ok("bought 'Ana Ruiz' '12 EUR' bread --at 2026-10-04")
    relcli.ok("log 'Ana Ruiz' 'asked about May' --say 'your plans for May' --channel email --in --at 2026-10-05")
    relcli.ok("preference set 'Ana Ruiz' --channel email --stated 'mail me, please' --at 2026-03-12")
    owe("Ana Ruiz", "send the prints")


@pytest.fixture
def bare(relcli: Any) -> None:
    """Bo, of whom nothing is known but an address."""
    relcli.ok("contact add Bo --email bo@example.org")


def owe(name: str, text: str, due: date = date(2026, 12, 1), kind: PromiseKind = PromiseKind.PROMISE) -> None:
    """A promise of ours in the book of this test."""
    import os
    from datetime import UTC, datetime

    from relcli.store import contacts, promises
    from relcli.store.book import opened

    now = datetime(2026, 11, 1, tzinfo=UTC)
    with opened(os.environ["RELCLI_BOOK"], wait=1) as book, book.writing("a test", now=now, actor="tester") as writing:
        [row] = [row for row, _, known in contacts.names(writing.connection) if known == name]
        promises.add(writing, Promise(0, "", Side.US, kind, text, date(2026, 10, 1), due), row)


def draft(relcli: Any, *words: str) -> dict[str, Any]:
    return dict(json.loads(relcli.ok("draft", *words, "-f", "json").out))


def facts(relcli: Any, who: str, of: str = "value") -> dict[str, Any]:
    found = json.loads(relcli.ok("draft", who, "--list-facts", "-f", "json").out)["facts"]
    return {fact["fact"]: fact[of] for fact in found}


# --- the templates that come with the program -------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_template_makes_a_message_of_a_contact_of_whom_all_is_known(relcli: Any, me: None, full: None, name: str) -> None:
    if name == "sorry":  # which is for when something is
        owe("Ana Ruiz", "call back", date(2026, 11, 1))
    made = draft(relcli, "ana@example.org", "--template", name)

    assert made["body"].startswith("Dear Ana,\n\n")
    assert made["body"].endswith(",\nKim Doe\n")
    assert made["subject"]
    assert not set("{}%") & set(made["subject"] + made["body"])
    assert (made["channel"], made["to"], made["from"]) == ("email", "ana@example.org", "kim@example.org")


@pytest.mark.parametrize(
    ("name", "fact", "record"),
    [
        ("birthday", "birthday", "--birthday 1980-04-12"),
        ("sorry", "overdue", "relcli promise add c_"),
        ("thank-you", "last_purchase_date", "relcli sold c_"),
    ],
)
def test_a_template_about_one_thing_refuses_a_contact_of_whom_it_is_not_known(
    relcli: Any, bare: None, name: str, fact: str, record: str
) -> None:
    refused = relcli("draft", "Bo", "--template", name)

    assert refused.code == 65
    assert refused.out == ""
    assert f"{fact} is not known" in refused.err
    assert record in refused.err


def test_the_purposes_of_the_templates_are_what_the_gate_is_asked_about(relcli: Any) -> None:
    listed = json.loads(relcli.ok("draft --list-templates -f json").out)["templates"]

    assert {t["name"]: (t["purpose"], t["own"]) for t in listed} == {
        "birthday": ("gift", False), "check-in": ("check-in", False), "follow-up": ("help", False), "sorry": ("service", False),
        "thank-you": ("thanks", False),
    }  # fmt: skip


def test_a_message_says_what_happened_in_plain_words(relcli: Any, me: None, full: None) -> None:
    assert (
        "on 5 October 2026 we were in touch about this: your plans for May."
        in draft(relcli, "Ana Ruiz", "--template", "follow-up")["body"]
    )


def test_sorry_says_what_is_overdue_and_every_open_complaint_and_nothing_that_is_not_due_yet(relcli: Any, full: None) -> None:
    owe("Ana Ruiz", "call back", date(2026, 11, 1))
    owe("Ana Ruiz", "mend the frame", date(2026, 12, 24), PromiseKind.COMPLAINT)
    owe("Bright Bakery", "reprint the menu", date(2026, 12, 1), PromiseKind.COMPLAINT)
    owe("Bright Bakery", "a calendar", date(2026, 11, 1))

    body = draft(relcli, "Ana Ruiz", "--template", "sorry")["body"]

    listed = [line for line in body.splitlines() if line.startswith("- ")]
    assert listed == [
        "- call back",
        "- put right the problem reported on 1 October 2026",
        "- put right the problem you reported on 1 October 2026",
    ]
    assert facts(relcli, "Ana Ruiz")["overdue"] == [line.removeprefix("- ") for line in listed]
    assert facts(relcli, "Ana Ruiz", "private")["overdue"] == ["call back", "reprint the menu", "mend the frame"]


def test_what_we_owe_the_archived_is_announced_by_the_channel_it_would_take_anyway(relcli: Any, bare: None) -> None:
    owe("Bo", "call back", date(2026, 11, 1))
    relcli.ok("contact archive bo@example.org")

    assert draft(relcli, "Bo", "--template", "sorry")["channel"] == "email"
    assert relcli("draft Bo --template check-in").code == 5


# --- the facts --------------------------------------------------------------------------------------------------------


def test_every_fact_of_a_full_contact_has_its_value(relcli: Any, me: None, full: None) -> None:
    found = facts(relcli, "Ana Ruiz")

    assert found == {
        "name": "Ana Ruiz", "first_name": "Ana", "organisation": "Bright Bakery", "birthday": "12 April", "me": "Kim Doe",
        "today": "2026-11-21", "last_purchase_item": "portrait", "last_purchase_date": "2026-10-03",
        "last_purchase_amount": "45.00 EUR", "last_supply_item": "bread", "last_supply_date": "2026-10-04",
        "last_supply_amount": "12.00 EUR", "due_item": "portrait", "due_item_date": "2026-11-04",
        "last_contact_date": "2026-10-05", "last_contact_channel": "email", "last_said": "your plans for May",
        "last_said_date": "2026-10-05", "last_summary": None,
        "owed": ["send the prints"], "overdue": None, "their_words": "mail me, please",
    }  # fmt: skip


def test_what_is_not_known_is_null_and_comes_with_the_way_to_record_it(relcli: Any, bare: None) -> None:
    listed = json.loads(relcli.ok("draft Bo --list-facts -f json").out)["facts"]

    assert {f["fact"] for f in listed if f["value"] is not None} == {"name", "first_name", "today"}
    assert all(f["record"] for f in listed)
    assert "birthday              not known: relcli contact edit c_" in relcli.ok("draft Bo --list-facts").out


@pytest.mark.parametrize(
    ("name", "first"),
    [("Ana Ruiz", "Ana"), ("Ruiz, Ana", "Ana"), ("Dr. Ana Ruiz", "Ana"), ("Ana", "Ana"), ("J. R.", "J."), ("Ruiz,", "Ruiz,")],
)
def test_people_are_called_by_their_first_name(relcli: Any, name: str, first: str) -> None:
    relcli.ok("contact", "add", name)

    assert facts(relcli, name)["first_name"] == first


def test_an_organisation_is_called_by_its_whole_name(relcli: Any) -> None:
    relcli.ok("contact add 'Bright Bakery' --kind organisation")

    assert facts(relcli, "Bright Bakery")["first_name"] == "Bright Bakery"


def test_a_fact_that_lacks_only_its_item_says_which_record_to_mend(relcli: Any, bare: None) -> None:
    relcli.ok("sold Bo 45")
    refused = draft(relcli, "Bo", "--template", "thank-you")

    assert "your order of 21 November 2026" in refused["body"]
    assert "relcli transaction edit t_1 --item" in relcli.ok("draft Bo --list-facts").out


# --- own templates ----------------------------------------------------------------------------------------------------


def own(config: Path, text: str, name: str = "hello.txt") -> Path:
    path = config / "templates" / name
    path.write_text(text)
    return path


def test_an_own_template_wins_over_one_that_came_with_the_program(relcli: Any, config: Path, bare: None) -> None:
    own(config, "---\npurpose: thanks\nsubject: Ta, {{ name }}\nchannel: letter\n---\nTa!\n", "thank-you.txt")

    made = draft(relcli, "Bo", "--template", "Thank-You")
    listed = json.loads(relcli.ok("draft --list-templates -f json").out)["templates"]

    assert (made["subject"], made["body"], made["channel"], made["to"]) == ("Ta, Bo", "Ta!\n", "letter", None)
    assert [t["name"] for t in listed if t["own"]] == ["thank-you"]


def test_a_template_that_cannot_be_read_is_named_and_hides_no_other(relcli: Any, config: Path, bare: None) -> None:
    own(config, "Dear Bo")
    (config / "templates" / "latin.txt").write_bytes(b"---\nsubject: \xff\n")
    (config / "templates" / "folder.txt").mkdir()
    (config / "templates" / "notes.md").write_text("no template")

    listed = relcli.ok("draft --list-templates")

    assert "thank-you" in listed.out
    assert "notes" not in listed.out
    assert "hello.txt, line 1: a template begins with a line ---" in listed.err
    assert "latin.txt is not UTF-8 text" in listed.err
    assert "folder.txt is not a file" in listed.err
    assert relcli("draft Bo --template hello").code == 65


@pytest.mark.parametrize(
    "body",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
        '{{ "a" * 10**10 }}',
        "{{ name.__class__.__mro__ }}",
        '{{ (name|attr("__class__")) }}',
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        '{% include "thank-you.txt" %}',
    ],
)
def test_a_hostile_template_is_refused_with_a_sentence_and_nothing_is_written(
    relcli: Any, config: Path, bare: None, place: Path, body: str
) -> None:
    own(config, f"---\npurpose: thanks\nsubject: x\n---\n{body}\n")
    refused = relcli("draft", "Bo", "--template", "hello", "--log", "-o", str(place / "out.eml"))

    assert refused.code == 65
    assert "hello.txt, line 5: the template " in refused.err
    assert not (place / "out.eml").exists()
    assert relcli.ok("interaction list -f ids").out == ""


def test_a_channel_of_the_template_that_does_not_exist_is_refused_naming_the_file(relcli: Any, config: Path, bare: None) -> None:
    own(config, "---\npurpose: thanks\nsubject: x\nchannel: pigeon\n---\nx\n")
    refused = relcli("draft Bo --template hello")

    assert refused.code == 65
    assert 'hello.txt: there is no channel "pigeon"' in refused.err


# --- their wish -------------------------------------------------------------------------------------------------------


def test_a_message_goes_by_the_channel_they_asked_for(relcli: Any, full: None) -> None:
    relcli.ok("contact edit 'Ana Ruiz' --phone '+34 600 000 001'")
    relcli.ok("preference set 'Ana Ruiz' --not-channel email --channel sms --stated 'text me'")

    made = draft(relcli, "Ana Ruiz", "--template", "thank-you")

    assert (made["channel"], made["to"]) == ("sms", "+34600000001")


@pytest.mark.parametrize("words", [("-c", "email"), ("-f", "eml")])
def test_against_their_wish_it_ends_with_5_and_says_which_since_when_in_which_words(
    relcli: Any, bare: None, words: tuple[str, str], place: Path
) -> None:
    relcli.ok("contact edit Bo --birthday --04-12")
    relcli.ok("preference set Bo --not-channel email --stated 'no mail, please' --at 2026-03-12")
    refused = relcli("draft", "Bo", "--template", "birthday", "--log", "-o", str(place / "out"), *words)

    assert refused.code == 5
    assert "12 March 2026" in refused.err
    assert '"no mail, please"' in refused.err
    assert not (place / "out").exists()
    assert relcli.ok("interaction list -f ids").out == ""


def test_a_message_about_what_they_do_not_want_to_hear_of_is_refused_and_not_logged(relcli: Any, bare: None) -> None:
    relcli.ok("contact edit Bo --birthday --04-12")
    relcli.ok("preference set Bo --not-topic birthday --stated 'I do not celebrate' --at 2026-03-12")
    refused = relcli("draft Bo --template birthday --log")

    assert (refused.code, refused.out) == (5, "")
    assert 'does not want to hear about "birthday"' in refused.err
    assert relcli.ok("interaction list -f ids").out == ""


def test_with_no_way_that_is_allowed_the_wish_says_so_and_not_that_none_is_known(relcli: Any, bare: None) -> None:
    relcli.ok("contact add Cy --birthday 1980-04-12")
    relcli.ok("log Cy hello --channel video --in --at 2026-09-01")
    relcli.ok("preference set Cy --not-channel video --stated 'no video'")
    assert relcli("draft Cy --template birthday").code == 5

    relcli.ok("contact add Dee")
    owe("Dee", "call back", date(2026, 11, 1))
    relcli.ok("preference set Dee --do-not-contact --stated 'please stop'")
    assert relcli("draft Dee --template sorry").code == 5


def test_nobody_who_wants_no_contact_gets_a_message_on_any_channel(relcli: Any, full: None) -> None:
    relcli.ok("preference set 'Ana Ruiz' --do-not-contact --stated 'leave me alone'")

    for name in SHIPPED:
        for words in ((), ("-c", "letter"), ("-c", "other"), ("-f", "eml")):
            refused = relcli("draft", "Ana Ruiz", "--template", name, *words)
            assert refused.code == 5
            assert "leave me alone" in refused.err


def test_a_wish_we_only_assume_is_a_warning(relcli: Any, bare: None) -> None:
    relcli.ok("contact edit Bo --birthday --04-12")
    relcli.ok("preference set Bo --not-channel email --assumed 'seldom answers'")
    made = relcli.ok("draft Bo --template birthday -c email --quiet")

    assert "happy birthday" in made.out
    assert "seldom answers" in made.err
    [warning] = draft(relcli, "Bo", "--template", "birthday", "-c", "email")["warnings"]
    assert warning == "Bo does not want to be reached by e-mail (assumed on 21 November 2026, w_1)"


@pytest.mark.parametrize("kind", PromiseKind)
def test_while_something_is_owed_only_what_settles_it_goes_out(relcli: Any, full: None, kind: PromiseKind) -> None:
    owe("Ana Ruiz", "call back", date(2026, 11, 1), kind)

    for name in SHIPPED:
        ended = relcli("draft", "Ana Ruiz", "--template", name)
        assert ended.code == (0 if name == "sorry" else 5), name
        if name != "sorry":
            assert "call back" in ended.err
        else:
            assert ("call back" in ended.out) == (kind is PromiseKind.PROMISE)


# --- what comes out ---------------------------------------------------------------------------------------------------


def test_on_stdout_is_the_message_and_all_talk_is_on_stderr(relcli: Any, me: None, full: None) -> None:
    made = relcli.ok("draft 'Ana Ruiz' --template thank-you")

    assert made.out.startswith("Subject: Thank you, Ana\n\nDear Ana,\n")
    assert made.err == "drafted thank-you to Ana Ruiz, by e-mail: ana@example.org\n"
    assert relcli.ok("draft 'Ana Ruiz' --template thank-you -q").err == ""


def test_a_message_that_is_no_mail_has_no_subject_line(relcli: Any, full: None) -> None:
    relcli.ok("preference set 'Ana Ruiz' --channel letter --stated 'letters are nice'")

    assert relcli.ok("draft 'Ana Ruiz' --template thank-you").out.startswith("Dear Ana,\n")


def test_eml_is_ready_for_a_mailer(relcli: Any, me: None, full: None) -> None:
    message = message_from_string(relcli.ok("draft 'Ana Ruiz' --template thank-you -f eml").out_bytes.decode(), policy=default)

    assert message["From"].addresses[0].addr_spec == "kim@example.org"
    assert message["To"].addresses[0].display_name == "Ana Ruiz"
    assert message["Subject"] == "Thank you, Ana"
    assert message["Date"].datetime.isoformat() == "2026-11-21T10:00:00+00:00"
    assert "(portrait)" in message.get_content()


def test_without_an_address_of_ones_own_there_is_no_from_line_which_is_said_once(relcli: Any, full: None) -> None:
    made = relcli.ok("draft 'Ana Ruiz' --template thank-you -f eml")

    assert "From:" not in made.out
    assert made.err.count("From line") == 1


def test_without_an_address_of_theirs_there_is_no_mail(relcli: Any) -> None:
    relcli.ok("contact add Cy --birthday 1980-04-12 --phone '+34 600 000 001'")
    refused = relcli("draft Cy --template birthday -f eml")

    assert refused.code == 65
    assert "no e-mail address of Cy is known" in refused.err
    assert relcli.ok("draft Cy --template birthday").err.startswith("drafted birthday to Cy, by phone: +34 600 00 00 01")


def test_with_no_way_to_reach_them_it_must_be_said(relcli: Any) -> None:
    relcli.ok("contact add Cy --birthday 1980-04-12")

    assert relcli("draft Cy --template birthday").code == 2
    assert relcli.ok("draft Cy --template birthday -c letter").out.startswith("Dear Cy")


@pytest.mark.parametrize(
    "name", ['Ana "Anita" Ruiz', "Ruiz, Ana, and Co.", "山田 太郎", "Ana\nBcc: all@example.org", "Ana\x1b[31m", "<b>Ana</b>"]
)
def test_a_strange_name_stays_a_name_in_every_format(relcli: Any, name: str, place: Path) -> None:
    relcli.ok("contact", "add", name, "--email", "ana@example.org", "--birthday", "--04-12")
    words = ("draft", "ana@example.org", "--template", "birthday")
    message = message_from_string(relcli.ok(*words, "-f", "eml").out, policy=default)

    assert [a.addr_spec for a in message["To"].addresses] == ["ana@example.org"]
    assert message["Bcc"] is None
    assert "\x1b" not in relcli.ok(*words).out + relcli.ok(*words).err
    assert "<b>" not in relcli.ok(*words, "-f", "html").out
    assert relcli.ok(*words, "-f", "md").out.startswith("Subject: ")


def test_the_suffix_of_the_file_decides_and_json_holds_the_text_unchanged(relcli: Any, full: None, place: Path) -> None:
    for suffix, begin in (
        (".eml", b"To: Ana Ruiz"),
        (".json", b"{"),
        (".md", b"Subject"),
        (".html", b"<!doctype"),
        (".txt", b"Sub"),
    ):
        target = place / f"message{suffix}"
        relcli.ok("draft", "Ana Ruiz", "--template", "thank-you", "-o", str(target))
        assert target.read_bytes().startswith(begin)


# --- the log ----------------------------------------------------------------------------------------------------------


def test_log_writes_the_touch_as_one_batch(relcli: Any, full: None) -> None:
    told = relcli.ok("draft 'Ana Ruiz' --template thank-you --log")
    [touch] = json.loads(relcli.ok("interaction show i_2 -f json").out)["interactions"]

    assert (touch["channel"], touch["direction"], touch["purpose"], touch["summary"]) == (
        "email",
        "out",
        "thanks",
        "Thank you, Ana",
    )
    assert "logged i_2: email to Ana Ruiz, 2026-11-21 10:00 (batch " in told.err
    relcli.ok("book undo")
    assert relcli("interaction show i_2").code == 3


def test_without_log_and_in_a_dry_run_nothing_is_written(relcli: Any, full: None) -> None:
    relcli.ok("draft 'Ana Ruiz' --template thank-you")
    told = relcli.ok("draft 'Ana Ruiz' --template thank-you --log --dry-run")

    assert told.err.endswith("would have logged i_2: email to Ana Ruiz, 2026-11-21 10:00 (dry run: nothing was written)\n")
    assert relcli.ok("interaction list -f ids").out == "i_1\n"


def test_a_message_is_logged_before_it_is_written_and_says_by_which_batch_for_when_that_fails(
    relcli: Any, full: None, place: Path
) -> None:
    nowhere = relcli("draft", "Ana Ruiz", "--template", "thank-you", "--log", "-o", str(place / "nowhere" / "x.eml"))
    assert (nowhere.code, relcli.ok("interaction list -f ids").out) == (73, "i_1\n")

    refused = relcli("draft", "Ana Ruiz", "--template", "thank-you", "--log", "-f", "eml", "-o", "/dev/full")
    assert refused.code == 74
    assert "logged i_2: email to Ana Ruiz, 2026-11-21 10:00 (batch " in refused.err
    relcli.ok("book undo")
    assert relcli.ok("interaction list -f ids").out == "i_1\n"


def test_a_wish_that_comes_between_draft_and_log_stops_both(relcli: Any, full: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from relcli.actions import drafts
    from relcli.actions.preferences import SetPreference, set_preference

    drafted = drafts.draft_message

    def overtaken(request: drafts.DraftMessage, desk: Desk) -> drafts.Draft:
        made = drafted(request, desk)
        set_preference(SetPreference(who=made.contact.id, do_not_contact=True, stated="leave me alone"), desk)
        return made

    monkeypatch.setattr(drafts, "draft_message", overtaken)
    refused = relcli("draft 'Ana Ruiz' --template thank-you --log")

    assert (refused.code, refused.out) == (5, "")
    assert "leave me alone" in refused.err
    assert "drafted" not in refused.err
    assert relcli.ok("interaction list -f ids").out == "i_1\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["draft"], 2),
        (["draft", "Bo"], 2),
        (["draft", "Bo", "--template", "nothing"], 3),
        (["draft", "Bo", "--template", "../../etc/passwd"], 3),
        (["draft", "Bo", "--template", ""], 3),
        (["draft", "Nobody", "--template", "birthday"], 3),
        (["draft", "Bo", "--template", "birthday", "-c", "pigeon"], 2),
        (["draft", "Bo", "--template", "birthday", "-c", "sms", "-f", "eml"], 2),
        (["draft", "Bo", "--template", "birthday", "-f", "csv"], 2),
        (["draft", "Bo", "--list-facts", "--log"], 2),
        (["draft", "Bo", "--list-facts", "--list-templates"], 2),
        (["draft", "Bo", "--list-templates"], 2),
        (["contact", "list", "-f", "eml"], 2),
    ],
)
def test_what_cannot_be_meant_is_refused(relcli: Any, bare: None, words: list[str], code: int) -> None:
    refused = relcli(*words)

    assert refused.code == code
    assert refused.err.startswith("relcli: ")
    assert refused.out == ""


@pytest.mark.parametrize(("words", "hint"), [(["--list-facts"], "WHO --list-facts"), ([], "WHO --template NAME")])
def test_without_a_name_the_hint_is_the_command_that_was_meant(relcli: Any, words: list[str], hint: str) -> None:
    assert relcli("draft", *words).err.splitlines()[1].strip() == f"say who: relcli draft {hint}"


def test_the_environment_cannot_make_an_answer_an_e_mail_where_that_is_not_offered(relcli: Any, bare: None) -> None:
    assert relcli.ok("contact list", env={"RELCLI_FORMAT": "eml"}).out.startswith("id")
