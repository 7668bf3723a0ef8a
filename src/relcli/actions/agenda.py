"""The agenda: whom to serve, whom to reach and how, whom to leave alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from relcli.actions.assessments import Assessed, assess_book
from relcli.actions.desk import Desk
from relcli.actions.narrowing import Narrowing, narrowing
from relcli.actions.suggestions import Considered, Left, Line, consider, joined, suggested
from relcli.domain.contact import Contact
from relcli.domain.moment import day_number, day_of
from relcli.domain.promise import Promise, Side
from relcli.health.agenda import SOON, Claim, ClaimKind

if TYPE_CHECKING:
    from sqlalchemy import Connection


class ListAgenda(BaseModel):
    """What to look for; `days` is how far ahead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int = Field(default=SOON, ge=0, le=366)
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """What deserves attention on a day, the weightiest first; `waiting` counts those who have yet to answer us.

    `ahead` is the promise of ours that is due first after today, and whose it is; None without one.
    """

    day: date
    lines: tuple[Line, ...]
    left_alone: tuple[Left, ...]
    waiting: int
    ahead: tuple[Contact, Promise] | None = None


def show_agenda(request: ListAgenda, desk: Desk) -> Agenda:
    """Whom to serve, to reach and to leave alone today. Raises GroupNotFound for a role or tag that nobody has."""
    with desk.book.reading() as connection:
        group = narrowing(connection, request.roles, request.tags)
        assessed = assess_book(connection, desk, as_of=day_number(desk.today), horizon=None)
        return _drawn_up(connection, desk, assessed, group, days=request.days)


def _drawn_up(connection: Connection, desk: Desk, assessed: Assessed, group: Narrowing, *, days: int) -> Agenda:
    """The book is considered whole, then narrowed: what shares a line shares it whatever is asked for."""
    today = day_of(assessed.assessment.as_of)
    considered = consider(connection, desk, assessed, days=days)

    def order(line: Line) -> tuple[float, date, tuple[bool, str, int], str]:
        currency, amount = assessed.sales.get(line.contact.row, ("", 0))
        # Money ranks within one currency alone, the book's own first.
        bought = (currency != desk.book.currency, currency or "~", -amount)
        return -line.score, line.due or date.max, bought, line.contact.id

    lines = sorted((line for line in _shared(considered, today) if group.takes(line.contact)), key=order)
    left = sorted(
        (one for one in considered.left.values() if group.takes(one.contact)),
        key=lambda one: (one.until or date.max, one.contact.id),
    )
    waiting = [contact for contact in assessed.contacts if contact.id in considered.waiting]
    told = {contact.works_for for contact in waiting}  # who waits for one of its people is not counted again
    open_to_us = sum(group.takes(c) and c.id not in told for c in waiting)
    return Agenda(today, tuple(lines), tuple(left), open_to_us, _ahead(assessed, group, today))


def _ahead(assessed: Assessed, group: Narrowing, today: date) -> tuple[Contact, Promise] | None:
    found = [
        (promise.due, promise.number, assessed.contacts[i], promise)
        for i, made in assessed.assessment.evidence.own.items()
        for promise in made
        if promise.owed_by is Side.US and promise.open_on(today) and promise.due and promise.due > today
        if group.takes(assessed.contacts[i])
    ]
    _, _, contact, promise = min(found, key=lambda one: one[:2], default=(None, 0, None, None))
    return (contact, promise) if contact and promise else None


def _shared(considered: Considered, today: date) -> Iterable[Line]:
    """One line a contact; a person and their organisation share one, the person's.

    An organisation speaks for itself only where none of its people who are listed wants to hear of what it is about;
    and not even then where one of them is owed something, for that is done first.
    """
    own = {code: joined(lines) for code, lines in considered.lines.items()}
    staff: dict[str, list[Line]] = {}
    for line in own.values():
        if line.contact.works_for in own:
            staff.setdefault(str(line.contact.works_for), []).append(line)
    for code, people in staff.items():
        organisation = own.pop(code).contact
        people.sort(key=lambda line: (-line.score, line.due or date.max, line.contact.id))
        told = {record for line in people for record in line.source}
        found = [line for line in considered.lines[code] if not (line.source and told.issuperset(line.source))]
        through = ((host, _through(host, found, organisation, considered, today)) for host in people)
        host, lines = next(((host, lines) for host, lines in through if lines), (None, []))
        if host is not None:
            own[host.contact.id] = _beside(host, lines)
        elif found and not any(line.kind is ClaimKind.OWED for line in people):
            own[code] = joined(found)
    return own.values()


def _through(host: Line, found: Sequence[Line], organisation: Contact, considered: Considered, today: date) -> list[Line]:
    """What an organisation gives reason to, as far as the gate lets us say it to this person of theirs."""
    if host.kind is ClaimKind.SETTLE:
        found = [line for line in found if line.kind is ClaimKind.SETTLE]
    standing = considered.standings[host.contact.row]
    named = (Claim(line.kind, line.score, line.due, f"{organisation.name}: {line.reason}", line.source) for line in found)
    return [line for claim in named if (line := suggested(claim, host.contact, standing, today)) is not None]


def _beside(host: Line, others: Sequence[Line]) -> Line:
    """The line of a person with the reasons of their organisation; the weightiest of all leads."""
    source = tuple(dict.fromkeys((*host.source, *(s for line in others for s in line.source))))
    first, *rest = others
    if first.score <= host.score:
        return replace(host, also=(*host.also, *(line.reason for line in others)), source=source)
    return replace(first, also=(*(line.reason for line in rest), host.reason, *host.also), source=source)
