"""Completion: what a shell is answered. The scripts themselves run in real shells, in tests/shells."""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.cli.command_line import Typed, typed, written

HOSTILE = (
    "Zoe Smith",
    "Ev$(touch PWNED)il",
    "Evil\\$(touch PWNED)",
    "O'Neil; touch PWNED & wait",
    'Kim "the `touch PWNED`" !x',
    "Wild*?[a-z] {b,c} ~ #h <x> |y",
)


@pytest.fixture
def answer(relcli: Any) -> Any:
    """The words that a shell is answered for a line, without what explains them."""

    def ask(line: str, shell: str = "fish", **env: str) -> list[str]:
        first, *words = relcli("", env={"_RELCLI_COMPLETE": shell, "_RELCLI_LINE": line, **env}).out.split("\n")[:-1]
        return ["files"] if first == "files" else [word.partition("\t")[0] for word in words]

    return ask


def code(relcli: Any, who: str) -> str:
    return relcli.ok("contact", "show", who, "--format", "ids").out.strip()


@pytest.mark.parametrize("begin", ["Zo", "zo", '"ZOE S', "zoe\\ s", '"zoe s', "smi", "Zo\u00eb"])
def test_a_name_is_found_by_any_of_its_words_case_and_accents_aside(relcli: Any, answer: Any, begin: str) -> None:
    relcli.ok("contact", "add", "Zoe Smith")
    assert answer(f"relcli log {begin}") == ["Zoe Smith"]


@pytest.mark.parametrize(
    "command", ["log", "log-interaction", "sold", "bought", "brief", "promise keep", "--now 2026-11-21 brief"]
)
def test_who_is_completed_for_every_command_short_names_too(relcli: Any, answer: Any, command: str) -> None:
    relcli.ok("contact", "add", "Zoe Smith")
    assert answer(f"relcli {command} zo") == ["Zoe Smith"]


def test_an_apostrophe_a_hyphen_and_a_second_surname_are_found(relcli: Any, answer: Any) -> None:
    for name in ("Shane O'Neil", "Eva Lyon-Caen"):
        relcli.ok("contact", "add", name)
    assert answer("relcli log one") == answer("relcli log neil") == ["Shane O'Neil"]
    assert answer("relcli log caen") == ["Eva Lyon-Caen"]


@pytest.mark.parametrize("name", ["An\x1b[31mna", "Ann\u200be", "-rf", "p_12 x", "4711", "ann@example.org x"])
def test_who_cannot_be_typed_by_name_is_offered_by_id(relcli: Any, answer: Any, name: str) -> None:
    relcli.ok("contact", "add", "Annie")
    who = code(relcli, "Annie")
    with contextlib.closing(sqlite3.connect(os.environ["RELCLI_BOOK"])) as book, book:
        book.execute("UPDATE contact SET name = ?, folded = 'annie'", (name,))
    assert answer("relcli log ann") == [who]


def test_namesakes_are_offered_by_id_archived_contacts_not_at_all_merged_ids_still(relcli: Any, answer: Any) -> None:
    for name in ("Twin One", "Twin One", "Twin Gone", "Old", "New"):
        relcli.ok("contact", "add", name)
    relcli.ok("contact", "archive", "Twin Gone")
    found = answer("relcli log twin")
    assert len(found) == 2
    assert all(word.startswith("c_") for word in found)
    old = code(relcli, "Old")
    relcli.ok("contact", "merge", "New", "Old", "--yes")
    assert answer(f"relcli log {old[:6]}") == [old]


def test_addresses_tags_roles_templates_and_ids_are_completed(relcli: Any, answer: Any) -> None:
    relcli.ok("contact", "add", "Zoe", "--email", "zed@example.org", "--tag", "gold card", "--role", "scout")
    relcli.ok("promise", "add", "Zoe", "send `it`", "--by", "tomorrow")
    relcli.ok("log", "Zoe", "hello", "-c", "email", "--in")
    assert answer("relcli log zed@") == ["zed@example.org"]
    assert answer("relcli contact list --tag go") == ["gold card"]
    assert answer("relcli contact list --role ") == ["customer", "supplier", "partner", "prospect", "scout"]
    assert answer("relcli draft zoe --template than") == ["thank-you"]
    assert answer("relcli promise keep p_") == answer("relcli promise remove ") == ["p_1"]
    assert answer("relcli interaction edit i_") == ["i_1"]


def test_options_their_values_and_commands_are_completed_everywhere(relcli: Any, answer: Any) -> None:
    assert "--format" in answer("relcli log --fo")
    assert answer("relcli log ana --channel em") == ["email"]
    assert answer("relcli log ana --channel=em") == ["--channel=email"]
    assert {"json", "jsonl"} <= set(answer("relcli contact list --format js"))
    assert answer("relcli tod") == ["today"]
    assert "today" not in answer("relcli ")
    assert answer("relcli import contacts ") == answer("relcli contact list --output ") == ["files"]


def test_formats_are_those_of_the_command(answer: Any) -> None:
    assert answer("relcli brief ana --format ") == ["text", "json", "md", "html"]
    assert "eml" in answer("relcli draft ana --format ")
    assert not {"eml", "mbox", "html"} & set(answer("relcli contact list --format "))


def test_what_cannot_be_answered_is_silence(relcli: Any, answer: Any, place: Path) -> None:
    (place / "text.db").write_text("no book")
    for book in ("text.db", "nowhere.db"):
        assert answer(f"relcli --book {place}/{book} log an") == []
    assert not (place / "nowhere.db").exists()
    assert answer("relcli nonsense an") == ["files"] or answer("relcli nonsense an") == []
    assert relcli("", env={"_RELCLI_COMPLETE": "complete_powershell"}).code == 0


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_bash_gets_one_word_quoted_for_where_it_goes(relcli: Any, answer: Any, name: str, quote: str) -> None:
    relcli.ok("contact", "add", "--", name)
    begin = name[:2].strip('"')
    [word] = answer(f"relcli brief {quote}{begin}", "bash", _RELCLI_WORD=begin, _RELCLI_KEY="9")
    line = f"relcli brief {quote}{word}{quote}"
    assert typed(line) == Typed(("relcli", "brief"), name, line.removeprefix("relcli brief "), "")
    if quote != '"':  # there shlex reads less than a shell
        assert shlex.split(line) == ["relcli", "brief", name]


def test_bash_inserts_only_what_stands_after_the_last_break(relcli: Any, answer: Any) -> None:
    relcli.ok("contact", "add", "Zoe", "--email", "zed@example.org")
    assert answer("relcli log zed@ex", "bash", _RELCLI_WORD="ex", _RELCLI_KEY="9") == ["example.org"]
    assert answer("relcli log --channel=em", "bash", _RELCLI_WORD="em", _RELCLI_KEY="9") == ["email"]


def test_bash_leaves_what_was_typed_where_the_names_have_less_in_common(relcli: Any, answer: Any) -> None:
    for name in ("Ana Smith", "Anton Smith"):
        relcli.ok("contact", "add", name)
    both = ["Ana\\ Smith", "Anton\\ Smith"]
    assert answer("relcli log smi", "bash", _RELCLI_WORD="smi", _RELCLI_KEY="9") == ["", *both]  # else it would become "An"
    assert answer("relcli log smi", "bash", _RELCLI_WORD="smi", _RELCLI_KEY="37") == both
    assert answer("relcli log an", "bash", _RELCLI_WORD="an", _RELCLI_KEY="9") == both


def test_what_explains_a_word_is_one_harmless_line(relcli: Any) -> None:
    relcli.ok("contact", "add", "Ana")
    relcli.ok("promise", "add", "Ana", "two\nlines \x1b[31mred's $(touch PWNED)", "--by", "tomorrow")
    env = {"_RELCLI_COMPLETE": "zsh"}
    assert relcli("promise", "keep", "p_", env=env).out == "words\np_1\tAna: two lines \\x1b[31mred's $(touch PWNED)\n"
    assert "apostrophe" not in relcli("", env=env).out


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1), st.sampled_from(["", '"', "'"]))
def test_a_word_written_for_bash_is_read_back(word: str, quote: str) -> None:
    inside = written(word, quote)
    line = f"relcli {inside if quote and inside.startswith(quote) else quote + inside}{quote}"
    assert typed(line) == Typed(("relcli",), word, line.removeprefix("relcli "), "")
    if quote != '"':
        assert shlex.split(line)[1:] == [word]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_shown_and_installed_once(relcli: Any, shell: str, place: Path) -> None:
    shown = relcli.ok("--show-completion", shell).out
    assert "eval" not in [word for line in shown.split("\n") if line.lstrip()[:1] != "#" for word in line.split()]
    for _ in range(2):
        relcli.ok("--install-completion", shell)
    home = place / "home"
    files = [file for file in home.rglob("*relcli*") if file.is_file() and file.read_text() == shown]
    assert len(files) == 1
    for rc in (home / ".bashrc", home / ".zshrc"):
        assert not rc.exists() or len(rc.read_text().splitlines()) == 1
    refused = relcli("--show-completion", "tcsh")
    assert (refused.code, refused.out) == (2, "")
    assert "bash, zsh, fish" in refused.err
