"""The present, and the zone of the machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
import tzlocal
from hypothesis import given
from hypothesis import strategies as st

from relcli import clock

ZONES = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@pytest.fixture
def madrid(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("TZ", "Europe/Madrid")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_the_present_is_an_instant_of_whole_seconds() -> None:
    before, found, after = datetime.now(UTC), clock.now(), datetime.now(UTC)
    assert before - timedelta(seconds=1) < found <= after
    assert (found.tzinfo, found.microsecond) == (UTC, 0)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=ZONES))  # noqa: DTZ001  # the bounds are made aware
def test_an_instant_that_stands_in_for_the_present_is_that_instant_to_the_second(at: datetime) -> None:
    found = clock.now(at.isoformat())
    assert found == at.replace(microsecond=0)
    assert found.tzinfo == UTC


@pytest.mark.usefixtures("madrid")
@pytest.mark.parametrize(
    ("given", "present"),
    [
        ("2026-11-21", "2026-11-21T11:00:00+00:00"),  # noon
        ("2026-06-01", "2026-06-01T10:00:00+00:00"),
        ("2026-11-21T17:30", "2026-11-21T16:30:00+00:00"),
        ("2026-11-21T00:00", "2026-11-20T23:00:00+00:00"),  # a time that was given stays, midnight too
        ("2026-11-21T17:30:15.9Z", "2026-11-21T17:30:15+00:00"),
    ],
)
def test_what_is_left_out_is_noon_and_the_machines_own_time(given: str, present: str) -> None:
    assert clock.now(given).isoformat() == present


@pytest.mark.parametrize("text", ["", "today", "2026-02-30", "21.11.2026", "17:30"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        clock.now(text)


def test_the_zone_of_the_machine_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: "Europe/Madrid")
    assert clock.machine_zone() == "Europe/Madrid"


@pytest.mark.parametrize("trouble", [LookupError, ValueError, OSError, None])
def test_a_machine_without_a_zone_is_on_utc(monkeypatch: pytest.MonkeyPatch, trouble: type[Exception] | None) -> None:
    def nothing() -> None:
        if trouble is not None:
            raise trouble("no zone here")

    monkeypatch.setattr(tzlocal, "get_localzone_name", nothing)
    assert clock.machine_zone() == "UTC"
