"""Whether somebody can have sent somebody else: by a referral, or as the one who introduced them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcli.domain.contact import Contact
from relcli.domain.referral import circle
from relcli.errors import Ambiguous, Misused
from relcli.store import contacts, referrals

if TYPE_CHECKING:
    from sqlalchemy import Connection


class ReferralConflict(Ambiguous):
    """What is in the book stands against this referral."""


def check(connection: Connection, sender: Contact, whom: Contact, *, but: int = 0) -> None:
    """Raise where `sender` cannot have sent `whom`: themselves, sent already (but by this referral), or in a circle."""
    if sender.id == whom.id:
        raise Misused(f"nobody sends themselves: both are {sender.name} ({sender.id})", "name two different ones")
    known = [one for one in referrals.everything(connection) if one.number != but]
    for one in known:
        if one.pair == (sender.id, whom.id):
            raise ReferralConflict(
                f"{sender.name} sent {whom.name} already ({one.id})", f"to put it right: relcli referral edit {one.id}"
            )
    if way := circle(known, sender.id, whom.id):
        names = contacts.names_by_id(connection)
        told = " sent ".join(names.get(code, code) for code in (*way, whom.id))
        raise ReferralConflict(
            f"{sender.name} cannot have sent {whom.name}: it would be a circle, {told}",
            f"if that is wrong: relcli referral list {whom.id}, then relcli referral edit or remove",
        )
