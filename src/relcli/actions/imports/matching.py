"""Who a row of a contacts file already is, in the book or in the rows above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from relcli.actions.contacts import MATCHES
from relcli.actions.imports.contact_rows import Draft
from relcli.actions.imports.outcome import RowBad
from relcli.actions.imports.people import People
from relcli.domain.contact import Address, AddressKind, Contact
from relcli.domain.name import same as one_name
from relcli.domain.reference import Match
from relcli.domain.spelling import words
from relcli.text import folded


@dataclass(frozen=True, slots=True)
class Known:
    """Those whom rows are compared with: found by `people`, read by `contact`, named by `told` ("Ana Ruiz (c_7k3m9q2x)")."""

    people: People
    contact: Callable[[int], Contact]
    told: Callable[[int], str]


def same(draft: Draft, known: Known) -> list[int]:
    """The rows of who this is: by id, external id, e-mail or handle, else by exact name; empty where it is somebody new.

    Another external id of the same source is another person, whatever the name. A name decides only where one side has no
    address or they share one. Raises RowBad where an address is somebody else's: proven by an id, or by a name that
    shares no word.
    """
    people, contact = known.people, draft.contact
    proven = people.by(Match.ID, contact.id) if contact.id else []
    for external in contact.external_ids:
        proven = proven or people.by(Match.EXTERNAL_ID, external.value, external.source)
    sole = [address for address in contact.addresses if address.kind is not AddressKind.PHONE]
    for address in sole:
        if proven and (others := [row for row in _holders(people, address) if row not in proven]):
            raise _taken(address, others[0], known)
    if proven:
        return proven
    holders = list(dict.fromkeys(row for address in sole for row in _holders(people, address)))
    if holders:
        strangers = [row for row in holders if row != holders[0] or not _may_be(draft, known.contact(row))]
        if strangers:
            raise _taken(next(a for a in sole if strangers[0] in _holders(people, a)), strangers[0], known)
        return holders
    return _by_number(draft, known) or _by_name(draft, known)


def provisional(contact: Contact) -> bool:
    """Whether somebody is called by an address or number because nobody knew a name."""
    return any(folded(contact.name) in (folded(address.value), address.key) for address in contact.addresses)


def _may_be(draft: Draft, holder: Contact) -> bool:
    """Whether the holder of a row's address may be who the row means."""
    if _other_ids(draft.contact, holder):
        return False
    name, known = draft.contact.name, (holder.name, *(other.name for other in holder.other_names))
    alike = any(words(name) & words(each) or one_name(name, each) for each in known)
    return bool(draft.called_by) or provisional(holder) or alike


def _by_number(draft: Draft, known: Known) -> list[int]:
    """A number may be shared, so it decides only where it stands for the name on either side."""
    phones = [address for address in draft.contact.addresses if address.kind is AddressKind.PHONE]
    rows = dict.fromkeys(row for address in phones for row in _holders(known.people, address))
    return [
        row for row in rows
        if (draft.called_by == "number" or provisional(known.contact(row))) and not _other_ids(draft.contact, known.contact(row))
    ]  # fmt: skip


def _by_name(draft: Draft, known: Known) -> list[int]:
    contact, keys = draft.contact, _keys(draft.contact.addresses)
    found = []
    for row in known.people.named(contact.name):
        holder = known.contact(row)
        theirs = _keys(holder.addresses)
        apart = _other_ids(contact, holder) or (row < 0 and contact.id)  # rows with ids of their own stand apart from namesakes
        if not apart and (not keys or not theirs or keys & theirs):
            found.append(row)
    return found


def _other_ids(one: Contact, other: Contact) -> bool:
    """Whether a source calls the two differently."""
    theirs = {external.source for external in other.external_ids}
    return not set(one.external_ids) & set(other.external_ids) and any(e.source in theirs for e in one.external_ids)


def _holders(people: People, address: Address) -> list[int]:
    return people.by(MATCHES[address.kind], address.key)


def _keys(addresses: Iterable[Address]) -> set[tuple[AddressKind, str]]:
    return {(address.kind, address.key) for address in addresses}


def _taken(address: Address, row: int, known: Known) -> RowBad:
    return RowBad(f"{address.kind} {address.value} already belongs to {known.told(row)}")
