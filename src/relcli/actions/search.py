"""Search: a text in names, notes, summaries, items, promises, plans, reminders, referrals and answers, accents and case aside."""

from __future__ import annotations

from dataclasses import dataclass

from relcli.actions.desk import Desk
from relcli.actions.timeline import Event, Record, made, order, sent
from relcli.domain.contact import Contact
from relcli.errors import Misused
from relcli.store import contacts, interactions, plans, promises, referrals, reminders, responses, transactions
from relcli.text import one_line

MOST = 500  # characters of what is looked for; a database takes no pattern of any length


@dataclass(frozen=True, slots=True)
class Found:
    """Where a text occurs: contacts by name, records newest first, a promise where it was made."""

    text: str
    contacts: tuple[Contact, ...]
    records: tuple[Record, ...]
    names: dict[str, str]


def search(text: str, desk: Desk) -> Found:
    """Every contact and record that holds the text. Raises Misused for an empty one, and one too long."""
    wanted = one_line(text)
    if not wanted:
        raise Misused("there is nothing to look for", "name a text: relcli search invoice")
    if len(wanted) > MOST:
        raise Misused(f"a text of {len(wanted)} characters is too long to look for", f"look for at most {MOST} characters of it")
    with desk.book.reading() as connection:
        people = contacts.search(connection, wanted)
        records: list[Record] = [*interactions.search(connection, wanted), *transactions.search(connection, wanted)]
        records += map(made, promises.search(connection, wanted))
        records += responses.search(connection, wanted)
        records += sent(referrals.search(connection, wanted))
        records += [Event(plan, plan.day) for plan in plans.search(connection, wanted)]
        records += [Event(reminder, reminder.due) for reminder in reminders.search(connection, wanted)]
        names = {code: name for _, code, name in contacts.names(connection, archived=True)} if records else {}
    records.sort(key=lambda r: order(r.when, r.number), reverse=True)
    return Found(wanted, tuple(people), tuple(records), names)
