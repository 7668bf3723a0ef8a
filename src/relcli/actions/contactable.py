"""The list of those whom we may contact by a channel now."""

from __future__ import annotations

from collections.abc import Iterable

from relcli.actions.contacts import ContactsListed, list_contacts
from relcli.actions.desk import Desk
from relcli.actions.interactions import channel


def list_contactable(desk: Desk, by: str, *, roles: Iterable[str] = (), tags: Iterable[str] = ()) -> ContactsListed:
    """Those with all of these roles and tags whom a check-in by this channel would find willing, now.

    What they want and what we owe them allows it, and the address the channel needs, if it needs one, is known; nobody
    who was set aside is among them. Raises Misused for a channel
    that is none of the book.
    """
    return list_contacts(desk, roles=roles, tags=tags, contactable=channel(by, desk.settings))
