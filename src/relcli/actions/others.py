"""Who else a text names: what stands in the book about one contact may speak of another, and that is not theirs to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from relcli.domain.contact import Contact
from relcli.domain.mention import Names
from relcli.store import contacts

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Others:
    """All contacts but one, by name, id and address.

    The organisations that one works or worked for are not among them by name, for that is a fact of their own.
    """

    def __init__(
        self, connection: Connection, contact: Contact, *, own: Iterable[str] = (), more: Iterable[tuple[str, int]] = ()
    ) -> None:
        """`own` are words that name the contact, or you; `more` are names that others had, each with the row."""
        known = contacts.names(connection, archived=True)
        self._own = contact.row
        self._called = {row: name for row, _, name in known}
        self.near = {firm for person, firm, _, _ in contacts.employments(connection) if person == contact.row}
        theirs = [contact.name, contact.id, *own, *(address.value for address in contact.addresses)]
        theirs += [other.name for other in contact.other_names]
        theirs += [word for row, code, name in known if row in self.near for word in (name, code)]
        self._names = Names([
            *((word, contact.row) for word in theirs),
            *((word, row) for row, code, name in known for word in (name, code)),
            *contacts.other_words(connection),
            *more,
        ])  # fmt: skip

    def named(self, text: str) -> tuple[str, ...]:
        """The others whom a text names, each once, by the name the book has for them."""
        rows = dict.fromkeys(row for _, _, row in self._names.found(text) if row != self._own)
        return tuple(self._called.get(row, "somebody who is gone") for row in rows)

    def masked(self, text: str, called: Callable[[int], str]) -> str:
        """The text with another word in place of each name of somebody else, told by the row."""
        return self._names.masked(text, lambda row: None if row == self._own else called(row))
