"""What we mean to do for a relationship: which version of a plan counts on a day, and what an aim is measured by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.component import COMPONENTS
from relcli.domain.plan import AimKind, Plan, aimed, all_in_force, holding, in_force
from relcli.domain.stage import RUNGS, Stage

DAY = date(2026, 5, 5)


def plan(number: int, day: date, until: date | None = None, contact: str = "c_1") -> Plan:
    return Plan(number, contact, day, aim="loyal", until=until)


def test_the_newest_version_by_a_day_counts_and_those_to_come_do_not() -> None:
    first, second = plan(1, DAY), plan(2, DAY + timedelta(days=9))

    assert in_force([second, first], DAY - timedelta(days=1)) is None
    assert in_force([second, first], DAY) == first
    assert in_force([second, first], DAY + timedelta(days=9)) == second


def test_of_one_day_the_version_written_last_counts() -> None:
    assert in_force([plan(2, DAY), plan(1, DAY)], DAY) == plan(2, DAY)


def test_from_the_day_it_was_cleared_there_is_none() -> None:
    kept = [plan(1, DAY - timedelta(days=9), until=DAY), plan(2, DAY, until=DAY + timedelta(days=3))]

    assert in_force(kept, DAY + timedelta(days=2)) == kept[1]
    assert in_force(kept, DAY + timedelta(days=3)) is None


def test_one_that_holds_counts_though_a_newer_one_was_cleared() -> None:
    kept = [plan(1, DAY - timedelta(days=9)), plan(2, DAY, until=DAY + timedelta(days=3))]

    assert in_force(kept, DAY + timedelta(days=2)) == kept[1]
    assert in_force(kept, DAY + timedelta(days=3)) == kept[0]
    assert holding(kept, DAY + timedelta(days=2)) == kept


def test_a_plan_that_was_cleared_on_its_own_day_never_held() -> None:
    assert in_force([plan(1, DAY, until=DAY)], DAY) is None


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 30), st.none() | st.integers(0, 30)), max_size=12),
    st.integers(0, 40),
)
def test_everybodys_plans_are_those_of_each(versions: list[tuple[str, int, int | None]], when: int) -> None:
    known = [
        plan(number, DAY + timedelta(days=day), None if lasts is None else DAY + timedelta(days=day + lasts), who)
        for number, (who, day, lasts) in enumerate(versions, 1)
    ]
    on = DAY + timedelta(days=when)

    each = {who: in_force([p for p in known if p.contact == who], on) for who in "ab"}
    assert all_in_force(known, on) == {who: held for who, held in each.items() if held is not None}


@pytest.mark.parametrize("word", [*RUNGS, *COMPONENTS])
def test_a_stage_and_a_component_have_one_spelling(word: str) -> None:
    assert aimed(word.upper().replace("-", " ")) == aimed(word.replace("-", "_")) == word
    assert Plan(1, "c_1", DAY, aim=word).aim_kind is (AimKind.STAGE if word in RUNGS else AimKind.COMPONENT)


def test_other_aims_are_words_as_they_were_said() -> None:
    assert aimed("A second Shop") == "A second Shop"
    assert Plan(1, "c_1", DAY, aim="A second Shop").aim_kind is AimKind.WORDS
    assert Plan(1, "c_1", DAY, review=DAY).aim_kind is None


def test_without_aim_step_and_review_nothing_is_planned() -> None:
    assert Plan(1, "c_1", DAY, note="glad").empty
    assert not Plan(1, "c_1", DAY, review=DAY).empty


@pytest.mark.parametrize(
    ("aim", "stage", "there"),
    [
        ("repeat", Stage.SATISFIED, False), ("repeat", Stage.REPEAT, True), ("repeat", Stage.LOYAL, True), ("repeat", None, False),
        ("repeat", Stage.LAPSED, False), ("voice", Stage.ADVOCATE, False), ("a second shop", Stage.ADVOCATE, False),
        ("", Stage.ADVOCATE, False),
    ],
)  # fmt: skip
def test_an_aim_that_is_a_rung_is_reached_on_it_and_above(aim: str, stage: Stage | None, there: bool) -> None:
    assert Plan(1, "c_1", DAY, aim=aim, review=DAY).reached(stage) is there


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("loyall", "loyal"),
        ("First_Tim", "first-time"),
        ("rythm", "rhythm"),
        ("loyaly", "loyalty and loyal"),
        ("advocates", "advocate"),
    ],
)
def test_one_word_that_is_nearly_such_a_name_is_a_slip(text: str, near: str) -> None:
    with pytest.raises(ValueError, match=f'^--aim "{text}" is nearly {near}$'):
        aimed(text)


@pytest.mark.parametrize("text", ["a loyal one", "first timer", "wedding", "trust"])
def test_words_of_ones_own_are_no_slip(text: str) -> None:
    assert aimed(text) == text
