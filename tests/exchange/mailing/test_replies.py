"""Replies out of mail: which messages there are, who wrote, and what of it is their own."""

# ruff: noqa: RUF001  # letters of many scripts are what it is about

from __future__ import annotations

import io
import os
import sys
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.exchange.mailing.mails import (
    GMAIL_EN,
    HOSTILE,
    HTML_STYLES,
    INVITATION,
    PLAIN_STYLES,
    QUOTED,
    TOKEN,
    bounce,
    form,
    html,
    mail,
    mbox,
    parted,
)

from relcli.errors import InputMissing, InputRefused
from relcli.exchange.answers.form import FormAnswer
from relcli.exchange.mailing.automatic import Kind
from relcli.exchange.mailing.mailboxes import is_mail
from relcli.exchange.mailing.replies import Reply, letters, replies

OWN = "9 - always on time, even in the week of the flood.\n\nAnd the rye bread! £5 well spent: 10 of us say so."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mail")


def read(data: bytes, folder: Path, name: str = "replies.mbox") -> list[Reply]:
    path = folder / name
    path.write_bytes(data)
    return list(replies(str(path)))


def one(message: bytes, folder: Path) -> Reply:
    """The one reply, which reads alike as a file of its own and out of an mbox."""
    [alone], [within] = read(message, folder, "reply.eml"), read(mbox(message), folder)
    assert alone == within
    return alone


def test_a_reply_says_who_wrote_when_to_which_invitation_and_what(folder: Path) -> None:
    reply = one(mail(PLAIN_STYLES["en, Gmail, above"](OWN)), folder)

    assert letters("how gladly would you\n> send them to us?") in reply.letters
    assert replace(reply, letters="", content="") == Reply(
        id="answer-1@example.org", sender="ana@example.org", when=datetime(2026, 11, 20, 9, 3, tzinfo=UTC), tokens=(TOKEN,), text=OWN,
        subject="Re: One question", senders=("ana@example.org",), arrived=datetime(2026, 11, 20, 9, 3, tzinfo=UTC),
    )  # fmt: skip


# Their own words


@pytest.mark.parametrize("style", PLAIN_STYLES)
def test_of_a_reply_that_quotes_the_whole_invitation_their_own_words_are_left(style: str, folder: Path) -> None:
    reply = one(mail(PLAIN_STYLES[style](OWN)), folder)

    assert reply.text == OWN
    assert set(reply.below.values()) <= {OWN}


@pytest.mark.parametrize("style", HTML_STYLES)
def test_of_a_reply_in_html_their_own_words_are_left(style: str, folder: Path) -> None:
    reply = one(html(HTML_STYLES[style](OWN)), folder)

    assert reply.text == OWN
    assert reply.tokens == (TOKEN,)


WORDS = (
    st.text("abcdefghij äñ€漢🙂,.!?0123456789-'\"", min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda line: bool(line.strip("-")) and not line.startswith(">"))
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.sampled_from(sorted(PLAIN_STYLES)))
def test_any_words_survive_any_style_of_quoting(folder: Path, own: str, style: str) -> None:
    [reply] = read(mail(PLAIN_STYLES[style](own), coding="base64"), folder, "reply.eml")
    assert reply.text == own


@given(TEXTS.map(lambda text: " ".join(text.split())), st.sampled_from(sorted(HTML_STYLES)))
def test_any_words_survive_any_style_of_quoting_in_html(folder: Path, own: str, style: str) -> None:
    [reply] = read(html(HTML_STYLES[style](own)), folder, "reply.eml")
    assert reply.text == own


def test_answers_between_the_quoted_questions_are_kept_by_the_number_of_the_question(folder: Path) -> None:
    quoted = QUOTED.replace("(very gladly)\n", "(very gladly)\n\n9\n\n").replace(
        "for your answer?\n", "for your answer?\nAlways on time.\nTruly.\n"
    )

    reply = one(mail(f"Hi Kim, see below\n\n{GMAIL_EN}\n{quoted}"), folder)

    assert reply.below == {1: "9", 2: "Always on time.\nTruly."}
    assert reply.text == "Hi Kim, see below\n\n9\n\nAlways on time.\nTruly."


def test_answers_between_quotes_in_html_are_kept_by_the_number_of_the_question(folder: Path) -> None:
    body = (
        '<div class="gmail_quote"><div class="gmail_attr">On Friday</div><blockquote>Dear Ana,<br>1. How gladly?<br>0 (no) to 10'
        "</blockquote><div>9</div><blockquote><ol start=2><li>Why?</li></ol></blockquote><p>Always on time.</p>"
        f"<blockquote>({TOKEN})</blockquote><p>Bye</p></div>"
    )

    reply = one(html(body), folder)

    assert reply.below == {1: "9", 2: "Always on time."}
    assert reply.text == "9\n\nAlways on time.\n\nBye"


def test_what_stands_below_the_whole_quoted_invitation_answers_no_question_of_it(folder: Path) -> None:
    for quoted in (QUOTED, QUOTED.replace(f"> ({TOKEN})\n", "")):
        assert one(mail(f"{GMAIL_EN}\n{quoted}\n9 always\n"), folder).below == {}


def test_the_end_of_a_quoted_line_that_a_mail_program_wrapped_without_a_mark_is_still_quoted(folder: Path) -> None:
    quoted = QUOTED.replace(
        "> Simply reply to this mail with a number from 0 to 10 and a",
        "> Simply reply to this mail, or to any other of ours, with a number from 0 to\n10 and a",
    )
    assert "\n10 and a" in quoted

    assert one(mail(f"8, fine\n\n{GMAIL_EN}\n{quoted}"), folder).text == "8, fine"


@pytest.mark.parametrize(
    "last",
    [
        "Sent from my iPhone", "Sent from Outlook for Android", "Get Outlook for iOS<https://example.org>", "Von meinem iPhone gesendet",
        "Gesendet von Outlook für iOS", "Gesendet mit der GMX Mail App", "Enviado desde mi iPhone", "Enviado desde Outlook para Android",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.", "*Sent from my Galaxy*",
    ],
)  # fmt: skip
def test_what_a_telephone_adds_is_not_theirs(last: str, folder: Path) -> None:
    assert one(mail(f"9\n\n{last}\n"), folder).text == "9"
    assert one(
        mail(f"{last}, she said, and meant it: a 9 it is, for the bread and for the smile that comes with it every day"), folder
    ).text


@pytest.mark.parametrize("name", ["Elin Dahl", '"Dahl, Elin"', "=?utf-8?q?Elin_Dahl?="])
@pytest.mark.parametrize("under", ["", "Dahl & Co\n+46 8 123 456", "\nDahl & Co\n\n7 Mill Lane\n\nSent from my iPhone"])
def test_a_signature_that_begins_with_the_name_of_the_sender_is_not_what_they_said(name: str, under: str, folder: Path) -> None:
    said = {"From": f"{name} <elin@example.org>"}

    assert one(mail(f"9\nOn time.\n\nElin Dahl\n{under}\n\n{GMAIL_EN}\n{QUOTED}", **said), folder).text == "9\nOn time."
    assert one(mail(f"{GMAIL_EN}\n{QUOTED}\n9 on time\nELIN DAHL\n{under}", **said), folder).text == "9 on time"
    between = QUOTED.replace("(very gladly)\n", "(very gladly)\n\n9\n\n")
    assert one(mail(f"{GMAIL_EN}\n{between}\nElin Dahl\n{under}", **said), folder).text == "9"


@pytest.mark.parametrize(
    "text",
    [
        "9\nElin Dahl is who I am", "Elin Dahl\n9", "9\nElin Dahl\n\nPS: the bread was late", "9\nElin", "9\nElin Dahl\n" + "more bread " * 10,
        "9\nElin Dahl" + "\nline" * 9, "9\nOla Dahl",
    ],
)  # fmt: skip
def test_what_is_no_signature_stays(text: str, folder: Path) -> None:
    assert one(mail(text, From="Elin Dahl <elin@example.org>"), folder).text == text.strip()


@pytest.mark.parametrize("name", ["9", "Bread 9", "", "Bo"])
def test_a_name_that_may_be_said_cuts_nothing(name: str, folder: Path) -> None:
    assert one(mail(f"ok\n{name}\nyes", From=f"{name} <x@example.org>"), folder).text == f"ok\n{name}\nyes"


def test_own_words_that_look_like_those_of_mail_programs_stay(folder: Path) -> None:
    own = "On the whole I like what she wrote:\nAm Ende schrieb er mir:\nEl libro que escribió:\nFrom: the heart\n--- nine ---\n- bread\n- cake\n_____\nbye"

    assert one(mail(own), folder).text == own


def test_markup_and_escape_sequences_are_carried_as_they_are(folder: Path) -> None:
    own = "9 [red]x[/red] \x1b[31m <b>&amp; =SUM(A1) \u202e {{ name }}"

    assert one(mail(own), folder).text == own


def test_of_html_only_what_is_shown_is_read(folder: Path) -> None:
    shown = html("<p>9 &amp; more<br>bread</p><script>alert(1)</script><p style='display: none'>7</p><!-- 6 --><p>caf&eacute;")

    assert one(shown, folder).text == "9 & more\nbread\n\ncafé"


def test_lines_of_text_that_html_keeps_as_they_are_stay_lines(folder: Path) -> None:
    assert one(html("<pre>9\n  two blanks\n\n&#9999; &#" + "9" * 5000 + ";\n</pre>"), folder).text.startswith(
        "9\n  two blanks\n\n"
    )


# Codings


@pytest.mark.parametrize("coding", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("utf-8", "utf-8"), ("iso-8859-1", "latin-1"), ("windows-1252", "cp1252"), ("iso-8859-2", "iso-8859-2"),
        ("us-ascii", "utf-8"), ("iso-8859-1", "utf-8"), ("iso-8859-1", "cp1252"), ("nonsense", "utf-8"),
        ("unicode_escape", "utf-8"), ("WE8MSWIN1252", "cp1252"),
    ],
)  # fmt: skip
def test_the_words_do_not_depend_on_charset_and_coding(declared: str, codec: str, coding: str, folder: Path) -> None:
    own = "9, schöne Grüße" + (" \u2013 „immer“" if codec in {"utf-8", "cp1252"} else "")

    assert one(mail(own.encode(codec), kind=f"text/plain; charset={declared}", coding=coding), folder).text == own


@pytest.mark.parametrize(
    ("label", "codec", "own"),
    [
        ("iso-8859-8-i", "iso8859-8", "9\nתודה רבה"), ("iso-8859-8-e", "iso8859-8", "9\nתודה"), ("visual", "iso8859-8", "9\nתודה"),
        ("iso-8859-6-i", "iso8859-6", "9\nشكرا"), ("x-sjis", "cp932", "9\nありがとう①"), ("Shift_JIS", "cp932", "9\n髙橋①"),
        ("gb2312", "gb18030", "9\n朱镕基"), ("GBK", "gb18030", "9\n谢谢€"), ("ks_c_5601-1987", "cp949", "9\n똠방각하"),
        ("euc-kr", "cp949", "9\n뷁"), ("windows-874", "cp874", "9\nขอบคุณ…"), ("tis-620", "cp874", "9\nขอบคุณ"),
        ("x-mac-roman", "mac-roman", "9\nGrüße – immer"), ("macintosh", "mac-roman", "9\ncafé"), ("koi8-u", "koi8-u", "9\nдякую ї"),
        ("iso-8859-9", "cp1254", "9\nteşekkürler €"), ("ascii", "cp1252", "9\n“good” … 50 €"), ("latin1", "cp1252", "9\n€"),
        ("unicode-1-1-utf-8", "utf-8", "9\n谢谢"), ("x-cp1251", "cp1251", "9\nспасибо"), ("big5", "big5hkscs", "9\n謝謝"),
        (' "UTF8" ', "utf-8", "9\nété"), ("x-unknown", "utf-8", "9\nété"),
    ],
)  # fmt: skip
def test_a_label_means_what_mail_programs_mean_by_it(label: str, codec: str, own: str, folder: Path) -> None:
    read = one(mail(own.encode(codec), kind=f"text/plain; charset={label}", coding="base64"), folder)
    assert read.text == own


@pytest.mark.parametrize(
    ("label", "data"),
    [
        ("utf-8", "9, schön".encode("cp1252")), ("x-unknown", "9, שלום".encode("iso8859-8")), ("", b"9 caf\xe9 \x81!"),
        ("iso-8859-1", b"9 \x81 \x8d"), ("shift_jis", b"9 \xff\xfe"), ("euc-kr", b"9 \xff"), ("us-ascii", b"9 \x9d"),
    ],
)  # fmt: skip
def test_letters_that_do_not_fit_the_label_are_not_guessed(label: str, data: bytes, folder: Path) -> None:
    read = one(mail(data, kind=f"text/plain; charset={label}" if label else "text/plain", coding="base64"), folder)
    assert "\ufffd" in read.text
    assert read.text.startswith("9")
    assert not {c for c in read.text if c.isalpha() and not c.isascii()} - set("é")


def test_lines_that_flow_are_put_together_again(folder: Path) -> None:
    body = f"9 - always on \ntime, and \nkind.\nTwice.\n-- \nAna\n\n{GMAIL_EN}\n> 1. If somebody you care \n> about"

    assert (
        one(mail(body, kind="text/plain; charset=utf-8; format=flowed"), folder).text == "9 - always on time, and kind.\nTwice."
    )


def test_plain_text_is_preferred_and_html_read_where_the_plain_part_is_empty(folder: Path) -> None:
    both = parted("alternative", ("text/plain", "9 plain"), ("text/html", "<p>9 html</p>"))
    empty = parted("alternative", ("text/plain", " \n"), ("text/html", "<p>9 html</p>"))

    assert one(both, folder).text == "9 plain"
    assert one(empty, folder).text == "9 html"


def test_what_is_attached_is_not_what_they_wrote(folder: Path) -> None:
    attached = ('text/plain; name="list.txt"\nContent-Disposition: attachment', "7")
    forwarded = ("message/rfc822", "Subject: x\n\n6")

    assert one(parted("mixed", ("text/plain", "9"), attached, forwarded), folder).text == "9"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("=?utf-8?q?Ana_Nov=C3=A1k?= <ANA@example.org>", "ana@example.org"), ("ana@example.org", "ana@example.org"),
        ('"Novak, Ana" <ana@example.org>', "ana@example.org"), ("Ana <ana@example.org", "ana@example.org"), ("undisclosed", ""),
        (None, ""), ("=?utf-8?b?broken?= <ana@example.org>", "ana@example.org"), ("Ana (home) <ana@example.org>", "ana@example.org"),
    ],
)  # fmt: skip
def test_the_sender_is_an_address_in_small_letters(said: str | None, address: str, folder: Path) -> None:
    assert one(mail(From=said), folder).sender == address


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("Fri, 20 Nov 2026 10:03:00 +0100", datetime(2026, 11, 20, 9, 3, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:03:00 -0000", datetime(2026, 11, 20, 10, 3, tzinfo=UTC)),
        ("20 Nov 2026 10:03", datetime(2026, 11, 20, 10, 3, tzinfo=UTC)),
        ("yesterday", None), ("Fri, 99 Nov 2026 10:03:00 +0100", None), ("Fri, 31 Dec 9999 23:59:00 -1400", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_has_a_zone_or_is_none(said: str, when: datetime | None, folder: Path) -> None:
    found = one(mail(Date=said), folder).when

    assert found == when
    assert found is None or found.utcoffset() is not None


def test_a_message_without_a_usable_date_is_of_the_time_at_which_it_arrived(folder: Path) -> None:
    received = "from mx.example.org by mail.example.org; Fri, 20 Nov 2026 10:04:00 +0000"

    assert one(mail(Date="soon", Received=received), folder).when == datetime(2026, 11, 20, 10, 4, tzinfo=UTC)


def test_a_message_without_an_id_is_known_by_sender_date_and_words(folder: Path) -> None:
    first, again = one(mail("9", Message_ID=None), folder), one(mail("9", Message_ID=None), folder)
    others = [
        mail("8", Message_ID=None),
        mail("9", Message_ID=None, From="bo@example.org"),
        mail("9", Message_ID=None, Date="Fri, 20 Nov 2026 10:04:00 +0100"),
    ]

    assert first.id == again.id
    assert len({first.id, *(one(other, folder).id for other in others)}) == 4


# Tokens


def test_tokens_come_from_the_message_replied_to_then_the_subject_then_anywhere(folder: Path) -> None:
    tokens = [f"r-{digit * 10}" for digit in "123456"]
    message = parted(
        "alternative", ("text/plain", f"9\n\n> ({tokens[4]})\n> {tokens[0].upper()}"), ("text/html", f"<p>9</p><blockquote>({tokens[5]})"),
        In_Reply_To=f"<{tokens[1]}@example.org>", References=f"<x@example.org> <{tokens[2]}@example.org>", Subject=f"pulse {tokens[3]} {tokens[1]}",
    )  # fmt: skip

    assert one(message, folder).tokens == (tokens[1], tokens[2], tokens[3], tokens[4], tokens[0], tokens[5])


def test_a_token_is_found_in_what_is_quoted_and_cut_off(folder: Path) -> None:
    for style in set(PLAIN_STYLES) - {"nothing quoted"}:
        assert one(mail(PLAIN_STYLES[style]("9"), In_Reply_To=None, coding="quoted-printable"), folder).tokens == (TOKEN,)


def test_an_invitation_of_ours_in_the_same_mailbox_is_no_reply(folder: Path) -> None:
    invitation = mail(INVITATION, Message_ID=f"<{TOKEN}@example.org>", In_Reply_To=None)

    assert [reply.id for reply in read(mbox(invitation, mail("9")), folder)] == ["answer-1@example.org"]


# Passed on


@pytest.mark.parametrize(
    "subject",
    [
        "Fwd: One question",
        "FW: One question",
        "WG: Eine Frage",
        "RV: Una pregunta",
        "Tr: One question",
        "[list] Fwd: One",
        "Doorgestuurd: x",
        "Fwd: Re: x",
    ],
)
def test_a_message_passed_on_is_told_by_its_subject(subject: str, folder: Path) -> None:
    reply = one(mail("9", Subject=subject), folder)

    assert reply.forwarded
    assert reply.subject == subject


@pytest.mark.parametrize(
    "line",
    [
        "---------- Forwarded message ---------", "-------- Weitergeleitete Nachricht --------", "---------- Mensaje reenviado ---------",
        "Begin forwarded message:", "> ---------- Forwarded message ---------", "---------- Forwarded message from Kim Doe ----------",
    ],
)  # fmt: skip
def test_a_message_passed_on_is_told_by_the_line_above_it(line: str, folder: Path) -> None:
    assert one(mail(f"9\n\n{line}\nFrom: Kim Doe <kim@example.org>\nDate: today\nSubject: x\n\n{INVITATION}"), folder).forwarded


@pytest.mark.parametrize(
    "subject", ["Re: One question", "AW: Eine Frage", "Forwarders: a question", "Re: Fwd of bread", "Truth: x", ""]
)
@pytest.mark.parametrize("style", ["en, Outlook", "de, Gmail", "nothing quoted"])
def test_a_reply_is_not_taken_for_a_message_passed_on(subject: str, style: str, folder: Path) -> None:
    assert not one(mail(PLAIN_STYLES[style]("9, the forwarded message came late"), Subject=subject), folder).forwarded


def test_a_subject_is_one_line_in_words(folder: Path) -> None:
    assert one(mail("9", Subject="=?utf-8?q?Caf=C3=A9?=\n =?utf-8?q?=0A_bread?="), folder).subject == "Café bread"


# Nobody wrote it


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"}, {"Auto-Submitted": "auto-generated; x=y"}, {"X-Autoreply": "yes"}, {"X-Autorespond": "Away"},
        {"Precedence": "bulk"}, {"Precedence": "auto_reply"}, {"Precedence": "Junk"}, {"Subject": "Automatic reply: One question"},
        {"Subject": "Automatische Antwort: Eine Frage"}, {"Subject": "Abwesenheitsnotiz"}, {"Subject": "Respuesta automática: Una pregunta"},
        {"Subject": "=?utf-8?q?Respuesta_autom=C3=A1tica=3A?= Una pregunta"}, {"Subject": "Out of office", "Return-Path": "<>"},
        {"Subject": "Ich bin im Urlaub", "X-Auto-Response-Suppress": "All"}, {"Auto-Submitted": "auto-replied", "Return-Path": "<>"},
    ],
)  # fmt: skip
def test_an_automatic_reply_is_told_by_its_headers(headers: dict[str, str], folder: Path) -> None:
    assert one(mail("I am back on 9 January.", **headers), folder).kind is Kind.AUTOMATIC


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "no"}, {"Precedence": "normal"}, {"Subject": "Re: Automatic reply: One question"}, {"Subject": "Re: on leave"},
        {"Subject": "Urlaub"}, {"Return-Path": "<ana@example.org>"}, {"X-Auto-Response-Suppress": "All"}, {"Subject": None},
    ],
)  # fmt: skip
def test_a_person_is_not_taken_for_a_program(headers: dict[str, str | None], folder: Path) -> None:
    assert one(mail(**headers), folder).kind is Kind.ANSWER


def test_a_bounce_names_who_could_not_be_reached_and_the_invitation(folder: Path) -> None:
    reply = one(bounce(), folder)

    assert (reply.kind, reply.failed, reply.tokens) == (Kind.BOUNCE, "gone@example.org", (TOKEN,))


@pytest.mark.parametrize(
    "message",
    [
        mail("<gone@example.org>:\n550 unknown", From="postmaster@example.org"),
        mail("Could not deliver to <gone@example.org>.", Return_Path="<>", Subject="Undelivered"),
        mail("Sorry.", From="MAILER-DAEMON@example.org", X_Failed_Recipients="Gone@example.org"),
    ],
)
def test_a_bounce_without_a_report_is_a_bounce(message: bytes, folder: Path) -> None:
    reply = one(message, folder)

    assert (reply.kind, reply.failed) == (Kind.BOUNCE, "gone@example.org")


def test_a_message_that_is_late_or_has_arrived_is_no_bounce(folder: Path) -> None:
    assert [one(bounce(action=action), folder).kind for action in ("delayed", "delivered", "relayed")] == [Kind.AUTOMATIC] * 3
    assert one(parted("report; report-type=disposition-notification", ("text/plain", "Read 9:00")), folder).kind is Kind.AUTOMATIC


# Forms


def test_the_answer_of_a_form_is_read_however_the_mail_program_wrapped_it(folder: Path) -> None:
    message = form(
        f"relcli pulse 1 es {TOKEN}", "recommend: 9", "why: siempre puntuales, y el pan de centeno es el mejor de toda la",
        "comarca", "", "Un abrazo", "", "Enviado desde mi iPhone",
    )  # fmt: skip

    reply = one(message, folder)

    why = "siempre puntuales, y el pan de centeno es el mejor de toda la comarca\n\nUn abrazo"
    assert reply.form == FormAnswer("pulse", 1, "es", TOKEN, {"recommend": "9", "why": why})


def test_an_anonymous_answer_of_a_form_has_no_token(folder: Path) -> None:
    reply = one(form("Hello, here it is:", "", "relcli service 2 en", "Result: 4", "word:", Subject="service"), folder)

    assert reply.form == FormAnswer("service", 2, "en", "", {"result": "4", "word": ""})
    assert reply.tokens == ()


def test_a_line_of_their_own_that_looks_like_an_item_is_told_by_the_items(folder: Path) -> None:
    reply = one(form("relcli pulse 1 en", "recommend: 9", "why: good", "but: late", "https://example.org"), folder)

    assert reply.form is not None
    assert reply.form.among({"recommend", "why"}) == {"recommend": "9", "why": "good\nbut: late\nhttps://example.org"}


@pytest.mark.parametrize(
    "body", ["9", "> relcli pulse 1 en\n> recommend: 3", "relcli pulse one en\nrecommend: 3", "say relcli pulse 1 en"]
)
def test_other_words_are_no_answer_of_a_form(body: str, folder: Path) -> None:
    assert one(mail(body), folder).form is None


def test_a_form_without_end_is_read_at_once_and_not_beyond_what_anybody_writes(folder: Path) -> None:
    """Read in two ways, which took seconds for each where the time grew with the square."""
    for lines in (["a: b"] * 100_000, [f"i{at}: b" for at in range(100_000)], ["word"] * 100_000):
        reply = one(form("relcli pulse 1 en", "recommend: 9", "why: good", *lines), folder)
        assert reply.form is not None
        assert reply.form.among(["recommend", "why"])["recommend"] == "9"
        assert sum(map(len, reply.form.answers.values())) < 50_000


# Mailboxes


def test_a_line_that_begins_with_from_is_of_the_text_unless_headers_with_a_date_or_id_follow(folder: Path) -> None:
    text = "9\n\nFrom here on it was good.\nFrom: me\n\nFrom Monday to Friday:\nsubject: bread\n\nFrom\n"
    data = (
        b"From a@example.org Fri Nov 20 10:03:00 2026\n" + mail(text) + b"\n" + mbox(mail("8", Message_ID="<second@example.org>"))
    )

    first, second = read(data, folder)

    assert first.text == text.strip()
    assert (second.id, second.text) == ("second@example.org", "8")


def test_lines_that_an_mbox_escaped_are_as_they_were(folder: Path) -> None:
    own = "9\nFrom all of us,\nAna"

    assert one(mail(own), folder).text == own


def test_a_mailbox_with_the_line_ends_of_windows_reads_alike(folder: Path) -> None:
    data = mbox(mail(PLAIN_STYLES["de, Outlook"](OWN)), mail("8", Message_ID="<second@example.org>"))

    assert read(data.replace(b"\n", b"\r\n"), folder) == read(data, folder)


def test_a_folder_gives_its_eml_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.eml", "a.EML", ".c.eml", "d.txt"):
        (tmp_path / name).write_bytes(mail(name))

    assert [reply.text for reply in replies(str(tmp_path))] == ["a.EML", "b.eml"]


def test_an_odd_file_in_a_folder_is_named_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail("9"))
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "gone.eml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.eml").symlink_to(tmp_path)
    (tmp_path / "sub.eml").mkdir()
    (tmp_path / "text.eml").write_bytes(b"Dear Kim,\nhello\n")
    os.mkfifo(tmp_path / "waits.eml")
    (tmp_path / "z.eml").write_bytes(mail("8"))

    found = list(replies(str(tmp_path)))

    assert [(reply.file, reply.text) for reply in found] == [
        ("a.eml", "9"),
        ("empty.eml", "holds no mail"),
        ("gone.eml", "is no regular file"),
        ("round.eml", "is a folder"),
        ("sub.eml", "is a folder"),
        ("text.eml", "holds no mail"),
        ("waits.eml", "is no regular file"),
        ("z.eml", "8"),
    ]
    assert [reply.file for reply in found if reply.kind is not Kind.UNREADABLE] == ["a.eml", "z.eml"]
    assert len({reply.id for reply in found}) == len(found) - 1  # the two answers are copies of one message


def test_a_maildir_gives_what_lies_in_its_halves(tmp_path: Path) -> None:
    for place in ("cur", "new", "tmp"):
        (tmp_path / place).mkdir()
    assert list(replies(str(tmp_path))) == []
    for name in (
        "cur/1790000001.a.host:2,S",
        "new/1790000002.b.host",
        "cur/1790000003.c.host:2,",
        "tmp/1790000004.d.host",
        "cur/.hidden",
    ):
        (tmp_path / name).write_bytes(mail(name))

    assert is_mail(str(tmp_path))
    assert [reply.text for reply in replies(str(tmp_path))] == [
        "cur/1790000001.a.host:2,S",
        "new/1790000002.b.host",
        "cur/1790000003.c.host:2,",
    ]
    assert next(replies(str(tmp_path))).file == "cur/1790000001.a.host:2,S"


@pytest.mark.parametrize(
    "data", [mail("9"), b"\xef\xbb\xbf" + mail("9"), b"\r\n" + mail("9"), mail("9").replace(b"\n", b"\r\n"), mbox(mail("9"))]
)
def test_a_message_is_known_by_its_head_whatever_its_file_is_called(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "message.txt"
    path.write_bytes(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))

    assert is_mail(str(path))
    assert is_mail("-")
    assert [reply.text for reply in replies(str(path))] == ["9"]
    assert [reply.text for reply in replies("-")] == ["9"]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"date:,name\n2026-11-20,Ana\n", b"contact,recommend\nana@example.org,9\n", b"Dear Kim,\nDate: today\n", b"Note: this\nTo: me\n\nDate: x\n",
        b"date: 2026\n9;8\n", b'{"date": 1,\n"from": 2}\n', b"\x00\xff" * 50,
    ],
)  # fmt: skip
def test_a_table_is_not_taken_for_mail(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "answers.csv").write_bytes(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))

    assert not is_mail(str(tmp_path / "answers.csv"))
    assert not is_mail("-")


def test_a_dash_is_a_mailbox_on_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(mbox(mail("9"), mail("8")))))

    assert [reply.text for reply in replies("-")] == ["9", "8"]


def test_an_empty_mailbox_holds_no_replies(folder: Path) -> None:
    assert read(b"\n", folder) == []


@pytest.mark.parametrize(
    "data", [b"", b"name,note\nAna,9\n", b"From here to there\n", b"\x00\xff" * 50, b"Dear Kim,\nDate: none\n"]
)
def test_what_is_no_mail_is_refused_with_a_sentence(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read(data, tmp_path, "some.eml")
    assert refused.value.message == f"{tmp_path}/some.eml holds no mail"
    assert refused.value.hint


def test_a_folder_without_mail_and_a_file_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"no \.eml file"):
        list(replies(str(tmp_path)))
    for missing in (str(tmp_path / "none.mbox"), "a\0b"):
        with pytest.raises(InputMissing, match="there is no file"):
            list(replies(missing))


def test_a_mailbox_is_read_in_constant_memory(tmp_path: Path) -> None:
    attachment = ("application/pdf\nContent-Disposition: attachment", ("B" * 76 + "\n") * 3_000)
    message = mbox(parted("mixed", ("text/plain", "9"), attachment))

    def peak(messages: int) -> int:
        path = tmp_path / f"{messages}.mbox"
        path.write_bytes(message * messages)
        tracemalloc.start()
        assert sum(reply.text == "9" for reply in replies(str(path))) == messages
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(20) < 1.5 * peak(4)


def test_what_no_parser_can_take_is_listed_as_unreadable_and_the_others_are_read(folder: Path) -> None:
    found = read(mbox(*(make() for make in HOSTILE.values()), mail("9")), folder)

    assert [each.text for each in found if each.kind is not Kind.UNREADABLE] == ["9"]
    assert len(found) == len(HOSTILE) + 1


def test_a_header_without_end_is_cut_and_the_message_is_read(folder: Path) -> None:
    words = " ".join("=?utf-8?q?a?=" for _ in range(200_000))
    for header in ({"Subject": words}, {"From": "a" * 1_000_000}, {"Content_Type": "text/plain" + "; a*0=b" * 100_000}):
        assert one(mail("9", **header), folder).text == "9"


# Whatever comes

HEADERS = st.sampled_from(
    "From To Date Subject Message-ID References In-Reply-To Content-Type Content-Disposition Content-Transfer-Encoding Return-Path".split()
)
VALUES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([
        b'text/html; charset="x', b"multipart/mixed; boundary=a", b"multipart/alternative; boundary=", b"text/plain; charset*=a'b'%ff",
        b"base64", b"quoted-printable", b"uuencode", b"=?utf-8?b?====?=", b"=?x?q?=ff?= =?utf-8?b?\xff?=", b"Fri, 20 Nov 99999 10:03 +9999",
        b"multipart/report; report-type*0*=x", b"message/delivery-status", b"text/plain; format=flowed; delsp=yes; charset=idna", b"<", b"@ <@>,(",
        b"message/rfc822", b"attachment; filename*=x'", b"inline; filename*0*=''%zz; filename*1=\xff", b"text/plain; name*1=x; name*0*=''%zz", b"text/html; charset=utf-7", b"text/plain; charset=\xff\x00",
    ]),
)  # fmt: skip
PIECES = st.sampled_from([
    b"From ", b"\n", b"\r\n", b"\n\n", b"Date: x\n", b"Message-ID: <x>\n", b"--a\n", b"--a--\n", b"> 1. x\n", b"<![", b"<!x", b"<blockquote>", b"</div>",
    b"<div id=divRplyFwdMsg>", b"&#xd800;", b"begin 644 x\n", b"Content-Type: text/html\n\n", b"On 1 at 10:00 x wrote:\n", b"-- \n", b"\xff\xfe", b"<pre>", b"relcli x 1 en\n",
])  # fmt: skip
BODIES = st.lists(PIECES | st.binary(max_size=30), max_size=12).map(b"".join)
MESSAGES = st.builds(
    lambda headers, body: b"".join(name.encode() + b": " + value + b"\n" for name, value in headers) + b"\n" + body,
    st.lists(st.tuples(HEADERS, VALUES), max_size=8), BODIES,
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(MESSAGES | BODIES, min_size=1, max_size=3), st.sampled_from(["any.eml", "any.mbox"]))
@example([b"Date: x\nContent-Type: text/html\n\n<![foo"], "any.eml")
@example([b"Date: x\nContent-Type: text/plain; charset=unicode_escape\n\n\\x"], "any.eml")
def test_no_bytes_at_all_raise_anything_but_a_refusal(folder: Path, messages: list[bytes], name: str) -> None:
    data = messages[0] if name.endswith("eml") else b"".join(b"From x\n" + message for message in messages)
    try:
        found = read(data, folder, name)
    except InputRefused:
        return
    assert all(reply.id and (reply.when is None or reply.when.utcoffset() is not None) for reply in found)
    assert all(reply.sender == reply.sender.lower() for reply in found)


@pytest.mark.parametrize("piece", ["<!--", "<!", "<![", "<a b=", "<a '", "<", "</a", "&#", "<blockquote>", "<ol><li>"])
def test_markup_without_end_is_read_like_any_other(piece: str, folder: Path) -> None:
    """Read in two ways, which took minutes where the time grew with the square."""
    assert one(html(f"<p>9</p>{piece * 20_000}"), folder).text.startswith("9")
