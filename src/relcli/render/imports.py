"""An import in words, on a page, and as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from relcli.actions.imports.outcome import TWICE, Imported, Judged, Verdict
from relcli.domain.wording import counted
from relcli.exchange.columns import COLUMNS
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Style, Words
from relcli.render.rows import Rows

_PREVIEW = 5
_SHOWN = 15
_LISTED = 20
_CHANGED = 5
_CUT = 40
_STYLES: dict[Verdict, Style] = {
    Verdict.NEW: "good",
    Verdict.CHANGED: "fair",
    Verdict.LEFT_OUT: "fair",
    Verdict.REFUSED: "bad",
}


def told(result: Imported) -> str:
    """What became of every row, in one line: `24 rows: 20 new, 3 known, 1 changed (not taken: the book says otherwise)`."""
    parts = [f"{new} new"] if (new := result.count(Verdict.NEW)) else []
    if known := result.of(Verdict.KNOWN):
        twice = sum(row.why.startswith(TWICE) for row in known)
        parts.append(f"{len(known)} known" + (f" ({twice} of them {TWICE})" if twice else ""))
    if changed := result.count(Verdict.CHANGED):
        parts.append(f"{changed} changed (not taken: the book says otherwise)")
    parts += [f"{len(lines)} left out ({rule})" for rule, lines in result.left_out.items()]
    if refused := result.count(Verdict.REFUSED):
        parts.append(f"{refused} refused")
    line = f"{counted(len(result.judged), 'row')}: {', '.join(parts)}" if parts else "0 rows"
    if strangers := result.new_contacts:
        line += f"; added {counted(strangers, 'contact')} they " + (
            "refer to" if result.table.noun == "contacts" else "are about"
        )
    return line


def _word(verdict: Verdict) -> str:
    return verdict.value.replace("_", " ")


def unused(result: Imported) -> list[str]:
    """The columns of the file that were passed over, in a line; nothing where there were none."""
    names = ", ".join(f'"{title[:_CUT]}"' for title in result.table.unused)
    return [f"columns not used: {names}"] if names else []


def listed(result: Imported) -> list[str]:
    """The rows that were refused, a line each, the first twenty."""
    return _lines(result.refused, _LISTED)


def changed(result: Imported) -> list[str]:
    """The rows that say something else than the book, and what, a line each, the first few."""
    return _lines(result.of(Verdict.CHANGED), _CHANGED)


def _lines(judged: Sequence[Judged], most: int) -> list[str]:
    lines = [f"line {row.line}: {row.why}" for row in judged[:most]]
    return lines + ([f"and {len(judged) - most} more: --format csv lists every row"] if len(judged) > most else [])


def page(result: Imported) -> Page:
    """The first rows as they are understood, and the verdicts; of a long file those that need attention."""
    table = result.table
    head = [Column("line", "right"), *(Column(name, folds=True) for name in table.columns)]
    first = [[Cell(str(line), "dim"), *(Cell(_short(cell)) for cell in cells)] for line, cells in table.rows[:_PREVIEW]]
    judged = result.judged
    if len(judged) > _SHOWN:
        judged = tuple(row for row in judged if row.verdict in (Verdict.REFUSED, Verdict.CHANGED, Verdict.LEFT_OUT))
    verdicts = [
        [Cell(str(row.line), "dim"), Cell(_word(row.verdict), _STYLES.get(row.verdict, "")), Cell(row.why)]
        for row in judged[:_SHOWN]
    ]
    blocks: list[Block] = [Heading(f"{table.name} as {table.noun}", counted(table.size, "row")), Grid(head, first)]
    if verdicts:
        blocks += [Gap(), Grid([Column("line", "right"), Column("verdict"), Column("why", folds=True)], verdicts)]
    rest = len(result.judged) - len(verdicts)
    if rest:
        blocks += [Gap(), Words(f"{told(result)}; --format csv lists every row", "dim")]
    return Page(blocks)


def rows(result: Imported) -> Rows:
    """Every row of the file: its line, the verdict, why, and the row under our column names."""
    columns = COLUMNS[result.table.noun]
    records = dict(result.table.records())
    cells = tuple(
        (judged.line, judged.verdict.value, judged.why, *(records.get(judged.line, {}).get(column) for column in columns))
        for judged in result.judged
    )
    return Rows(("line", "verdict", "why", *columns), cells)


def document(result: Imported, *, dry_run: bool) -> dict[str, Any]:
    """The counts, the bad rows and, of a dry run, every row."""
    counts = {verdict.value: result.count(verdict) for verdict in Verdict}
    return {
        "noun": result.table.noun,
        "rows_read": len(result.judged),
        **counts,
        "left_out_by": {rule: len(lines) for rule, lines in result.left_out.items()},
        "contacts_added": result.new_contacts,
        "batch": result.batch.number if result.batch and not dry_run else None,
        "dry_run": dry_run,
        "columns_not_used": list(result.table.unused),
        "bad_rows": [_line(row) for row in result.refused],
        "changed_rows": [_line(row) for row in result.of(Verdict.CHANGED)],
        **({"rows": list(rows(result).mappings())} if dry_run else {}),
    }


def _line(row: Judged) -> dict[str, Any]:
    return {"line": row.line, "why": row.why}


def _short(cell: str) -> str:
    return cell if len(cell) <= _CUT else cell[: _CUT - 1] + "…"
