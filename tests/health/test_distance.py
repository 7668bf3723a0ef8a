"""How near they want us, and when silence is what they asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from tests.health.people import TODAY, ago, evidence, person, promise, touch, wish
from tests.health.reckoned import Event

from relcli.domain.moment import Moment, day_number
from relcli.domain.preference import Preference
from relcli.health.assess import assess
from relcli.health.distance import Distance, distance, local, stretches
from relcli.health.scorecard import Scorecard, scorecard
from relcli.health.status import Status

AS_OF = day_number(TODAY)
MONTHLY = [Event(ago(20 + 30 * k), "sale") for k in range(12)]


def of(*wishes: Preference, as_of: int = AS_OF) -> Distance:
    return distance({0: person(*wishes).wishes}, 1, as_of)


def card(*records: object) -> Scorecard:
    return scorecard(assess(evidence([person(*records)]), AS_OF), 0)  # type: ignore[arg-type]  # records of every kind


def applying(of_card: Scorecard) -> list[str]:
    return [component.name for component in of_card.components if component.applies]


def test_nothing_said_is_no_distance() -> None:
    found = distance({}, 1, AS_OF)
    assert not found.apart[0]
    assert np.isnan(found.cadence[0])
    assert np.isnan(found.lifted[0])


def test_do_not_contact_bars_whoever_noted_it_but_closeness_is_only_theirs_to_say() -> None:
    assert of(wish(10, "do-not-contact", assumed=True)).barred.tolist() == [True]
    assert of(wish(10, "closeness", "none", assumed=True)).none.tolist() == [False]
    assert of(wish(10, "closeness", "none")).none.tolist() == [True]


def test_a_cadence_is_that_of_the_day() -> None:
    said = wish(100, "cadence", "30d"), wish(10, "cadence", "13w")
    assert of(*said).cadence.tolist() == [91]
    assert of(*said, as_of=AS_OF - 11).cadence.tolist() == [30]
    assert np.isnan(of(*said, as_of=AS_OF - 101).cadence[0])
    assert np.isnan(of(wish(100, "cadence", "30d", until=1)).cadence[0])


@pytest.mark.parametrize(("kind", "value"), [("closeness", "regular"), ("cadence", "30d"), ("channel", "email")])
def test_a_newer_wish_for_contact_lifts_do_not_contact_and_a_newer_refusal_restores_it(kind: str, value: str) -> None:
    lifted = of(wish(100, "do-not-contact"), wish(50, kind, value))
    assert lifted.barred.tolist() == [False]
    assert lifted.lifted.tolist() == [AS_OF - 51]
    restored = of(wish(100, "do-not-contact"), wish(50, kind, value), wish(10, "do-not-contact"))
    assert restored.barred.tolist() == [True]
    assert np.isnan(restored.lifted[0])


def test_what_lifts_must_be_theirs_and_must_want_something() -> None:
    assert of(wish(100, "do-not-contact"), wish(50, "channel", "email", assumed=True)).barred.tolist() == [True]
    assert of(wish(100, "do-not-contact"), wish(50, "not-channel", "email")).barred.tolist() == [True]
    assert of(wish(100, "do-not-contact"), wish(50, "closeness", "none")).barred.tolist() == [True]


def test_an_end_of_its_own_lifts_it_the_day_after() -> None:
    assert of(wish(100, "do-not-contact", until=10), as_of=AS_OF - 10).barred.tolist() == [True]
    assert of(wish(100, "do-not-contact", until=10), as_of=AS_OF - 9).barred.tolist() == [False]
    assert of(wish(100, "do-not-contact", until=10)).lifted.tolist() == [AS_OF - 10]


def test_a_closeness_we_only_assumed_leaves_no_rest_behind_it() -> None:
    found = of(wish(100, "closeness", "none", assumed=True), wish(50, "closeness", "close", assumed=True))
    assert np.isnan(found.lifted[0])


def test_stretches_cover_every_day_once() -> None:
    wishes = person(wish(100, "do-not-contact", until=60), wish(80, "closeness", "none"), wish(30, "channel", "email")).wishes
    parts = list(stretches(wishes, AS_OF))
    assert [first for first, _, _ in parts] == [AS_OF - 100, AS_OF - 80, AS_OF - 59, AS_OF - 30]
    assert [end for _, end, _ in parts] == [*(first for first, _, _ in parts[1:]), AS_OF + 1]
    assert [held.do_not_contact is not None for _, _, held in parts] == [True, True, False, False]


def test_closeness_none_leaves_terms_alone_on_the_card_and_full_health() -> None:
    distant = card(*MONTHLY, wish(200, "closeness", "none"))
    assert applying(distant) == ["terms"]
    assert (distant.status, round(distant.health or 0)) == (Status.DISTANT, 100)


def test_do_not_contact_everywhere_closes_the_card_which_keeps_its_components() -> None:
    closed = card(*MONTHLY, wish(200, "do-not-contact"))
    assert (closed.status, closed.health, closed.health_unheld, closed.trend) == (Status.CLOSED, None, None, None)
    assert applying(closed) == ["terms"]


def test_promises_apply_at_a_distance_where_there_are_any() -> None:
    assert applying(card(*MONTHLY, wish(200, "closeness", "none"), promise(60, 50, 50))) == ["terms", "promises"]
    assert applying(card(*MONTHLY, wish(200, "closeness", "none"), promise(60, -9))) == ["terms"]


@pytest.mark.parametrize(
    ("lifted", "sign", "rests"), [(29, None, True), (30, None, False), (10, 11, True), (10, 10, False), (10, 5, False)]
)
def test_after_a_wish_for_no_contact_rhythm_rests_until_a_sign_or_one_usual_gap(
    lifted: int, sign: int | None, rests: bool
) -> None:
    bought = [Event(ago(400 + 30 * k), "sale") for k in range(12)] + ([] if sign is None else [Event(ago(sign), "sale")])
    found = card(*bought, wish(300, "closeness", "none", until=lifted + 1))
    assert ("rhythm" not in applying(found)) == rests


def test_the_trend_is_unknown_where_the_card_was_closed_90_days_before() -> None:
    assert card(*MONTHLY, wish(300, "do-not-contact"), wish(60, "channel", "email"), touch(30, "out", "email")).trend is None


def test_a_stated_cadence_is_the_least_usual_gap_while_it_holds() -> None:
    assert card(*MONTHLY, wish(100, "cadence", "91d")).usual_gap == 91
    assert card(*MONTHLY, wish(100, "cadence", "7d")).usual_gap == 30
    assert card(*MONTHLY, wish(100, "cadence", "91d", assumed=True)).usual_gap == 30
    assert card(*MONTHLY, wish(100, "cadence", "91d", until=1)).usual_gap == 30


def test_arms_length_is_the_closeness_they_stated_and_no_other() -> None:
    assert of(wish(10, "closeness", "arms-length")).arms_length.tolist() == [True]
    assert of(wish(10, "closeness", "arms-length", assumed=True)).arms_length.tolist() == [False]
    assert of(wish(10, "closeness", "regular")).arms_length.tolist() == [False]


def test_what_was_lifted_today_held_until_yesterday() -> None:
    assert of(wish(10, "closeness", "none"), wish(0, "closeness", "regular")).lifted.tolist() == [AS_OF - 1]


def test_a_touch_is_at_its_instant_where_that_is_known_and_else_on_its_day() -> None:
    assert local(AS_OF, -1) == Moment(TODAY)
    assert local(AS_OF, AS_OF * 86_400 + 30_600) == Moment(TODAY, datetime(2026, 11, 21, 8, 30, tzinfo=UTC))
    assert local(0, 0) == Moment(datetime(1970, 1, 1, tzinfo=UTC).date(), datetime(1970, 1, 1, tzinfo=UTC))
