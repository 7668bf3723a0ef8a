"""The worked book holds the program to its numbers: reckoned on the page by hand, and by the program from real records."""

from __future__ import annotations

import re

import pytest
from tests.health.reckoned import TALLIES, WEIGHTS
from tests.health.worked_book import PAGE, assessed, draw, given, read, write

from relcli.actions.assessments import Assessed
from relcli.health.scorecard import scorecard
from relcli.store.book import Book

TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = re.split(r"^(?=## \d+\. )", TEXT, flags=re.MULTILINE)[1:]
NAMES = [person.name for person in read(TEXT)]
TENTH = 0.051  # printed to a tenth, so half of one away at most
THOUSANDTH = 0.00051


@pytest.fixture
def found(book: Book) -> Assessed:
    """The page's records in a real book, assessed by the program."""
    write(book, read(TEXT))
    return assessed(book)


def cells(section: str, first: str) -> list[list[str]]:
    """The rows of a section whose first cell begins with this."""
    rows = [line[1:-1].split("|") for line in section.splitlines() if line.startswith(f"| {first}")]
    return [[cell.strip() for cell in row] for row in rows]


def card(section: str, name: str) -> str | None:
    """What the page prints of the card under this name."""
    rows = cells(section, f"{name} |")
    return rows[0][1] if rows else None


def printed(section: str, component: str) -> list[float] | None:
    """S, F, value, e and w of a component, as printed."""
    rows = [row for row in cells(section.split("| component |")[1], component) if len(row) == 6]
    return [float(cell) for cell in rows[0][1:]] if rows else None


def test_the_page_has_ten_relationships() -> None:
    assert len(NAMES) == len(set(NAMES)) == len(SECTIONS) == 10


def test_the_program_says_what_the_page_says_of_every_tally(found: Assessed) -> None:
    compared = 0
    for i, section in enumerate(SECTIONS):
        for name in TALLIES:
            numbers, mark = printed(section, name), found.assessment.marks[name]
            assert bool(mark.known[i]) == (numbers is not None), (NAMES[i], name)
            if numbers is None:
                continue
            good, bad, value, reliability, weight = numbers
            tally = found.assessment.tallies[name]
            assert tally.successes[i] == pytest.approx(good, abs=THOUSANDTH), (NAMES[i], name)
            assert tally.failures[i] == pytest.approx(bad, abs=THOUSANDTH), (NAMES[i], name)
            assert mark.value[i] == pytest.approx(value, abs=TENTH), (NAMES[i], name)
            assert mark.reliability[i] == pytest.approx(reliability, abs=THOUSANDTH), (NAMES[i], name)
            assert found.assessment.weights.of(name) == weight == WEIGHTS[name]
            compared += 1
    assert compared >= 25


def test_the_program_says_what_the_page_says_of_every_card(found: Assessed) -> None:
    for i, section in enumerate(SECTIONS):
        mine = scorecard(found.assessment, i)
        health = card(section, "health")
        assert mine.health == (None if health == "—" else pytest.approx(float(health or "nan"), abs=TENTH)), NAMES[i]
        before = card(section, "health before the cap")
        assert bool(mine.held) == (before is not None), NAMES[i]
        if before is not None:
            assert mine.health_unheld == pytest.approx(float(before), abs=TENTH), NAMES[i]
        assert mine.coverage == pytest.approx(float(card(section, "coverage") or "nan"), abs=TENTH), NAMES[i]
        change = [row[1] for row in cells(section, "trend; ")]
        assert mine.trend == (pytest.approx(float(change[0]), abs=TENTH) if change else None), NAMES[i]
        assert mine.status == card(section, "status"), NAMES[i]
        absent = [component.name for component in mine.components if not component.applies]
        assert ", ".join(absent) == (card(section, "n/a") or ""), NAMES[i]
        usual, wait = (float(cell) for cell in (card(section, "usual gap, R") or "").split(", "))
        assert found.assessment.rhythm.usual_gap[i] == pytest.approx(usual, abs=TENTH), NAMES[i]
        assert found.assessment.reciprocity.wait[i] == pytest.approx(wait, abs=TENTH), NAMES[i]


def test_the_rhythm_the_page_takes_as_given_is_the_program_s(book: Book, found: Assessed) -> None:
    formula = re.compile(r"\| rhythm: a = \((?P<rhythm>[\d.]+) \+ 100 − (?P<risk>[\d.]+)\) / 2 \| \| \| (?P<a>[\d.]+) \|")  # noqa: RUF001  # a minus sign
    seen = 0
    for section, says in zip(SECTIONS, given(book), strict=True):
        shown = formula.search(section)
        if shown is not None:
            assert (float(shown["rhythm"]), float(shown["risk"])) == (round(says.rhythm, 1), round(says.risk, 1))
            seen += 1
    assert seen == 9  # everybody but her who wants no closeness


def test_each_sum_on_the_page_is_that_of_the_lines_above_it() -> None:
    for section in SECTIONS:
        for name in TALLIES:
            lines = [row for row in cells(section.split("| component |")[0], f"{name} |") if len(row) == 5]
            numbers = printed(section, name)
            if numbers is not None:
                for place, total in ((3, numbers[0]), (4, numbers[1])):
                    assert sum(float(row[place] or 0) for row in lines) == pytest.approx(total, abs=0.0006 * max(1, len(lines)))


def test_the_tables_are_those_of_the_records(book: Book, found: Assessed) -> None:
    assert draw(TEXT, given(book)) == TEXT, "draw them anew: python -m tests.health.worked_book"
