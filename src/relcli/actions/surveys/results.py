"""The results of a survey: what was answered, how sure the figures are, and whom to follow up first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import standing_of
from relcli.actions.desk import Desk
from relcli.actions.moments import day
from relcli.actions.narrowing import Narrowing, narrowing
from relcli.domain.contact import AddressKind, Contact
from relcli.domain.follow_up import Mood, followed_up, mood, newest_scored, worst
from relcli.domain.gate import best_channel, consent, known_channels
from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment, day_number
from relcli.domain.survey import Answer, Response
from relcli.errors import NotFound
from relcli.health.answers import ItemTally, counts, newest, tallies
from relcli.health.statistics.intervals import ANY
from relcli.store import contacts, interactions, invitations, promises, responses
from relcli.store.picking import Pick
from relcli.text import folded, one_line

if TYPE_CHECKING:
    from sqlalchemy import Connection

ANONYMOUS = "anonymous"


class SurveyNotFound(NotFound):
    """Nobody has answered a survey of this name."""


class By(StrEnum):
    """What divides the answers into groups."""

    ROLE = "role"
    TAG = "tag"
    LANGUAGE = "language"
    VERSION = "survey-version"


class ShowResults(BaseModel):
    """Which answers to a survey, and by what to divide them. Anonymous answers have no role and no tag."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    since: str | None = None
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    by: By | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Some of those who answered: `n` of them may be counted, and `withheld` anonymous ones may not.

    Of `invited` people `answered` did, whether to the invitation or when they were asked otherwise.
    """

    name: str
    n: int
    withheld: int
    items: tuple[ItemTally, ...]
    invited: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class _Invitee:
    """Somebody who was invited, and whether they answered."""

    contact: Contact
    version: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote; an anonymous one has neither name nor day."""

    item: str
    words: str
    contact: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Somebody to come back to, and by which channel; `refused` says why not, where they may not be contacted."""

    contact: Contact
    mood: Mood
    response: Response
    answer: Answer
    channel: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """What a survey found, as of today: of those chosen, everybody's newest response counts.

    `responses` are all of those known, older ones too; `anonymous` is how many more were counted, and `ungrouped` how
    many of these are in none of the groups. `follow_up` comes in the order in which to go about it, `left` are those
    who are not to be contacted.
    """

    survey: str
    today: date
    request: ShowResults
    since: date | None
    whole: Group
    groups: tuple[Group, ...]
    anonymous: int
    ungrouped: int
    said: tuple[Said, ...]
    follow_up: tuple[FollowUp, ...]
    left: tuple[FollowUp, ...]
    responses: tuple[Response, ...]
    names: Mapping[str, str]


def show_results(request: ShowResults, desk: Desk) -> SurveyResults:
    """The results as of today. Raises SurveyNotFound where nobody has answered it, Misused for a day that cannot be; GroupNotFound."""
    since = day(request.since, desk.book.zone, now=desk.now, dates=desk.settings.dates) if request.since else None
    with desk.book.reading() as connection:
        name = _named(connection, request.name)
        people = {contact.id: contact for contact in contacts.everyone(connection)}
        group = narrowing(connection, request.roles, request.tags)
        chosen = [r for r in responses.of_survey(connection, name) if _wanted(r, group, people, since, desk.today)]
        invited = _invited(connection, name, group, people, since, desk.today)
        due = _due(connection, desk, chosen, people)
    whole = _group("", chosen, invited, desk.today)
    groups = _groups(chosen, invited, request.by, people, desk.today) if request.by else ()
    return SurveyResults(
        survey=name,
        today=desk.today,
        request=request,
        since=since,
        whole=whole,
        groups=tuple(sorted((group for group in groups if group.n), key=lambda group: (-group.n, group.name))),
        anonymous=sum(not response.contact for response in chosen) - whole.withheld,
        ungrouped=0 if whole.withheld else sum(group.withheld for group in groups),
        said=_said(newest(chosen)),
        follow_up=tuple(one for one in due if not one.refused),
        left=tuple(one for one in due if one.refused),
        responses=tuple(response for response in chosen if response.contact),
        names={response.contact: people[response.contact].name for response in chosen if response.contact},
    )


def _named(connection: Connection, name: str) -> str:
    """The survey of this name, as it is written in the book."""
    known = sorted({*responses.surveys(connection), *invitations.surveys(connection)})
    wanted = folded(one_line(name))
    for found in known:
        if folded(found) == wanted:
            return found
    hint = f"answered or sent were: {', '.join(known)}" if known else "no survey was answered yet"
    raise SurveyNotFound(f'nobody has answered a survey called "{name}"', hint)


def _wanted(response: Response, group: Narrowing, people: Mapping[str, Contact], since: date | None, today: date) -> bool:
    if response.when.day > today or (since is not None and response.when.day < since):
        return False
    if not group:
        return True
    contact = people.get(response.contact)
    return contact is not None and group.takes(contact)


def _invited(
    connection: Connection, name: str, group: Narrowing, people: Mapping[str, Contact], since: date | None, today: date
) -> list[_Invitee]:
    """Those invited to it in that time, each once, by the newest invitation."""
    newest = {
        invitation.contact: invitation
        for invitation in invitations.of_survey(connection, name)
        if invitation.sent.day <= today and (since is None or invitation.sent.day >= since)
    }
    days: dict[str, list[date]] = {}
    for response in responses.of_survey(connection, name):
        if response.when.day <= today:
            days.setdefault(response.contact, []).append(response.when.day)
    return [
        _Invitee(people[code], invitation.version, any(day >= invitation.sent.day for day in days.get(code, ())))
        for code, invitation in newest.items()
        if group.takes(people[code])
    ]


def _group(name: str, chosen: Sequence[Response], invited: Sequence[_Invitee], today: date) -> Group:
    counted = newest(chosen)
    withheld = 0 if len(counted) >= ANY else sum(not response.contact for response in counted)
    answered = sum(one.answered for one in invited)
    return Group(name, len(counted) - withheld, withheld, tallies(chosen, today), len(invited), answered)


def _groups(
    chosen: Sequence[Response], invited: Sequence[_Invitee], by: By, people: Mapping[str, Contact], today: date
) -> tuple[Group, ...]:
    """Somebody with two roles is in both groups; the anonymous ones, who have none, are a group of their own."""
    found: dict[str, list[Response]] = {}
    asked: dict[str, list[_Invitee]] = {}
    for response in chosen:
        for name in _group_names(people.get(response.contact), response.version, by):
            found.setdefault(name, []).append(response)
    for one in invited:
        for name in _group_names(one.contact, one.version, by):
            asked.setdefault(name, []).append(one)
    return tuple(_group(name, members, asked.get(name, ()), today) for name, members in found.items())


def _group_names(contact: Contact | None, version: int, by: By) -> tuple[str, ...]:
    if by is By.VERSION:
        return (str(version),)
    if contact is None:
        return (ANONYMOUS,)
    if by is By.LANGUAGE:
        return (contact.language or "no language",)
    return (contact.roles if by is By.ROLE else contact.tags) or (f"no {by.value}",)


def _said(counted: Sequence[Response]) -> tuple[Said, ...]:
    """What was written, the newest first; of fewer than five people nothing that is anonymous."""
    known, nameless = [], []
    for response in reversed(counted):
        for answer in response.answers:
            if not answer.words or (counts(answer) and answer.value is None):
                continue
            if response.contact:
                known.append(Said(answer.item, answer.words, response.contact, response.when.day))
            elif len(counted) >= ANY:
                nameless.append(Said(answer.item, answer.words))
    # By their own order the nameless ones would tell when each was written.
    return (*known, *sorted(nameless, key=lambda said: (said.item, folded(said.words))))


def _due(connection: Connection, desk: Desk, chosen: Iterable[Response], people: Mapping[str, Contact]) -> list[FollowUp]:
    """Those whose newest word, in all surveys, is a bad one of these, and to whom we have not come back since."""
    mine = {response.number for response in chosen if response.contact}
    everything = responses.by_contact(connection) if mine else {}
    found = []
    for contact in people.values():
        last = newest_scored(everything.get(contact.row, ()), desk.today)
        felt = mood(last, desk.today) if last is not None and last.number in mine else None
        answer = worst(last) if last is not None else None
        if last is not None and felt is not None and answer is not None and not _came_back(connection, desk, contact, last):
            found.append(_reached(connection, desk, FollowUp(contact, felt, last, answer, "")))
    return sorted(found, key=_urgency)


def _came_back(connection: Connection, desk: Desk, contact: Contact, response: Response) -> bool:
    pick = Pick(contact=contact.row, since=day_number(response.when.day), until=day_number(desk.today))
    return followed_up(response, promises.picked(connection, pick), interactions.picked(connection, pick))


def _reached(connection: Connection, desk: Desk, one: FollowUp) -> FollowUp:
    """With the channel they allow, or the reason why there is none; coming back to an unhappy answer is a service."""
    standing, moment = standing_of(connection, desk, one.contact), Moment(desk.today)
    purpose = Purpose.SERVICE if one.mood is Mood.UNHAPPY else None
    reachable = {kind.value for kind in AddressKind if one.contact.addresses_of(kind)}
    channel = best_channel(standing, purpose, moment, reachable)
    tried = channel if channel is not None else known_channels(standing, moment, reachable)[0]
    answer = consent(standing, tried, purpose, moment)
    return FollowUp(one.contact, one.mood, one.response, one.answer, channel or "", "" if answer.allowed else answer.why)


def _urgency(one: FollowUp) -> tuple[bool, float, int, str]:
    """The unhappy before the others; then the lowest answer, then the newest, then the name."""
    return one.mood is not Mood.UNHAPPY, one.answer.share or 0.0, -one.response.when.day.toordinal(), folded(one.contact.name)
