"""Drafts: a message to somebody with the facts filled in, on their channel, and only where they allow it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import insisted, present, standing_of
from relcli.actions.desk import Desk
from relcli.actions.facts import facts_of, our_open_promises
from relcli.actions.interactions import InteractionWritten
from relcli.actions.interactions import channel as known_channel
from relcli.actions.references import find
from relcli.actions.templates import template as template_of
from relcli.domain.contact import AddressKind, Contact
from relcli.domain.gate import Standing, best_channel, consent
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.moment import Moment, zone_of
from relcli.domain.template import Template
from relcli.domain.wording import by
from relcli.errors import InputRefused, Misused
from relcli.exchange.filling import filled
from relcli.exchange.mail import Mailbox, mail
from relcli.exchange.templates import TemplateRefused
from relcli.store import interactions

EMAIL = "email"
SETTLING = frozenset({Purpose.SERVICE, Purpose.COMPLAINT})  # what makes good, and comes before all outreach
_ADDRESSES = {
    EMAIL: AddressKind.EMAIL, "phone": AddressKind.PHONE, "sms": AddressKind.PHONE, "chat": AddressKind.HANDLE,
    "social": AddressKind.HANDLE,
}  # fmt: skip


class DraftMessage(BaseModel):
    """A message to draft; without a `channel` it is the template's, else theirs. `mail`: it must be an e-mail."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    template: str
    channel: str | None = None
    mail: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A message, ready to go: to which address of theirs by which channel (empty where none is known), and from whom.

    `when` is the present in the book's zone. `warnings` are wishes we only assume, and it would break.
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

    @property
    def mail(self) -> str:
        """The message as RFC 5322. Raises InputRefused for an address no message can carry."""
        to = Mailbox(self.contact.name, self.to)
        return mail(to=to, sender=self.sender, subject=self.subject, body=self.body, date=self.when)


def draft_message(request: DraftMessage, desk: Desk) -> Draft:
    """Draft a message; nothing is written.

    Raises Refused against a wish of theirs, or while something is owed and the template does not settle it; FactMissing;
    TemplateNotFound, TemplateRefused; Misused where it must be said how to reach them; ContactNotFound, ContactAmbiguous.
    """
    template = template_of(request.template)
    with desk.book.reading() as connection:
        contact = find(connection, request.who, region=desk.settings.phone.region)
        standing = standing_of(connection, desk, contact)
        channel = _channel(request, template, contact, standing, desk)
        settles = template.purpose in SETTLING and bool(our_open_promises(connection, contact, desk))
        answer = insisted(consent(standing, channel, template.purpose, present(desk), settles=settles))
        subject, body = filled(template, facts_of(connection, contact, desk))
    me = desk.settings.me
    return Draft(
        contact=contact, template=template, channel=channel, to=_address(contact, channel, needed=request.mail),
        sender=Mailbox(me.name, me.addresses[0]) if me.addresses else None, subject=subject, body=body,
        when=desk.now.astimezone(zone_of(desk.book.zone)), warnings=answer.warnings,
    )  # fmt: skip


def log_draft(draft: Draft, desk: Desk) -> InteractionWritten:
    """Write that the message went out: a touch of ours, for the template's purpose, with the subject as its summary."""
    with desk.writing("draft") as writing:
        contact = find(writing.connection, draft.contact.id, strict=True)
        touch = Interaction(
            number=0, when=Moment(desk.today, desk.now, desk.book.zone), channel=draft.channel, direction=Direction.OUT,
            contacts=(), summary=draft.subject, purpose=draft.template.purpose,
        )  # fmt: skip
        [number] = interactions.add_many(writing, [(touch, [contact.row], None)])
        logged = interactions.fetch(writing.connection, [number])[0]
        return InteractionWritten(logged, (contact,), writing.written, "logged")


def _channel(request: DraftMessage, template: Template, contact: Contact, standing: Standing, desk: Desk) -> str:
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
    reachable = [channel for channel, kind in _ADDRESSES.items() if contact.addresses_of(kind)]
    now = present(desk)
    best = best_channel(standing, template.purpose, now, reachable)
    if best:
        return best
    for channel in (*reachable, ""):  # why not: the first way that would have been there says it
        insisted(consent(standing, channel, template.purpose, now))
    raise Misused(
        f"nobody knows how to reach {contact.name}", f"say --channel letter, or: relcli contact edit {contact.id} --email E"
    )


def _of_template(template: Template, desk: Desk) -> str:
    try:
        return known_channel(template.channel, desk.settings)
    except Misused as error:
        raise TemplateRefused(f"{template.file}: {error.message}", error.hint) from None


def _address(contact: Contact, channel: str, *, needed: bool) -> str:
    """The preferred address for a channel, empty where it has none. Raises InputRefused where one is needed."""
    kind = _ADDRESSES.get(channel)
    found = contact.addresses_of(kind) if kind else ()
    if needed and not found:
        raise InputRefused(f"no e-mail address of {contact.name} is known", f"relcli contact edit {contact.id} --email E")
    return found[0] if found else ""
