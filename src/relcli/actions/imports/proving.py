"""How far a message proves whose it is, and which claimed ones are taken all the same, because whoever keeps the book says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from relcli.actions.imports.people import People
from relcli.actions.imports.told import MAIL, Told
from relcli.actions.references import find
from relcli.domain.contact import Contact
from relcli.domain.invitation import Invitation
from relcli.domain.proof import Proof, proof
from relcli.errors import Misused
from relcli.text import one_line, safe

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PLACE_MOST = 9  # digits of the number of a message


def proof_of(told: Told, invitation: Invitation | None, people: People, by_row: Mapping[int, Contact]) -> tuple[Proof, str]:
    """How far a message proves that it is of whom its token or its sender names, and what is missing, in words.

    `invitation` is the one whose token it bears. Rows of tables prove enough: whoever keeps the book made them.
    """
    if told.source != MAIL or told.fate is not None:
        return Proof.GIVEN, ""
    rows = [people.look(sender) for sender in told.senders]
    owner = people.look(invitation.contact) if invitation else []
    found = proof(
        token=invitation is not None,
        theirs=[bool(set(owner) & set(each)) for each in rows],
        anonymous=told.nameless and not any(rows),
        denied=told.denied,
    )
    if found is Proof.DENIED:
        return found, f"a mail server found that it is not from {told.contact or 'its sender'} ({told.denied})"
    if found is Proof.GIVEN:
        return found, ""
    senders = " and ".join(told.senders) or "nobody"
    if invitation is None:
        return found, f"from {senders}, without the code of an invitation"
    whose = by_row[owner[0]].name
    other = next((by_row[each[0]].name for each in rows if each and each[0] in by_row), "")
    who = f"{senders} ({other})" if other and other != whose else senders
    return found, f"answers the invitation of {whose}, {'passed on, ' if told.passed_on else ''}from {who}"


@dataclass(slots=True)
class Acceptance:
    """The numbers of messages, the senders' addresses and the contacts (by row) whose claimed replies are taken.

    `unused` are those of what was typed that named no message so far.
    """

    places: dict[int, str]
    senders: dict[str, str]
    rows: dict[int, str]
    unused: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, said: Iterable[str], connection: Connection, region: str | None) -> Acceptance:
        """What was typed, read: a number is a message's, what has an @ an address, anything else a contact.

        Raises ContactNotFound, ContactAmbiguous.
        """
        found = cls({}, {}, {})
        for text in map(one_line, said):
            if text.isascii() and text.isdigit() and len(text) <= _PLACE_MOST:
                found.places[int(text)] = text
            elif "@" in text[1:]:
                found.senders[text.strip("<> ").lower()] = text
            else:
                found.rows[find(connection, text, region=region).row] = text
            found.unused.add(text)
        return found

    def naming(self, told: Told, row: int | None) -> set[str]:
        """What was typed that names this message."""
        named = {self.senders.get(sender, "") for sender in told.senders}
        named |= {self.places.get(told.place, ""), self.rows.get(row, "") if row is not None else ""}
        named.discard("")
        self.unused -= named
        return named

    def insist_used(self, file: str) -> None:
        """Raise Misused where something was typed that names no message of the file."""
        if self.unused:
            raise Misused(
                f"--accept {safe(min(self.unused))} names no reply in {file}",
                "see which ones there are: add --dry-run and leave --accept out",
            )
