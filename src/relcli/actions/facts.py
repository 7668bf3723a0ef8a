"""The facts a message to somebody may state, each with its value or how to record it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcli.actions.desk import Desk
from relcli.actions.references import find
from relcli.domain.contact import Contact, Kind
from relcli.domain.fact import Fact, Value, day_and_month, first_name
from relcli.domain.interaction import Interaction
from relcli.domain.moment import Moment, day_number
from relcli.domain.preference import Source, wishes
from relcli.domain.promise import Promise, PromiseKind, Side, by_urgency
from relcli.domain.reference import Match
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.health.due import due_items
from relcli.store import contacts, interactions, preferences, promises, transactions
from relcli.store.picking import Pick
from relcli.text import one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class FactsListed:
    """Every fact there is, known or not, of one contact."""

    contact: Contact
    facts: tuple[Fact, ...]


def list_facts(reference: str, desk: Desk) -> FactsListed:
    """The facts of the contact named. Raises ContactNotFound, ContactAmbiguous."""
    with desk.book.reading() as connection:
        contact = find(connection, reference, region=desk.settings.phone.region)
        return FactsListed(contact, facts_of(connection, contact, desk))


def facts_of(connection: Connection, contact: Contact, desk: Desk) -> tuple[Fact, ...]:
    """What may be said of a contact today; an organisation's records hold those of its people while they worked there."""
    until = day_number(desk.today)
    return (
        *_person(connection, contact, desk),
        *_bought(contact, transactions.picked(connection, Pick(contact=contact.row, until=until)), desk),
        *_touched(contact, interactions.picked(connection, Pick(contact=contact.row, until=until, top=1))),
        *_between(connection, contact, desk),
    )


def our_open_promises(connection: Connection, contact: Contact, desk: Desk) -> list[Promise]:
    """What we owe a contact today, due or not, the earliest due first."""
    made = promises.of_contacts(connection, [contact.row])
    open_ones = [p for p in made if p.owed_by is Side.US and p.open_on(desk.today)]
    return sorted(open_ones, key=lambda p: (p.due is None, p.due, p.number))


def our_overdue(connection: Connection, contact: Contact, desk: Desk) -> list[Promise]:
    """What we must put right before all else, the earliest due first: promises overdue, complaints that are open.

    An open complaint of the organisation they work for is one of theirs too.
    """
    today = desk.today
    late = [
        promise for promise in our_open_promises(connection, contact, desk)
        if promise.kind is PromiseKind.COMPLAINT or promise.overdue_on(today)
    ]  # fmt: skip
    if contact.works_for:
        employer = contacts.fetch(connection, contacts.matching(connection, Match.ID, contact.works_for))
        theirs = promises.of_contacts(connection, [one.row for one in employer])
        late += [p for p in theirs if p.kind is PromiseKind.COMPLAINT and p.open_on(today)]
    return by_urgency(late, today)


def _person(connection: Connection, contact: Contact, desk: Desk) -> Iterator[Fact]:
    organisation = contact.kind is Kind.ORGANISATION
    employer = contacts.names_by_id(connection).get(contact.works_for) if contact.works_for else None
    month, day = map(int, contact.birthday[-5:].split("-")) if contact.birthday else (0, 0)
    edit = f"relcli contact edit {contact.id}"
    yield Fact("name", contact.name, f'{edit} --name "Ana Ruiz"')
    yield Fact("first_name", contact.name if organisation else first_name(contact.name), f'{edit} --name "Ana Ruiz"')
    yield Fact("organisation", employer, f'{edit} --works-for "Bright Bakery"')
    yield Fact("birthday", day_and_month(month, day) if contact.birthday else None, f"{edit} --birthday 1980-04-12")
    yield Fact("me", desk.settings.me.name or None, 'write into the settings, under [me]: name = "Your Name"')
    yield Fact("today", desk.today, "it is always known")


def _bought(contact: Contact, newest_first: list[Transaction], desk: Desk) -> Iterator[Fact]:
    for name, kind, verb in (
        ("last_purchase", TransactionKind.SALE, "sold"),
        ("last_supply", TransactionKind.PURCHASE, "bought"),
    ):
        last = next((t for t in newest_first if t.kind is kind), None)
        log = f'relcli {verb} {contact.id} 45.00 "portrait"'
        item = log if last is None else f'relcli transaction edit {last.id} --item "portrait"'
        yield Fact(f"{name}_item", one_line(last.item) or None if last else None, item)
        yield Fact(f"{name}_date", last.when.day if last else None, log)
        yield Fact(f"{name}_amount", str(last.money) if last else None, log)
    due = due_items(newest_first, desk.today)
    habit = "it is known after the same item was sold on three days, not too long ago"
    yield Fact("due_item", due[0].item if due else None, habit)
    yield Fact("due_item_date", due[0].due if due else None, habit)


def _touched(contact: Contact, newest: list[Interaction]) -> Iterator[Fact]:
    last = newest[0] if newest else None
    log = f'relcli log {contact.id} "asked about May" --channel email --in'
    summary = f'relcli interaction edit {last.id} --summary "asked about May"' if last else log
    yield Fact("last_touch_date", last.when.day if last else None, log)
    yield Fact("last_touch_channel", last.channel if last else None, log)
    yield Fact("last_touch_summary", one_line(last.summary) or None if last else None, summary)


def _between(connection: Connection, contact: Contact, desk: Desk) -> Iterator[Fact]:
    owed: Value = tuple(one_line(promise.text) for promise in our_open_promises(connection, contact, desk))
    overdue: Value = tuple(one_line(promise.text) for promise in our_overdue(connection, contact, desk))
    now = Moment(desk.today, desk.now, desk.book.zone)
    holding = wishes(preferences.of_contacts(connection, [contact.row]), now).all
    stated = [wish for wish in holding if wish.source is Source.STATED]
    words = max(stated, key=lambda wish: (wish.when.day, wish.number)).words if stated else ""
    add = f'relcli promise add {contact.id} "send the prints" --by "next friday"'
    wish = f'relcli preference set {contact.id} --channel email --stated "mail me, please"'
    yield Fact("owed", owed or None, add, several=True)
    late = f"it is known while something of yours is overdue, or a complaint open; see: {add}"
    yield Fact("overdue", overdue or None, late, several=True)
    yield Fact("their_words", one_line(words) or None, wish)
