"""Amounts as they are typed and shown."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain import amounts

from relcli.domain.currency import CURRENCIES, ENDED, SIGNS, currency_code, minor_places, refuse_ended, successor
from relcli.domain.money import MOST, Money, decimal_marks, money


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


TWO_READINGS = "can be read as"


@pytest.mark.parametrize(
    ("text", "book", "shown"),
    [
        ("12,5", "EUR", "12.50 EUR"),
        ("1.234.567", "EUR", "1234567.00 EUR"),
        ("10.999,99", "EUR", "10999.99 EUR"),
        ("1,234.5", "EUR", "1234.50 EUR"),
        ("1'250.00", "EUR", "1250.00 EUR"),
        ("1\u2019250.00", "EUR", "1250.00 EUR"),
        ("1\u202f250,00", "EUR", "1250.00 EUR"),
        ("1 240", "EUR", "1240.00 EUR"),
        ("240,-", "EUR", "240.00 EUR"),
        ("240.\u2013", "EUR", "240.00 EUR"),
        ("1.240,-", "EUR", "1240.00 EUR"),
        ("240:-", "SEK", "240.00 SEK"),
        ("Fr. 1'240.-", "EUR", "1240.00 CHF"),
        ("12,34,567.50", "INR", "1234567.50 INR"),
        ("1,234,567.50", "INR", "1234567.50 INR"),
        ("\u20b9 1,23,456", "EUR", "123456.00 INR"),
        ("1,240", "JPY", "1240 JPY"),
        ("1.240", "KRW", "1240 KRW"),
        ("\uffe5\uff11\uff0c\uff12\uff14\uff10", "JPY", "1240 JPY"),
        ("1,240\u5186", "EUR", "1240 JPY"),
        ("1240\uc6d0", "EUR", "1240 KRW"),
        ("1.234", "KWD", "1.234 KWD"),
        ("1234,567", "KWD", "1234.567 KWD"),
        ("\u20ac240", "USD", "240.00 EUR"),
        ("240\u00a0\u20ac", "EUR", "240.00 EUR"),
        ("$99", "AUD", "99.00 AUD"),
        ("$99 USD", "EUR", "99.00 USD"),
        ("USD$99", "EUR", "99.00 USD"),
        ("99usd", "EUR", "99.00 USD"),
        ("US$99", "AUD", "99.00 USD"),
        ("A$ 99", "EUR", "99.00 AUD"),
        ("R$ 99", "EUR", "99.00 BRL"),
        ("R99", "ZAR", "99.00 ZAR"),
        ("99 kr.", "DKK", "99.00 DKK"),
        ("99 z\u0142", "EUR", "99.00 PLN"),
        ("99 K\u010d", "EUR", "99.00 CZK"),
        ("9900 Ft", "EUR", "9900.00 HUF"),
        ("\u00a380", "EUR", "80.00 GBP"),
        ("\u00a380", "EGP", "80.00 EGP"),
        ("10.000 \u20ab", "EUR", "10000 VND"),
        ("DM 12", "EUR", "12.00 DEM"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, book: str, shown: str) -> None:
    assert str(money(text, book)) == shown


@pytest.mark.parametrize(
    ("text", "book", "said"),
    [
        ("10.999.99", "EUR", "not in groups of three"),
        ("1,23,456", "EUR", "not in groups of three"),
        ("1.2345,00", "EUR", "not in groups of three"),
        ("1,,5", "EUR", "not in groups of three"),
        ("1.234 567", "EUR", "not in groups of three"),
        ("12.345,67,8", "EUR", "not in groups of three"),
        ("1,2345", "JPY", "more decimals than JPY has"),
        ("1240.00", "JPY", "more decimals than JPY has"),
        ("0,125", "EUR", "more decimals than EUR has"),
        ("1.250", "EUR", "1250 or 1.250"),
        ("1,250", "XXX", TWO_READINGS),
        ("1,250", "INR", TWO_READINGS),
        ("1,250", "KWD", TWO_READINGS),
        (".50", "EUR", "not an amount"),
        ("5.", "EUR", "not an amount"),
        ("5,", "EUR", "not an amount"),
        ("05", "EUR", "begins with a zero"),
        ("12-50", "EUR", "not an amount"),
        ("1²", "EUR", "not an amount"),
        ("+5", "EUR", "not an amount"),
        ("240,-", "JPY", "JPY has none"),
        ("12\u4e07", "JPY", "not an amount"),
        ("12\u4e07\u5186", "JPY", "not an amount"),
        ("-5", "EUR", "minus sign"),
        ("\u22125", "EUR", "minus sign"),
        ("(5)", "EUR", "minus sign"),
        ("($5)", "EUR", "minus sign"),
        ("\u20ac-5", "EUR", "minus sign"),
        ("5,00-", "EUR", "minus sign"),
        ("-240,-", "EUR", "minus sign"),
        ("0.00", "EUR", "more than zero"),
        ("EUR 5 USD", "EUR", "not an amount"),
        ("\u20ac5\u20ac", "EUR", "not an amount"),
        ("\u20ac99 USD", "EUR", "sign of EUR, but USD"),
        ("$99", "EUR", "could be USD, AUD, CAD …: write 99 USD"),
        ("kr 99", "EUR", "could be SEK, NOK, DKK"),
        ("\u00a599", "EUR", "could be JPY, CNY"),
        ("R99", "EUR", "could be ZAR"),
        ("5 ABC", "EUR", '"ABC" is not a currency'),
    ],
)
def test_a_refused_amount_says_why(text: str, book: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        money(text, book)


def test_a_sign_has_to_agree_with_the_currency_asked_for() -> None:
    assert money("$5", "EUR", explicit="CAD") == Money(500, "CAD")
    with pytest.raises(ValueError, match="sign of GBP, but EUR was asked for"):
        money("£5.00", "EUR", explicit="EUR")
    with pytest.raises(ValueError, match="names USD, but EUR"):
        money("5 USD", "EUR", explicit="EUR")


def test_what_a_hundred_thousand_slips_would_show_shows_in_some_thousand() -> None:
    """The long form: python -m tests.domain.amounts."""
    result = amounts.tried(6000, seed=13)
    assert result.wrong == []
    assert min(result.counts.values()) > 20


@pytest.mark.parametrize(
    ("text", "places", "marks"),
    [
        ("12.50", 2, "."),
        ("12,50", 2, ","),
        ("1250", 2, ".,"),
        ("1.250", 2, ".,"),
        ("1'250", 2, ".,"),
        ("1.234.567", 2, ","),
        ("1 234,50", 2, ","),
        ("$1,240.00", 2, "."),
        ("240,-", 2, ","),
        ("1,240", 0, ".,"),
        ("12,34,567", 2, "."),
        ("10.999.99", 2, ""),
        ("pending", 2, ""),
    ],
)
def test_a_cell_says_which_decimal_marks_its_column_may_have(text: str, places: int, marks: str) -> None:
    assert decimal_marks(text, places) == frozenset(marks)


def test_the_decimal_mark_of_a_column_decides_what_one_cell_cannot() -> None:
    assert money("1.234", "EUR", decimal=",") == Money(123400, "EUR")
    assert money("1,234", "KWD", decimal=",") == Money(1234, "KWD")
    assert money("1.234", "KWD", decimal=",") == Money(1234000, "KWD")
    with pytest.raises(ValueError, match="more decimals than EUR"):
        money("1.234", "EUR", decimal=".")
    with pytest.raises(ValueError, match='"," is the decimal mark'):
        money("12.50", "EUR", decimal=",")


@given(st.integers(1, 10**9), st.sampled_from(["EUR", "JPY", "BHD"]), st.sampled_from(["", " ", ",", "'"]))
def test_a_column_of_one_manner_is_read_in_that_manner(minor: int, currency: str, separator: str) -> None:
    whole, _, rest = Money(minor, currency).amount.partition(".")
    typed = f"{int(whole):,}".replace(",", separator) + (f".{rest}" if rest else "")
    assert "." in decimal_marks(typed, minor_places(currency))
    assert money(typed, currency, decimal=".") == Money(minor, currency)


def test_ended_currencies_hold_up_to_their_last_day_and_name_what_followed() -> None:
    refuse_ended("HRK", date(2022, 12, 31))
    refuse_ended("EUR", date(2030, 1, 1))
    with pytest.raises(ValueError, match=re.escape("HRK ended on 31 December 2022: use EUR")):
        refuse_ended("HRK", date(2023, 1, 1))
    with pytest.raises(ValueError, match="use VEF"):
        refuse_ended("VEB", date(2010, 1, 1))
    with pytest.raises(ValueError, match="use VES"):
        refuse_ended("VEB", date(2026, 1, 1))
    assert successor("BGN", date(2026, 1, 1)) == "EUR"


def test_no_currency_is_both_current_and_ended_and_every_sign_belongs_to_known_ones() -> None:
    assert not CURRENCIES & set(ENDED)
    assert {code for codes in SIGNS.values() for code in codes} <= CURRENCIES | set(ENDED)
    assert all(after in CURRENCIES or after in ENDED for _, after in ENDED.values())
    assert [minor_places(code) for code in ("HRK", "ITL", "ESP", "DEM", "BYR")] == [2, 0, 0, 2, 0]
