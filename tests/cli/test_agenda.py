"""`relcli agenda`, `relcli today`, and `relcli` alone: what they write, and to whom."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from relcli.health.status import Status

COLUMNS = ["rank", "id", "name", "kind", "reason", "due", "channel", "score"]
BOOK = (
    "contact add Ana --email ana@example.org --role customer --tag vip",
    "promise add Ana 'the prints' --by 2026-11-01 --at 2026-10-01",
    "contact add Bo --phone +34600123456 --birthday --11-22 --role supplier",
    "contact add Cleo --email cleo@example.org",
    "preference set Cleo --do-not-contact --stated 'leave me be'",
    "promise add Cleo 'her negatives' --by 2026-11-20 --at 2026-11-01",
    "contact add Dora --email dora@example.org --birthday --11-21",
    "preference set Dora --closeness none --stated 'no more, thank you'",
    "contact add Eli --email eli@example.org",
    "log Eli hello --channel email --out --at 2026-11-18",
)


@pytest.fixture
def book(relcli: Any) -> None:
    for command in BOOK:
        relcli.ok(command)


@pytest.fixture
def config(place: Path) -> Path:
    file = place / "home" / "config" / "relcli" / "config.toml"
    file.parent.mkdir(parents=True)
    return file


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


@pytest.mark.usefixtures("book")
def test_csv_has_the_public_columns_and_the_agenda_alone(relcli: Any) -> None:
    text = relcli.ok("agenda -f csv").out

    assert text.splitlines()[0].split(",") == COLUMNS
    assert [(r["rank"], r["name"], r["kind"], r["due"], r["channel"], r["score"]) for r in rows(text)] == [
        ("1", "Ana", "owed", "2026-11-01", "email", "14.00"),
        ("2", "Cleo", "settle", "2026-11-20", "", "12.00"),
        ("3", "Bo", "birthday", "2026-11-22", "phone", "3.00"),
    ]


@pytest.mark.usefixtures("book")
def test_the_other_formats_for_pipes_hold_the_same(relcli: Any) -> None:
    wanted = rows(relcli.ok("agenda -f csv").out)
    ids = [row["id"] for row in wanted]

    assert rows(relcli.ok("agenda -f tsv").out, "\t") == wanted
    assert relcli.ok("agenda -f ids").out.split() == ids
    lines = [json.loads(line) for line in relcli.ok("agenda -f jsonl").out.splitlines()]
    assert [(line["id"], list(line)) for line in lines] == [(code, COLUMNS) for code in ids]


@pytest.mark.usefixtures("book")
def test_json_has_the_columns_the_other_reasons_and_whom_to_leave_alone(relcli: Any) -> None:
    found = json.loads(relcli.ok("agenda -f json").out)

    assert [key for key in found if key != "version"] == ["day", "agenda", "leave_alone", "waiting"]
    assert (found["day"], found["waiting"]) == ("2026-11-21", 1)
    assert list(found["agenda"][0]) == [*COLUMNS, "also", "source"]
    assert found["agenda"][1]["channel"] is None
    assert found["agenda"][1]["source"] == ["p_2"]
    assert [(one["name"], one["reason"], one["until"]) for one in found["leave_alone"]] == [
        ("Dora", 'nothing we begin: "no more, thank you"', None)
    ]


@pytest.mark.usefixtures("book")
def test_the_page_lists_whom_to_leave_alone_apart_and_counts_who_waits(relcli: Any) -> None:
    for form in ("text", "md", "html"):
        listed, apart, rest = relcli.ok(f"agenda -f {form}").out.partition("leave alone")
        assert apart
        assert all(name in listed for name in ("Ana", "Bo", "Cleo", "quietly"))
        assert "Dora" in rest
        assert "Dora" not in listed
        assert "1 waiting for an answer" in rest


@pytest.mark.usefixtures("book")
def test_leave_alone_shows_these_only_and_is_no_list_to_contact(relcli: Any) -> None:
    text = relcli.ok("agenda --leave-alone").out

    assert "Dora" in text
    assert "Ana" not in text
    for form in ("csv", "tsv", "ids", "jsonl"):
        assert relcli(f"agenda --leave-alone -f {form}").code == 2  # rows hold the agenda alone
    found = json.loads(relcli.ok("agenda --leave-alone -f json").out)
    assert (found["agenda"], [one["name"] for one in found["leave_alone"]]) == ([], ["Dora"])


def test_nobody_to_leave_alone_is_said(relcli: Any, two: None) -> None:
    assert "nobody asked to be left alone" in relcli.ok("agenda --leave-alone").out
    assert "nothing is owed" in relcli.ok("agenda").out


@pytest.mark.usefixtures("book")
def test_today_is_another_word_for_it(relcli: Any) -> None:
    assert relcli.ok("today --days 7 --role supplier").out == relcli.ok("agenda --days 7 --role supplier").out
    assert "Bo" in relcli.ok("today --role supplier").out


@pytest.mark.usefixtures("book")
def test_days_looks_further_ahead(relcli: Any) -> None:
    assert [row["name"] for row in rows(relcli.ok("agenda --days 0 -f csv").out)] == ["Ana", "Cleo"]
    assert relcli("agenda --days -1").code == 2
    assert relcli("agenda --days 367").code == 2


@pytest.mark.usefixtures("book")
def test_top_shows_fewer_and_says_how_many_more(relcli: Any) -> None:
    assert "… and 2 more: --top 3 shows them" in relcli.ok("agenda --top 1").out
    assert [row["name"] for row in rows(relcli.ok("agenda --top 2 -f csv").out)] == ["Ana", "Cleo"]


@pytest.mark.usefixtures("book")
def test_the_scores_are_the_owners_to_set(relcli: Any, config: Path) -> None:
    config.write_text("[agenda]\nowed = 1\nbirthday = 50\n")

    assert [(row["name"], row["score"]) for row in rows(relcli.ok("agenda -f csv").out)] == [
        ("Bo", "50.00"), ("Ana", "3.00"), ("Cleo", "1.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["owed = -1", "owed = nan", "kindness = 3"])
def test_scores_that_are_none_are_refused(relcli: Any, two: None, config: Path, line: str) -> None:
    config.write_text(f"[agenda]\n{line}\n")
    ran = relcli("agenda")

    assert ran.code == 78
    assert "agenda." in ran.err


@pytest.mark.usefixtures("book")
def test_the_agenda_writes_nothing(relcli: Any) -> None:
    before = relcli.ok("book history -f json").out
    relcli.ok("agenda")
    relcli.ok("brief Ana")

    assert relcli.ok("book history -f json").out == before


def test_without_a_book_it_says_how_to_begin(relcli: Any) -> None:
    assert relcli("agenda").code == 66


def test_alone_it_shows_the_first_of_the_agenda_in_five_lines(relcli: Any, book: None) -> None:
    for number in range(5):
        relcli.ok(f"contact add 'Person {number}' --birthday --11-23")
    out = relcli.ok("").out.splitlines()

    assert len(out) == 5
    assert [line.split()[1] for line in out[:4]] == ["Ana", "Cleo", "Bo", "Person"]
    assert out[4] == "… and 4 more: relcli agenda"
    assert "Dora" not in "".join(out)


def test_alone_it_says_when_there_is_nothing_to_do(relcli: Any, two: None) -> None:
    assert relcli.ok("").out == "nothing is owed, and nobody waits for you\n"


def test_alone_as_json_it_is_the_head_of_the_agenda(relcli: Any, book: None) -> None:
    assert len(json.loads(relcli.ok("-f json").out)["agenda"]) == 3


# One day of each season, the last of a year, and the day most years do not have.
def test_an_agenda_without_a_line_says_what_is_owed_next(relcli: Any, two: None) -> None:
    assert "nothing is owed, and nobody waits for you" in relcli.ok("agenda").out
    relcli.ok("promise add Bo 'the list' --by 2026-12-24")
    relcli.ok("promise add Ana 'the prints' --by 2026-12-01")
    for command in ("agenda", ""):
        assert "nothing is due, and nobody waits for you; next: the prints, for Ana by 1 Dec 2026 (p_2)" in relcli.ok(command).out
    relcli.ok("promise keep p_2")
    assert "next: the list, for Bo by 24 Dec 2026 (p_1)" in relcli.ok("agenda").out


@pytest.mark.parametrize("day", ["2026-01-15", "2026-04-02", "2026-07-27", "2026-10-31", "2026-12-31", "2028-02-29"])
def test_the_demo_shows_every_status_on_any_day(relcli: Any, tmp_path: Path, day: str) -> None:
    at = {"RELCLI_NOW": f"{day}T10:00:00+00:00", "RELCLI_BOOK": str(tmp_path / "demo.db")}
    text = relcli.ok("--book", at["RELCLI_BOOK"], "demo", "-f", "csv", env=at).out

    assert {row["status"] for row in rows(text)} == {status.value for status in Status}
    assert len({row["kind"] for row in rows(relcli.ok("agenda -f csv", env=at).out)}) >= 6
