"""Values and their rules: contacts, moments, durations, references, money."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.contact import birthday, contact_id, email_address, handle_address, is_contact_id, label
from relcli.domain.duration import duration
from relcli.domain.interaction import CHANNELS, Direction, usual_direction
from relcli.domain.moment import Moment, day_number, day_of, instant, iso_moment, zone_of
from relcli.domain.money import CURRENCIES, MOST, Money, currency_code, minor_places, money
from relcli.domain.reference import looks_like_phone, record_number


@given(st.binary(min_size=5, max_size=5))
def test_a_contact_id_is_recognised_and_keeps_all_its_noise(noise: bytes) -> None:
    code = contact_id(noise)
    assert is_contact_id(code)
    digits = "0123456789abcdefghjkmnpqrstvwxyz"
    assert sum(digits.index(c) << 5 * n for n, c in enumerate(reversed(code[2:]))) == int.from_bytes(noise, "big")


@pytest.mark.parametrize("text", ["c_", "c_aaaaaaa", "c_aaaaaaaaa", "c_aaaaaaai", "c_AAAAAAAA", "i_aaaaaaaa", "Celia"])
def test_what_is_no_whole_contact_id(text: str) -> None:
    assert not is_contact_id(text)


@pytest.mark.parametrize(
    ("text", "key"), [("Ana@Example.ORG", "ana@example.org"), ("o'neil+x@example.org", "o'neil+x@example.org")]
)
def test_an_email_is_kept_as_written_and_compared_without_case(text: str, key: str) -> None:
    assert email_address(text).key == key


@pytest.mark.parametrize(
    "text",
    ["", "ana", "@example.org", "ana@", "a b@example.org", "ana@example.org;bo@example.org", "<ana@example.org>", "ana@.org"],
)
def test_what_cannot_be_an_email(text: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        email_address(text)


def test_a_handle_is_the_same_with_and_without_its_sign() -> None:
    assert handle_address("@Ana").key == handle_address("ana").key == "ana"
    for bad in ("", "@", "a;b"):
        with pytest.raises(ValueError, match="handle"):
            handle_address(bad)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1980-04-12", "1980-04-12"),
        ("--04-12", "--04-12"),
        ("--0412", "--04-12"),
        ("--02-29", "--02-29"),
        (" 2000-02-29 ", "2000-02-29"),
    ],
)
def test_birthdays_with_and_without_a_year(text: str, stored: str) -> None:
    assert birthday(text) == stored


@pytest.mark.parametrize("text", ["", "1980", "12.04.1980", "1980-13-01", "1999-02-29", "--02-30"])
def test_what_is_no_birthday(text: str) -> None:
    with pytest.raises(ValueError, match=r"birthday|calendar"):
        birthday(text)


def test_a_label_is_lower_case_and_cannot_hold_the_sign_that_joins_them() -> None:
    assert label("  Big   Spender ") == "big spender"
    for bad in ("", "  ", "a;b"):
        with pytest.raises(ValueError, match="role or tag"):
            label(bad)


@pytest.mark.parametrize(("text", "days"), [("10d", 10), ("4w", 28), ("6m", 180), ("1y", 365), (" 2W ", 14)])
def test_durations(text: str, days: int) -> None:
    assert duration(text) == days


@pytest.mark.parametrize("text", ["", "0d", "000w", "d", "10", "1.5y", "-3d", "3 d", "123456d", "1y6m"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="length of time"):
        duration(text)


def test_for_every_channel_it_is_known_whether_who_began_must_be_said() -> None:
    said = {channel for channel in CHANNELS if usual_direction(channel) is None}
    assert said == {"email", "phone", "letter", "sms", "chat", "social"}
    assert {c for c in CHANNELS if usual_direction(c) is Direction.IN} == {"shop", "web"}


@given(st.dates())
def test_a_day_survives_its_number(day: date) -> None:
    assert day_of(day_number(day)) == day
    assert day_number(date(1970, 1, 1)) == 0


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-14 * 4, 14 * 4))  # noqa: DTZ001  # made aware below
def test_an_instant_with_an_offset_comes_back_as_the_same_instant(at: datetime, quarters: int) -> None:
    from datetime import timezone

    told = at.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=15 * quarters)))
    found = instant(told, "Europe/Madrid")
    assert found.at == told
    assert datetime.fromisoformat(str(found)) == told
    assert iso_moment(str(found), "Europe/Madrid") == found


def test_a_late_evening_belongs_to_its_day_in_the_books_zone() -> None:
    found = iso_moment("2026-11-20T23:30:00+00:00", "Europe/Madrid")
    assert found is not None
    assert found.day == date(2026, 11, 21)
    naive = iso_moment("2026-11-20T23:30", "Europe/Madrid")
    assert naive == Moment(date(2026, 11, 20), datetime(2026, 11, 20, 22, 30, tzinfo=UTC), "Europe/Madrid")


def test_a_date_stays_a_date() -> None:
    assert str(iso_moment(" 2026-11-20 ", "Asia/Tokyo")) == "2026-11-20"


@pytest.mark.parametrize("text", ["yesterday", "2026", "20261120", "2026-W47-5", "17:30", ""])
def test_what_is_no_iso_moment_is_left_to_others(text: str) -> None:
    assert iso_moment(text, "UTC") is None


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "0000-01-01", "2026-11-20T25:00", "0001-01-01T00:00+14:00"])
def test_an_iso_moment_that_the_calendar_lacks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="calendar"):
        iso_moment(text, "UTC")


@pytest.mark.parametrize("name", ["Mars/Base", "../etc/passwd", "/etc/localtime", "Europe", "\0"])
def test_what_is_no_zone(name: str) -> None:
    with pytest.raises(ValueError):
        zone_of(name)


@given(st.integers(1, MOST), st.sampled_from(sorted(CURRENCIES)))
def test_every_amount_reads_back_as_it_is_shown(minor: int, currency: str) -> None:
    shown = Money(minor, currency).amount
    assert money(shown, "XXX", explicit=currency) == Money(minor, currency)


@given(st.integers(1, 10**11), st.sampled_from(["EUR", "JPY", "BHD"]))
def test_grouped_amounts_read_the_same_in_both_manners(minor: int, currency: str) -> None:
    shown = Money(minor, currency).amount
    whole, _, rest = shown.partition(".")
    english, european = (
        f"{int(whole):,}" + (f".{rest}" if rest else ""),
        f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else ""),
    )
    if "," in english and (rest or english.count(",") > 1):
        assert money(english, currency) == Money(minor, currency)
        assert money(european, currency) == Money(minor, currency)


@pytest.mark.parametrize(("code", "places"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("XXX", 2)])
def test_currencies_have_their_decimals(code: str, places: int) -> None:
    assert minor_places(code) == places


def test_an_unknown_currency_is_refused_and_a_known_one_taken_in_any_case() -> None:
    assert currency_code(" eur ") == "EUR"
    with pytest.raises(ValueError, match="not a currency"):
        currency_code("EURO")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-5", "minus sign"),
        ("(5)", "minus sign"),
        ("1.250", "1250 or 1.250"),
        ("12.345,67,8", "not an amount"),
        ("0.00", "more than zero"),
        ("EUR 5 USD", "not an amount"),
    ],
)
def test_a_refused_amount_says_why(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        money(text, "EUR")


@pytest.mark.parametrize(
    ("text", "number"), [("i_12", 12), ("i_0", 0), ("t_12", None), ("i_", None), ("i_1x", None), ("i_" + "9" * 30, None)]
)
def test_record_numbers(text: str, number: int | None) -> None:
    assert record_number(text, "i") == number


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("+34 600 000 001", True),
        ("(030) 123-456", True),
        ("1234", True),
        ("12", False),
        ("Ana 1234", False),
        ("2026-11-21", True),
    ],
)
def test_what_is_worth_asking_the_telephone_library(text: str, is_one: bool) -> None:
    assert looks_like_phone(text) == is_one
