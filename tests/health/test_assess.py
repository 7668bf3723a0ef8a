"""Whole books, and the cards they make."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.health import people
from tests.health.reckoned import Event

from relcli.domain.component import COMPONENTS
from relcli.domain.moment import day_number
from relcli.health.assess import Assessment, assess
from relcli.health.card import Weights
from relcli.health.evidence import Evidence
from relcli.health.ledger import Ledger
from relcli.health.rhythms.adaptation import adapted
from relcli.health.rhythms.prior import shipped
from relcli.health.scorecard import Scorecard, scorecard
from relcli.health.status import STATUSES, Status

TODAY = 20_000
# A few ordinary others, so that no book of these tests stands on one history alone.
OTHERS = [[5 + 45 * i for i in range(8)], [20 + 60 * i for i in range(5)], [300, 340], [90]]


def evidence_of(*ages: list[int], archived: bool = False) -> Evidence:
    """Sales so many days ago; each is a sign and a transaction day."""
    histories = [*ages, *OTHERS]
    owner = [i for i, own in enumerate(histories) for _ in own]
    ledger = Ledger.of(owner, [TODAY - age for own in histories for age in own], len(histories))
    closed = np.zeros(len(histories), np.bool_)
    closed[0] = archived
    return Evidence(ledger, ledger, closed, np.ones(len(histories), np.bool_))


def card_of(ages: list[int], *, archived: bool = False) -> Scorecard:
    return scorecard(assess(evidence_of(ages, archived=archived), TODAY), 0)


def test_monthly_sales_imported_and_nothing_else_is_strong_but_unsure() -> None:
    card = card_of([12 + 30 * i for i in range(24)])
    assert card.status is Status.STRONG
    assert card.health == pytest.approx(97, abs=4)
    assert card.health is not None
    assert card.low is not None
    assert card.health - card.low == pytest.approx(21, abs=6)
    assert card.health_unheld == card.health
    assert card.trend == pytest.approx(0, abs=5)
    assert card.next_step.startswith("leave alone until about")


def test_one_sale_long_ago_is_unknown() -> None:
    card = card_of([100])
    assert (card.status, card.health, card.trend) == (Status.UNKNOWN, None, None)
    assert card.reason == "one sign of life only; needs two"
    assert card.usual_gap is None


def test_one_sale_this_month_is_new() -> None:
    card = card_of([5])
    assert (card.status, card.health) == (Status.NEW, None)
    assert card.components[-1].value is None
    assert card.components[-1].reason == "one order, 5 days ago; too early for the next"


def test_a_big_customer_silent_for_five_of_its_turns_is_at_risk() -> None:
    card = card_of([110 + 21 * i for i in range(30)])
    assert card.status is Status.AT_RISK
    assert card.next_step == "they may be slipping away: silent 110 days, usually every 21"
    assert card.trend is not None
    assert card.trend < -10


def test_all_good_until_three_years_ago_is_lapsed() -> None:
    assert card_of([1095 + 30 * i for i in range(24)]).status is Status.LAPSED


def test_no_sign_ever_is_a_record() -> None:
    card = card_of([])
    assert (card.status, card.health, card.silent, card.expected_next) == (Status.RECORD, None, None, None)
    assert all(component.value is None and component.applies for component in card.components)


def test_archived_is_closed_before_all_else_and_has_components_only() -> None:
    card = card_of([12 + 30 * i for i in range(24)], archived=True)
    assert (card.status, card.health, card.low, card.trend) == (Status.CLOSED, None, None, None)
    assert card.components[0].value is not None
    assert card_of([], archived=True).status is Status.CLOSED


def test_new_comes_before_at_risk_and_lapsed_before_unknown() -> None:
    assert card_of([58, 57, 56, 55, 54]).status is Status.NEW
    assert card_of([3000]).status is Status.LAPSED


def test_silence_beyond_the_usual_is_cooling_before_it_is_at_risk() -> None:
    seen = [card_of([silent + 30 * i for i in range(24)]).status for silent in range(5, 400, 5)]
    assert seen.index(Status.STRONG) < seen.index(Status.COOLING) < seen.index(Status.AT_RISK)
    assert seen.index(Status.AT_RISK) < seen.index(Status.LAPSED)


def test_a_card_has_six_components_in_order_of_which_four_have_no_evidence_yet() -> None:
    card = card_of([12 + 30 * i for i in range(24)])
    assert tuple(component.name for component in card.components) == COMPONENTS
    assert [c.value is None for c in card.components] == [False, True, True, True, True, False]
    assert card.components[1].reason == "no wish known"
    rhythm = card.components[0]
    assert (rhythm.evidence, rhythm.newest_age, rhythm.weight) == (24, 12, 25.0)


def test_where_loyalty_cannot_apply_it_is_told_from_unknown() -> None:
    evidence = evidence_of([12 + 30 * i for i in range(24)])
    nobody = Evidence(evidence.signs, evidence.transactions, evidence.archived, ~evidence.loyalty_applies)
    card = scorecard(assess(nobody, TODAY), 0)
    assert not card.components[-1].applies
    assert card.components[-1].value is None
    assert card.coverage == pytest.approx(100 * 25 / 90)
    assert card.status is Status.UNKNOWN


def test_suppliers_read_of_purchases() -> None:
    evidence = evidence_of([10, 130])
    bought = np.ones(evidence.signs.size, np.bool_)
    both = Evidence(evidence.signs, evidence.transactions, evidence.archived, evidence.loyalty_applies, bought)
    assert "2 purchases in" in scorecard(assess(both, TODAY), 0).components[-1].reason


def test_trend_is_health_now_less_health_then() -> None:
    evidence = evidence_of([12 + 30 * i for i in range(24)])
    only_rhythm = Weights(0.0 + 25, 0, 0, 0, 0, 0)
    now = assess(evidence, TODAY, weights=only_rhythm)
    then = assess(evidence, TODAY - 90, weights=only_rhythm, model=now.model)
    assert now.trend[0] == pytest.approx(now.health.unheld[0] - then.health.unheld[0])


def test_arrays_of_different_size_are_refused() -> None:
    evidence = evidence_of([5])
    wrong = Evidence(evidence.signs, evidence.transactions, evidence.archived[:2], evidence.loyalty_applies)
    with pytest.raises(ValueError, match="contacts"):
        assess(wrong, TODAY)


def every_value(found: Assessment) -> list[Scorecard]:
    return [scorecard(found, i) for i in range(found.status.size)]


@given(st.lists(st.lists(st.integers(-500, 4000), max_size=15), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_any_book_gives_cards_within_bounds_and_the_future_does_not_count(histories: list[list[int]]) -> None:
    cards = every_value(assess(evidence_of(*histories), TODAY))
    assert cards == every_value(assess(evidence_of(*[[a for a in own if a >= 0] for own in histories]), TODAY))
    for card in cards:
        for value in (card.health, card.low, card.high, card.coverage, card.silent_risk):
            assert value is None or 0 <= value <= 100
        if card.health is not None and card.low is not None and card.high is not None:
            assert card.low <= card.health <= card.high
        assert card.expected_next is None or card.expected_next > TODAY
        assert card.status in STATUSES
        assert card.reason
        assert card.next_step


def test_one_implementation_serves_one_contact_and_many() -> None:
    many = assess(evidence_of(*[[12 + 30 * i for i in range(24)]] * 3), TODAY)
    assert many.health.value[:3] == pytest.approx([many.health.value[0]] * 3)


MONTHLY = tuple(Event(people.ago(12 + 30 * k), "sale") for k in range(24))


def alone(*records: object) -> Assessment:
    """Somebody with monthly sales and these records, on a day of the helpers' calendar."""
    return assess(people.evidence([people.person(*MONTHLY, *records)]), day_number(people.TODAY))  # type: ignore[arg-type]


def test_the_range_of_a_component_is_its_own() -> None:
    found = alone(people.answer(3, 4), people.promise(50, 20, 25))

    assert found.range_of("voice", 0) == found.voice.range_of(0)
    assert found.range_of("promises", 0) == found.promises.tally.range_of(0)
    assert found.range_of("loyalty", 0) == found.loyalty.tally.range_of(0)


def test_a_horizon_that_is_given_serves_all_and_teaches_too() -> None:
    evidence = evidence_of(*[[12 + 30 * i for i in range(24)]] * 6)
    found, free = assess(evidence, TODAY, horizon=30), assess(evidence, TODAY)
    taught = adapted(evidence.signs, TODAY, 30)

    assert set(found.rhythm.horizon.tolist()) == {30}
    assert found.model.fixed == taught.fixed
    assert found.model.fixed != free.model.fixed
    only_rhythm = Weights(25, 0, 0, 0, 0, 0)
    now = assess(evidence, TODAY, horizon=30, weights=only_rhythm)
    then = assess(evidence, TODAY - 90, horizon=30, weights=only_rhythm, model=now.model)
    assert now.trend[0] == pytest.approx(now.health.unheld[0] - then.health.unheld[0])


def test_a_model_that_is_given_is_the_one_that_judges() -> None:
    assert assess(evidence_of([5, 40]), TODAY, model=shipped()).model is shipped()


@pytest.mark.parametrize(
    "records",
    [
        [people.answer(10, 4)],
        [people.wish(60, "do-not-contact-by", "phone"), people.touch(20, "out", "phone")],
    ],
    ids=["unhappy", "harmed"],
)
def test_each_grave_matter_alone_holds_health(records: list[object]) -> None:
    found = alone(*records)

    assert found.health.value.tolist() == [59]
    assert found.health.unheld[0] > 59


def test_a_closed_card_has_no_health_before_its_cap_either() -> None:
    assert np.isnan(alone(people.wish(10, "do-not-contact")).health.unheld[0])
    assert not np.isnan(alone().health.unheld[0])
    archived = assess(evidence_of([12 + 30 * i for i in range(24)], archived=True), TODAY)
    assert np.isnan(archived.health.unheld).tolist()[:2] == [True, False]


def test_the_trend_is_unknown_where_health_was_or_is() -> None:
    lifted = alone(people.wish(200, "do-not-contact"), people.wish(50, "channel", "email"))
    young = card_of([5, 20, 35, 50])

    assert not np.isnan(lifted.health.value[0])
    assert np.isnan(lifted.trend[0])
    assert young.trend is None


def test_a_promise_one_day_late_is_owed() -> None:
    assert STATUSES[alone(people.promise(20, 1)).status[0]] is Status.OWED
    assert STATUSES[alone(people.promise(20, 0)).status[0]] is Status.STRONG
