"""Addresses as people copy and export them are read to the clean one, or refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.mailboxes import Mailbox, formatted, mailbox, mailboxes

UNSEEN = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) == "Cf"]


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.org", " ana@example.org\t", "ana@EXAMPLE.org", "\u200bana@example.org", "\ufeffana@example.org",
        "ana@exam\u00adple.org", "\u00a0ana@example.org\u202c", "ana\u00a0@example.org", "ana@example\u00a0.org",
        "mailto:ana@example.org", "MAILTO:ana@example.org?subject=hello,%20Ana&cc=bo@example.org", "mailto:ana%40example.org",
        "<ana@example.org>", '"ana@example.org"', "'ana@example.org'", "(ana@example.org)", "<mailto:ana@example.org>",
        "ana@example.org.", "ana@example.org,", "ana@example.org;", "ana@example.org>", "ana\uff20example\uff0eorg",
        "ana@example.org <ana@example.org>", "SMTP:ana@example.org", "ana\x07@example.org",
    ],
)  # fmt: skip
def test_what_does_not_belong_to_an_address_goes(text: str) -> None:
    assert mailboxes(text) == (Mailbox("", "ana@example.org"),)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Ruiz <ana@example.org>", "Ana Ruiz"),
        ('"Ruiz, Ana" <ana@example.org>', "Ruiz, Ana"),
        ("Ruiz, Ana <ana@example.org>", "Ruiz, Ana"),
        ("Ruiz\\, Ana <ana@example.org>", "Ruiz, Ana"),
        ("Ruiz, Ana (ana@example.org)", "Ruiz, Ana"),
        ("Ana Ruiz [ana@example.org]", "Ana Ruiz"),
        ("ana@example.org (Ana Ruiz)", "Ana Ruiz"),
        ("'Ana Ruiz' <ana@example.org>", "Ana Ruiz"),
        ('"Ana \\"Nan\\" Ruiz" <ana@example.org>', 'Ana "Nan" Ruiz'),
        ("=?utf-8?q?An=C3=A1_Ruiz?= <ana@example.org>", "Aná Ruiz"),
        ("\u200bAna\u00a0Ruiz <ana@example.org>;", "Ana Ruiz"),
        ('O"Neill <ana@example.org>', 'O"Neill'),
    ],
)  # fmt: skip
def test_the_name_beside_an_address_is_read_apart(text: str, name: str) -> None:
    assert mailbox(text) == Mailbox(name, "ana@example.org")


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.org;bo@example.org", "ana@example.org, bo@example.org", "ana@example.org ::: bo@example.org",
        "ana@example.org\nbo@example.org", "mailto:ana@example.org,bo@example.org", "ana@example.org; bo@example.org; ANA@example.org",
        'Ana Ruiz <ana@example.org>, "Ek, Bo" <bo@example.org>', "Ruiz, Ana <ana@example.org>; Ek, Bo (bo@example.org)",
        'Ana <ana@example.org>, "a; b" <bo@example.org>',
    ],
)  # fmt: skip
def test_a_list_is_its_addresses(text: str) -> None:
    assert [box.email for box in mailboxes(text)] == ["ana@example.org", "bo@example.org"]
    with pytest.raises(ValueError, match="holds 2 e-mail addresses"):
        mailbox(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "ana", "@example.org", "ana@", "a b@example.org", "Ana Ruiz ana@example.org", "ana@.org", "ana@example..org", "a..b@example.org",
        ".a@example.org", "a.@example.org", "-oQ@example.org", "a@b@example.org", '"a b"@example.org', "a@-example.org", "a@example-.org",
        "a@[192.0.2.1]", "di@exa\u00a0mple.org", "a@exam ple.org", "a@x;b", "Bo Ek, ana@example.org (Ana), Cy", f"{'a' * 65}@example.org",
        "a@" + "b." * 130 + "org",
    ],
)  # fmt: skip
def test_what_cannot_be_mended_for_certain_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        mailboxes(text)


emails = st.builds(
    "{}@{}.{}".format,
    st.from_regex(r"[a-z0-9+][a-z0-9+_]{0,8}(\.[a-z0-9]{1,4}){0,2}", fullmatch=True),
    st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True),
    st.sampled_from(["org", "example", "xn--p1ai"]),
)
names = st.text(st.sampled_from("Aná Ruiz,.;'\"\\()<>-"), max_size=12)


@given(emails, st.lists(st.sampled_from(UNSEEN), max_size=5), st.data())
def test_an_address_reads_the_same_whatever_unseen_is_put_in(email: str, unseen: list[str], data: st.DataObject) -> None:
    text = email
    for c in unseen:
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + c + text[place:]
    assert mailbox(text).email == email


@given(names, emails)
def test_what_is_written_as_it_was_read_reads_the_same(name: str, email: str) -> None:
    try:
        once = mailbox(f"{name} <{email}>")
    except ValueError:
        return
    assert mailbox(formatted(once)) == once
    assert once.email == email


@given(st.lists(emails, min_size=1, max_size=4, unique=True), st.sampled_from(["; ", ";", ", ", " ::: ", "\n"]))
def test_a_list_of_any_separator_is_read_whole(several: list[str], mark: str) -> None:
    assert [box.email for box in mailboxes(mark.join(several))] == several
