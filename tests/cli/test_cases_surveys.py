"""Survey answers as tools and mail servers mangle them: a day that is none, a charset's label, a warning above the reply."""

# ruff: noqa: RUF001  # letters of many scripts are what it is about

from __future__ import annotations

import base64
import csv
import io
import re
from email.header import Header
from pathlib import Path
from typing import Any

import pytest

LATER = {"RELCLI_NOW": "2026-11-20T09:00+01:00"}
QUESTION = "If somebody you care about needed what we do, how gladly would you send them to us?"
MAP = f"""[columns]
id = "Response"
at = "Submitted"
contact = "Address"
[items]
recommend = "{QUESTION}"
why = "Why?"
[constants]
source = "tool"
"""


@pytest.fixture
def asked(relcli: Any, place: Path) -> Path:
    """Two who were asked on 2 November."""
    relcli.ok("book init --currency EUR --timezone Europe/Berlin")
    for name, address in (("Nia Roe", "nia@example.org"), ("Per Lie", "per@example.org")):
        relcli.ok("contact", "add", name, "--email", address)
    env = {"RELCLI_NOW": "2026-11-02T09:00+01:00"}
    relcli.ok("survey", "invite", "pulse", "nia@example.org", "per@example.org", "--output", str(place / "out.mbox"), env=env)
    return place


def answers(relcli: Any) -> dict[str, str]:
    """Item of the newest answer → what was kept."""
    out = relcli("survey", "results", "pulse", "--format", "csv", env=LATER).out
    return {row["item"]: row["value"] or row["text"] for row in csv.DictReader(io.StringIO(out))}


def invitation(folder: Path, who: str) -> str:
    """The Message-ID of the invitation that one of them was sent."""
    sent = (folder / "out.mbox").read_text("utf-8").split("\nFrom relcli@")
    [mine] = [each for each in sent if f"<{who}@example.org>" in each]
    return re.findall(r"(?m)^Message-ID: (<.+>)$", mine)[0]


def take(
    relcli: Any, folder: Path, body: str | bytes, *, kind: str = "text/plain; charset=utf-8", who: str = "nia", n: int = 1
) -> Any:
    """Import one reply."""
    data = body.encode() if isinstance(body, str) else body
    mail = (
        f"From: {who} <{who}@example.org>\nTo: kim@studio.example\nSubject: Re: One question\nIn-Reply-To: {invitation(folder, who)}\n"
        f"Date: Mon, 9 Nov 2026 10:15:00 +0100\nMessage-ID: <{who}{n}@mail.example>\nMIME-Version: 1.0\n"
        f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n{base64.encodebytes(data).decode()}"
    )
    file = folder / f"{who}.eml"
    file.write_text(mail)
    return relcli("survey", "import", "pulse", str(file), env=LATER)


# A day that is none


def table(folder: Path, *rows: str, constant: str = "", column: bool = True) -> tuple[str, ...]:
    file, mapped = folder / "answers.csv", folder / "map.toml"
    file.write_text(f'"Response","Submitted","Address","{QUESTION}","Why?"\n' + "".join(f"{row}\n" for row in rows))
    text = MAP if column else MAP.replace('at = "Submitted"\n', "")
    mapped.write_text(text + (f'at = "{constant}"\n' if constant else ""))
    return ("survey", "import", "pulse", str(file), "--map", str(mapped))


@pytest.mark.parametrize(
    "day",
    ["1980-01-01 00:00:00", "1970-01-01", "1970-01-01T00:00:00Z", "1900-01-01", "0000-00-00", "0000-00-00 00:00:00", "1899-12-30",
     "1601-01-01", "1985-03-02", ""],
)  # fmt: skip
def test_a_day_that_stands_for_none_is_refused_with_its_line_and_taken_at_the_constant(
    relcli: Any, asked: Path, day: str
) -> None:
    row = f'"7","{day}","nia@example.org","9","kind"'
    refused = relcli(*table(asked, row), env=LATER)
    assert refused.code == 65
    assert "line 2" in refused.err
    assert ("it does not say when they answered" if not day else "[constants] at") in " ".join(refused.err.split())
    assert '""' not in refused.err
    for column in (True, False):
        relcli.ok(*table(asked, row, constant="2026-11-09", column=column), env=LATER)
        rows = list(csv.DictReader(io.StringIO(relcli.ok("survey results pulse --format csv", env=LATER).out)))
        assert {one["at"] for one in rows} == {"2026-11-09"}


def test_a_good_day_goes_before_the_constant_and_keep_good_takes_the_good_row(relcli: Any, asked: Path) -> None:
    good, bad = '"1","2026-11-08","nia@example.org","9","kind"', '"2","1980-01-01","per@example.org","3","x"'
    kept = relcli(*table(asked, good, bad), "--keep-good", env=LATER)
    assert kept.code == 79
    assert "3: Per Lie: refused" in kept.err
    relcli.ok(*table(asked, good, bad, constant="2026-11-09"), env=LATER)
    rows = csv.DictReader(io.StringIO(relcli.ok("survey results pulse --format csv", env=LATER).out))
    assert {(row["external_id"], row["at"][:10]) for row in rows} == {("1", "2026-11-08"), ("2", "2026-11-09")}


@pytest.mark.parametrize("cell", ["9", "9.0", "9,0", "9/10", "9 - very likely", "９", "9️⃣"])
def test_a_number_is_read_however_a_tool_writes_it(relcli: Any, asked: Path, cell: str) -> None:
    relcli.ok(*table(asked, f'"1","2026-11-08","nia@example.org","{cell}",""'), env=LATER)
    assert answers(relcli) == {"recommend": "9"}


@pytest.mark.parametrize("cell", ["4/5", "9 days", "9 €", "2 thumbs up", "1 = best", "9.5", "9%"])
def test_a_number_with_a_unit_or_of_another_scale_is_refused(relcli: Any, asked: Path, cell: str) -> None:
    assert relcli(*table(asked, f'"1","2026-11-08","nia@example.org","{cell}",""'), env=LATER).code == 65
    assert answers(relcli) == {}


# A charset's label


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [("iso-8859-8-i", "iso8859-8", "תודה רבה"), ("iso-8859-1", "cp1252", "You’re good… 50 € well spent"), ("x-sjis", "cp932", "ありがとう"),
     ("gb2312", "gb18030", "谢谢镕"), ("x-mac-roman", "mac-roman", "Größe paßt")],
)  # fmt: skip
def test_words_come_in_as_they_were_written(relcli: Any, asked: Path, label: str, codec: str, words: str) -> None:
    assert take(relcli, asked, f"9\n{words}\n".encode(codec), kind=f"text/plain; charset={label}").code == 0
    assert answers(relcli) == {"recommend": "9", "why": words}


def test_encoded_words_of_a_header_are_read_alike() -> None:
    from email import message_from_string

    from relcli.exchange.mailing.bodies import header

    coded = Header("תודה".encode("iso8859-8").decode("iso8859-8"), "iso-8859-8").encode().replace("iso-8859-8", "iso-8859-8-i")
    assert header(message_from_string(f"Subject: {coded}\n\n"), "Subject") == "תודה"


@pytest.mark.parametrize("label", ["x-nonsense", "utf-8", "shift_jis"])
def test_letters_that_nobody_can_read_are_listed_and_not_kept(relcli: Any, asked: Path, label: str) -> None:
    said = take(relcli, asked, b"9\n\xe5\xfd\xff \x81!\n", kind=f"text/plain; charset={label}")
    assert said.code == 79
    assert "cannot be read" in said.err
    assert answers(relcli) == {}


# What machines put around it

WARNINGS = (
    "WARNING - outside mail. This message reached us from beyond the company network; think twice before you follow its links.",
    "CAUTION: This email originated from outside of the organization.\nDo not click links unless you recognize the sender.",
    "[EXTERNAL]",
    "[EXTERNAL EMAIL] Do not open attachments from unknown senders.",
    "You don't often get email from kim@studio.example. Learn why this is important",
    "This email was sent from outside your company. 1 first-time sender.",
    "ACHTUNG: Diese E-Mail stammt von außerhalb der Organisation. Klicken Sie auf keine Links.",
    "Sie erhalten nicht häufig E-Mails von kim@studio.example.",
    "Precaución: este correo procede de fuera de la organización. No haga clic en enlaces.",
    "ATTENTION : ce courriel provient de l'extérieur. Ne cliquez pas sur les liens.",
    "*****************************\nEXTERNAL SENDER: check before you click links\n*****************************",
)
FOOTERS = (
    "",
    "\n\nSent from my iPhone",
    "\n\nVirus-free. www.avast.com",
    "\n\n---\nThis email has been checked for viruses by Avast antivirus software.\nwww.avast.com",
    "\n\nDiese E-Mail wurde von Avast auf Viren geprüft.",
    "\n\n____________________\nCONFIDENTIALITY NOTICE: this message is intended only for 1 recipient.",
)


@pytest.mark.parametrize("warning", WARNINGS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_warning_above_the_answer_is_nobodys_words(relcli: Any, asked: Path, warning: str, gap: str) -> None:
    assert take(relcli, asked, f"{warning}{gap}9\nYou keep your word.\n").code == 0
    assert answers(relcli) == {"recommend": "9", "why": "You keep your word."}


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_footer_below_it_is_nobodys_words(relcli: Any, asked: Path, footer: str) -> None:
    assert take(relcli, asked, f"9\nYou keep your word.{footer}\n").code == 0
    assert answers(relcli) == {"recommend": "9", "why": "You keep your word."}


BOXES = (
    '<table><tr><td style="background-color:#fff3cd;border:1px solid #ffc107"><b>OUTSIDE:</b> 1 first-time sender.</td></tr></table>',
    '<table bgcolor="#ffeb9c"><tr><td>Rated 3 by the gateway</td></tr></table>',
    '<div style="border: 2px solid red; padding: 4px"><p>Not from here</p><p>Mind 2 links.</p></div>',
    '<p style="background:yellow">Neuer Absender: 1</p>',
)


@pytest.mark.parametrize("box", BOXES)
def test_a_box_above_the_answer_is_no_answer(relcli: Any, asked: Path, box: str) -> None:
    body = f"<html><body>{box}<div>8</div><div>Fast as ever.</div></body></html>"
    assert take(relcli, asked, body, kind="text/html; charset=utf-8").code == 0
    assert answers(relcli) == {"recommend": "8", "why": "Fast as ever."}


@pytest.mark.parametrize(
    "around",
    ['<div style="background-color:#ffffff">{}</div>', '<div style="border:none">{}</div>', '<div style="background:#eee">{}</div>',
     "<table border=1><tr><td>{}</td></tr></table>"],
)  # fmt: skip
def test_a_reply_that_stands_in_a_box_itself_is_read(relcli: Any, asked: Path, around: str) -> None:
    body = around.format("<p>8</p><p>Fast as ever.</p>")
    assert take(relcli, asked, body, kind="text/html; charset=utf-8").code == 0
    assert answers(relcli)["recommend"] == "8"


def test_what_several_replies_begin_with_is_nobodys_words(relcli: Any, asked: Path) -> None:
    folder = asked / "replies"
    folder.mkdir()
    for who, score in (("nia", 9), ("per", 8)):
        (folder / f"{who}.eml").write_text(
            f"From: {who}@example.org\nTo: kim@studio.example\nSubject: Re: One question\nIn-Reply-To: {invitation(asked, who)}\nDate: Mon, 9 Nov 2026 10:15:00 +0100\n"
            f"Message-ID: <{who}@mail.example>\n\nNortheast gateway rating of this letter 3 green\n\n{score}\nfine, {who}\n"
        )
    relcli.ok("survey", "import", "pulse", str(folder), env=LATER)
    out = relcli.ok("survey results pulse --format csv", env=LATER).out
    assert "gateway" not in out
    assert {row["text"] for row in csv.DictReader(io.StringIO(out)) if row["item"] == "why"} == {"fine, nia", "fine, per"}


@pytest.mark.parametrize(
    "text",
    ["WARNING: gateway seven\n\n9\nfine", "Achtung! Neu hier\n\n9", "2 thumbs up", "1 = best", "1\n(1 being the best)", "8 out of 5",
     "4/5", "9 days", "8 €", "on a scale of 1 to 5: 4", "Schulnote 1", "4 stars"],
)  # fmt: skip
def test_what_is_not_certain_is_listed_and_not_kept(relcli: Any, asked: Path, text: str) -> None:
    assert take(relcli, asked, text + "\n").code == 79
    assert answers(relcli) == {}


@pytest.mark.parametrize(
    "text", ["Important things first: you are kind.\n9", "Attention to detail is great\n\n9", "9\nWarning signs? None."]
)
def test_words_of_their_own_that_look_a_little_like_a_warning_are_not_lost(relcli: Any, asked: Path, text: str) -> None:
    said = take(relcli, asked, text + "\n")
    assert said.code in (0, 79)
    if said.code == 0:
        assert answers(relcli)["why"] == text.replace("9\n", "").replace("\n\n9", "").replace("\n9", "")
