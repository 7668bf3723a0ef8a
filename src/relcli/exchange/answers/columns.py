"""Which column of a survey tool's table is what: the id, the person, the time, and the items. What a map says goes before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from relcli.domain.survey import Instrument
from relcli.errors import InputRefused
from relcli.exchange.answers.headers import Headers, headers_seen, key, short
from relcli.exchange.answers.maps import AnswerMap
from relcli.exchange.answers.questions import Question, asked_in, asks, by_choices
from relcli.exchange.answers.tools import OTHER, SURVEYMONKEY, TYPEFORM, Tool, tool_of
from relcli.exchange.csv import Sheet
from relcli.text import one_line

_UTC = re.compile(r"\bUTC\b", re.IGNORECASE)
_NO_OPTION = frozenset({"", "response", "openendedresponse"})


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where. `id`, `contact` and `at` are columns in order of preference, `begins` the first row of answers.

    `utc` are the columns whose times are told in UTC, `unused` the headers of those that are not read.
    """

    tool: Tool
    begins: int
    id: tuple[int, ...]
    contact: tuple[int, ...]
    at: tuple[int, ...]
    items: Mapping[str, tuple[Question, ...]]
    utc: frozenset[int]
    unused: tuple[str, ...]


def laid_out(sheet: Sheet, instrument: Instrument, mapping: AnswerMap) -> Layout:
    """What each column is. Raises InputRefused where no item is found, nothing tells the time, or two columns claim one place."""
    tool = tool_of(sheet.header)
    questions, options = _two_headers(sheet) if tool is SURVEYMONKEY else (sheet.header, None)
    headers = Headers(sheet.name, questions if options is None else tuple(_titles(questions, options)))
    fixed: dict[str, tuple[int, ...]] = {ours: (headers.taken_by(theirs, ours),) for ours, theirs in mapping.columns.items()}
    items: dict[str, tuple[Question, ...]] = {
        item: (Question(tuple(headers.taken_by(title, item) for title in titles)),) for item, titles in mapping.items.items()
    }
    if "at" in mapping.constants and "at" not in fixed:
        fixed |= {"at": ()}
    for ours, theirs in (("id", tool.id), ("contact", tool.contact), ("at", tool.at)):
        if ours not in fixed:
            fixed |= {ours: headers.first(theirs, ours, every=ours == "at")}
    items |= asked_in(headers, () if options is None else questions, [i for i in instrument.items if i.name not in items])
    if tool is TYPEFORM:
        items |= by_choices(headers, [item for item in instrument.items if item.name not in items])
    _require(headers, instrument, items=bool(items), at=bool(fixed["at"] or "at" in mapping.constants))
    return Layout(
        tool=tool,
        begins=0 if options is None else 1,
        id=fixed["id"],
        contact=fixed["contact"],
        at=fixed["at"],
        items={item.name: items[item.name] for item in instrument.items if item.name in items},
        utc=frozenset(place for place in fixed["at"] if _UTC.search(headers.titles[place])),
        unused=tuple(one_line(t) or "(no name)" for place, t in enumerate(headers.titles) if place not in headers.taken),
    )


def understood(header: Sequence[str], instrument: Instrument, mapping: AnswerMap) -> bool:
    """Whether a header is that of a tool, or holds an item or a column of the map."""
    mapped = {key(theirs) for theirs in mapping.columns.values()} | {key(t) for titles in mapping.items.values() for t in titles}
    return tool_of(header) is not OTHER or asks(header, instrument.items) or any(key(title) in mapped for title in header)


def _two_headers(sheet: Sheet) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """Questions, each over all of its columns, and the second header with their options, if there is one: a row of nobody."""
    ids = {key(mark) for mark in SURVEYMONKEY.marks}
    first = sheet.rows[0][1] if sheet.rows else ()
    if not first or any(first[place].strip() for place, title in enumerate(sheet.header) if key(title) in ids):
        return sheet.header, None
    questions = list(sheet.header)
    for place in range(1, len(questions)):
        questions[place] = questions[place] if questions[place].strip() else questions[place - 1]
    return tuple(questions), first


def _titles(questions: Sequence[str], options: Sequence[str]) -> Iterator[str]:
    """Both headers in one, as other tools write a grid."""
    for question, option in zip(questions, options, strict=True):
        yield question if key(option) in _NO_OPTION else f"{question} [{option}]"


def _require(headers: Headers, instrument: Instrument, *, items: bool, at: bool) -> None:
    seen = headers_seen(headers.titles)
    if not items:
        wanted = ", ".join(f'{item.name} "{short(item.text[instrument.languages[0]])}"' for item in instrument.items)
        raise InputRefused(
            f"{headers.name} has no column for any item of {instrument.name}: {wanted}",
            f'{seen}; a map tells which is which, with --map FILE.toml: [items] {instrument.items[0].name} = "their question"',
        )
    if not at:
        raise InputRefused(
            f"{headers.name} has no column that says when they answered",
            f'{seen}; a map tells it, with --map FILE.toml: [columns] at = "their column", or [constants] at = "2026-11-21"',
        )
