"""Which answers somebody's own words in a reply give. Where they could be read in two ways, they are not read.

What counts as a number is a whole number in digits, standing alone; what is asked of several items comes with the number
of each question, stands under the question, or is one line for each in their order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from relcli.domain.answering import answered
from relcli.domain.cadence import length_in
from relcli.domain.courtesy import greets, joined, seen, unclosed, ungreeted
from relcli.domain.figure import OffScale, bare, begins_with_figure, scored, short
from relcli.domain.survey import Instrument, Item, Tag
from relcli.text import folded, many_lines, one_line

STOP_WORDS = ("STOP", "BASTA", "STOPP")  # what to reply with to be asked no more, in any language

_STOPS = frozenset(folded(word) for word in STOP_WORDS)
_COURTESY = re.compile(r"\b(?:please|thanks|thank you|bitte|danke|por favor|gracias)\b")
_AROUND = " \t*_~\"'“”„«»()[].,;:!¡-\u2010\u2011\u2012\u2013\u2014"
_SHORT_WORDS = 12  # of a reply in which a stop word may well be one
_LINE = re.compile(r"([0-9]{1,2})[ \t]*(?:[:)=]|\.(?=[ \t]|$))[ \t]*(.*)")
_PLAIN_QUESTION = 12  # characters of a question that nobody writes by chance


@dataclass(frozen=True, slots=True)
class Said:
    """The answers by item in somebody's own words, and by item why what they said to it could not be read."""

    answers: Mapping[str, str]
    unread: Mapping[str, str] = field(default_factory=dict)


def said_in(text: str, below: Mapping[int, str], instrument: Instrument, language: str) -> Said:
    """The answers in somebody's own words. `below`: what stands under a question that they quoted, by its number.

    Raises ValueError with a sentence that says what could not be read, where that is all of it, or throws doubt on the rest.
    """
    own = _cleaned(text)
    if not own:
        raise ValueError("nothing of their own stands in it")
    if asked := _asked_in(own, instrument):
        raise ValueError(f'it repeats the question "{asked}" without marking it as quoted')
    under = {number: words for number, each in below.items() if (words := _cleaned(each))}
    scaled = [item for item in instrument.items if item.scaled]
    others = [item for item in instrument.items if not item.scaled]
    if len(scaled) == 1 and len(others) <= 1 and not any(item.choices for item in others):
        return _read(_one(own, under, instrument, scaled[0]), {}, instrument, language)
    return _several(own, under, instrument, language)


def stops(text: str) -> bool:
    """Whether a reply asks not to be asked again: its first line, a greeting aside, is one of the words, perhaps with a please."""
    lines = [line for line in _cleaned(text).split("\n") if line.strip()]
    if len(lines) > 1 and greets(lines[0]):
        lines = lines[1:]
    greeting, _, rest = lines[0].partition(",") if lines else ("", "", "")
    first = rest if rest.strip() and greets(greeting) else ",".join(lines[:1])
    words = re.sub(r"[^\w?¿\s]+", " ", _COURTESY.sub(" ", folded(first))).replace("_", " ").split()
    return bool(words) and _STOPS.issuperset(words)


def mentions_stop(text: str) -> bool:
    """Whether a short reply holds STOP, BASTA or STOPP as a word, without being that request alone."""
    own = _cleaned(text)
    words = own[: 100 * _SHORT_WORDS].split()
    short_one = len(words) <= _SHORT_WORDS and len(own) <= 100 * _SHORT_WORDS
    return short_one and any(folded(word.strip(_AROUND + "?¿")) in _STOPS for word in words) and not stops(text)


def _one(own: str, under: Mapping[int, str], instrument: Instrument, item: Item) -> dict[str, str]:
    """The answers to one item with a scale and perhaps one in words."""
    rest = next((each for each in instrument.items if each is not item), None)
    place = instrument.items.index(item) + 1
    if place in under:
        read = scored(under[place], item)
        left = _elsewhere(own, under)
        words = [read.words, *(under[number] for number in sorted(under) if number != place)]
        words = words if any(words) else [left]
    elif (first := _LINE.fullmatch(_first_line(own))) and 1 <= int(first[1]) <= len(instrument.items) and first[2]:
        return _numbered(own, instrument)
    else:
        read = scored(own, item)
        words = [read.words]
    found = {item.name: read.number}
    if rest is not None and (said := "\n".join(each for each in words if each)):
        found[rest.name] = said
    return found


def _several(own: str, under: Mapping[int, str], instrument: Instrument, language: str) -> Said:
    """The answers to several items, in the one way in which they are given."""
    items = instrument.items
    if any(number <= len(items) and _closed(items[number - 1]) for number in under if number > 0):
        found = {items[n - 1].name: said for n, said in under.items() if 1 <= n <= len(items)}
        left = _elsewhere(own, under)
        words = [item.name for item in items if not _closed(item) and item.name not in found]
        return _read(found | ({words[0]: left} if left and len(words) == 1 else {}), {}, instrument, language)
    if any((line := _LINE.fullmatch(each.strip())) and 1 <= int(line[1]) <= len(items) and line[2] for each in own.split("\n")):
        return _read(_numbered(own, instrument), {}, instrument, language)
    return _read(*_in_order(own, instrument, language), instrument, language)


def _numbered(own: str, instrument: Instrument) -> dict[str, str]:
    """Answers on lines that begin with the number of the question."""
    items = instrument.items
    found: dict[str, str] = {}
    last: Item | None = None
    loose: list[str] = []
    for line in (each.strip() for each in ungreeted(own).split("\n")):
        numbered = _LINE.fullmatch(line)
        if numbered and 1 <= int(numbered[1]) <= len(items):
            last = items[int(numbered[1]) - 1]
            if last.name in found:
                raise ValueError(f"question {numbered[1]} is answered twice")
            found[last.name] = numbered[2]
        elif last is not None and not _closed(last):
            found[last.name] += f"\n{line}"
        elif line and begins_with_figure(line):
            raise ValueError(f'"{short(line)}" does not say which question it answers')
        else:
            loose.append(line)
    words = [item for item in items if not _closed(item) and not found.get(item.name)]
    if len(words) == 1 and (said := "\n".join(loose).strip()):
        found[words[0].name] = said
    found = {name: said.strip() for name, said in found.items() if said.strip()}
    if not any(item.name in found for item in items if _closed(item)):
        raise ValueError(f'no question with a scale or a choice is answered in "{short(own)}"')
    return found


def _in_order(own: str, instrument: Instrument, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Answers without numbers of questions: a line for each question with a scale or choices, then words; and what is not read.

    Who gives nothing but a number for each scale has answered those. Where one choice cannot be read and no line certainly
    belongs to a later one, a question may have been passed over: then no choice is taken.
    """
    closed = [item for item in instrument.items if _closed(item)]
    scaled = [item for item in closed if item.scaled]
    words = [item for item in instrument.items if not _closed(item)]
    lines = [line.strip() for line in ungreeted(own).split("\n")]
    filled = [line for line in lines if line]
    figures = [line for line in filled if bare(line)]
    if len(figures) != len(scaled):
        raise ValueError(
            f'it cannot be told which question each answers in "{short(own)}": {len(figures)} of its lines hold a number alone, '
            f"and {len(scaled)} questions have a scale"
        )
    if len(filled) == len(figures):
        return dict(zip((item.name for item in scaled), figures, strict=True)), {}
    asked = closed if len(filled) >= len(closed) else scaled
    found = {item.name: line for item, line in zip(asked, filled, strict=False)}
    for item in scaled:
        if not bare(found[item.name]):
            raise ValueError(f'"{short(found[item.name])}" stands where the number for {item.name} should')
    choices = [item for item in closed if not item.scaled]
    rest = many_lines("\n".join(lines[_past(lines, len(asked)) :]))
    unplaced = f'it cannot be told which question "{short(rest)}" answers'
    if asked is not closed:
        return found, {item.name: unplaced for item in choices}
    unread: dict[str, str] = {}
    sure = len(filled) == len(instrument.items)
    for item in choices:
        try:
            sure = (_chosen(item, language, found[item.name]) and bool(unread)) or sure
        except ValueError as reason:
            unread[item.name] = str(reason)
    if unread and not (sure and len(unread) == 1):
        kept = {item.name: found[item.name] for item in scaled}
        return kept, {item.name: unread.get(item.name, "an answer beside it cannot be read") for item in choices}
    if rest and len(words) == 1:
        found[words[0].name] = rest
    elif rest and words:
        raise ValueError(unplaced)
    return found, unread


def _closed(item: Item) -> bool:
    """Whether it is answered by a number or a choice, not in words of their own."""
    return item.scaled or bool(item.choices)


def _asked_in(own: str, instrument: Instrument) -> str:
    """A question of the survey that stands in the text."""
    said = folded(one_line(own))
    asked = (text for item in instrument.items for text in item.text.values())
    return next((text for text in asked if len(text) >= _PLAIN_QUESTION and folded(one_line(text)) in said), "")


def _elsewhere(own: str, under: Mapping[int, str]) -> str:
    """Their words that stand under no question. Raises ValueError where a number is among them."""
    for words in under.values():
        for block in words.split("\n\n"):
            own = own.replace(block, "", 1)
    left = joined(own.strip().split("\n"))
    if left and (begins_with_figure(left) or any(map(bare, left.split("\n")))):
        raise ValueError(f'numbers stand both under the questions and elsewhere: "{short(left)}"')
    return ungreeted(left)


def _read(found: Mapping[str, str], unread: Mapping[str, str], instrument: Instrument, language: str) -> Said:
    """The answers in the order of the items, each one that can be kept, and without "Best regards".

    Raises ValueError where nothing can be, or a number is off its scale: then the others may be meant for another one, too.
    """
    answers: dict[str, str] = {}
    left = dict(unread)
    for item in instrument.items:
        if not (said := found.get(item.name, "").strip()) or item.name in left:
            continue
        try:
            if value := _kept(item, language, said):
                answers[item.name] = value
        except OffScale:
            raise
        except ValueError as reason:
            left[item.name] = str(reason)
    if left and not any(item.name in answers for item in instrument.items if _closed(item)):
        raise ValueError(next(iter(left.values())))
    return Said(answers, {item.name: left[item.name] for item in instrument.items if item.name in left})


def _kept(item: Item, language: str, said: str) -> str:
    """What of an item's answer is kept: a number, a choice, words. Raises ValueError."""
    if item.scaled:
        return scored(said, item).number
    value = unclosed(said)
    if item.choices:
        value = said.strip(_AROUND)
        value = length_in(value) or value if item.tag is Tag.CADENCE else value
    if value:
        answered(item, language, value)
    return value


def _chosen(item: Item, language: str, said: str) -> bool:
    """Whether a line is certainly meant for this item: it is one of its choices. Raises ValueError where it cannot be meant."""
    value = answered(item, language, _kept(item, language, said)).words
    if value not in item.choices and item.tag is not Tag.CADENCE and len(value.split()) > 1:
        raise ValueError(f'"{short(said)}" is none of the choices for {item.name}: {", ".join(item.choices)}')
    return value in item.choices


def _cleaned(text: str) -> str:
    return many_lines(seen(text))


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()


def _past(lines: Sequence[str], filled: int) -> int:
    """The place after so many lines that say something."""
    at = 0
    while filled:
        filled -= bool(lines[at])
        at += 1
    return at
