"""Drafts: a message to somebody with the facts filled in, on their channel, and only where they allow it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import insisted, present, standing_of
from relcli.actions.desk import Desk
from relcli.actions.facts import facts_of, our_open_promises, our_overdue
from relcli.actions.interactions import InteractionWritten
from relcli.actions.interactions import channel as known_channel
from relcli.actions.references import find
from relcli.actions.templates import template as template_of
from relcli.domain.consent import UNKNOWN_CHANNEL
from relcli.domain.contact import REACHED_AT, Contact
from relcli.domain.gate import Consent, Standing, address_for, best_channel, consent, known_channels
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import Moment, zone_of
from relcli.domain.preference import Preference
from relcli.domain.template import Template
from relcli.domain.wording import by
from relcli.errors import InputRefused, Misused
from relcli.exchange.filling import filled
from relcli.exchange.mailing.messages import Mailbox, mail
from relcli.exchange.templates import TemplateRefused
from relcli.store import interactions

if TYPE_CHECKING:
    from sqlalchemy import Connection

EMAIL = "email"
SETTLING = frozenset({Purpose.SERVICE, Purpose.COMPLAINT})  # what makes good, and comes before all outreach


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the gate is asked about one message, whichever way it goes."""

    standing: Standing
    purpose: Purpose
    moment: Moment
    settles: bool
    text: str = ""

    def by(self, channel: str) -> Consent:
        return consent(self.standing, channel, self.purpose, self.moment, self.settles, self.text)

    def address(self, channel: str) -> str:
        return address_for(self.standing, channel, self.purpose, self.moment, settles=self.settles)

    def best(self, reachable: list[str]) -> str | None:
        return best_channel(self.standing, self.purpose, self.moment, reachable, settles=self.settles, text=self.text)


class DraftMessage(BaseModel):
    """A message to draft; without a `channel` it is the template's, else theirs. `mail`: it must be an e-mail.

    `private`: it may say what was written for the owner, too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    template: str
    channel: str | None = None
    mail: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A message, ready to go: to which address of theirs by which channel (empty where none is known), and from whom.

    `when` is the present in the book's zone. `assumed` are the wishes we only assume, and it would break; `warnings` say so.
    """

    contact: Contact
    template: Template
    channel: str
    to: str
    sender: Mailbox | None
    subject: str
    body: str
    when: datetime
    warnings: tuple[str, ...] = ()
    assumed: tuple[Preference, ...] = ()

    @property
    def mail(self) -> str:
        """The message as RFC 5322. Raises InputRefused for an address no message can carry."""
        to = Mailbox(self.contact.name, self.to)
        return mail(to=to, sender=self.sender, subject=self.subject, body=self.body, date=self.when)


def draft_message(request: DraftMessage, desk: Desk) -> Draft:
    """Draft a message; nothing is written.

    Raises Refused against a wish of theirs, or while something is owed and the template does not settle it; FactMissing, FactPrivate;
    TemplateNotFound, TemplateRefused; Misused where it must be said how to reach them; ContactNotFound, ContactAmbiguous.
    """
    template = template_of(request.template)
    with desk.book.reading() as connection:
        contact = find(connection, request.who, region=desk.settings.phone.region)
        asked = _asked(connection, contact, template, desk)
        channel = _channel(request, template, contact, asked, desk)
        insisted(asked.by(channel))  # before anybody looks for a missing fact
        subject, body = filled(template, facts_of(connection, contact, desk), private=request.private)
        answer = insisted(replace(asked, text=_said(subject, body)).by(channel))
    me = desk.settings.me
    return Draft(
        contact=contact, template=template, channel=channel, to=_address(asked, contact, channel, needed=request.mail),
        sender=Mailbox(me.name, me.addresses[0]) if me.addresses else None, subject=subject, body=body,
        when=desk.now.astimezone(zone_of(desk.book.zone)), warnings=answer.warnings, assumed=answer.assumed,
    )  # fmt: skip


def log_draft(draft: Draft, desk: Desk) -> InteractionWritten:
    """Write that the message went out: a touch of ours, for the template's purpose, with the subject as its summary.

    Raises Refused where they have come not to want it since it was drafted.
    """
    with desk.writing("draft") as writing:
        contact = find(writing.connection, draft.contact.id, strict=True)
        asked = _asked(writing.connection, contact, draft.template, desk)
        insisted(replace(asked, text=_said(draft.subject, draft.body)).by(draft.channel))
        touch = Interaction(
            number=0, when=Moment(desk.today, desk.now, desk.book.zone), channel=draft.channel, direction=Direction.OUT,
            contacts=(), summary=draft.subject, purpose=draft.template.purpose,
        )  # fmt: skip
        [number] = interactions.add_many(writing, [(touch, [contact.row], None)])
        logged = interactions.fetch(writing.connection, [number])[0]
        return InteractionWritten(logged, (contact,), writing.written, "logged")


def _asked(connection: Connection, contact: Contact, template: Template, desk: Desk) -> _Asked:
    settles = template.purpose in SETTLING and any(owed(connection, contact, desk) for owed in (our_open_promises, our_overdue))
    return _Asked(standing_of(connection, desk, contact), template.purpose, present(desk), settles)


def _said(subject: str, body: str) -> str:
    return f"{subject}\n{body}"


def _channel(request: DraftMessage, template: Template, contact: Contact, asked: _Asked, desk: Desk) -> str:
    """As said, else an e-mail where only that will do, else the template's, else the one the gate suggests."""
    if request.channel is not None:
        said = known_channel(request.channel, desk.settings)
        if request.mail and said != EMAIL:
            raise Misused(
                f"--format eml makes an e-mail, which does not go {by(said)}", "leave out --channel, or choose another --format"
            )
        return said
    if request.mail:
        return EMAIL
    if template.channel:
        return _of_template(template, desk)
    reachable = [channel for channel in REACHED_AT if contact.addresses_for(channel)]
    best = asked.best(reachable)
    if best:
        return best
    for channel in (*known_channels(asked.standing, asked.moment, reachable), UNKNOWN_CHANNEL):  # the first says why not
        insisted(asked.by(channel))
    raise Misused(
        f"nobody knows how to reach {contact.name}", f"say --channel letter, or: relcli contact edit {contact.id} --email E"
    )


def _of_template(template: Template, desk: Desk) -> str:
    try:
        return known_channel(template.channel, desk.settings)
    except Misused as error:
        raise TemplateRefused(f"{template.file}: {error.message}", error.hint) from None


def _address(asked: _Asked, contact: Contact, channel: str, *, needed: bool) -> str:
    """The address to use for a channel, empty where it has none. Raises InputRefused where one is needed."""
    found = asked.address(channel)
    if needed and not found:
        raise InputRefused(f"no e-mail address of {contact.name} is known", f"relcli contact edit {contact.id} --email E")
    return found
