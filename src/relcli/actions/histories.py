"""A year of a scorecard: recomputed from the records at the end of each month, with what moved it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from relcli.actions.assessments import assess_on, read_book
from relcli.actions.desk import Desk
from relcli.actions.moments import day
from relcli.actions.references import find_all
from relcli.actions.scorecards import Card, card, cards_in, checked_horizon
from relcli.domain.moment import day_number
from relcli.health.history import Moved, moved

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Point:
    """The card of one day, and what moved its health since the point before."""

    card: Card
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class History:
    """A card and the year before it: the last twelve ends of a month, and the card's own day, oldest first."""

    card: Card
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Histories:
    """Histories in the order asked for."""

    histories: tuple[History, ...]


def show_histories(references: Iterable[str], desk: Desk, *, as_of: str | None = None, horizon: int | None = None) -> Histories:
    """The cards of the contacts named, with their year. Raises ContactNotFound, ContactAmbiguous, Misused."""
    on = day(as_of, desk.book.zone, now=desk.now, dates=desk.settings.dates)
    horizon = checked_horizon(horizon)
    with desk.book.reading() as connection:
        people = find_all(connection, references, region=desk.settings.phone.region)
        known = read_book(connection, desk, until=day_number(on))
        assessed = [assess_on(known, day_number(each), horizon=horizon) for each in (*month_ends(on), on)]
        cards, names = cards_in(connection, desk, people, assessed[-1])
    places = {contact.row: place for place, contact in enumerate(known.contacts)}
    found = []
    for whole in cards:
        place = places[whole.contact.row]
        employer = names.get(whole.contact.works_for or "", "")
        past = [card(each, place, desk, employer=employer, ranges=False) for each in assessed[:-1]]
        causes = (moved(a.assessment, b.assessment, place) for a, b in pairwise(assessed))
        found.append(History(whole, tuple(Point(each, why) for each, why in zip((*past, whole), (None, *causes), strict=True))))
    return Histories(tuple(found))


def month_ends(on: date, count: int = MONTHS) -> list[date]:
    """The last ends of a month before a day, oldest first."""
    ends = [on.replace(day=1) - timedelta(days=1)]
    while len(ends) < count:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends[::-1]
