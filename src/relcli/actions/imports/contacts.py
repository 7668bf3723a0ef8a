"""Contacts brought in from a file. Who is here already is left as they are; links are found in any order."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from relcli.actions.desk import Desk
from relcli.actions.imports.contact_rows import Draft, RowEmpty, by_address, contact_draft
from relcli.actions.imports.matching import Known, provisional, same
from relcli.actions.imports.outcome import Imported, Judged, Progress, RowBad, Verdict, bad, forgotten, insist, left_out, uneven
from relcli.actions.imports.people import People
from relcli.actions.imports.remarks import remarks
from relcli.actions.imports.values import Reader
from relcli.domain.contact import AddressKind, Contact, Kind
from relcli.domain.name import same as same_name
from relcli.exchange.columns import Table
from relcli.store import contacts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

_SLICE = 5000


@dataclass(slots=True)
class _New:
    """A row that becomes a contact, under the number it has until it is written."""

    draft: Draft
    number: int
    employer: int | None = None
    introducer: int | None = None


@dataclass(slots=True)
class _Here:
    """The contacts of the book by row, and what the file adds: its new ones, by number, under their drafts."""

    everyone: dict[int, Contact]
    people: People
    new: dict[int, _New] = field(default_factory=dict)
    renamed: dict[int, Contact] = field(default_factory=dict)  # row → as the book had them

    @classmethod
    def of(cls, connection: Connection, desk: Desk) -> _Here:
        return cls({c.row: c for c in contacts.everyone(connection)}, People.of(connection, desk))

    def contact(self, row: int) -> Contact:
        return self.everyone[row] if row in self.everyone else self.people.new[-row - 1]

    def told(self, row: int) -> str:
        """Somebody as a reason names them: with their id, or the line of the file that brings them."""
        contact = self.contact(row)
        return f"{contact.name} (line {self.new[row].draft.line})" if row in self.new else f"{contact.name} ({contact.id})"

    def name(self, row: int, name: str) -> bool:
        """Give somebody who is called by an address the name they have; answers whether that was so."""
        before = self.contact(row)
        if not provisional(before) or same_name(name, before.name):
            return False
        if row in self.new:
            self.people.rename(row, name)
        else:
            self.renamed[row] = before
            self.everyone[row] = replace(before, name=name)
        return True

    @property
    def known(self) -> Known:
        """The same, for those who look for somebody."""
        return Known(self.people, self.contact, self.told)

    def employed(self, row: int) -> bool:
        """Whether somebody works for another, in the book or by their row."""
        return bool(self.new[row].draft.works_for) if row in self.new else bool(self.contact(row).works_for)


def import_contacts(table: Table, desk: Desk, *, add: bool, keep_good: bool, progress: Progress) -> Imported:
    """Write the contacts that are not here yet. Raises RowsRefused where some rows are bad, unless `keep_good`."""
    drafts, judged = _drafts(table, desk, progress)
    with desk.writing("import contacts") as writing:
        here = _Here.of(writing.connection, desk)
        known: list[tuple[Draft, list[int]]] = []
        for read in drafts:
            draft = _apart_from_firm(read, here)
            try:
                rows = same(draft, here.known)
            except RowBad as reason:
                judged[draft.line] = bad(draft.line, reason)
                continue
            if rows:
                known.append((draft, rows))
                _stand_in(draft, rows[0], here)
            elif here.people.forgot(draft.contact):
                judged[draft.line] = forgotten(draft.line)
            else:
                _enrol(draft, here)
        torn = _torn(known, here)
        judged |= {line: bad(line, reason) for line, reason in torn.items()}
        judged |= _linked(here, torn, add=add)
        for draft, rows in known:
            if draft.line not in torn:
                judged[draft.line] = _compared(draft, rows, here)
        insist(table, [j for j in judged.values() if j.verdict is Verdict.REFUSED], keep_good=keep_good, dry_run=desk.dry_run)
        extra = _write(writing, here, progress)
        verdicts = tuple(judged[line] for line in table.lines)
        return Imported(
            table,
            verdicts,
            extra,
            writing.written,
            remarks(drafts, verdicts, [here.everyone[row] for row in here.renamed], desk),
        )


def _drafts(table: Table, desk: Desk, progress: Progress) -> tuple[list[Draft], dict[int, Judged]]:
    reader = Reader.of(table, desk)
    drafts: list[Draft] = []
    judged: dict[int, Judged] = uneven(table)
    for done, (line, cells) in enumerate(table.records()):
        if done % _SLICE == 0:
            progress("reading", done, len(table.rows))
        try:
            drafts.append(contact_draft(line, cells, reader))
        except RowEmpty:
            judged[line] = left_out(line, "nothing in it")
        except RowBad as reason:
            judged[line] = bad(line, reason)
    return drafts, judged


def _apart_from_firm(draft: Draft, here: _Here) -> Draft:
    """A row called by its firm; where the firm is here already and has another address, somebody of it, called by theirs."""
    if draft.called_by != "firm" or same(draft, here.known) or not here.people.named(draft.contact.name):
        return draft
    return by_address(draft) or draft


def _stand_in(draft: Draft, row: int, here: _Here) -> None:
    """Let the id a known row brings mean the contact it is."""
    if draft.contact.id:
        here.people.alias(draft.contact.id, row)


def _enrol(draft: Draft, here: _Here) -> None:
    contact = draft.contact if draft.contact.id else replace(draft.contact, id=here.people.free_code())
    number = here.people.enrol(contact)
    here.new[number] = _New(draft, number)


def _torn(known: list[tuple[Draft, list[int]]], here: _Here) -> dict[int, RowBad]:
    """The rows that are the same contact as an earlier one and say otherwise, and those earlier ones.

    Nobody can know which is right, so none is taken.
    """
    found: dict[int, RowBad] = {}
    for draft, rows in known:
        if (first := here.new.get(rows[0])) is None:
            continue
        if not draft.called_by:
            here.name(rows[0], draft.contact.name)
        if fields := ", ".join(_differences(draft, rows[0], here)):
            hint = "give each an external_id or address of its own, or make them one row"
            found[draft.line] = RowBad(f"line {first.draft.line} is the same contact, and says otherwise: {fields}", hint)
            found.setdefault(
                first.draft.line, RowBad(f"line {draft.line} is the same contact, and says otherwise: {fields}", hint)
            )
    return found


def _linked(here: _Here, torn: Container[int], *, add: bool) -> dict[int, Judged]:
    """Find whom the new contacts work for and who introduced them; those who cannot be linked are bad, and who needs them too."""
    judged: dict[int, Judged] = {}
    gone = {new.number for new in here.new.values() if new.draft.line in torn}
    for new in list(here.new.values()):
        line = new.draft.line
        if new.number in gone:
            continue
        try:
            new.employer = _employer(new, here, add=add)
            new.introducer = _link(new, "introduced_by", new.draft.introduced_by, Kind.PERSON, here, add=add)
            judged[line] = Judged(line, Verdict.NEW, f"called {here.contact(new.number).name}" if new.draft.called_by else "")
        except RowBad as reason:
            judged[line] = bad(line, reason)
            gone.add(new.number)
    for number in _in_circles(here) - gone:
        line = here.new[number].draft.line
        judged[line] = bad(line, "introduced_by: they would have sent each other, in a circle")
        gone.add(number)
    while falling := [n for n in here.new.values() if n.number not in gone and gone & {n.employer, n.introducer}]:
        for new in falling:
            judged[new.draft.line] = bad(new.draft.line, "it refers to a contact whose row cannot be taken")
            gone.add(new.number)
    for number in gone:
        del here.new[number]
    return judged


def _in_circles(here: _Here) -> set[int]:
    """Those of the new contacts who would have been sent by somebody whom they had sent themselves."""
    found: set[int] = set()
    for start in here.new:
        seen, number = [], start
        while number in here.new and number not in seen:
            seen.append(number)
            number = here.new[number].introducer or 0
        if number in seen:
            found |= set(seen[seen.index(number) :])
    return found


def _employer(new: _New, here: _Here, *, add: bool) -> int | None:
    """The organisation a new contact works for: one level, no circles. Raises RowBad."""
    row = _link(new, "works_for", new.draft.works_for, Kind.ORGANISATION, here, add=add)
    if row is None:
        return None
    employer = here.contact(row)
    if employer.kind is not Kind.ORGANISATION:
        raise RowBad(f"works_for {employer.name}: that is a person, not an organisation")
    if here.employed(row):
        raise RowBad(f"works_for {employer.name}: they work for somebody themselves; name that organisation")
    return row


def _link(new: _New, column: str, reference: str, kind: Kind, here: _Here, *, add: bool) -> int | None:
    if not reference:
        return None
    people = here.people
    source = next((e.source for e in new.draft.contact.external_ids), "")
    try:
        row = people.one(reference, source)
        if row is None and people.were_forgotten(reference, source):
            return None
        if row is None and not add:
            raise people.unknown(reference)
        row = people.enrol(people.blank(reference, kind)) if row is None else row
    except RowBad as reason:
        raise RowBad(f"{column}: {reason}") from None
    if row == new.number:
        raise RowBad(f"{column}: that is the contact itself")
    return row


def _compared(draft: Draft, rows: list[int], here: _Here) -> Judged:
    """Known where somebody here holds everything the row says; what they do not hold is named.

    Whoever was called by an address for want of a name gets the one the row brings.
    """
    there = [row for row in rows if row > 0 or row in here.new]
    if not there:
        return bad(draft.line, "an earlier row of the same contact cannot be taken")
    if not draft.called_by:
        here.name(there[0], draft.contact.name)
    twin = here.new[there[0]].draft.line if there[0] in here.new else 0
    differences = [_differences(draft, row, here) for row in there]
    if [] in differences:
        return Judged(draft.line, Verdict.KNOWN, f"line {twin} says the same" if twin else "")
    return Judged(draft.line, Verdict.CHANGED, ", ".join(differences[0]))


def _differences(draft: Draft, row: int, here: _Here) -> list[str]:
    says, holds = draft.contact, here.contact(row)
    pairs = {
        "kind": says.kind == holds.kind,
        "name": any(same_name(says.name, name) for name in (holds.name, *(other.name for other in holds.other_names))),
        "roles": set(says.roles) <= set(holds.roles),
        **{k.value: _of_kind(says, k) <= _of_kind(holds, k) for k in AddressKind},
        "works_for": _linked_alike(draft, row, here, "works_for"),
        "introduced_by": _linked_alike(draft, row, here, "introduced_by"),
        "tags": set(says.tags) <= set(holds.tags),
        "language": says.language == holds.language,
        "timezone": says.timezone == holds.timezone,
        "note": says.note == holds.note,
        "archived": says.archived == holds.archived,
        "birthday": says.birthday == holds.birthday,
        "external_id": set(says.external_ids) <= set(holds.external_ids),
    }
    return [column for column, agrees in pairs.items() if column in draft.said and not agrees]


def _of_kind(contact: Contact, kind: AddressKind) -> set[str]:
    return {address.key for address in contact.addresses if address.kind is kind}


def _linked_alike(draft: Draft, row: int, here: _Here, link: str) -> bool:
    """Whether a row is silent about a link, or means the one that somebody has in the book or in their own row."""
    reference: str = getattr(draft, link)
    if not reference:
        return True
    means = _means(reference, draft, here)
    if row not in here.new:
        return bool(means == getattr(here.contact(row), link))
    first = here.new[row].draft
    other: str = getattr(first, link)
    return same_name(reference, other) or (bool(other) and means != "" and means == _means(other, first, here))


def _means(reference: str, draft: Draft, here: _Here) -> str:
    """The id of the one contact a reference names; empty where that is nobody or several."""
    rows = here.people.look(reference, next((e.source for e in draft.contact.external_ids), ""))
    return here.people.codes[rows[0]] if len(rows) == 1 else ""


def _write(writing: Writing, here: _Here, progress: Progress) -> int:
    """Write the new contacts and their links; answers how many were made only because others refer to them."""
    links = [(new.number, new.employer, new.introducer) for new in here.new.values()]
    needed = dict.fromkeys(n for _, *others in links for n in others if n is not None and n < 0 and n not in here.new)
    numbers = [*here.new, *needed]
    progress("writing", 0, len(numbers))
    rows = here.people.write(writing, numbers)
    for row, before in here.renamed.items():
        contacts.change(writing, before, here.everyone[row])
    contacts.link_new(
        writing,
        [(rows[number], rows.get(by, by)) for number, by, _ in links if by is not None],
        [(rows[number], rows.get(by, by)) for number, _, by in links if by is not None],
    )
    return len(needed)
