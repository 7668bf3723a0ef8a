"""Circumstances in a line, on a page, and as a document."""

from __future__ import annotations

from typing import Any

from relcli.actions.circumstances import CircumstancesListed, CircumstancesWritten, Outlook
from relcli.domain.circumstance import Circumstance
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Words
from relcli.render.rows import circumstance_rows


def written(result: CircumstancesWritten) -> str:
    """One line: what was understood."""
    [one] = result.circumstances
    return f"noted {one.id}: {one.factor.value} of {result.names.get(one.contact, one.contact)}, {_rated(one)}, {one.day}"


def removed(result: CircumstancesWritten) -> str:
    """One line: what was removed, or how many and which."""
    if len(result.circumstances) > 1:
        return f"removed {len(result.circumstances)} circumstances: {' '.join(c.id for c in result.circumstances)}"
    [one] = result.circumstances
    return f"removed {one.id}: {one.factor.value} of {result.names.get(one.contact, one.contact)}, {_rated(one)}"


def listed(result: CircumstancesListed) -> Page:
    """The factors of each contact, and how much both sides need each other."""
    columns = [Column("factor"), Column("theirs", "right"), Column("ours", "right"), Column("note", folds=True), Column("since"),
               Column("id")]  # fmt: skip
    blocks: list[Block] = []
    for outlook in result.outlooks:
        theirs = [one for one in result.circumstances if one.contact == outlook.contact]
        if theirs:
            blocks += [Gap()] if blocks else []
            blocks += [Heading(result.names[outlook.contact], outlook.contact), Grid(columns, [_cells(one) for one in theirs])]
            blocks += [Words(line, "label") for line in _lines(outlook)]
    return Page(blocks)


def document(result: CircumstancesListed) -> dict[str, Any]:
    """The public columns as keys, and the dependence of both sides."""
    return {
        "circumstances": list(circumstance_rows(result.circumstances, result.names).mappings()),
        "dependence": [
            {
                "contact": outlook.contact,
                "contact_name": result.names[outlook.contact],
                "theirs": outlook.dependence.theirs,
                "ours": outlook.dependence.ours,
                "balance": outlook.dependence.balance,
                "suggestion": outlook.suggestion or None,
            }
            for outlook in result.outlooks
        ],
    }


def _lines(outlook: Outlook) -> list[str]:
    theirs, ours, balance = outlook.dependence.theirs, outlook.dependence.ours, outlook.dependence.balance
    if theirs is None and ours is None:
        return []
    told = f"dependence: theirs {_figure(theirs)}, ours {_figure(ours)}"
    if balance is not None:
        more = "both alike" if balance == 0 else f"{'they need us' if balance > 0 else 'we need them'} more"
        told += f", balance {balance:+.1f} ({more})" if balance else f", balance 0 ({more})"
    return [told, *([f"they never said how close they want it: {outlook.suggestion}"] if outlook.suggestion else [])]


def _figure(value: float | None) -> str:
    return "not rated" if value is None else f"{value:.1f}"


def _rated(one: Circumstance) -> str:
    parts = [f"{side} {rating}" for side, rating in (("theirs", one.theirs), ("ours", one.ours)) if rating is not None]
    return ", ".join(parts) or "a note"


def _cells(one: Circumstance) -> list[Cell]:
    return [
        Cell(one.factor.value, "name"),
        Cell("" if one.theirs is None else str(one.theirs)),
        Cell("" if one.ours is None else str(one.ours)),
        Cell(one.note),
        Cell(one.day.isoformat(), "dim"),
        Cell(one.id, "dim"),
    ]
