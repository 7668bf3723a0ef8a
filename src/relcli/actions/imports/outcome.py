"""What became of each row of a file, and the refusal of those that are bad.

Every row ends in exactly one verdict: rows = new + changed + known + left out + refused.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from relcli.domain.batch import Batch
from relcli.errors import InputRefused
from relcli.exchange.columns import Table

Progress = Callable[[str, int, int], None]  # what is being done, rows done, rows in all
_NAMED = 3  # bad rows named in a refusal
_LONGEST = 160  # characters of a reason
TWICE = "twice in the file"  # why the second of two equal rows of one identity is known


class Verdict(StrEnum):
    """What becomes of a row: CHANGED says something else than the book, which keeps what it holds; LEFT_OUT names a rule."""

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"
    LEFT_OUT = "left_out"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """One row: the line it begins on, what becomes of it, and why where that is not plain.

    `why` of a row left out is the rule, in words that follow "left out": rows are counted by it. `hint` says what to do.
    """

    line: int
    verdict: Verdict
    why: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """A whole file: its rows as they were understood, a verdict for each, and how many contacts `--add` made.

    `notes` say how the file was read, where that is not plain.
    """

    table: Table
    judged: tuple[Judged, ...]
    new_contacts: int
    batch: Batch | None
    notes: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many rows had this verdict."""
        return sum(row.verdict is verdict for row in self.judged)

    def of(self, verdict: Verdict) -> tuple[Judged, ...]:
        """The rows with this verdict, in the order of the file."""
        return tuple(row for row in self.judged if row.verdict is verdict)

    @property
    def refused(self) -> tuple[Judged, ...]:
        """The bad rows, in the order of the file."""
        return self.of(Verdict.REFUSED)

    @property
    def left_out(self) -> Mapping[str, tuple[int, ...]]:
        """Rule → the lines it left out, the rule of the first of them first."""
        found: dict[str, list[int]] = {}
        for row in self.of(Verdict.LEFT_OUT):
            found.setdefault(row.why, []).append(row.line)
        return {rule: tuple(lines) for rule, lines in found.items()}


class RowsRefused(InputRefused):
    """Some rows cannot be taken, so none was."""


class RowBad(Exception):  # not an error of the program: it becomes a verdict
    """Why one row cannot be taken, and what to do where that is not plain; never leaves the import."""

    def __init__(self, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.hint = hint


def bad(line: int, reason: Exception | str) -> Judged:
    """The verdict on a bad row."""
    text = " ".join(str(reason).split())
    hint = reason.hint if isinstance(reason, RowBad) else ""
    return Judged(line, Verdict.REFUSED, text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…", hint)


def uneven(table: Table) -> dict[int, Judged]:
    """The verdicts on the rows of another length than the header: bad rows like any other."""
    hint = "mend that line; a cell that holds the separator needs quotes around it"
    return {line: bad(line, RowBad(why, hint)) for line, why in table.uneven}


def left_out(line: int, rule: str) -> Judged:
    """The verdict on a row that a rule leaves out, in words: "removed on 3 Nov"."""
    return Judged(line, Verdict.LEFT_OUT, rule)


def forgotten(line: int) -> Judged:
    """The verdict on a row of somebody who was forgotten."""
    return left_out(line, "of somebody who was forgotten")


def contradictions(rows: Iterable[tuple[int, Hashable, object]], named: str, hint: str) -> dict[int, RowBad]:
    """Line → why it cannot be taken, for all rows of one identity whose content is not the same.

    Each row is its line, its identity (None where it has none) and its content; `named` is the column of the identity.
    Neither row is better than the other, so none is taken: the first alone would be a wrong fact.
    """
    groups: dict[Hashable, list[tuple[int, object]]] = {}
    for line, identity, content in rows:
        if identity is not None:
            groups.setdefault(identity, []).append((line, content))
    found: dict[int, RowBad] = {}
    for members in groups.values():
        if any(content != members[0][1] for _, content in members):
            lines = [line for line, _ in members]
            found |= {line: RowBad(_contradicted(line, lines, named), hint) for line in lines}
    return found


def _contradicted(line: int, lines: Sequence[int], named: str) -> str:
    others = [other for other in lines if other != line]
    if len(others) == 1:
        return f"its {named} is also on line {others[0]}, which says something else"
    shown = ", ".join(map(str, others[:_NAMED])) + (f" and {len(others) - _NAMED} more" if len(others) > _NAMED else "")
    return f"its {named} is also on lines {shown}, which do not say the same"


def refusal(table: Table, refused: Sequence[Judged]) -> RowsRefused:
    """The error that names how many rows are bad, the first of them, and what to do."""
    few = "; ".join(f"line {row.line}: {row.why}" for row in refused[:_NAMED])
    more = f"; and {len(refused) - _NAMED} more" if len(refused) > _NAMED else ""
    hints = list(dict.fromkeys(row.hint for row in refused if row.hint))[:1]
    if len(refused) < table.size:
        hints.append("--keep-good takes the others")
    return RowsRefused(
        f"{len(refused)} of {table.size} rows of {table.name} cannot be taken, nothing was written: {few}{more}", "; ".join(hints)
    )


def insist(table: Table, refused: Sequence[Judged], *, keep_good: bool, dry_run: bool) -> None:
    """Raise the refusal unless the good rows are to be kept and there are some, or nothing is written anyway."""
    if refused and not dry_run and not (keep_good and len(refused) < table.size):
        raise refusal(table, refused)
