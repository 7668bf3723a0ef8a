"""What a user sees of the results of a survey: sure figures, rough ones, and too few answers for any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.cli.answered import answer, person, rated, recommend, said

from relcli.actions.books import at_desk
from relcli.actions.surveys.results import By, ShowResults, show_results
from relcli.domain.survey import Tag
from relcli.render import survey_results as render
from relcli.render.page import Page

NOW = datetime.fromisoformat("2026-11-21T10:00:00+00:00")
NAMES = ("survey-results", "survey-results-few")
PEOPLE = (
    "Ana Ruiz", "Bo Lund", "Cleo Marín", "Dora Klein", "Elin Dahl", "Femi Adeyemi", "Gus Hart", "Hana Mori", "Ivo Novak",
    "Jana Weiss", "Kofi Mensah", "Lena Vogt", "Mira Solano", "Nils Berg", "Olga Ilic", "Pau Serra", "Quim Roca", "Rosa Lima",
    "Sven Holm", "Tara Byrne", "Uma Nair",
)  # fmt: skip
VALUES = (4, 9, 10, 9, 6, 10, 9, 8, 7, 10, 9, 10, 8, 9, 10, 10, 9, 6, 10, 9, 3)
BEFORE = (6, 5, 7, 3, 8, 6, 9, 5, 4, 6, 7, 2)
WORDS = {
    0: "The prints came two weeks late, and nobody told me why.",
    4: "Fine, but I had to ask three times about the date.",
    8: "Good pictures.",
}
Reviewed = Callable[[str, Page], None]


@pytest.fixture
def pages(relcli: Any, book_location: str) -> dict[str, Page]:
    roles = [("supplier",), ("customer",), ("customer",), ("customer",)]
    people = [person(i + 1, name, roles=roles[i % 4] if i != 7 else ("customer", "partner")) for i, name in enumerate(PEOPLE)]
    effort = [(rated("effort", Tag.EFFORT, 1 + i % 3, turned=True),) for i in range(len(PEOPLE))]
    given = [said(PEOPLE[i], 10 + 8 * i, recommend(v, WORDS.get(i, "")) + effort[i]) for i, v in enumerate(VALUES)]
    given += [said(PEOPLE[i], 200 + 8 * i, recommend(v)) for i, v in enumerate(BEFORE)]
    given += [said("", 20, recommend(9, "Always friendly.")), said("", 30, recommend(2, "Too expensive by now."))]
    answer(book_location, people, given)
    relcli.ok("preference set 'uma nair' --do-not-contact --stated 'please leave it at that'")
    relcli.ok("log 'elin dahl' 'rang to talk it over' --channel phone --out --at 2026-10-12")
    several = ShowResults(name="pulse", by=By.ROLE)
    few = ShowResults(name="pulse", since="2026-10-25")
    made = [at_desk(book_location, lambda desk, r=r: show_results(r, desk), now=NOW, wait=1)[0] for r in (several, few)]
    return {name: render.page(results, most=15) for name, results in zip(NAMES, made, strict=True)}


@pytest.mark.parametrize("name", NAMES)
def test_the_screen_is_as_reviewed(name: str, pages: dict[str, Page], reviewed: Reviewed) -> None:
    reviewed(name, pages[name])
