"""Time zones as tables write them."""

from __future__ import annotations

import pytest

from relcli.domain.zone import named_zone, table_zone, titled_zone, zone_behind


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("UTC", "UTC"), ("gmt", "UTC"), ("Z", "UTC"), ("Europe/Paris", "Europe/Paris"), ("America/New_York", "America/New_York"),
        ("+0200", "+02:00"), ("+2", "+02:00"), ("-07:00", "-07:00"), ("UTC+2", "+02:00"), ("GMT-3:30", "-03:30"),
        ("CET", "+01:00"), ("CEST", "+02:00"), ("PST", "-08:00"), ("PDT", "-07:00"), ("EST", "-05:00"), ("EDT", "-04:00"),
        ("\u22125", "-05:00"),
    ],
)  # fmt: skip
def test_a_zone_is_a_place_an_offset_or_a_name_that_means_one_offset(text: str, zone: str) -> None:
    assert named_zone(text) == zone


@pytest.mark.parametrize("text", ["BST", "IST", "CST", "Mars/Base", "+25", "+02:75", "tomorrow", "../etc/passwd", "ABC"])
def test_what_can_be_several_zones_or_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        named_zone(text)


@pytest.mark.parametrize("text", ["CET", "PST", "EDT", "BST"])
def test_for_a_whole_table_half_a_year_is_too_little(text: str) -> None:
    with pytest.raises(ValueError, match=r"write [AE]"):
        table_zone(text)
    assert table_zone("UTC") == "UTC"
    assert table_zone("Europe/Paris") == "Europe/Paris"


@pytest.mark.parametrize(
    ("text", "time", "zone"),
    [
        ("2026-03-01 23:30 UTC", "2026-03-01 23:30", "UTC"),
        ("2026-03-01 23:30:05 GMT", "2026-03-01 23:30:05", "UTC"),
        ("2026-03-01T23:30Z", "2026-03-01T23:30", "UTC"),
        ("2026-03-01 23:30 +0200", "2026-03-01 23:30", "+02:00"),
        ("2026-03-01 23:30+02:00", "2026-03-01 23:30", "+02:00"),
        ("2026-03-01 23:30:00 (CEST)", "2026-03-01 23:30:00", "+02:00"),
        ("03/01/2026 11:30 PM PST", "03/01/2026 11:30 PM", "-08:00"),
        ("2026-03-01 23:30 Europe/Paris", "2026-03-01 23:30", "Europe/Paris"),
        ("03/01/2026 11:30 PM", "03/01/2026 11:30 PM", ""),
        ("03/01/2026 11:30PM", "03/01/2026 11:30PM", ""),
        ("2026-03-01", "2026-03-01", ""),
        ("2026-03-01 23:30", "2026-03-01 23:30", ""),
    ],
)
def test_a_zone_behind_a_time_is_taken_off(text: str, time: str, zone: str) -> None:
    assert zone_behind(text) == (time, zone)


@pytest.mark.parametrize(
    ("title", "zone"),
    [
        ("Created date (UTC)", "UTC"), ("created_at_utc", "UTC"), ("Datum (GMT)", "UTC"), ("UTC Time", "UTC"), ("createdUtc", "UTC"),
        ("createdAtUTC", "UTC"), ("at-utc", "UTC"), ("utcTimestamp", "UTC"), ("Zeit [UTC]", "UTC"), ("Time (UTC+2)", "+02:00"),
        ("Time (GMT-05:00)", "-05:00"), ("Time UTC", "UTC"), ("Created (America/New_York)", "America/New_York"),
        ("Outcome", ""), ("Datum", ""), ("Date (day/month)", ""), ("Amount (EUR)", ""), ("cutcake", ""), ("Created at", ""),
    ],
)  # fmt: skip
def test_the_title_of_a_column_may_name_the_zone(title: str, zone: str) -> None:
    assert titled_zone(title) == zone


def test_a_title_that_names_half_a_year_says_what_to_write() -> None:
    with pytest.raises(ValueError, match="America/Los_Angeles"):
        titled_zone("Date (PST)")
