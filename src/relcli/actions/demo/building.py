"""A small invented book to look around in: forty relationships of a photographer, two years, always ending today.

Everything is drawn from one seed and from the day it is made for, so the same day gives the same book.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from relcli.actions.demo.cast import CAST, SUPPLIER, Part
from relcli.actions.demo.story import Story, story
from relcli.actions.desk import Desk
from relcli.domain.address import email_address
from relcli.domain.contact import Contact, contact_id
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import Moment
from relcli.domain.money import Money
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.store import circumstances, contacts, interactions, laters, plans, preferences, promises, responses, transactions
from relcli.store.writing import Writing
from relcli.text import folded

SEED = 20261121
CURRENCY = "EUR"


@dataclass(frozen=True, slots=True)
class DemoBuilt:
    """How much was invented, and where it lies."""

    where: str
    contacts: int
    records: int


def build_demo(desk: Desk) -> DemoBuilt:
    """Fill an empty book with the cast, up to and including today."""
    rng = random.Random(SEED)  # noqa: S311  # invented people need no secrecy
    today = desk.today
    with desk.writing("demo") as writing:
        rows = _people(writing, rng, desk.now, today)
        places = {part.name: row for part, (row, _) in zip(CAST, rows, strict=True)}
        touches: list[tuple[Interaction, list[int], str | None]] = []
        trades: list[tuple[Transaction, int, str | None]] = []
        stories = story(today)
        told = 0
        for part, (row, code) in zip(CAST, rows, strict=True):
            trades += [(t, row, None) for t in _trades(part, code, rng, today)]
            touches += [(i, [row], None) for i in _touches(part, code, rng, today)]
            if part.name in stories:
                touches += [(replace(i, contacts=(code,)), [row], None) for i in stories[part.name].touches]
                told += _tell(writing, stories[part.name], row)
        contacts.introduce(writing, places["Karim Aziz"], places["Luca Conti"], today - timedelta(days=41))
        interactions.add_many(writing, sorted(touches, key=lambda entry: entry[0].when.day))
        transactions.add_many(writing, sorted(trades, key=lambda entry: entry[0].when.day))
    return DemoBuilt(desk.book.where, len(CAST), len(touches) + len(trades) + told)


def _tell(writing: Writing, told: Story, row: int) -> int:
    """Write what a relationship has besides touches and trades; answers how many records that made."""
    preferences.add_many(writing, told.wishes, row)
    for promise in told.promises:
        promises.add(writing, promise, row)
    for circumstance in told.circumstances:
        circumstances.add(writing, circumstance, row)
    for later in told.laters:
        laters.add(writing, later, row)
    for plan in told.plans:
        plans.add(writing, plan, row)
    for response in told.responses:
        responses.add(writing, response, row)
    return (
        len(told.wishes) + len(told.promises) + len(told.circumstances) + len(told.laters) + len(told.plans) + len(told.responses)
    )


def _people(writing: Writing, rng: random.Random, now: datetime, today: date) -> list[tuple[int, str]]:
    people = [
        Contact(
            row=0,
            id=contact_id(rng.randbytes(5)),
            name=part.name,
            created=now,
            kind=part.kind,
            roles=part.roles,
            tags=part.tags,
            addresses=(email_address(_mail(part.name)),),
            note=part.note,
            birthday=_birthday(part, today),
            archived=today - timedelta(days=part.end - 30) if part.archived else None,
        )
        for part in CAST
    ]
    rows = contacts.add_many(writing, people)
    places = {part.name: row for part, row in zip(CAST, rows, strict=True)}
    for part, row in zip(CAST, rows, strict=True):
        if part.works_for:
            contacts.employ(writing, row, places[part.works_for], None)
    return [(row, person.id) for row, person in zip(rows, people, strict=True)]


def _birthday(part: Part, today: date) -> str:
    if part.born is None:
        return ""
    day = today + timedelta(days=part.born)
    return f"--{day.month:02}-{day.day:02}"


def _trades(part: Part, code: str, rng: random.Random, today: date) -> list[Transaction]:
    if not part.every:
        return []
    kind = TransactionKind.PURCHASE if part.roles == SUPPLIER else TransactionKind.SALE
    amounts = (0.9, 1.0, 1.0, 1.2)
    return [
        Transaction(0, Moment(day), code, kind, Money(int(part.amount * rng.choice(amounts)), CURRENCY), part.item)
        for day in _days(part.every, part, rng, today)
    ]


def _touches(part: Part, code: str, rng: random.Random, today: date) -> list[Interaction]:
    if not part.talk:
        return []
    mutual = part.channel in ("meeting", "event")
    found = []
    for day in _days(part.talk, part, rng, today):
        direction = Direction.BOTH if mutual else Direction.IN
        found.append(_touch(part, code, day, direction, rng.choice(part.words), rng))
        reply = day + timedelta(days=rng.choice((0, 0, 1, 2)))
        if not mutual and rng.random() < part.answered and reply <= today:
            found.append(_touch(part, code, reply, Direction.OUT, "answered", rng))
    return found


def _touch(part: Part, code: str, day: date, direction: Direction, summary: str, rng: random.Random) -> Interaction:
    minutes = rng.choice((10, 15, 30, 45)) if part.channel in ("phone", "meeting") else None
    purpose = Purpose.SERVICE if direction is Direction.OUT else None
    return Interaction(0, Moment(day), part.channel, direction, (code,), summary, minutes=minutes, purpose=purpose)


def _days(every: float, part: Part, rng: random.Random, today: date) -> list[date]:
    """Days from `begin` to `end` days ago, about `every` days apart, the first and the last exactly there."""
    days, ago = [], float(part.begin)
    while ago >= part.end:
        days.append(today - timedelta(days=round(ago)))
        ago -= max(1.0, rng.gauss(every, every * part.jitter))
    if part.end and len(days) > 1:
        days[-1] = today - timedelta(days=part.end)
    return days


def _mail(name: str) -> str:
    local = "".join(c if c.isalnum() else "." for c in folded(name))
    return ".".join(part for part in local.split(".") if part) + "@example.org"
