"""What an initiative did: outcomes before and after, those enrolled beside those left alone, and how sure that is.

Outcomes are reckoned from the records as of the days in question, never stored.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from relcli.actions.assessments import Known, read_book
from relcli.actions.desk import Desk
from relcli.actions.initiatives.outcomes import Days, NothingToMeasure, outcomes, refuse_silence
from relcli.actions.initiatives.sales import Sales, sales_of
from relcli.actions.initiatives.starting import find_initiative
from relcli.domain.contact import Contact
from relcli.domain.initiative import Enrolment, Group, Initiative, Outcome, before
from relcli.domain.moment import day_number
from relcli.domain.money import Money
from relcli.domain.wording import day_in_words
from relcli.health.statistics.effect import Effect, effect
from relcli.store import initiatives
from relcli.text import quoted

_SCALE = 100.0  # of health and the components


class Verdict(StrEnum):
    """What may be said of an effect."""

    PROVEN = "proven"
    NOT_PROVEN = "not-proven"
    TOO_FEW = "too-few"
    ALIKE = "alike"
    BEFORE_AFTER = "before-after"


@dataclass(frozen=True, slots=True)
class Measured:
    """One person's outcome before and after, None where it is unknown; `counted` where it is in the figure."""

    contact: Contact
    enrolment: Enrolment
    before: float | None
    after: float | None
    counted: bool

    @property
    def change(self) -> float | None:
        """After less before; None where either is unknown."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Side:
    """One group in the figure: how many, and the mean outcome before and after (None of nobody)."""

    group: Group
    count: int
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class InitiativeResults:
    """What came of an initiative, as of today.

    `window` are the days that count as after, `earlier` those as before where the outcome is counted over days (else
    None: it is that of the day before the window). `effect` and `plain` (the difference in differences) are None without
    enough people drawn by lot. Sales are in `currency`; `others` are sums in other ones, which are not in it. `cost_per_point` is
    the cost of one unit of the outcome for one person, None without a gain.
    """

    initiative: Initiative
    today: date
    window: Days
    earlier: Days | None
    people: tuple[Measured, ...]
    sides: tuple[Side, ...]
    verdict: Verdict
    effect: Effect | None
    plain: Effect | None
    unit: str
    currency: str
    others: tuple[Money, ...]
    cost_per_point: float | None

    @property
    def by_lot(self) -> bool:
        """Whether there is a group drawn by lot to compare with."""
        return any(one.enrolment.group is Group.COMPARISON for one in self.people)

    @property
    def unknown(self) -> int:
        """How many have no known outcome before or after."""
        return sum(one.change is None for one in self.people)

    @property
    def undrawn(self) -> int:
        """How many came in without a lot, and so are in no figure, where there is one by lot."""
        return sum(one.enrolment.seed is None for one in self.people) if self.by_lot else 0


def initiative_results(name: str, desk: Desk) -> InitiativeResults:
    """What came of an initiative up to today, or to its end.

    Raises InitiativeNotFound; NothingToMeasure before it begins, while nobody is in it, and where nothing was recorded of
    them since.
    """
    with desk.book.reading() as connection:
        one = find_initiative(connection, name)
        if desk.today < one.begins:
            raise NothingToMeasure(
                f'"{one.name}" begins on {day_in_words(one.begins)}: there is nothing to measure yet', "ask again then"
            )
        enrolments = initiatives.enrolments(connection, one.number)
        if not enrolments:
            raise NothingToMeasure(
                f'nobody is in "{one.name}"', f"relcli initiative enroll {quoted(one.name)} WHO... --holdout 0.5"
            )
        window = one.window(desk.today)
        known = read_book(connection, desk, until=day_number(window[1]))
        places = _places(known, enrolments)
        refuse_silence(known, list(places.values()), one, window)
        sales = sales_of(connection, desk, known, places, window) if one.outcome is Outcome.SALES else None
        return _results(one, enrolments, known, places, window, sales, desk)


def _results(
    one: Initiative,
    enrolments: Sequence[Enrolment],
    known: Known,
    places: Mapping[str, int],
    window: Days,
    sales: Sales | None,
    desk: Desk,
) -> InitiativeResults:
    then, now = sales.outcomes(places) if sales else outcomes(known, one.outcome, window)
    by_lot = any(enrolment.group is Group.COMPARISON for enrolment in enrolments)
    people = tuple(
        _measured(known.contacts[places[e.contact]], e, then[places[e.contact]], now[places[e.contact]], by_lot=by_lot)
        for e in sorted(enrolments, key=lambda e: e.contact)
    )
    counted = [one for one in people if one.counted]
    sides = tuple(_side(group, counted) for group in (Group if by_lot else (Group.ENROLLED,)))
    found, plain = _effects(counted, one.outcome) if by_lot else (None, None)
    return InitiativeResults(
        initiative=one,
        today=desk.today,
        window=window,
        earlier=before(window) if one.outcome in (Outcome.SIGNS, Outcome.SALES) else None,
        people=tuple(sorted(people, key=lambda p: (p.enrolment.group, p.contact.name, p.contact.id))),
        sides=sides,
        verdict=_verdict(found, by_lot=by_lot),
        effect=found,
        plain=plain,
        unit=_unit(one.outcome, sales),
        currency=sales.currency if sales else "",
        others=sales.others if sales else (),
        cost_per_point=_cost(one, found, people, sales),
    )


def _places(known: Known, enrolments: Sequence[Enrolment]) -> dict[str, int]:
    wanted = {enrolment.contact for enrolment in enrolments}
    return {contact.id: place for place, contact in enumerate(known.contacts) if contact.id in wanted}


def _measured(contact: Contact, enrolment: Enrolment, then: float, now: float, *, by_lot: bool) -> Measured:
    whole = not (math.isnan(then) or math.isnan(now))
    return Measured(
        contact,
        enrolment,
        None if math.isnan(then) else float(then),
        None if math.isnan(now) else float(now),
        counted=whole and (enrolment.seed is not None or not by_lot),
    )


def _side(group: Group, counted: Sequence[Measured]) -> Side:
    mine = [one for one in counted if one.enrolment.group is group]
    return Side(group, len(mine), _mean([one.before for one in mine]), _mean([one.after for one in mine]))


def _mean(figures: Sequence[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return math.fsum(known) / len(known) if known else None


def _effects(counted: Sequence[Measured], outcome: Outcome) -> tuple[Effect | None, Effect | None]:
    """The effect, and the difference in differences."""
    then = [one.before or 0.0 for one in counted]
    now = [one.after or 0.0 for one in counted]
    lots = {
        lot: number for number, lot in enumerate(sorted({(one.enrolment.seed or 0, one.enrolment.stratum) for one in counted}))
    }
    strata = [lots[one.enrolment.seed or 0, one.enrolment.stratum] for one in counted]
    enrolled = [one.enrolment.group is Group.ENROLLED for one in counted]
    span = _span(outcome, [*then, *now])
    return (
        effect(then, now, enrolled, strata, span=span),
        effect(then, now, enrolled, strata, span=span, slope=1.0),
    )


def _span(outcome: Outcome, seen: Sequence[float]) -> float:
    """The width of the scale; of sales, which have none, that of what was seen."""
    if outcome is Outcome.SIGNS:
        return 1.0
    if outcome is Outcome.SALES:
        return max(seen, default=0.0) - min(seen, default=0.0) or 1.0
    return _SCALE


def _cost(one: Initiative, found: Effect | None, people: Sequence[Measured], sales: Sales | None) -> float | None:
    """What a unit of the outcome cost; None without a cost or a gain, and where the two are in different currencies."""
    if found is None or found.value <= 0.0 or one.cost is None or (sales and sales.currency != one.cost.currency):
        return None
    enrolled = sum(person.enrolment.group is Group.ENROLLED for person in people)
    return float(one.cost.amount) / (found.value * enrolled)


def _verdict(found: Effect | None, *, by_lot: bool) -> Verdict:
    if not by_lot:
        return Verdict.BEFORE_AFTER
    if found is None:
        return Verdict.TOO_FEW
    if found.low is None:
        return Verdict.ALIKE
    return Verdict.PROVEN if found.proven else Verdict.NOT_PROVEN


def _unit(outcome: Outcome, sales: Sales | None) -> str:
    """What one of the outcome is called."""
    if sales:
        return sales.currency
    return "person who came back" if outcome is Outcome.SIGNS else f"point of {outcome.value}"
