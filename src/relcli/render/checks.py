"""What a check of the book found."""

from __future__ import annotations

from relcli.actions.checks import Checked
from relcli.domain.finding import Level
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Words
from relcli.render.rows import Rows

COLUMNS = ("check", "level", "finding", "advice")


def page(result: Checked) -> Page:
    """A line a finding with what to do, problems first."""
    if not result.findings:
        return Page([Words("nothing to mend", "good")])
    columns = [Column("check"), Column("finding", folds=True), Column("what to do", folds=True)]
    rows = [[Cell(f.check, "bad" if f.level is Level.PROBLEM else "dim"), Cell(f.what), Cell(f.advice)] for f in result.findings]
    last: list[Block] = [] if result.problems else [Gap(), Words("nothing to mend", "good")]
    return Page([Heading(result.where), Grid(columns, rows), *last])


def rows(result: Checked) -> Rows:
    """The same under public columns."""
    return Rows(COLUMNS, tuple((f.check, f.level.value, f.what, f.advice) for f in result.findings))


def told(result: Checked) -> str:
    """The verdict in words."""
    n = result.problems
    return f"{result.where}: {n} {'thing needs' if n == 1 else 'things need'} mending"
