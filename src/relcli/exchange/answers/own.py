"""Our own answers in csv: a row an item, the rows of one response under its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from relcli.domain.survey import Instrument
from relcli.errors import InputRefused
from relcli.exchange.answers.rows import AnswerRow
from relcli.exchange.csv import Sheet
from relcli.exchange.formulas import unguarded
from relcli.text import one_line

COLUMNS = ("id", "survey", "version", "contact", "at", "item", "value", "text", "source", "external_id")
REQUIRED = ("survey", "contact", "at", "item", "value", "text")
_OF_ALL = ("contact", "at", "source", "external_id", "version")  # what the rows of one response share


def is_own(header: Sequence[str]) -> bool:
    """Whether these are the columns of our own answers."""
    return {*REQUIRED} <= {_plain(title) for title in header}


def own_rows(sheet: Sheet, instrument: Instrument) -> tuple[tuple[AnswerRow, ...], int]:
    """The responses to this survey, in the order of the file, and how many rows answer other surveys.

    Raises InputRefused for a repeated column, and where there are rows but none of this survey.
    """
    responses: dict[tuple[str, ...], _Response] = {}
    others: set[str] = set()
    passed = 0
    for line, cells in _records(sheet):
        survey = one_line(cells["survey"])
        if survey != instrument.name:
            others.add(survey)
            passed += 1
            continue
        responses.setdefault(_which(line, cells), _Response(line, cells)).take(line, cells, instrument)
    if others and not responses:
        named = ", ".join(sorted(f'"{survey[:40]}"' for survey in others)[:5])
        raise InputRefused(f"{sheet.name} holds no answers to {instrument.name}", f"it has answers to {named}")
    return tuple(response.row() for response in responses.values()), passed


@dataclass(slots=True)
class _Response:
    line: int
    first: Mapping[str, str]
    answers: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def take(self, line: int, cells: Mapping[str, str], instrument: Instrument) -> None:
        """One more row of it."""
        item = one_line(cells["item"])
        if item not in {known.name for known in instrument.items}:
            self.problems.append(f'{instrument.name} has no item "{item[:40]}"')
        elif item in self.answers:
            self.problems.append(f"{item} is answered twice, on line {line} again")
        for column in _OF_ALL:
            if cells[column].strip() != self.first[column].strip():
                self.problems.append(f"line {line} is of the same response and has another {column}")
        version = one_line(cells["version"])
        if version not in ("", str(instrument.version)):
            self.problems.append(f"it answers version {version[:20]} of {instrument.name}, which is {instrument.version} now")
        said = cells["value"] if cells["value"].strip() else cells["text"]
        if said.strip():
            self.answers.setdefault(item, said)

    def row(self) -> AnswerRow:
        """The response as it is handed on."""
        cells = {column: one_line(cell) for column, cell in self.first.items()}
        code, source = (cells["external_id"], cells["source"]) if cells["external_id"] else (cells["id"], "")
        if not cells["at"]:
            self.problems.append("it does not say when they answered")
        problem = "; ".join(dict.fromkeys(self.problems))
        return AnswerRow(
            self.line, code, source, cells["contact"], cells["at"], utc=False, language="", answers=self.answers, problem=problem
        )


def _which(line: int, cells: Mapping[str, str]) -> tuple[str, ...]:
    """By what the rows of one response are known; a row of nobody, without any id, stands alone."""
    for columns in (("id",), ("external_id", "source"), ("contact", "at")):
        if cells[columns[0]].strip():
            return columns + tuple(one_line(cells[column]) for column in columns)
    return ("line", str(line))


def _records(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    places: dict[str, int] = {}
    for place, title in enumerate(sheet.header):
        name = _plain(title)
        if name in places and name in COLUMNS:
            raise InputRefused(
                f'{sheet.name}: two columns are called "{one_line(title)}"',
                "rename or remove one: which of them is meant cannot be known",
            )
        places[name] = place
    for line, cells in sheet.rows:
        yield line, {column: unguarded(cells[places[column]]) if column in places else "" for column in COLUMNS}


def _plain(title: str) -> str:
    return "_".join(title.lstrip("\ufeff *").casefold().replace("-", " ").replace("_", " ").split())
