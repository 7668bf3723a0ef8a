"""Invitations: a survey sent by mail to those who may be asked, each with a token by which their answer is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.assessments import assess_book
from relcli.actions.consent import present
from relcli.actions.desk import Desk
from relcli.actions.narrowing import narrowing
from relcli.actions.references import find_all
from relcli.actions.surveys.asking import Asking, Candidate, candidates, may_ask, may_remind, new_invitation, write_asked
from relcli.actions.surveys.instruments import instrument
from relcli.actions.surveys.responses import refuse_changed
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.gate import address_for
from relcli.domain.interaction import Purpose
from relcli.domain.invitation import Invitation
from relcli.domain.moment import day_number, zone_of
from relcli.domain.survey import Instrument
from relcli.errors import InputRefused, Misused
from relcli.exchange.invitations import Letter, letter
from relcli.exchange.mailing.messages import Mailbox, mail
from relcli.exchange.mailing.outbox import Sent
from relcli.store import contacts, forgetting, invitations

if TYPE_CHECKING:
    from sqlalchemy import Connection

CHANNEL = "email"
ROLES = {"customers": ("customer", "prospect"), "suppliers": ("supplier",), "partners": ("partner",)}  # audience → roles
_LIVING_DAYS = 365
_LEAST_SIGNS = 2
_NOWHERE = "relcli.invalid"  # where a message comes from if no address of ours is known


class InviteToSurvey(BaseModel):
    """Whom to invite: those named, or all with these roles and tags, or all for whom it is due; of both, who is both.

    With `remind` those are reminded, once, who were invited and have not answered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    survey: str
    who: tuple[str, ...] = ()
    due: bool = False
    remind: bool = False
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invited:
    """One message to one person. `again` where it is the reminder; `warnings` are wishes we only assume, and it would break."""

    contact: Contact
    invitation: Invitation
    address: str
    subject: str
    body: str
    mail: str
    again: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotInvited:
    """Somebody who was meant and is not asked, and why."""

    contact: Contact
    why: str


@dataclass(frozen=True, slots=True)
class InvitationsWritten:
    """Who was invited to a survey, and who was not.

    `sender` says whether an address of ours is known; without one the messages have no From line.
    """

    survey: str
    invited: tuple[Invited, ...]
    left: tuple[NotInvited, ...]
    sender: bool
    batch: Batch | None


Deliver = Callable[[Sequence[Invited], Sent], None]


def invite(request: InviteToSurvey, desk: Desk, *, deliver: Deliver) -> InvitationsWritten:
    """Invite those who may be asked now, or remind them; each invitation is a touch of ours, too.

    `deliver` is given the messages, and what the book knew of messages before, and puts them where they are wanted; only then
    the book is written, so that nobody counts as asked whose message is nowhere. Nobody is delivered to in a dry run.
    Raises Misused where nobody is named; InstrumentNotFound, InstrumentRefused, InstrumentChanged; ContactNotFound,
    ContactAmbiguous; GroupNotFound.
    """
    if not (request.who or request.due or request.remind or request.roles or request.tags):
        raise Misused("it is not said whom to invite", "name them, or say --due, --role, --tag or --remind")
    asked = instrument(request.survey)
    with desk.writing("survey invite") as writing:
        connection = writing.connection
        refuse_changed(connection, asked)
        known = invitations.everything(connection)
        people = _chosen(connection, request, asked, known, desk)
        sent = _sent(connection, known)
        considered = [_considered(one, asked, sent, request, desk) for one in candidates(connection, people, asked, known, desk)]
        invited = tuple(one for one in considered if isinstance(one, Invited))
        left = tuple(one for one in considered if isinstance(one, NotInvited))
        if not desk.dry_run:
            deliver(invited, sent)
        write_asked(writing, (Asking(one.invitation, one.contact, one.subject, one.again) for one in invited), desk)
        knows = bool(desk.settings.me.addresses)
        return InvitationsWritten(asked.name, invited, left, knows, writing.written if invited else None)


def _chosen(
    connection: Connection, request: InviteToSurvey, asked: Instrument, known: Iterable[Invitation], desk: Desk
) -> list[Contact]:
    """Those meant, in the order named, else by name."""
    if request.who:
        found = find_all(connection, request.who, region=desk.settings.phone.region)
    else:
        found = [contact for contact in contacts.everyone(connection) if contact.archived is None]
    group = narrowing(connection, request.roles, request.tags)
    found = [contact for contact in found if group.takes(contact)]
    if request.remind and not request.who:
        invited = {invitation.contact for invitation in known if invitation.survey == asked.name}
        found = [contact for contact in found if contact.id in invited]
    if request.due:
        living = _living(connection, desk)
        meant = {role for audience in asked.audience for role in ROLES.get(audience, ())}
        found = [contact for contact in found if contact.id in living and meant & set(contact.roles)]
    return found


def _living(connection: Connection, desk: Desk) -> set[str]:
    """Those with whom there is a relationship to ask about: two signs of theirs, the last not too long ago."""
    assessed = assess_book(connection, desk, as_of=day_number(desk.today), horizon=None)
    beats = assessed.assessment.rhythm
    return {
        contact.id for i, contact in enumerate(assessed.contacts)
        if beats.n[i] >= _LEAST_SIGNS and beats.silent[i] <= max(_LIVING_DAYS, beats.own_horizon[i])
    }  # fmt: skip


def _sent(connection: Connection, known: Iterable[Invitation]) -> Sent:
    """What this book knows of messages."""
    known = tuple(known)
    mark = forgetting.known(connection).digest("outbox")[:8]
    return Sent(mark, frozenset(i.token for i in known), frozenset(i.token for i in known if i.reminded))


def _considered(one: Candidate, asked: Instrument, sent: Sent, request: InviteToSurvey, desk: Desk) -> Invited | NotInvited:
    """The message to somebody, or why there is none."""
    contact, me = one.contact, desk.settings.me
    address = address_for(one.standing, CHANNEL, Purpose.SURVEY, present(desk))
    answer = (may_remind if request.remind else may_ask)(one, asked, CHANNEL, desk)
    if not answer.allowed:
        return NotInvited(contact, answer.why)
    if not address:
        return NotInvited(contact, "no e-mail address of theirs is known")
    if address.casefold() in {mine.casefold() for mine in me.addresses}:
        return NotInvited(contact, f"{address} is an address of yours")
    made = one.before.open if request.remind and one.before.open else new_invitation(one, asked, CHANNEL, desk)
    language = made.language if made.language in asked.languages else asked.languages[0]
    text = letter(asked, language, made.token, name=contact.name, sender=me.name, again=request.remind)
    try:
        message = _message(contact, address, text, made.token, sent, desk, again=request.remind)
    except InputRefused as error:
        return NotInvited(contact, error.message)
    return Invited(contact, made, address, text.subject, text.body, message, request.remind, answer.warnings)


def _message(contact: Contact, address: str, text: Letter, token: str, sent: Sent, desk: Desk, *, again: bool) -> str:
    """The message, known by its token, so that a reply names it whatever becomes of the text."""
    me = desk.settings.me
    host = me.addresses[0].rpartition("@")[2] if me.addresses else _NOWHERE
    return mail(
        to=Mailbox(contact.name, address),
        sender=Mailbox(me.name, me.addresses[0]) if me.addresses else None,
        subject=text.subject,
        body=text.body,
        date=desk.now.astimezone(zone_of(desk.book.zone)),
        message_id=sent.message_id(token, host, again=again),
        answers=sent.message_id(token, host, again=False) if again else "",
    )
