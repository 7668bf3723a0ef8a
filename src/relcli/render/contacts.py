"""Contacts on a page."""

from __future__ import annotations

from collections.abc import Iterable

from relcli.actions.contacts import ContactsListed, ContactWritten
from relcli.domain.contact import AddressKind, Contact
from relcli.domain.wording import in_short
from relcli.exchange.phone import shown as phone
from relcli.render.laters import until
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page

_SHOWN = 3


def listed(result: ContactsListed) -> Page:
    """A line a contact: id, name, roles, the preferred address or that of the channel asked about, tags."""
    return Page([listing(result.contacts, result.channel)])


def shown(result: ContactsListed) -> Page:
    """Everything known of each contact."""
    blocks: list[Block] = []
    for number, contact in enumerate(result.contacts):
        blocks += [Gap()] if number else []
        blocks += [
            Heading(contact.name, contact.id),
            Facts([(label, Cell(text)) for label, text in _facts(contact, result) if text]),
        ]
    return Page(blocks)


def warned(unwelcome: Iterable[str]) -> list[str]:
    """A line for each address under which somebody forgotten had asked for no contact."""
    return [f"somebody forgotten had asked for no contact under {address}" for address in unwelcome]


def remarks(result: ContactWritten) -> list[str]:
    """What else is to say of a contact just written, a line each."""
    return [*_namesakes(result), *_beside(result), *_countries(result), *warned(result.unwelcome)]


def _namesakes(result: ContactWritten) -> list[str]:
    """Who had that name before, and how to make them one."""
    if not result.namesakes:
        return []
    them = " · ".join(f"{c.name} ({', '.join(filter(None, (c.id, reach(c))))})" for c in result.namesakes[:_SHOWN])
    more = f" · and {len(result.namesakes) - _SHOWN} more" if len(result.namesakes) > _SHOWN else ""
    merge = f"relcli contact merge {result.namesakes[0].id} {result.contact.id}"
    return [f"The same name is in the book already: {them}{more}. If they are one person: {merge}, or relcli book undo"]


def _beside(result: ContactWritten) -> list[str]:
    """Of which kinds there are several addresses now: an edit adds, it does not replace."""
    words = {AddressKind.EMAIL: "e-mail", AddressKind.PHONE: "number", AddressKind.HANDLE: "handle"}
    lines = []
    for kind in result.beside:
        first, *others = reached(result.contact, kind)
        if others:
            count = f"{len(others) + 1} {words[kind]}s" if others[1:] else f"a second {words[kind]}"
            lines.append(
                f"{result.contact.name} has {count} now: {first} (preferred), {', '.join(others)}; --no-{kind} takes one away"
            )
    return lines


def _countries(result: ContactWritten) -> list[str]:
    lines = [f"{phone(value)} is read as a number of {result.region} (phone.region)" for value in result.by_region]
    for value in result.homeless:
        why = f"It is no number of {result.region} (phone.region): write" if result.region else "Set phone.region, or write"
        lines.append(f"In which country is {value}? {why} it with + and the country: +34 600 000 001")
    return lines


def reached(contact: Contact, kind: AddressKind) -> list[str]:
    """The addresses of one kind as a screen shows them, preferred first."""
    values = contact.addresses_of(kind)
    return [phone(value) for value in values] if kind is AddressKind.PHONE else list(values)


def reach(contact: Contact, channel: str = "") -> str:
    """The address a channel goes to, as a screen shows it."""
    value = contact.reach(channel)
    return phone(value) if value in contact.addresses_of(AddressKind.PHONE) else value


def listing(contacts: Iterable[Contact], channel: str = "") -> Grid:
    """A line a contact; with a channel, the address it goes to."""
    columns = [Column("id"), Column("name", folds=True), Column("roles"), Column("reach", folds=True), Column("tags", folds=True)]
    return Grid(
        columns,
        [
            [
                Cell(c.id, "dim"),
                Cell(c.name, "name"),
                Cell(" ".join(c.roles)),
                Cell(reach(c, channel)),
                Cell(" ".join(c.tags), "dim"),
            ]
            for c in contacts
        ],
    )


def _facts(c: Contact, result: ContactsListed) -> list[tuple[str, str]]:
    later = result.laters.get(c.id)
    return [
        ("also known as", ", ".join(f"{one.name} ({one.kind})" for one in c.other_names)),
        ("kind", c.kind.value),
        ("roles", " ".join(c.roles)),
        ("e-mail", ", ".join(c.addresses_of(AddressKind.EMAIL))),
        ("phone", ", ".join(reached(c, AddressKind.PHONE))),
        ("handle", ", ".join(c.addresses_of(AddressKind.HANDLE))),
        ("works for", _named(c.works_for, result)),
        ("introduced by", _named(c.introduced_by, result)),
        ("wants", ", ".join(in_short(wish) for wish in result.wishes.get(c.id, ()))),
        ("not now", until(later) if later else ""),
        ("tags", " ".join(c.tags)),
        ("language", c.language),
        ("time zone", c.timezone),
        ("birthday", c.birthday),
        ("note", c.note),
        ("known as", ", ".join(f"{e.value} ({e.source})" for e in c.external_ids)),
        ("added", c.created.date().isoformat()),
        ("archived", c.archived.isoformat() if c.archived else ""),
    ]


def _named(code: str | None, result: ContactsListed) -> str:
    """Who an id is."""
    if code is None:
        return ""
    return f"{result.names[code]} ({code})" if code in result.names else code
