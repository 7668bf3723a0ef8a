"""Scorecards: the health of single relationships, with what is behind it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relcli.actions.assessments import Assessed, assess_book
from relcli.actions.desk import Desk
from relcli.actions.moments import day
from relcli.actions.references import find_all
from relcli.actions.timeline import records_of
from relcli.domain.contact import Contact
from relcli.domain.moment import day_number, day_of
from relcli.errors import Misused
from relcli.health.scorecard import Scorecard, scorecard

HORIZON_MOST = 3650


@dataclass(frozen=True, slots=True)
class Card:
    """One contact's scorecard at the end of `as_of`; dates are None where nothing ever happened.

    `records` are the ids behind the components, filled for single cards only. `default_weights` is
    False where the owner weighs the components in their own way.
    """

    contact: Contact
    score: Scorecard
    as_of: date
    first_sign: date | None
    last_in: date | None
    last_out: date | None
    expected_next: date | None
    employer: str = ""
    records: tuple[str, ...] = ()
    default_weights: bool = True


@dataclass(frozen=True, slots=True)
class Scorecards:
    """Cards in the order asked for."""

    cards: tuple[Card, ...]


def show_scorecards(references: Iterable[str], desk: Desk, *, as_of: str | None = None, horizon: int | None = None) -> Scorecards:
    """The cards of the contacts named. Raises ContactNotFound, ContactAmbiguous, Misused."""
    on = day(as_of, desk.book.zone, now=desk.now, dates=desk.settings.dates)
    until = day_number(on)
    with desk.book.reading() as connection:
        people = find_all(connection, references, region=desk.settings.phone.region)
        assessed = assess_book(connection, desk, as_of=until, horizon=checked_horizon(horizon))
        places = {contact.row: place for place, contact in enumerate(assessed.contacts)}
        names = {contact.id: contact.name for contact in assessed.contacts}
        return Scorecards(
            tuple(
                card(
                    assessed,
                    places[person.row],
                    desk,
                    employer=names.get(person.works_for or "", ""),
                    records=tuple(record.id for record in records_of(connection, person.row, until=until)),
                )
                for person in people
            )
        )


def card(
    assessed: Assessed, place: int, desk: Desk, *, employer: str = "", records: tuple[str, ...] = (), ranges: bool = True
) -> Card:
    """The card of the contact at one place of an assessment."""
    score = scorecard(assessed.assessment, place, ranges=ranges)
    first_age = float(assessed.assessment.first_age[place])
    return Card(
        contact=assessed.contacts[place],
        score=score,
        as_of=day_of(score.as_of),
        first_sign=None if math.isnan(first_age) else day_of(score.as_of - int(first_age)),
        last_in=_day(assessed.last_in[place]),
        last_out=_day(assessed.last_out[place]),
        expected_next=None if score.expected_next is None else _capped(score.expected_next),
        employer=employer,
        records=records,
        default_weights=desk.settings.health.weights == type(desk.settings.health.weights)(),
    )


def checked_horizon(horizon: int | None) -> int | None:
    """A horizon in days. Raises Misused when it is out of range."""
    if horizon is not None and not 1 <= horizon <= HORIZON_MOST:
        raise Misused(f"--horizon {horizon} is out of range", f"write 1 to {HORIZON_MOST} days")
    return horizon


def _day(number: float) -> date | None:
    return None if math.isnan(number) else day_of(int(number))


def _capped(number: int) -> date:
    return day_of(min(number, day_number(date.max)))
