"""A number as people write it: groups, one decimal mark, nothing guessed. The grammar stands in `relcli.domain.money`."""

from __future__ import annotations

import re

MARKS = (".", ",")
PATTERN = r"[0-9](?:[0-9.,' ]*[0-9])?(?:[.,:]--?)?"  # what may stand for a number; `reading` decides
_THREES = re.compile(r"[1-9][0-9]{0,2}(?:(?P<s>[.,' ])[0-9]{3})(?:(?P=s)[0-9]{3})*")
_PAIRS = re.compile(r"[1-9][0-9]?(?:(?P<s>[.,' ])[0-9]{2})(?:(?P=s)[0-9]{2})*(?P=s)[0-9]{3}")
_DIGITS = re.compile(r"0|[1-9][0-9]*")
_BLANK_TAIL = re.compile(r"(?P<whole>.*[0-9])(?P<mark>[.,:])--?")


def reading(number: str, mark: str, *, paired: bool) -> tuple[str, str] | None:
    """The digits before and after the decimal mark, if `mark` is that; None where the number cannot be read so.

    `paired` allows groups of two before the last three. A dash in the place of the decimals is none of them: `240,-`.
    """
    dashed = _BLANK_TAIL.fullmatch(number)
    if dashed:
        if dashed["mark"] not in (mark, ":"):
            return None
        whole, tail = _whole(dashed["whole"], mark if dashed["mark"] == mark else "", paired=paired), ""
    else:
        head, found, tail = number.rpartition(mark) if mark in number else (number, "", "")
        if found and not (tail.isascii() and tail.isdigit()):
            return None
        whole = _whole(head, mark, paired=paired)
    return None if whole is None else (whole, tail)


def _whole(text: str, mark: str, *, paired: bool) -> str | None:
    """The digits of a whole number, grouped by something else than the decimal mark; None where it is not one."""
    if _DIGITS.fullmatch(text):
        return text
    found = _THREES.fullmatch(text) or (_PAIRS.fullmatch(text) if paired else None)
    if found is None or found["s"] == mark:
        return None
    return text.replace(found["s"], "")
