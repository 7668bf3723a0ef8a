"""Survey answers that were brought in: in a line, on a page, and as rows."""

from __future__ import annotations

from typing import Any

from relcli.actions.imports.judging import Arrived
from relcli.actions.imports.responses import ResponsesImported
from relcli.actions.imports.told import Fate
from relcli.domain.wording import counted
from relcli.render.page import Cell, Column, Grid, Heading, Page, Style, Words
from relcli.render.rows import Rows

COLUMNS = ("place", "file", "verdict", "why", "sender", "contact", "contact_name", "response")
_LISTED, _UNHAPPY = 20, 5
_STYLES: dict[Fate, Style] = {
    Fate.ADDED: "good",
    Fate.STOPPED: "fair",
    Fate.CLAIMED: "fair",
    Fate.FORGED: "bad",
    Fate.UNMATCHED: "bad",
    Fate.REFUSED: "bad",
    Fate.BOUNCED: "bad",
}
_SAID = {
    Fate.KNOWN: "known",
    Fate.ANSWERED: "answered before",
    Fate.AUTOMATIC: "automatic",
    Fate.BOUNCED: "not delivered",
    Fate.EMPTY: "empty",
    Fate.FORGOTTEN: "of forgotten people",
    Fate.CLAIMED: "claimed, not proven",
    Fate.FORGED: "forged",
    Fate.UNMATCHED: "of nobody we know",
    Fate.REFUSED: "that cannot be read",
}


def told(result: ResponsesImported) -> str:
    """What was done, in one line: `added 7 answers to pulse, 2 automatic, 1 not delivered`."""
    added = result.count(Fate.ADDED)
    first = f"added {counted(added, 'answer')} to {result.survey}" if added else f"0 added to {result.survey}"
    stopped = result.count(Fate.STOPPED)
    parts = [first, f"{stopped} not to be asked again" if stopped else ""]
    parts += [f"{count} {said}" for fate, said in _SAID.items() if (count := result.count(fate))]
    parts += [f"{len(lines)} left out ({rule})" for rule, lines in result.left_out.items()]
    parts.append(f"{counted(result.others, 'message')} about something else" if result.others else "")
    return ", ".join(part for part in parts if part)


def unread(result: ResponsesImported) -> list[str]:
    """The columns that were passed over, and the items that no column answers."""
    names = ", ".join(f'"{title[:40]}"' for title in result.unused)
    lines = [f"columns not used: {names}"] if names else []
    return lines + ([f"not asked there: {', '.join(result.missing)}"] if result.missing else [])


def listed(result: ResponsesImported) -> list[str]:
    """What somebody has to look at, a line each, the first twenty."""
    lines = [
        f"{one.file or one.place}: {_who(one)}: {one.fate.value}" + (f", {one.why}" if one.why else "")
        for one in result.not_taken
    ]
    more = len(lines) - _LISTED
    by_hand = any(one.fate in (Fate.REFUSED, Fate.UNMATCHED, Fate.CLAIMED, Fate.FORGED) for one in result.not_taken)
    return [
        *lines[:_LISTED],
        *([f"and {more} more: --format csv lists every one"] if more > 0 else []),
        *([f"by hand: relcli survey record {result.survey} WHO"] if by_hand else []),
    ]


def unhappy(result: ResponsesImported) -> list[str]:
    """Those who are unhappy, a line each: something is to be promised, and kept."""
    people = [(one.contact, one.response) for one in result.arrived if one.unhappy and one.contact is not None]
    lines = [
        f"{contact.name} is unhappy ({response}): relcli promise add {contact.id} TEXT --by DATE" for contact, response in people
    ]
    more = len(lines) - _UNHAPPY
    return lines[:_UNHAPPY] + ([f"and {more} more: relcli agenda has them all"] if more > 0 else [])


def page(result: ResponsesImported) -> Page:
    """Every message or row, and what becomes of it."""
    columns = [Column("", "right"), Column("from", folds=True), Column("verdict"), Column("why", folds=True)]
    lines = [
        [
            Cell(one.file or str(one.place), "dim"),
            Cell(_who(one), "name"),
            Cell(one.fate.value, _STYLES.get(one.fate, "")),
            Cell(one.why),
        ]
        for one in result.arrived
    ]
    return Page(
        [Heading(f"{result.file} for {result.survey}", told(result)), Grid(columns, lines) if lines else Words("nothing")]
    )


def rows(result: ResponsesImported) -> Rows:
    """A row a message or row of the file; `place` is its number there, or its line."""
    return Rows(COLUMNS, tuple(_row(one) for one in result.arrived))


def document(result: ResponsesImported, *, dry_run: bool) -> dict[str, Any]:
    """The counts, and every message or row."""
    return {
        "survey": result.survey,
        **{fate.value: result.count(fate) for fate in Fate},
        "others": result.others,
        "batch": result.batch.number if result.batch and not dry_run else None,
        "dry_run": dry_run,
        "columns_not_used": list(result.unused),
        "items_missing": list(result.missing),
        "arrived": list(rows(result).mappings()),
    }


def _who(one: Arrived) -> str:
    return one.contact.name if one.contact else one.sender or "somebody"


def _row(one: Arrived) -> tuple[str | int | None, ...]:
    contact = one.contact
    return (
        one.place, one.file or None, one.fate.value, one.why, one.sender, contact.id if contact else None, contact.name if contact else None,
        one.response or None,
    )  # fmt: skip
