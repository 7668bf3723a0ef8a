"""What a check of the book found."""

from __future__ import annotations

from relcli.actions.checks import Checked
from relcli.domain.finding import Finding, Level
from relcli.render import checks
from relcli.render.page import Grid, Words
from relcli.render.plain import to_plain

BROKEN = Finding("links", Level.PROBLEM, "i_12 has nobody in it", "relcli interaction remove i_12")
OLD = Finding("backups", Level.NOTE, "the newest backup is 40 days old", "relcli book backup FOLDER")


def test_all_well_is_said_in_three_words() -> None:
    assert to_plain(checks.page(Checked("mine.db", ()))) == "nothing to mend\n"


def test_a_problem_is_said_with_what_to_do() -> None:
    page = checks.page(Checked("mine.db", (BROKEN, OLD)))
    assert to_plain(page).splitlines() == [
        "mine.db",
        "check    finding                           what to do",
        "links    i_12 has nobody in it             relcli interaction remove i_12",
        "backups  the newest backup is 40 days old  relcli book backup FOLDER",
    ]
    [grid] = [block for block in page.blocks if isinstance(block, Grid)]
    assert [row[0].style for row in grid.rows] == ["bad", "dim"]


def test_notes_alone_are_nothing_to_mend() -> None:
    page = checks.page(Checked("mine.db", (OLD,)))
    assert page.blocks[-1] == Words("nothing to mend", "good")
    assert "40 days old" in to_plain(page)


def test_the_verdict_counts_problems_and_not_notes() -> None:
    assert checks.told(Checked("mine.db", (BROKEN, OLD))) == "mine.db: 1 thing needs mending"
    assert checks.told(Checked("mine.db", (BROKEN, BROKEN))) == "mine.db: 2 things need mending"


def test_programs_get_every_finding_under_public_columns() -> None:
    assert list(checks.rows(Checked("mine.db", (OLD,))).mappings()) == [
        {"check": "backups", "level": "note", "finding": OLD.what, "advice": OLD.advice}
    ]
