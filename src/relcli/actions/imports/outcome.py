"""What became of each row of a file, and the refusal of those that are bad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from relcli.domain.batch import Batch
from relcli.errors import InputRefused
from relcli.exchange.columns import Table

Progress = Callable[[str, int, int], None]  # what is being done, rows done, rows in all
_NAMED = 3  # bad rows named in a refusal
_LONGEST = 160  # characters of a reason


class Verdict(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    KNOWN = "known"
    DIFFERS = "differs"
    FORGOTTEN = "forgotten"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """One row: the line it begins on, what becomes of it, and why where that is not plain."""

    line: int
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """A whole file: its rows as they were understood, a verdict for each, and how many contacts `--add` made."""

    table: Table
    judged: tuple[Judged, ...]
    new_contacts: int
    batch: Batch | None

    def count(self, verdict: Verdict) -> int:
        """How many rows had this verdict."""
        return sum(row.verdict is verdict for row in self.judged)

    @property
    def refused(self) -> tuple[Judged, ...]:
        """The bad rows, in the order of the file."""
        return tuple(row for row in self.judged if row.verdict is Verdict.REFUSED)


class RowsRefused(InputRefused):
    """Some rows cannot be taken, so none was."""


class RowBad(Exception):  # not an error of the program: it becomes a verdict
    """Why one row cannot be taken; never leaves the import."""


def bad(line: int, reason: Exception | str) -> Judged:
    """The verdict on a bad row."""
    text = " ".join(str(reason).split())
    return Judged(line, Verdict.REFUSED, text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


def forgotten(line: int) -> Judged:
    """The verdict on a row of somebody who was forgotten."""
    return Judged(line, Verdict.FORGOTTEN, "of somebody who was forgotten")


def refusal(table: Table, refused: Sequence[Judged]) -> RowsRefused:
    """The error that names how many rows are bad, and the first of them."""
    few = "; ".join(f"line {row.line}: {row.why}" for row in refused[:_NAMED])
    more = f"; and {len(refused) - _NAMED} more" if len(refused) > _NAMED else ""
    rows = len(table.rows)
    good = "" if len(refused) == rows else " (--keep-good takes the others)"
    return RowsRefused(
        f"{len(refused)} of {rows} rows of {table.name} cannot be taken, nothing was written: {few}{more}", good.strip(" ()")
    )


def insist(table: Table, refused: Sequence[Judged], *, keep_good: bool, dry_run: bool) -> None:
    """Raise the refusal unless the good rows are to be kept and there are some, or nothing is written anyway."""
    if refused and not dry_run and not (keep_good and len(refused) < len(table.rows)):
        raise refusal(table, refused)
