"""The book described."""

from __future__ import annotations

from typing import Any

from relcli.actions.books import BookInfo, BookMade, History
from relcli.domain.batch import Batch
from relcli.domain.currency import NO_CURRENCY
from relcli.render.page import Cell, Column, Facts, Grid, Heading, Page
from relcli.render.rows import Rows

BATCHES = ("batch", "at", "actor", "command", "rows", "undoes", "undone_by", "final", "handed_to")


def info(result: BookInfo) -> Page:
    """Where it is, its zone and currency, and how much it holds."""
    currency = "no currency set" if result.currency == NO_CURRENCY else result.currency
    newest = result.newest
    facts = [
        ("since", result.created.date().isoformat()),
        ("time zone", result.timezone),
        ("currency", currency),
        ("format", str(result.schema)),
        ("size", f"{result.size / 1024:.0f} KiB" if result.size is not None else ""),
        *((noun, str(count)) for noun, count in result.counts.items()),
        (
            "last write",
            f"batch {newest.number}, {newest.command}, {newest.at:%Y-%m-%d %H:%M} UTC, {newest.actor}" if newest else "",
        ),
    ]
    return Page([Heading(result.where), Facts([(label, Cell(text)) for label, text in facts if text])])


def made_document(result: BookMade) -> dict[str, Any]:
    """A book that was begun, for programs."""
    return {"book": result.where, "timezone": result.timezone, "currency": result.currency, "made": result.made}


def document(result: BookInfo) -> dict[str, Any]:
    """The same for programs."""
    newest = result.newest
    return {
        "book": result.where,
        "created": result.created.isoformat(),
        "timezone": result.timezone,
        "currency": result.currency,
        "schema": result.schema,
        "size": result.size,
        "counts": result.counts,
        "last_batch": None if newest is None else {"number": newest.number, "at": newest.at.isoformat(), "actor": newest.actor, "command": newest.command, "rows": newest.rows},
    }  # fmt: skip


def history(result: History) -> Page:
    """A line a batch, newest first."""
    columns = [
        Column("batch", "right"),
        Column("when (UTC)"),
        Column("who"),
        Column("command"),
        Column("rows", "right"),
        Column("", folds=True),
    ]
    rows = [
        [
            Cell(str(b.number)), Cell(f"{b.at:%Y-%m-%d %H:%M}", "label"), Cell(b.actor), Cell(b.command), Cell(str(b.rows)), Cell(_state(b), "dim"),
        ]
        for b in result.batches
    ]  # fmt: skip
    return Page([Grid(columns, rows)])


def history_rows(result: History) -> Rows:
    """The same under public columns."""
    return Rows(
        BATCHES,
        tuple(
            (b.number, b.at.isoformat(), b.actor, b.command, b.rows, b.undoes, b.undone_by, b.final or None, b.handed_to or None)
            for b in result.batches
        ),
    )


def _state(b: Batch) -> str:
    said = [
        f"undid {b.undoes}" if b.undoes else "",
        f"undone by {b.undone_by}" if b.undone_by else "",
        b.final,
        f"for {b.handed_to}" if b.handed_to else "",
    ]
    return ", ".join(text for text in said if text)
