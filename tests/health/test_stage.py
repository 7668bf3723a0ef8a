"""The ladder: each rung by its proof, and nothing that happened later; beside a plain reckoning of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.health import laddered
from tests.health.people import TODAY, ago, answer, evidence, person, promise, touch, wish
from tests.health.reckoned import Event, Person

from relcli.domain.moment import day_number
from relcli.domain.promise import PromiseKind
from relcli.domain.stage import STAGES
from relcli.health.assess import Assessment, assess
from relcli.health.ladder import Climb, climb
from relcli.health.stage import NONE, stages

AS_OF = day_number(TODAY)
LEDGER = Path(__file__).parents[2] / "benchmarks" / "data" / "council_darlington.csv.gz"


def sale(back: int) -> Event:
    return Event(ago(back), "sale")


def referral(back: int) -> Event:
    return Event(ago(back), "referral")


LOYAL = tuple(sale(back) for back in (310, 250, 190, 130, 70, 10))

OFTEN = tuple(touch(back, "in", "phone") for back in range(2, 200, 7))  # so that there is no doubt about their rhythm


def assessed(*people: Person, as_of: int = AS_OF) -> Assessment:
    return assess(evidence(people), as_of)


def climbed(*records: Any, role: str = "customer", back: int = 0, asked: int | None = None) -> Climb:
    """The ladder of somebody with these records, so many days ago."""
    found = assessed(person(*records, role=role), as_of=AS_OF - back)
    return climb(found, 0, int(stages(found)[0]), asked=None if asked is None else ago(asked))


def rung(*records: Any, role: str = "customer", back: int = 0) -> str:
    found = climbed(*records, role=role, back=back)
    return found.stage.value if found.stage else ""


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((), "prospect"),
        ((sale(10),), "first-time"),
        ((sale(10), sale(10)), "first-time"),
        ((sale(40), answer(5)), "satisfied"),
        ((sale(40), answer(5, 7)), "satisfied"),
        ((sale(40), answer(5, 6)), "first-time"),
        ((sale(40), promise(30, 20, 21)), "satisfied"),
        ((sale(40), promise(60, 50, 41)), "first-time"),
        ((sale(40), promise(60, 50, 40)), "satisfied"),
        ((sale(40), promise(30, 20, 0)), "satisfied"),
        ((sale(40), answer(10, 6), promise(30, 20, 10)), "first-time"),
        ((sale(40), answer(10, 6), promise(30, 20, 9)), "satisfied"),
        ((sale(40), promise(30, 20, 21, "broken")), "first-time"),
        ((sale(40), promise(30, 20, 21, theirs=True)), "first-time"),
        ((sale(40), answer(5), promise(3, -4, complaint=True)), "first-time"),
        ((sale(40), promise(30, 20, 21, complaint=True)), "satisfied"),
        ((sale(40), sale(10)), "repeat"),
        ((sale(100), sale(50), sale(11)), "repeat"),
        ((*OFTEN, sale(100), sale(50), sale(10)), "loyal"),
        ((*OFTEN, sale(100), sale(50), sale(11)), "repeat"),
        (LOYAL, "loyal"),
        ((*LOYAL, promise(3, -4, complaint=True)), "repeat"),
        ((*LOYAL, answer(20, 3)), "repeat"),
        ((*LOYAL, answer(181, 3)), "loyal"),
        ((*LOYAL, referral(730)), "advocate"),
        ((*LOYAL, referral(731)), "loyal"),
        ((sale(40), sale(10), referral(5)), "repeat"),
        ((referral(20),), "advocate"),
        ((sale(2000), sale(1990), sale(1980)), "lapsed"),
        ((sale(2000), sale(1990), sale(1980), wish(900, "do-not-contact")), "repeat"),
        ((touch(2000, "in", "phone"), touch(1990, "in", "phone"), touch(1980, "in", "phone")), "prospect"),
    ],
)
def test_each_rung_asks_for_its_proof(records: tuple[Any, ...], expected: str) -> None:
    assert rung(*records) == expected


def test_who_has_no_such_role_is_not_on_the_ladder_until_they_trade_or_send_somebody() -> None:
    assert rung(touch(5, "in", "phone"), role="") == ""
    assert rung(touch(5, "in", "phone"), role="partner") == ""
    assert rung(sale(5), role="partner") == "first-time"
    assert rung(referral(5), role="partner") == "advocate"
    assert rung(referral(731), role="partner") == ""


def test_an_advocate_by_referral_is_told_apart_from_one_who_buys() -> None:
    assert climbed(referral(5), role="").by_referral
    assert not climbed(*LOYAL, referral(5)).by_referral


def test_the_past_is_recomputed_from_the_records_alone() -> None:
    records = (sale(310), answer(300), *LOYAL[1:], referral(1))

    assert [rung(*records, back=back) for back in (311, 310, 300, 250, 10, 1)] == [
        "prospect", "first-time", "satisfied", "repeat", "loyal", "advocate",
    ]  # fmt: skip


def test_what_they_said_last_overtakes_what_was_before_it() -> None:
    assert rung(sale(90), answer(60), answer(10, 4)) == "first-time"
    assert rung(sale(90), promise(80, 60, 60), answer(30, 5)) == "first-time"
    assert rung(sale(90), answer(60, 4), promise(50, 40, 40)) == "satisfied"
    assert rung(sale(500), answer(366)) == "first-time"
    assert rung(sale(500), answer(365)) == "satisfied"


def test_every_rung_names_the_records_that_prove_it() -> None:
    found = climbed(*LOYAL, answer(30, 8), referral(20), referral(5))

    assert [(one.stage.value, one.records) for one in found.rungs] == [
        ("first-time", ("t_1",)), ("satisfied", ("a_7",)), ("repeat", ("t_2",)), ("loyal", ("t_1", "t_2", "t_6")),
        ("advocate", ("r_9", "r_8")),
    ]  # fmt: skip
    assert (found.next, found.satisfaction, found.lost) == ("", "", "")


@pytest.mark.parametrize(
    ("records", "needs"),
    [
        ((), "first-time needs a first order"),
        ((sale(10),), "satisfied needs an answer of 70 % or more, or a promise of ours kept"),
        ((sale(10), answer(5), promise(3, -4, complaint=True)), "satisfied needs p_3 put right"),
        ((sale(10), answer(5)), "repeat needs a second order"),
        ((*OFTEN, sale(40), sale(10)), "loyal needs a third order on 10 Jan 2027 or later"),
        ((*OFTEN, sale(160), sale(100)), "loyal needs a third order"),
        ((*OFTEN, sale(60), sale(40), sale(20)), "loyal needs another order on 21 Dec or later"),
        ((*LOYAL, promise(3, -4, complaint=True), answer(2, 1)), "loyal needs p_7 put right and a happier answer than a_8"),
        (LOYAL, "advocate needs a referral from them"),
        ((*LOYAL, wish(5, "do-not-contact")), "nothing is asked of them: they want no contact"),
        ((*LOYAL, wish(5, "closeness", "none")), "nothing is asked of them: they want no closeness"),
        ((sale(2000), sale(1990), sale(1980)), "needs a sign from them to come back"),
    ],
)
def test_what_the_next_rung_needs_is_said_in_a_sentence(records: tuple[Any, ...], needs: str) -> None:
    assert climbed(*records).next == needs


def test_a_low_rhythm_stands_in_the_way_of_loyalty_and_is_named() -> None:
    found = next(found for silent in range(400) if (found := climbed(*LOYAL, back=-silent)).stage == "repeat")

    assert found.next.startswith("loyal needs a rhythm of 60 (now ")
    assert found.lost.startswith("loyal by their orders, but needs a rhythm of 60 (now ")


@pytest.mark.parametrize(
    ("records", "asked", "said"),
    [
        ((sale(10),), None, "satisfaction unproven: never asked"),
        ((sale(10),), 4, "satisfaction unproven: asked on 17 Nov, and no answer"),
        ((sale(40), answer(20, 5)), 20, "satisfaction unproven: only 5 of 10 on 1 Nov (a_2)"),
        ((sale(500), answer(400, 9)), 400, "satisfaction unproven: 9 of 10 on 17 Oct 2025 is more than a year ago (a_2)"),
        ((sale(40), answer(20), promise(3, -4, complaint=True)), 20, "satisfaction unproven: a complaint is open (p_3)"),
        (LOYAL, None, "satisfaction unproven: never asked"),
        ((sale(40), answer(20)), 20, ""),
        ((), None, ""),
    ],
)
def test_what_nobody_proved_is_said(records: tuple[Any, ...], asked: int | None, said: str) -> None:
    assert climbed(*records, asked=asked).satisfaction == said


def test_why_a_rung_was_lost_is_said() -> None:
    assert climbed(*LOYAL, referral(800)).lost == "the last they sent was more than two years ago, on 12 Sep 2024 (r_7)"
    assert climbed(sale(500), answer(400)).lost == "satisfied until a year after their answer (a_2)"
    assert climbed(sale(2000), sale(1990), sale(1980)).lost.startswith("silent 1980 days, usually every 10; ")


# --- beside the plain reckoning ---

_BACK = st.one_of(st.integers(0, 60), st.integers(0, 900), st.integers(85, 95), st.sampled_from([364, 365, 366, 730, 731]))
_ANSWERS = st.builds(
    lambda back, value, tag: answer(back, value, tag=tag),
    _BACK,
    st.integers(0, 10),
    st.sampled_from(["recommend", "satisfaction", "trust"]),
)
_EVENTS = st.builds(lambda back, kind: Event(ago(back), kind), _BACK, st.sampled_from(["sale", "sale", "sale", "referral"]))


@st.composite
def _given(draw: st.DrawFn) -> Any:
    made = draw(_BACK)
    closed = draw(st.none() | st.integers(-20, made))
    theirs = draw(st.booleans())
    how = draw(st.sampled_from(["kept", "kept", "broken", "withdrawn"]))
    return promise(
        made, made - draw(st.integers(0, 60)), closed, how, theirs=theirs, complaint=not theirs and draw(st.booleans())
    )


_RECORDS = st.lists(
    st.one_of(_EVENTS, _EVENTS, _ANSWERS, _given(), st.builds(lambda back: touch(back, "in", "phone"), _BACK), st.builds(lambda back: wish(back, "do-not-contact"), st.integers(0, 300))),
    max_size=12,
)  # fmt: skip
_PEOPLE = st.builds(
    lambda own, role: person(*own, role=role), _RECORDS, st.sampled_from(["customer", "supplier", "prospect", "partner", ""])
)


@settings(max_examples=300)
@given(st.lists(_PEOPLE, min_size=1, max_size=4), st.sampled_from([0, 0, 30, 200]))
def test_a_plain_reckoning_puts_everybody_on_the_same_rung(book: list[Person], back: int) -> None:
    found = assessed(*book, as_of=AS_OF - back)
    places = stages(found)
    for i, one in enumerate(book):
        shown = climb(found, i, int(places[i]))
        plain = plainly(one, back, float(found.rhythm.value[i]))
        assert (shown.stage or "") == plain == ("" if places[i] == NONE else STAGES[places[i]])
        proven = [r.stage for r in shown.rungs if r.records]
        assert shown.stage in (None, "prospect", "lapsed") or shown.stage in proven
        assert (shown.stage in (None, "advocate")) == (shown.next == "")


def plainly(one: Person, back: int, rhythm: float) -> str:
    ours = [p for p in one.promises if p.owed_by == "us"]
    return laddered.stage(
        TODAY - timedelta(days=back),
        role=bool(set(one.roles) & {"customer", "supplier", "prospect"}),
        employee=False,
        trades=[e.day for e in one.events if e.kind == "sale"],
        answers=[(r.when.day, r.score, r.unhappy) for r in one.responses if r.score is not None],
        kept=[p.closed for p in ours if p.how == "kept" and p.closed is not None],
        complaints=[(p.made, p.closed) for p in ours if p.kind is PromiseKind.COMPLAINT],
        referrals=[e.day for e in one.events if e.kind == "referral"],
        rhythm=None if rhythm != rhythm else rhythm,  # noqa: PLR0124  # NaN is unlike itself
    )


@settings(max_examples=100)
@given(_PEOPLE, st.integers(0, 400))
def test_no_record_of_a_later_day_moves_anybody(one: Person, back: int) -> None:
    day = TODAY - timedelta(days=back)
    earlier = replace(
        one,
        events=[e for e in one.events if e.day <= day],
        wishes=[w for w in one.wishes if w.when.day <= day],
        responses=[r for r in one.responses if r.when.day <= day],
        promises=[p if p.closed is None or p.closed <= day else replace(p, closed=None, how=None) for p in one.promises if p.made <= day],
    )  # fmt: skip
    applies = {"customer", "supplier", "prospect"} & set(one.roles)  # who is on the ladder is a matter of today's roles
    whole, part = (assessed(each, as_of=AS_OF - back) for each in (one, earlier))
    if applies:
        assert stages(whole)[0] == stages(part)[0]


# --- real records ---


def report(relcli: Callable[..., Any], on: str) -> str:
    ran = relcli("health-report", "--as-of", on, "--format", "csv")
    assert ran.code == 0, ran.err
    return str(ran.out)


@pytest.mark.parametrize("back", [0, 60, 200, 400])
def test_the_raw_records_of_the_demo_book_put_everybody_on_the_same_rung(relcli: Any, tmp_path: Path, back: int) -> None:
    book, on = tmp_path / "demo.db", TODAY - timedelta(days=back)
    relcli.ok("--book", str(book), "demo")
    found, differing = laddered.compare(book, report(lambda *words: relcli("--book", str(book), *words), on.isoformat()), on)

    assert not differing
    assert found.total() == 40
    assert len(found) >= 4  # rungs, so that this is worth comparing


def test_a_ledger_imported_as_sales_puts_everybody_on_the_same_rung(relcli: Any, tmp_path: Path) -> None:
    text, last = laddered.sales(LEDGER, 200)
    relcli.ok("import", "transactions", "-", "--add", stdin=text)
    for back in (0, 182, 365):
        on = last - timedelta(days=back)
        found, differing = laddered.compare(tmp_path / "book.db", report(relcli, on.isoformat()), on)
        assert not differing
        assert found.total() == 200
        assert {"first-time", "repeat", "loyal", "lapsed"} <= found.keys()
