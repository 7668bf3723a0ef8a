"""The agenda: whom to serve, whom to reach and how, whom to leave alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from relcli.actions.assessments import Assessed, assess_book
from relcli.actions.consent import standings
from relcli.actions.desk import Desk
from relcli.domain.contact import AddressKind, Contact
from relcli.domain.gate import Standing, best_channel, consent
from relcli.domain.interaction import Purpose
from relcli.domain.later import Later
from relcli.domain.moment import Moment, day_number, day_of
from relcli.domain.preference import wishes
from relcli.domain.wording import in_short
from relcli.health.agenda import SERVING, SOON, Claim, ClaimKind, Facts, Scores, claims, leaves_alone
from relcli.store import laters
from relcli.text import one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

_TO_SERVE = frozenset({ClaimKind.OWED, ClaimKind.PROMISE})


class ListAgenda(BaseModel):
    """What to look for; `days` is how far ahead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int = Field(default=SOON, ge=0, le=366)
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One contact on the agenda: the weightiest reason, and the others beside it.

    `channel` is the one to use, empty where nothing is to be said or none is known.
    """

    contact: Contact
    kind: ClaimKind
    score: float
    due: date | None
    channel: str
    reason: str
    also: tuple[str, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """One contact to be left alone, why, and until when (None: until they say otherwise)."""

    contact: Contact
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What deserves attention on a day, the weightiest first; `waiting` counts those who have yet to answer us."""

    day: date
    lines: tuple[Line, ...]
    left_alone: tuple[Left, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Considered:
    """By contact id: the lines of those who give a reason to act, and those to be left alone."""

    lines: Mapping[str, Line]
    left: Mapping[str, Left]
    waiting: int


def show_agenda(request: ListAgenda, desk: Desk) -> Agenda:
    """Whom to serve, to reach and to leave alone today."""
    with desk.book.reading() as connection:
        assessed = assess_book(connection, desk, as_of=day_number(desk.today), horizon=None)
        return _narrowed(drawn_up(connection, desk, assessed, days=request.days), request)


def drawn_up(connection: Connection, desk: Desk, assessed: Assessed, *, days: int = SOON) -> Agenda:
    """The agenda of the whole book on the day it was assessed for."""
    considered = consider(connection, desk, assessed, days=days)
    sales = assessed.sales
    ranked = sorted(
        _shared(considered.lines),
        key=lambda line: (-line.score, line.due or date.max, -sales.get(line.contact.row, 0), line.contact.id),
    )
    left = sorted(considered.left.values(), key=lambda one: (one.until or date.max, one.contact.id))
    return Agenda(day_of(assessed.assessment.as_of), tuple(ranked), tuple(left), considered.waiting)


def consider(connection: Connection, desk: Desk, assessed: Assessed, *, days: int = SOON) -> Considered:
    """What each contact gives reason to, before it is ranked."""
    today = day_of(assessed.assessment.as_of)
    known = standings(connection, desk)
    off = _put_off(laters.everything(connection), today)
    scores = Scores(**desk.settings.agenda.model_dump())
    lines: dict[str, Line] = {}
    left: dict[str, Left] = {}
    waiting = ~np.isnan(assessed.assessment.reciprocity.waiting)
    for i, contact in enumerate(assessed.contacts):
        standing = known[contact.row]
        found = claims(assessed.assessment, i, _facts(contact, standing), days=days, scores=scores)
        if waiting[i] or contact.id in off:
            found = [claim for claim in found if claim.kind in SERVING]
        suggested = [line for claim in found if (line := _suggested(claim, contact, standing, today)) is not None]
        if suggested:
            lines[contact.id] = _joined(suggested)
        elif (alone := _alone(assessed, i, standing, off.get(contact.id), today)) is not None:
            left[contact.id] = alone
    return Considered(lines, left, int(waiting.sum()))


def _narrowed(agenda: Agenda, request: ListAgenda) -> Agenda:
    roles, tags = ({one_line(word).lower() for word in words} for words in (request.roles, request.tags))

    def wanted(contact: Contact) -> bool:
        return roles <= set(contact.roles) and tags <= set(contact.tags)

    lines = [line for line in agenda.lines if wanted(line.contact)]
    left = tuple(one for one in agenda.left_alone if wanted(one.contact))
    return replace(agenda, lines=tuple(lines), left_alone=left)


def _facts(contact: Contact, standing: Standing) -> Facts:
    return Facts(standing.promises, standing.preferences, contact.birthday, "prospect" in contact.roles)


def _suggested(claim: Claim, contact: Contact, standing: Standing, today: date) -> Line | None:
    """The claim as a line, with the channel that they allow; None where they do not want it.

    The hour is left aside: an agenda is for the whole day.
    """
    moment = Moment(today)
    settles = claim.kind in _TO_SERVE
    purpose = Purpose.SERVICE if claim.kind in SERVING else Purpose.CHECK_IN
    reachable = {kind.value for kind in AddressKind if contact.addresses_of(kind)}
    channel = best_channel(standing, purpose, moment, reachable, settles=settles) or ""
    kind = claim.kind
    if not consent(standing, channel, purpose, moment, settles=settles).allowed:
        return None
    if settles and not consent(standing, channel or "email", purpose, moment, settles=True).allowed:
        kind, channel = ClaimKind.SETTLE, ""
    return Line(contact, kind, claim.score, claim.due, channel, claim.reason, (), claim.source)


def _joined(lines: list[Line]) -> Line:
    """One line out of several, the weightiest first: it leads, and the others are named beside it."""
    first, *others = sorted(lines, key=lambda line: (-line.score, line.due or date.max, line.contact.id))
    also = tuple(text for line in others for text in (line.reason, *line.also))
    source = tuple(dict.fromkeys(s for line in (first, *others) for s in line.source))
    return replace(first, also=(*first.also, *also), source=source)


def _shared(lines: Mapping[str, Line]) -> Iterable[Line]:
    """A person and their organisation share one line, the person's."""
    staff: dict[str, list[Line]] = {}
    for line in lines.values():
        if line.contact.works_for in lines:
            staff.setdefault(str(line.contact.works_for), []).append(line)
    for code, line in lines.items():
        if code in staff:
            continue  # said with one of its people
        mine = staff.get(line.contact.works_for or "", [])
        leads = mine and _joined(mine).contact is line.contact
        if not leads:
            yield line
            continue
        whose = lines[str(line.contact.works_for)]
        also = tuple(f"{whose.contact.name}: {text}" for text in (whose.reason, *whose.also))
        source = tuple(dict.fromkeys((*line.source, *whose.source)))
        yield replace(line, score=max(line.score, whose.score), also=(*line.also, *also), source=source)


def _put_off(entries: Iterable[Later], today: date) -> dict[str, Later]:
    """Who is not for now, by id: the newest word counts."""
    newest = {later.contact: later for later in sorted(entries, key=lambda one: (one.day, one.number)) if later.day <= today}
    return {code: later for code, later in newest.items() if later.until > today}


def _alone(assessed: Assessed, i: int, standing: Standing, later: Later | None, today: date) -> Left | None:
    """Why a contact is to be left alone, and until when; None for those of whom nothing is to be said."""
    contact, a = assessed.contacts[i], assessed.assessment
    if contact.archived is not None:
        return None
    held = wishes(standing.preferences, Moment(today))
    for wish in (held.do_not_contact, held.closeness if leaves_alone(a, i) and not a.terms.crowded[i] else None):
        if wish is not None:
            return Left(contact, f'{in_short(wish)}, {wish.source.value}: "{wish.words}"', wish.until)
    if a.terms.crowded[i]:
        last, wanted = standing.trace.last_outreach, held.cadence.days if held.cadence else None
        until = last + timedelta(days=wanted) if last and wanted else None
        return Left(contact, "we came too often", until)
    if later is not None:
        return Left(contact, later.because or "put off", later.until)
    return None
