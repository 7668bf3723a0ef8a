"""The words for days and months, brought to one form: a month and a weekday become one sign each.

`plain` tidies case, accents, blanks and commas; `canonical` translates a language's words to the English of the grammar.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from relcli.domain.dates.phrases import phrases

MONTH = "[\ue001-\ue00c]"  # private signs, which nobody types: `plain` takes them out
WEEKDAY = "[\ue010-\ue016]"

_MONTHS = {
    "en": "jan january, feb february, mar march, apr april, may, jun june, jul july, aug august, sep sept september, "
    "oct october, nov november, dec december",
    "de": "jan janner jaenner januar, feb februar feber, marz maerz mrz, apr april, mai, jun juni, jul juli, aug august, "
    "sep sept september, okt oktober, nov november, dez dezember",
    "es": "ene enero, feb febrero, mar marzo, abr abril, may mayo, jun junio, jul julio, ago agosto, "
    "sep sept set septiembre setiembre, oct octubre, nov noviembre, dic diciembre",
    "fr": "janv janvier, fev fevr fevrier, mars, avr avril, mai, juin, juil juillet, aout, sep sept septembre, oct octobre, "
    "nov novembre, dec decembre",
}
_WEEKDAYS = {
    "en": "mon monday, tue tues tuesday, wed weds wednesday, thu thur thurs thursday, fri friday, sat saturday, sun sunday",
    "de": "mo montag, di dienstag, mi mittwoch, do donnerstag, fr freitag, sa samstag sonnabend, so sonntag",
    "es": "lun lunes, mar martes, mie miercoles, jue jueves, vie viernes, sab sabado, dom domingo",
    "fr": "lun lundi, mar mardi, mer mercredi, jeu jeudi, ven vendredi, sam samedi, dim dimanche",
}
LANGUAGES = frozenset(_MONTHS)  # the languages of the grammar; others are the library's

_COMMA = re.compile(r",(?=\s|$|\d{4}\b)")
_WORD = re.compile(r"(?!(?<=[a-z] )ago\b)[^\W\d_\ue000-\uf8ff]+")  # in Spanish "ago" is August, but not in "3 days ago"


def plain(text: str) -> str:
    """The text in lower case, without accents, format signs and commas, with single blanks."""
    text = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf", "Co"))
    return " ".join(_COMMA.sub(" ", kept.replace("\u2019", "'")).split())


def canonical(text: str, languages: Sequence[str] = ("en",)) -> str:
    """The text in the words of the grammar. English is always understood, other languages where they are named."""
    found = plain(text)
    for language in languages:
        for pattern, instead in phrases(language):
            found = pattern.sub(instead, found)
    signs = _signs(tuple(sorted({"en", *languages} & LANGUAGES)))
    found = _WORD.sub(lambda word: signs.get(word.group(), word.group()), found)
    return re.sub(r"(?<=[\ue001-\ue016])\.(?!\.)(?=[ \d]|$)", " ", found).replace("  ", " ").strip()


def month_of(sign: str) -> int:
    """The number of a month's sign."""
    return ord(sign) - 0xE000


def weekday_of(sign: str) -> int:
    """The number of a weekday's sign; Monday is 0."""
    return ord(sign) - 0xE010


@lru_cache
def _signs(languages: tuple[str, ...]) -> dict[str, str]:
    """Word → sign; a word with two meanings among these languages has none."""
    meanings: dict[str, set[str]] = {}
    for table, first in ((_MONTHS, 0xE001), (_WEEKDAYS, 0xE010)):
        for language in languages:
            for number, words in enumerate(table[language].split(", ")):
                for word in words.split():
                    meanings.setdefault(word, set()).add(chr(first + number))
    return {word: signs.pop() for word, signs in meanings.items() if len(signs) == 1}
