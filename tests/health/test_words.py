"""Sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from relcli.health import words
from relcli.health.status import Status
from relcli.health.words import Facts

TODAY = dt.date(2026, 11, 21).toordinal() - words.EPOCH


def facts(**changes: object) -> Facts:
    usual: dict[str, object] = {
        "as_of": TODAY,
        "signs": 9,
        "silent": "silent 47 days, usually every 31",
        "rhythm": "silent 47 days, usually every 31; 86 % to hear from them by 22 May 2027",
        "first_age": 400.0,
        "risk": 21.4,
        "coverage": 41.9,
        "expected_next": TODAY + 12,
        "archived": True,
        "none": False,
    }
    return Facts(**(usual | changes))  # type: ignore[arg-type]


def test_rhythm_tells_silence_habit_and_chance() -> None:
    silent = words.silence(9, 47, 31, 22, 45)
    assert silent == "silent 47 days, usually every 31 (22\N{EN DASH}45)"
    assert words.rhythm(silent, 9, 86.2, TODAY + 30, TODAY) == f"{silent}; 86 % to hear from them by 21 Dec"


def test_rhythm_that_rests_tells_the_silence_alone() -> None:
    assert words.rhythm("silent 40 days, usually every 30", 9, None, TODAY, TODAY) == "silent 40 days, usually every 30"


def test_rhythm_of_few_signs() -> None:
    assert words.rhythm("", 0, None, TODAY, TODAY) == "no sign of life yet"
    one = words.rhythm(words.silence(1, 1, 60), 1, 40.0, TODAY + 182, TODAY)
    assert one == "one sign of life only, silent 1 day; 40 % to hear from them by 22 May 2027"
    assert words.silence(2, 0, 1.0) == "heard from them today, usually every day"
    assert words.silence(2, 5, 30.5, 30.5, 30.5) == "silent 5 days, usually every 30"


@pytest.mark.parametrize(("value", "said"), [(0.0001, "1 %"), (49.6, "50 %"), (99.9999, "99 %")])
def test_no_chance_is_called_certain(value: float, said: str) -> None:
    assert words.percent(value) == said


def test_days_far_away_are_still_days() -> None:
    assert words.on_day(10**7, TODAY) == "31 Dec 9999"


@pytest.mark.parametrize(
    ("count", "first", "last", "turn", "purchases", "said"),
    [
        (0, float("nan"), float("nan"), 60, False, "no order yet"),
        (0, float("nan"), float("nan"), 60, True, "no purchase yet"),
        (1, 0, 0, 90, False, "one order, today; too early for the next"),
        (1, 200, 200, 90, True, "one purchase, 200 days ago, and none since"),
        (4, 730, 20, 240, False, "4 orders in two years, no turn missed"),
        (4, 300, 90, 60, False, "4 orders in 10 months, the next is 30 days late"),
        (3, 50, 70, 30, True, "3 purchases in 50 days, one turn missed"),
        (9, 800, 160, 30, False, "9 orders in two years, four turns missed"),
        (9, 800, 180, 30, False, "9 orders in two years, five turns or more missed"),
        (1, 1, 1, 90, False, "one order, 1 day ago; too early for the next"),
        (1, 90, 90, 90, False, "one order, 90 days ago; too early for the next"),
        (1, 91, 91, 90, False, "one order, 91 days ago, and none since"),
        (4, 300, 75, 60, False, "4 orders in 10 months, no turn missed"),
        (4, 300, 76, 60, False, "4 orders in 10 months, the next is 16 days late"),
        (4, 300, 120, 60, False, "4 orders in 10 months, one turn missed"),
        (2, 0, 0, 30, False, "2 orders in 1 day, no turn missed"),
        (2, 60, 0, 60, False, "2 orders in 60 days, no turn missed"),
        (2, 2 * words.MONTH, 0, 60, False, "2 orders in 2 months, no turn missed"),
        (2, 1.5 * words.YEAR - 1, 0, 60, False, "2 orders in 18 months, no turn missed"),
        (2, 1.5 * words.YEAR, 0, 60, False, "2 orders in two years, no turn missed"),
        (2, 10 * words.YEAR, 0, 60, False, "2 orders in ten years, no turn missed"),
        (2, 11 * words.YEAR, 0, 60, False, "2 orders in 11 years, no turn missed"),
        (9, 800, 400, 30, False, "9 orders in two years, five turns or more missed"),
    ],
)
def test_loyalty(count: int, first: float, last: float, turn: float, purchases: bool, said: str) -> None:
    assert words.loyalty(count, first, last, turn, purchases=purchases) == said


@pytest.mark.parametrize(
    ("status", "changes", "said"),
    [
        (Status.CLOSED, {}, "archived"),
        (Status.CLOSED, {"archived": False}, "they want no contact"),
        (Status.DISTANT, {"none": True}, "they want no closeness"),
        (Status.RECORD, {}, "no sign of life yet: data, not a relationship"),
        (Status.NEW, {"first_age": 1.0}, "first heard from them 1 day ago"),
        (
            Status.AT_RISK,
            {"risk": 71.0},
            "silent 47 days, usually every 31; 71 % of silence for three usual gaps more",
        ),
        (Status.UNKNOWN, {"signs": 1}, "one sign of life only; needs two"),
        (Status.UNKNOWN, {"coverage": 29.9}, "evidence for 29 % of what counts; needs 30 %"),
        (Status.STRONG, {}, "silent 47 days, usually every 31; 86 % to hear from them by 22 May 2027"),
        (Status.OWED, {"overdue": 12}, "a promise of ours is 12 days overdue"),
        (Status.OWED, {"overdue": 12, "complaint": 3}, "a complaint is 3 days past its day"),
        (Status.CROWDED, {}, "half or more of our last touches came sooner or closer than they wish"),
        (Status.UNHAPPY, {}, "their newest answer was an unhappy one, and nothing followed it"),
        (Status.NEW, {"first_age": 0.0}, "first heard from them today"),
    ],
)
def test_reasons(status: Status, changes: dict[str, object], said: str) -> None:
    assert words.reason(status, facts(**changes)) == said


@pytest.mark.parametrize(
    ("status", "changes", "said"),
    [
        (Status.STRONG, {}, "leave alone until about 3 Dec (their rhythm)"),
        (Status.STRONG, {"expected_next": None}, "leave alone; no date can be told from their rhythm"),
        (Status.AT_RISK, {}, "they may be slipping away: silent 47 days, usually every 31"),
        (Status.COOLING, {}, "they may be slipping away: silent 47 days, usually every 31"),
        (Status.CLOSED, {}, "nothing: archived"),
        (Status.CLOSED, {"archived": False}, "leave alone: they want no contact"),
        (Status.DISTANT, {"none": True}, "leave alone: they want no closeness"),
        (Status.RECORD, {}, "leave it at a record until they give a sign"),
        (Status.LAPSED, {}, "let go: silent 47 days, usually every 31"),
    ],
)
def test_next_steps(status: Status, changes: dict[str, object], said: str) -> None:
    assert words.next_step(status, facts(**changes)) == said


@pytest.mark.parametrize(
    ("judged", "honoured", "breaches", "late", "quiet", "said"),
    [
        (0, 0, {}, 0.0, 0.0, "no wish known"),
        (1, 1, {}, 0.0, 0.0, "our one touch was as they wish"),
        (1, 0, {"by phone": 1}, 0.0, 30.0, "our one touch was not as they wish; 1 by phone"),
        (9, 6, {"by phone": 1, "sooner than they wish": 2}, 0.0, 0.0, "6 of 9 of our touches as they wish; 2 sooner than they wish; 1 by phone"),
        (0, 0, {}, 0.0, 120.0, "left in peace for 120 days, as they wish"),
        (0, 0, {}, 0.5, 0.0, "they wished to hear from us before now"),
        (2, 2, {}, 0.5, 0.0, "2 of 2 of our touches as they wish; they wished to hear from us before now"),
    ],
)  # fmt: skip
def test_terms(judged: int, honoured: int, breaches: dict[str, int], late: float, quiet: float, said: str) -> None:
    assert words.terms(judged, honoured, breaches, late, quiet, wished=False) == said


def test_a_wish_after_which_nothing_of_ours_came_is_told_from_no_wish() -> None:
    assert words.terms(0, 0, {}, 0.0, 0.0, wished=True) == "nothing of ours since they said what they wish"


def test_breaches_as_frequent_as_each_other_stand_in_the_order_of_the_alphabet() -> None:
    said = words.terms(9, 5, {"on a Sunday": 2, "by phone": 2}, 0.0, 0.0, wished=True)
    assert said == "5 of 9 of our touches as they wish; 2 by phone; 2 on a Sunday"


def test_a_voice_says_what_was_answered_and_when() -> None:
    assert words.voice("pulse", 8, 10, TODAY - 49, TODAY) == "8 of 10 on 3 Oct (pulse)"
    assert words.voice("pulse", 2, 5, TODAY - 365, TODAY) == "2 of 5 on 21 Nov 2025 (pulse)"


@pytest.mark.parametrize(
    ("count", "sent", "said"),
    [
        (0, 1, "sent us one other"),
        (0, 2, "sent us two others"),
        (0, 10, "sent us ten others"),
        (0, 11, "sent us 11 others"),
        (4, 2, "4 orders in two years, no turn missed; sent us two others"),
    ],
)
def test_whom_they_sent_is_told_after_what_they_bought(count: int, sent: int, said: str) -> None:
    assert words.loyalty(count, 730, 20, 240, purchases=False, sent=sent) == said


def test_a_range_that_is_known_on_one_side_only_is_not_told() -> None:
    assert words.silence(3, 5, 30, 20, None) == words.silence(3, 5, 30, None, 40) == "silent 5 days, usually every 30"


@pytest.mark.parametrize(
    ("counts", "logged", "said"),
    [
        ((0, 0, 0, 0, 0), True, "nothing that asks for an answer yet"),
        ((13, 9, 7, 4, 4), True, "they answered 7 of our 9 questions; we answered 4 of their 4 messages"),
        ((2, 1, 0, 1, 0), True, "they answered 0 of our 1 question; we answered 0 of their 1 message"),
        ((1, 1, 1, 5, 0), False, "they answered 1 of our 1 question"),
        ((2, 0, 0, 0, 0), True, "2 times they came to us, or we met"),
        ((1, 0, 0, 3, 0), False, "1 time they came to us, or we met"),
    ],
)
def test_reciprocity(counts: tuple[int, int, int, int, int], logged: bool, said: str) -> None:
    assert words.reciprocity(*counts, logged=logged) == said


@pytest.mark.parametrize(
    ("counts", "overdue", "said"),
    [
        ((0, 0, 0, 0, 0), 0, "none that is due yet"),
        ((4, 3, 1, 1, 1), 0, "we kept 3 of 4; they kept 1 of 1; 1 late"),
        ((1, 0, 0, 0, 0), 1, "we kept 0 of 1; ours is 1 day overdue"),
    ],
)
def test_promises(counts: tuple[int, int, int, int, int], overdue: int, said: str) -> None:
    assert words.promises(*counts, overdue=overdue) == said


def test_what_holds_a_card_is_the_gravest_and_the_days_are_its_own() -> None:
    assert words.held(89.0, 1, complaint=0, harmed=False) == "held at 89: a promise of ours is 1 day overdue"
    assert words.held(59.0, 40, complaint=20, harmed=True) == "held at 59: a complaint is 20 days past its day"
    assert words.held(59.0, 1, complaint=0, harmed=True) == "held at 59: we contacted them against their wish"
    assert words.held(59.0, 0, complaint=0, harmed=False, unhappy=True) == "held at 59: their newest answer was an unhappy one"
