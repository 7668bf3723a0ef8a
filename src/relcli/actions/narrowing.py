"""Lists narrowed to those with a role or a tag. A word that nobody has is a slip, and no answer about an empty group."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from relcli.domain.contact import ROLES, Contact
from relcli.errors import NotFound
from relcli.store import contacts
from relcli.text import one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SHOWN = 10


class GroupNotFound(NotFound):
    """Nobody has this role or this tag."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The roles and tags that are wanted, all of them; empty takes everybody."""

    roles: frozenset[str]
    tags: frozenset[str]

    def takes(self, contact: Contact) -> bool:
        """Whether a contact has them all."""
        return self.roles <= set(contact.roles) and self.tags <= set(contact.tags)

    def __bool__(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.roles or self.tags)

    def __str__(self) -> str:
        words = [f'the role "{role}"' for role in sorted(self.roles)] + [f'the tag "{tag}"' for tag in sorted(self.tags)]
        return " and ".join(words)


def narrowing(connection: Connection, roles: Iterable[str], tags: Iterable[str]) -> Narrowing:
    """The roles and tags as typed, understood.

    Raises GroupNotFound for a word that nobody in the book has, archived or not. The roles that every book knows are
    no slips: they may be nobody's yet.
    """
    wanted = Narrowing(*(frozenset(one_line(word).lower() for word in words) for words in (roles, tags)))
    if wanted.roles:
        _refuse_unknown(wanted.roles, {*contacts.roles(connection), *ROLES}, "role")
    if wanted.tags:
        _refuse_unknown(wanted.tags, contacts.tags(connection), "tag")
    return wanted


def _refuse_unknown(wanted: Collection[str], known: Collection[str], what: str) -> None:
    for word in sorted(set(wanted) - set(known)):
        near = get_close_matches(word, sorted(known), n=3, cutoff=0.7)
        there = sorted(known)
        more = [f"and {len(there) - _SHOWN} more"] if len(there) > _SHOWN else []
        hint = f"near: {', '.join(near)}" if near else f"{what}s here: {', '.join([*there[:_SHOWN], *more])}"
        raise GroupNotFound(f'nobody has the {what} "{word}"', hint if known else f"nobody has a {what} yet")
