"""Where a name stands in what was written about somebody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from relcli.domain.contact import Contact
from relcli.store import (
    circumstances,
    contacts,
    initiatives,
    interactions,
    laters,
    plans,
    preferences,
    promises,
    referrals,
    reminders,
    responses,
    transactions,
)
from relcli.text import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection


def mentions(connection: Connection, contact: Contact, words: Collection[str], *, but: Collection[str]) -> tuple[str, ...]:
    """The records that hold one of the words, accents and case aside, by id, or by name where they have none.

    Left out are those `but` names by id, and whatever belongs to the contact and goes with it.
    """
    sought = [folded(word) for word in words]
    found: set[str] = set()
    for word in words:
        found |= {other.id for other in contacts.search(connection, word) if other.row != contact.row}
        found |= {touch.id for touch in interactions.search(connection, word)}
        found |= {sale.id for sale in transactions.search(connection, word)}
        found |= {promise.id for promise in promises.search(connection, word) if promise.contact != contact.id}
        found |= {response.id for response in responses.search(connection, word) if response.contact != contact.id}
        found |= {f'the initiative "{effort.name}"' for effort in initiatives.search(connection, word)}
    for code, owners, text in _written(connection):
        if contact.id not in owners and any(word in folded(text) for word in sought):
            found.add(code)
    return tuple(sorted(found - set(but)))


def _written(connection: Connection) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Id, whose it is, and the words of what is read whole: these are few."""
    for wish in preferences.everything(connection):
        yield wish.id, (wish.contact,), f"{wish.value}\n{wish.words}"
    for one in circumstances.everything(connection):
        yield one.id, (one.contact,), one.note
    for later in laters.everything(connection):
        yield later.id, (later.contact,), later.because
    for plan in plans.everything(connection):
        yield plan.id, (plan.contact,), f"{plan.aim}\n{plan.step}\n{plan.note}"
    for reminder in reminders.everything(connection):
        yield reminder.id, (reminder.contact,), reminder.text
    for referral in referrals.everything(connection):
        yield referral.id, referral.pair, referral.outcome
