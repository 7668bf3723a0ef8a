"""What is too long, too deep, too wide or too much: named, refused with the code of its kind, never a bug."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from relcli import config
from relcli.text import shortened
from relcli.toml import loaded

LONG = "x" * 60_000


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "a=" + "[" * 5000,
        "a=" + "{a=" * 2000,
        "a." * 5000 + "a=1",
        '"a".' * 5000 + "a=1",
        "a=" + "9" * 5000,
        "a='" + "b" * (1 << 20),
    ],
)
def test_toml_without_end_is_no_toml_and_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loaded(text)


def test_what_people_write_in_toml_is_within_the_bounds() -> None:
    assert loaded(b'# 1.2.3.4.5.6.7.8.9\na.b."c.d".e = [[1], {f = "...... a.b.c.d.e.f.g.h"}]\n')["a"]["b"]["c.d"]["e"][0] == [1]


@pytest.mark.parametrize("text", ["a=" + "[" * 5000, "a=" + "9" * 5000, "a." * 50_000 + "a=1"])
def test_settings_a_map_and_a_survey_nested_without_end_are_refused_by_name(
    relcli: Any, book_location: str, tmp_path: Path, text: str
) -> None:
    del book_location
    relcli.ok("contact add 'Ana Ruiz'")
    (tmp_path / "m.toml").write_text(text)
    (tmp_path / "t.csv").write_text("at,contact,amount\n2026-01-01,Ana Ruiz,1\n")
    mapped = relcli("import", "transactions", str(tmp_path / "t.csv"), "--map", str(tmp_path / "m.toml"))
    assert (mapped.code, "m.toml" in mapped.err) == (78, True)
    config.surveys_path().mkdir(parents=True, exist_ok=True)
    (config.surveys_path() / "own.toml").write_text(text)
    survey = relcli("survey", "show", "own")
    assert (survey.code, "own.toml" in survey.err) == (65, True)
    config.settings_path().write_text(text)
    settings = relcli("contact", "list")
    assert (settings.code, str(config.settings_path()) in settings.err) == (78, True)


@pytest.mark.parametrize("form", ["%d.%m.%Y %d", "%Y-%m-%d" + " " * 200, "%", "%q%Y"])
def test_a_format_of_dates_that_cannot_be_is_refused(relcli: Any, book_location: str, tmp_path: Path, form: str) -> None:
    del book_location
    relcli.ok("contact add 'Ana Ruiz'")
    (tmp_path / "m.toml").write_text(f'[dates]\nformat = "{form}"\n')
    (tmp_path / "t.csv").write_text("at,contact,amount\n2026-01-01,Ana Ruiz,1\n")
    assert relcli("import", "transactions", str(tmp_path / "t.csv"), "--map", str(tmp_path / "m.toml")).code == 78


@pytest.mark.parametrize("header", ["," * 1000, "a;" * 1000, '"a",' * 1000, "a\t" * 1000, "sep=:\n" + "a:" * 1000])
def test_a_table_of_more_than_a_thousand_columns_is_refused(relcli: Any, book_location: str, tmp_path: Path, header: str) -> None:
    del book_location
    (tmp_path / "wide.csv").write_text(f"{header}\nx\n")
    outcome = relcli("import", "contacts", str(tmp_path / "wide.csv"))
    assert outcome.code == 65
    assert "more than 1000 columns" in outcome.err
    assert len(outcome.err) < 400


def test_a_text_too_long_to_look_for_is_refused(relcli: Any, book_location: str) -> None:
    del book_location
    relcli.ok("contact add 'Ana Ruiz'")
    assert relcli("search", "x" * 500).code == relcli("search", "x " * 249).code == 0
    assert relcli("brief", "x" * 500).code == relcli("brief", "x " * 249).code == 3
    outcome = relcli("search", LONG)
    assert (outcome.code, len(outcome.err) < 300) == (2, True)


def test_a_template_that_asks_what_a_filter_cannot_do_is_refused(relcli: Any, book_location: str) -> None:
    del book_location
    relcli.ok("contact add 'Ana Ruiz' --email ana@example.org")
    config.templates_path().mkdir(parents=True, exist_ok=True)
    (config.templates_path() / "own.txt").write_text("---\npurpose: thanks\nsubject: x\n---\n{{ name|truncate(2) }}\n")
    outcome = relcli("draft", "ana", "--template", "own")
    assert outcome.code == 65
    assert "own.txt" in outcome.err


@pytest.mark.parametrize(
    "words",
    [
        ("log", "ana", "x", "-c", "email", "--in", "--at", LONG),
        ("brief", LONG),
        ("contact", "add", "Bo", "--email", LONG),
        ("timeline", "x " * 30_000),
        (LONG,),
    ],
)
@pytest.mark.parametrize("form", [(), ("-f", "json")])
def test_an_error_repeats_the_beginning_of_what_was_typed(
    relcli: Any, book_location: str, words: tuple[str, ...], form: tuple[str, ...]
) -> None:
    del book_location
    relcli.ok("contact add 'Ana Ruiz'")
    outcome = relcli(*words, *form)
    assert outcome.code in (2, 3)
    assert "x" in outcome.err
    assert len(outcome.err) < 800


def test_a_short_message_and_a_path_stay_whole() -> None:
    path = "/" + "a/" * 1000
    assert shortened(f'no file {path} for "Ana Ruiz"') == f'no file {path} for "Ana Ruiz"'
    assert shortened(f'"{LONG}" and “{LONG}”') == f'"{"x" * 60}…" and “{"x" * 60}…”'
    assert len(shortened("x y " * 60_000)) < 9000


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_book_whose_companions_could_not_be_named_is_not_made(relcli: Any, no_book_location: str) -> None:
    folder = Path(no_book_location).parent
    outcome = relcli("--book", str(folder / ("b" * 253)), "contact", "add", "Ana Ruiz")
    assert (outcome.code, "200 bytes" in outcome.err) == (73, True)
    assert not list(folder.glob("b*"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_dry_run_makes_no_folders_for_a_book_it_does_not_make(relcli: Any, no_book_location: str) -> None:
    folder = Path(no_book_location).parent
    relcli.ok("--book", str(folder / "a" / "b" / "book.db"), "contact", "add", "Ana Ruiz", "--dry-run")
    assert not (folder / "a").exists()


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_name_is_refused_at_creation_and_at_opening(
    relcli: Any, no_book_location: str, encoding: str
) -> None:
    import psycopg

    name = f"narrow_{encoding.lower()}"
    with psycopg.connect(no_book_location, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")  # type: ignore[call-overload]  # no text of a stranger
    before, _, after = no_book_location.partition("?")
    location = f"{before.rpartition('/')[0]}/{name}?{after}"
    try:
        for words in (("book", "init"), ("contact", "add", "Ana Ruiz"), ("contact", "list")):
            outcome = relcli("--book", location, *words)
            assert (outcome.code, f"keeps its text in {encoding}" in outcome.err) == (76, True), outcome.err
    finally:
        with psycopg.connect(no_book_location, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]  # as above


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_the_right_to_read_it_is_said_that_it_may_not_be_read(relcli: Any, book_location: str) -> None:
    import psycopg

    with psycopg.connect(book_location, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS blind")
        connection.execute("CREATE ROLE blind LOGIN")
    before, _, after = book_location.partition("?")
    outcome = relcli(
        "--book", before.replace("postgres:@", "blind@").replace("postgres@", "blind@") + "?" + after, "contact", "list"
    )
    assert (outcome.code, "may not be read" in outcome.err) == (77, True), outcome.err
