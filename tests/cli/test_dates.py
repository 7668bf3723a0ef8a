"""Dates at the doors: what people type on awkward days, and the setting that decides what numbers leave open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

LOG = ("log", "Ana", "rang", "-c", "phone", "--in")


@pytest.fixture(autouse=True)
def ana(relcli: Any, no_book_location: str) -> None:
    relcli.ok("book", "init", "--timezone", "Europe/Madrid", "--currency", "EUR")
    relcli.ok("contact", "add", "Ana Ruiz")


@pytest.fixture
def settings(place: Path) -> Any:
    file = place / "home" / "config" / "relcli" / "config.toml"

    def write(text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    return write


@pytest.mark.parametrize(
    ("now", "text", "kept"),
    [
        ("2026-12-01T08:00+01:00", "17:30", "2026-11-30 17:30"),
        ("2027-01-01T08:00+01:00", "17:30", "2026-12-31 17:30"),
        ("2026-03-01T08:00+01:00", "noon", "2026-02-28 12:00"),
        ("2026-12-01T08:00+01:00", "3.11.", "2026-11-03"),
        ("2026-12-01T08:00+01:00", "on the 31st", "2026-10-31"),
    ],
)
def test_a_log_on_the_first_of_a_month_is_not_moved_by_a_month(now: str, text: str, kept: str, relcli: Any) -> None:
    assert f"phone from Ana Ruiz, {kept}" in relcli.ok(*LOG, "--at", text, "--now", now).err


@pytest.mark.parametrize(
    ("now", "text", "due"),
    [
        ("2026-11-30T10:00+01:00", "9am", "2026-12-01"),
        ("2026-12-31T10:00+01:00", "midnight", "2027-01-01"),
        ("2026-11-30T10:00+01:00", "the 5th", "2026-12-05"),
        ("2026-11-30T10:00+01:00", "13.12.", "2026-12-13"),
        ("2026-11-30T10:00+01:00", "next friday", "2026-12-04"),
    ],
)
def test_a_promise_on_the_last_of_a_month_is_due_next(now: str, text: str, due: str, relcli: Any) -> None:
    assert f"due {due}" in relcli.ok("promise", "add", "Ana", "the list", "--by", text, "--now", now).err


@pytest.mark.parametrize("text", ["26-11-30", "26-11-13", "30-11-26", "3.11.26", "3.11", "monday", "at 9", "today 23:00"])
def test_two_readings_are_refused_by_name_and_nothing_is_written(text: str, relcli: Any) -> None:
    refused = relcli(*LOG, "--at", text, "--now", "2026-11-30T10:00+01:00")

    assert refused.code == 2
    assert "can be" in refused.err or "still to come" in refused.err
    assert relcli.ok("interaction", "list", "-f", "ids").out == ""
    assert ('write "today"' in refused.err) == (text == "monday")


@pytest.mark.parametrize(("order", "kept"), [("DMY", "2026-11-03"), ("MDY", "2026-03-11")])
def test_the_order_is_obeyed_by_logs_promises_sales_and_lists(order: str, kept: str, relcli: Any, settings: Any) -> None:
    settings(f'[dates]\norder = "{order}"\n')
    now = ("--now", "2026-11-30T10:00+01:00")

    assert kept in relcli.ok(*LOG, "--at", "3/11", *now).err
    assert kept in relcli.ok("sold", "Ana", "20", "--at", "3/11/26", *now).err
    assert f"due {kept}" in relcli.ok("promise", "add", "Ana", "the list", "--by", "3/11/2026", *now).err
    assert relcli.ok("interaction", "list", "--since", "3/11/2026", "--until", "3/11/2026", "-f", "ids", *now).out == "i_1\n"


def test_a_year_of_two_digits_is_never_thirteen_years_back_or_still_to_come(relcli: Any, settings: Any) -> None:
    settings('[dates]\norder = "DMY"\n')
    for text, said in (("26-11-13", "2013-11-26, which is far from today"), ("26-11-30", "2030-11-26, which is still to come")):
        refused = relcli(*LOG, "--at", text, "--now", "2026-11-30T10:00+01:00")
        assert refused.code == 2
        assert said in refused.err


@pytest.mark.parametrize(
    ("text", "kept"),
    [("ieri 17:30", "2026-11-30 17:30"), ("3 novembre", "2026-11-03"), ("venerdì", "2026-11-27"), ("vor 3 Tagen", "2026-11-28")],
)
def test_words_of_other_languages_are_read_where_the_setting_names_them(text: str, kept: str, relcli: Any, settings: Any) -> None:
    now = ("--now", "2026-12-01T08:00+01:00")
    assert relcli(*LOG, "--at", text, *now).code == 2
    settings('[dates]\nlanguages = ["de", "it"]\n')
    assert kept in relcli.ok(*LOG, "--at", text, *now).err


@pytest.mark.parametrize("text", ["martedì", "35 novembre", "domani", "novembre", "3/11 novembre", "alle 17"])
def test_what_the_library_makes_of_words_is_held_against_them(text: str, relcli: Any, settings: Any) -> None:
    settings('[dates]\nlanguages = ["it"]\n')

    assert relcli(*LOG, "--at", text, "--now", "2026-12-01T08:00+01:00").code == 2


def test_a_language_that_nobody_knows_is_named(relcli: Any, settings: Any) -> None:
    settings('[dates]\nlanguages = ["xx"]\n')

    refused = relcli(*LOG, "--at", "ieri")
    assert refused.code == 2
    assert "dates.languages" in refused.err
