"""Amounts as they are typed and shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.currency import CURRENCIES, currency_code, minor_places
from relcli.domain.money import MOST, Money, money


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
