"""Invitations: a survey sent by mail to those who may be asked, each with a token by which their answer is known."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.assessments import assess_book
from relcli.actions.consent import present, standings
from relcli.actions.desk import Desk
from relcli.actions.instruments import instrument
from relcli.actions.references import find_all
from relcli.actions.surveys import refuse_changed
from relcli.domain.answering import language_for
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.duration import duration
from relcli.domain.gate import Standing, consent
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.invitation import Asked, Invitation, new_token, not_to_remind, open_to, too_soon
from relcli.domain.later import Later, all_in_force
from relcli.domain.moment import day_number, zone_of
from relcli.domain.preference import wishes
from relcli.domain.survey import Instrument
from relcli.domain.wording import day_in_words
from relcli.errors import InputRefused, Misused
from relcli.exchange.invitations import Letter, letter
from relcli.exchange.mailing.messages import Mailbox, mail
from relcli.store import contacts, interactions, invitations, laters, responses

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

CHANNEL = "email"
ROLES = {"customers": ("customer", "prospect"), "suppliers": ("supplier",), "partners": ("partner",)}  # audience → roles
_LIVING_DAYS = 365
_LEAST_SIGNS = 2
_HERE = "relcli.invalid"  # where a message comes from if no address of ours is known


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


Deliver = Callable[[Sequence[Invited], Collection[str]], None]


def invite(request: InviteToSurvey, desk: Desk, *, deliver: Deliver) -> InvitationsWritten:
    """Invite those who may be asked now, or remind them; each invitation is a touch of ours, too.

    `deliver` is given the messages, and the tokens of the book from before, and puts the messages where they are wanted; only
    then the book is written, so that nobody counts as asked whose message is nowhere. Nobody is delivered to in a dry run.
    Raises Misused where nobody is named; InstrumentNotFound, InstrumentRefused, InstrumentChanged; ContactNotFound,
    ContactAmbiguous.
    """
    if not (request.who or request.due or request.remind or request.roles or request.tags):
        raise Misused("it is not said whom to invite", "name them, or say --due, --role, --tag or --remind")
    asked = instrument(request.survey)
    with desk.writing("survey invite") as writing:
        connection = writing.connection
        refuse_changed(connection, asked)
        chosen = _chosen(connection, request, asked, desk)
        known = invitations.everything(connection)
        before = asked_before(connection, asked, known, desk.today)
        stand = standings(connection, desk, chosen)
        off = all_in_force(laters.everything(connection), desk.today)
        invited: list[Invited] = []
        left: list[NotInvited] = []
        for contact in chosen:
            if contact.id in off:
                left.append(NotInvited(contact, _later(off[contact.id])))
                continue
            one = _considered(contact, stand[contact.row], before.get(contact.row, Asked()), asked, request, desk)
            if isinstance(one, Invited):
                invited.append(one)
            else:
                left.append(one)
        if not desk.dry_run:
            deliver(invited, {invitation.token for invitation in known})
        _write(writing, invited, desk)
        return InvitationsWritten(
            asked.name, tuple(invited), tuple(left), bool(desk.settings.me.addresses), writing.written if invited else None
        )  # fmt: skip


def asked_before(connection: Connection, asked: Instrument, known: Iterable[Invitation], today: date) -> dict[int, Asked]:
    """Row → what was asked of them before, of all whom a survey ever asked; `known` are all invitations of the book."""
    last = invitations.last_asked(connection, until=today)
    answers = {
        row: [response.when.day for response in given if response.survey == asked.name]
        for row, given in responses.by_contact(connection).items()
    }
    mine: dict[str, list[Invitation]] = {}
    for invitation in known:
        if invitation.survey == asked.name:
            mine.setdefault(invitation.contact, []).append(invitation)
    return {
        contact.row: Asked(*last[contact.row], open_to(mine.get(contact.id, ()), answers.get(contact.row, ())))
        for contact in contacts.fetch(connection, sorted(last))
    }  # fmt: skip


def limit(standing: Standing, desk: Desk) -> int:
    """The least days between two surveys: as they wish, else as the settings say."""
    own = wishes(standing.preferences, present(desk)).surveys
    return (own.days if own is not None else None) or duration(desk.settings.survey.every)


def _chosen(connection: Connection, request: InviteToSurvey, asked: Instrument, desk: Desk) -> list[Contact]:
    """Those meant, in the order named, else by name."""
    if request.who:
        found = find_all(connection, request.who, region=desk.settings.phone.region)
    else:
        found = [contact for contact in contacts.everyone(connection) if contact.archived is None]
    roles, tags = ({word.lower() for word in words} for words in (request.roles, request.tags))
    found = [contact for contact in found if roles <= set(contact.roles) and tags <= set(contact.tags)]
    if request.remind and not request.who:
        invited = {invitation.contact for invitation in invitations.of_survey(connection, asked.name)}
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


def _considered(
    contact: Contact, standing: Standing, before: Asked, asked: Instrument, request: InviteToSurvey, desk: Desk
) -> Invited | NotInvited:
    """The message to somebody, or why there is none."""
    now = present(desk)
    address = next(iter(contact.addresses_for(CHANNEL)), "")
    answer = consent(standing, CHANNEL, Purpose.SURVEY, now)
    if not answer.allowed:
        return NotInvited(contact, answer.why)
    every = limit(standing, desk)
    if request.remind:
        why = not_to_remind(before, desk.today)
        if (
            not why and wishes(standing.preferences, now).surveys is not None
        ):  # what they said of surveys is about every message, the second too
            why = too_soon(before, every, desk.today)
    else:
        why = too_soon(before, every, desk.today)
    if not why and not address:
        why = "no e-mail address of theirs is known"
    if why:
        return NotInvited(contact, why)
    made = before.open if request.remind and before.open else _invitation(contact, asked, desk)
    text = letter(
        asked, _language(made, asked), made.token, name=contact.name, sender=desk.settings.me.name, again=request.remind
    )
    answer = consent(standing, CHANNEL, Purpose.SURVEY, now, text=f"{text.subject}\n{text.body}")
    if not answer.allowed:
        return NotInvited(contact, answer.why)
    try:
        message = _message(contact, address, text, made.token, desk, again=request.remind)
    except InputRefused as error:
        return NotInvited(contact, error.message)
    return Invited(contact, made, address, text.subject, text.body, message, request.remind, answer.warnings)


def _later(later: Later) -> str:
    return f"put off until {day_in_words(later.until)}" + (f": {later.because}" if later.because else "")


def _invitation(contact: Contact, asked: Instrument, desk: Desk) -> Invitation:
    token = new_token(secrets.token_bytes(7))
    return Invitation(
        0, contact.id, asked.name, asked.version, language_for(asked, contact.language), token, CHANNEL, present(desk)
    )  # fmt: skip


def _language(made: Invitation, asked: Instrument) -> str:
    return made.language if made.language in asked.languages else asked.languages[0]


def _message(contact: Contact, address: str, text: Letter, token: str, desk: Desk, *, again: bool) -> str:
    """The message, known by its token, so that a reply names it whatever becomes of the text."""
    me = desk.settings.me
    host = me.addresses[0].rpartition("@")[2] if me.addresses else _HERE
    first = f"{token}@{host}"
    return mail(
        to=Mailbox(contact.name, address),
        sender=Mailbox(me.name, me.addresses[0]) if me.addresses else None,
        subject=text.subject,
        body=text.body,
        date=desk.now.astimezone(zone_of(desk.book.zone)),
        message_id=f"{token}.again@{host}" if again else first,
        answers=first if again else "",
    )


def _write(writing: Writing, invited: Sequence[Invited], desk: Desk) -> None:
    """Being asked is a touch of ours, and counts as one."""
    new = [(one.invitation, one.contact.row) for one in invited if not one.again]
    invitations.add_many(writing, new)
    invitations.remind(writing, [one.invitation.number for one in invited if one.again], desk.today)
    touch = Interaction(
        number=0, when=present(desk), channel=CHANNEL, direction=Direction.OUT, contacts=(), summary="", purpose=Purpose.SURVEY
    )  # fmt: skip
    interactions.add_many(writing, [(replace(touch, summary=one.subject), [one.contact.row], None) for one in invited])
