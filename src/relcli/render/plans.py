"""Plans in a line, on a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from relcli.actions.plans import PlansListed, PlanWritten
from relcli.domain.plan import AimKind, Plan
from relcli.render.page import Cell, Column, Grid, Page


def written(result: PlanWritten) -> str:
    """One line: what was understood."""
    return f"planned for {result.contact.name}: {in_words(result.plan)} ({result.plan.id})"


def reviewed(result: PlanWritten) -> str:
    """One line: what holds after the review."""
    return f"reviewed the plan for {result.contact.name}: {in_words(result.plan)} ({result.plan.id})"


def cleared(result: PlanWritten) -> str:
    """One line: what was ended."""
    return f"cleared the plan for {result.contact.name}: {in_words(result.plan)} ({result.plan.id})"


def in_words(plan: Plan, said: Callable[[date], str] = date.isoformat) -> str:
    """`aim advocate; next: ask her for a referral, by 2026-12-03; review 2027-02-01`; `said` writes a day."""
    parts = [f"aim {plan.aim}" if plan.aim_kind is not AimKind.WORDS else f"aim: {plan.aim}"] if plan.aim else []
    if plan.due is not None:
        parts.append(f"next: {plan.step}, by {said(plan.due)}")
    if plan.review is not None:
        parts.append(f"review {said(plan.review)}")
    return "; ".join(parts)


def listed(result: PlansListed) -> Page:
    """A line a plan; of every version also what the review found, when it was set and until when it held."""
    below = result.every
    columns = [
        Column("who", folds=True),
        Column("aim", folds=True),
        Column("next", folds=True, below=below),
        Column("by"),
        Column("review"),
    ]
    columns += [Column("note", folds=True, below=True), Column("set"), Column("until")] if result.every else []
    return Page([Grid([*columns, Column("id")], [_line(plan, result) for plan in result.plans])])


def document(plan: Plan) -> dict[str, Any]:
    """A plan within a document about its contact."""
    return {
        "id": plan.id,
        "aim": plan.aim or None,
        "aim_kind": plan.aim_kind.value if plan.aim_kind else None,
        "next": plan.step or None,
        "by": plan.due.isoformat() if plan.due else None,
        "review": plan.review.isoformat() if plan.review else None,
        "note": plan.note or None,
        "at": plan.day.isoformat(),
    }


def _line(plan: Plan, result: PlansListed) -> list[Cell]:
    cells = [
        Cell(result.names.get(plan.contact, plan.contact), "name"),
        Cell(f"{plan.aim} (reached)", "good") if plan.id in result.reached else Cell(plan.aim),
        Cell(plan.step),
        _when(plan.due, result),
        _when(plan.review, result),
    ]
    if result.every:
        cells += [Cell(plan.note), Cell(plan.day.isoformat(), "dim"), Cell(plan.until.isoformat() if plan.until else "", "dim")]
    return [*cells, Cell(plan.id, "dim")]


def _when(day: date | None, result: PlansListed) -> Cell:
    if day is None:
        return Cell("")
    return Cell(day.isoformat(), "bad" if day < result.day and not result.every else "")
