"""The brief: what to know before a call, on one screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from relcli.actions.desk import Desk
from relcli.actions.references import find
from relcli.actions.scorecards import Card, cards_of
from relcli.domain.circumstance import Circumstance, Factor
from relcli.domain.contact import Contact
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import day_number
from relcli.domain.reminder import Reminder
from relcli.domain.transaction import Transaction
from relcli.health.due import DueItem, due_items
from relcli.store import circumstances, interactions, reminders, transactions
from relcli.store.picking import Pick
from relcli.text import one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

TOUCHES = 5
LATELY = timedelta(days=182)
_ASKED = re.compile(r"\b(?:ask(?:s|ed|ing)?|questions?) (?:about|for|whether) (.+)", re.IGNORECASE)
_ASKING = frozenset({Purpose.ADVICE, Purpose.HELP})
_NOTED = (Factor.NEED, Factor.LIFE_STAGE)


@dataclass(frozen=True, slots=True)
class Brief:
    """The card of a contact, and what one says and hears: their last touches, what they may need, what they asked about.

    `touches` are the newest first; `last` is the newest transaction. `needs` are notes on their need and life stage, `reminders` those that are
    open, the first due before the others.
    """

    card: Card
    touches: tuple[Interaction, ...]
    names: dict[str, str]
    last: Transaction | None
    due: tuple[DueItem, ...]
    topics: tuple[str, ...]
    needs: tuple[Circumstance, ...]
    reminders: tuple[Reminder, ...] = ()


def show_brief(reference: str, desk: Desk) -> Brief:
    """Everything that matters before a call. Raises ContactNotFound, ContactAmbiguous."""
    until = day_number(desk.today)
    with desk.book.reading() as connection:
        contact = find(connection, reference, region=desk.settings.phone.region)
        [card], names = cards_of(connection, desk, [contact], on=desk.today)
        touches = interactions.picked(connection, Pick(contact=contact.row, until=until))
        trades = transactions.picked(connection, Pick(contact=contact.row, until=until))
        return Brief(
            card,
            tuple(touches[:TOUCHES]),
            names,
            trades[0] if trades else None,
            due_items(trades, desk.today),
            tuple(_topics(touches, desk)),
            tuple(_needs(connection, contact, desk)),
            tuple(
                sorted(
                    (r for r in reminders.of_contacts(connection, [contact.row]) if r.done is None),
                    key=lambda r: (r.due, r.number),
                )
            ),
        )


def _topics(touches: Iterable[Interaction], desk: Desk) -> Iterable[str]:
    """What they asked about in half a year, newest first, each once: what was noted so, or came to ask for advice or help."""
    seen: set[str] = set()
    for touch in touches:
        if touch.direction is Direction.OUT or touch.when.day <= desk.today - LATELY:
            continue
        summary = one_line(touch.summary)
        found = _ASKED.search(summary)
        topic = found.group(1).strip() if found else summary if touch.purpose in _ASKING else ""
        if topic and topic.casefold() not in seen:
            seen.add(topic.casefold())
            yield topic


def _needs(connection: Connection, contact: Contact, desk: Desk) -> Iterable[Circumstance]:
    """The newest note on each of their need and their life stage."""
    noted = [c for c in circumstances.of_contacts(connection, [contact.row]) if c.note and c.day <= desk.today]
    for factor in _NOTED:
        about = [c for c in noted if c.factor is factor]
        if about:
            yield max(about, key=lambda c: (c.day, c.number))
