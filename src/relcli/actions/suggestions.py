"""What to do about each contact today: the reasons to act that the gate allows, or why to leave them alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from relcli.actions.assessments import Assessed
from relcli.actions.consent import standings
from relcli.actions.desk import Desk
from relcli.domain.consent import TOO_SOON
from relcli.domain.contact import AddressKind, Contact
from relcli.domain.duration import duration
from relcli.domain.gate import Consent, Standing, best_channel, consent, known_channels, shut
from relcli.domain.interaction import Purpose
from relcli.domain.invitation import limit
from relcli.domain.later import Later, all_in_force
from relcli.domain.moment import Moment, day_number, day_of
from relcli.domain.preference import TIMED_CHANNELS, Closeness, Preference, PreferenceKind, Source, wishes
from relcli.domain.reminder import Reminder
from relcli.domain.wording import in_short
from relcli.health.agenda import ANYHOW, SERVING, SOON, Claim, ClaimKind, Facts, Scores, Sent, claims, leaves_alone
from relcli.store import invitations, laters, referrals, reminders

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PURPOSES = {ClaimKind.SURVEY: Purpose.SURVEY, ClaimKind.REFERRAL: Purpose.THANKS}
_IN_WORDS = frozenset({ClaimKind.PLAN, ClaimKind.REMINDER})  # what it is about stands in its reason
TO_SETTLE = frozenset({ClaimKind.OWED, ClaimKind.SETTLE, ClaimKind.PROMISE})


@dataclass(frozen=True, slots=True)
class Line:
    """One contact on the agenda: the weightiest reason, and the others beside it.

    `channel` is the one to use, empty where nothing is to be said or none is known; `hours` those in which they want to
    be reached by it, where they said so.
    """

    contact: Contact
    kind: ClaimKind
    score: float
    due: date | None
    channel: str
    reason: str
    also: tuple[str, ...]
    source: tuple[str, ...]
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """One contact to be left alone, why, and until which day, not included (None: until they say otherwise)."""

    contact: Contact
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Considered:
    """By contact id: the reasons to act, a line each and the weightiest first; those to be left alone.

    `waiting` holds the day of our touch that somebody has yet to answer. `standings` are by row, of all who give a
    reason or are left alone.
    """

    lines: Mapping[str, tuple[Line, ...]]
    left: Mapping[str, Left]
    waiting: Mapping[str, date]
    standings: Mapping[int, Standing]


def consider(connection: Connection, desk: Desk, assessed: Assessed, *, days: int = SOON) -> Considered:
    """What each contact gives reason to, and what the gate says to that.

    The gate reads only of those who give a reason or want to be left alone; most of a large book do neither.
    """
    a = assessed.assessment
    today = day_of(a.as_of)
    off = all_in_force(laters.everything(connection), today)
    scores = Scores(**desk.settings.agenda.model_dump())
    surveyed = invitations.last_asked(connection, until=today)
    every = duration(desk.settings.survey.every)
    sent = _sent(connection, assessed)
    noted: dict[str, list[Reminder]] = {}
    for one in reminders.everything(connection):
        noted.setdefault(one.contact, []).append(one)
    awaited = ~np.isnan(a.reciprocity.waiting)
    reasons = {
        i: found
        for i, contact in enumerate(assessed.contacts)
        if (
            found := _reasons(
                assessed,
                i,
                days,
                scores,
                serving=bool(awaited[i]) or contact.id in off,
                asked=surveyed.get(contact.row),
                every=every,
                sent=sent.get(contact.id, ()),
                noted=noted.get(contact.id, ()),
            )
        )
    }
    bound = _bound(assessed)
    apart = {i for i in a.evidence.wanted if leaves_alone(a, i)} | bound
    apart |= {i for i, contact in enumerate(assessed.contacts) if contact.id in off}
    asked = [assessed.contacts[i] for i in sorted(reasons.keys() | apart)]
    known = standings(connection, desk, asked, assessed.contacts)
    lines: dict[str, tuple[Line, ...]] = {}
    left: dict[str, Left] = {}
    for i in sorted(reasons.keys() | apart):
        contact = assessed.contacts[i]
        standing, found = known[contact.row], reasons.get(i, [])
        allowed = tuple(line for claim in found if (line := suggested(claim, contact, standing, today)) is not None)
        if allowed:
            lines[contact.id] = allowed
        elif contact.archived is None and (alone := _alone(assessed, i, standing, off.get(contact.id), today)):
            left[contact.id] = alone
        elif contact.archived is None and found:
            left[contact.id] = _refused(found[0], contact, standing, today)
    waiting = {
        assessed.contacts[i].id: day_of(int(a.reciprocity.waiting[i]))
        for i in np.flatnonzero(awaited & ~a.evidence.archived & ~a.distance.barred)
        if i not in bound
    }
    return Considered(lines, left, waiting, known)


def suggested(claim: Claim, contact: Contact, standing: Standing, today: date) -> Line | None:
    """The claim as a line, with the channel that they allow; None where they do not want it.

    The hour is left aside: an agenda is for the whole day. To look at a plan again nobody is asked.
    """
    if claim.kind is ClaimKind.REVIEW:
        return Line(contact, claim.kind, claim.score, claim.due, "", claim.reason, (), claim.source)
    answer, channel = _asked(claim, contact, standing, today)
    if not answer.allowed and claim.kind is ClaimKind.REMINDER:  # a note to oneself: it is read, and says nothing to them
        return Line(contact, claim.kind, claim.score, claim.due, "", claim.reason, (), claim.source)
    if not answer.allowed:
        return None
    settled = claim.kind in TO_SETTLE and shut(standing, Moment(today)) is not None
    kind = ClaimKind.SETTLE if settled else claim.kind
    hours = wishes(standing.preferences, Moment(today)).hours if channel in TIMED_CHANNELS else None
    return Line(
        contact, kind, claim.score, claim.due, channel, claim.reason, (), claim.source, hours.value if hours else ""
    )  # fmt: skip


def _reasons(
    assessed: Assessed,
    i: int,
    days: int,
    scores: Scores,
    *,
    serving: bool,
    asked: tuple[date, str] | None,
    every: int,
    sent: Sequence[Sent] = (),
    noted: Sequence[Reminder] = (),
) -> list[Claim]:
    """The claims of a contact; where `serving`, because they have yet to answer or were put off, what serves them and notes to oneself alone."""
    contact, evidence = assessed.contacts[i], assessed.assessment.evidence
    wanted = evidence.wanted.get(i, ())
    own = wishes(wanted, Moment(day_of(assessed.assessment.as_of))).surveys if asked else None
    last, survey = asked or (None, "")
    facts = Facts(
        promises=evidence.own.get(i, ()),
        preferences=wanted,
        birthday=contact.birthday,
        prospect="prospect" in contact.roles,
        asked=last,
        survey=survey,
        every=0 if own is not None and own.days is None else limit(own, every),  # 0: no survey at all, stated or assumed
        sent=sent,
        plan=assessed.plans.get(contact.id),
        reminders=noted,
    )
    found = claims(assessed.assessment, i, facts, days=days, scores=scores)
    return [claim for claim in found if claim.kind in ANYHOW] if serving else found


def _asked(claim: Claim, contact: Contact, standing: Standing, today: date) -> tuple[Consent, str]:
    """What the gate says to acting on a claim, and the channel to do it by."""
    settles = claim.kind in TO_SETTLE
    reachable = {kind.value for kind in AddressKind if contact.addresses_of(kind)}

    def ask(purpose: Purpose, day: date) -> tuple[Consent, str]:
        # A birthday may be a topic they want to be spared; of a plan its step may.
        moment, about = Moment(day), claim.reason if claim.kind in _IN_WORDS else claim.kind.value
        channel = best_channel(standing, purpose, moment, reachable, settles=settles, text=about)
        if channel is None and settles and shut(standing, moment) is not None:
            channel = ""  # to be done, not announced
        if channel is None:  # of the ways we know to reach them none is allowed: the first says why
            [first, *_] = known_channels(standing, moment, reachable)
            answer = consent(standing, first, purpose, moment, settles=settles, text=about)
            return (Consent(allowed=True), "") if settles else (answer, "")
        return consent(standing, channel, purpose, moment, settles=settles, text=about), channel

    purpose = Purpose.SERVICE if claim.kind in SERVING else _PURPOSES.get(claim.kind, Purpose.CHECK_IN)
    answer, channel = ask(purpose, today)
    if claim.kind is ClaimKind.CADENCE and _is(answer.wish, PreferenceKind.CLOSENESS, Closeness.ARMS_LENGTH):
        purpose = Purpose.ADVICE  # they asked for word of us, at arm's length: something of use to them
        answer, channel = ask(purpose, today)
    if claim.due is not None and claim.due > today and _is(answer.wish, PreferenceKind.CADENCE):
        answer, channel = ask(purpose, claim.due)  # only too soon today: it is for the day it falls due
    return answer, channel


def _is(wish: Preference | None, kind: PreferenceKind, value: str | None = None) -> bool:
    return wish is not None and wish.kind is kind and value in (None, wish.value)


def _sent(connection: Connection, assessed: Assessed) -> dict[str, list[Sent]]:
    """Id of a contact → whom they sent, where the day is known."""
    names = {contact.id: contact.name for contact in assessed.contacts}
    found: dict[str, list[Sent]] = {}
    for one in referrals.everything(connection):
        if one.day is not None:
            found.setdefault(one.sender, []).append(Sent(day_number(one.day), one.id, names.get(one.whom, one.whom)))
    return found


def _bound(assessed: Assessed) -> set[int]:
    """Who works now for an organisation that wants no contact at all."""
    a = assessed.assessment
    barred = {assessed.contacts[i].id for i in np.flatnonzero(a.distance.barred)}
    return {i for i, contact in enumerate(assessed.contacts) if contact.works_for in barred} if barred else set()


def _alone(assessed: Assessed, i: int, standing: Standing, later: Later | None, today: date) -> Left | None:
    """Why a contact is to be left alone, and until when; None where they did not ask for it."""
    contact, a = assessed.contacts[i], assessed.assessment
    moment = Moment(today)
    held = wishes(standing.preferences, moment)
    employers = wishes(standing.organisation_preferences, moment).do_not_contact
    if held.do_not_contact is not None:
        return _wished(contact, held.do_not_contact)
    if employers is not None:
        return _wished(contact, employers, standing.organisation)
    if a.terms.crowded[i] and not a.distance.none[i]:
        last, wanted = standing.trace.last_outreach, held.cadence.days if held.cadence else None
        return Left(contact, "we came too often", _after(last, wanted) if last and wanted else None)
    if held.closeness is not None and leaves_alone(a, i):
        return _wished(contact, held.closeness)
    return None if later is None else Left(contact, later.because or "put off", later.until)


def _wished(contact: Contact, wish: Preference, organisation: str = "") -> Left:
    what = f"{organisation} wants {in_short(wish)}" if organisation else in_short(wish)
    known = "" if wish.source is Source.STATED else ", we assume"
    return Left(contact, f'{what}{known}: "{wish.words}"', _after(wish.until, 1) if wish.until else None)


def _after(day: date, days: int) -> date:
    """So many days later, as far as the calendar goes."""
    return day_of(min(day_number(day) + days, day_number(date.max)))


def _refused(claim: Claim, contact: Contact, standing: Standing, today: date) -> Left:
    """What stands in the way of the weightiest there would be a reason for."""
    answer, _ = _asked(claim, contact, standing, today)
    last, until = standing.trace.last_outreach, None
    if answer.wish is not None and answer.wish.kind is PreferenceKind.CADENCE and answer.wish.days and last:
        until = _after(last, math.ceil(TOO_SOON * answer.wish.days))
    return Left(contact, answer.why, until)


def joined(lines: Sequence[Line]) -> Line:
    """One line out of several, the weightiest first: it leads, and the others are named beside it."""
    first, *others = lines
    source = tuple(dict.fromkeys(s for line in lines for s in line.source))
    return replace(first, also=tuple(line.reason for line in others), source=source)
