"""Records given out whole, in an order that does not depend on the database, so that an export reads back equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from relcli.actions.desk import Desk
from relcli.domain.contact import Contact
from relcli.domain.interaction import Interaction
from relcli.domain.transaction import Transaction
from relcli.store import contacts, interactions, transactions


@dataclass(frozen=True, slots=True)
class ContactsExported:
    """Everyone, archived ones too, by id."""

    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class InteractionsExported:
    """All interactions by number, their contacts by id; `names` says who the ids are."""

    interactions: tuple[Interaction, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TransactionsExported:
    """All transactions by number; `names` says who the ids are."""

    transactions: tuple[Transaction, ...]
    names: Mapping[str, str]


def export_contacts(desk: Desk) -> ContactsExported:
    """Everyone in the book."""
    with desk.book.reading() as connection:
        found = contacts.everyone(connection)
    return ContactsExported(tuple(_ordered(contact) for contact in sorted(found, key=lambda c: c.id)))


def export_interactions(desk: Desk) -> InteractionsExported:
    """Every interaction of the book."""
    with desk.book.reading() as connection:
        found, names = interactions.everything(connection), contacts.names_by_id(connection)
    return InteractionsExported(tuple(replace(i, contacts=tuple(sorted(i.contacts))) for i in found), names)


def export_transactions(desk: Desk) -> TransactionsExported:
    """Every transaction of the book."""
    with desk.book.reading() as connection:
        return TransactionsExported(tuple(transactions.everything(connection)), contacts.names_by_id(connection))


def _ordered(contact: Contact) -> Contact:
    """Databases sort text each in their own way; this is by code point."""
    return replace(
        contact,
        roles=tuple(sorted(contact.roles)),
        tags=tuple(sorted(contact.tags)),
        external_ids=tuple(sorted(contact.external_ids, key=lambda e: (e.source, e.value))),
    )
