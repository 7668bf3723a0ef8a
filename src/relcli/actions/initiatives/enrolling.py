"""Who is in an initiative: those who may be contacted, and of them, by lot, those who are left alone for comparison."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import present, standings
from relcli.actions.desk import Desk
from relcli.actions.initiatives.drawing import grouped, holdout
from relcli.actions.initiatives.starting import find_initiative, refuse_over
from relcli.actions.narrowing import Narrowing, narrowing
from relcli.actions.references import find_all
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.gate import BY_ADDRESS, Standing, consent, known_channels
from relcli.domain.initiative import Enrolment, Group, Initiative
from relcli.domain.interaction import Purpose
from relcli.domain.later import Later, all_in_force
from relcli.domain.preference import PreferenceKind
from relcli.domain.wording import day_in_words
from relcli.errors import Ambiguous, Misused, NotFound, Refused, RelcliError
from relcli.health.statistics.effect import LEAST
from relcli.store import contacts, initiatives, laters
from relcli.text import quoted

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PURPOSE = Purpose.CHECK_IN  # an effort is something that we begin
_SHOWN = 3


class AlreadyEnrolled(Ambiguous):
    """Somebody is in it already."""


class NobodyEnrolled(Refused):
    """Of those meant nobody can be in it: their wish, or ours to let them be, forbids it."""


class NobodyMeant(NotFound):
    """Nobody is like that."""


class EnrollInInitiative(BaseModel):
    """Whom to enrol: those named, or all with these roles and tags; of both, who is both. `holdout` is a share as typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    initiative: str
    who: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    holdout: str | None = None


@dataclass(frozen=True, slots=True)
class NotEnrolled:
    """Somebody who was meant and is in neither group, and why."""

    contact: Contact
    why: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who came into an initiative, in which group, and who did not; `warnings` are wishes we only assume.

    `names` has the name of each contact by id. `small` says that a group is too small for a figure by itself.
    """

    initiative: Initiative
    enrolments: tuple[Enrolment, ...]
    left: tuple[NotEnrolled, ...]
    names: dict[str, str]
    warnings: tuple[str, ...]
    small: bool
    batch: Batch | None


def enroll(request: EnrollInInitiative, desk: Desk) -> Enrolled:
    """Put into an initiative all of those meant who may be contacted now; with a holdout a lot leaves that share alone.

    Raises InitiativeNotFound, InitiativeOver; AlreadyEnrolled where somebody named, or everybody meant, is in it;
    NobodyMeant, NobodyEnrolled; Misused where nobody is named, and for a share that is none or leaves a group empty;
    ContactNotFound, ContactAmbiguous, GroupNotFound.
    """
    if not (request.who or request.roles or request.tags):
        raise Misused("it is not said whom to enrol", "name them, or say --role or --tag")
    share = holdout(request.holdout)
    with desk.writing("initiative enroll") as writing:
        connection = writing.connection
        one = find_initiative(connection, request.initiative)
        refuse_over(one, desk.today)
        known = initiatives.enrolments(connection, one.number)
        chosen = _chosen(connection, request, desk)
        able, left, warnings = _able(connection, chosen, one, known, desk, named=bool(request.who))
        able, beside = _apart(able, known, contacts.names_by_id(connection), _works_for(connection))
        left += beside
        if not able:
            raise _nobody(one, left, [e.contact for e in known], narrowing(connection, request.roles, request.tags))
        made = grouped(connection, able, one, share, known, desk)
        rows = {contact.id: contact.row for contact in able}
        numbers = initiatives.enroll(writing, [(enrolment, rows[enrolment.contact]) for enrolment in made])
        everybody = initiatives.enrolments(connection, one.number)
        return Enrolled(
            initiative=one,
            enrolments=tuple(e for e in everybody if e.number in set(numbers)),
            left=tuple(left),
            names={contact.id: contact.name for contact in able},
            warnings=(*warnings, *_besides(connection, one, able, desk), *_late(one, share, desk)),
            small=share is not None and any(_drawn_into(everybody, group) < LEAST for group in Group),
            batch=writing.written,
        )


def _chosen(connection: Connection, request: EnrollInInitiative, desk: Desk) -> list[Contact]:
    """Those meant, in the order named, else by name."""
    if request.who:
        found = find_all(connection, request.who, region=desk.settings.phone.region)
    else:
        found = [contact for contact in contacts.everyone(connection) if contact.archived is None]
    group = narrowing(connection, request.roles, request.tags)
    return [contact for contact in found if group.takes(contact)]


def _nobody(one: Initiative, left: Sequence[NotEnrolled], inside: Collection[str], group: Narrowing) -> RelcliError:
    """Why of all who were meant nobody comes in."""
    if not left:
        have = f"has {group}" if group else "is in the book"
        return NobodyMeant(f"nobody {have}", "see who there is: relcli contact list")
    out = [person for person in left if person.contact.id not in inside]
    if not out:
        everybody = f"{left[0].contact.name} is" if len(left) == 1 else f"all {len(left)} are"
        return AlreadyEnrolled(f'{everybody} in "{one.name}" already', f"who is in it: relcli initiative list {quoted(one.name)}")
    if len(left) == 1:
        return NobodyEnrolled(f'{left[0].contact.name} cannot be in "{one.name}": {left[0].why}', "nothing was written")
    already = f"{len(left) - len(out)} are in it already, " if len(out) < len(left) else ""
    names = " · ".join(f"{person.contact.name}: {person.why}" for person in out[:_SHOWN])
    more = f" · and {len(out) - _SHOWN} more" if len(out) > _SHOWN else ""
    return NobodyEnrolled(f'nobody more can be in "{one.name}": {already}{len(out)} cannot come in now', names + more)


def _able(
    connection: Connection, chosen: Sequence[Contact], one: Initiative, known: Sequence[Enrolment], desk: Desk, *, named: bool
) -> tuple[list[Contact], list[NotEnrolled], list[str]]:
    """Who may be contacted, who not and why, and what we assume would speak against it."""
    already = {enrolment.contact: enrolment for enrolment in known}
    stand = standings(connection, desk, chosen)
    off = all_in_force(laters.everything(connection), desk.today)
    able: list[Contact] = []
    left: list[NotEnrolled] = []
    warnings: list[str] = []
    for contact in chosen:
        before = already.get(contact.id)
        if before is not None:
            how = "in it" if before.group is Group.ENROLLED else "left alone by it"
            said = f"{how} since {day_in_words(before.day)}"
            if named:
                raise AlreadyEnrolled(f'{contact.name} is {said}: "{one.name}"', "enrol those who are not; nothing was written")
            left.append(NotEnrolled(contact, said))
            continue
        why, more = _asked(contact, stand[contact.row], off.get(contact.id), desk)
        if why:
            left.append(NotEnrolled(contact, why))
        else:
            able.append(contact)
            warnings += more
    return able, left, warnings


def _asked(contact: Contact, standing: Standing, later: Later | None, desk: Desk) -> tuple[str, tuple[str, ...]]:
    """Why somebody may not be contacted now, by no channel; empty where they may, with what we assume."""
    if later is not None:
        return f"put off until {day_in_words(later.until)}" + (f": {later.because}" if later.because else ""), ()
    now = present(desk)
    answer = consent(standing, "", _PURPOSE, now)
    if not answer.allowed:
        return answer.why, ()
    reachable = [channel for channel in BY_ADDRESS if contact.reachable_by(channel)]
    answers = [consent(standing, channel, _PURPOSE, now) for channel in known_channels(standing, now, reachable)]
    # Hours pass, but a channel they do not want stays unwanted.
    shut = [one for one in answers if one.wish is not None and one.wish.kind is not PreferenceKind.HOURS]
    if answers and len(shut) == len(answers):
        return shut[0].why, ()
    return "", answer.warnings


def _apart(
    able: Sequence[Contact], known: Sequence[Enrolment], names: Mapping[str, str], works_for: Mapping[str, str]
) -> tuple[list[Contact], list[NotEnrolled]]:
    """Those who stay where an organisation and who works for it are not both in it: what the one does counts for the other, too."""
    inside = {enrolment.contact for enrolment in known}
    houses = inside | {contact.id for contact in able}
    staff = {works_for[code]: code for code in inside if code in works_for}
    kept, left = [], []
    for contact in able:
        house = works_for.get(contact.id, "")
        if house in inside or (house in houses and house not in staff):
            left.append(NotEnrolled(contact, f"counts with {names[house]}, where they work"))
        elif contact.id in staff:
            left.append(NotEnrolled(contact, f"counts with {names[staff[contact.id]]}, who works there"))
        else:
            kept.append(contact)
    return kept, left


def _works_for(connection: Connection) -> dict[str, str]:
    return {contact.id: contact.works_for for contact in contacts.everyone(connection) if contact.works_for}


def _besides(connection: Connection, one: Initiative, able: Sequence[Contact], desk: Desk) -> Iterator[str]:
    """Who is in another one that goes on or is planned: neither shows by itself then."""
    names = {contact.id: contact.name for contact in able}
    enrolments = initiatives.enrolments(connection)
    for other in initiatives.everything(connection):
        both = [e.contact for e in enrolments if e.initiative == other.number and e.contact in names]
        if both and other.number != one.number and not other.over_on(desk.today):
            who = ", ".join(names[code] for code in both[:_SHOWN]) + (f" and {len(both) - _SHOWN} more" if both[_SHOWN:] else "")
            how = "is planned" if desk.today < other.begins else "is going on"
            yield f'in "{other.name}" too, which {how}: {who}; what the one does shows in the other'


def _late(one: Initiative, share: int | None, desk: Desk) -> Iterator[str]:
    """Days before the lot can show nothing of the effort, and water it down."""
    if share is not None and one.begins < desk.today:
        yield f"it began on {day_in_words(one.begins)}: the days since then count as after, though the lot is of today"


def _drawn_into(everybody: Sequence[Enrolment], group: Group) -> int:
    return sum(enrolment.seed is not None and enrolment.group is group for enrolment in everybody)
