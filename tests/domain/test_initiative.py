"""When an initiative is open, what counts as before, and that the lot is fair and can be drawn again."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.initiative import WHOLE, Initiative, Outcome, before, drawn, share_of, strata

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


def initiative(until: date | None = None, stopped: date | None = None) -> Initiative:
    return Initiative(1, "Calls", "they come back", Outcome.SIGNS, FIRST, until, stopped)


@pytest.mark.parametrize(
    ("until", "stopped", "day", "state"),
    [
        (None, None, date(2026, 5, 31), "planned"),
        (None, None, FIRST, "open"),
        (LAST, None, LAST, "open"),
        (LAST, None, date(2026, 7, 1), "over"),
        (None, date(2026, 6, 10), date(2026, 6, 10), "stopped"),
        (LAST, date(2026, 6, 10), date(2026, 7, 1), "stopped"),
    ],
)
def test_it_is_open_from_its_first_day_to_its_last(until: date | None, stopped: date | None, day: date, state: str) -> None:
    one = initiative(until, stopped)
    assert one.state(day) == state
    assert one.over_on(day) == (state in ("over", "stopped"))


def test_its_window_ends_today_or_when_it_ended_whichever_is_first() -> None:
    today = date(2026, 9, 1)
    assert initiative().window(today) == (FIRST, today)
    assert initiative(LAST).window(today) == (FIRST, LAST)
    assert initiative(LAST, date(2026, 6, 10)).window(today) == (FIRST, date(2026, 6, 10))
    assert initiative(date(2026, 12, 31)).window(today) == (FIRST, today)


def test_before_are_as_many_days_as_after() -> None:
    assert before((FIRST, LAST)) == (date(2026, 5, 2), date(2026, 5, 31))
    assert before((FIRST, FIRST)) == (date(2026, 5, 31), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("text", "share"),
    [("0.3", 3000), ("0,25", 2500), ("1/3", 3333), (" .5 ", 5000), ("1", WHOLE), ("0", 0), ("30 %", 3000), ("25%", 2500)],
)
def test_a_share_is_read(text: str, share: int) -> None:
    assert share_of(text) == share


@pytest.mark.parametrize(
    "text", ["half", "", "1/0", "-0.1", "1.01", "30", "nan", "inf", "1e99999999", "1e-99999999", "9" * 5000, "1/0.5", "٣"]
)
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="share"):
        share_of(text)


def test_people_are_drawn_among_those_of_the_same_role_and_health() -> None:
    people: dict[str, tuple[list[str], float | None]] = {}
    people |= {f"a{i}": (["customer"], 80.0) for i in range(5)}
    people |= {f"b{i}": (["partner", "customer"], 40.0) for i in range(4)}
    people |= {f"c{i}": (["supplier"], (20.0, 60.0, None, 90.0)[i]) for i in range(4)}
    people |= {"d0": ([], 50.0), "e0": (["partner"], None)}
    found = strata(people)
    assert Counter(found.values()) == {
        "customer, health 75 and up": 5, "customer, health under 50": 4, "supplier, any health": 4, "others": 2,
    }  # fmt: skip
    assert found["b0"] == "customer, health under 50"


@pytest.mark.parametrize(
    ("health", "band"),
    [(None, "unknown"), (0.0, "under 50"), (49.99, "under 50"), (50.0, "50 to 74"), (74.99, "50 to 74"), (75.0, "75 and up")],
)
def test_health_parts_people_in_three_and_the_unknown(health: float | None, band: str) -> None:
    people: dict[str, tuple[list[str], float | None]] = {f"c_{i}": (["customer"], health) for i in range(4)}
    assert set(strata(people).values()) == {f"customer, health {band}"}
    assert set(strata({code: ([], figure) for code, (_, figure) in people.items()}).values()) == {f"others, health {band}"}


def test_a_lot_once_drawn_stays_what_it_was() -> None:
    assert sorted(drawn({f"c_{i}": "xy"[i % 2] for i in range(10)}, 5000, 20261121)) == ["c_3", "c_4", "c_5", "c_7", "c_8"]


parts = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=6), st.sampled_from(["x", "y", "z"]), min_size=1, max_size=40)


@given(parts, st.integers(0, WHOLE), st.integers(0, 2**48))
def test_each_stratum_has_its_share_as_nearly_as_whole_people_allow(strata: dict[str, str], share: int, seed: int) -> None:
    alone = drawn(strata, share, seed)
    assert alone <= set(strata)
    for part, size in Counter(strata.values()).items():
        mine = sum(strata[code] == part for code in alone)
        assert abs(mine - size * share / WHOLE) < 1.0 + 1e-9
    assert abs(len(alone) - len(strata) * share / WHOLE) < 1.0


@given(parts, st.integers(0, WHOLE), st.integers(0, 2**48))
def test_the_lot_follows_from_seed_and_ids_alone(strata: dict[str, str], share: int, seed: int) -> None:
    assert drawn(dict(reversed(strata.items())), share, seed) == drawn(strata, share, seed)


def test_everybody_has_the_same_chance() -> None:
    people = {f"c_{i}": "x" if i < 7 else "y" for i in range(12)}
    counts = Counter(code for seed in range(4000) for code in drawn(people, 3000, seed))
    assert max(abs(counts[code] / 4000 - 0.3) for code in people) < 0.04


def test_any_two_of_a_stratum_can_be_drawn_together() -> None:
    people = {f"c_{i}": "x" for i in range(6)}
    assert len({frozenset(drawn(people, 5000, seed)) for seed in range(400)}) == 20  # all ways to draw three of six
