"""Contacts on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from relcli.actions.contacts import ContactsListed
from relcli.domain.contact import AddressKind, Contact
from relcli.domain.wording import in_short
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


def namesakes(others: Sequence[Contact]) -> list[str]:
    """A line that says who had that name before, and how to tell them apart or make them one."""
    if not others:
        return []
    them = " · ".join(f"{c.name} ({', '.join(filter(None, (c.id, c.reach())))})" for c in others[:_SHOWN])
    more = f" · and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    return [f"of that name there is already: {them}{more}; if it is the same person: relcli book undo"]


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
                Cell(c.reach(channel)),
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
        ("phone", ", ".join(c.addresses_of(AddressKind.PHONE))),
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
