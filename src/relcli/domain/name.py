"""Names as people say them: what makes two spellings one name, and what makes a few words part of one.

Compared are words: case, accents, apostrophes, hyphens, full stops and kinds of blank aside, in any order, so that
"Ruiz, Ana" is "Ana Ruiz". Initials are one word ("A. B." is "AB"). `ü` is also `ue`, but `ue` is not any `u`: Müller
answers to Mueller, Michal not to Michael.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from relcli.text import folded

# Dropped, so that what stands around them is one word; also what is typed for one, and the middle dot of Catalan.
_APOSTROPHES = frozenset("'`´’‘‛ʼʻʽʾʿ′ˈ՚Ꞌꞌ＇·")  # noqa: RUF001  # these very letters
_DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"}
_SPELT_OUT = str.maketrans(_DIGRAPHS | {c.upper(): d for c, d in _DIGRAPHS.items()})
_SHORT = {"ae": "a", "oe": "o", "ue": "u", "aa": "a", "dj": "d"}
_QUOTED = re.compile(r"""["“”„«»]\s*([^"“”„«»]+?)\s*["“”„«»]|(?<!\S)['‘‚]([^'‘’‚]+)['’](?!\S)|(?<=\s)\((\w+)\)(?=\s\S)""")  # noqa: RUF001  # as above
_TITLES = frozenset(
    "dr prof mr mrs ms miss mx sir dame herr frau hr fr mme mlle monsieur madame sr sra srta dra don dona senor senora dott sig pan pani ing".split()
)
SHORTEST_PART = 2  # letters of a name that are enough to look for
_MOST = 64  # spellings of one name that are tried
_RUN = 4  # words that may be written as one
_RUNS_MOST = 8  # words typed that are tried so


def keys(name: str) -> tuple[str, ...]:
    """The keys of a name: two names are one where they share a key. Its words, sorted, in each spelling of theirs.

    The first is the plain one, which is stored. A name without any letter has its signs for a key.
    """
    plain, *spelt_out = _words(name)
    if not spelt_out:
        return (_key(plain),)
    words = [tuple(dict.fromkeys(pair)) for pair in zip(plain, spelt_out[0], strict=True)]
    return tuple(dict.fromkeys(_key(each) for each in islice(product(*words), _MOST)))


def same(one: str, other: str) -> bool:
    """Whether two names are one: they share a key, or are written with the same letters."""
    return not set(keys(one)).isdisjoint(keys(other)) or letters(one) == letters(other)


def stored_keys(key: str) -> tuple[str, ...]:
    """The plain keys under which names can be stored that have this key: `mueller` also under `muller`."""
    words = [_contracted(word) for word in key.split(" ")]
    return tuple(dict.fromkeys(_key(each) for each in islice(product(*words), _MOST)))


def stored_parts(words: str) -> tuple[tuple[str, ...], ...]:
    """For each word typed, the texts of which one stands in the stored key of any name it is part of."""
    together = zip(*_words(words), strict=True)  # each word in all its spellings
    return tuple(tuple(dict.fromkeys(way for form in word for way in _contracted(form))) for word in together)


def letters(name: str) -> str:
    """A name's letters in a row, whatever parts them: `Anne-Marie` and `annemarie` have the same. A surname first goes last.

    Numbers stay apart: `E1:217` and `E12:17` are two.
    """
    last, comma, first = name.partition(",")
    found = _tokens(f"{first} {last}" if comma and "," not in first else name)
    return "".join(word if word.isalpha() else f" {word} " for word in found).strip()


def spoken(name: str) -> tuple[str, ...]:
    """The names that stand inside a name: `Robert "Bob" Hale` is spoken of as Bob Hale, and written Robert Hale."""
    found = _QUOTED.search(name)
    if found is None:
        return ()
    before, after = name[: found.start()].split(), name[found.end() :].split()
    nickname = next(group for group in found.groups() if group)
    if len(before) + len(after) < 2:  # "Hotel" is no name of Hotel "Adler"
        return ()
    called = [nickname, *before[1:], *after]
    return (" ".join(called), " ".join([*before, *after]))


def enough(words: str) -> bool:
    """Whether it is worth looking for a name with this in it: two letters, or one that is a word by itself, as 李 is."""
    found = letters(words)
    return len(found) >= SHORTEST_PART or unicodedata.east_asian_width(found[:1] or " ") in "WF"


def is_part(words: str, name: str) -> bool:
    """Whether these words are part of a name: one of a word of it, several each the beginning of another of its words."""
    return any(_fits(said, each) for each in _words(name) for said in _said(words))


def is_alike(words: str, name: str) -> bool:
    """Whether these words are part of a name once blanks are aside: words run together or apart, titles left out."""
    typed = _typed(words)
    for text in _spellings(name):
        of_name = _tokens(text)
        row = "".join(of_name)
        if any(all(word in row for word in each) and _runs(each, of_name) for each in typed):
            return True
    return False


def alike_starts(words: str) -> frozenset[str]:
    """The one or two letters with one of which a word of any name begins that `is_alike` finds; empty where any may."""
    firsts = [each[0] for each in _typed(words)]
    if any(len(first) == 1 for first in firsts):
        return frozenset()  # an initial, which a stored key has inside a word
    return frozenset(way[:2] for first in firsts for way in _contracted(first))


def _spellings(text: str) -> Iterator[str]:
    """The text, and with the umlauts spelt out where it has any."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    yield composed
    if not composed.isascii() and (spelt_out := composed.translate(_SPELT_OUT)) != composed:
        yield spelt_out


@lru_cache(maxsize=16)
def _said(words: str) -> tuple[tuple[str, ...], ...]:
    """What was typed, in each spelling; the longest words first."""
    return tuple(tuple(sorted(each, key=len, reverse=True)) for each in _words(words))


@lru_cache(maxsize=16)
def _typed(words: str) -> tuple[tuple[str, ...], ...]:
    """What was typed, in each spelling, as it stands and without its titles."""
    found: list[tuple[str, ...]] = []
    for text in _spellings(words):
        every = tuple(_tokens(text))
        found += [every, tuple(word for word in every if word not in _TITLES)]
    return tuple(dict.fromkeys(each for each in found if each))


def _words(text: str) -> list[tuple[str, ...]]:
    """The words of a text as written, in each spelling, initials in a row as one word; as many in each."""
    spellings = [_tokens(each) for each in _spellings(text)]
    plain = spellings[0]
    if all(len(word) > 1 for word in plain):
        return [tuple(words) for words in spellings]
    starts = [at for at, word in enumerate(plain) if not (at and _initial(word) and _initial(plain[at - 1]))]
    ends = [*starts[1:], len(plain)]
    return [tuple("".join(words[start:end]) for start, end in zip(starts, ends, strict=True)) for words in spellings]


def _initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _tokens(text: str) -> list[str]:
    return text.translate(_COMPARED).split() or [folded("".join(text.split()))]


class _Compared(dict[int, str]):
    """A character → what is compared of it: nothing of an apostrophe, a blank for punctuation, a letter's plain form."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        if c in _APOSTROPHES or unicodedata.category(c) == "Cf":
            self[code] = ""
        else:
            self[code] = "".join(each if _counts(each) else " " for each in folded(c))
        return self[code]


_COMPARED = _Compared()


def _counts(c: str) -> bool:
    """Whether it makes words, as letters, digits and symbols do, and does not part them."""
    category = unicodedata.category(c)
    return category[0] in "LMN" or (category[0] == "S" and category != "Sk")


def _key(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _contracted(word: str) -> tuple[str, ...]:
    """The word, and each way of taking its digraphs for one letter."""
    ways = [word]
    for digraph, letter in _SHORT.items():
        ways += [way.replace(digraph, letter) for way in ways if digraph in way]
    return tuple(dict.fromkeys(ways))


def _fits(said: Sequence[str], name: Sequence[str]) -> bool:
    if len(said) == 1:
        return any(said[0] in word for word in name)
    return _apart(said, name)


def _apart(said: Iterable[str], name: Sequence[str]) -> bool:
    """Whether each of the words begins a word of its own.

    The longest choose first: what they can begin the shorter ones can begin either wholly or not at all, so it does not
    matter which of them they take.
    """
    free = list(name)
    for word in said:
        found = next((place for place, other in enumerate(free) if other.startswith(word)), None)
        if found is None:
            return False
        del free[found]
    return True


def _runs(said: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words, some of them written as one, begin words of a name, some of them written as one."""
    if len(said) > _RUNS_MOST:
        return False
    return any(_placed(sorted(units, key=len, reverse=True), name) for units in _joined(said))


def _joined(words: Sequence[str]) -> Iterator[list[str]]:
    """The words, and every way of writing some that follow each other as one."""
    if not words:
        yield []
    for many in range(1, min(_RUN, len(words)) + 1):
        for others in _joined(words[many:]):
            yield ["".join(words[:many]), *others]


def _placed(units: Iterable[str], name: Sequence[str]) -> bool:
    free: list[str | None] = list(name)
    for unit in units:
        place, end = next(((at, end) for at in range(len(free)) if (end := _reach(unit, free, at))), (0, 0))
        if not end:
            return False
        free[place:end] = [None] * (end - place)
    return True


def _reach(unit: str, free: Sequence[str | None], start: int) -> int:
    """Where the words from `start` end that the unit is, or whose first it begins; 0 where it is not there; None is taken."""
    run = ""
    for place in range(start, min(start + _RUN, len(free))):
        word = free[place]
        if word is None:
            return 0
        run += word
        if run == unit or (place == start and run.startswith(unit)):
            return place + 1
        if not unit.startswith(run):
            return 0
    return 0
