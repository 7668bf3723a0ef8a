"""Surveys on a page and in a line: which there are, what one asks, what somebody answered."""

from __future__ import annotations

from typing import Any

from relcli.actions.preferences import PreferencesWritten
from relcli.actions.surveys.instruments import InstrumentsListed
from relcli.actions.surveys.responses import ResponsesRemoved, ResponseWritten
from relcli.domain.answering import score_in_words
from relcli.domain.survey import Instrument, Item, Response
from relcli.domain.wording import in_short
from relcli.render import preferences
from relcli.render.interactions import when
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words
from relcli.render.rows import Rows

COLUMNS = ("name", "title", "audience", "languages", "version", "own", "answers")
_NOBODY = "somebody"


def listed(result: InstrumentsListed) -> Page:
    """A line a survey."""
    columns = [Column("survey"), Column("about", folds=True), Column("version", "right"), Column("answers", "right")]
    rows = [
        [Cell(i.name, "name"), Cell(_about(i, result)), Cell(str(i.version)), Cell(_count(i, result))] for i in result.instruments
    ]
    return Page([Grid(columns, rows)])


def list_rows(result: InstrumentsListed) -> Rows:
    """The same for programs; several values are joined with `;`."""
    answers = result.answers
    return Rows(
        COLUMNS,
        tuple(
            (
                i.name, _title(i), ";".join(i.audience), ";".join(i.languages), i.version, i.name in result.own,
                None if answers is None else answers.get(i.name, 0),
            )
            for i in result.instruments
        ),
    )  # fmt: skip


def gone(result: InstrumentsListed) -> list[str]:
    """A line for each survey that was answered, and whose file is no longer there."""
    known = {i.name for i in result.instruments} | set(result.own)
    lost = {name: count for name, count in (result.answers or {}).items() if name not in known}
    return [f"{name} has answers ({count}) and no file any more" for name, count in sorted(lost.items())]


def shown(asked: Instrument, language: str, *, own: bool) -> Page:
    """What a survey asks, in one language."""
    blocks: list[Block] = [
        Heading(asked.title[language], asked.name),
        Words(asked.introduction[language]),
        Gap(),
        Facts(
            [
                ("for", Cell(", ".join(asked.audience))),
                ("version", Cell(f"{asked.version}" + (", yours" if own else ""))),
                ("languages", Cell(" ".join(asked.languages))),
            ]
        ),
    ]
    for item in asked.items:
        blocks += [Gap(), Words(item.text[language], "name"), Words(f"{item.name} · {_below(item, language)}")]
    if asked.sources:
        blocks += [Gap(), *(Words(f"source: {source}", "dim") for source in asked.sources)]
    return Page(blocks)


def document(asked: Instrument, *, own: bool) -> dict[str, Any]:
    """What a survey asks, in all its languages, for programs."""
    return {
        "name": asked.name, "version": asked.version, "own": own, "audience": list(asked.audience),
        "languages": list(asked.languages), "title": dict(asked.title), "introduction": dict(asked.introduction),
        "items": [_item(item) for item in asked.items], "sources": list(asked.sources),
    }  # fmt: skip


def written(result: ResponseWritten) -> str:
    """One line: whose answer to which survey, and the score."""
    response = result.response
    if result.batch is None:
        return f"left {response.id} as it is"
    name = result.contact.name if result.contact else _NOBODY
    return f"{result.act} {response.id}: {_line(response, name)}"


def wishes(result: ResponseWritten) -> list[str]:
    """What else was understood: the wishes they stated, what these put an end to, and that they are unhappy."""
    lines = [] if result.wishes is None else [_stated(result.wishes), *preferences.consequences(result.wishes)]
    if result.response.unhappy and result.contact is not None:
        lines.append(f"they are unhappy: promise what you will do: relcli promise add {result.contact.id} TEXT --by DATE")
    return lines


def removed(result: ResponsesRemoved) -> str:
    """One line: what was removed, or how many and which."""
    if len(result.responses) > 1:
        return f"removed {len(result.responses)} answers: {' '.join(r.id for r in result.responses)}"
    [response] = result.responses
    return f"removed {response.id}: {_line(response, result.names.get(response.contact, _NOBODY))}"


def question(item: Item, language: str, place: int, total: int) -> list[str]:
    """An item as it is put to somebody on the phone."""
    lines = [f"{place}/{total}  {item.text[language]}"]
    if item.scaled:
        lines.append(f"     {_scale(item, language)}")
    elif item.choices:
        words = item.wording.get(language, item.choices)
        lines += [f"     {number}  {said}" for number, said in enumerate(words, 1)]
    return lines


def _line(response: Response, name: str) -> str:
    score = score_in_words(response)
    return f"{name} answered {response.survey} on {when(response.when)}" + (f", {score}" if score else "")


def _stated(stated: PreferencesWritten) -> str:
    wanted, ids = (", ".join(in_short(w) for w in stated.preferences), " ".join(w.id for w in stated.preferences))
    return f"their stated wish: {wanted} ({ids})"


def _title(asked: Instrument) -> str:
    return asked.title[asked.languages[0]]


def _about(asked: Instrument, result: InstrumentsListed) -> str:
    """`How did it go? · customers · en es de · yours`."""
    parts = (_title(asked), ", ".join(asked.audience), " ".join(asked.languages), "yours" if asked.name in result.own else "")
    return " · ".join(part for part in parts if part)


def _count(asked: Instrument, result: InstrumentsListed) -> str:
    return "" if result.answers is None else str(result.answers.get(asked.name, 0))


def _scale(item: Item, language: str) -> str:
    ends = item.labels.get(language)
    return f"{item.low} to {item.high}" + (f": {item.low} {ends[0]}, {item.high} {ends[1]}" if ends else "")


def _below(item: Item, language: str) -> str:
    """How an item is answered, and what it is about."""
    if item.scaled:
        good = ", a low number is good" if item.reversed else ""
        return f"{_scale(item, language)} · {item.tag.value}{good}"
    if item.choices:
        words = item.wording.get(language, item.choices)
        choices = ", ".join(f"{word} ({choice})" for word, choice in zip(words, item.choices, strict=True))
        return f"{choices} · {item.tag.value}"
    return "in their own words"


def _item(item: Item) -> dict[str, Any]:
    return {
        "name": item.name, "tag": item.tag.value, "text": dict(item.text),
        "scale": [item.low, item.high] if item.scaled else None, "reversed": item.reversed,
        "labels": {language: list(ends) for language, ends in item.labels.items()}, "choices": list(item.choices),
        "wording": {language: list(words) for language, words in item.wording.items()},
    }  # fmt: skip
