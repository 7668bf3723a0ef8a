"""A name as it is typed, copied or exported: what cannot be seen goes, and "Ruiz, Ana" is Ana Ruiz."""

from __future__ import annotations

import re
import unicodedata

from relcli.text import folded, seen

_PAIRS = ('""', "''", "“”", "„“", "„”", "‘’", "«»", "»«")  # noqa: RUF001  # the quotes of several languages are meant
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’`´.\-‐]|[\u0300-\u036f\u200c\u200d])*")  # noqa: RUF001
_MOST_WORDS = 4  # on each side of the comma
_NO_GIVEN_NAME = frozenset(
    # what stands behind a comma, or ends what stands before it, and is no part of a person's name: firms, titles, generations
    "ab ag as asbl aps bv bvba co company corp corporation cv dba doo eg ek eu ev gbr gesmbh gmbh group holding inc "
    "incorporated kft kg kgaa lda limited llc llp lp ltd ltda mbh nv ohg oo oy oyj partners plc pllc pte pty pvt sa sarl sas se "
    "sl slu sp spa spk spol spzoo sprl srl sro sons ug vof zoo "
    "ii iii iv jr junior mba md mph phd rn senior sr esq cpa dds dvm msc bsc ma ba llm jd".split()
)
_AND = frozenset(["and", "und", "et", "och", "og"])


def person_name(text: str) -> str:
    """The name of somebody, read like `name`, as it is spoken: "Ruiz, Ana" is Ana Ruiz. Raises ValueError."""
    return spoken_order(name(text))


def name(text: str) -> str:
    """A name without what cannot be seen and without quotes around it; empty where nothing was said.

    Raises ValueError for a name of which nothing could be seen.
    """
    plain = unquoted(seen(text))
    if not shows(plain):
        if text and not text.isspace():
            raise ValueError("that name shows nothing: it has no letter, digit or sign that can be seen")
        return ""
    return plain


def shows(text: str) -> bool:
    """Whether there is a letter, digit or sign to be seen in a text; stops and strokes alone are no name."""
    return any(unicodedata.category(c)[0] in "LNS" for c in seen(text))


def words(text: str) -> frozenset[str]:
    """The words of a name as they are compared: without case, accents and stops."""
    return frozenset(re.findall(r"\w+", folded(text)))


def spoken_order(text: str) -> str:
    """What is written "Last, First" as "First Last"; any other text unchanged.

    Only where there is exactly one comma with one to four words of letters on each side, none of them the form of a firm,
    a title or a generation: "Mill, Ltd.", "King, Jr." and "Rooms 3, 4" stay as they are. So does what has two words or more on both
    sides: "Fay Gil, Hal Ivo" may be two people.
    """
    last, comma, first = (part.strip() for part in text.partition(","))
    if not (comma and last and first) or "," in first:
        return text
    sides = [last.split(), first.split()]
    words = [*sides[0], *sides[1]]
    if (
        max(map(len, sides)) > _MOST_WORDS
        or min(map(_whole, sides)) > 1
        or not all(map(_WORD.fullmatch, words))
        or _AND & {word.lower() for word in words}
    ):
        return text
    telling = {re.sub(r"[^\w]", "", word).casefold() for word in [*sides[1], *sides[0][1:]]}
    return text if telling & _NO_GIVEN_NAME else f"{first} {last}"


def _whole(side: list[str]) -> int:
    """How many of the words are more than an initial."""
    return sum(len(word.strip(".")) > 1 for word in side)


def unquoted(text: str) -> str:
    """The text without the pairs of quotes that stand around the whole of it."""
    while len(text) > 1 and text[0] + text[-1] in _PAIRS and not set(text[1:-1]) & {text[0], text[-1]}:
        text = text[1:-1].strip()
    return text
