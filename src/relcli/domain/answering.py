"""How what somebody says becomes an answer to an item, and which wishes of theirs it states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relcli.domain.figure import OffScale, scored, short
from relcli.domain.preference import PreferenceKind, normal
from relcli.domain.survey import Answer, Instrument, Item, Response, Tag
from relcli.text import folded, many_lines, one_line, storable

WORDS_MOST = 5000  # characters of an answer in words
_CHOICE_MOST = 200  # of an answer that is one of several
WISHES = {
    Tag.CLOSENESS_WANTED: PreferenceKind.CLOSENESS,
    Tag.CADENCE: PreferenceKind.CADENCE,
    Tag.CHANNEL: PreferenceKind.CHANNEL,
}  # what they want; how close it feels to them is no wish
_SPELLED = {**WISHES, Tag.CLOSENESS_FELT: PreferenceKind.CLOSENESS}
_LABELLED = re.compile(r"(?P<number>[^\n]+?)[ \t]*(?:[-\u2010-\u2015:=]|\()[ \t]*[^\W\d_][^\d\n]{0,60}")  # "10 - very likely"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish that an answer states, with the words they chose."""

    kind: PreferenceKind
    value: str
    words: str


def answered(item: Item, language: str, said: str) -> Answer:
    """The answer that `said` gives to an item asked in a language. Raises ValueError with what can be said.

    A number on its scale; one of its choices, by itself or as it is worded in any language; else words. How often and by
    which channel may also be something that is not among the choices.
    """
    if not storable(said):
        raise ValueError(f"the answer to {item.name} holds a NUL or half a character, which no book can keep")
    text = many_lines(said)
    if not text:
        raise ValueError(f"{item.name} says nothing")
    if len(text) > WORDS_MOST:
        raise ValueError(f"the answer to {item.name} has {len(text)} characters; {WORDS_MOST} are the most")
    asked = Answer(item.name, item.tag, item.text[language], None, "", item.low, item.high, item.reversed)
    if not item.scaled:
        return _with(asked, words=_chosen(item, text))
    return _with(asked, value=int(_figure(item, text)))


def language_for(instrument: Instrument, wanted: str) -> str:
    """The language to ask in: theirs where the survey has it (`es` for `es-MX`), else its first one."""
    by_name = {language.lower(): language for language in instrument.languages}
    theirs = wanted.lower().replace("_", "-")
    return by_name.get(theirs) or by_name.get(theirs.partition("-")[0]) or instrument.languages[0]


def wishes_stated(answers: Iterable[Answer], items: Sequence[Item] = ()) -> tuple[Wish, ...]:
    """The wishes in these answers. `items` are those asked, which say how a choice was worded."""
    asked = {item.name: item for item in items}
    return tuple(
        Wish(WISHES[answer.tag], answer.words, _worded(asked.get(answer.item), answer))
        for answer in answers
        if answer.tag in WISHES and answer.words
    )


def differing(instrument: Instrument, responses: Iterable[Response]) -> str:
    """The name of an item which these responses of the same version were asked otherwise, or not as now; else empty."""
    items = {item.name: item for item in instrument.items}
    for response in responses:
        if response.version == instrument.version:
            for answer in response.answers:
                if (item := items.get(answer.item)) is None or not _as_asked(item, answer):
                    return answer.item
    return ""


def score_in_words(response: Response) -> str:
    """`8 of 10` where one item was scored, `72 of 100` for the mean of several; empty where none was."""
    scored = [answer for answer in response.answers if answer.share is not None]
    if len(scored) == 1 and not scored[0].reversed:
        return f"{scored[0].value} of {scored[0].high}"
    return "" if response.score is None else f"{100 * response.score:.0f} of 100"


def verbatim(response: Response) -> str:
    """What they said in words of their own, in the order of the items."""
    return " · ".join(one_line(answer.words) for answer in response.answers if answer.tag is Tag.OPEN and answer.words)


def _figure(item: Item, text: str) -> str:
    """The number that was said: alone, `8.0`, `8/10` on a scale to 10, or with its label after a mark. Raises ValueError."""
    try:
        read = scored(text, item)
    except OffScale:
        raise
    except ValueError as reason:
        raise ValueError(f'"{short(text)}" is not on the scale of {item.name}, {item.low} to {item.high}: {reason}') from None
    if read.words and not _LABELLED.fullmatch(text):
        raise ValueError(f'"{short(text)}" is not on the scale of {item.name}, {item.low} to {item.high}')
    return read.number


def _with(answer: Answer, *, value: int | None = None, words: str = "") -> Answer:
    return Answer(answer.item, answer.tag, answer.text, value, words, answer.low, answer.high, answer.reversed)


def _chosen(item: Item, text: str) -> str:
    """The choice that was meant, in its one spelling; an item without choices takes any words."""
    key = folded(one_line(text))
    for place, choice in enumerate(item.choices):
        if key == folded(choice) or any(key == folded(words[place]) for words in item.wording.values()):
            return choice
    if kind := _SPELLED.get(item.tag):
        if len(text) > _CHOICE_MOST:
            raise ValueError(f'"{short(text)}" is no answer to {item.name}: choose one of {", ".join(item.choices)}')
        try:
            return normal(kind, text)
        except ValueError as error:
            raise ValueError(f"{item.name}: {error}") from None
    if item.choices:
        raise ValueError(f'"{short(text)}" is no answer to {item.name}: choose one of {", ".join(item.choices)}')
    return text


def _worded(item: Item | None, answer: Answer) -> str:
    """The words behind a choice, in the language in which the item was asked."""
    if item is not None and answer.words in item.choices:
        place = item.choices.index(answer.words)
        for language, text in item.text.items():
            if text == answer.text and language in item.wording:
                return item.wording[language][place]
    return answer.words


def _as_asked(item: Item, answer: Answer) -> bool:
    same = (item.tag, item.low, item.high, item.reversed) == (answer.tag, answer.low, answer.high, answer.reversed)
    return same and answer.text in item.text.values()
