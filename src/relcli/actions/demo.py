"""A small invented book to look around in: forty relationships of a photographer, two years, always ending today.

Everything is drawn from one seed and from the day it is made for, so the same day gives the same book.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from relcli.actions.desk import Desk
from relcli.domain.contact import Contact, Kind, contact_id, email_address
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import Moment
from relcli.domain.money import Money
from relcli.domain.transaction import Transaction, TransactionKind
from relcli.store import contacts, interactions, transactions
from relcli.store.writing import Writing
from relcli.text import folded

SEED = 20261121
CURRENCY = "EUR"


@dataclass(frozen=True, slots=True)
class Part:
    """One invented relationship.

    A transaction of `amount` for `item` every `every` days or so (`jitter`: share of that), from `begin`
    to `end` days ago; beside it every `talk` days a touch by `channel` with one of `words`; `answered` is
    the share of theirs that we answer.
    """

    name: str
    roles: tuple[str, ...]
    every: float = 0
    begin: int = 730
    end: int = 0
    amount: int = 0
    item: str = ""
    jitter: float = 0.25
    talk: float = 0
    channel: str = "email"
    words: tuple[str, ...] = ("asked about a date", "sent the list", "a question about the pictures")
    answered: float = 0.9
    kind: Kind = Kind.PERSON
    works_for: str = ""
    tags: tuple[str, ...] = ()
    archived: bool = False
    note: str = ""


_CUSTOMER, _SUPPLIER, _PARTNER, _PROSPECT = ("customer",), ("supplier",), ("partner",), ("prospect",)
_FIRM = Kind.ORGANISATION

CAST = (
    Part("Bright Bakery", _CUSTOMER, 31, amount=24000, item="product pictures", kind=_FIRM, tags=("food",)),
    Part(
        "Ana Ruiz",
        (),
        talk=24,
        works_for="Bright Bakery",
        words=("which loaves to show", "sent the May list", "thanked for the prints"),
    ),
    Part("Harbour Hotel", _CUSTOMER, 45, amount=68000, item="rooms and terrace", kind=_FIRM, talk=40, tags=("travel",)),
    Part("Lotte Brandt", (), talk=60, works_for="Harbour Hotel", channel="phone", words=("plans for the season", "new rooms")),
    Part("Mira Solano", _CUSTOMER, 61, amount=18000, item="portrait session", talk=75, tags=("portrait",)),
    Part("Tomás Ferrer", _CUSTOMER, 92, amount=15000, item="family session", tags=("portrait",)),
    Part("Elin Dahl", _CUSTOMER, 28, begin=700, end=112, amount=21000, item="shop pictures", talk=35, jitter=0.15),
    Part("Okafor & Sons", _CUSTOMER, 21, begin=640, end=84, amount=32000, item="catalogue day", kind=_FIRM, jitter=0.15),
    Part(
        "Priya Nair", _CUSTOMER, 35, begin=720, end=76, amount=16000, item="recipe pictures", talk=30, jitter=0.2, tags=("food",)
    ),
    Part(
        "Café Lumen",
        _CUSTOMER,
        30,
        begin=600,
        end=52,
        amount=12000,
        item="menu pictures",
        kind=_FIRM,
        jitter=0.12,
        tags=("food",),
    ),
    Part("Jonas Weber", _CUSTOMER, 182, begin=728, end=10, amount=45000, item="team portraits", jitter=0.05),
    Part(
        "Rosa Amaral",
        _CUSTOMER,
        365,
        begin=740,
        end=9,
        amount=39000,
        item="Christmas cards",
        jitter=0.02,
        note="Every November, never before.",
    ),
    Part("Theatre on the Quay", _CUSTOMER, 75, amount=52000, item="opening night", kind=_FIRM, jitter=0.4, tags=("stage",)),
    Part(
        "Samir Haddad", _CUSTOMER, 50, begin=730, end=420, amount=20000, item="interiors", talk=55, words=("a new flat to show",)
    ),
    Part("Greta Lind", _CUSTOMER, 40, begin=720, end=510, amount=17000, item="jewellery", talk=0),
    Part("Old Mill Garden", _CUSTOMER, 60, begin=725, end=380, amount=23000, item="garden in bloom", kind=_FIRM),
    Part("Nadia Petrova", _CUSTOMER, 900, begin=20, amount=18000, item="portrait session", talk=9, tags=("portrait",)),
    Part("Luca Conti", _CUSTOMER, 900, begin=41, amount=26000, item="wedding, half a day", talk=18, tags=("wedding",)),
    Part("Ida Novak", _CUSTOMER, 900, begin=52, amount=9000, item="passport pictures"),
    Part("Femi Adeyemi", _CUSTOMER, 900, begin=330, amount=9000, item="passport pictures"),
    Part("Clara Vogt", _CUSTOMER, 900, begin=240, amount=95000, item="wedding, whole day", tags=("wedding",)),
    Part("Ben Archer", _CUSTOMER, 900, begin=610, amount=92000, item="wedding, whole day", tags=("wedding",)),
    Part("Yuki Tanaka", _CUSTOMER, 900, begin=500, amount=11000, item="application picture"),
    Part("Marta Kowalska", _CUSTOMER, 120, begin=700, end=60, amount=14000, item="children's portraits", tags=("portrait",)),
    Part(
        "City Library",
        _CUSTOMER,
        90,
        begin=720,
        end=30,
        amount=30000,
        item="reading evenings",
        kind=_FIRM,
        talk=80,
        tags=("stage",),
    ),
    Part("Paper & Print", _SUPPLIER, 30, amount=8500, item="prints and frames", kind=_FIRM, talk=45),
    Part("Lens Rental North", _SUPPLIER, 50, amount=12000, item="lens, two days", kind=_FIRM, jitter=0.5),
    Part("Studio Landlord Berg", _SUPPLIER, 30.4, amount=55000, item="studio rent", kind=_FIRM, jitter=0.03),
    Part(
        "Hanne Moe",
        _SUPPLIER,
        45,
        amount=16000,
        item="retouching",
        talk=20,
        channel="chat",
        words=("files are up", "asked about skin tones"),
    ),
    Part(
        "Fresh Flowers Kim", _SUPPLIER, 40, begin=700, end=135, amount=4500, item="flowers for the set", kind=_FIRM, jitter=0.15
    ),
    Part("Bookkeeper Lund", _SUPPLIER, 91, amount=19000, item="quarter closed", talk=90, jitter=0.05),
    Part(
        "Karim Aziz",
        _PARTNER,
        talk=30,
        channel="meeting",
        words=("lunch: who needs pictures", "compared prices", "sent me a couple"),
    ),
    Part("Sofia Marchetti", _PARTNER, talk=45, channel="phone", words=("flowers and pictures together", "a wedding in June")),
    Part("Wedding Fair Team", _PARTNER, talk=180, channel="event", words=("our stand at the fair",), kind=_FIRM),
    Part("Oskar Nyman", _PROSPECT, begin=14, talk=6, words=("asked for prices", "asked for a free Saturday")),
    Part("Delia Crane", _PROSPECT, begin=45, talk=16, words=("saw the bakery pictures", "will decide in spring")),
    Part("Gallery Nord", _PROSPECT, begin=300, end=190, talk=40, kind=_FIRM, words=("a show in autumn?",)),
    Part("Newsletter Reader One", ()),
    Part("Card from the Fair", _PROSPECT, note="Left a card at the fair; never wrote."),
    Part("Peter Falk-Hansen", _CUSTOMER, 60, begin=720, end=300, amount=15000, item="portrait session", archived=True),
)


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
        touches: list[tuple[Interaction, list[int], str | None]] = []
        trades: list[tuple[Transaction, int, str | None]] = []
        for part, (row, code) in zip(CAST, rows, strict=True):
            trades += [(t, row, None) for t in _trades(part, code, rng, today)]
            touches += [(i, [row], None) for i in _touches(part, code, rng, today)]
        interactions.add_many(writing, sorted(touches, key=lambda entry: entry[0].when.day))
        transactions.add_many(writing, sorted(trades, key=lambda entry: entry[0].when.day))
    return DemoBuilt(desk.book.where, len(CAST), len(touches) + len(trades))


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


def _trades(part: Part, code: str, rng: random.Random, today: date) -> list[Transaction]:
    if not part.every:
        return []
    kind = TransactionKind.PURCHASE if part.roles == _SUPPLIER else TransactionKind.SALE
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
