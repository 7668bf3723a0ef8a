"""Which claimed replies are taken all the same, because whoever keeps the book says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from relcli.actions.imports.told import Told
from relcli.actions.references import find
from relcli.errors import Misused
from relcli.text import one_line, safe

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PLACE_MOST = 9  # digits of the number of a message


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
