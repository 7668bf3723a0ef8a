"""Template files: what a header may say, and that an error names file and line."""

from __future__ import annotations

import pytest

from relcli.domain.interaction import Purpose
from relcli.exchange.templates import MOST, TemplateRefused, parsed

GOOD = "---\npurpose: thanks\nsubject: Thank you, {{ first_name }}\nchannel: Email\n---\n\nDear {{ first_name }},\nthank you.\n"


def test_a_file_is_its_header_and_the_message_below_it() -> None:
    template = parsed(GOOD, name="hello", file="hello.txt", own=True)

    assert (template.purpose, template.subject, template.channel) == (Purpose.THANKS, "Thank you, {{ first_name }}", "email")
    assert template.body == "Dear {{ first_name }},\nthank you."
    assert template.own


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    template = parsed(GOOD, name="hello", file="hello.txt", own=True)

    assert (template.subject_line, template.body_line) == (3, 7)


@pytest.mark.parametrize("text", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, GOOD.replace("---", "---  ")])
def test_line_ends_a_byte_order_mark_and_blanks_at_the_end_do_not_matter(text: str) -> None:
    assert parsed(text, name="hello", file="hello.txt", own=True) == parsed(GOOD, name="hello", file="hello.txt", own=True)


def test_a_subject_may_hold_a_colon_and_the_body_a_line_of_dashes() -> None:
    text = "---\npurpose: help\nsubject: May: the date\n---\nhello\n---\nKim"

    template = parsed(text, name="x", file="x.txt", own=True)

    assert (template.subject, template.body, template.channel) == ("May: the date", "hello\n---\nKim", "")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Dear Ana", 1, "begins with a line ---"),
        ("", 1, "begins with a line ---"),
        ("---\npurpose: thanks\nsubject: x\nDear Ana", 4, "the header does not end"),
        ("---\npurpose: thanks\n---\nDear Ana", 3, "no subject"),
        ("---\nsubject: x\n---\nDear Ana", 3, "no purpose"),
        ("---\npurpose: love\nsubject: x\n---\nDear Ana", 2, 'purpose "love" is not known'),
        ("---\npurpose: thanks\nsubjct: x\n---\nDear Ana", 3, '"subjct: x" says nothing'),
        ("---\npurpose: thanks\n\nsubject: x\n---\nDear Ana", 3, '"" says nothing'),
        ("---\npurpose: thanks\npurpose: gift\nsubject: x\n---\nDear", 3, "purpose is said a second time"),
        ("---\npurpose: thanks\nsubject:\n---\nDear Ana", 3, "subject says nothing"),
        ("---\npurpose: thanks\nsubject: x\n---\n \n", 4, "no message below"),
    ],
)
def test_a_header_that_is_not_one_is_refused_with_file_and_line(text: str, line: int, what: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        parsed(text, name="hello", file="hello.txt", own=True)

    assert refused.value.message.startswith(f"hello.txt, line {line}: ")
    assert what in refused.value.message
    assert refused.value.code == 65


@pytest.mark.parametrize("text", ["x" * (MOST + 1), GOOD + "\0", GOOD + "\ud800"])
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(TemplateRefused, match=r"hello\.txt"):
        parsed(text, name="hello", file="hello.txt", own=True)
