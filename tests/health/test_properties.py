"""What must hold of every book: the program beside a plain reckoning of it, and the rules no change may break."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.health.people import TODAY, ago, books, evidence, people, person, promise, touch, wish
from tests.health.reckoned import TALLIES, Event, Person, trend
from tests.health.worked_book import reckon

from relcli.domain.component import COMPONENTS
from relcli.domain.moment import Moment, day_number
from relcli.health.assess import Assessment, assess
from relcli.health.card import Weights, health
from relcli.health.marks import Marks
from relcli.health.scorecard import scorecard
from relcli.health.statistics.tally import Tally
from relcli.health.status import Status

AS_OF = day_number(TODAY)
SIGNS = np.array([5])
NO_CAP = np.array([100.0])


@settings(max_examples=100)
@given(books())
def test_the_program_says_what_a_plain_reckoning_says(book: list[Person]) -> None:
    found = assess(evidence(book), AS_OF)
    before = assess(evidence(book), AS_OF - 90, model=found.model)
    then = reckon(book, TODAY - timedelta(days=90))
    for i, one in enumerate(reckon(book)):
        assert found.rhythm.usual_gap[i] == pytest.approx(one.usual)
        assert found.reciprocity.wait[i] == pytest.approx(one.wait)
        for name in TALLIES:
            tally = found.tallies[name]
            # A day in peace is reckoned as a whole: its weight at noon, here, and its mean over the day, there.
            assert (tally.successes[i], tally.failures[i]) == pytest.approx(one.total(name), abs=1e-4), name
            assert bool(found.marks[name].applies[i]) == (name in one.applicable) or _assumed(book[i]), name
        if _assumed(book[i]):
            continue  # what we think they wish can close a card, though it is never scored: a test of its own
        says = float(found.rhythm.value[i]), float(found.rhythm.silent_risk[i])
        unheld, coverage = one.health(*says)
        assert found.health.coverage[i] == pytest.approx(coverage, abs=1e-2)
        assert found.health.unheld[i] == pytest.approx(np.nan if unheld is None else unheld, abs=1e-2, nan_ok=True)
        assert found.health.value[i] == pytest.approx(np.nan if unheld is None else min(unheld, one.cap), abs=1e-2, nan_ok=True)
        assert bool(found.terms.crowded[i]) == one.crowded
        was = float(before.rhythm.value[i]), float(before.rhythm.silent_risk[i])
        if ("loyalty" in one.applicable) != ("loyalty" in then[i].applicable) and not one.closed:
            continue  # the program lets a first sale make loyalty apply at both days alike
        change = trend(one, then[i], [says, was])
        assert found.trend[i] == pytest.approx(np.nan if change is None else change, abs=1e-2, nan_ok=True)


def _assumed(one: Person) -> bool:
    return any(w.kind == "do-not-contact" and w.source == "assumed" for w in one.wishes)


# --- one more success, one more failure ---

_EVIDENCE = st.floats(0, 20).map(lambda x: 0.0 if x < 1e-3 else x)
_SHARE = st.floats(0, 100)


@st.composite
def _marks(draw: st.DrawFn) -> dict[str, Marks]:
    """Any card: rhythm known or not applying, each other component a tally, unknown, or not applying."""
    found = {}
    for name in COMPONENTS:
        applies = np.array([draw(st.booleans())])
        tally = Tally(np.array([draw(_EVIDENCE)]), np.array([draw(_EVIDENCE)]), 0.5)
        found[name] = Marks.of_tally(tally, applies, np.array([1]), np.array([0.0]))
    value = np.array([draw(_SHARE)])
    found["rhythm"] = replace(found["rhythm"], value=value, counts=value, reliability=np.array([1.0]), variance=np.array([9.0]))
    return found


@pytest.mark.parametrize("name", ["terms", "reciprocity", "promises", "voice", "loyalty"])
@settings(max_examples=150)
@given(cards=_marks(), before=st.tuples(_EVIDENCE, _EVIDENCE), more=st.floats(0.001, 5))
def test_a_success_never_lowers_health_and_a_failure_never_raises_it(
    name: str, cards: dict[str, Marks], before: tuple[float, float], more: float
) -> None:
    def of(good: float, bad: float) -> tuple[float, bool]:
        tally = Tally(np.array([good]), np.array([bad]), 0.5)
        mark = Marks.of_tally(tally, np.array([True]), np.array([1]), np.array([0.0]))
        drawn = health({**cards, name: mark}, Weights(), SIGNS, NO_CAP)
        return float(drawn.unheld[0]), bool(tally.known[0])

    now, known = of(*before)
    better, worse = of(before[0] + more, before[1])[0], of(before[0], before[1] + more)[0]
    # What becomes known for the first time is not one more: it may stand below the rest, however good it is, or make
    # health known. From then on nothing good may lower it.
    if known and not np.isnan(now):
        assert better >= now - 1e-9
        assert worse <= now + 1e-9


# --- days, rows, shifts ---


def arrays(found: Any) -> dict[str, Any]:
    """Every array of an assessment under its place, that of the evidence apart."""
    flat: dict[str, Any] = {}
    for f in fields(found):
        value = getattr(found, f.name)
        if f.name in ("evidence", "as_of", "weights", "model"):
            continue
        nested = value if isinstance(value, dict) else arrays(value) if hasattr(value, "__dataclass_fields__") else None
        if f.name == "marks":
            nested = {f"{name}.{key}": inner for name, mark in value.items() for key, inner in arrays(mark).items()}
        flat |= {f.name: value} if nested is None else {f"{f.name}.{key}": inner for key, inner in nested.items()}
    return flat


def same(one: Assessment, other: Assessment) -> None:
    """Every number of the two is the same, but for the last digits of a sum taken in another order."""
    first, second = arrays(one), arrays(other)
    assert first.keys() == second.keys()
    assert len(first) > 50
    for name, value in first.items():
        if isinstance(value, np.ndarray):
            np.testing.assert_allclose(value, second[name], rtol=1e-9, atol=1e-9, err_msg=name)
        else:
            assert value == second[name], name


@settings(max_examples=30)
@given(books(2), people())
def test_a_record_of_today_changes_nothing_of_yesterday(book: list[Person], later: Person) -> None:
    today = person(
        *(replace(e, day=TODAY) for e in later.events),
        *(replace(w, when=Moment(TODAY), until=None) for w in later.wishes),
        *(replace(p, made=TODAY, due=TODAY, closed=None, how=None) for p in later.promises),
        wish(0, "do-not-contact"),
        wish(0, "cadence", "30d"),
    )
    first = book[0]
    closed = [p if p.closed is None or p.closed < TODAY else replace(p, closed=None, how=None) for p in first.promises]
    # What is closed today was open until then.
    more = Person(
        first.name,
        first.roles,
        first.events + [replace(e, number=100 + e.number) for e in today.events if e.kind != "referral"],
        first.wishes + [replace(w, number=100 + w.number) for w in today.wishes],
        first.promises + today.promises,
    )
    applies = evidence(book).loyalty_applies  # a first sale makes loyalty apply: that is read from the book as it is
    for logged in ("yes", "auto"):
        known = replace(evidence(book, logged=logged), loyalty_applies=applies)
        told = replace(evidence([more, *book[1:]], logged=logged), loyalty_applies=applies)
        same(assess(known, AS_OF - 1), assess(told, AS_OF - 1))
    reopened = Person(first.name, first.roles, first.events, first.wishes, closed)
    same(
        assess(replace(evidence(book), loyalty_applies=applies), AS_OF - 1),
        assess(replace(evidence([reopened, *book[1:]]), loyalty_applies=applies), AS_OF - 1),
    )


@settings(max_examples=40)
@given(books(2), st.integers(-3000, 3000))
def test_a_book_moved_in_time_reads_the_same_on_the_day_it_moved_to(book: list[Person], by: int) -> None:
    days = timedelta(days=by)

    def moved(one: Person) -> Person:
        ends = [
            replace(p, made=p.made + days, due=p.due and p.due + days, closed=p.closed and p.closed + days) for p in one.promises
        ]
        wishes = [
            replace(
                w, when=Moment(w.when.day + days, w.when.at and w.when.at + days, w.when.zone), until=w.until and w.until + days
            )
            for w in one.wishes
        ]
        return Person(one.name, one.roles, [replace(e, day=e.day + days) for e in one.events], wishes, ends)

    here, there = (arrays(found) for found in (assess(evidence(book), AS_OF), assess(evidence([*map(moved, book)]), AS_OF + by)))
    for name, value in here.items():
        if isinstance(value, np.ndarray):
            # Days on the calendar move with the book; all else stays.
            shift = (
                by
                if name
                in ("rhythm.expected_next", "distance.lifted", "reciprocity.unanswered", "reciprocity.waiting", "terms.since")
                else 0
            )
            np.testing.assert_allclose(value + shift, there[name], rtol=1e-9, atol=1e-9, err_msg=name)


@settings(max_examples=40)
@given(books(2), st.randoms(use_true_random=False))
def test_the_order_in_which_records_come_does_not_matter(book: list[Person], chance: Any) -> None:
    def shuffled(one: Person) -> Person:
        parts = [list(part) for part in (one.events, one.wishes, one.promises)]
        for part in parts:
            chance.shuffle(part)
        return Person(one.name, one.roles, *parts)

    same(assess(evidence(book), AS_OF), assess(evidence([shuffled(one) for one in book]), AS_OF))


# --- distance by their choice ---


@settings(max_examples=40)
@given(
    back=st.integers(120, 900),
    word=st.sampled_from(["none", "arms-length"]),
    gap=st.integers(20, 90),
    serving=st.lists(st.integers(1, 110), max_size=4, unique=True),
)
def test_distant_by_their_choice_and_left_in_peace_reads_as_well_kept(back: int, word: str, gap: int, serving: list[int]) -> None:
    history = [Event(ago(1000 + gap * k), "sale") for k in range(8)]
    history += [Event(ago(5 + gap * k), "sale") for k in range(4)]
    history += [touch(day, "out", "email", "service") for day in serving]
    wished, silent = person(*history, wish(back, "closeness", word)), person(*history)
    found = assess(evidence([wished, silent]), AS_OF)
    assert found.marks["terms"].value[0] >= 90
    assert scorecard(found, 0).status is Status.DISTANT
    assert scorecard(found, 1).status is not Status.DISTANT
    assert (scorecard(found, 0).health or 0) >= 75


@given(st.integers(1, 400))
def test_a_kept_promise_of_theirs_is_a_sign_and_never_hurts(back: int) -> None:
    history = [Event(ago(20 + 40 * k), "sale") for k in range(10)]
    plain, kept = person(*history), person(*history, promise(back + 10, back, back, theirs=True))
    found = assess(evidence([plain, kept]), AS_OF)
    assert found.marks["promises"].value[1] == pytest.approx(100)
    assert found.rhythm.n[1] >= found.rhythm.n[0]
