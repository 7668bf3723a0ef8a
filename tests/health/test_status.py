"""One word a card: of all that apply, the first in the order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from relcli.health.status import STATUSES, Status, status

N = float("nan")


@dataclass
class Beats:
    """As much of a rhythm as the word is made of."""

    n: Any
    silent: Any
    usual_gap: Any
    value: Any
    silent_risk: Any
    risk_at_last_sign: Any


def word(
    *, signs: int = 8, silent: float = 10, usual: float = 30, rhythm: float = 90, risk: float = 10, at_last: float = 10,
    first_age: float = 400, health: float = 80, trend: float = 0, **flags: bool,
) -> Status:  # fmt: skip
    numbers = [np.array([x]) for x in (signs, silent, usual, rhythm, risk, at_last)]
    names = ("owed", "closed", "unhappy", "crowded", "none", "arms_length")
    found = status(
        **{name: np.array([flags.get(name, False)]) for name in names},
        rhythm=Beats(*numbers),  # type: ignore[arg-type]  # only what the word is made of
        first_age=np.array([first_age]),
        health=np.array([health]),
        trend=np.array([trend]),
    )
    return STATUSES[found[0]]


LADDER: list[tuple[Status, dict[str, Any]]] = [
    (Status.OWED, {"owed": True}),
    (Status.CLOSED, {"closed": True}),
    (Status.RECORD, {"signs": 0}),
    (Status.UNHAPPY, {"unhappy": True}),
    (Status.CROWDED, {"crowded": True}),
    (Status.DISTANT, {"none": True}),
    (Status.NEW, {"first_age": 59}),
    (Status.LAPSED, {"rhythm": 9.9}),
    (Status.AT_RISK, {"risk": 50, "silent": 31}),
    (Status.COOLING, {"trend": -10}),
    (Status.UNKNOWN, {"health": N}),
    (Status.DISTANT, {"arms_length": True}),
    (Status.STRONG, {"health": 75}),
]


@pytest.mark.parametrize("place", range(len(LADDER)), ids=[f"{place}-{name}" for place, (name, _) in enumerate(LADDER)])
def test_the_first_that_applies_holds_over_all_that_follow(place: int) -> None:
    expected, _ = LADDER[place]
    said: dict[str, Any] = {}
    for _, cause in reversed(LADDER[place:]):
        if not (cause.keys() == {"signs"} and place < 2):  # without signs nothing else could be said
            said |= cause
    if expected is not Status.RECORD:
        said.pop("signs", None)
    assert word(**said) is expected


@pytest.mark.parametrize(
    ("health", "expected"), [(75, Status.STRONG), (74.9, Status.STEADY), (50, Status.STEADY), (49.9, Status.WEAK)]
)
def test_health_as_the_card_shows_it_names_the_rest(health: float, expected: Status) -> None:
    assert word(health=health) is expected


@pytest.mark.parametrize(
    "change", [{"signs": 2}, {"silent": 30}, {"usual": 5, "silent": 14}, {"risk": 49.9}, {"risk": N, "rhythm": N}]
)
def test_at_risk_needs_three_signs_a_silence_longer_than_usual_and_even_odds_of_more(change: dict[str, float]) -> None:
    base: dict[str, Any] = {"risk": 60, "silent": 31, "at_last": 60}
    assert word(**base) is Status.AT_RISK
    assert word(**{**base, **change}) is not Status.AT_RISK


def test_cooling_is_a_warning_risen_by_fifteen_points_or_health_fallen_by_ten() -> None:
    assert word(silent=31, risk=25, at_last=10) is Status.COOLING
    assert word(silent=31, risk=24.9, at_last=10) is Status.STRONG
    assert word(silent=30, risk=25, at_last=10) is Status.STRONG
    assert word(trend=-10) is Status.COOLING
    assert word(trend=-9.9) is Status.STRONG
    assert word(trend=-10, signs=2) is Status.STRONG
    assert word(trend=N) is Status.STRONG


@pytest.mark.parametrize("none_of_it", [{"first_age": 60}, {"rhythm": 10}])
def test_the_borders_of_new_and_lapsed(none_of_it: dict[str, float]) -> None:
    assert word(**none_of_it) is Status.STRONG


@pytest.mark.parametrize(("signs", "found"), [(3, Status.COOLING), (2, Status.STRONG)])
def test_who_came_three_times_can_cool(signs: int, found: Status) -> None:
    assert word(signs=signs, trend=-20) is found
