"""Survey answers in tables: of Google Forms, Typeform, SurveyMonkey, our own export, or any other with a map.

A row of a tool is one response. Answers are handed on as they stand in the cell; whether they are answers, and whose, is for
others to judge. Nothing but the answers, the id, the time and the one cell that names the person is kept of a row.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from relcli.domain.survey import Instrument
from relcli.exchange.answers.columns import Layout, laid_out, understood
from relcli.exchange.answers.maps import AnswerMap, on_our_scale
from relcli.exchange.answers.own import is_own, own_rows
from relcli.exchange.answers.questions import Question
from relcli.exchange.answers.rows import AnswerRow
from relcli.exchange.csv import Sheet, read_sheet
from relcli.text import one_line

NO_MAP = AnswerMap()


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """The responses of a file. `tool` is the tool's title, empty for a table of no tool we know.

    `missing` are the items that no column answers, `unused` the columns that are not read, `others` the rows of an export of
    ours that answer other surveys.
    """

    name: str
    tool: str
    rows: tuple[AnswerRow, ...]
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    others: int = 0


def read_answers(
    data: bytes, name: str, instrument: Instrument, mapping: AnswerMap = NO_MAP, *, encoding: str | None = None
) -> AnswerFile:
    """The answers to one survey in a file's bytes; `name` is what messages call it. A map goes before what is known of a tool.

    A row that contradicts itself says so in its `problem`. Raises InputRefused for what is no even table, for two columns that
    claim one place, and where no item of the survey, or no time, is found; Misused for an unknown encoding.
    """
    plain = not (mapping.columns or mapping.items)
    sheet = read_sheet(
        data, name, encoding=encoding, known=lambda header: is_own(header) or understood(header, instrument, mapping)
    )
    if plain and is_own(sheet.header):
        rows, others = own_rows(sheet, instrument)
        return AnswerFile(name, "relcli", (*rows, *_uneven(sheet)), others=others)
    layout = laid_out(sheet, instrument, mapping)
    missing = tuple(item.name for item in instrument.items if item.name not in layout.items)
    rows = (*_rows(sheet, layout, instrument, mapping), *_uneven(sheet))
    return AnswerFile(name, layout.tool.title, rows, missing, layout.unused)


def _uneven(sheet: Sheet) -> list[AnswerRow]:
    """The rows of another length than the header: bad ones like any other."""
    return [AnswerRow(line, "", "", "", "", utc=False, language="", answers={}, problem=why) for line, why in sheet.uneven]


def _rows(sheet: Sheet, layout: Layout, instrument: Instrument, mapping: AnswerMap) -> Iterator[AnswerRow]:
    source = mapping.constants.get("source", layout.tool.source)
    words = {name: mapping.words(name) for name in mapping.values}
    items = {item.name: item for item in instrument.items}
    seen: Counter[str] = Counter()
    for line, cells in sheet.rows[layout.begins :]:
        problems: list[str] = []
        answers: dict[str, str] = {}
        languages: set[str] = set()
        for name, questions in layout.items.items():
            said = [(text, question.language) for question in questions if (text := _said(cells, question))]
            if len({text for text, _ in said}) > 1:
                problems.append(f"{name} is answered twice, and differently")
            if said:
                answers[name] = said[0][0]
                languages |= {language for _, language in said if language}
        at = _place(cells, layout.at)
        contact = _cell(cells, _place(cells, layout.contact))
        when = "" if at is None else one_line(cells[at])
        code = _cell(cells, _place(cells, layout.id)) or _digest(instrument, when, contact, answers, seen)
        if not when and "at" not in mapping.constants:
            problems.append("it does not say when they answered")
        for name, said_there in answers.items():
            theirs = words.get(name, {})
            if (key := said_there.strip().casefold()) in theirs:
                answers[name] = theirs[key]
            elif name in mapping.scales:
                try:
                    answers[name] = on_our_scale(items[name], mapping.scales[name], said_there)
                except ValueError as error:
                    problems.append(str(error))
        language = languages.pop() if len(languages) == 1 else ""
        yield AnswerRow(line, code, source, contact, when, at in layout.utc, language, answers, "; ".join(problems))


def _said(cells: Sequence[str], question: Question) -> str:
    """What stands in the columns of a question; several choices are joined as they would be in one cell."""
    return ", ".join(cells[place] for place in question.columns if cells[place].strip())


def _place(cells: Sequence[str], places: Sequence[int]) -> int | None:
    """The first of these columns in which something stands."""
    return next((place for place in places if cells[place].strip()), None)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return "" if place is None else one_line(cells[place])


def _digest(instrument: Instrument, when: str, contact: str, answers: dict[str, str], seen: Counter[str]) -> str:
    """An id for a response that has none: of the time and the person, of the answers where nobody is named.

    The same again in the same file is another response, and has a number more.
    """
    parts = [instrument.name, when, contact.casefold()]
    if not contact:
        parts += [f"{name}={said}" for name, said in sorted(answers.items())]
    found = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
    seen[found] += 1
    return found if seen[found] == 1 else f"{found}-{seen[found]}"
