"""The rungs: their order, and who stands off them."""

from __future__ import annotations

from relcli.domain.stage import RUNGS, STAGES, Stage, above, height


def test_the_rungs_are_in_order_and_lapsed_is_none_of_them() -> None:
    assert [stage.value for stage in RUNGS] == ["prospect", "first-time", "satisfied", "repeat", "loyal", "advocate"]
    assert set(STAGES) - set(RUNGS) == {Stage.LAPSED}


def test_who_fell_off_stands_below_who_was_never_on_it_and_both_below_all() -> None:
    assert [height(stage) for stage in (Stage.LAPSED, None, *RUNGS)] == [-1, 0, 1, 2, 3, 4, 5, 6]


def test_the_next_rung_is_the_one_above_and_there_is_none_above_the_last() -> None:
    assert [above(stage) for stage in RUNGS] == [*RUNGS[1:], None]
    assert above(Stage.LAPSED) is Stage.PROSPECT
