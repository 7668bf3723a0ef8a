"""What people put around what they say: greetings above, closing formulas below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relcli.text import folded, many_lines

_GREETING_WORDS = 6
_UNSEEN = str.maketrans(dict.fromkeys("\u200b\u2060\ufeff\u200e\u200f\ufe0e\ufe0f", None) | {"\u00a0": " ", "\u202f": " "})
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|hallo|guten|liebe[rs]?|sehr geehrte[rs]?|moin|servus|gruss"
    r"|gruezi|hola|buen[oa]s?|estimad[oa]s?|querid[oa]s?)\b"
)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|kindest|warm|many)? ?(?:regards|wishes|greetings|thanks)|best|cheers"
    r"|thanks(?: a lot| again| you)?|thank you|yours(?: \w+)?|sincerely"
    r"|(?:mit )?(?:freundlich|viel|lieb|best|schon|herzlich|sonnig)\w* (?:gruss\w*|dank)|gruss\w*|danke\w*"
    r"|(?:lg|mfg|vg)\b(?: \w+){0,3}"
    r"|(?:un )?(?:cordial(?:es)? |atentos? )?saludos?(?: cordial(?:es)?| de)?|atentamente|un abrazo|(?:muchas )?gracias)[\s,.!]*"
)
_CLOSING_LINES = 4  # from a closing formula to the end


def seen(text: str) -> str:
    """Without characters that nobody sees; blanks that do not break are blanks."""
    return text.translate(_UNSEEN)


def ungreeted(text: str) -> str:
    """Without a greeting on a line of its own."""
    first, _, rest = text.partition("\n")
    return rest.strip() if greets(first) and rest.strip() else text.strip()


def unclosed(words: str) -> str:
    """Without a closing formula and the name under it."""
    lines = words.split("\n")
    for at in range(max(0, len(lines) - _CLOSING_LINES), len(lines)):
        if _CLOSING.fullmatch(folded(lines[at].strip())) and all(len(each.split()) <= _CLOSING_LINES for each in lines[at:]):
            return joined(lines[:at])
    return words


def greets(line: str) -> bool:
    """Whether a line greets, and says nothing else."""
    short = len(line.split()) <= _GREETING_WORDS and not re.search("[0-9]", line)
    return short and bool(_GREETING.match(folded(line.strip())))


def joined(lines: Sequence[str]) -> str:
    """The lines as one text, with no more than one empty line between two."""
    return re.sub(r"\n{3,}", "\n\n", many_lines("\n".join(lines)))
