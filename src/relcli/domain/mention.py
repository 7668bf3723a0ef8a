"""Names in texts: where a text names one of those whom the book knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from relcli.text import folded

_WORD = re.compile(r"\w+")
_GAP = 3  # characters that are no letters, at most, between two words of one name
_SHORTEST = 2  # letters of a name of one word
_NUMBER = re.compile(r"\+?\(?\d(?:[ \-./()]{0,2}\d){6,}")  # digits as telephone numbers are written
_TAIL = 7  # digits at the end of a number that tell it from others


class Names:
    """Names, e-mails, numbers and handles, each with the row of the contact it belongs to.

    A name is found whole, accents and case aside, also as "Ruiz, Ana"; one of a single word only as it is spelt, for `May` is a
    month too. Where names stand in each other the longest counts, and of two who share a name the one given first.
    """

    def __init__(self, known: Iterable[tuple[str, int]]) -> None:
        self._single: dict[str, int] = {}
        self._several: dict[tuple[str, ...], int] = {}
        self._lengths: dict[str, set[int]] = {}  # first word → of how many words names are that begin so
        self._unspaced: dict[str, int] = {}
        self._numbers: dict[str, list[tuple[str, int]]] = {}
        for name, row in known:
            self._add(name, row)

    def found(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where a name begins and ends in the text, and whose it is; no two overlap."""
        end = 0
        spans = [*self._spaced(text), *self._within(text), *self._dialled(text)]
        for start, stop, row in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start >= end:
                end = stop
                yield start, stop, row

    def masked(self, text: str, called: Callable[[int], str | None]) -> str:
        """The text with another word in place of each name; the name stays where there is none."""
        parts, done = [], 0
        for start, stop, row in self.found(text):
            word = called(row)
            parts += [text[done:start], text[start:stop] if word is None else word]
            done = stop
        return "".join([*parts, text[done:]])

    def _add(self, name: str, row: int) -> None:
        words = _WORD.findall(name)
        if _NUMBER.fullmatch(name):
            digits = _digits(name)
            self._numbers.setdefault(digits[-_TAIL:], []).append((digits, row))
        elif any(unicodedata.category(c) == "Lo" for c in name):  # scripts that write no blanks, or hang words onto names
            self._unspaced.setdefault(unicodedata.normalize("NFC", name), row)
        elif len(words) > 1:
            parts = tuple(map(folded, words))
            for order in (parts, (parts[-1], *parts[:-1])):
                self._several.setdefault(order, row)
                self._lengths.setdefault(order[0], set()).add(len(order))
        elif words and len(words[0]) >= _SHORTEST:
            for spelt in (words[0], words[0][0].upper() + words[0][1:]):
                self._single.setdefault(spelt, row)

    def _spaced(self, text: str) -> Iterator[tuple[int, int, int]]:
        words = list(_WORD.finditer(text))
        plain = [folded(word.group()) for word in words]
        for place, word in enumerate(words):
            for length in sorted(self._lengths.get(plain[place], ()), reverse=True):
                these = words[place : place + length]
                row = self._several.get(tuple(plain[place : place + length]))
                if row is not None and _together(these):
                    yield word.start(), these[-1].end(), row
                    break
            if word.group() in self._single:
                yield word.start(), word.end(), self._single[word.group()]

    def _within(self, text: str) -> Iterator[tuple[int, int, int]]:
        for name, row in self._unspaced.items():
            start = text.find(name)
            while start >= 0:
                yield start, start + len(name), row
                start = text.find(name, start + len(name))

    def _dialled(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Telephone numbers however they are parted, with or without the code of the country."""
        for number in _NUMBER.finditer(text) if self._numbers else ():
            digits = _digits(number.group())
            for known, row in self._numbers.get(digits[-_TAIL:], ()):
                if known.endswith(digits) or digits.endswith(known):
                    yield number.start(), number.end(), row
                    break


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit()).lstrip("0")


def _together(words: Sequence[re.Match[str]]) -> bool:
    """Whether these words of a text stand as the words of one name do."""
    return all(after.start() - before.end() <= _GAP for before, after in pairwise(words))
