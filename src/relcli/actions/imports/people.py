"""Everyone a file can refer to, found in memory: strict references only, one load instead of a query a row.

New contacts stand here too before they are written, under negative numbers in place of their rows.
"""

from __future__ import annotations

import contextlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from relcli.actions.contact_fields import merged, stranger
from relcli.actions.desk import Desk
from relcli.actions.imports.outcome import RowBad
from relcli.actions.references import every_key, name_keys, readings
from relcli.domain.contact import AddressKind, Contact, Kind, contact_id, is_contact_id
from relcli.domain.forgotten import Forgotten
from relcli.domain.reference import Match
from relcli.domain.spelling import unquoted
from relcli.errors import Misused
from relcli.mailboxes import divided, formatted, mailbox, mailboxes
from relcli.store import contact_names, contacts, forgetting
from relcli.text import seen

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

_ADDRESS = {AddressKind.EMAIL: Match.EMAIL, AddressKind.PHONE: Match.PHONE, AddressKind.HANDLE: Match.HANDLE}


_NOBODY = Forgotten("", frozenset())


@dataclass(slots=True)
class People:
    """`codes`: row → id. `new`: the contacts to be written, the first under the number -1, the next under -2.

    `forgotten`: those the book recognises and does not take back.
    """

    desk: Desk
    codes: dict[int, str] = field(default_factory=dict)
    new: list[Contact] = field(default_factory=list)
    forgotten: Forgotten = _NOBODY
    _found: dict[tuple[Match, str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    _mailed: set[int] = field(default_factory=set)  # who has an e-mail address
    _read: dict[tuple[str, str], list[tuple[Match, str]]] = field(default_factory=dict)  # telephone numbers are slow to read

    @classmethod
    def of(cls, connection: Connection, desk: Desk) -> People:
        """Everyone in the book, archived ones too."""
        people = cls(desk, forgotten=forgetting.known(connection))
        others: dict[int, list[str]] = defaultdict(list)
        for row, other in contact_names.others(connection):
            others[row].append(other)
        for row, code, name in contacts.names(connection, archived=True):
            people.codes[row] = code
            people._note(Match.ID, code, row)
            people._note_name(name, row, others.get(row, ()))
        for code, row in contacts.aliases(connection):
            people._note(Match.ID, code, row)
        for kind, key, row in contacts.address_keys(connection):
            people._note(_ADDRESS[kind], key, row)
            if kind is AddressKind.EMAIL:
                people._mailed.add(row)
        for source, value, row in contacts.external_ids(connection):
            people._note(Match.EXTERNAL_ID, value, row, source)
        return people

    def look(self, reference: str, source: str = "") -> list[int]:
        """The rows that the first matching kind of strict reference finds; the text is one line already."""
        asked = (reference, source)
        if asked not in self._read:
            ways = readings(reference, self.desk.settings.phone.region, strict=True, source=source)
            self._read[asked] = [(kind, key) for kind, text in ways for key in name_keys(kind, text)]
        for kind, key in self._read[asked]:
            found = self.by(kind, key, source if kind is Match.EXTERNAL_ID else "")
            if found:
                return found
        return []

    def by(self, kind: Match, key: str, source: str = "") -> list[int]:
        """The rows under one kind of key."""
        return self._found.get((kind, key, source), [])

    def named(self, name: str) -> list[int]:
        """The rows of those with this whole name, the present one before any other."""
        name, ways = unquoted(seen(name)), (Match.NAME, Match.OTHER_NAME, Match.LETTERS)
        return next((rows for kind in ways for key in name_keys(kind, name) if (rows := self.by(kind, key))), [])

    def one(self, reference: str, source: str = "") -> int | None:
        """The row of the one contact meant, None where nobody is. Raises RowBad where several are.

        Of `Ana Ruiz <ana@example.org>` the address decides; where nobody has it, the name, if that one has no e-mail at all.
        """
        rows = self.look(reference, source) or self._beside(reference)
        if len(rows) > 1:
            which = " · ".join(self.codes[row] for row in rows[:3])
            raise RowBad(f'"{reference}" is the name or address of {len(rows)} contacts ({which}): give an id')
        return rows[0] if rows else None

    def parts(self, cell: str, source: str = "", *, several: bool = True) -> list[str]:
        """The references in a cell: the whole of it where that is somebody, or where it is one; else its parts.

        A list is divided by `;`, and where it holds addresses as `relcli.mailboxes` divides it: neither inside quotes nor brackets.
        """
        if not several or self.look(cell, source):
            return [cell]
        parts = [part.strip() for part in divided(cell, ";\n") if part.strip()]
        if "@" in cell[1:]:
            with contextlib.suppress(ValueError):
                parts = [formatted(box) for box in mailboxes(cell)]
        return parts or [cell]

    def _beside(self, reference: str) -> list[int]:
        """Who has the name that stands beside an address nobody has, and no e-mail that says otherwise; who has a name alone."""
        if "@" not in reference[1:]:
            return self.named(reference)
        with contextlib.suppress(ValueError):
            if name := mailbox(reference).name:
                return [row for row in self.named(name) if row not in self._mailed]
        return []

    def were_forgotten(self, reference: str, source: str = "") -> bool:
        """Whether a reference that nobody here answers to was that of somebody who was forgotten."""
        if not self.forgotten.digests or self.look(reference, source):
            return False
        return any(
            self.forgotten.knows(kind.value, *([source] if kind is Match.EXTERNAL_ID else []), key)
            for kind, key in self._read[reference, source]
        )

    def forgot(self, contact: Contact) -> bool:
        """Whether a contact of a file was forgotten here: by its id, an address or an external id."""
        knows = self.forgotten.knows
        return (
            knows(Match.ID.value, contact.id)
            or any(knows(_ADDRESS[a.kind].value, a.key) for a in contact.addresses)
            or any(knows(Match.EXTERNAL_ID.value, e.source, e.value) for e in contact.external_ids)
        )

    def unknown(self, reference: str) -> RowBad:
        """The refusal of a reference that nobody answers to."""
        if is_contact_id(reference):
            return RowBad(f"there is no contact {reference}")
        return RowBad(f'nobody is called "{reference}"; --add adds them')

    def blank(self, reference: str, kind: Kind = Kind.PERSON) -> Contact:
        """A new contact as a reference describes it (`contacts.stranger`), not yet enrolled. Raises RowBad."""
        if is_contact_id(reference):
            raise self.unknown(reference)
        try:
            said = stranger(reference, self.desk.settings.phone.region).model_copy(update={"kind": kind})
            return merged(Contact(0, self.free_code(), "", self.desk.now), said, self.desk)
        except Misused as error:
            raise RowBad(error.message) from None

    def enrol(self, contact: Contact) -> int:
        """Note a contact to be written; from now on it is found like the others."""
        self.new.append(contact)
        number = -len(self.new)
        self.codes[number] = contact.id
        self._note(Match.ID, contact.id, number)
        self._note_name(contact.name, number)
        for address in contact.addresses:
            self._note(_ADDRESS[address.kind], address.key, number)
            if address.kind is AddressKind.EMAIL:
                self._mailed.add(number)
        for external in contact.external_ids:
            self._note(Match.EXTERNAL_ID, external.value, number, external.source)
        return number

    def rename(self, number: int, name: str) -> None:
        """Give a contact that is still to be written another name; it is found under both."""
        self.new[-number - 1] = replace(self.new[-number - 1], name=name)
        self._note_name(name, number)

    def alias(self, code: str, row: int) -> None:
        """Let an id of the file stand for a contact that is here under another."""
        self._note(Match.ID, code, row)

    def free_code(self) -> str:
        """A contact id that nobody has."""
        while self.by(Match.ID, code := contact_id(secrets.token_bytes(5))):
            pass
        return code

    def write(self, writing: Writing, numbers: Sequence[int]) -> dict[int, int]:
        """Write these new contacts; answers the row of each number."""
        rows = contacts.add_many(writing, [self.new[-number - 1] for number in numbers])
        return dict(zip(numbers, rows, strict=True))

    def _note_name(self, name: str, row: int, others: Iterable[str] = ()) -> None:
        for kind, key in every_key(name, others):
            self._note(kind, key, row)

    def _note(self, kind: Match, key: str, row: int, source: str = "") -> None:
        rows = self._found[kind, key, source]
        if row not in rows:
            rows.append(row)
