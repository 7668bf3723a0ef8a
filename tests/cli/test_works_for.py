"""Who works for whom: one level, no circles, dated; the organisation has what its people did in its time."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def bakery(relcli: Any, book_location: str) -> None:
    relcli.ok("contact", "add", "Bright Bakery", "--kind", "organisation")
    relcli.ok("contact", "add", "Dark Dairy", "--kind", "organisation")
    relcli.ok("contact", "add", "Ana Ruiz", "--works-for", "Bright Bakery")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Bright Bakery", "--kind", "person"], "people work for Bright Bakery"),
        (["Bright Bakery", "--works-for", "Dark Dairy"], "people work for Bright Bakery"),
        (["Dark Dairy", "--works-for", "Dark Dairy"], "nobody works for themselves"),
        (["Dark Dairy", "--works-for", "Ana Ruiz"], "works for somebody"),
        (["Ana Ruiz", "--introduced-by", "Ana Ruiz"], "nobody introduces themselves"),
    ],
)
def test_what_would_make_a_circle_or_a_second_level_is_refused(words: list[str], said: str, relcli: Any) -> None:
    before = relcli.ok("export", "contacts").out
    ran = relcli("contact", "edit", *words)

    assert ran.code == 2
    assert said in ran.err
    assert relcli.ok("export", "contacts").out == before


def test_signs_count_for_the_employer_of_that_day(relcli: Any) -> None:
    relcli.ok("log", "Ana Ruiz", "-c", "meeting", "--at", "2026-03-01")
    relcli.ok("contact", "edit", "Ana Ruiz", "--works-for", "Dark Dairy", "--now", "2026-06-01")
    relcli.ok("log", "Ana Ruiz", "-c", "meeting", "--at", "2026-06-01")
    relcli.ok("contact", "edit", "Ana Ruiz", "--no-works-for", "--now", "2026-09-01")
    relcli.ok("log", "Ana Ruiz", "-c", "meeting", "--at", "2026-09-02")
    cards = json.loads(relcli.ok("scorecard", "Bright Bakery", "Dark Dairy", "Ana Ruiz", "-f", "json").out)["scorecards"]

    assert [card["last_in"] for card in cards] == ["2026-03-01", "2026-06-01", "2026-09-02"]
    assert [card["components"]["rhythm"]["evidence"] for card in cards] == [1, 1, 3]


def test_loyalty_is_the_organisations_where_it_does_the_buying(relcli: Any) -> None:
    relcli.ok("contact", "edit", "Ana Ruiz", "--role", "customer")
    relcli.ok("sold", "Bright Bakery", "10", "--at", "2026-05-01")
    cards = json.loads(relcli.ok("scorecard", "Bright Bakery", "Ana Ruiz", "-f", "json").out)["scorecards"]

    assert [card["components"]["loyalty"]["applies"] for card in cards] == [True, False]
