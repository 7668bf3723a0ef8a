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


class Names:
    """Names, e-mails, numbers and handles, each with the row of the contact it belongs to.

    A name is found whole, accents and case aside, also as "Ruiz, Ana"; one of a single word only as it is spelt, for `May` is a
    month too. Where names stand in each other the longest counts, and of two who share a name the one given first.
    """

    def __init__(self, known: Iterable[tuple[str, int]]) -> None:
        self._single: dict[str, int] = {}
        self._several: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._unspaced: dict[str, int] = {}
        for name, row in known:
            self._add(name, row)
        for names in self._several.values():
            names.sort(key=lambda known: -len(known[0]))

    def found(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where a name begins and ends in the text, and whose it is; no two overlap."""
        end = 0
        for start, stop, row in sorted([*self._spaced(text), *self._within(text)], key=lambda span: (span[0], -span[1])):
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
        if any(unicodedata.category(c) == "Lo" for c in name):  # scripts that write no blanks, or hang words onto names
            self._unspaced.setdefault(unicodedata.normalize("NFC", name), row)
        elif len(words) > 1:
            parts = tuple(map(folded, words))
            for order in (parts, (parts[-1], *parts[:-1])):
                same = self._several.setdefault(order[0], [])
                if all(order != other for other, _ in same):
                    same.append((order, row))
        elif words and len(words[0]) >= _SHORTEST:
            for spelt in (words[0], words[0][0].upper() + words[0][1:]):
                self._single.setdefault(spelt, row)

    def _spaced(self, text: str) -> Iterator[tuple[int, int, int]]:
        words = list(_WORD.finditer(text))
        for place, word in enumerate(words):
            for name, row in self._several.get(folded(word.group()), ()):
                these = words[place : place + len(name)]
                if _is(these, name):
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


def _is(words: Sequence[re.Match[str]], name: Sequence[str]) -> bool:
    """Whether these words of a text, which follow each other, are the words of a name."""
    if len(words) != len(name) or any(folded(word.group()) != part for word, part in zip(words, name, strict=True)):
        return False
    return all(after.start() - before.end() <= _GAP for before, after in pairwise(words))
