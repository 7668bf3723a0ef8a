"""A command line as far as it was typed, and how a word is written into it: quoted so that the shell reads that one word."""

from __future__ import annotations

from dataclasses import dataclass

_PLAIN = frozenset("_-./@%+,:=")
_IN_DOUBLE = frozenset('"$`\\')


@dataclass(frozen=True, slots=True)
class Typed:
    """The whole words before the cursor, the program's name first; the `last` one, unquoted, and `raw` as it stands there.

    `quote` is the mark that is still open in it, empty where none is.
    """

    words: tuple[str, ...]
    last: str
    raw: str
    quote: str


def typed(line: str, *, fish: bool = False) -> Typed:
    """A line read as bash, or fish, reads it; what is substituted and expanded there stays as it is here."""
    words: list[str] = []
    word, quote, begin, at = "", "", -1, 0
    while at < len(line):
        c, following = line[at], line[at + 1 : at + 2]
        if not quote and c in " \t\n":
            if begin >= 0:
                words.append(word)
            word, begin, at = "", -1, at + 1
            continue
        begin = at if begin < 0 else begin
        if c == "\\" and following and _escapes(following, quote, fish=fish):
            word += following
            at += 1
        elif c == quote:
            quote = ""
        elif not quote and c in "\"'":
            quote = c
        elif not (c == "\\" and not following and not quote):
            word += c
        at += 1
    return Typed(tuple(words), word, line[begin:] if begin >= 0 else "", quote)


def written(word: str, quote: str = "") -> str:
    """A word without controls as bash takes it to the letter, where this quotation mark is open, or none."""
    if quote:
        inside = (
            word.replace("'", "'\\''")
            if quote == "'"
            else "".join(f"\\{c}" if c in _IN_DOUBLE else '"\\!"' if c == "!" else c for c in word)
        )
        return quote + inside if inside.startswith(quote) else inside  # readline lets such a word replace the open mark
    return "".join(c if c.isalnum() or c in _PLAIN else f"\\{c}" for c in word)


def _escapes(c: str, quote: str, *, fish: bool) -> bool:
    if quote == "'":
        return fish and c in "'\\"
    return c in _IN_DOUBLE if quote else True
