"""The book described."""

from __future__ import annotations

from typing import Any

from relcli.actions.book_settings import BookSet
from relcli.actions.books import BookInfo, BookMade, History
from relcli.domain.batch import Batch
from relcli.domain.currency import NO_CURRENCY
from relcli.domain.wording import counted
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


def init(result: BookMade, *, dry_run: bool) -> list[str]:
    """The answer to `book init`."""
    if result.made and not dry_run:
        return begun(result)
    there = "would have made a new book at" if result.made else "there is a book already at"
    return [f"{there} {result.where}: {binding(result.currency, result.timezone)}"]


def begun(result: BookMade) -> list[str]:
    """What to say of a new book: where it is, what binds it, how to change that."""
    return [
        f"Made a new book at {result.where}: {binding(result.currency, result.timezone)}.",
        "Change that with: relcli book set --currency CODE --timezone ZONE",
    ]


def binding(currency: str, timezone: str) -> str:
    """`amounts in EUR, days in Europe/Berlin`."""
    return f"{'no currency set' if currency == NO_CURRENCY else f'amounts in {currency}'}, days in {timezone}"


def changed(result: BookSet, *, dry_run: bool) -> list[str]:
    """What binds the book now, and what that means for what is in it."""
    would = "Would set: " if dry_run else "Set: "
    now = binding(result.currency, result.timezone)
    if result.batch is None and not dry_run:
        return [f"The book is set so already: {now}"]
    batch = f" (batch {result.batch.number})" if result.batch and not dry_run else " (dry run: nothing was written)"
    lines = [f"{would}{now}{batch}"]
    currency, zone = result.before
    if result.given:
        one = "1 amount without a currency is" if result.given == 1 else f"{result.given} amounts without a currency are"
        lines.append(f"{one} in {result.currency} now")
    elif currency not in (NO_CURRENCY, result.currency):
        lines.append(f"amounts already logged keep their currency; new ones are in {result.currency}")
    if zone != result.timezone:
        kept = f" ({counted(result.kept, 'record')} would be on another day in {result.timezone})" if result.kept else ""
        lines.append(f"days already logged stay as they are{kept}")
    return lines


def changed_document(result: BookSet) -> dict[str, Any]:
    """The same for programs."""
    return {
        "book": result.where,
        "timezone": result.timezone,
        "currency": result.currency,
        "amounts_given_currency": result.given,
        "days_kept": result.kept,
        "batch": result.batch.number if result.batch else None,
    }


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
