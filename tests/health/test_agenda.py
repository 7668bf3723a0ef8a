"""What each reason to act weighs, when it appears, and when it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from tests.health.people import answer, evidence, person
from tests.health.people import touch as touched
from tests.health.people import wish as wished

from relcli.domain.interaction import CHANNELS, Direction, Purpose
from relcli.domain.moment import Moment, day_number
from relcli.domain.preference import Preference, PreferenceKind, Source
from relcli.domain.promise import Closing, Promise, PromiseKind, Side
from relcli.domain.survey import Response
from relcli.health.agenda import Claim, ClaimKind, Facts, Scores, claims, leaves_alone
from relcli.health.assess import Assessment, assess
from relcli.health.conversation import DIRECTIONS, NO_DAYS, PURPOSES, Conversation, Days, Touches
from relcli.health.evidence import Evidence
from relcli.health.ledger import Ledger

TODAY = date(2026, 11, 21)
K = ClaimKind


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def promise(due: int, *, side: Side = Side.US, complaint: bool = False, **more: Any) -> Promise:
    """A promise due so many days ago."""
    kind = PromiseKind.COMPLAINT if complaint else PromiseKind.PROMISE
    return Promise(1, "c_aaaaaaaa", side, kind, "the prints", ago(400), ago(due), **more)


def wish(kind: PreferenceKind, value: str = "", *, since: int = 300, source: Source = Source.STATED) -> Preference:
    return Preference(1, "c_aaaaaaaa", kind, value, source, "their words", Moment(ago(since)))


def assessed(
    *,
    touches: list[tuple[int, str, Purpose | None]] = [],  # noqa: B006  # never changed
    wishes: list[Preference] = [],  # noqa: B006
    promises: list[Promise] = [],  # noqa: B006
    said: list[Response] = [],  # noqa: B006
    trades: Days = NO_DAYS,
    archived: bool = False,
    replies_logged: Any = "yes",
    today: date = TODAY,
) -> Assessment:
    """One contact; touches are days ago, direction, purpose."""
    now, size = day_number(TODAY), len(touches)
    days = np.array([now - days for days, *_ in touches], dtype=np.int64)
    directions = np.array([DIRECTIONS.index(Direction(way)) for _, way, _ in touches], dtype=np.int64)
    purposes = np.array([-1 if p is None else PURPOSES.index(p) for *_, p in touches], dtype=np.int64)
    nobody = np.zeros(size, np.int64)
    email = np.full(size, CHANNELS.index("email"))
    all_touches = Touches(nobody, days, np.full(size, -1), directions, email, purposes, np.arange(1, size + 1))
    signs = np.append(days[directions != DIRECTIONS.index(Direction.OUT)], trades[1])
    facts = Evidence(
        signs=Ledger.of(np.zeros(signs.size, np.int64), signs, 1),
        transactions=Ledger.of(*NO_DAYS, 1),
        archived=np.array([archived]),
        loyalty_applies=np.array([False]),
        talk=Conversation.of(all_touches, trades, NO_DAYS, 1, numbers=np.arange(1, trades[0].size + 1)),
        wanted={0: wishes} if wishes else {},
        own={0: promises} if promises else {},
        given={0: promises} if promises else {},
        said={0: said} if said else {},
        replies_logged=replies_logged,
    )
    return assess(facts, day_number(today))


def found(days: int = 3, scores: Scores | None = None, birthday: str = "", prospect: bool = False, **world: Any) -> list[Claim]:
    facts = Facts(world.get("promises", ()), world.get("wishes", ()), birthday, prospect)
    return claims(assessed(**world), 0, facts, days=days, scores=scores)


def one(**world: Any) -> Claim:
    [claim] = found(**world)
    return claim


# --- what we owe ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("late", "score"), [(1, 12), (6, 12), (7, 13), (20, 14), (34, 16), (35, 17), (300, 17)])
def test_an_overdue_promise_gains_a_point_a_week_and_five_at_most(late: int, score: float) -> None:
    claim = one(promises=[promise(late)])

    assert (claim.kind, claim.score, claim.due, claim.source) == (K.OWED, score, ago(late), ("p_1",))


def test_a_complaint_weighs_one_more() -> None:
    claim = one(promises=[promise(8, complaint=True)])

    assert (claim.score, claim.reason) == (14, 'complaint, 8 days overdue: "the prints"')


@pytest.mark.parametrize(("ahead", "score", "when"), [(0, 9, "today"), (1, 6, "tomorrow"), (3, 6, "on 24 Nov")])
def test_a_promise_is_listed_on_its_day_and_three_days_before(ahead: int, score: float, when: str) -> None:
    claim = one(promises=[promise(-ahead)])

    assert (claim.kind, claim.score, claim.reason) == (K.PROMISE, score, f'promise, due {when}: "the prints"')


def test_a_promise_further_ahead_waits_until_one_looks_further() -> None:
    assert found(promises=[promise(-4)]) == []
    assert one(days=4, promises=[promise(-4)]).score == 6
    assert found(days=0, promises=[promise(-1)]) == []


@pytest.mark.parametrize(
    "over",
    [promise(5, closed=ago(1), how=Closing.KEPT), promise(5, closed=TODAY, how=Closing.WITHDRAWN), promise(5, side=Side.THEM)],
    ids=["kept", "withdrawn", "theirs"],
)
def test_what_is_done_or_theirs_is_no_reason(over: Promise) -> None:
    assert found(promises=[over]) == []


def test_a_complaint_weighs_one_more_before_its_day_too_and_is_never_out_of_sight() -> None:
    today, far = one(promises=[promise(0, complaint=True)]), one(promises=[promise(-30, complaint=True)])

    assert (today.kind, today.score, today.reason) == (K.PROMISE, 10, 'complaint, due today: "the prints"')
    assert (far.kind, far.score, far.due) == (K.PROMISE, 7, ago(-30))


def test_a_promise_that_is_no_reason_hides_none_behind_it() -> None:
    over, far = promise(5, side=Side.THEM), promise(-30)

    assert [(c.kind, c.due) for c in found(promises=[over, far, promise(2), promise(-1)])] == [
        (K.OWED, ago(2)),
        (K.PROMISE, ago(-1)),
    ]


def test_of_two_as_weighty_the_one_due_first_stands_first() -> None:
    assert [claim.due for claim in found(promises=[promise(-3), promise(-1)])] == [ago(-1), ago(-3)]


# --- unhappy ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "when"), [(0, "today"), (1, "1 day ago"), (40, "40 days ago")])
def test_an_unhappy_answer_that_nothing_followed_weighs_eleven(age: int, when: str) -> None:
    claim = one(said=[answer(age, 4)])

    assert claim == Claim(K.UNHAPPY, 11, ago(age), f"was unhappy when asked {when} (pulse), and nothing followed", ("a_0",))


# --- unanswered -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "listed"), [(0, False), (1, True), (60, True), (61, False)])
def test_what_they_wrote_is_unanswered_from_the_first_to_the_sixtieth_day(age: int, listed: bool) -> None:
    claims = found(touches=[(age, "in", None)])

    assert [(c.kind, c.score, c.due, c.source) for c in claims] == [(K.UNANSWERED, 10, ago(age), ("i_1",))] * listed


def test_the_oldest_unanswered_one_counts_and_any_answer_ends_it() -> None:
    claim = one(touches=[(9, "in", None), (3, "in", None)])
    assert (claim.due, claim.reason) == (ago(9), "wrote 9 days ago, and nobody answered")
    assert found(touches=[(9, "in", None), (3, "in", None), (2, "out", None)]) == []
    assert found(touches=[(9, "in", None), (2, "both", None)]) == []


def test_a_newsletter_of_ours_is_no_answer() -> None:
    assert one(touches=[(9, "in", None), (2, "out", Purpose.MARKETING)]).kind == K.UNANSWERED


def test_thanks_of_theirs_wait_for_no_answer() -> None:
    assert found(touches=[(9, "in", Purpose.THANKS)]) == []


def test_in_a_book_that_logs_no_answers_only_prospects_count_as_unanswered() -> None:
    world = {"touches": [(5, "in", None)], "replies_logged": "no"}

    assert found(**world) == []
    assert one(prospect=True, **world).kind == K.UNANSWERED


# --- their cadence ----------------------------------------------------------------------------------------------------

MONTHLY = [wish(PreferenceKind.CADENCE, "30d")]


@pytest.mark.parametrize(("since", "score"), [(27, 4), (30, 4), (45, 5), (60, 6), (290, 6)])
def test_their_cadence_weighs_more_the_later_we_are_and_two_at_most(since: int, score: float) -> None:
    claim = one(wishes=MONTHLY, touches=[(since, "both", None)])

    assert (claim.kind, claim.score, claim.due, claim.source) == (K.CADENCE, score, ago(since - 30), ("w_1",))
    assert claim.reason == f"wants to hear from us every 30 days; {since} days since we were last in touch"


def test_their_cadence_is_no_reason_more_than_three_days_before() -> None:
    assert found(wishes=MONTHLY, touches=[(26, "both", None)]) == []
    assert one(days=4, wishes=MONTHLY, touches=[(26, "both", None)]).score == 4


def test_the_cadence_runs_from_the_wish_where_nothing_came_after_it() -> None:
    assert one(wishes=[wish(PreferenceKind.CADENCE, "30d", since=31)]).due == ago(1)


def test_a_cadence_that_we_only_assume_is_no_reason() -> None:
    assert found(wishes=[wish(PreferenceKind.CADENCE, "30d", source=Source.ASSUMED)]) == []


def test_who_wants_no_closeness_is_due_by_no_cadence() -> None:
    assert found(wishes=[wish(PreferenceKind.CLOSENESS, "none"), *MONTHLY], touches=[(290, "both", None)]) == []


# --- silence ----------------------------------------------------------------------------------------------------------


def test_who_falls_silent_is_at_risk_and_then_weighs_seven() -> None:
    claim = one(touches=[(days, "both", None) for days in range(644, 83, -14)])

    assert (claim.kind, claim.score, claim.due) == (K.AT_RISK, 7, None)
    assert claim.reason == "silent 84 days, usually every 14"


def test_who_is_cooling_weighs_four() -> None:
    claim = one(touches=[(days, "both", None) for days in range(640, 40, -14)])

    assert (claim.kind, claim.score, claim.source) == (K.COOLING, 4, ("i_43",))


@pytest.mark.parametrize(
    ("trend", "said"),
    [(-9.9, ""), (-10.0, "health fell by 10 points in 90 days; "), (-30.4, "health fell by 30 points in 90 days; ")],
)
def test_who_is_cooling_is_told_how_far_health_fell_from_ten_points_on(trend: float, said: str) -> None:
    cooling = assessed(touches=[(days, "both", None) for days in range(640, 40, -14)])
    [claim] = claims(replace(cooling, trend=np.array([trend])), 0, Facts())

    assert (claim.kind, claim.reason) == (K.COOLING, f"{said}silent 52 days, usually every 14")


def test_silence_points_at_the_newest_sign_of_theirs_where_it_is_a_record_of_its_own() -> None:
    days = np.array([day_number(ago(back)) for back in range(644, 83, -14)])
    trades = np.zeros(days.size, np.int64), days

    assert one(trades=trades).source == (f"t_{days.size}",)
    assert one(trades=trades, touches=[(84, "out", None)]).source == (f"t_{days.size}",)
    nothing = evidence([person(*(answer(back) for back in range(644, 83, -14)))])
    [claim] = claims(assess(nothing, day_number(TODAY)), 0, Facts())
    assert (claim.kind, claim.source) == (K.AT_RISK, ())
    [claim] = claims(assess(replace(nothing, talk=None, said={}), day_number(TODAY)), 0, Facts())
    assert (claim.kind, claim.source) == (K.AT_RISK, ())


def test_who_keeps_their_rhythm_is_no_reason() -> None:
    assert found(touches=[(days, "both", None) for days in range(700, 5, -14)]) == []


# --- birthdays --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("birthday", "days", "due"), [
    ("1980-11-21", 0, "2026-11-21"), ("--11-24", 3, "2026-11-24"), ("--11-25", 3, None), ("--11-20", 3, None),
    ("--11-20", 366, "2027-11-20"), ("--12-31", 60, "2026-12-31"), ("--01-01", 60, "2027-01-01"),
])  # fmt: skip
def test_a_birthday_is_a_reason_so_many_days_ahead(birthday: str, days: int, due: str | None) -> None:
    claims = found(days=days, birthday=birthday)

    assert [(c.kind, c.score, str(c.due)) for c in claims] == ([(K.BIRTHDAY, 3, due)] if due else [])


@pytest.mark.parametrize(("ahead", "when"), [(0, "today"), (1, "tomorrow"), (2, "on 23 Nov")])
def test_a_birthday_says_when_it_is(ahead: int, when: str) -> None:
    assert [claim.reason for claim in found(birthday=f"--11-{21 + ahead}")] == [f"birthday {when}"]


@pytest.mark.parametrize(("today", "due"), [("2026-02-26", "2026-02-28"), ("2028-02-26", "2028-02-29")])
def test_the_29th_of_february_is_kept_on_the_28th_of_other_years(today: str, due: str) -> None:
    now = date.fromisoformat(today)
    [claim] = claims(assessed(today=now), 0, Facts(birthday="2000-02-29"))

    assert str(claim.due) == due


# --- surveys ----------------------------------------------------------------------------------------------------------


def asked(back: int | None, every: int, survey: str = "pulse", **world: Any) -> list[Claim]:
    """What somebody gives reason for whom a survey asked so many days ago."""
    return claims(assessed(**world), 0, Facts(asked=None if back is None else ago(back), survey=survey, every=every))


def test_who_was_asked_is_due_again_once_they_were_left_in_peace_for_so_long() -> None:
    assert asked(182, 182) == [Claim(K.SURVEY, 2, TODAY, "asked how it is 182 days ago (pulse): due again")]
    assert asked(183, 182, survey="") == [Claim(K.SURVEY, 2, ago(1), "asked how it is 183 days ago: due again")]
    assert asked(181, 182) == []


def test_whom_nobody_asked_and_whom_one_asks_but_once_is_due_for_no_survey() -> None:
    assert asked(None, 182) == []
    assert asked(400, 0) == []


def test_the_owner_may_weigh_a_survey_and_an_unhappy_answer_in_their_own_way() -> None:
    scores = Scores(survey=31, unhappy=32)
    facts = Facts(asked=ago(182), survey="pulse", every=182)

    assert [claim.score for claim in claims(assessed(said=[answer(3, 4)]), 0, facts, scores=scores)] == [32, 31]


# --- together ---------------------------------------------------------------------------------------------------------


def test_the_weightiest_reason_comes_first() -> None:
    kinds = [
        claim.kind
        for claim in found(promises=[promise(2), promise(0)], touches=[(45, "in", None)], wishes=MONTHLY, birthday="--11-21")
    ]

    assert kinds == [K.OWED, K.UNANSWERED, K.PROMISE, K.CADENCE, K.BIRTHDAY]


ALL = {"promises": [promise(2)], "touches": [(45, "in", None)], "birthday": "--11-21"}
APART = {
    "closeness none": [wish(PreferenceKind.CLOSENESS, "none")],
    "arm's length": [wish(PreferenceKind.CLOSENESS, "arms-length")],
    "do not contact": [wish(PreferenceKind.DO_NOT_CONTACT)],
}


@pytest.mark.parametrize("wishes", APART.values(), ids=APART)
def test_who_wants_to_be_left_alone_gives_reason_only_to_serve_them(wishes: list[Preference]) -> None:
    assert [claim.kind for claim in found(**ALL)] == [K.OWED, K.UNANSWERED, K.BIRTHDAY]
    assert [claim.kind for claim in found(**ALL, wishes=wishes)] == [K.OWED, K.UNANSWERED]
    assert leaves_alone(assessed(wishes=wishes), 0)


def test_arms_length_with_a_cadence_of_their_own_is_due_by_it() -> None:
    wishes = [wish(PreferenceKind.CLOSENESS, "arms-length"), *MONTHLY]

    assert [claim.kind for claim in found(wishes=wishes)] == [K.CADENCE]


def test_what_is_owed_to_somebody_archived_is_still_listed() -> None:
    kinds = [claim.kind for claim in found(**ALL, wishes=MONTHLY, archived=True)]

    assert K.OWED in kinds
    assert not {K.CADENCE, K.BIRTHDAY} & set(kinds)


def test_whom_we_crowd_gets_no_more_than_what_serves_them() -> None:
    often = [(days, "out", Purpose.MARKETING) for days in (40, 33, 26, 19)]
    world = {"wishes": [wish(PreferenceKind.CADENCE, "90d")], "touches": often, "birthday": "--11-21"}

    assert leaves_alone(assessed(**{k: v for k, v in world.items() if k != "birthday"}), 0)
    assert K.BIRTHDAY not in [claim.kind for claim in found(**world)]


def test_the_owner_may_weigh_the_reasons_in_their_own_way() -> None:
    scores = Scores(owed=1, complaint=20, unanswered=2, birthday=30)

    found_here = found(scores=scores, promises=[promise(8, complaint=True)], touches=[(5, "in", None)], birthday="--11-21")
    assert [(claim.kind, claim.score) for claim in found_here] == [(K.BIRTHDAY, 30), (K.OWED, 22), (K.UNANSWERED, 2)]


def test_each_contact_gives_reasons_of_their_own() -> None:
    people = [person(wished(10, "closeness", "none")), person(touched(5, "in", "email"))]
    assessment = assess(evidence(people, logged="yes"), day_number(TODAY))
    both = [[claim.kind for claim in claims(assessment, i, Facts(birthday="--11-21"))] for i in (0, 1)]

    assert both == [[], [K.UNANSWERED, K.BIRTHDAY]]
