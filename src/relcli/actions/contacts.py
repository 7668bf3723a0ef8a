"""Contacts: added, listed, shown, edited, archived."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from relcli.actions.consent import contactable as reachable
from relcli.actions.consent import present
from relcli.actions.contact_fields import ContactFields, Dropped, merged, stranger, without
from relcli.actions.desk import Desk
from relcli.actions.introducing import check
from relcli.actions.laters import put_off_now
from relcli.actions.narrowing import narrowing
from relcli.actions.references import PARTLY, find, find_all, look, whole_name
from relcli.domain import contact as domain
from relcli.domain import spelling
from relcli.domain.batch import Batch
from relcli.domain.contact import Address, AddressKind, Contact, Kind
from relcli.domain.later import Later
from relcli.domain.preference import Preference, wishes
from relcli.domain.reference import Match
from relcli.errors import Ambiguous, Misused
from relcli.exchange.phone import has_country, phone_address, phone_addresses
from relcli.store import contacts, forgetting, preferences
from relcli.text import one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from relcli.store.writing import Writing


MATCHES = {AddressKind.EMAIL: Match.EMAIL, AddressKind.PHONE: Match.PHONE, AddressKind.HANDLE: Match.HANDLE}


@dataclass(frozen=True, slots=True)
class ContactWritten:
    """A contact as it stands after a write; `batch` is None where nothing had to be changed.

    `unwelcome` are its new addresses under which somebody forgotten had asked for no contact, `namesakes` those who had
    the very name of one that is added. `by_region` are its new telephone numbers that were typed without a country and read by
    the setting phone.region, `homeless` those that have none; `beside` the kinds of address of which it has several now.
    """

    contact: Contact
    batch: Batch | None
    act: str
    unwelcome: tuple[str, ...] = ()
    namesakes: tuple[Contact, ...] = ()
    by_region: tuple[str, ...] = ()
    homeless: tuple[str, ...] = ()
    region: str = ""
    beside: tuple[AddressKind, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactsListed:
    """Contacts, by name; where they are shown, `wishes` has by id those that hold now, `laters` who is off the agenda.

    `names` says who the others are to whom they are linked. `channel` is the one by which they may be contacted, where
    that was asked.
    """

    contacts: tuple[Contact, ...]
    wishes: Mapping[str, tuple[Preference, ...]] = field(default_factory=dict)
    laters: Mapping[str, Later] = field(default_factory=dict)
    channel: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


class ContactExists(Ambiguous):
    """Somebody already has this address."""


def add_contact(request: ContactFields, desk: Desk) -> ContactWritten:
    """Add a contact. Raises Misused for what cannot be stored, ContactExists where an address is taken."""
    with desk.writing("contact add") as writing:
        row = add(writing, request, desk)
        new = contacts.fetch(writing.connection, [row])[0]
        same = [other for other in whole_name(writing.connection, new.name) if other != row]
        shut = unwelcome(writing.connection, new.addresses)
        written = ContactWritten(new, writing.written, "added", shut, tuple(contacts.fetch(writing.connection, same)))
        return replace(written, **_countries(request.phones, desk))


def add(writing: Writing, request: ContactFields, desk: Desk) -> int:
    """Add a contact inside a batch that is already open; answers its row."""
    blank = Contact(0, new_id(writing.connection), "", desk.now)
    new = merged(blank, request, desk)
    _refuse_taken(writing.connection, new.addresses, None)
    introducer = find(writing.connection, request.introduced_by) if request.introduced_by else None
    employer = find(writing.connection, request.works_for) if request.works_for else None
    row = contacts.add(writing, new)
    if employer is not None:
        contacts.employ(writing, row, _employer(employer), None)
    if introducer is not None:
        contacts.introduce(writing, introducer.row, row, desk.today)
    return row


def edit_contact(reference: str, request: ContactFields, dropped: Dropped, desk: Desk) -> ContactWritten:
    """Change the fields named, and only those. Raises like `add_contact`."""
    with desk.writing("contact edit") as writing:
        connection = writing.connection
        region = desk.settings.phone.region
        before = find(connection, reference, region=region)
        after = merged(without(before, dropped, region), request, desk)
        _refuse_taken(connection, after.addresses, before.row)
        _refuse_staff_without_employer(connection, after, request)
        contacts.change(writing, before, after)
        if dropped.works_for:
            contacts.leave(writing, before.row, desk.today)
        if request.works_for:
            employer = find(connection, request.works_for)
            if employer.id != before.works_for:
                if employer.id == before.id:
                    raise Misused("nobody works for themselves", "name the organisation")
                contacts.employ(writing, before.row, _employer(employer), desk.today if before.works_for else None)
        if request.introduced_by and (introducer := find(connection, request.introduced_by)).id != before.introduced_by:
            _introduce(writing, introducer, before, desk.today)
        new = [address for address in after.addresses if address not in before.addresses]
        changed = contacts.fetch(connection, [before.row])[0]
        written = ContactWritten(changed, writing.written, "changed", unwelcome(connection, new), beside=_beside(before, new))
        return replace(written, **_countries(request.phones, desk))


def archive_contact(reference: str, desk: Desk, *, back: bool = False) -> ContactWritten:
    """Set a contact aside, or take it `back`; nothing of it is lost. References are strict, as for files."""
    with desk.writing("contact unarchive" if back else "contact archive") as writing:
        before = find(writing.connection, reference, region=desk.settings.phone.region, strict=True)
        day = None if back else before.archived or desk.today
        contacts.change(writing, before, replace(before, archived=day))
        after = contacts.fetch(writing.connection, [before.row])[0]
        return ContactWritten(after, writing.written, "taken back" if back else "archived")


def list_contacts(
    desk: Desk,
    *,
    roles: Iterable[str] = (),
    tags: Iterable[str] = (),
    archived: bool = False,
    contactable: str | None = None,
) -> ContactsListed:
    """The contacts with all of these roles and tags; `archived` shows those set aside instead.

    With `contactable`, a channel of the book, only those whom we may contact by it now. Raises GroupNotFound.
    """
    with desk.book.reading() as connection:
        group = narrowing(connection, roles, tags)
        found = contacts.everyone(connection)
        allowed = None if contactable is None else reachable(connection, desk, contactable)
    return ContactsListed(
        tuple(
            c if allowed is None else c.preferring(allowed[c.row]) for c in found
            if (c.archived is not None) == archived and group.takes(c)
            and (allowed is None or c.row in allowed)
        ),
        channel=contactable or "",
    )  # fmt: skip


def show_contacts(references: Iterable[str], desk: Desk) -> ContactsListed:
    """The contacts named, in the order named, with their wishes."""
    with desk.book.reading() as connection:
        found = find_all(connection, references, region=desk.settings.phone.region)
        theirs: dict[str, list[Preference]] = {contact.id: [] for contact in found}
        for wish in preferences.of_contacts(connection, [contact.row for contact in found]):
            theirs[wish.contact].append(wish)
        laters = put_off_now(connection, found, desk.today)
        names = contacts.names_by_id(connection)
    now = present(desk)
    now_theirs = {code: wishes(known, now).all for code, known in theirs.items()}
    return ContactsListed(tuple(found), now_theirs, laters, names=names)


def found_or_added(writing: Writing, reference: str, desk: Desk, *, add_unknown: bool) -> Contact:
    """The contact named; with `add_unknown` a new one of that name where nothing at all matches."""
    region = desk.settings.phone.region
    kind, rows = look(writing.connection, reference, region=region)
    if add_unknown and kind in PARTLY:
        names = " · ".join(f"{c.id} {c.name}" for c in contacts.fetch(writing.connection, rows[:5]))
        raise Ambiguous(
            f'"{one_line(reference)}" is part of a name that is already here, so nobody was added',
            f"{names} — say which, or: relcli contact add {quoted(one_line(reference))}",
        )
    if add_unknown and not rows:
        fields = stranger(reference, region)
        _refuse_namesake(writing.connection, fields)
        _refuse_shorter_name(writing.connection, fields)
        return contacts.fetch(writing.connection, [add(writing, fields, desk)])[0]
    return find(writing.connection, reference, region=region)


def unwelcome(connection: Connection, addresses: Iterable[Address]) -> tuple[str, ...]:
    """Those of the addresses under which somebody who was forgotten had asked for no contact."""
    forgotten = forgetting.known(connection)
    return tuple(a.value for a in addresses if forgotten.wanted_no_contact(MATCHES[a.kind].value, a.key))


def new_id(connection: Connection) -> str:
    """A contact id that no contact of this book has."""
    while contacts.matching(connection, Match.ID, code := domain.contact_id(secrets.token_bytes(5))):
        pass
    return code


def _countries(phones: Iterable[str], desk: Desk) -> dict[str, Any]:
    """Which of the numbers typed have their country from the settings, and which have none."""
    region = desk.settings.phone.region
    without = [address for text in phones for address in phone_addresses(text, None) if not has_country(address)]
    read = {address.value: phone_address(address.value, region) for address in without}
    return {
        "by_region": tuple(found.value for found in read.values() if has_country(found)),
        "homeless": tuple(typed for typed, found in read.items() if not has_country(found)),
        "region": region or "",
    }


def _beside(before: Contact, new: Iterable[Address]) -> tuple[AddressKind, ...]:
    """The kinds of address of which an edit has put one beside others."""
    kinds = dict.fromkeys(address.kind for address in new)
    return tuple(kind for kind in kinds if before.addresses_of(kind))


def _refuse_taken(connection: Connection, addresses: Iterable[Address], own: int | None) -> None:
    """E-mail addresses and handles name one contact; telephones may be shared by a household or an office."""
    for address in addresses:
        others = [] if address.kind is AddressKind.PHONE else [r for r in contacts.holders(connection, address) if r != own]
        if others:
            holder = contacts.fetch(connection, others[:1])[0]
            raise ContactExists(f"{address.value} already belongs to {holder.name} ({holder.id})", "edit that contact instead")


def _refuse_namesake(connection: Connection, new: ContactFields) -> None:
    """Of a name and an address, the address decides; where only the name is here, nobody can know whether it is the same person."""
    if not new.emails or not new.name or new.name == new.emails[0]:
        return
    same = contacts.fetch(connection, whole_name(connection, new.name))
    if same:
        raise Ambiguous(
            f"{same[0].name} ({same[0].id}) is here without {new.emails[0]}, so nobody was added",
            f"if it is theirs: relcli contact edit {same[0].id} --email {new.emails[0]}"
            f"; else: relcli contact add {quoted(new.name)} --email {new.emails[0]}",
        )


def _refuse_shorter_name(connection: Connection, new: ContactFields) -> None:
    """Somebody here whose whole name, of two words or more, stands in the new one may be the same person."""
    said = spelling.words(new.name or "")
    here = [
        (code, name) for _, code, name in contacts.names(connection) if len(known := spelling.words(name)) > 1 and known < said
    ]
    if here and not new.emails and not new.phones:
        raise Ambiguous(
            f"“{new.name}” may be {here[0][1]} ({here[0][0]}), so nobody was added",
            f"if it is them: name them by id; else: relcli contact add {quoted(new.name or '')}",
        )


def _refuse_staff_without_employer(connection: Connection, after: Contact, request: ContactFields) -> None:
    """Whoever has people working for them stays an organisation and works for nobody."""
    changes = after.kind is not Kind.ORGANISATION or request.works_for is not None
    if changes and any(
        organisation == after.row and until is None for _, organisation, _, until in contacts.employments(connection)
    ):
        raise Misused(
            f"people work for {after.name}", "it must stay an organisation that works for nobody; edit those people first"
        )


def _employer(employer: Contact) -> int:
    """The row of an organisation that may employ: one level, no circles."""
    if employer.works_for:
        raise Misused(f"{employer.name} works for somebody, so nobody can work for them", "name the organisation itself")
    if employer.kind is not Kind.ORGANISATION:
        raise Misused(
            f"{employer.name} is a person, not an organisation", f"first: relcli contact edit {employer.id} --kind organisation"
        )
    return employer.row


def _introduce(writing: Writing, introducer: Contact, whom: Contact, day: date) -> None:
    if whom.introduced_by:
        raise Ambiguous(
            f"{whom.name} was already introduced by {whom.introduced_by}",
            f"the first introduction counts; somebody else sent them, too: relcli referral add {introducer.id} {whom.id}",
        )
    if introducer.id == whom.id:
        raise Misused("nobody introduces themselves", "name somebody else")
    check(writing.connection, introducer, whom)
    contacts.introduce(writing, introducer.row, whom.row, day)
