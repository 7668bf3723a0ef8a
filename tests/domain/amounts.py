"""Amounts tried in great number: as people write them, and with one slip of the hand.

`python -m tests.domain.amounts [N]` tries N strings (100 000) and tells what became of them. The judge is a slow reading
that parses nothing: it writes every amount of these digits in every way the grammar knows, and looks which are the text.
"""

# ruff: noqa: RUF001  # look-alikes are what it is about

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from random import Random

from relcli.domain.currency import CURRENCIES, ENDED, GROUPED_IN_PAIRS, OWN_SIGNS, SIGNS, minor_places
from relcli.domain.money import MOST, Money, money

CODES = CURRENCIES | frozenset(ENDED)
BOOKS = ("EUR", "USD", "CHF", "INR", "JPY", "KWD", "SEK", "CNY", "GBP", "XXX", "CLF", "AUD", "PKR", "KRW", "BRL", "ZAR")
WIDE = {chr(ord(c) + 0xFEE0): c for c in map(chr, range(0x21, 0x7F))}
PLAIN = (
    WIDE
    | dict.fromkeys("\u00a0\u2009\u202f\u3000", " ")
    | dict.fromkeys("‐‑‒–—−﹣－", "-")
    | {"’": "'", "￥": "¥", "￡": "£", "￦": "₩"}
)
SEPARATORS = (".", ",", "'", " ")
TYPED = ".,'’ \u00a0\u202f\u2009"  # separators as they are typed
TAILS = tuple(mark + dash for mark, dash in product(".,:", ("-", "--")))
HAND = "0123456789" * 2 + TYPED * 2 + "-–()+:" + "€$£¥￥₹₩円元万R" + "EURUSDCHFkrFtzłKč" + "１２０"  # what a slip may bring in
LONGEST = 60


@dataclass
class Found:
    """What became of the strings; `wrong` are those the reader and the slow reading disagree about."""

    tried: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def tried(number: int, seed: int = 1) -> Found:
    """So many strings from the same seed: well-formed amounts, and each of them with one slip, again and again."""
    random, found = Random(seed), Found()  # nothing secret
    while found.tried < number:
        book = random.choice(BOOKS)
        text = written(random, book)
        for kind, one in (("well-formed", text), *(("one slip", slipped(random, text)) for _ in range(9))):
            _judge(found, kind, one, book)
    return found


def written(random: Random, book: str) -> str:
    """An amount as somebody may write it, in the book's currency or another, with or without its sign."""
    code = book if random.random() < 0.7 else random.choice(sorted(CODES))
    places = minor_places(code)
    whole = str(random.randrange(10 ** random.randint(1, 8)))
    separator = random.choice(["", *TYPED])
    groups = _groups(whole, paired=code in GROUPED_IN_PAIRS and random.random() < 0.6)
    text = separator.join(groups)
    mark = random.choice([m for m in ".," if m != separator])
    if places and random.random() < 0.7:
        text += mark + "".join(random.choices("0123456789", k=random.randint(1, places)))
    elif places and random.random() < 0.2:
        text += mark + random.choice(["-", "–", "--", "—"])
    if random.random() < 0.1:
        text = "".join({v: k for k, v in WIDE.items()}.get(c, c) if c.isdigit() else c for c in text)
    marks = [code, code.lower(), *(sign for sign, codes in SIGNS.items() if code in codes)]
    around = random.choice(["", "", random.choice(marks), random.choice(marks)])
    blank = random.choice(["", " ", "\u00a0"])
    return random.choice([text, f"{around}{blank}{text}", f"{text}{blank}{around}"]) if around else text


def slipped(random: Random, text: str) -> str:
    """The text with one character too few, too many, another, or two that changed places."""
    at = random.randrange(len(text))
    match random.randrange(4):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + random.choice(HAND) + text[at:]
        case 2:
            return text[:at] + random.choice(HAND) + text[at + 1 :]
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def slow_reading(text: str, book: str) -> Money | None:
    """The one amount that this can be; None where it is none, or could be two."""
    if len(text) > LONGEST:
        return None
    plain = "".join(PLAIN.get(c, c) for c in text.strip())
    readings = {one for core, signs, codes in _peeled(plain) for one in _amounts(core, signs, codes, book)}
    return readings.pop() if len(readings) == 1 else None


def _judge(found: Found, kind: str, text: str, book: str) -> None:
    found.tried += 1
    try:
        read = money(text, book, free=True)
    except ValueError:
        read = None
    right = slow_reading(text, book)
    found.counts[f"{kind}, {'refused' if read is None else 'read'}"] += 1
    if read != right:
        found.wrong.append(f"{text!r} in a book of {book}: read as {read}, but it is {right}")
    elif read is not None and not same_digits(text, read):
        found.wrong.append(f"{text!r} in a book of {book}: shown as {read}")


def same_digits(text: str, read: Money) -> bool:
    """Whether an amount is shown with the digits that were typed, and no more than the zeros of its decimals."""
    typed = "".join(plain for c in text if (plain := PLAIN.get(c, c)) in "0123456789")
    shown = read.amount.replace(".", "")
    return shown.startswith(typed) and shown[len(typed) :] in ("", "0", "00", "000", "0000")


def _peeled(plain: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """What is left of the text without its signs and codes, in every way in which these can be taken off."""
    left = [(plain, list[str](), list[str]())]
    while left:
        core, signs, codes = left.pop()
        core = core.strip(" ")
        if core[:1].isdigit() and (core[-1:].isdigit() or core[-1:] == "-"):
            yield core, signs, codes
        for mark in SIGNS if not signs else ():
            if core.startswith(mark):
                left.append((core[len(mark) :], [mark], codes))
            if core.endswith(mark):
                left.append((core[: -len(mark)], [mark], codes))
        if not codes and core[:3].isascii() and core[:3].upper() in CODES:
            left.append((core[3:], signs, [core[:3].upper()]))
        if not codes and core[-3:].isascii() and core[-3:].upper() in CODES:
            left.append((core[:-3], signs, [core[-3:].upper()]))


def _amounts(core: str, signs: list[str], codes: list[str], book: str) -> Iterator[Money]:
    possible = set(CODES)
    for names in [*(SIGNS[sign] for sign in signs), *([code] for code in codes)]:
        possible &= set(names)
    if not signs and not codes:
        possible &= {book}
    if not codes and signs:
        owner = SIGNS[signs[0]][0] if signs[0] in OWN_SIGNS or len(possible) == 1 else None
        possible &= {book if book in possible else owner}
    for currency in possible:
        places = minor_places(currency)
        tried_places = {*range(places + 1), *([3] if places else [])}
        found = {k: digits for k in tried_places if (digits := _written_so(core, currency, k))}
        if places == 3 and {0, 3} <= set(found) and "." in core:
            del found[0]
        for k, digits in found.items() if len(found) == 1 else ():
            minor = int(digits + "0" * max(0, places - k))
            if k <= places and minor <= MOST:
                yield Money(minor, currency)


def _written_so(core: str, currency: str, decimals: int) -> str:
    """The digits of the text, if some spelling of them with so many decimals is the text; else nothing."""
    digits = "".join(c for c in core if c in "0123456789")
    whole, fraction = digits[: max(0, len(digits) - decimals)], digits[len(digits) - decimals :]
    if not whole or whole != str(int(whole)):
        return ""
    for separator, paired in product(("", *SEPARATORS), (False, True) if currency in GROUPED_IN_PAIRS else (False,)):
        head = separator.join(_groups(whole, paired=paired))
        tails = [f"{mark}{fraction}" for mark in ".,"] if decimals else ["", *(TAILS if minor_places(currency) else ())]
        if any(head + tail == core and not (separator and tail.startswith(separator) and head != whole) for tail in tails):
            return digits
    return ""


def _groups(whole: str, *, paired: bool) -> list[str]:
    """The digits in groups: three from the right, and before them three, or two, at a time."""
    head, groups, step = whole[:-3], [whole[-3:]], 2 if paired else 3
    while head:
        head, groups = head[:-step], [head[-step:], *groups]
    return groups


if __name__ == "__main__":
    result = tried(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print(f"{result.tried} strings: " + ", ".join(f"{count} {kind}" for kind, count in sorted(result.counts.items())))
    print(*result.wrong[:50], f"{len(result.wrong)} wrong", sep="\n")
    sys.exit(bool(result.wrong))
