"""A contact: a person or an organisation, with roles, addresses and external ids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from relcli.domain.spelling import unquoted
from relcli.mailboxes import divided
from relcli.text import seen

NAME_MOST = 500
ROLES = ("customer", "supplier", "partner", "prospect")  # those that every book knows; others are the user's own
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # base 32 without i, l, o, u: nothing to mistake


class Kind(StrEnum):
    """What a contact is."""

    PERSON = "person"
    ORGANISATION = "organisation"


class NameKind(StrEnum):
    """How somebody came by another name: they had it before, or it was that of a contact merged into them."""

    FORMER = "former"
    MERGED = "merged"


class AddressKind(StrEnum):
    """The kinds of address by which a contact is reached and found."""

    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"


# The kind of address a channel needs; the others need none that a book keeps.
REACHED_AT = {
    "email": AddressKind.EMAIL, "phone": AddressKind.PHONE, "sms": AddressKind.PHONE, "chat": AddressKind.HANDLE,
    "social": AddressKind.HANDLE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """One address, as shown (`value`) and as compared (`key`)."""

    kind: AddressKind
    value: str
    key: str


@dataclass(frozen=True, slots=True)
class ExternalId:
    """What another system calls this contact."""

    source: str
    value: str


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name by which a contact is known beside the present one."""

    name: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as the book has it; `row` is its number inside the book, `id` its public name."""

    row: int
    id: str
    name: str
    created: datetime
    kind: Kind = Kind.PERSON
    roles: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    tags: tuple[str, ...] = ()
    works_for: str | None = None
    introduced_by: str | None = None
    language: str = ""
    timezone: str = ""
    birthday: str = ""
    note: str = ""
    archived: date | None = None
    external_ids: tuple[ExternalId, ...] = ()
    other_names: tuple[OtherName, ...] = ()

    def addresses_of(self, kind: AddressKind) -> tuple[str, ...]:
        """The addresses of one kind, preferred first."""
        return tuple(a.value for a in self.addresses if a.kind is kind)

    def addresses_for(self, channel: str) -> tuple[str, ...]:
        """The addresses a channel goes to, preferred first; none for a channel that needs none."""
        kind = REACHED_AT.get(channel)
        return self.addresses_of(kind) if kind else ()

    def preferring(self, address: str) -> Contact:
        """The contact with this address of theirs, where it is one, before the others of its kind."""
        first = [a for a in self.addresses if a.value == address]
        others = [a for a in self.addresses if a.value != address]
        kinds = list(AddressKind)
        return replace(self, addresses=tuple(sorted([*first, *others], key=lambda a: kinds.index(a.kind))))

    def reachable_by(self, channel: str) -> bool:
        """Whether they have the address a channel needs, if it needs one."""
        return channel not in REACHED_AT or bool(self.addresses_for(channel))

    def reach(self, channel: str = "") -> str:
        """The address a channel would go to, the preferred one where any would do; empty where there is none.

        A letter goes to an address that no book keeps.
        """
        kind = REACHED_AT.get(channel)
        fitting = [a.value for a in self.addresses if kind in (None, a.kind) and channel != "letter"]
        return fitting[0] if fitting else ""


def contact_id(noise: bytes) -> str:
    """A public id, `c_` and eight base-32 characters, from five random bytes."""
    number = int.from_bytes(noise[:5], "big")
    return "c_" + "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))


def is_contact_id(text: str) -> bool:
    """Whether the text is a whole contact id."""
    return len(text) == len("c_12345678") and text.startswith("c_") and set(text[2:]) <= set(ALPHABET)


def roles(text: str) -> tuple[str, ...]:
    """The roles in a text, divided by `;`, `,`, `|`, `/`, ` ::: ` or a line end. Raises ValueError like `label`."""
    return _labels(text, ";,|/\n\r")


def tags(text: str) -> tuple[str, ...]:
    """The tags in a text, divided like roles, but for the stroke. Raises ValueError like `label`."""
    return _labels(text, ";,|\n\r")


def label(text: str) -> str:
    """A role or tag: one word or a few, lower case. Raises ValueError when empty or holding a `;`."""
    plain = seen(text).removeprefix("* ").lower()
    plain = unquoted(plain) or plain
    if not plain or ";" in plain:
        raise ValueError(f'"{text}" cannot be a role or tag: it may not be empty nor hold a ";"')
    return plain


def _labels(text: str, marks: str) -> tuple[str, ...]:
    parts = [part for part in divided(text.replace(" ::: ", ";"), marks) if seen(part)]
    return tuple(dict.fromkeys(map(label, parts or [text])))
