"""Which columns ask which item of a survey.

A question is an item where its text, in any language of the survey, or the item's name stands in the header; case, accents,
blanks, punctuation and markup aside. The same item may be asked in several columns, in a language each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from relcli.domain.survey import Item
from relcli.exchange.answers.headers import Headers, key

_ROW = re.compile(r"\[([^\[\]]*)\]\s*\Z")  # `Question [Row]` of a grid


@dataclass(frozen=True, slots=True)
class Question:
    """The columns of one question, and the language it was asked in, empty where the header does not tell."""

    columns: tuple[int, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class _Wording:
    """One wording of an item, as it is compared."""

    words: str
    item: str
    language: str


def asked_in(headers: Headers, over: Sequence[str], items: Sequence[Item]) -> dict[str, tuple[Question, ...]]:
    """The items whose questions stand in the header, and takes their columns. Raises InputRefused for a question asked twice.

    `over` are the questions of a first header, where a second one tells the options; a question then has columns side by side.
    """
    known = _wordings(items)
    places: dict[_Wording, list[int]] = {}
    for place, title in enumerate(headers.titles):
        found = (_found(over[place], known) if over else None) or _found(title, known)
        if found is not None and place not in headers.taken:
            places.setdefault(found, []).append(place)
    asked: dict[str, tuple[Question, ...]] = {}
    for wording, columns in places.items():
        if not (over and _side_by_side(columns, over)):
            headers.one(columns, wording.item)
        asked[wording.item] = (*asked.get(wording.item, ()), Question(tuple(columns), wording.language))
        headers.taken |= {*columns}
    return asked


def by_choices(headers: Headers, items: Sequence[Item]) -> dict[str, tuple[Question, ...]]:
    """Items with a column for each choice: where all the choices stand there in a language, and could be no other item's."""
    owners: dict[str, set[str]] = {}
    for item in items:
        for words in (words for wording in item.wording.values() for words in wording):
            owners.setdefault(key(words), set()).add(item.name)
    asked: dict[str, tuple[Question, ...]] = {}
    for item in items:
        for language, wording in item.wording.items():
            found = [headers.free(words) for words in wording if len(owners[key(words)]) == 1]
            if item.name not in asked and len(found) == len(wording) and all(len(columns) == 1 for columns in found):
                asked[item.name] = (Question(tuple(column for (column,) in found), language),)
                headers.taken |= {column for (column,) in found}
    return asked


def asks(header: Sequence[str], items: Iterable[Item]) -> bool:
    """Whether any column of a header asks an item."""
    known = _wordings(items)
    return any(_found(title, known) for title in header)


def _wordings(items: Iterable[Item]) -> dict[str, _Wording]:
    """The wordings of all items by what is compared of them; what two items share is left out."""
    found: dict[str, dict[str, set[str]]] = {}
    for item in items:
        for language, text in item.text.items():
            found.setdefault(key(text), {}).setdefault(item.name, set()).add(language)
    for item in items:
        found.setdefault(key(item.name), {}).setdefault(item.name, {""})
    return {
        words: _Wording(words, name, languages.pop() if len(languages) == 1 else "")
        for words, claims in found.items()
        if len(claims) == 1
        for name, languages in claims.items()
    }


def _found(title: str, known: Mapping[str, _Wording]) -> _Wording | None:
    """The item a header asks: the whole header, or the row of a grid, which must be its text and not just its name."""
    if whole := known.get(key(title)):
        return whole
    row = _ROW.search(title)
    found = known.get(key(row[1])) if row else None
    return None if found is None or found.words == key(found.item) else found


def _side_by_side(columns: Sequence[int], over: Sequence[str]) -> bool:
    return all(later - before == 1 for before, later in pairwise(columns)) and len({over[column] for column in columns}) == 1
