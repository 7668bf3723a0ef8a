"""What we rely on in the libraries, so that a new version that thinks otherwise is noticed here first."""

from __future__ import annotations

import io
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
import sqlalchemy
import typer
from sqlalchemy import Enum, MetaData, create_engine, select
from sqlmodel import Field, SQLModel
from typer.testing import CliRunner


class Colour(StrEnum):
    RED = "r"


class Thing(SQLModel, table=True):
    metadata = MetaData()
    id: int | None = Field(default=None, primary_key=True)
    at: datetime | None = None
    colour: Colour | None = Field(
        default=None,
        sa_type=Enum(
            Colour, native_enum=False, validate_strings=True, values_callable=lambda members: [m.value for m in members]
        ),
    )
    size: int | None = None


@pytest.fixture
def things() -> Any:
    engine = create_engine("sqlite://")
    Thing.metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


TABLE: Any = Thing.__table__  # type: ignore[attr-defined]  # SQLModel hides it


# --- SQLModel and SQLAlchemy ------------------------------------------------------------------------------------------


def test_sqlmodel_refuses_a_naive_datetime(things: Any) -> None:
    with pytest.raises(sqlalchemy.exc.StatementError):
        things.execute(sqlalchemy.insert(TABLE).values(at=datetime(2026, 1, 1)))  # noqa: DTZ001  # that is the point


def test_sqlmodel_gives_an_instant_back_in_utc(things: Any) -> None:
    there = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    things.execute(sqlalchemy.insert(TABLE).values(at=there))
    [found] = things.execute(select(TABLE.c.at)).scalars()
    assert found == there
    assert found.tzinfo is UTC


def test_enums_are_stored_by_value_where_values_callable_says_so(things: Any) -> None:
    things.execute(sqlalchemy.insert(TABLE).values(colour=Colour.RED))
    assert things.exec_driver_sql("SELECT colour FROM thing").scalar_one() == "r"
    assert things.execute(select(TABLE.c.colour)).scalar_one() is Colour.RED


def test_table_models_do_not_validate() -> None:
    assert Thing(size="not a number").size == "not a number"  # type: ignore[arg-type, comparison-overlap]  # that is the point


def test_sqlite_keeps_text_in_an_integer_column(things: Any) -> None:
    things.exec_driver_sql("INSERT INTO thing (size) VALUES ('abc')")
    assert things.exec_driver_sql("SELECT size FROM thing").scalar_one() == "abc"


def test_hidden_parameters_stay_hidden_in_messages() -> None:
    engine = create_engine("sqlite://", hide_parameters=True)
    with engine.connect() as connection, pytest.raises(sqlalchemy.exc.OperationalError) as told:
        connection.execute(sqlalchemy.text("SELECT * FROM nowhere WHERE x = :x"), {"x": "+34 600 000 001"})
    assert "600" not in str(told.value)
    engine.dispose()


# --- SQLite -----------------------------------------------------------------------------------------------------------


def test_begin_immediate_takes_the_write_lock_at_once(tmp_path: Path) -> None:
    first, second = (sqlite3.connect(tmp_path / "x.db", isolation_level=None, timeout=0) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as told:
        second.execute("BEGIN IMMEDIATE")
    assert told.value.sqlite_errorname == "SQLITE_BUSY"
    first.close()
    second.close()


def test_query_only_refuses_to_write_and_can_be_taken_back(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA query_only=1")
    with pytest.raises(sqlite3.OperationalError) as told:
        connection.execute("INSERT INTO t VALUES (1)")
    assert told.value.sqlite_errorname == "SQLITE_READONLY"
    connection.execute("PRAGMA query_only=0")
    connection.execute("INSERT INTO t VALUES (1)")
    connection.close()


def test_ddl_and_user_version_roll_back_together(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA user_version=7")
    connection.execute("ROLLBACK")
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()


def test_mark_and_version_stand_in_the_header_where_we_read_them(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db")
    connection.execute("PRAGMA application_id=1382378595")
    connection.execute("PRAGMA user_version=-2")
    connection.commit()
    connection.close()
    head = (tmp_path / "x.db").read_bytes()[:100]
    assert head[68:72] == b"Relc"
    assert int.from_bytes(head[60:64], "big", signed=True) == -2


# --- Typer ------------------------------------------------------------------------------------------------------------


def _program() -> typer.Typer:
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.callback()
    def root(ctx: typer.Context, loud: bool = False) -> None:
        ctx.obj = ctx.params

    @app.command()
    def leave(code: int) -> None:
        raise typer.Exit(code)

    @app.command()
    def bye(ctx: typer.Context, who: Annotated[list[str], typer.Option()] = []) -> str:  # noqa: B006  # Typer copies it
        who.append("!")
        return f"{ctx.find_root().params['loud']}{''.join(who)}"

    return app


def command() -> Any:
    return typer.main.get_command(_program())


@pytest.mark.parametrize("words", [["leave"], ["leave", "x"], ["--nonsense"], ["nonsense"], ["bye", "--who"]])
def test_usage_errors_are_typer_exceptions_that_can_say_what_is_wrong(words: list[str]) -> None:
    with pytest.raises(typer.TyperException) as told:
        command().main(words, "x", standalone_mode=False)
    assert told.value.format_message()


def test_without_standalone_mode_an_exit_becomes_the_answer() -> None:
    assert command().main(["leave", "7"], "x", standalone_mode=False) == 7
    assert command().main(["--help"], "x", standalone_mode=False) == 0


def test_the_parameters_of_the_root_are_seen_from_below() -> None:
    assert command().main(["--loud", "bye"], "x", standalone_mode=False) == "True!"


def test_a_list_given_as_default_is_copied_for_each_call() -> None:
    program = command()
    assert [program.main(["bye"], "x", standalone_mode=False) for _ in range(2)] == ["False!", "False!"]


def test_an_abort_leaves_as_an_abort() -> None:
    app = typer.Typer()

    @app.command()
    def only() -> None:
        raise typer.Abort

    with pytest.raises(typer.Abort):
        typer.main.get_command(app).main([], "x", standalone_mode=False)


def test_the_runner_gives_both_streams_apart() -> None:
    app = typer.Typer()

    @app.command()
    def only() -> None:
        typer.echo("data")
        typer.echo("talk", err=True)

    result = CliRunner().invoke(app, [])
    assert (result.stdout, result.stderr) == ("data\n", "talk\n")


# --- Rich -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["[bold]x", "[/nope]", ":smile:", "[link=https://example.org]y[/link]", "lone [", "12 34.5 True"]
)
def test_a_console_without_markup_prints_what_it_is_given(text: str) -> None:
    from rich.console import Console
    from rich.text import Text

    for printed in (text, Text(text)):
        stream = io.StringIO()
        Console(file=stream, width=80, markup=False, emoji=False, highlight=False, force_terminal=False, _environ={}).print(
            printed
        )
        assert stream.getvalue() == f"{text}\n"


def test_rich_does_not_make_escape_sequences_harmless_so_we_must() -> None:
    from rich.console import Console

    stream = io.StringIO()
    Console(file=stream, width=80, markup=False, _environ={}).print("\x1b[31mred")
    assert "\x1b[31m" in stream.getvalue()


# --- dateparser -------------------------------------------------------------------------------------------------------

NOON = datetime(2026, 11, 21, 12)  # noqa: DTZ001  # dateparser is told local times


@pytest.mark.parametrize(
    ("words", "prefer", "found"),
    [
        ("yesterday 17:30", "past", "2026-11-20T17:30"),
        ("2 weeks ago", "past", "2026-11-07T12:00"),
        ("friday", "past", "2026-11-20T12:00"),
        ("friday", "future", "2026-11-27T12:00"),
        ("today", "past", "2026-11-21T12:00"),
        ("in 3 days", "future", "2026-11-24T12:00"),
        ("3 March 2024", "past", "2024-03-03T00:00"),
    ],
)
def test_dateparser_reads_words_as_our_users_mean_them(words: str, prefer: str, found: str) -> None:
    answer = _read(words, PREFER_DATES_FROM=prefer)
    assert answer is not None
    assert answer.date().isoformat() == found[:10]
    if ":" in words:
        assert answer.isoformat(timespec="minutes") == found


@pytest.mark.parametrize(("order", "found"), [("DMY", "2026-04-03"), ("MDY", "2026-03-04")])
def test_dateparser_obeys_the_order_of_day_and_month(order: str, found: str) -> None:
    answer = _read("3/4/2026", DATE_ORDER=order)
    assert answer is not None
    assert answer.date().isoformat() == found


@pytest.mark.parametrize("words", ["nonsense", "banana tuesdayish", ""])
def test_dateparser_answers_nothing_to_nonsense(words: str) -> None:
    assert _read(words) is None


def _read(words: str, **more: Any) -> datetime | None:
    from dateparser.date import DateDataParser

    settings = {"RELATIVE_BASE": NOON, "RETURN_AS_TIMEZONE_AWARE": False, **more}
    found: datetime | None = DateDataParser(languages=["en"], settings=settings).get_date_data(words).date_obj
    return found
