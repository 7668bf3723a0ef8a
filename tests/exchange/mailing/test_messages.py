"""Messages for a mailer: what a mail program reads is what was meant, whatever the names hold."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_string
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.errors import InputRefused
from relcli.exchange.mailing.messages import Mailbox, mail
from relcli.text import one_line

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
KIM = Mailbox("Kim Doe", "kim@example.org")
STRANGE = [
    "Ana Ruiz", 'Ana "Anita" Ruiz', "Ruiz, Ana", "Łukasz Żółć", "Ana\\Ruiz", "Ana <ana@example.org>", "山田 太郎", "Ana (Bakery); Co.",
    "O'Brien & Söhne, \"Bäckerei\" <x>", "a@b", "🎂 Bakery", "x" * 200, "",
    'Ruiz, Ana; "Bäckerei & Söhne", Łódź: a name too long for one line, all@example.org, <all@example.org>, and "more" of it',
    "Ruiz, Ana: a plain name too long for one line, which holds all@example.org, <all@example.org>, and more of it, even more",
]  # fmt: skip
INJECTED = [
    "Ana\r\nBcc: all@example.org", "Ana\nBcc: all@example.org", "Ana\rBcc: all@example.org", "Ana\r\n\r\nbody", "Ana\x0bBcc: x",
    "Ana\u2028Bcc: x", "Ana\x85Bcc: x", "Ana\0",
]  # fmt: skip


def read(text: str) -> EmailMessage:
    message = message_from_string(text, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def named(text: str) -> tuple[str, str]:
    """The name and address of the To line, put together as RFC 2047 says."""
    raw = text.split("To: ", 1)[1].split("\r\nSubject: ", maxsplit=1)[0].replace("\r\n", "")
    name, address = parseaddr(raw)
    return str(make_header(decode_header(name))), address


def made(*, name: str = "Ana Ruiz", address: str = "ana@example.org", subject: str = "Hello", body: str = "hello\n") -> str:
    return mail(to=Mailbox(name, address), sender=KIM, subject=subject, body=body, date=NOW)


def test_a_message_has_what_a_mailer_needs_and_lines_that_end_as_mail_does() -> None:
    text = made()

    assert text.split("\r\n\r\n")[0].split("\r\n")[:4] == [
        "From: Kim Doe <kim@example.org>",
        "To: Ana Ruiz <ana@example.org>",
        "Subject: Hello",
        "Date: Sat, 21 Nov 2026 10:00:00 +0000",
    ]
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_name_comes_back_as_it_was(name: str) -> None:
    text = made(name=name, subject=f"Thank you, {name}")
    message = read(text)

    assert named(text) == (name, "ana@example.org")
    assert [a.addr_spec for a in message["To"].addresses] == ["ana@example.org"]
    assert message["Subject"] == f"Thank you, {name}".rstrip()
    assert message["From"].addresses[0].addr_spec == "kim@example.org"


@pytest.mark.parametrize("text", INJECTED)
def test_no_text_becomes_a_header_of_its_own(text: str) -> None:
    message = read(made(name=text, subject=text))

    assert sorted(message.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    )
    assert message["Bcc"] is None
    assert [a.addr_spec for a in message["To"].addresses] == ["ana@example.org"]
    assert message.get_content() == "hello\r\n"


@given(name=st.text(max_size=80), subject=st.text(max_size=200), body=st.text(max_size=300))
def test_headers_and_body_survive_any_text(name: str, subject: str, body: str) -> None:
    surrogates = [c for c in name + subject + body if "\ud800" <= c <= "\udfff"]
    if surrogates:
        return  # no book holds half a character
    message = read(made(name=name, subject=subject, body=body))

    assert message["Bcc"] is None
    assert [a.addr_spec for a in message["To"].addresses] == ["ana@example.org"]
    assert len(message.keys()) == 7


@pytest.mark.parametrize("body", ["hello\n", "Grüße, 山田 🎂\n", "x" * 5000 + "\n", ".\n.hidden\nFrom me\n", "a\n\n\nb\n"])
def test_the_body_is_the_message_word_for_word(body: str) -> None:
    text = made(body=body)

    assert read(text).get_content().replace("\r\n", "\n") == body
    assert text.isascii()
    assert max(len(line) for line in text.split("\r\n")) <= 998


def test_without_a_sender_there_is_no_from_line() -> None:
    text = mail(to=Mailbox("Ana", "ana@example.org"), sender=None, subject="Hello", body="x\n", date=NOW)

    assert read(text)["From"] is None
    assert "kim" not in text


def test_a_domain_of_other_letters_travels_in_its_ascii_form() -> None:
    assert "To: Ana Ruiz <ana@xn--bckerei-5wa.example.org>" in made(address="ana@bäckerei.example.org")


@pytest.mark.parametrize("local", ["josé", "a b", "ana@", 'a"b', '"a b"', "a,b", "a\\b", ".a", "a.", "a..b", "-oQ", ""])
def test_an_address_that_is_not_what_was_typed_on_the_wire_is_refused(local: str) -> None:
    with pytest.raises(InputRefused, match="no message can go to"):
        made(address=f"{local}@example.org")


@pytest.mark.parametrize("address", ["ana@" + "ä" * 300 + ".org", "ana@exam\r\nple.org", "a\nb@example.org"])
def test_an_address_no_message_can_carry_is_refused(address: str) -> None:
    with pytest.raises(InputRefused, match="no message can go to"):
        made(address=address)


def test_a_name_in_other_letters_may_be_longer_than_a_line() -> None:
    text = made(name="Ä" * 120)

    assert named(text) == ("Ä" * 120, "ana@example.org")
    assert max(map(len, text.split("\r\n"))) <= 78


def test_what_looks_like_letters_in_code_is_read_as_it_was_written() -> None:
    message = read(made(name="=?utf-8?q?x?=", subject="=?utf-8?q?=0ABcc:_x?="))

    assert message["To"].addresses[0].display_name == "= ?utf-8?q?x?="
    assert message["Subject"] == "= ?utf-8?q?=0ABcc:_x?="


SPECIAL = st.text(st.sampled_from('aÄ ,;:<>@"\\()[].=?山'), max_size=150)


@given(name=SPECIAL, subject=SPECIAL)
def test_a_name_of_nothing_but_what_mail_gives_a_meaning_is_still_one_name(name: str, subject: str) -> None:
    message = read(made(name=name, subject=subject))

    assert [a.addr_spec for a in message["To"].addresses] == ["ana@example.org"]
    assert [a.addr_spec for a in message["From"].addresses] == ["kim@example.org"]
    assert message["Subject"] == one_line(subject).replace("=?", "= ?")


def test_long_headers_are_folded() -> None:
    text = made(subject="word " * 60)

    assert max(map(len, text.split("\r\n"))) <= 78
    assert read(text)["Subject"] == one_line("word " * 60)
