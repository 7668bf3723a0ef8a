"""The audit of a book: five questions, each answered by counting what the book can prove."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from relcli.actions.assessments import Assessed, assess_book
from relcli.actions.desk import Desk
from relcli.actions.ladders import ladder_of
from relcli.actions.portfolio import YEAR, Growth, growth
from relcli.domain.contact import Contact
from relcli.domain.invitation import Invitation
from relcli.domain.moment import Moment, day_number
from relcli.domain.observed import observed_channel
from relcli.domain.plan import Plan
from relcli.domain.preference import Source, wishes
from relcli.domain.stage import STAGES, Stage, above
from relcli.health.agenda import leaves_alone
from relcli.health.bonds import BONDS, Bond, bonds, sides
from relcli.health.stage import NONE
from relcli.health.status import STATUSES, Status
from relcli.store import initiatives, invitations, sources, standings

if TYPE_CHECKING:
    from sqlalchemy import Connection

UNKNOWN = "unknown"
KNOWN = (*(source.value for source in (Source.STATED, Source.OBSERVED, Source.ASSUMED)), UNKNOWN)  # how we know what they want
_BY_HAND = 5  # contacts whose signs are soon logged one by one
TO_ASK = "--due --output outbox"  # into a folder of its own: two surveys do not share one


class Question(IntEnum):
    """What an owner should be able to answer."""

    METRIC = 1
    RELATIONSHIPS = 2
    TERMS = 3
    PLAN = 4
    VALUE = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """`yes` of `of` may be answered so; `counts` say what the rest lacks, and what else is to be known.

    `missing` are the contacts behind it, by what was sold to them in the year; `command` is the one that would improve the
    answer most.
    """

    question: Question
    yes: int
    of: int
    counts: Mapping[str, int]
    missing: tuple[Contact, ...]
    command: str

    @property
    def share(self) -> float | None:
        """Of 100; None where there is nobody to ask it of."""
        return 100.0 * self.yes / self.of if self.of else None

    @property
    def whom(self) -> Contact | None:
        """The one of the missing whom the command is about."""
        return next((contact for contact in self.missing if contact.id in self.command.split()), None)


@dataclass(frozen=True, slots=True)
class Audited:
    """What the book can prove of one contact: `wishes` is how we know them, one of KNOWN, `answered` their newest answer.

    `signs` are days with a sign of life, `came` whether one was of late, `past` whether they lapsed, `talked` whether there ever was a touch, `alone` whether they are to be left alone. `sources` are where the records about them came from, with how many.
    """

    contact: Contact
    bond: Bond
    health: float | None
    closed: bool
    signs: int
    came: bool
    past: bool
    talked: bool
    wishes: str
    plan: Plan | None
    answered: date | None
    invited: date | None
    unhappy: bool
    alone: bool
    sources: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Audit:
    """The five answers on a day, and what each contact that is not archived adds to them; `archived` are left out."""

    day: date
    answers: tuple[Answer, ...]
    contacts: tuple[Audited, ...]
    archived: int

    def known(self, bond: Bond) -> Mapping[str, int]:
        """How the wishes of those of one bond are known: each of KNOWN, counted."""
        counted = Counter(one.wishes for one in self.contacts if one.bond is bond)
        return {source: counted[source] for source in KNOWN}

    @property
    def sources(self) -> tuple[tuple[str, int, int], ...]:
        """Source, records and contacts, the most records first."""
        records: Counter[str] = Counter()
        people: Counter[str] = Counter()
        for one in self.contacts:
            records.update(one.sources)
            people.update(one.sources.keys())
        return tuple((name, records[name], people[name]) for name in sorted(records, key=lambda name: (-records[name], name)))


def audit_book(desk: Desk) -> Audit:
    """Ask the five questions of every contact that is not archived."""
    with desk.book.reading() as connection:
        assessed = assess_book(connection, desk, as_of=day_number(desk.today), horizon=None)
        people = _audited(connection, desk, assessed)
        noted = sources.impressions(connection, since=day_number(desk.today) - YEAR + 1, until=day_number(desk.today))
        grown = growth(connection, desk, assessed)
        running = sum(not initiative.over_on(desk.today) for initiative in initiatives.everything(connection))
    rungs = ladder_of(assessed, range(len(assessed.contacts))).counts
    ranked = sorted(people, key=lambda one: (_bought(assessed, one.contact, desk), one.contact.id))
    real = [one for one in ranked if one.bond is Bond.RELATIONSHIP]
    answers = (
        _metric(ranked),
        _relationships(ranked),
        _terms(real),
        _plan(ranked, grown, _next_rung(assessed, grown), rungs, running, desk.today),
        _value(real, desk, noted),
    )
    return Audit(desk.today, answers, tuple(people), len(assessed.contacts) - len(people))


# --- the five ---------------------------------------------------------------------------------------------------------


def _metric(people: Sequence[Audited]) -> Answer:
    """Do we have a metric? Whose health is known, of all who may have one."""
    closed = [one for one in people if one.closed]
    open_ones = [one for one in people if not one.closed]
    unknown = [one for one in open_ones if one.health is None]
    counts = {
        "no_sign": sum(one.signs == 0 for one in unknown),
        "one_sign": sum(one.signs == 1 for one in unknown),
        "little_evidence": sum(one.signs > 1 for one in unknown),
        "closed": len(closed),
    }
    few = [one for one in unknown if one.signs < 2]
    if not unknown:
        command = "relcli audit --backtest"
    elif len(few) > _BY_HAND and 2 * len(few) >= len(unknown):
        command = "relcli import interactions FILE"
    elif few and 2 * len(few) >= len(unknown):
        command = f'relcli log {few[0].contact.id} "what they said" --channel email --in'
    else:
        command = f"relcli survey invite relationship {TO_ASK}-relationship"
    return Answer(Question.METRIC, len(open_ones) - len(unknown), len(open_ones), counts, _who(unknown), command)


def _relationships(people: Sequence[Audited]) -> Answer:
    """Do we have relationships, or only data? What both sides did something for, of all."""
    real = [one for one in people if one.bond is Bond.RELATIONSHIP]
    theirs = [one for one in people if one.bond is Bond.ONE_SIDED and one.came]
    ours = [one for one in people if one.bond is Bond.ONE_SIDED and not one.came]
    data = [one for one in people if one.bond is Bond.DATA]
    counts = {"only_they": len(theirs), "only_we": len(ours), "data": len(data)}
    steps = (
        (theirs, 'relcli log {} "answered" --channel email --out'),
        (ours, "relcli preference card {}"),
        ([one for one in data if one.talked], "relcli draft {} --template check-in"),
    )
    helped = [([one for one in some if not (one.alone or one.past)], command) for some, command in steps]
    near, command = max(helped, key=lambda step: len(step[0]))
    command = command.format(near[0].contact.id) if near else "relcli agenda"
    return Answer(Question.RELATIONSHIPS, len(real), len(people), counts, _who([*theirs, *ours, *data]), command)


def _terms(real: Sequence[Audited]) -> Answer:
    """In our terms, or in theirs? Whose wishes are stated, of all relationships."""
    counts = Counter(one.wishes for one in real)
    missing = [one for one in real if one.wishes != Source.STATED]
    near = [one for one in missing if not one.alone]
    if not missing:
        command = "relcli preference list"
    elif len(near) == 1:
        command = f"relcli preference card {near[0].contact.id}"
    else:
        command = f"relcli survey invite relationship {TO_ASK}-relationship"
    return Answer(
        Question.TERMS, counts[Source.STATED], len(real), {each: counts[each] for each in KNOWN}, _who(missing), command
    )


def _plan(
    people: Sequence[Audited], grown: Growth, aim: Stage | None, rungs: Mapping[Stage, int], running: int, today: date
) -> Answer:
    """Do we have a plan to grow them? Which of those worth growing have one; what all plans hold; efforts, and the ladder."""
    plans = [one.plan for one in people if one.plan is not None]
    late = [p for p in plans if min(p.due or today, p.review or today) < today]
    counts = {
        "plans": len(plans),
        "with_aim": sum(bool(p.aim) for p in plans),
        "with_step": sum(bool(p.step) for p in plans),
        "with_review": sum(p.review is not None for p in plans),
        "overdue": len(late),
        "initiatives": running,
        **{stage.value: count for stage, count in rungs.items()},
    }
    if grown.unplanned:
        wanted = f"--aim {aim} " if aim else ""
        command = f"relcli plan set {grown.unplanned[0].contact.id} {wanted}--review 'in 3 months'"
    elif late and late[0].due and late[0].due < today:
        command = f"relcli plan set {late[0].contact} --by 'in 2 weeks'"
    elif late:
        command = f"relcli plan review {late[0].contact} --review 'in 3 months'"
    else:
        command = "relcli plan list"
    missing = tuple(one.contact for one in grown.unplanned)
    return Answer(Question.PLAN, grown.planned, grown.worth, counts, missing, command)


def _next_rung(assessed: Assessed, grown: Growth) -> Stage | None:
    """What to aim at with the first for whom nothing is planned: the rung above theirs; None at the top."""
    if not grown.unplanned:
        return None
    place = assessed.stages[assessed.contacts.index(grown.unplanned[0].contact)]
    return Stage.LOYAL if place == NONE else above(STAGES[place])


def _value(real: Sequence[Audited], desk: Desk, noted: set[int]) -> Answer:
    """Do they value it, and how do we know? Who said so within a year, of all relationships."""
    since = desk.today - timedelta(days=YEAR - 1)
    said = [one for one in real if one.answered and one.answered >= since]
    others = [one for one in real if not (one.answered and one.answered >= since)]
    silent = [one for one in others if one.invited and one.invited >= since]
    before = [one for one in others if one.answered and not (one.invited and one.invited >= since)]
    counts = {
        "unhappy": sum(one.unhappy for one in said),
        "asked_and_silent": len(silent),
        "answered_before": len(before),
        "never_asked": len(others) - len(silent) - len(before),
        "our_impression_only": sum(one.contact.row in noted for one in others),
    }
    command = f"relcli survey invite pulse {TO_ASK}-pulse" if others else "relcli survey results pulse"
    return Answer(Question.VALUE, len(said), len(real), counts, _who(others), command)


# --- what is known of each --------------------------------------------------------------------------------------------


def _audited(connection: Connection, desk: Desk, assessed: Assessed) -> list[Audited]:
    a, today = assessed.assessment, desk.today
    until = day_number(today)
    origins = sources.by_contact(connection, until=until)
    channels = standings.channels(connection, None, until=until)
    invited = _invited(invitations.everything(connection), today)
    bond, theirs = bonds(a), sides(a).theirs
    talked = np.zeros(len(assessed.contacts), np.bool_)
    if a.evidence.talk is not None:
        talked[a.evidence.talk.owner[a.evidence.talk.direction >= 0]] = True
    now = Moment(today, desk.now, desk.book.zone)
    found = []
    for i, contact in enumerate(assessed.contacts):
        if contact.archived is not None:
            continue
        health = float(a.health.value[i])
        newest = a.voice.newest.get(i)
        spoken = channels.get(contact.row)
        observed = observed_channel(spoken.began) if spoken else None
        held = {wish.source for wish in wishes(a.evidence.wanted.get(i, ()), now).all}
        held |= {Source.OBSERVED} if observed else set()
        found.append(
            Audited(
                contact=contact,
                bond=BONDS[bond[i]],
                health=None if health != health else health,  # noqa: PLR0124  # NaN
                closed=bool(a.distance.barred[i]),
                signs=int(a.rhythm.n[i]),
                came=bool(theirs[i]),
                past=STATUSES[a.status[i]] is Status.LAPSED,
                talked=bool(talked[i]),
                wishes=next((word for word in KNOWN if word in held), UNKNOWN),
                plan=assessed.plans.get(contact.id),
                answered=newest.when.day if newest else None,
                invited=invited.get(contact.id),
                unhappy=bool(a.voice.unhappy[i]),
                alone=leaves_alone(a, i),
                sources=origins.get(contact.row, {}),
            )
        )
    return found


def _invited(known: Iterable[Invitation], today: date) -> dict[str, date]:
    """Id of a contact → the day they were last invited to a survey."""
    found: dict[str, date] = {}
    for one in known:
        if one.sent.day <= today:
            found[one.contact] = max(found.get(one.contact, one.sent.day), one.sent.day)
    return found


def _who(people: Iterable[Audited]) -> tuple[Contact, ...]:
    return tuple(one.contact for one in people)


def _bought(assessed: Assessed, contact: Contact, desk: Desk) -> tuple[bool, str, int]:
    """The most was sold to in the year first, within one currency, the book's own before the others."""
    currency, amount = assessed.sales.get(contact.row, ("", 0))
    return currency != desk.book.currency, currency or "~", -amount
