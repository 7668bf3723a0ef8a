"""Who may be asked to answer a survey, by whatever way: one rule for invitations, reminders and forms."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from relcli.actions.consent import present, standings
from relcli.actions.desk import Desk
from relcli.domain.answering import language_for
from relcli.domain.contact import Contact
from relcli.domain.duration import duration
from relcli.domain.gate import Consent, Standing, consent
from relcli.domain.interaction import Direction, Interaction, Purpose
from relcli.domain.invitation import Asked, Invitation, asked_before, limit, new_token, not_to_remind, too_soon
from relcli.domain.later import Later, all_in_force
from relcli.domain.preference import PreferenceKind, wishes
from relcli.domain.survey import Instrument
from relcli.domain.wording import day_in_words
from relcli.store import contacts, interactions, invitations, laters, responses

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing

_HOW_OFTEN = (PreferenceKind.CADENCE, PreferenceKind.SURVEYS)  # wishes that an invitation used up, as it should


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might be asked: where they stand, what was asked of them before, and whether they were put off."""

    contact: Contact
    standing: Standing
    before: Asked
    later: Later | None


@dataclass(frozen=True, slots=True)
class Asking:
    """One person asked: by this invitation, a new one or, with `again`, one reminded of; `summary` tells it in the log."""

    invitation: Invitation
    contact: Contact
    summary: str
    again: bool = False


def candidates(
    connection: Connection, people: Sequence[Contact], asked: Instrument, known: Sequence[Invitation], desk: Desk
) -> list[Candidate]:
    """All that decides whether each of these may be asked; `known` are all invitations of the book."""
    stand = standings(connection, desk, people)
    before = _before(connection, asked, known, desk.today)
    off = all_in_force(laters.everything(connection), desk.today)
    return [Candidate(c, stand[c.row], before.get(c.row, Asked()), off.get(c.id)) for c in people]


def may_ask(one: Candidate, asked: Instrument, channel: str, desk: Desk) -> Consent:
    """Whether they may be asked this survey now, by this channel."""
    return _decided(one, asked, channel, desk, too_soon(one.before, _limit(one, desk), desk.today))


def may_remind(one: Candidate, asked: Instrument, channel: str, desk: Desk) -> Consent:
    """Whether they may be written to once more about the invitation they have open."""
    wish = wishes(one.standing.preferences, present(desk)).surveys
    return _decided(one, asked, channel, desk, not_to_remind(one.before, wish, desk.today))


def may_hand_over(one: Candidate, asked: Instrument, channel: str, desk: Desk) -> Consent:
    """Whether what they were asked already may be given to them in another form: nothing new is asked, so how often says nothing."""
    answer = _decided(one, asked, channel, desk, "")
    often = answer.wish is not None and answer.wish.kind in _HOW_OFTEN and answer.wish.days is not None
    return Consent(allowed=True) if often else answer


def new_invitation(one: Candidate, asked: Instrument, channel: str, desk: Desk, language: str = "") -> Invitation:
    """An invitation with a token of its own, in their language where the survey has it."""
    token = new_token(secrets.token_bytes(7))
    language = language or language_for(asked, one.contact.language)
    return Invitation(0, one.contact.id, asked.name, asked.version, language, token, channel, present(desk))


def write_asked(writing: Writing, people: Iterable[Asking], desk: Desk) -> None:
    """Write who was asked. Being asked is a touch of ours, and counts as one."""
    people = tuple(people)
    invitations.add_many(writing, [(one.invitation, one.contact.row) for one in people if not one.again])
    invitations.remind(writing, [one.invitation.number for one in people if one.again], desk.today)
    touches = [
        Interaction(0, present(desk), one.invitation.channel, Direction.OUT, (), one.summary, purpose=Purpose.SURVEY)
        for one in people
    ]
    interactions.add_many(writing, [(touch, [one.contact.row], None) for touch, one in zip(touches, people, strict=True)])


def _decided(one: Candidate, asked: Instrument, channel: str, desk: Desk, when: str) -> Consent:
    """Their wish and what we owe them first, then whether they were put off, then `when`, a reason why not now."""
    if one.later is not None:
        why = f"put off until {day_in_words(one.later.until)}" + (f": {one.later.because}" if one.later.because else "")
        return Consent(allowed=False, why=why)
    answer = consent(one.standing, channel, Purpose.SURVEY, present(desk), text=_words(asked))
    return Consent(allowed=False, why=when) if answer.allowed and when else answer


def _words(asked: Instrument) -> str:
    """All that the survey says, in every language: a topic they want to be spared is one in any."""
    texts = [*asked.title.values(), *asked.introduction.values(), *(text for item in asked.items for text in item.text.values())]
    return "\n".join(texts)


def _limit(one: Candidate, desk: Desk) -> int:
    return limit(wishes(one.standing.preferences, present(desk)).surveys, duration(desk.settings.survey.every))


def _before(connection: Connection, asked: Instrument, known: Iterable[Invitation], today: date) -> dict[int, Asked]:
    """Row → what was asked of them before, of all whom a survey ever asked."""
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
        contact.row: asked_before(*last[contact.row], mine.get(contact.id, ()), answers.get(contact.row, ()))
        for contact in contacts.fetch(connection, sorted(last))
    }
