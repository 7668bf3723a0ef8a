"""Everything about one person, for their eyes and for programs."""

from __future__ import annotations

from typing import Any

from relcli.actions.dossiers import Dossier
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words

_TITLES = {
    "works_for": "Who works for whom",
    "referral": "Who introduced whom",
    "interaction": "Interactions",
    "transaction": "Transactions",
}


def document(dossier: Dossier) -> dict[str, Any]:
    """All of it, noun by noun, with the journal and the batches."""
    contact = _contact(dossier)
    others = {noun: found for noun, found in dossier.records.items() if noun != "contact"}
    return {
        "made": dossier.made.isoformat(),
        "others_masked": dossier.masked,
        "contact": contact,
        **others,
        "journal": dossier.journal,
        "batches": dossier.batches,
    }


def page(dossier: Dossier) -> Page:
    """The same on a page: the person, their records, and what was written when."""
    contact = _contact(dossier)
    blocks: list[Block] = [
        Heading(f"What we hold about {dossier.contact.name}", dossier.made.date().isoformat()),
        Facts([(name.replace("_", " "), Cell(_text(value))) for name, value in contact.items()]),
    ]
    for noun, found in dossier.records.items():
        if noun != "contact" and found:
            blocks += [Gap(), Heading(_TITLES.get(noun, noun.replace("_", " "))), _grid(found)]
    if dossier.journal:
        blocks += [
            Gap(),
            Heading("What it was before"),
            Words("kept so that a mistake can be taken back", "dim"),
            _grid(dossier.journal),
        ]
    if dossier.batches:
        blocks += [Gap(), Heading("What was written, and given to others"), _grid(dossier.batches)]
    return Page(blocks)


def _contact(dossier: Dossier) -> dict[str, Any]:
    """The record of the person; of one whom an undo took back only who it was, for the rest stands in the journal."""
    there = dossier.records["contact"]
    return there[0] if there else {"code": dossier.contact.id, "name": dossier.contact.name, "taken_back": True}


def _grid(records: list[dict[str, Any]]) -> Grid:
    columns = list(dict.fromkeys(name for record in records for name, value in record.items() if value is not None))
    rows = [[Cell(_text(record.get(name))) for name in columns] for record in records]
    return Grid([Column(name.replace("_", " "), folds=True) for name in columns], rows)


def _text(value: Any) -> str:  # any JSON value
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_text(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return str(value)
