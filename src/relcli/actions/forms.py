"""Forms: a survey as a page to fill in, for anybody, or for one person who is asked by it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import insisted, present, standing_of
from relcli.actions.desk import Desk
from relcli.actions.instruments import instrument
from relcli.actions.interactions import channel as known_channel
from relcli.actions.invitations import asked_before, limit
from relcli.actions.references import find
from relcli.actions.surveys import refuse_changed
from relcli.config.settings import Settings
from relcli.domain.answering import language_for
from relcli.domain.batch import Batch
from relcli.domain.consent import UNKNOWN_CHANNEL
from relcli.domain.contact import REACHED_AT, Contact
from relcli.domain.gate import Standing, best_channel, consent, known_channels
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.invitation import Asked, Invitation, new_token, too_soon
from relcli.domain.survey import Instrument
from relcli.errors import Misused, Refused
from relcli.exchange.forms import form
from relcli.store import interactions, invitations

if TYPE_CHECKING:
    from relcli.store.writing import Writing


class MakeForm(BaseModel):
    """For whom the form is, in which language (else theirs), and by which channel it reaches them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    survey: str
    who: str
    language: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class FormMade:
    """A form for one person; `batch` is None where they had been asked already, and it is the form of that invitation.

    `sender` says whether an address of ours is known, to which the form could answer by mail.
    """

    contact: Contact
    invitation: Invitation
    page: str
    sender: bool
    batch: Batch | None


def blank_form(survey: str, language: str | None, settings: Settings) -> str:
    """A form for anybody, whose answers are anonymous. Raises InstrumentNotFound, InstrumentRefused, Misused."""
    asked = instrument(survey)
    return _page(asked, _language(asked, language, ""), settings)


def form_for(request: MakeForm, desk: Desk, *, deliver: Callable[[str], None]) -> FormMade:
    """A form for one person, with their token in it; unless an invitation of theirs is open, this asks them, and counts as that.

    `deliver` is given the page before the book is written. Raises Refused against a wish of theirs, while something is owed,
    and where they were asked not long ago; Misused; InstrumentNotFound, InstrumentRefused, InstrumentChanged; ContactNotFound,
    ContactAmbiguous.
    """
    asked = instrument(request.survey)
    with desk.writing("survey form") as writing:
        connection = writing.connection
        refuse_changed(connection, asked)
        contact = find(connection, request.who, region=desk.settings.phone.region)
        before = asked_before(connection, asked, invitations.everything(connection), desk.today).get(contact.row, Asked())
        language = _language(asked, request.language, contact.language)
        standing, fresh = standing_of(connection, desk, contact), before.open is None
        if before.open is not None:
            _still_welcome(before.open, standing, desk)
        made = before.open or _asked(asked, contact, standing, before, request, desk)
        made = replace(made, language=language)
        page = _page(asked, language, desk.settings, made.token, contact.name)
        if not desk.dry_run:
            deliver(page)
        if fresh:
            _write(writing, made, contact, asked, desk)
        return FormMade(contact, made, page, bool(desk.settings.me.addresses), writing.written if fresh else None)


def _asked(asked: Instrument, contact: Contact, standing: Standing, before: Asked, request: MakeForm, desk: Desk) -> Invitation:
    """A new invitation, where they may be asked now."""
    if why := too_soon(before, limit(standing, desk), desk.today):
        raise Refused(f"{contact.name} was {why}", "nothing was written or prepared")
    now, channel = present(desk), _channel(request, contact, standing, desk)
    insisted(consent(standing, channel, Purpose.SURVEY, now))
    return Invitation(0, contact.id, asked.name, asked.version, "", new_token(secrets.token_bytes(7)), channel, now)


def _still_welcome(invitation: Invitation, standing: Standing, desk: Desk) -> None:
    """Raise Refused where they have told us since they were asked that they do not want it."""
    answer = consent(standing, invitation.channel, Purpose.SURVEY, present(desk))
    if answer.wish is not None and answer.wish.when.day >= invitation.sent.day:
        insisted(answer)


def _channel(request: MakeForm, contact: Contact, standing: Standing, desk: Desk) -> str:
    """As said, else the one the gate suggests; a form may be handed over in any way."""
    if request.channel is not None:
        return known_channel(request.channel, desk.settings)
    reachable = [channel for channel in REACHED_AT if contact.addresses_for(channel)]
    best = best_channel(standing, Purpose.SURVEY, present(desk), reachable)
    return (known_channels(standing, present(desk), reachable)[0] if best is None else best) or UNKNOWN_CHANNEL


def _language(asked: Instrument, said: str | None, theirs: str) -> str:
    if said is not None and said not in asked.languages:
        raise Misused(f'the survey {asked.name} is not there in "{said}"', f"it is in: {', '.join(asked.languages)}")
    return said or language_for(asked, theirs)


def _page(asked: Instrument, language: str, settings: Settings, token: str = "", name: str = "") -> str:
    me = settings.me
    to = me.addresses[0] if me.addresses else ""
    return form(asked, language, to=to, token=token, sender_name=me.name, contact_name=name)


def _write(writing: Writing, made: Invitation, contact: Contact, asked: Instrument, desk: Desk) -> None:
    invitations.add_many(writing, [(made, contact.row)])
    touch = Interaction(
        number=0, when=present(desk), channel=made.channel, direction=Direction.OUT, contacts=(),
        summary=asked.title[made.language], purpose=Purpose.SURVEY,
    )  # fmt: skip
    interactions.add_many(writing, [(touch, [contact.row], None)])
