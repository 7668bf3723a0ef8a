"""`relcli health-report`: everybody counted, those who need care first."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("book_location")


@pytest.fixture
def people(relcli: Any, book_location: str) -> None:
    """A loyal customer, one who fell silent, a supplier, a card from a fair, one set aside."""
    relcli.ok("contact", "add", "Loyal Lou", "--role", "customer", "--tag", "north")
    relcli.ok("contact", "add", "Silent Sam", "--role", "customer")
    relcli.ok("contact", "add", "Mill", "--role", "supplier", "--tag", "north")
    relcli.ok("contact", "add", "Card")
    relcli.ok("contact", "add", "Aside")
    relcli.ok("contact", "archive", "Aside")
    for month in range(1, 12):
        relcli.ok("sold", "Loyal Lou", "50", "--at", f"2026-{month:02}-15")
        relcli.ok("bought", "Mill", "50", "--at", f"2026-{month:02}-10")
    for back in range(12):
        day = date(2026, 9, 22) - timedelta(days=21 * back)
        relcli.ok("sold", "Silent Sam", "50", "--at", day.isoformat())


def table(relcli: Any, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(relcli.ok("health-report", *words, "--format", "csv").out)))


@pytest.mark.usefixtures("people")
def test_every_contact_has_a_row_and_care_comes_first(relcli: Any) -> None:
    rows = table(relcli)

    assert [(row["name"], row["status"]) for row in rows] == [
        ("Silent Sam", "cooling"), ("Mill", "strong"), ("Loyal Lou", "strong"), ("Card", "record"), ("Aside", "closed"),
    ]  # fmt: skip


@pytest.mark.usefixtures("people")
def test_roles_and_tags_and_status_choose(relcli: Any) -> None:
    assert {row["name"] for row in table(relcli, "--role", "Customer")} == {"Loyal Lou", "Silent Sam"}
    assert {row["name"] for row in table(relcli, "--tag", "north")} == {"Loyal Lou", "Mill"}
    assert {row["name"] for row in table(relcli, "--tag", "north", "--role", "supplier")} == {"Mill"}
    assert {row["name"] for row in table(relcli, "--status", "record", "--status", "closed")} == {"Card", "Aside"}


@pytest.mark.usefixtures("people")
def test_a_column_sorts_up_a_minus_sorts_down_and_unknown_comes_last(relcli: Any) -> None:
    up = [row["health"] for row in table(relcli, "--sort", "health")]
    down = [row["health"] for row in table(relcli, "--sort", "-health")]

    known = [value for value in up if value]
    assert known == sorted(known, key=float)
    assert [value for value in down if value] == known[::-1]
    assert up[-2:] == down[-2:] == ["", ""]


@pytest.mark.usefixtures("people")
def test_top_limits_rows_in_every_format(relcli: Any) -> None:
    assert len(table(relcli, "--top", "2")) == 2
    assert len(json.loads(relcli.ok("health-report", "--top", "2", "-f", "json").out)["scorecards"]) == 2
    assert relcli.ok("health-report", "--sort", "name", "--top", "2").out.count("Aside") == 1


@pytest.mark.usefixtures("people")
def test_the_page_has_a_summary_and_only_those_who_need_care(relcli: Any) -> None:
    page, _, _ = relcli.ok("health-report").out.partition("The year in one piece")

    assert "5 contacts" in page
    assert "1 needs care" in page
    assert "Silent Sam" in page
    assert "Loyal Lou" not in page
    assert "4 more need nothing now" in page


@pytest.mark.usefixtures("people")
def test_ids_and_jsonl_and_tsv_name_the_same_contacts(relcli: Any) -> None:
    ids = relcli.ok("health-report", "-f", "ids").out.split()
    lines = [json.loads(line)["id"] for line in relcli.ok("health-report", "-f", "jsonl").out.splitlines()]
    tsv = [line.split("\t")[0] for line in relcli.ok("health-report", "-f", "tsv").out.splitlines()[1:]]

    assert ids == lines == tsv == [row["id"] for row in table(relcli)]


@pytest.mark.usefixtures("people")
def test_a_horizon_given_is_the_same_for_all(relcli: Any) -> None:
    near = {row["name"]: row for row in table(relcli, "--horizon", "7")}
    far = {row["name"]: row for row in table(relcli, "--horizon", "365")}

    assert float(near["Loyal Lou"]["rhythm"]) < float(far["Loyal Lou"]["rhythm"])
    assert near["Loyal Lou"]["silent_risk"] == far["Loyal Lou"]["silent_risk"]


def test_chances_in_rows_are_never_nought_nor_certain(relcli: Any) -> None:
    relcli.ok("contact", "add", "Daily")
    for day in range(1, 29):
        relcli.ok("log", "Daily", "-c", "meeting", "--at", f"2026-10-{day:02}")
    relcli.ok("log", "Long Gone", "-c", "meeting", "--at", "1960-01-01", "--add")
    for row in table(relcli, "--horizon", "3650"):
        assert 0 < float(row["rhythm"]) < 100
        assert 0 < float(row["silent_risk"]) < 100


def test_an_empty_book_gives_an_empty_report_and_no_error(relcli: Any) -> None:
    ran = relcli("health-report")

    assert (ran.code, ran.err) == (0, "")
    assert "0 contacts" in ran.out
    assert table(relcli) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sort", "beauty"], "choose one of: name"),
        (["--top", "0"], "1 or more"),
        (["--status", "lovely"], "choose one of: owed"),
        (["--horizon", "-3"], "1 to 3650"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: list[str], said: str, relcli: Any) -> None:
    ran = relcli("health-report", *words)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_the_same_book_gives_the_same_report_whenever_it_is_read(relcli: Any) -> None:
    relcli.ok("log", "Ana", "-c", "meeting", "--at", "2026-05-01", "--add")
    relcli.ok("log", "Ana", "-c", "meeting", "--at", "2026-06-01")
    first = relcli.ok("health-report", "-f", "json", "--as-of", "2026-07-01", "--now", "2026-07-01").out
    later = relcli.ok("health-report", "-f", "json", "--as-of", "2026-07-01", "--now", "2031-01-01").out

    assert first == later


@pytest.mark.usefixtures("people")
def test_relcli_alone_says_in_five_lines_how_the_book_stands(relcli: Any) -> None:
    ran = relcli()

    assert ran.code == 0
    assert "Silent Sam" in ran.out
    assert len(ran.out.splitlines()) <= 5


@pytest.mark.usefixtures("people")
def test_a_health_that_is_held_down_says_so_and_only_then_is_it_explained(relcli: Any) -> None:
    assert "held down" not in relcli.ok("health-report --sort name --now 2026-11-21").out
    relcli.ok("promise add 'Loyal Lou' 'the prints' --by 2026-11-01 --now 2026-10-01")

    shown = relcli.ok("health-report --now 2026-11-21").out
    [row] = [line for line in shown.splitlines() if line.startswith("Loyal Lou")]
    [kept] = [line["health"] for line in table(relcli, "--now", "2026-11-21") if line["name"] == "Loyal Lou"]
    assert f" ≤{float(kept):.0f} " in row
    assert "≤  held down by" in shown
