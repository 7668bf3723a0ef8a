"""What may be said of a contact, read as every door reads it, and put into the contact."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.domain import contact as domain
from relcli.domain import spelling
from relcli.domain.address import email_addresses, handle_addresses
from relcli.domain.birthday import birthday
from relcli.domain.contact import Address, AddressKind, Contact, Kind
from relcli.domain.moment import zone_of
from relcli.domain.name import same
from relcli.domain.reference import looks_like_phone
from relcli.errors import Misused
from relcli.exchange.phone import phone_address, phone_addresses
from relcli.mailboxes import mailbox, tidied
from relcli.text import many_lines, one_line, storable

if TYPE_CHECKING:
    from relcli.actions.desk import Desk


_NOBODY = frozenset(
    "null nan none nil n/a #n/a na unknown undefined anonymous total subtotal sum summe gesamt undisclosed-recipients:; undisclosed-recipients: "
    "unbekannt desconocido inconnu - -- 0".split()
)  # what programs write where they know no name, and the last row of many a table
_PHONE_LEAST = 7  # digits; fewer, without a country, are rather somebody's customer number


class ContactFields(BaseModel):
    """What may be said of a contact; None and empty mean "not said"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str | None = None
    kind: Kind | None = None
    roles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    works_for: str | None = None
    introduced_by: str | None = None
    language: str | None = None
    timezone: str | None = None
    birthday: str | None = None
    note: str | None = None


class Dropped(BaseModel):
    """What an edit takes away."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    works_for: bool = False
    birthday: bool = False
    note: bool = False


def merged(before: Contact, said: ContactFields, desk: Desk) -> Contact:
    """The contact with what was said put in or added. Raises Misused for what cannot be stored."""
    kind = said.kind or before.kind
    said = _apart(said)
    try:
        after = replace(
            before,
            name=before.name if said.name is None else _name(said.name, kind),
            kind=kind,
            roles=_union(before.roles, (role for text in said.roles for role in domain.roles(text))),
            tags=_union(before.tags, (tag for text in said.tags for tag in domain.tags(text))),
            addresses=_addresses(before.addresses, said, desk.settings.phone.region),
            language=before.language if said.language is None else one_line(said.language),
            timezone=before.timezone if said.timezone is None else _zone(said.timezone),
            birthday=before.birthday if said.birthday is None else _birthday(said.birthday, desk),
            note=before.note if said.note is None else many_lines(said.note),
        )
    except ValueError as error:
        raise Misused(str(error)) from None
    return _checked(after)


def _apart(said: ContactFields) -> ContactFields:
    """What was said with the address taken out of the name: no contact is called `Ana Ruiz <ana@example.org>`."""
    text = tidied(said.name or "")
    if "@" not in text[1:]:
        return said
    with contextlib.suppress(ValueError):
        box = mailbox(text)
        return said.model_copy(update={"name": box.name or box.email, "emails": (*said.emails, box.email)})
    return said


def stranger(reference: str, region: str | None) -> ContactFields:
    """What a reference says of somebody who is not here yet: `Cy Poe <cy@example.org>`, an address alone, a name.

    An address or number without a name is the name, too. Raises Misused where it holds an @ and no e-mail address.
    """
    text = tidied(reference)
    if text.casefold() in _NOBODY:
        raise Misused(f"“{text}” stands for nobody; it is no name")
    if "@" not in text and "<" in text and ">" in text:
        raise Misused(f"“{text}” holds no e-mail address between < and >")
    try:
        if "@" in text[1:]:
            box = mailbox(text)
            return ContactFields(name=box.name or box.email, emails=(box.email,))
        if looks_like_phone(text) and (text.startswith(("+", "tel:")) or sum(c.isdigit() for c in text) >= _PHONE_LEAST):
            number = phone_address(text, region).value
            return ContactFields(name=number, phones=(number,))
    except ValueError as error:
        raise Misused(str(error)) from None
    return ContactFields(name=reference, handles=(text,) if text.startswith("@") and " " not in text else ())


def _name(text: str, kind: Kind) -> str:
    """A name as it is stored; that of a person as it is spoken. Raises ValueError."""
    return spelling.person_name(text) if kind is Kind.PERSON else spelling.name(text)


def _checked(contact: Contact) -> Contact:
    if not contact.name:
        raise Misused("a contact needs a name", 'write it behind the command: relcli contact add "Ana Ruiz"')
    if len(contact.name) > domain.NAME_MOST:
        raise Misused(f"that name has {len(contact.name)} characters", f"{domain.NAME_MOST} are the most; put the rest in --note")
    texts = (contact.name, contact.note, contact.language, *contact.tags, *contact.roles, *(a.value for a in contact.addresses))
    if not all(storable(text) for text in texts):
        raise Misused("that text holds a NUL or half a character, which no book can keep", "remove it")
    return contact


def without(before: Contact, dropped: Dropped, region: str | None) -> Contact:
    """The contact without what an edit takes away. Raises Misused for what it does not have."""
    gone = {(a.kind, a.key) for a in _read(dropped.emails, dropped.phones, dropped.handles, region)}
    missing = gone - {(a.kind, a.key) for a in before.addresses}
    if missing:
        raise Misused(f"{before.name} has no {next(iter(missing))[0]} {next(iter(missing))[1]}", "see: relcli contact show")
    roles, tags = {r.lower() for r in dropped.roles}, {t.lower() for t in dropped.tags}
    for word in sorted((roles - set(before.roles)) | (tags - set(before.tags))):
        raise Misused(f'{before.name} has no role or tag "{word}"', "see: relcli contact show")
    for name in dropped.names:
        if not any(same(name, other.name) for other in before.other_names):
            raise Misused(f"“{name}” is no former name of {before.name}", f"see: relcli contact show {before.id}")
    return replace(
        before,
        other_names=tuple(o for o in before.other_names if not any(same(o.name, name) for name in dropped.names)),
        roles=tuple(r for r in before.roles if r not in roles),
        tags=tuple(t for t in before.tags if t not in tags),
        addresses=tuple(a for a in before.addresses if (a.kind, a.key) not in gone),
        birthday="" if dropped.birthday else before.birthday,
        note="" if dropped.note else before.note,
    )


def _addresses(before: tuple[Address, ...], said: ContactFields, region: str | None) -> tuple[Address, ...]:
    """What an edit names first becomes the preferred address of its kind."""
    new = _read(said.emails, said.phones, said.handles, region)
    named = {(a.kind, a.key) for a in new}
    kept = [a for a in before if (a.kind, a.key) not in named]
    order = list(AddressKind)
    unique = {(a.kind, a.key): a for a in [*new, *kept]}
    return tuple(sorted(unique.values(), key=lambda a: order.index(a.kind)))


def _read(emails: Iterable[str], phones: Iterable[str], handles: Iterable[str], region: str | None) -> list[Address]:
    try:
        return [
            *(address for text in emails for address in email_addresses(text)),
            *(address for text in phones for address in phone_addresses(text, region)),
            *(address for text in handles for address in handle_addresses(text)),
        ]
    except ValueError as error:
        raise Misused(str(error)) from None


def _birthday(text: str, desk: Desk) -> str:
    found = birthday(text, desk.settings.dates.order, desk.today)
    if not found:
        raise ValueError(f"{one_line(text)} is what programs write where they know no birthday; write --01-01 if it is one")
    return found


def _zone(name: str) -> str:
    zone_of(one_line(name))
    return one_line(name)


def _union(before: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*before, *more}))
