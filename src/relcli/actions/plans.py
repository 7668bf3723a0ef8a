"""Plans: what we mean to do for a relationship, set, listed, reviewed, cleared. Every version is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from relcli.actions.assessments import assess_book
from relcli.actions.consent import standing_of
from relcli.actions.desk import Desk
from relcli.actions.moments import moment
from relcli.actions.references import find
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.gate import consent
from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment, day_number
from relcli.domain.plan import AimKind, Plan, aimed, all_in_force, holding, in_force
from relcli.domain.preference import Closeness, Source, wishes
from relcli.domain.stage import STAGES, Stage
from relcli.domain.wording import as_reason, day_in_words
from relcli.errors import Misused, NotFound
from relcli.health.stage import NONE
from relcli.store import contacts, laters, plans
from relcli.text import many_lines, one_line, storable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.store.writing import Writing


class NothingPlanned(NotFound):
    """There is no plan for this contact."""


class SetPlan(BaseModel):
    """What to aim at, what to do next and by when, when to look again, as it was typed; None leaves it as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    aim: str | None = None
    step: str | None = None
    by: str | None = None
    review: str | None = None


class ReviewPlan(SetPlan):
    """What was found, and what changes; `done`: the step is. Without `review` there is no day to look again."""

    note: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class PlanWritten:
    """The plan as it holds, or as it was cleared; `batch` is None where nothing had to be changed.

    `against` says which wish of theirs, or which debt of ours, keeps step and review off the agenda today; empty where none does.
    `reached` is the rung they are on where an aim just set is no higher.
    """

    contact: Contact
    plan: Plan
    batch: Batch | None
    against: str = ""
    reached: Stage | None = None


@dataclass(frozen=True, slots=True)
class PlansListed:
    """Plans in force on `day`, what is due first before the others; every version, oldest first, where `every`.

    `reached` are the ids of those in force whose aim is reached.
    """

    plans: tuple[Plan, ...]
    names: Mapping[str, str]
    day: date
    every: bool
    reached: frozenset[str] = frozenset()


def set_plan(request: SetPlan, desk: Desk) -> PlanWritten:
    """Plan for a contact, or change what is named of their plan.

    A day alone is another day for the step there is. Raises Misused for an empty plan, a step without its day, a day
    without any step, a day that is over; for WHO like `find`.
    """
    named = _named(request, desk)
    with desk.writing("plan set") as writing:
        contact, now = _held(writing, request.who, desk)
        if not named:
            raise Misused("nothing was planned", "say at least one: --aim, --next with --by, --review")
        _refuse_idle_day(named, now.step if now else "")
        if now is not None and replace(now, **named) == now:
            return PlanWritten(contact, now, None)
        after = replace(now or Plan(0, contact.id, desk.today), **named, note="")
        return _written(writing, after, contact, desk, aimed_now="aim" in named)


def review_plan(request: ReviewPlan, desk: Desk) -> PlanWritten:
    """Look again at a plan: what was found, whether the step is done, what is next.

    Raises NothingPlanned, also where no step is there to be done, and Misused as `set_plan`.
    """
    named: dict[str, Any] = {"review": None, "note": _note(request.note), **({"step": "", "due": None} if request.done else {})}
    named |= _named(request, desk)
    with desk.writing("plan review") as writing:
        contact, now = _held(writing, request.who, desk)
        if now is None:
            raise _nothing(contact)
        if request.done and not now.step:
            raise NothingPlanned(
                f"no step is planned for {contact.name}, so none is done",
                "what you found is --note; what is next: --next with --by",
            )
        _refuse_idle_day(named, now.step)
        after = replace(now, **named)
        if after.empty:
            raise Misused(
                f"nothing is left of the plan for {contact.name}",
                f"say what is next (--next with --by) or when to look again (--review), or end it: relcli plan clear {contact.id}",
            )
        return _written(writing, after, contact, desk, aimed_now="aim" in named)


def clear_plan(who: str, desk: Desk) -> PlanWritten:
    """End the plan for a contact today; the past keeps it. Raises NothingPlanned, and for WHO like `find`."""
    with desk.writing("plan clear") as writing:
        contact, now = _held(writing, who, desk)
        if now is None:
            raise _nothing(contact)
        _end(writing, contact, desk)
        return PlanWritten(contact, replace(now, until=desk.today), writing.written)


def list_plans(who: str | None, desk: Desk, *, every: bool = False) -> PlansListed:
    """The plans in force, of one contact or of all who are not archived; `every`: all versions there were."""
    with desk.book.reading() as connection:
        if who is None:
            people = contacts.everyone(connection, archived=False)
            found = plans.everything(connection)
        else:
            people = [find(connection, who, region=desk.settings.phone.region)]
            found = plans.of_contacts(connection, [people[0].row])
        names = {contact.id: contact.name for contact in people}
        if every:
            kept = [plan for plan in found if plan.contact in names]
        else:
            kept = sorted((p for p in all_in_force(found, desk.today).values() if p.contact in names), key=_urgency)
        holding = all_in_force(kept, desk.today).values()
        stages = _stages(connection, desk, [plan.contact for plan in holding if plan.aim_kind is AimKind.STAGE])
    reached = frozenset(plan.id for plan in holding if plan.reached(stages.get(plan.contact)))
    return PlansListed(tuple(kept), names, desk.today, every, reached)


def _urgency(plan: Plan) -> tuple[date, int]:
    return min(plan.due or date.max, plan.review or date.max), plan.number


def _held(writing: Writing, who: str, desk: Desk) -> tuple[Contact, Plan | None]:
    contact = find(writing.connection, who, region=desk.settings.phone.region)
    return contact, in_force(plans.of_contacts(writing.connection, [contact.row]), desk.today)


def _written(writing: Writing, plan: Plan, contact: Contact, desk: Desk, *, aimed_now: bool) -> PlanWritten:
    new = replace(plan, day=desk.today, until=None)
    _end(writing, contact, desk)
    number = plans.add(writing, new, contact.row)
    against = _against(writing, new, contact, desk)
    rung = (
        _stages(writing.connection, desk, [contact.id]).get(contact.id) if aimed_now and new.aim_kind is AimKind.STAGE else None
    )
    reached = rung if new.reached(rung) else None
    return PlanWritten(contact, replace(new, number=number), writing.written, against, reached)


def _stages(connection: Connection, desk: Desk, codes: Collection[str]) -> dict[str, Stage]:
    """The rung on which each of these stands today, as far as they stand on one; without any the book is not assessed."""
    if not codes:
        return {}
    assessed = assess_book(connection, desk, as_of=day_number(desk.today), horizon=None)
    places = zip(assessed.contacts, assessed.stages, strict=True)
    return {contact.id: STAGES[stage] for contact, stage in places if stage != NONE and contact.id in codes}


def _end(writing: Writing, contact: Contact, desk: Desk) -> None:
    """Whatever holds does so until today."""
    for plan in holding(plans.of_contacts(writing.connection, [contact.row]), desk.today):
        plans.end(writing, plan.number, desk.today)


def _against(writing: Writing, plan: Plan, contact: Contact, desk: Desk) -> str:
    """What would keep the step, or else the review, off the agenda on its day, as far as that is known today."""
    on = plan.due or plan.review
    if on is None:
        return ""
    standing = standing_of(writing.connection, desk, contact)
    held = wishes(standing.preferences, Moment(on))
    closeness = held.closeness if held.closeness and held.closeness.source is Source.STATED else None
    if closeness is not None and closeness.value in (Closeness.NONE, Closeness.ARMS_LENGTH):
        return as_reason(closeness, standing.name)
    if held.do_not_contact is not None:
        return as_reason(held.do_not_contact, standing.name)
    if contact.archived is not None:
        return f"{contact.name} is archived"
    off = next((one for one in laters.of_contacts(writing.connection, [contact.row]) if one.day <= on < one.until), None)
    if off is not None:
        return f"{contact.name} is put off until {day_in_words(off.until)}"
    return consent(standing, "", Purpose.CHECK_IN, Moment(on), text=plan.step).why if plan.step else ""


def _nothing(contact: Contact) -> NothingPlanned:
    return NothingPlanned(f"there is no plan for {contact.name}", f"make one: relcli plan set {contact.id} --aim loyal")


def _named(request: SetPlan, desk: Desk) -> dict[str, Any]:
    """What was typed of a plan, understood. Raises Misused."""
    aim, step = (_words(text, option) for text, option in ((request.aim, "--aim"), (request.step, "--next")))
    if step is not None and request.by is None:
        raise Misused("a step is a promise to ourselves, and needs a day", 'say by when: --by "in 2 weeks"')
    named: dict[str, Any] = {}
    if aim is not None:
        try:
            named["aim"] = aimed(aim)
        except ValueError as error:
            raise Misused(str(error), "say that name, or your own aim in more than one word") from None
    if step is not None:
        named["step"] = step
    if request.by is not None:
        named["due"] = _ahead(request.by, "--by", desk)
    if request.review is not None:
        named["review"] = _ahead(request.review, "--review", desk)
    return named


def _refuse_idle_day(named: Mapping[str, Any], step: str) -> None:
    """A day is that of the step named, else of the `step` there is. Raises Misused where there is none."""
    if named.get("due") is not None and not named.get("step", step):
        raise Misused("--by is the day of a step, and there is none", 'say it: --next "ask what they plan for spring"')


def _words(text: str | None, option: str) -> str | None:
    """The words of an option in one line, None where it was not given. Raises Misused."""
    if text is None:
        return None
    if not storable(text):
        raise Misused("that text holds a NUL or half a character, which no book can keep", "remove it")
    if not one_line(text):
        raise Misused(f"{option} is empty", "say what is meant, or leave it out; relcli plan clear ends a plan")
    return one_line(text)


def _note(text: str) -> str:
    if not storable(text):
        raise Misused("that note holds a NUL or half a character, which no book can keep", "remove it")
    return many_lines(text)


def _ahead(text: str | None, option: str, desk: Desk) -> date:
    """A day to come, or today. Raises Misused."""
    found = moment(text, desk.book.zone, now=desk.now, dates=desk.settings.dates, forward=True).day
    if found < desk.today:
        raise Misused(f"{option} {found.isoformat()} is over", 'name a day to come: 2026-12-24, "next friday", "in 3 weeks"')
    return found
