"""An import in words, on a page, and as rows."""

from __future__ import annotations

from typing import Any

from relcli.actions.imports.outcome import Imported, Judged, Verdict
from relcli.domain.wording import counted
from relcli.exchange.columns import COLUMNS
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Style, Words
from relcli.render.rows import Rows

_PREVIEW = 5
_SHOWN = 15
_LISTED = 20
_CUT = 40
_STYLES: dict[Verdict, Style] = {
    Verdict.ADDED: "good",
    Verdict.DIFFERS: "fair",
    Verdict.FORGOTTEN: "fair",
    Verdict.REFUSED: "bad",
}


def told(result: Imported) -> str:
    """What was done, in one line: `added 24 interactions and 3 contacts, 12 known, 1 differs`."""
    noun, new = result.table.noun, result.new_contacts
    added = result.count(Verdict.ADDED)
    strangers = f"{new} they refer to" if noun == "contacts" else counted(new, "contact")
    more = f" and {strangers}" if new else ""
    first = f"added {counted(added, noun.removesuffix('s'))}{more}" if added or new else "0 added"
    others = [f"{n} {v}" for v in (Verdict.KNOWN, Verdict.DIFFERS, Verdict.REFUSED) if (n := result.count(v))]
    gone = result.count(Verdict.FORGOTTEN)
    skipped = [f"{counted(gone, 'row')} of forgotten people skipped"] if gone else []
    return ", ".join([first, *others, *skipped])


def unused(result: Imported) -> list[str]:
    """The columns of the file that were passed over, in a line; nothing where there were none."""
    names = ", ".join(f'"{title[:_CUT]}"' for title in result.table.unused)
    return [f"columns not used: {names}"] if names else []


def listed(result: Imported) -> list[str]:
    """The rows that were not taken, a line each, the first twenty."""
    refused = result.refused
    lines = [f"line {row.line}: {row.why}" for row in refused[:_LISTED]]
    return lines + ([f"and {len(refused) - _LISTED} more: --format csv lists every row"] if len(refused) > _LISTED else [])


def page(result: Imported) -> Page:
    """The first rows as they are understood, and the verdicts; of a long file those that need attention."""
    table = result.table
    head = [Column("line", "right"), *(Column(name, folds=True) for name in table.columns)]
    first = [[Cell(str(line), "dim"), *(Cell(_short(cell)) for cell in cells)] for line, cells in table.rows[:_PREVIEW]]
    judged = result.judged
    if len(judged) > _SHOWN:
        judged = tuple(row for row in judged if row.verdict in (Verdict.REFUSED, Verdict.DIFFERS, Verdict.FORGOTTEN))
    verdicts = [[Cell(str(r.line), "dim"), Cell(r.verdict, _STYLES.get(r.verdict, "")), Cell(r.why)] for r in judged[:_SHOWN]]
    blocks: list[Block] = [Heading(f"{table.name} as {table.noun}", counted(len(table.rows), "row")), Grid(head, first)]
    if verdicts:
        blocks += [Gap(), Grid([Column("line", "right"), Column("verdict"), Column("why", folds=True)], verdicts)]
    rest = len(result.judged) - len(verdicts)
    if rest:
        blocks += [Gap(), Words(f"{told(result)}; --format csv lists every row", "dim")]
    return Page(blocks)


def rows(result: Imported) -> Rows:
    """Every row of the file: its line, the verdict, why, and the row under our column names."""
    columns = COLUMNS[result.table.noun]
    cells = tuple(
        (judged.line, judged.verdict.value, judged.why, *(record.get(column) for column in columns))
        for judged, (_, record) in zip(result.judged, result.table.records(), strict=True)
    )
    return Rows(("line", "verdict", "why", *columns), cells)


def document(result: Imported, *, dry_run: bool) -> dict[str, Any]:
    """The counts, the bad rows and, of a dry run, every row."""
    counts = {verdict.value: result.count(verdict) for verdict in Verdict}
    return {
        "noun": result.table.noun,
        **counts,
        "contacts_added": result.new_contacts,
        "batch": result.batch.number if result.batch and not dry_run else None,
        "dry_run": dry_run,
        "columns_not_used": list(result.table.unused),
        "bad_rows": [_bad(row) for row in result.refused],
        **({"rows": list(rows(result).mappings())} if dry_run else {}),
    }


def _bad(row: Judged) -> dict[str, Any]:
    return {"line": row.line, "why": row.why}


def _short(cell: str) -> str:
    return cell if len(cell) <= _CUT else cell[: _CUT - 1] + "…"
