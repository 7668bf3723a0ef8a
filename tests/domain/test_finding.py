"""What a check finds."""

from __future__ import annotations

from relcli.domain.finding import Finding, Level


def test_a_finding_is_a_problem_or_a_note_in_words_that_programs_rely_on() -> None:
    assert list(Level) == ["problem", "note"]


def test_the_same_thing_found_twice_is_one_finding() -> None:
    found = [Finding("links", Level.PROBLEM, "i_12 has nobody in it", "remove it") for _ in range(2)]
    assert len({*found, Finding("links", Level.NOTE, "i_12 has nobody in it", "remove it")}) == 2
