"""An amount of money: whole minor units and an ISO 4217 currency; and how one is read, exactly.

An amount is a number, and before or behind it (a blank between or none) at most one currency code and one currency sign.

A number is

- digits, without a zero in front (`0` itself and `0.50` aside); or groups of exactly three, of which the first may be
  shorter, with one kind of separator between them: `.` `,` an apostrophe (`'` or U+2019) or a blank (also U+00A0, U+2009,
  U+202F, U+3000). In INR, NPR, PKR and BDT the groups before the last may be of two: `12,34,567`;
- then, if anything, `.` or `,` that is not the separator of the groups, and one digit or more, at most as many as the
  currency has decimals: `12,5` is 12.50. In their place a dash may stand for none of them: `240,-`, `240.-`, `240:-`.

`.50`, `5.` and `05` are none: a digit may be missing. Full-width digits and signs are read as plain ones.

One `.` or `,` before exactly three digits can be read in two ways, and is refused, except where the currency has no
decimals (then it groups), or has three and the separator is `.` (then it is the decimal point, as amounts are shown).

What is read has the same digits as what was written. Nothing is multiplied, nothing rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from relcli.domain.currency import (
    CURRENCIES,
    ENDED,
    GROUPED_IN_PAIRS,
    NO_CURRENCY,
    OWN_SIGNS,
    SIGNS,
    currency_code,
    minor_places,
)
from relcli.domain.numeral import MARKS, PATTERN, reading

_LONGEST = 60  # characters of an amount
MOST = 10**15  # minor units; far below what both databases hold

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_PLAIN = str.maketrans(
    {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u00a0\u2009\u202f\u3000", " ")
    | dict.fromkeys(_DASHES, "-")
    | {"\u2019": "'", "\uffe5": "¥", "\uffe1": "£", "\uffe6": "₩"}
)
_PARTS = re.compile(rf"(?P<before>[^0-9]*)(?P<number>{PATTERN})(?P<behind>[^0-9]*)")
_BACK = "amounts are positive; money back has the kind refund or credit (column kind, or kind under [constants] of a map)"
_MANY = 3  # candidates of a sign that an error names


class MinusSign(ValueError):
    """An amount with a minus sign, or in parentheses: what is given back is said by the kind, not by the figure."""


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


@dataclass(frozen=True, slots=True)
class _Typed:
    """The parts of an amount as it was typed, in plain characters."""

    number: str
    code: str  # in capitals; empty where none stands there
    sign: str


def money(text: str, currency: str, *, explicit: str | None = None, free: bool = False, decimal: str | None = None) -> Money:
    """What was typed as an amount, in `explicit`, else the currency it names, else `currency`.

    A sign that several currencies use is read only where `explicit`, a code beside it or `currency` is one of them.
    `decimal` (`.` or `,`) is the decimal mark where a whole column decided it; else both are tried, and have to agree.
    Raises ValueError, saying what to write instead, for what is not in the grammar of this module, for a currency that
    contradicts another, and for zero unless `free`: ledgers of others hold orders that cost nothing. Raises MinusSign.
    """
    typed = _typed(text)
    if typed is None:
        raise _why_not(text)
    code = _currency(typed, text, currency, explicit)
    whole, fraction = _digits(typed.number, code, text, decimal)
    places = minor_places(code)
    if len(fraction) > places:
        raise ValueError(f'"{text}" has more decimals than {_named(code) if code != NO_CURRENCY else "an amount"} has ({places})')
    minor = int(whole + fraction.ljust(places, "0"))
    if not (0 if free else 1) <= minor <= MOST:
        raise ValueError(f'"{text}" is not an amount: it must be ' + ("less" if minor else "more than zero"))
    return Money(minor, code)


def decimal_marks(text: str, places: int) -> frozenset[str]:
    """Which decimal marks an amount allows in a currency of so many decimals: `.`, `,`, both, or none if it is no amount.

    `12.50` allows the point, `12,50` the comma, `1250` and `1.250` both. Those that every cell of a column allows are
    those the column may have; where one is left, hand it to `money` as `decimal`. Currencies without decimals allow both.
    """
    typed = _typed(text)
    allowed = frozenset(mark for mark in MARKS if typed is not None and reading(typed.number, mark, paired=True) is not None)
    return frozenset(MARKS) if allowed and places == 0 else allowed


def names_currency(text: str) -> bool:
    """Whether an amount has a currency beside it, by code or sign."""
    typed = _typed(text)
    return typed is not None and bool(typed.code or typed.sign)


def restated(figure: Money, currency: str) -> Money:
    """The same figure in another currency. Raises ValueError where that has too few decimals for it, or too little room."""
    code = currency_code(currency)
    shift = minor_places(code) - minor_places(figure.currency)
    minor, rest = (figure.minor * 10**shift, 0) if shift >= 0 else divmod(figure.minor, 10**-shift)
    if rest:
        raise ValueError(f"{figure} has more decimals than {code} has ({minor_places(code)})")
    if minor > MOST:
        raise ValueError(f"{figure} is too much in {code}")
    return Money(minor, code)


def _typed(text: str) -> _Typed | None:
    """The parts of an amount; None where it has others, too, or not these."""
    found = _PARTS.fullmatch(text.strip().translate(_PLAIN)) if len(text) <= _LONGEST else None
    if found is None:
        return None
    marks = [mark for side in (found["before"], found["behind"]) for mark in _marks(side.strip(" "))]
    codes, signs = [m for m in marks if _is_code(m)], [m for m in marks if not _is_code(m)]
    if len(codes) > 1 or len(signs) > 1 or any(sign not in SIGNS for sign in signs):
        return None
    return _Typed(found["number"], "".join(codes).upper(), "".join(signs))


def _marks(text: str) -> list[str]:
    """The signs and codes on one side of the number: none, one, or a code and a sign in either order."""
    if not text or text in SIGNS or _is_code(text):
        return [text] if text else []
    for first, second in ((text[:3], text[3:].lstrip(" ")), (text[-3:], text[:-3].rstrip(" "))):
        if _is_code(first) and second in SIGNS:
            return [first, second]
    return [text]


def _is_code(text: str) -> bool:
    return text not in SIGNS and text.isascii() and (text.upper() in CURRENCIES or text.upper() in ENDED)


def _currency(typed: _Typed, text: str, currency: str, explicit: str | None) -> str:
    """The one currency that all there is to go by agrees on."""
    asked = currency_code(explicit) if explicit else ""
    if asked and typed.code and typed.code != asked:
        raise ValueError(f'"{text}" names {_named(typed.code)}, but {_named(asked)} was asked for')
    said = asked or typed.code
    if not typed.sign:
        return said or currency_code(currency)
    candidates = SIGNS[typed.sign]
    if said in candidates or (not said and currency in candidates):
        return said or currency
    if said:
        owners = candidates[: 1 if typed.sign in OWN_SIGNS else _MANY]
        raise ValueError(f'"{text}" has the sign of {" or ".join(owners)}, but {_named(said)} was asked for')
    if typed.sign in OWN_SIGNS or len(candidates) == 1:
        return candidates[0]
    could = ", ".join(candidates[:_MANY]) + (" …" if len(candidates) > _MANY else "")
    raise ValueError(f'"{text}": "{typed.sign}" could be {could}: write {_bare(typed.number)} {candidates[0]}')


def _digits(number: str, code: str, text: str, decimal: str | None) -> tuple[str, str]:
    """The digits before and after the decimal mark. Raises ValueError where there is no reading, or more than one."""
    places, paired = minor_places(code), code in GROUPED_IN_PAIRS
    marks = MARKS if decimal is None else (decimal,)
    found = {mark: both for mark in marks if (both := reading(number, mark, paired=paired)) is not None}
    if number.endswith("-") and not places:
        raise ValueError(f'"{text}" has a dash for decimals, and {code} has none: write {_bare(number)}')
    if not found:
        raise ValueError(_not_grouped(number, text, decimal))
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    if not places:  # no decimal mark at all
        return next(both for both in found.values() if not both[1])
    if places == len(found["."][1]):  # as such amounts are shown
        return found["."]
    grouped, pointed = sorted(found.values(), key=lambda both: len(both[1]))
    readings = f"{grouped[0]} or {'.'.join(pointed)}"
    raise ValueError(f'"{text}" can be read as {readings}: write {grouped[0]}, or the decimals your currency has')


def _not_grouped(number: str, text: str, decimal: str | None) -> str:
    if decimal is not None and any(reading(number, mark, paired=True) for mark in MARKS):
        return f'"{text}" does not fit its column, where "{decimal}" is the decimal mark'
    if len(number) > 1 and number[0] == "0" and number[1].isdigit():
        return f'"{text}" is not an amount: it begins with a zero; write it without'
    if number.isdigit():
        return f'"{text}" is not an amount: write 12.50, or "12.50 EUR"'
    return f'"{text}" is not an amount: its digits are not in groups of three; write 12.50, or 1250'


def _why_not(text: str) -> ValueError:
    """What to say of a text that is no amount."""
    plain = text.strip().translate(_PLAIN)
    if len(plain) <= _LONGEST and _unsigned(plain):
        return MinusSign(f'"{text}" has a minus sign: {_BACK}')
    lone = re.sub(r"[0-9.,' ]", "", plain)
    if lone != plain and len(lone) == len("EUR") and lone.isascii() and lone.isalpha():
        return ValueError(f'"{lone}" is not a currency: write an ISO code such as EUR')
    shown = text if len(text) <= _LONGEST else f"{text[:20]}…"
    return ValueError(f'"{shown}" is not an amount: write 12.50, or "12.50 EUR"')


def _unsigned(plain: str) -> bool:
    """Whether it would be an amount but for a minus sign, or parentheses."""
    without = [re.sub("[()]", "", plain, count=2)] if re.search(r"\(.*\)", plain) else []
    without += [plain[: at.start()] + plain[at.end() :] for at in re.finditer("(?<![0-9])-|-(?![0-9])", plain)]
    return any(_typed(text) is not None for text in without)


def _bare(number: str) -> str:
    return re.sub(r"[.,:]--?$", "", number)


def _named(code: str) -> str:
    return "no currency" if code == NO_CURRENCY else code
