"""The book described."""

from __future__ import annotations

from typing import Any

from relcli.actions.books import BookInfo
from relcli.domain.money import NO_CURRENCY
from relcli.render.page import Cell, Facts, Heading, Page


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
