"""An amount of money: whole minor units and an ISO 4217 currency."""

from __future__ import annotations

import re
from dataclasses import dataclass

NO_CURRENCY = "XXX"
_LONGEST = 60  # characters of an amount
MOST = 10**15  # minor units; far below what both databases hold

_NO_MINOR = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THREE_MINOR = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF XXX YER ZAR ZMW ZWG
    """.split()
)
_AMOUNT = re.compile(r"(?:([A-Za-z]{3})\s*)?([0-9][0-9.,'\u00a0\u202f ]*)(?:\s*([A-Za-z]{3}))?")
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` units (cents where the currency has cents) of a currency."""

    minor: int
    currency: str

    @property
    def amount(self) -> str:
        """The amount alone, decimal point and as many places as the currency has: `12.50`."""
        places = minor_places(self.currency)
        if places == 0:
            return str(self.minor)
        sign, digits = ("-" if self.minor < 0 else ""), str(abs(self.minor)).rjust(places + 1, "0")
        return f"{sign}{digits[:-places]}.{digits[-places:]}"

    def __str__(self) -> str:
        """`12.50 EUR`; the amount alone where no currency is set."""
        return self.amount if self.currency == NO_CURRENCY else f"{self.amount} {self.currency}"


def minor_places(currency: str) -> int:
    """How many decimal places a currency has (ISO 4217)."""
    if currency in _NO_MINOR:
        return 0
    if currency in _THREE_MINOR:
        return 3
    return 4 if currency in {"CLF", "UYW"} else 2


def currency_code(text: str) -> str:
    """A known currency in capitals. Raises ValueError."""
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise ValueError(f'"{text}" is not a currency: write an ISO code such as EUR')
    return code


def money(text: str, currency: str, *, explicit: str | None = None, free: bool = False) -> Money:
    """What was typed as an amount, in `explicit`, else its own code, else `currency`.

    `12.50`, `12,50`, `1250`, `1,250.50` and `12.50 EUR` are read. Raises ValueError, saying what to
    write instead, for a sign, for one separator before exactly three digits (two readings), for more
    decimals than the currency has, and for zero unless `free`: ledgers of others hold orders that cost nothing.
    """
    plain = text.strip()
    if plain.startswith(("-", "\u2212", "(")) or plain.endswith(("-", "\u2212")):
        raise ValueError(f'"{text}" has a minus sign: amounts are positive (use --kind refund)')
    found = _AMOUNT.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None or (found.group(1) and found.group(3)):
        shown = text if len(text) <= _LONGEST else f"{text[:20]}…"
        raise ValueError(f'"{shown}" is not an amount: write 12.50, or "12.50 EUR"')
    named = found.group(1) or found.group(3)
    code = currency_code(explicit or named or currency)
    if explicit and named and named.upper() != code:
        raise ValueError(f'"{text}" names {named.upper()}, but {code} was asked for')
    return Money(_minor(found.group(2).strip(), code, text, least=0 if free else 1), code)


def restated(figure: Money, currency: str) -> Money:
    """The same figure in another currency. Raises ValueError where that has too few decimals for it, or too little room."""
    code = currency_code(currency)
    shift = minor_places(code) - minor_places(figure.currency)
    minor, rest = (figure.minor * 10**shift, 0) if shift >= 0 else divmod(figure.minor, 10**-shift)
    if rest:
        raise ValueError(f"{figure} has more decimals than {code} has ({minor_places(code)}): give --amount too")
    if minor > MOST:
        raise ValueError(f"{figure} is too much in {code}: give --amount too")
    return Money(minor, code)


def _minor(digits: str, code: str, text: str, *, least: int) -> int:
    """The minor units of the digits and separators of an amount."""
    places = minor_places(code)
    digits = digits.replace("\u00a0", " ").replace("\u202f", " ")
    whole, fraction = _split(digits, places, text)
    if len(fraction) > places:
        raise ValueError(f'"{text}" has more decimals than {code} has ({places})')
    minor = int((whole or "0") + fraction.ljust(places, "0"))
    if not least <= minor <= MOST:
        raise ValueError(f'"{text}" is not an amount: it must be ' + ("less" if minor else "more than zero"))
    return minor


def _split(digits: str, places: int, text: str) -> tuple[str, str]:
    separators = [c for c in digits if not c.isdigit()]
    if not separators:
        return digits, ""
    last = separators[-1]
    head, tail = digits.rsplit(last, 1)
    if len(separators) == 1 and last in ".,":
        if len(tail) == 3 and not (places == 3 and last == "."):
            readings = f"{head}{tail} or {head}.{tail}"
            raise ValueError(f'"{text}" can be read as {readings}: write {head}{tail}, or the decimals your currency has')
        return head, tail
    if not _GROUPED.fullmatch(digits):
        raise ValueError(f'"{text}" is not an amount: write 12.50, or 1250')
    grouping = separators[0]
    if last == grouping:
        return digits.replace(grouping, ""), ""
    return head.replace(grouping, ""), tail
