"""Rows that are records of something that happened: the flow interactions and transactions share.

A row is known by its (source, external_id), else by a key of its content with the number of its occurrence
in the file, else by an id of this book with the same content. What is known is left as it is, and what was removed
stays away: the marks of store.removed say so. Rows of one identity in a file that do not say the same are all refused:
to take the first would lose what the others say.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from relcli.actions.desk import Desk
from relcli.actions.imports.marks import marks, removed_on
from relcli.actions.imports.outcome import (
    TWICE,
    Imported,
    Judged,
    Progress,
    RowBad,
    Verdict,
    bad,
    contradictions,
    forgotten,
    insist,
    left_out,
    uneven,
)
from relcli.actions.imports.people import People
from relcli.actions.imports.values import Reader
from relcli.domain.moment import Moment
from relcli.domain.removed import Removed, by_number
from relcli.domain.wording import day_in_words
from relcli.exchange.columns import Table
from relcli.store import removed, settings
from relcli.text import folded, one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

R = TypeVar("R")  # Interaction or Transaction

_SLICE = 5000
_CUT = 40  # characters of a cell that are shown
_ONE_ROW = "rows of one order cannot be joined yet: make them one row with the sum, or give each an external_id of its own"
_MANY = 500  # sources asked for at once


@dataclass(frozen=True, slots=True)
class Draft(Generic[R]):
    """One good row: the record without its contacts, how they are referred to, and the key of its content."""

    line: int
    record: R
    number: int
    contact: str
    source: str
    external_id: str
    key: str
    former: tuple[str, ...] = ()  # the keys it had when the book had another currency, where the row names none


class Shape(ABC, Generic[R]):
    """What is particular to one noun: how a row is read, compared, and stored."""

    noun: str
    letter: str  # of its ids
    gist: str  # the field by which two records of one day are told apart
    several: bool  # whether a contact cell may hold several references

    @abstractmethod
    def read(self, cells: Mapping[str, str], reader: Reader) -> tuple[R, str]:
        """The record of a row and its contact reference. Raises RowBad."""

    @abstractmethod
    def number(self, record: R) -> int:
        """Its number in the book, or the one it brings."""

    @abstractmethod
    def identity(self, record: R) -> tuple[str, str]:
        """Its source and external id."""

    @abstractmethod
    def content(self, record: R) -> dict[str, Any]:
        """What it says, field by field, without its contacts; None and empty mean "not said"."""

    def left_to_the_book(self, cells: Mapping[str, str]) -> bool:  # noqa: ARG002  # for those to whom it matters
        """Whether the row leaves its currency to the book: it stays known when that changes."""
        return False

    @abstractmethod
    def shown(self, record: R, field: str) -> str:
        """A field of the content as a user writes it."""

    @abstractmethod
    def moment(self, record: R) -> Moment:
        """When it happened."""

    @abstractmethod
    def contacts(self, record: R) -> tuple[str, ...]:
        """The ids of its contacts."""

    @abstractmethod
    def keys(self, connection: Connection) -> set[str]:
        """The content keys in the book."""

    @abstractmethod
    def external_ids(self, connection: Connection, sources: Iterable[str]) -> dict[tuple[str, str], int]:
        """The numbers of the book's records from these sources."""

    @abstractmethod
    def fetch(self, connection: Connection, numbers: Sequence[int]) -> list[R]:
        """The book's records with these numbers."""

    @abstractmethod
    def write(self, writing: Writing, rows: Sequence[tuple[R, int, Sequence[int], str | None]]) -> None:
        """Store records under these numbers (0: the next free one), each with its contacts' rows and its key."""


def import_records(
    table: Table, shape: Shape[R], desk: Desk, *, add: bool, again: bool, keep_good: bool, progress: Progress
) -> Imported:
    """Judge every row, then write the new ones in one batch; those that were removed only `again`.

    Raises RowsRefused unless `keep_good`.
    """
    reader = Reader.of(table, desk)
    with desk.book.reading() as connection:
        former = settings.former_currencies(connection)
    drafts, judged = _drafts(table, shape, reader, progress, former)
    with desk.writing(f"import {shape.noun}") as writing:
        book = _Here.of(writing.connection, shape, drafts, set(table.columns))
        people = People.of(writing.connection, desk)
        torn = _torn(drafts, shape, people)
        judged |= {line: bad(line, reason) for line, reason in torn.items()}
        chosen: list[tuple[Draft[R], int, tuple[int, ...]]] = []
        for draft in drafts:
            if draft.line in torn:
                continue
            try:
                verdict, contacts = _judge(draft, shape, book, people, add=add, again=again)
            except RowBad as reason:
                judged[draft.line] = bad(draft.line, reason)
                continue
            judged[draft.line] = verdict
            if verdict.verdict is Verdict.NEW:
                chosen.append((draft, book.take(draft.number), contacts))
        verdicts = tuple(judged[line] for line in table.lines)
        refused = [one for one in verdicts if one.verdict is Verdict.REFUSED]
        insist(table, refused, keep_good=keep_good, dry_run=desk.dry_run)
        if again and book.removed.days:
            wanted = [draft for draft, _, _ in chosen]
            removed.lift(writing, [p for d in wanted for p in (*_marks(d, shape, people), by_number(shape.noun, d.number))])
        _write(writing, shape, chosen, people, progress)
        return Imported(table, verdicts, len(people.new), writing.written, reader.notes)


@dataclass(slots=True)
class _Here(Generic[R]):
    """What the book, and the file so far, hold."""

    keys: set[str]
    external: dict[tuple[str, str], R]
    earlier: dict[tuple[str, str], int]  # those of the file → the line they stand on first
    numbers: dict[int, R]
    taken: set[int]
    columns: set[str]
    removed: Removed

    @classmethod
    def of(cls, connection: Connection, shape: Shape[R], drafts: Sequence[Draft[R]], columns: set[str]) -> _Here[R]:
        sources = sorted({d.source for d in drafts if d.external_id})
        known: dict[tuple[str, str], int] = {}
        for start in range(0, len(sources), _MANY):
            known |= shape.external_ids(connection, sources[start : start + _MANY])
        wanted = {known[d.source, d.external_id] for d in drafts if (d.source, d.external_id) in known}
        wanted |= {d.number for d in drafts if d.number}
        found = {shape.number(record): record for record in shape.fetch(connection, sorted(wanted))}
        external = {pair: found[number] for pair, number in known.items() if number in found}
        return cls(shape.keys(connection), external, {}, found, set(found), columns, removed.known(connection))

    def take(self, number: int) -> int:
        """The number if it is free, else 0."""
        if number in self.taken:
            return 0
        if number:
            self.taken.add(number)
        return number


def _drafts(
    table: Table, shape: Shape[R], reader: Reader, progress: Progress, former: Sequence[str]
) -> tuple[list[Draft[R]], dict[int, Judged]]:
    seen: Counter[str] = Counter()
    drafts: list[Draft[R]] = []
    judged: dict[int, Judged] = uneven(table)
    first: dict[str, int] = {}
    for done, (line, cells) in enumerate(table.records()):
        if done % _SLICE == 0:
            progress("reading", done, len(table.rows))
        try:
            record, contact = shape.read(cells, reader)
        except RowBad as reason:
            judged[line] = bad(line, _further(reason, one_line(cells.get("external_id", "")), first))
            continue
        source, external = shape.identity(record)
        first.setdefault(external, line)
        key, former_keys = "", tuple[str, ...]()
        if not external:
            said = shape.content(record)
            content = _content(shape.noun, source, contact, said)
            seen[content] += 1
            key = _key(content, seen[content])
            before = [{**said, "currency": code} for code in former if shape.left_to_the_book(cells)]
            former_keys = tuple(_key(_content(shape.noun, source, contact, one), seen[content]) for one in before)
        drafts.append(Draft(line, record, shape.number(record), contact, source, external, key, former_keys))
    return drafts, judged


def _content(noun: str, source: str, contact: str, fields: Mapping[str, Any]) -> str:
    said = {name: value for name, value in fields.items() if value not in (None, "")}
    return json.dumps([noun, source, contact, said], ensure_ascii=False, sort_keys=True)


def _key(content: str, occurrence: int) -> str:
    return blake2b(f"{content}\n{occurrence}".encode(), digest_size=16).hexdigest()


def _further(reason: RowBad, external: str, first: Mapping[str, int]) -> RowBad:
    """The reason, and where the row is perhaps only a further line of an order, that."""
    if external in first and external and " is empty" in str(reason):
        return RowBad(f"{reason}; line {first[external]} has the same external_id", _ONE_ROW)
    return reason


def _torn(drafts: Sequence[Draft[R]], shape: Shape[R], people: People) -> dict[int, RowBad]:
    """The rows that share an identity with another of the file and do not say the same."""

    def said(draft: Draft[R]) -> object:
        content = {**shape.content(draft.record), "at": _clock(shape.moment(draft.record))}
        rows = people.look(draft.contact, draft.source)
        return content, rows[0] if len(rows) == 1 else folded(draft.contact)

    by_external = ((d.line, (d.source, d.external_id) if d.external_id else None, said(d)) for d in _several(drafts, _pair))
    found = contradictions(by_external, "external_id", _ONE_ROW)
    by_id = ((d.line, d.number or None, said(d)) for d in _several(drafts, _number))
    return {**contradictions(by_id, "id", "leave out the ids: rows get new ones"), **found}


def _several(drafts: Sequence[Draft[R]], identity: Callable[[Draft[R]], Hashable]) -> list[Draft[R]]:
    """The drafts whose identity another has too; few, so that only they are compared."""
    seen = Counter(identity(draft) for draft in drafts)
    return [draft for draft in drafts if seen[identity(draft)] > 1]


def _pair(draft: Draft[R]) -> Hashable:
    return (draft.source, draft.external_id) if draft.external_id else draft.line


def _number(draft: Draft[R]) -> Hashable:
    return ("id", draft.number) if draft.number else draft.line


def _judge(
    draft: Draft[R], shape: Shape[R], book: _Here[R], people: People, *, add: bool, again: bool
) -> tuple[Judged, tuple[int, ...]]:
    """The verdict on a row and, where it is new, its contacts. Raises RowBad."""
    pair = (draft.source, draft.external_id)
    if draft.external_id and (here := book.external.get(pair)) is not None:
        other = _differences(draft, shape, here, people, book.columns)
        return Judged(draft.line, Verdict.CHANGED if other else Verdict.KNOWN, "; ".join(other.values())), ()
    if draft.external_id and pair in book.earlier:
        return Judged(draft.line, Verdict.KNOWN, f"{TWICE}: line {book.earlier[pair]} says the same"), ()
    if draft.key in book.keys or not book.keys.isdisjoint(draft.former):
        return Judged(draft.line, Verdict.KNOWN), ()
    same = book.numbers.get(draft.number)
    if same is not None:
        other = _differences(draft, shape, same, people, book.columns)
        if not other:
            return Judged(draft.line, Verdict.KNOWN), ()
        if _is_that(other, draft, shape, same):
            return Judged(draft.line, Verdict.CHANGED, "; ".join(other.values())), ()
    known_by = pair if draft.external_id else (draft.key,)
    if people.forgotten.knows(shape.noun, *known_by) or any(
        people.were_forgotten(part, draft.source)
        for part in (draft.contact, *people.parts(draft.contact, draft.source, several=shape.several))
    ):
        return forgotten(draft.line), ()
    day = removed_on(book.removed, shape.noun, draft.number, _marks(draft, shape, people)) if book.removed.days else None
    if day is not None and same is not None:
        return Judged(draft.line, Verdict.KNOWN), ()  # it was changed or moved since the file was made
    if day is not None and not again:
        return left_out(draft.line, f"removed on {day_in_words(day)}; --again takes it"), ()
    contacts = _contacts(draft, people, several=shape.several, add=add)
    if draft.external_id:
        book.earlier[pair] = draft.line
    return Judged(draft.line, Verdict.NEW), contacts


def _marks(draft: Draft[R], shape: Shape[R], people: People) -> list[tuple[str, ...]]:
    """What could have been marked of the record of a row."""
    origin = (draft.source, draft.external_id) if draft.external_id else None
    contacts = people.parts(draft.contact, draft.source, several=shape.several)
    return marks(shape.noun, origin or draft.key, draft.number, shape.content(draft.record), contacts)


def _is_that(differences: Mapping[str, str], draft: Draft[R], shape: Shape[R], here: R) -> bool:
    """Whether a row that brings the id of a record, and differs, is that record changed, and none of another book.

    Every book counts from 1: the id alone says nothing. It is the same one where the contact is the same, and the day or
    the gist of it as well.
    """
    if "contact" in differences:
        return False
    return shape.moment(draft.record).day == shape.moment(here).day or shape.gist not in differences


def _differences(draft: Draft[R], shape: Shape[R], here: R, people: People, columns: set[str]) -> dict[str, str]:
    """The fields of which the row says something else than a record of the book, and both in words."""
    content, other = shape.content(draft.record), shape.content(here)
    content["at"], other["at"] = _clock(shape.moment(draft.record)), _clock(shape.moment(here))
    record = f"{shape.letter}_{shape.number(here)}"
    found = {
        name: f"{name} is {_short(shape.shown(draft.record, name))}, and {_short(shape.shown(here, name))} in {record}"
        for name, value in content.items()
        if name in columns and value not in (None, "") and value != other[name]
    }
    try:
        mine = {people.codes[row] for row in _contacts(draft, people, several=shape.several, add=False)}
    except RowBad:
        mine = set()
    if mine != set(shape.contacts(here)):
        found["contact"] = f"contact is {_short(draft.contact)}, and not that in {record}"
    return found


def _clock(when: Moment) -> str:
    """A moment as it is compared: the same instant told in two zones is the same."""
    return when.day.isoformat() if when.at is None else when.at.astimezone(UTC).isoformat()


def _short(text: str) -> str:
    plain = one_line(text)
    return (plain if len(plain) <= _CUT else plain[: _CUT - 1] + "…") or "empty"


def _contacts(draft: Draft[R], people: People, *, several: bool, add: bool) -> tuple[int, ...]:
    """The contacts a row refers to: the whole cell, else its parts. All are found before anyone is added. Raises RowBad."""
    parts = people.parts(draft.contact, draft.source, several=several)
    unknown = [part for part in parts if people.one(part, draft.source) is None]
    if unknown and not add:
        raise people.unknown(unknown[0])
    for part, contact in [(part, people.blank(part)) for part in unknown]:
        if people.one(part, draft.source) is None:  # a row may name the same stranger twice
            people.enrol(contact)
    return tuple(dict.fromkeys(row for part in parts if (row := people.one(part, draft.source)) is not None))


def _write(
    writing: Writing,
    shape: Shape[R],
    chosen: Sequence[tuple[Draft[R], int, tuple[int, ...]]],
    people: People,
    progress: Progress,
) -> None:
    """Write the new contacts, then the records; those that bring a number first, so that no other takes it."""
    rows = people.write(writing, [-n for n in range(1, len(people.new) + 1)])
    ordered = sorted(chosen, key=lambda one: one[1] == 0)
    for start in range(0, len(ordered), _SLICE):
        progress("writing", start, len(ordered))
        shape.write(
            writing,
            [
                (draft.record, number, [rows.get(row, row) for row in contacts], draft.key or None)
                for draft, number, contacts in ordered[start : start + _SLICE]
            ],
        )
