"""Forms: a survey as a page to fill in, for anybody, or for one person who is asked by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import present
from relcli.actions.desk import Desk
from relcli.actions.interactions import channel as known_channel
from relcli.actions.references import find
from relcli.actions.surveys.asking import Asking, Candidate, candidates, may_ask, may_hand_over, new_invitation, write_asked
from relcli.actions.surveys.instruments import instrument
from relcli.actions.surveys.responses import refuse_changed
from relcli.config.settings import Settings
from relcli.domain.answering import language_for
from relcli.domain.batch import Batch
from relcli.domain.consent import UNKNOWN_CHANNEL
from relcli.domain.contact import REACHED_AT, Contact
from relcli.domain.gate import best_channel, known_channels
from relcli.domain.interaction import Purpose
from relcli.domain.invitation import Invitation
from relcli.domain.survey import Instrument
from relcli.errors import Misused, Refused
from relcli.exchange.forms import form
from relcli.store import invitations


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
        [one] = candidates(connection, [contact], asked, invitations.everything(connection), desk)
        channel = _channel(request, one, desk)
        language = _language(asked, request.language, contact.language)
        fresh = one.before.open is None
        answer = (may_ask if fresh else may_hand_over)(one, asked, channel, desk)
        if not answer.allowed:
            raise Refused(f"{contact.name}: {answer.why}", "nothing was written or prepared")
        made = one.before.open or new_invitation(one, asked, channel, desk, language)
        page = _page(asked, language, desk.settings, made.token, contact.name)
        if not desk.dry_run:
            deliver(page)
        if fresh:
            write_asked(writing, [Asking(made, contact, asked.title[language])], desk)
        return FormMade(contact, made, page, bool(desk.settings.me.addresses), writing.written if fresh else None)


def _channel(request: MakeForm, one: Candidate, desk: Desk) -> str:
    """As said, else that of the invitation they have open, else the one the gate suggests: a form may be handed over in any way."""
    if request.channel is not None:
        return known_channel(request.channel, desk.settings)
    if one.before.open is not None:
        return one.before.open.channel
    reachable = [channel for channel in REACHED_AT if one.contact.addresses_for(channel)]
    best = best_channel(one.standing, Purpose.SURVEY, present(desk), reachable)
    return (known_channels(one.standing, present(desk), reachable)[0] if best is None else best) or UNKNOWN_CHANNEL


def _language(asked: Instrument, said: str | None, theirs: str) -> str:
    if said is not None and said not in asked.languages:
        raise Misused(f'the survey {asked.name} is not there in "{said}"', f"it is in: {', '.join(asked.languages)}")
    return said or language_for(asked, theirs)


def _page(asked: Instrument, language: str, settings: Settings, token: str = "", name: str = "") -> str:
    me = settings.me
    to = me.addresses[0] if me.addresses else ""
    return form(asked, language, to=to, token=token, sender_name=me.name, contact_name=name)
