"""Which answers somebody's own words in a reply give. Where they could be read in two ways, they are not read.

What counts as a number is a whole number in digits, standing alone; what is asked of several items comes with the number
of each question, stands under the question, or is one line for each in their order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from relcli.domain.answering import answered
from relcli.domain.courtesy import joined, unclosed, ungreeted
from relcli.domain.figure import bare, begins_with_figure, scored, short
from relcli.domain.survey import Instrument, Item
from relcli.text import folded, many_lines, one_line

STOP_WORDS = {"en": "STOP", "es": "BASTA", "de": "STOPP"}  # what to reply with to be asked no more

_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u2060\ufeff\u200e\u200f\ufe0e\ufe0f", None) | {"\u00a0": " ", "\u202f": " "})
_STOPS = frozenset(folded(word) for word in STOP_WORDS.values())
_LINE = re.compile(r"([0-9]{1,2})[ \t]*(?:[:)=]|\.(?=[ \t]|$))[ \t]*(.*)")
_PLAIN_QUESTION = 12  # characters of a question that nobody writes by chance


def said_in(text: str, below: Mapping[int, str], instrument: Instrument, language: str) -> dict[str, str]:
    """The answers by item in somebody's own words. `below`: what stands under a question that they quoted, by its number.

    Raises ValueError with a sentence that says what could not be read.
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
        found = _one(own, under, instrument, scaled[0])
    else:
        found = _several(own, under, instrument, language)
    return _checked(found, instrument, language)


def stops(text: str) -> bool:
    """Whether a reply asks not to be asked again: its first line is STOP, BASTA or STOPP, and nothing else."""
    first = next((line for line in _cleaned(text).split("\n") if line.strip()), "")
    return re.sub(r"[\W_]+", "", folded(first)) in _STOPS and len(first.split()) == 1


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


def _several(own: str, under: Mapping[int, str], instrument: Instrument, language: str) -> dict[str, str]:
    """The answers to several items, in the one way in which they are given."""
    items = instrument.items
    if any(number <= len(items) and _closed(items[number - 1]) for number in under if number > 0):
        found = {items[n - 1].name: _value(items[n - 1], said) for n, said in under.items() if 1 <= n <= len(items)}
        left = _elsewhere(own, under)
        words = [item.name for item in items if not _closed(item) and item.name not in found]
        return found | {words[0]: left} if left and len(words) == 1 else found
    if any((line := _LINE.fullmatch(each.strip())) and 1 <= int(line[1]) <= len(items) and line[2] for each in own.split("\n")):
        return _numbered(own, instrument)
    return _in_order(own, instrument, language)


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
            found[last.name] = _value(last, numbered[2]) if numbered[2] else ""
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


def _in_order(own: str, instrument: Instrument, language: str) -> dict[str, str]:
    """Answers without numbers of questions: a line for each question with a scale or choices, then words."""
    closed = [item for item in instrument.items if _closed(item)]
    words = [item for item in instrument.items if not _closed(item)]
    lines = [line.strip() for line in ungreeted(own).split("\n")]
    filled = [line for line in lines if line]
    figures = [line for line in filled if bare(line)]
    scaled = [item for item in closed if item.scaled]
    given = filled[: len(closed)]
    if len(figures) != len(scaled) or len(given) < len(closed):
        raise ValueError(
            f'it cannot be told which question each answers in "{short(own)}": {len(figures)} lines hold a number alone, and '
            f"{len(scaled)} questions have a scale"
        )
    found: dict[str, str] = {}
    for item, line in zip(closed, given, strict=True):
        if not item.scaled:
            answered(item, language, line)
        elif not bare(line):
            raise ValueError(f'"{short(line)}" stands where the number for {item.name} should')
        found[item.name] = scored(line, item).number if item.scaled else line
    rest = many_lines("\n".join(lines[_past(lines, len(closed)) :]))
    if rest and len(words) == 1:
        found[words[0].name] = rest
    elif rest and words:
        raise ValueError(f'it cannot be told which question "{short(rest)}" answers')
    return found


def _value(item: Item, said: str) -> str:
    """What was said to one item, a number where it has a scale."""
    return scored(said, item).number if item.scaled else said


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


def _checked(found: Mapping[str, str], instrument: Instrument, language: str) -> dict[str, str]:
    """The answers in the order of the items, each one that can be kept, and without "Best regards"."""
    said = {
        item.name: found[item.name] if _closed(item) else unclosed(found[item.name])
        for item in instrument.items
        if item.name in found
    }
    for item in instrument.items:
        if said.get(item.name):
            answered(item, language, said[item.name])
    return {name: words for name, words in said.items() if words}


def _cleaned(text: str) -> str:
    return many_lines(text.translate(_INVISIBLE))


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()


def _past(lines: Sequence[str], filled: int) -> int:
    """The place after so many lines that say something."""
    at = 0
    while filled:
        filled -= bool(lines[at])
        at += 1
    return at
