"""A merge in words, on a page, as a document."""

from __future__ import annotations

from typing import Any

from relcli.actions.merging import MergePlan
from relcli.domain.wording import in_short
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Words


def told(plan: MergePlan) -> str:
    """What was done, in one line."""
    told = "; ".join(text for text in (_moves(plan), *_shut(plan)) if text)
    return f"merged {plan.gone.name} ({plan.gone.id}) into {plan.merged.name} ({plan.into.id})" + (f": {told}" if told else "")


def question(plan: MergePlan) -> list[str]:
    """The plan in a few lines, and what is asked."""
    lines = [f"{c.field}: {c.into} | {c.gone} -> {c.kept}" for c in plan.conflicts if c.field != "note"]
    return [*lines, *_shut(plan), f"merge {plan.gone.name} ({plan.gone.id}) into {plan.into.name} ({plan.into.id})?"]


def page(plan: MergePlan) -> Page:
    """Both values of every field in which the two differ, which is kept, and how much moves."""
    blocks: list[Block] = [Heading(f"{plan.gone.name} ({plan.gone.id}) goes into {plan.into.name} ({plan.into.id})")]
    if plan.conflicts:
        columns = [
            Column("field"),
            Column(plan.into.id, folds=True),
            Column(plan.gone.id, folds=True),
            Column("kept", folds=True),
        ]
        rows = [[Cell(c.field, "label"), Cell(c.into), Cell(c.gone), Cell(c.kept, "name")] for c in plan.conflicts]
        blocks += [Grid(columns, rows), Gap()]
    blocks += [Words(line) for line in _shut(plan)]
    moves = _moves(plan)
    blocks.append(Words(f"moves: {moves}" if moves else "no records move", "dim"))
    return Page(blocks)


def document(plan: MergePlan) -> dict[str, Any]:
    """The same for programs."""
    return {
        "into": plan.into.id,
        "gone": plan.gone.id,
        "conflicts": [{"field": c.field, "into": c.into, "gone": c.gone, "kept": c.kept} for c in plan.conflicts],
        "moved": dict(plan.moved),
        "do_not_contact": [wish.id for wish in plan.shut],
        "note": plan.merged.note or None,
    }


def _moves(plan: MergePlan) -> str:
    """`2 interactions, 1 preference`; what there is none of is left out."""
    return ", ".join(f"{count} {_noun(noun, count)}" for noun, count in plan.moved.items() if count)


def _noun(plural: str, count: int) -> str:
    word = plural.replace("_", " ")
    return word.removesuffix("s") if count == 1 and plural != "works_for" else word


def _shut(plan: MergePlan) -> list[str]:
    """A line for each do-not-contact that comes onto the contact that stays."""
    return [f"{plan.merged.name} now wants {in_short(wish)} ({wish.id})" for wish in plan.shut]
