"""The facts a message to somebody may state, each with its value or how to record it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from relcli.actions.desk import Desk
from relcli.actions.others import Others
from relcli.actions.references import find
from relcli.domain.contact import Contact, Kind
from relcli.domain.fact import Fact, day_and_month, first_name
from relcli.domain.interaction import Interaction, Purpose
from relcli.domain.moment import Moment, day_number
from relcli.domain.preference import Source, wishes
from relcli.domain.promise import Promise, PromiseKind, Side, by_urgency
from relcli.domain.reference import Match
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.domain.wording import day_in_words
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
    """What may be said of a contact today; an organisation's records hold those of its people while they worked there.

    What was written for the owner, and texts that name somebody else, are hidden.
    """
    until = day_number(desk.today)
    others = Others(connection, contact, own=[desk.settings.me.name] if desk.settings.me.name else [])
    traded = transactions.picked(connection, Pick(contact=contact.row, until=until))
    touched = interactions.picked(connection, Pick(contact=contact.row, until=until, top=1))
    texts = [*_bought(contact, traded, desk), *_between(connection, contact, desk)]
    return (
        *_person(connection, contact, desk),
        *(_of_them_alone(fact, others) for fact in texts),
        *_touched(contact, touched, traded),
    )


def _of_them_alone(fact: Fact, others: Others) -> Fact:
    """The fact, hidden where its text names somebody else."""
    if fact.value is None or isinstance(fact.value, date):
        return fact
    texts = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    named = dict.fromkeys(name for text in texts for name in others.named(text))
    return replace(fact, value=None, hidden=fact.hidden or fact.value, why=f"names {', '.join(named)}") if named else fact


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


def _touched(contact: Contact, newest: list[Interaction], traded: list[Transaction]) -> Iterator[Fact]:
    """The last contact, of which a sale is one too; its channel and its words where it was an interaction."""
    last = newest[0] if newest else None
    sold = traded[0] if traded and (last is None or traded[0].when.day > last.when.day) else None
    latest = sold or last
    here = last if last and contact.id in last.contacts else None  # words about their people are not words about them
    log = f'relcli log {contact.id} "asked about May" --channel email --in'
    say = f'relcli interaction edit {here.id} --say "your plans for May"' if here else f'{log} --say "your plans for May"'
    yield Fact("last_contact_date", latest.when.day if latest else None, log)
    yield Fact("last_contact_channel", last.channel if last and not sold else None, log)
    yield Fact("last_said", one_line(here.say) or None if here else None, say)
    yield Fact("last_said_date", here.when.day if here and here.say else None, say)
    summary = f'relcli interaction edit {here.id} --summary "asked about May"' if here else log
    written = one_line(here.summary) or None if here else None
    yield Fact("last_summary", None, summary, hidden=written, why="written for yourself", private=True)


def _between(connection: Connection, contact: Contact, desk: Desk) -> Iterator[Fact]:
    now = Moment(desk.today, desk.now, desk.book.zone)
    holding = wishes(preferences.of_contacts(connection, [contact.row]), now).all
    stated = [wish for wish in holding if wish.source is Source.STATED]
    words = max(stated, key=lambda wish: (wish.when.day, wish.number)).words if stated else ""
    add = f'relcli promise add {contact.id} "send the prints" --by "next friday"'
    wish = f'relcli preference set {contact.id} --channel email --stated "mail me, please"'
    late = f"it is known while something of yours is overdue, or a complaint open; see: {add}"
    yield _owed("owed", our_open_promises(connection, contact, desk), add, connection, contact)
    yield _owed("overdue", our_overdue(connection, contact, desk), late, connection, contact)
    yield Fact("their_words", one_line(words) or None, wish)


def _owed(name: str, promised: list[Promise], record: str, connection: Connection, contact: Contact) -> Fact:
    """What is owed as it was promised; a complaint stands in the owner's words, so a message says only of which day it is."""
    texts = tuple(one_line(promise.text) for promise in promised)
    said = tuple(
        _complaint(connection, promise, contact) if promise.kind is PromiseKind.COMPLAINT else text
        for promise, text in zip(promised, texts, strict=True)
    )
    hidden = texts if said != texts else None
    return Fact(name, said or None, record, several=True, hidden=hidden, why="your words for a complaint" if hidden else "")


def _complaint(connection: Connection, promise: Promise, contact: Contact) -> str:
    """What is to be put right: the day, and what was logged that day as sayable."""
    if promise.contact != contact.id:
        return f"put right the problem reported on {day_in_words(promise.made)}"
    day = day_number(promise.made)
    touches = interactions.of_contacts(connection, [contact.row], since=day, until=day)
    said = [one_line(touch.say) for touch in touches if touch.purpose is Purpose.COMPLAINT and touch.say]
    return f"put right the problem you reported on {day_in_words(promise.made)}" + (f": {'; '.join(said)}" if said else "")
