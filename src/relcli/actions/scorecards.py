"""Scorecards: the health of single relationships, with what is behind it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from relcli.actions.assessments import Assessed, assess_book
from relcli.actions.desk import Desk
from relcli.actions.moments import day
from relcli.actions.references import find_all
from relcli.actions.suggestions import Considered, consider
from relcli.actions.timeline import records_of
from relcli.domain.contact import Contact
from relcli.domain.moment import Moment, day_number, day_of
from relcli.domain.plan import Plan
from relcli.domain.preference import Wishes, wishes
from relcli.domain.promise import Promise, Side
from relcli.domain.stage import STAGES, Stage
from relcli.domain.wording import by
from relcli.errors import Misused
from relcli.health import words
from relcli.health.agenda import ClaimKind
from relcli.health.ladder import Climb, climb
from relcli.health.scorecard import Scorecard, scorecard
from relcli.health.stage import NONE
from relcli.store import invitations

if TYPE_CHECKING:
    from sqlalchemy import Connection

HORIZON_MOST = 3650
_DO = {
    ClaimKind.OWED: "keep your word",
    ClaimKind.SETTLE: "settle it quietly",
    ClaimKind.UNHAPPY: "ask what was wrong",
    ClaimKind.UNANSWERED: "answer",
    ClaimKind.PROMISE: "keep your word",
    ClaimKind.AT_RISK: "get in touch",
    ClaimKind.PLAN: "as planned",
    ClaimKind.REVIEW: "look at the plan",
    ClaimKind.REMINDER: "as you noted",
    ClaimKind.CADENCE: "get in touch, as they wish",
    ClaimKind.COOLING: "get in touch",
    ClaimKind.REFERRAL: "thank them",
    ClaimKind.BIRTHDAY: "wish them well",
    ClaimKind.SURVEY: "ask how it is",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One contact's scorecard at the end of `as_of`; dates are None where nothing ever happened.

    `wishes` are those that hold then, `wished` that they ever had any, `owed` the promises open on either side. `next_step` is what to do now.
    `stage` is None for those
    who are not on the ladder; `climb` says how they came there, where a document or a single card asks. `plan` is the one that holds then. `records` are the ids behind
    the components, filled for single cards only. `default_weights` is
    False where the owner weighs the components in their own way.
    """

    contact: Contact
    score: Scorecard
    as_of: date
    first_sign: date | None
    last_in: date | None
    last_out: date | None
    expected_next: date | None
    wishes: Wishes
    wished: bool
    owed: tuple[Promise, ...]
    next_step: str
    given: int
    asked: int
    stage: Stage | None = None
    climb: Climb | None = None
    plan: Plan | None = None
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
    with desk.book.reading() as connection:
        people = find_all(connection, references, region=desk.settings.phone.region)
        return Scorecards(cards_of(connection, desk, people, on=on, horizon=checked_horizon(horizon))[0])


def cards_of(
    connection: Connection, desk: Desk, people: Sequence[Contact], *, on: date, horizon: int | None = None
) -> tuple[tuple[Card, ...], dict[str, str]]:
    """The whole cards of some contacts at the end of a day, and the names of everybody by id."""
    return cards_in(connection, desk, people, assess_book(connection, desk, as_of=day_number(on), horizon=horizon))


def cards_in(
    connection: Connection, desk: Desk, people: Sequence[Contact], assessed: Assessed
) -> tuple[tuple[Card, ...], dict[str, str]]:
    """The same from a book that was assessed."""
    until = assessed.assessment.as_of
    on = day_of(until)
    considered = consider(connection, desk, assessed) if on == desk.today else None
    asked = invitations.last_asked(connection, until=on)
    places = {contact.row: place for place, contact in enumerate(assessed.contacts)}
    names = {contact.id: contact.name for contact in assessed.contacts}
    cards = tuple(
        card(
            assessed,
            places[person.row],
            desk,
            considered,
            asked=asked,
            employer=names.get(person.works_for or "", ""),
            records=(
                *(record.id for record in records_of(connection, person.row, until=until)),
                *_promised_and_wished(assessed, places[person.row], on),
            ),
        )
        for person in people
    )
    return cards, names


def card(
    assessed: Assessed,
    place: int,
    desk: Desk,
    considered: Considered | None = None,
    *,
    asked: Mapping[int, tuple[date, str]] | None = None,
    employer: str = "",
    records: tuple[str, ...] = (),
    ranges: bool = True,
) -> Card:
    """The card of the contact at one place of an assessment; what was `considered` of all says what to do now.

    `asked` says by row when a survey asked them last; without it the card has the stage alone, not how they came there.
    """
    stage, last = int(assessed.stages[place]), (asked or {}).get(assessed.contacts[place].row)
    score = scorecard(assessed.assessment, place, ranges=ranges)
    evidence, mutual = assessed.assessment.evidence, assessed.assessment.reciprocity
    on = day_of(score.as_of)
    first_age = float(assessed.assessment.first_age[place])
    return Card(
        contact=assessed.contacts[place],
        score=score,
        as_of=on,
        wishes=wishes(evidence.wanted.get(place, ()), Moment(on)),
        wished=any(wish.when.day <= on and wish.ever_held for wish in evidence.wanted.get(place, ())),
        owed=tuple(sorted((p for p in evidence.own.get(place, ()) if p.open_on(on)), key=_urgency)),
        next_step=_next_step(score, assessed.contacts[place].id, considered),
        given=int(mutual.given[place]),
        asked=int(mutual.wanted[place]),
        plan=assessed.plans.get(assessed.contacts[place].id),
        first_sign=None if math.isnan(first_age) else day_of(score.as_of - int(first_age)),
        last_in=_day(assessed.last_in[place]),
        last_out=_day(assessed.last_out[place]),
        stage=None if stage == NONE else STAGES[stage],
        climb=None if asked is None else climb(assessed.assessment, place, stage, asked=last[0] if last else None),
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


def _promised_and_wished(assessed: Assessed, place: int, on: date) -> Iterator[str]:
    """The ids of the promises that count for a contact, and of their wishes, as known at the end of a day."""
    evidence = assessed.assessment.evidence
    yield from (promise.id for promise in evidence.given.get(place, ()) if promise.made <= on)
    yield from (wish.id for wish in evidence.wanted.get(place, ()) if wish.when.day <= on)


def _urgency(promise: Promise) -> tuple[bool, date, int]:
    return promise.owed_by is Side.THEM, promise.due or date.max, promise.number


def _next_step(score: Scorecard, code: str, considered: Considered | None) -> str:
    """What the agenda says of them, else what their rhythm says."""
    if considered is None:
        return score.next_step
    if lines := considered.lines.get(code):
        line = lines[0]
        return f"{_DO[line.kind]}{f' {by(line.channel)}' if line.channel else ''}: {line.reason}"
    if left := considered.left.get(code):
        until = f" until {words.on_day(day_number(left.until), score.as_of)}" if left.until else ""
        return f"leave alone{until} — {left.reason}"
    if sent := considered.waiting.get(code):
        return f"wait for their answer to our touch of {words.on_day(day_number(sent), score.as_of)}"
    return score.next_step


def _day(number: float) -> date | None:
    return None if math.isnan(number) else day_of(int(number))


def _capped(number: int) -> date:
    return day_of(min(number, day_number(date.max)))
