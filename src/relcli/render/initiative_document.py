"""The results of an initiative for programs: the figures as a document, the people as rows."""

from __future__ import annotations

from typing import Any

from relcli.actions.initiatives.results import InitiativeResults, Measured
from relcli.health.statistics.effect import CONFIDENCE, Effect
from relcli.render.initiative_results import notes, sentence
from relcli.render.rows import EFFECTS, Cell, Fine, Rows


def document(results: InitiativeResults, *, most: int | None = None) -> dict[str, Any]:
    """The figures and the first `most` people, for programs."""
    one = results.initiative
    return {
        "initiative": {
            "name": one.name, "hypothesis": one.hypothesis, "outcome": one.outcome.value, "from": one.begins.isoformat(),
            "until": one.until.isoformat() if one.until else None, "stopped": one.stopped.isoformat() if one.stopped else None,
            "cost": one.cost.amount if one.cost else None, "currency": one.cost.currency if one.cost else None,
        },
        "as_of": results.today.isoformat(),
        "window": [day.isoformat() for day in results.window],
        "earlier": [day.isoformat() for day in results.earlier] if results.earlier else None,
        "verdict": results.verdict.value,
        "sentence": sentence(results),
        "unit": results.unit,
        "groups": [
            {"group": s.group.value, "n": s.count, "before": _fine(s.before), "after": _fine(s.after)} for s in results.sides
        ],
        "effect": _figures(results.effect),
        "difference_in_differences": _figures(results.plain),
        "cost_per_point": _fine(results.cost_per_point),
        "other_currencies": [{"amount": money.amount, "currency": money.currency} for money in results.others],
        "notes": notes(results),
        "people": list(rows(results, most=most).mappings()),
    }  # fmt: skip


def rows(results: InitiativeResults, *, most: int | None = None) -> Rows:
    """A row a person, the first `most` of them; a before or after that is unknown is empty."""
    return Rows(EFFECTS, tuple(_row(person) for person in results.people[:most]))


def _figures(found: Effect | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "value": Fine(found.value), "low": None if found.uniform else _fine(found.low),
        "high": None if found.uniform else _fine(found.high), "confidence": CONFIDENCE,
        "slope": Fine(found.slope),
    }  # fmt: skip


def _fine(figure: float | None) -> Fine | None:
    return None if figure is None else Fine(figure)


def _row(person: Measured) -> tuple[Cell, ...]:
    mine = person.enrolment
    return (
        person.contact.id, person.contact.name, mine.group.value, mine.seed is not None, mine.day.isoformat(), person.before,
        person.after, person.change, person.counted,
    )  # fmt: skip
