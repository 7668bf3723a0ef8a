"""A command in a hint is one line that can be pasted: what somebody is called runs nothing, and is one word."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from relcli.text import as_word, quoted

HOSTILE = (
    "Kim; touch PWNED",
    "Kim$(touch PWNED)",
    "Kim `touch PWNED` & co",
    'O\'Kim "the" | x > y',
    'Kim"; touch PWNED; "',
    "Kim\\$(x) !y",
    "Kim\ntouch PWNED",
    "Kim\x1b[31m",
    "Kim\u202e\u200bx",
    "--help; Kim",
)
COMMAND = re.compile(r"(?:^|: |, |then )((?:relcli|chmod|rm) .*)")


def commands(text: str) -> list[str]:
    """What follows the word of a program in each hint, up to its end."""
    lines = re.sub(r"\n +", " ", text).split("\n")
    return [found[1] for line in lines for found in COMMAND.finditer(line)]


def harmless(command: str) -> bool:
    """Whether a shell would read nothing but words: no operator stands outside quotation marks, nothing is expanded."""
    lexer = shlex.shlex(re.sub(r"\((?:batch|or|see).*?\)", "", command), posix=True, punctuation_chars=";|&<>()`$\n")
    lexer.whitespace_split = True
    lexer.commenters = ""
    words = list(lexer)
    bare = re.sub(r"'[^']*'|\"[^\"$`\\\\]*\"", "", command)  # within these a shell reads nothing
    return not any(word and set(word) <= set(";|&<>()`$") for word in words) and not re.search(r"[$`]", bare)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_in_a_suggested_command_is_one_word_or_left_out(relcli: Any, name: str) -> None:
    known = "A " + name.replace("\n", " ")
    relcli.ok("contact", "add", "--", known)
    relcli("initiative", "start", "--hypothesis", "x", "--outcome", "health", "--", name)
    seen = []
    for words in (
        ("log", "-c", "email", "--in", "--", name, "said so"),
        ("log", "-c", "email", "--in", "--add", "--", known[:-1], "said so"),
        ("sold", "--", name, "5"),
        ("initiative", "results", "--", name),
        ("initiative", "enroll", "--", name),
        ("initiative", "list", "--", name),
        ("survey", "edit", "--", name),
        ("contact", "show", "--", name),
        ("promise", "keep", "--", name),
        ("draft", "--template", name, known),
        ("survey", "show", "--", name),
    ):
        said = relcli(*words)
        seen += commands(said.err)
        assert [line for line in commands(said.err) if not harmless(line)] == []
    assert seen


@pytest.mark.parametrize("name", ["my books; echo x", "a$(touch PWNED)", "it's `x`", 'say "x"'])
def test_a_path_in_advice_is_one_word(relcli: Any, place: Path, name: str) -> None:
    folder = place / name
    folder.mkdir(mode=0o755)
    book = folder / "b.db"
    relcli.ok("--book", str(book), "contact", "add", "Ana")
    book.chmod(0o644)
    (folder / ".b.db.part-1").write_text("x")
    said = relcli("--book", str(book), "book", "check", "--format", "jsonl").out
    advice = [json.loads(line)["advice"] for line in said.splitlines()]
    wanted = [one for one in advice if one.startswith("chmod")]
    assert ["chmod", "600", str(book)] in [shlex.split(one) for one in wanted]
    assert all(len(shlex.split(one)) == 3 for one in wanted)
    assert all(harmless(one) for one in wanted)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_pasted_is_not_printed(name: str) -> None:
    for written in (quoted(name), as_word(name)):
        assert written in {"NAME", "FILE"} or (shlex.split(written) == [name] and written.isprintable())
    assert (quoted("\x1bx"), quoted("-x", "ID"), as_word("a\nb"), quoted("")) == ("NAME", "ID", "FILE", "NAME")
    assert (quoted("Ana Ruiz"), as_word("/plain/path.db")) == ('"Ana Ruiz"', "/plain/path.db")
