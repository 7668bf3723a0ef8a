"""All initiatives, and who is in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from relcli.actions.desk import Desk
from relcli.actions.initiatives.starting import find_initiative
from relcli.domain.initiative import Enrolment, Group, Initiative
from relcli.store import contacts, initiatives


@dataclass(frozen=True, slots=True)
class Listed:
    """An initiative and how many are in its groups."""

    initiative: Initiative
    enrolled: int
    compared: int


@dataclass(frozen=True, slots=True)
class InitiativesListed:
    """All of them, as of today."""

    initiatives: tuple[Listed, ...]
    today: date


@dataclass(frozen=True, slots=True)
class InitiativePeople:
    """Who is in an initiative; `names` has the name of each contact by id."""

    initiative: Initiative
    enrolments: tuple[Enrolment, ...]
    names: Mapping[str, str]


def list_initiatives(desk: Desk) -> InitiativesListed:
    """All initiatives, the newest last, and how many are in each."""
    with desk.book.reading() as connection:
        enrolments = initiatives.enrolments(connection)
        return InitiativesListed(
            tuple(
                Listed(one, *(_count([e.group for e in enrolments if e.initiative == one.number], group) for group in Group))
                for one in initiatives.everything(connection)
            ),
            desk.today,
        )


def list_people(name: str, desk: Desk) -> InitiativePeople:
    """Who is in an initiative, by group and name. Raises InitiativeNotFound."""
    with desk.book.reading() as connection:
        one = find_initiative(connection, name)
        names = contacts.names_by_id(connection)
        inside = sorted(initiatives.enrolments(connection, one.number), key=lambda e: (e.group, names[e.contact], e.number))
        return InitiativePeople(one, tuple(inside), names)


def _count(groups: Sequence[Group], group: Group) -> int:
    return sum(one is group for one in groups)
