"""Initiatives: started, stopped, listed, and who came into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from relcli.actions.initiatives.enrolling import Enrolled, NotEnrolled
from relcli.actions.initiatives.listing import InitiativePeople, InitiativesListed, Listed
from relcli.actions.initiatives.starting import InitiativeWritten
from relcli.domain.initiative import WHOLE, Enrolment, Group, Initiative
from relcli.domain.wording import day_in_words
from relcli.render.page import Cell, Column, Grid, Heading, Page
from relcli.render.rows import ENROLMENTS, INITIATIVES, Rows
from relcli.render.rows import Cell as Value


def started(result: InitiativeWritten) -> str:
    """One line: what begins when."""
    one = result.initiative
    until = f" until {day_in_words(one.until)}" if one.until else ""
    return f'started "{one.name}" ({one.outcome.value}) from {day_in_words(one.begins)}{until}'


def stopped(result: InitiativeWritten) -> str:
    """One line: what ended."""
    return f'stopped "{result.initiative.name}"'


def enrolled(result: Enrolled) -> str:
    """One line: how many came into which group, and how many not."""
    alone = sum(one.group is Group.COMPARISON for one in result.enrolments)
    parts = [f'enrolled {len(result.enrolments) - alone} in "{result.initiative.name}"']
    if alone:
        parts.append(f"{alone} left alone by lot")
    if result.left:
        parts.append(f"{len(result.left)} not")
    return ", ".join(parts)


def people(result: InitiativePeople) -> Page:
    """Who is in which group since when, and among whom the lot was drawn."""
    columns = [Column("who", folds=True), Column("group"), Column("since"), Column("drawn from", folds=True)]
    lines = [
        [Cell(result.names[one.contact], "name"), Cell(_word(one.group)), Cell(one.day.isoformat()), Cell(one.stratum, "dim")]
        for one in result.enrolments
    ]
    return Page([Heading(result.initiative.name, result.initiative.outcome.value), Grid(columns, lines)])


def left(result: Enrolled) -> Page:
    """Who is in neither group, and why."""
    columns = [Column("not enrolled", folds=True), Column("why", folds=True)]
    return Page([Grid(columns, [[Cell(one.contact.name, "name"), Cell(one.why)] for one in result.left])])


def listed(result: InitiativesListed) -> Page:
    """An initiative a line, its hypothesis under it."""
    columns = [
        Column("initiative", folds=True), Column("outcome"), Column("from"), Column("until"), Column("state"),
        Column("enrolled", "right"), Column("left alone", "right"), Column("hypothesis", folds=True, below=True),
    ]  # fmt: skip
    return Page([Grid(columns, [_line(one, result) for one in result.initiatives])])


def list_rows(result: InitiativesListed) -> Rows:
    """Initiatives with the size of their groups."""
    return Rows(INITIATIVES, tuple(_listed(one, result) for one in result.initiatives))


def initiative_rows(result: InitiativeWritten) -> Rows:
    """One initiative, as it was written."""
    one = result.initiative
    return Rows(INITIATIVES[:8], (_initiative(one),))


def enrolment_rows(enrolments: Iterable[Enrolment], initiative: str, names: Mapping[str, str]) -> Rows:
    """Who is in an initiative; `names` gives the name of each contact id."""
    return Rows(ENROLMENTS, tuple(_enrolment(one, initiative, names) for one in enrolments))


def document(result: Enrolled) -> dict[str, Any]:
    """Who came in, and who did not and why, for programs."""
    rows = enrolment_rows(result.enrolments, result.initiative.name, result.names)
    return {"enrolments": list(rows.mappings()), "left": _left(result.left)}


def _left(left: Sequence[NotEnrolled]) -> list[dict[str, str]]:
    return [{"id": one.contact.id, "name": one.contact.name, "why": one.why} for one in left]


def _word(group: Group) -> str:
    return "enrolled" if group is Group.ENROLLED else "left alone"


def _line(one: Listed, result: InitiativesListed) -> list[Cell]:
    kept, state = one.initiative, one.initiative.state(result.today)
    ends = kept.ends
    return [
        Cell(kept.name, "name"), Cell(kept.outcome.value), Cell(kept.begins.isoformat()), Cell(ends.isoformat() if ends else ""),
        Cell(state, "good" if state == "open" else "dim"), Cell(str(one.enrolled)), Cell(str(one.compared)), Cell(kept.hypothesis),
    ]  # fmt: skip


def _listed(one: Listed, result: InitiativesListed) -> tuple[Value, ...]:
    return (*_initiative(one.initiative), one.initiative.state(result.today), one.enrolled, one.compared)


def _initiative(one: Initiative) -> tuple[Value, ...]:
    return (
        one.name, one.hypothesis, one.outcome.value, one.begins.isoformat(), one.until.isoformat() if one.until else None,
        one.stopped.isoformat() if one.stopped else None, one.cost.amount if one.cost else None,
        one.cost.currency if one.cost else None,
    )  # fmt: skip


def _enrolment(one: Enrolment, initiative: str, names: Mapping[str, str]) -> tuple[Value, ...]:
    return (
        one.id, initiative, one.contact, one.group.value, one.day.isoformat(), one.stratum or None, one.seed,
        None if one.share is None else f"{one.share / WHOLE:g}", names.get(one.contact, ""),
    )  # fmt: skip
