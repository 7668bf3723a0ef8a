"""`relcli survey import`: replies, forms and tables, whose they are, what is not counted, and that twice is once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from email import message_from_bytes, message_from_string
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from typing import Any

import pytest
from tests.exchange.mailing.mails import HOSTILE

from relcli import config
from relcli.domain.invitation import tokens_in

pytestmark = pytest.mark.usefixtures("book_location")
ASKED, TODAY = "2026-11-20T09:00:00+00:00", "2026-11-24T09:00:00+00:00"
ME = '[me]\nname = "Kim Doe"\naddresses = ["kim@example.org"]\n'
PEOPLE = {
    "Ana Novak": "en", "Bo Lund": "en", "Clara Vogt": "de", "Dee Park": "en", "Eva Blau": "de", "Finn Moe": "en", "Gala Ruiz": "es",
    "Hugo Sol": "es", "Ida Berg": "de", "Jo Gone": "en",
}  # fmt: skip


@pytest.fixture(autouse=True)
def settings(book_location: str) -> None:
    config.settings_path().parent.mkdir(parents=True, exist_ok=True)
    config.settings_path().write_text(ME)


def address(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@example.org"


@pytest.fixture
def asked(relcli: Any, tmp_path: Path) -> dict[str, EmailMessage]:
    """Ten people, and the invitation to `pulse` that each of them was sent."""
    for name, language in PEOPLE.items():
        relcli.ok("contact", "add", name, "--email", address(name), "--language", language, "--role", "customer")
    relcli.ok("survey", "invite", "pulse", "--role", "customer", "-o", str(tmp_path / "out"), "--now", ASKED)
    sent = [message_from_bytes(path.read_bytes(), policy=default) for path in (tmp_path / "out").iterdir()]
    return {message["To"].addresses[0].display_name: message for message in sent}


def reply(to: EmailMessage, body: str, *, html: bool = False, coding: str = "8bit", token: bool = True, **headers: str) -> bytes:
    """What one of them might send back; `_` in a header's name is a dash."""
    message = EmailMessage(policy=SMTP)
    message["From"] = headers.pop("From", str(to["To"]))
    message["To"] = "Kim Doe <kim@example.org>"
    message["Subject"] = headers.pop("Subject", f"Re: {to['Subject']}")
    message["Date"] = headers.pop("Date", "Sat, 21 Nov 2026 10:00:00 +0000")
    name = str(message["From"]).partition("<")[2].partition("@")[0]
    message["Message-ID"] = headers.pop("Message_ID", f"<{name}.{abs(hash(body)) % 10**9}@example.org>")
    if token:
        message["In-Reply-To"] = to["Message-ID"]
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content(body, subtype="html" if html else "plain", cte=coding)
    return message.as_bytes()


def mbox(path: Path, *messages: bytes) -> str:
    path.write_bytes(
        b"".join(b"From x@example.org Sat Nov 21 10:00:00 2026\n" + m.replace(b"\r\n", b"\n") + b"\n" for m in messages)
    )
    return str(path)


def quoted(message: EmailMessage) -> str:
    return "".join(f"> {line}\n" for line in message.get_content().splitlines())


def arrived(outcome: Any) -> dict[str, tuple[str, str]]:
    """Who → what became of their message, and why."""
    rows = csv.DictReader(io.StringIO(outcome.out))
    return {row["contact_name"] or row["sender"]: (row["verdict"], row["why"]) for row in rows}


def bounced(asked: EmailMessage) -> bytes:
    report = (
        "From: MAILER-DAEMON@mx.example.org\nTo: kim@example.org\nSubject: Undelivered Mail\nMessage-ID: <b1@mx.example.org>\n"
        "Date: Fri, 20 Nov 2026 09:01:00 +0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"\n\n'
        "--=_b\nContent-Type: text/plain\n\nIt could not be delivered.\n"
        f"--=_b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; {asked['To'].addresses[0].addr_spec}\nAction: failed\nStatus: 5.1.1\n\n"
        f"--=_b\nContent-Type: message/rfc822\n\nMessage-ID: {asked['Message-ID']}\nSubject: One question\n\nx\n--=_b--\n"
    )
    return report.encode()


def test_ten_are_asked_and_their_mail_becomes_results_and_an_agenda_without_a_hand_laid_on(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    ana, bo, clara, dee, eva, finn, gala, hugo, ida, jo = (asked[name] for name in PEOPLE)
    outlook = "Von: Kim Doe <kim@example.org>\nGesendet: Freitag, 20. November 2026 10:00\nAn: Eva Blau\nBetreff: Eine Frage\n\n"
    box = mbox(
        tmp_path / "replies.mbox",
        reply(ana, "9 - always on time"),  # plain
        reply(bo, "<p>10<br>the best bread</p><blockquote>" + quoted(bo).replace("\n", "<br>") + "</blockquote>", html=True),
        reply(clara, "8\nschön, aber spät geliefert", coding="quoted-printable"),
        reply(dee, "3\nthe last order was wrong", coding="base64"),
        reply(
            eva, f"7/10, Preise steigen\n\n-----Ursprüngliche Nachricht-----\n{outlook}{eva.get_content()}"
        ),  # top-posted, German
        reply(finn, f"On 20 Nov 2026 at 10:00, Kim Doe wrote:\n{quoted(finn)}\n9\nfriendly people"),  # bottom-posted
        reply(gala, f"2, muy caros\n\nEl vie, 20 nov 2026 a las 10:00, Kim Doe (<kim@example.org>) escribió:\n\n{quoted(gala)}"),
        reply(
            hugo, "Estoy de vacaciones hasta el 3.", Auto_Submitted="auto-replied", Subject="Respuesta automática: Una pregunta"
        ),
        reply(
            ida, f"Ich bin bis 30.11. nicht im Büro.\n\n{quoted(ida)}", Subject="Abwesenheitsnotiz: Eine Frage", X_Autoreply="yes"
        ),
        bounced(jo),
    )
    outcome = relcli.ok("survey", "import", "pulse", box, "-f", "csv", "--now", TODAY)
    assert arrived(outcome) == {
        **dict.fromkeys(["Ana Novak", "Bo Lund", "Clara Vogt", "Dee Park", "Eva Blau", "Finn Moe", "Gala Ruiz"], ("added", "")),
        "Hugo Sol": ("automatic", ""),
        "Ida Berg": ("automatic", ""),
        "Jo Gone": ("bounced", "could not be delivered"),
    }
    assert outcome.err.splitlines()[0] == "added 7 answers to pulse, 2 automatic, 1 not delivered (batch 12)"

    answers = list(csv.DictReader(io.StringIO(relcli.ok(f"survey results pulse -f csv --now {TODAY}").out)))
    names = {row["id"]: row["name"] for row in csv.DictReader(io.StringIO(relcli.ok("contact list -f csv").out))}
    said = {(names[row["contact"]], row["item"]): row["value"] or row["text"] for row in answers}
    assert said == {
        ("Ana Novak", "recommend"): "9", ("Ana Novak", "why"): "always on time",
        ("Bo Lund", "recommend"): "10", ("Bo Lund", "why"): "the best bread",
        ("Clara Vogt", "recommend"): "8", ("Clara Vogt", "why"): "schön, aber spät geliefert",
        ("Dee Park", "recommend"): "3", ("Dee Park", "why"): "the last order was wrong",
        ("Eva Blau", "recommend"): "7", ("Eva Blau", "why"): "Preise steigen",
        ("Finn Moe", "recommend"): "9", ("Finn Moe", "why"): "friendly people",
        ("Gala Ruiz", "recommend"): "2", ("Gala Ruiz", "why"): "muy caros",
    }  # fmt: skip
    results = json.loads(relcli.ok(f"survey results pulse -f json --now {TODAY}").out)
    assert (results["n"], results["invited"], results["response_rate"]) == (7, 10, 70.0)
    [recommend] = results["items"]
    assert (recommend["promoters"], recommend["passives"], recommend["detractors"]) == (3, 2, 2)
    assert recommend["certainty"] == "rough"
    assert [one["name"] for one in results["follow_up"]] == ["Gala Ruiz", "Dee Park"]

    agenda = list(csv.DictReader(io.StringIO(relcli.ok(f"agenda -f csv --now {TODAY}").out)))
    assert [(row["name"], row["kind"], row["score"]) for row in agenda] == [
        ("Dee Park", "unhappy", "11.00"), ("Gala Ruiz", "unhappy", "11.00"),
    ] or [(row["name"], row["kind"], row["score"]) for row in agenda] == [
        ("Gala Ruiz", "unhappy", "11.00"), ("Dee Park", "unhappy", "11.00"),
    ]  # of one day and no sales: by their ids, which are drawn  # fmt: skip

    again = relcli.ok("survey", "import", "pulse", box, "--now", TODAY)
    assert "0 added to pulse, 7 known, 2 automatic, 1 not delivered" in again.err
    assert relcli.ok("book history -f csv").out.count("survey import") == 1


def test_what_answers_nobodys_invitation_is_listed_and_not_guessed(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    ana, bo, dee = asked["Ana Novak"], asked["Bo Lund"], asked["Dee Park"]
    box = mbox(
        tmp_path / "x.mbox",
        reply(ana, f"9\n\n{quoted(ana)}", token=False, From="Ana <ana@example.org>").replace(
            tokens_in(ana.get_content())[0].encode(), b""
        ),  # the code is gone: by the address
        reply(bo, "8", From="Bo at home <bo.home@example.org>"),  # another address: by the code
        reply(dee, f"7\n\n{quoted(dee)}", token=False, From="Zoe <zoe@example.org>").replace(
            tokens_in(dee.get_content())[0].encode(), b""
        ),
        reply(dee, "6", token=False, In_Reply_To="<r-0000000000@example.org>", From="Dee <dee@example.org>"),
        reply(dee, "shall we meet at 10?", token=False, Subject="Lunch", From="Dee <dee@example.org>"),
        reply(dee, "hello", From="Kim <kim@example.org>"),  # our own
    )
    outcome = relcli("survey", "import", "pulse", box, "-f", "csv", "--now", TODAY)
    assert outcome.code == 79
    assert arrived(outcome) == {
        "Ana Novak": ("claimed", "from ana@example.org, without the code of an invitation; --accept 1 takes it"),
        "Bo Lund": ("claimed", "answers the invitation of Bo Lund, from bo.home@example.org; --accept 2 takes it"),
        "zoe@example.org": ("unmatched", "nobody here has the address zoe@example.org"),
        "Dee Park": ("claimed", "from dee@example.org, without the code of an invitation; --accept 4 takes it"),
    }
    assert "1 message about something else" in outcome.err

    taken = relcli(
        "survey", "import", "pulse", box, "--accept", "ana", "--accept", "BO.home@example.org", "--accept", "4", "--now", TODAY
    )
    assert "added 3 answers to pulse, 1 of nobody we know" in taken.err
    again = relcli("survey", "import", "pulse", box, "--accept", "4", "--now", TODAY)
    assert "0 added to pulse, 3 known, 1 of nobody we know" in again.err
    for nobody, code in (("9", 2), ("hugo@example.org", 2), ("hugo", 2), ("nobody", 3)):
        assert relcli("survey", "import", "pulse", box, "--accept", nobody, "--now", TODAY).code == code


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("11", "scale"),
        ("8 or 9", "8 or 9"),
        ("nine", "number"),
        ("8.5", "8.5"),
        ("", "nothing of their own"),
        ("how do you do", "number"),
    ],
)
def test_an_answer_that_cannot_be_read_is_listed_with_the_reason(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path, said: str, why: str
) -> None:
    box = mbox(tmp_path / "x.mbox", reply(asked["Ana Novak"], said), reply(asked["Bo Lund"], "9"))
    outcome = relcli("survey", "import", "pulse", box, "-f", "csv", "--now", TODAY)
    assert outcome.code == 79
    verdict, reason = arrived(outcome)["Ana Novak"]
    assert verdict == "refused"
    assert why in reason
    assert arrived(outcome)["Bo Lund"] == ("added", "")


def test_a_second_answer_to_an_invitation_is_listed_and_the_first_stays(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    ana = asked["Ana Novak"]
    box = mbox(
        tmp_path / "x.mbox", reply(ana, "9"), reply(ana, "2, I have thought again", Date="Sun, 22 Nov 2026 10:00:00 +0000")
    )
    outcome = relcli.ok("survey", "import", "pulse", box, "--now", TODAY)
    assert "added 1 answer to pulse, 1 answered before" in outcome.err
    assert "2: Ana Novak: answered, a_1 answers it: relcli survey edit a_1 changes that" in outcome.err
    relcli.ok(f"survey record pulse bo --answer recommend=8 --now {TODAY}")
    later = mbox(tmp_path / "y.mbox", reply(asked["Bo Lund"], "3", Date="Tue, 24 Nov 2026 08:00:00 +0000"))
    assert "1 answered before" in relcli.ok("survey", "import", "pulse", later, "--now", TODAY).err


@pytest.mark.parametrize(
    ("name", "word"), [("Ana Novak", "STOP"), ("Gala Ruiz", "basta."), ("Clara Vogt", "Stopp!\n\nGrüße, Clara")]
)
def test_stop_becomes_their_stated_wish_and_nobody_asks_them_again(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path, name: str, word: str
) -> None:
    box = mbox(tmp_path / "x.mbox", reply(asked[name], f"{word}\n\n{quoted(asked[name])}"))
    outcome = relcli.ok("survey", "import", "pulse", box, "--now", TODAY)
    assert "0 added to pulse, 1 not to be asked again (batch 12)" in outcome.err
    [wish] = json.loads(relcli.ok("preference", "list", name, "-f", "json").out)["preferences"]
    assert (wish["kind"], wish["value"], wish["source"]) == ("surveys", "never", "stated")
    dry = relcli.ok("survey", "invite", "service", name, "--dry-run", "-f", "json", "--now", "2028-01-01")
    assert json.loads(dry.out)["invitations"] == []
    again = relcli.ok("survey", "import", "pulse", box, "--now", TODAY)
    assert len(json.loads(relcli.ok("preference", "list", name, "-f", "json").out)["preferences"]) == 1, again.err


def test_stop_is_heard_after_an_answer_too_and_once(relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path) -> None:
    ana = asked["Ana Novak"]
    stop = reply(ana, "STOP", Date="Sun, 22 Nov 2026 10:00:00 +0000")
    box = mbox(tmp_path / "x.mbox", reply(ana, "9"), stop)
    assert "added 1 answer to pulse, 1 not to be asked again" in relcli.ok("survey", "import", "pulse", box, "--now", TODAY).err
    relcli.ok(f"preference clear ana surveys --now {TODAY}")
    assert "0 added to pulse, 2 known" in relcli.ok("survey", "import", "pulse", box, "--now", TODAY).err
    assert json.loads(relcli.ok("preference list ana -f json").out)["preferences"] == []


def test_a_reply_that_somebody_else_sent_is_not_taken_for_the_invited_ones(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    ana, bo = asked["Ana Novak"], asked["Bo Lund"]
    box = mbox(
        tmp_path / "x.mbox",
        reply(ana, "1, terrible", From="Bo Lund <bo@example.org>"),
        reply(bo, "10! They love us", From="Zoe <zoe@example.org>", Subject="Fwd: One question"),
    )
    outcome = relcli("survey", "import", "pulse", box, "-f", "csv", "--now", TODAY)
    assert [tuple(row.values())[2:4] for row in csv.DictReader(io.StringIO(outcome.out))] == [
        ("claimed", "answers the invitation of Ana Novak, from bo@example.org (Bo Lund); --accept 1 takes it"),
        ("claimed", "answers the invitation of Bo Lund, passed on, from zoe@example.org; --accept 2 takes it"),
    ]


def test_waves_out_of_order_keep_both_answers_and_of_two_the_first_in_time_counts(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    later = "2027-06-20T09:00:00+00:00"
    relcli.ok("survey", "invite", "pulse", "ana", "-o", str(tmp_path / "june"), "--now", later)
    [path] = (tmp_path / "june").iterdir()
    june = message_from_bytes(path.read_bytes(), policy=default)
    box = mbox(
        tmp_path / "x.mbox",
        reply(june, "4", Date="Mon, 21 Jun 2027 10:00:00 +0000"),
        reply(asked["Ana Novak"], "9, and again", Date="Sun, 22 Nov 2026 10:00:00 +0000"),
        reply(asked["Ana Novak"], "8", Date="Sat, 21 Nov 2026 10:00:00 +0000"),
    )
    outcome = relcli.ok("survey", "import", "pulse", box, "-f", "csv", "--now", "2027-07-01")
    assert [row["verdict"] for row in csv.DictReader(io.StringIO(outcome.out))] == ["added", "answered", "added"]


def test_a_bare_reply_under_the_title_is_about_the_survey_and_claimed_and_an_order_number_is_no_token(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    ana, bo = asked["Ana Novak"], asked["Bo Lund"]
    box = mbox(
        tmp_path / "x.mbox",
        reply(ana, "9\nAs in order R-2024001234.", token=False, From="Ana <ana@example.org>"),
        reply(bo, "Your order R-2024001234 was sent.", token=False, Subject="Order", From="Shop <shop@example.org>"),
    )
    outcome = relcli("survey", "import", "pulse", box, "--now", TODAY)
    assert "0 added to pulse, 1 claimed, not proven, 1 message about something else" in outcome.err


# Mail is not proof


def verdicts(outcome: Any) -> list[str]:
    return [row["verdict"] for row in csv.DictReader(io.StringIO(outcome.out))]


def forged(body: str, **headers: str) -> bytes:
    """What anybody can send who knows the title of a survey: another's address, an early date, no code."""
    head = {
        "From": "ana@example.org", "Subject": "Re: One question", "Date": "Fri, 20 Nov 2026 11:00:00 +0000", "Message-ID": "<e@evil.example>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}  # fmt: skip
    return "".join(f"{name}: {value}\n" for name, value in head.items()).encode() + b"\n" + body.encode() + b"\n"


def test_a_stranger_with_her_address_and_an_early_date_does_not_beat_her_own_answer(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    box = mbox(tmp_path / "x.mbox", forged("0"), reply(asked["Ana Novak"], f"10\n\n{quoted(asked['Ana Novak'])}"))
    outcome = relcli("survey", "import", "pulse", box, "-f", "csv", "--now", TODAY)

    assert (outcome.code, verdicts(outcome)) == (79, ["claimed", "added"])
    assert [row["value"] for row in csv.DictReader(io.StringIO(relcli.ok(f"survey results pulse -f csv --now {TODAY}").out))] == [
        "10"
    ]


def test_of_a_claimed_and_a_proven_answer_the_proven_one_counts_though_both_are_accepted(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    box = mbox(tmp_path / "x.mbox", forged("0"), reply(asked["Ana Novak"], "10"))
    outcome = relcli("survey", "import", "pulse", box, "--accept", "ana", "-f", "csv", "--now", TODAY)

    assert verdicts(outcome) == ["answered", "added"]


def test_of_two_proven_answers_the_one_that_arrived_first_counts_whatever_their_dates_say(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    ana = asked["Ana Novak"]
    box = mbox(
        tmp_path / "x.mbox",
        reply(ana, "9", Date="Sun, 22 Nov 2026 10:00:00 +0000", Received="by mx; Sun, 22 Nov 2026 10:00:01 +0000"),
        reply(ana, "1", Date="Fri, 20 Nov 2026 10:00:00 +0000", Received="by mx; Mon, 23 Nov 2026 10:00:01 +0000"),
    )
    assert verdicts(relcli.ok("survey", "import", "pulse", box, "-f", "csv", "--now", TODAY)) == ["added", "answered"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Authentication_Results": "mx.example.org; dkim=none; dmarc=fail (p=none) header.from=example.org"},
        {"Authentication_Results": "mx.example.org; spf=fail smtp.mailfrom=evil.example"},
        {"Authentication_Results": "mx.example.org; spf=pass; dkim=fail (bad signature)"},
        {"Received_SPF": "Fail (mx.example.org: not permitted)"},
    ],
    ids=["dmarc", "spf", "dkim", "received-spf"],
)
@pytest.mark.parametrize("body", ["9", "STOP"])
def test_what_failed_the_checks_of_a_mail_server_never_counts(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path, headers: dict[str, str], body: str
) -> None:
    box = mbox(tmp_path / "x.mbox", reply(asked["Ana Novak"], body, **headers))
    for accept in ((), ("--accept", "1"), ("--accept", "ana")):
        outcome = relcli("survey", "import", "pulse", box, *accept, "-f", "csv", "--now", TODAY)
        assert (outcome.code, verdicts(outcome)) == (79, ["forged"])
    assert "found that it is not from ana@example.org" in outcome.err
    assert json.loads(relcli.ok("preference list ana -f json").out)["preferences"] == []


@pytest.mark.parametrize("result", ["spf=fail; dkim=pass; dmarc=pass", "dkim=fail; dkim=pass; spf=pass", "spf=softfail", "none"])
def test_what_a_list_or_a_forwarder_breaks_is_no_forgery(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path, result: str
) -> None:
    box = mbox(tmp_path / "x.mbox", reply(asked["Ana Novak"], "9", Authentication_Results=f"mx.example.org; {result}"))
    assert verdicts(relcli.ok("survey", "import", "pulse", box, "-f", "csv", "--now", TODAY)) == ["added"]


@pytest.mark.parametrize("second", ["From: ana@example.org\nFrom: eve@example.net\n", "From: ana@example.org, eve@example.net\n"])
def test_a_message_from_two_is_claimed_and_both_are_shown(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path, second: str
) -> None:
    head, _, body = reply(asked["Ana Novak"], "9").replace(b"\r\n", b"\n").partition(b"\n\n")
    rest = b"\n".join(line for line in head.split(b"\n") if not line.startswith(b"From:"))
    outcome = relcli(
        "survey", "import", "pulse", mbox(tmp_path / "x.mbox", second.encode() + rest + b"\n\n" + body), "--now", TODAY
    )

    assert outcome.code == 79
    assert "from ana@example.org and eve@example.net" in outcome.err


def test_two_messages_of_one_id_are_both_looked_at(relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path) -> None:
    ana, bo = asked["Ana Novak"], asked["Bo Lund"]
    box = mbox(
        tmp_path / "x.mbox", reply(ana, "9", Message_ID="<one@example.org>"), reply(bo, "3", Message_ID="<one@example.org>")
    )
    outcome = relcli.ok("survey", "import", "pulse", box, "-f", "csv", "--now", TODAY)

    assert verdicts(outcome) == ["added", "added"]
    assert "0 added to pulse, 2 known" in relcli.ok("survey", "import", "pulse", box, "--now", TODAY).err


@pytest.mark.parametrize("hostile", HOSTILE)
def test_one_hostile_message_is_listed_and_takes_no_other_with_it(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path, hostile: str
) -> None:
    data = HOSTILE[hostile]()
    box = mbox(tmp_path / "x.mbox", reply(asked["Ana Novak"], "9"), data, reply(asked["Bo Lund"], "8"))
    outcome = relcli("survey", "import", "pulse", box, "--now", TODAY)

    assert "added 2 answers to pulse" in outcome.err
    assert (outcome.code, "1 that cannot be read" in outcome.err) == (79, True)


@pytest.mark.parametrize("sender", ["ana@example.org", "eve@example.net"])
def test_a_stop_without_proof_is_shown_and_heeded_as_an_assumed_wish_once(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path, sender: str
) -> None:
    code = {} if sender.startswith("ana") else {"In_Reply_To": str(asked["Ana Novak"]["Message-ID"])}
    box = mbox(tmp_path / "x.mbox", forged("STOP", From=sender, **code))
    for _ in range(2):
        outcome = relcli("survey", "import", "pulse", box, "--now", TODAY)
        assert (outcome.code, sender in outcome.err) == (79, True)
    [wish] = json.loads(relcli.ok("preference list ana -f json").out)["preferences"]
    assert (wish["kind"], wish["value"], wish["source"]) == ("surveys", "never", "assumed")
    assert sender in wish["words"]

    assert relcli.ok("survey", "import", "pulse", box, "--accept", sender, "--now", TODAY).code == 0
    [wish] = json.loads(relcli.ok("preference list ana -f json").out)["preferences"]
    assert (wish["words"], wish["source"]) == ("STOP", "stated")


def form(survey: str = "pulse", *lines: str, token: str = "", sender: str = "Zoe <zoe@example.org>") -> bytes:
    message = message_from_string("", policy=SMTP)
    message["From"], message["Subject"] = sender, survey
    message["Message-ID"], message["Date"] = f"<{abs(hash((lines, sender)))}@example.org>", "Sat, 21 Nov 2026 10:00:00 +0000"
    assert isinstance(message, EmailMessage)
    message.set_content("\n".join([f"relcli {survey} 1 en {token}".strip(), *lines]))
    return message.as_bytes()


def test_the_form_of_somebody_is_theirs_of_a_known_address_too_and_else_anonymous(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    [token] = tokens_in(asked["Ana Novak"].get_content())
    relcli.ok("contact add 'Una Neu' --email una@example.org")
    box = mbox(
        tmp_path / "x.mbox",
        form("pulse", "recommend: 9", "why: good: very", "but: late", token=token, sender="Ana <ana@example.org>"),
        form("pulse", "recommend: 4", sender="Una <una@example.org>"),
        form("pulse", "recommend: 1", "why: I do not say who I am"),
        form("service", "result: 4"),
    )
    assert "1 claimed, not proven" in relcli("survey", "import", "pulse", box, "--dry-run", "--now", TODAY).err
    outcome = relcli.ok("survey", "import", "pulse", box, "--accept", "una", "-f", "csv", "--now", TODAY)
    assert [tuple(row.values())[2:7:2] for row in csv.DictReader(io.StringIO(outcome.out))] == [
        ("added", "ana@example.org", "Ana Novak"), ("added", "una@example.org", "Una Neu"), ("added", "zoe@example.org", ""),
    ]  # fmt: skip
    results = json.loads(relcli.ok(f"survey results pulse --by role -f json --now {TODAY}").out)
    assert (results["n"], results["responses"]) == (2, 2)  # of three in all no anonymous one is shown
    assert "I do not say who I am" not in relcli.ok(f"survey results pulse -f json --now {TODAY}").out
    assert any(one["text"] == "good: very\nbut: late" for one in results["said"])


def google(*rows: tuple[str, str, str, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    asked = (
        "If somebody you care about needed what we do, how gladly would you send them to us?",
        "What is the main reason for your answer?",
    )
    writer.writerow(("Timestamp", "Email Address", *asked))
    writer.writerows(rows)
    return out.getvalue()


def test_a_table_of_a_survey_tool_comes_in_once_by_address_and_without_one_anonymously(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(google(
        ("2026-11-21 10:00:00", "ANA@example.org", "9", "good"), ("2026-11-21 10:01:00", "", "5", ""),
        ("2026-11-21 10:02:00", "zoe@example.org", "7", ""),
    ))  # fmt: skip
    outcome = relcli("survey", "import", "pulse", str(file), "-f", "csv", "--now", TODAY)
    assert outcome.code == 79
    assert [row["verdict"] for row in csv.DictReader(io.StringIO(outcome.out))] == ["added", "added", "unmatched"]
    assert relcli("survey", "import", "pulse", str(file), "--now", TODAY).err.startswith(
        "0 added to pulse, 2 known, 1 of nobody we know"
    )


def test_a_table_with_a_bad_row_changes_nothing_unless_the_good_ones_are_wanted(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(google(("2026-11-21", "ana@example.org", "9", ""), ("2026-11-21", "bo@example.org", "12", "")))
    before = relcli.ok("book history -f csv").out
    outcome = relcli("survey", "import", "pulse", str(file), "--now", TODAY)
    assert outcome.code == 65
    assert "1 of 2 rows of" in outcome.err
    assert 'line 3: "12" is not on the scale of recommend, 0 to 10' in outcome.err
    assert relcli.ok("book history -f csv").out == before
    kept = relcli("survey", "import", "pulse", str(file), "--keep-good", "--now", TODAY)
    assert kept.code == 79
    assert "added 1 answer to pulse, 1 that cannot be read" in kept.err


def test_our_own_answers_come_back_into_another_book_and_are_known_in_their_own(
    relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path
) -> None:
    relcli.ok(f"survey record pulse ana --answer recommend=9 --answer why=good --now {TODAY}")
    relcli.ok("survey", "results", "pulse", "-f", "csv", "-o", str(tmp_path / "a.csv"), "--now", TODAY)
    assert "0 added to pulse, 1 known" in relcli.ok("survey", "import", "pulse", str(tmp_path / "a.csv"), "--now", TODAY).err
    relcli.ok(f"survey remove a_1 --now {TODAY}")
    relcli.ok(f"survey record pulse bo --answer recommend=3 --now {TODAY}")
    left = relcli.ok("survey", "import", "pulse", str(tmp_path / "a.csv"), "--now", TODAY).err
    assert "0 added to pulse, 1 left out (removed on 24 November 2026; --again takes it)" in left
    assert "added 1 answer" in relcli.ok("survey", "import", "pulse", str(tmp_path / "a.csv"), "--again", "--now", TODAY).err
    other = ("--book", str(tmp_path / "other.db"))
    relcli.ok("export", "contacts", "-o", str(tmp_path / "people.csv"))
    relcli.ok(*other, "import", "contacts", str(tmp_path / "people.csv"))
    for told in ("added 1 answer to pulse", "0 added to pulse, 1 known"):
        assert told in relcli.ok(*other, "survey", "import", "pulse", str(tmp_path / "a.csv"), "--now", TODAY).err


def test_of_the_forgotten_neither_reply_nor_row_comes_back(relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path) -> None:
    box = mbox(
        tmp_path / "x.mbox", reply(asked["Ana Novak"], "9"), reply(asked["Bo Lund"], "8", From="Other <other@example.org>")
    )
    relcli.ok("survey", "import", "pulse", box, "--accept", "bo", "--now", TODAY)
    relcli.ok("contact forget ana@example.org --yes")
    relcli.ok("contact forget bo@example.org --yes")
    relcli.ok("contact add 'Ana Again' --email other@example.org")
    late = mbox(tmp_path / "y.mbox", reply(asked["Bo Lund"], "1, late", From="Other <other@example.org>"))
    for file in (box, late):
        outcome = relcli.ok("survey", "import", "pulse", file, "-f", "csv", "--now", TODAY)
        assert {row["verdict"] for row in csv.DictReader(io.StringIO(outcome.out))} == {"forgotten"}


def test_a_dry_run_shows_every_message_and_writes_nothing(relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path) -> None:
    box = mbox(tmp_path / "x.mbox", reply(asked["Ana Novak"], "9"))
    outcome = relcli.ok("survey", "import", "pulse", box, "--dry-run", "--now", TODAY)
    assert "would have added 1 answer to pulse (dry run: nothing was written)" in outcome.err
    assert "Ana Novak" in outcome.out
    assert relcli("survey results pulse").out.count("0 of 10 invited (0 %)") == 1


def test_a_changed_survey_takes_no_answers_to_what_it_was(relcli: Any, asked: dict[str, EmailMessage], tmp_path: Path) -> None:
    relcli.ok("survey new pulse --from pulse")
    own = config.surveys_path() / "pulse.toml"
    own.write_text(own.read_text().replace("version = 1", "version = 2"))
    outcome = relcli(
        "survey", "import", "pulse", mbox(tmp_path / "x.mbox", reply(asked["Ana Novak"], "9")), "-f", "csv", "--now", TODAY
    )
    assert outcome.code == 79
    assert arrived(outcome)["Ana Novak"] == ("refused", "answers version 1 of pulse, which is 2 now")


@pytest.mark.parametrize(
    ("make", "words", "code", "said"),
    [
        (lambda path: path.write_text("a,b\n1,2\n"), (), 65, "recommend"),
        (lambda path: None, (), 66, "there is no file"),
        (lambda path: path.write_text("From x\n\nno mail at all\n"), (), 65, ""),
        (lambda path: path.write_text(""), ("--map", "nowhere.toml"), 66, "nowhere.toml"),
    ],
)
def test_a_file_that_is_none_changes_nothing(
    relcli: Any,
    asked: dict[str, EmailMessage],
    tmp_path: Path,
    make: Callable[[Path], object],
    words: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    make(tmp_path / "x.csv")
    before = relcli.ok("book history -f csv").out
    outcome = relcli("survey", "import", "pulse", str(tmp_path / "x.csv"), *words, "--now", TODAY)
    assert outcome.code == code
    assert said in outcome.err
    assert relcli.ok("book history -f csv").out == before
