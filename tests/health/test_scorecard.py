"""A card in plain values: what is unknown is None, and every component gives its reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.health.people import TODAY, ago, answer, evidence, person, promise, touch, wish
from tests.health.reckoned import Event

from relcli.domain.component import COMPONENTS
from relcli.domain.moment import Moment, day_number
from relcli.domain.survey import Answer, Response, Tag
from relcli.health.assess import Assessment, assess
from relcli.health.scorecard import Component, Scorecard, scorecard
from relcli.health.status import Status

AS_OF = day_number(TODAY)
MONTHLY = tuple(Event(ago(12 + 30 * k), "sale") for k in range(24))


def assessed(*records: object, role: str = "customer", as_of: int = AS_OF) -> Assessment:
    """A book of somebody with these records behind somebody else, whose own ones are others."""
    other = person(*(Event(ago(5 + 45 * k), "sale") for k in range(8)), touch(30, "in", "email"))
    return assess(evidence([other, person(*records, role=role)], logged="yes"), as_of)  # type: ignore[arg-type]  # any record


def card(*records: object, role: str = "customer", ranges: bool = True) -> Scorecard:
    return scorecard(assessed(*records, role=role), 1, ranges=ranges)


def reasons(of_card: Scorecard) -> dict[str, str]:
    return {component.name: component.reason for component in of_card.components}


def named(of_card: Scorecard, name: str) -> Component:
    [found] = [component for component in of_card.components if component.name == name]
    return found


def test_a_card_has_the_figures_of_its_contact() -> None:
    records = (*MONTHLY, touch(100, "in", "email"), touch(99, "out", "email"), promise(50, 20, 25), answer(40, 8))
    found = assessed(*records)
    one = scorecard(found, 1)

    assert one.as_of == AS_OF
    assert one.status is Status.STRONG
    assert (one.health, one.health_unheld) == (found.health.value[1], found.health.unheld[1])
    assert (one.low, one.high, one.coverage) == (found.health.low[1], found.health.high[1], found.health.coverage[1])
    assert (one.trend, one.silent_risk, one.expected) == (found.trend[1], found.rhythm.silent_risk[1], found.rhythm.expected[1])
    assert (one.usual_gap, one.silent, one.own_horizon) == (30, 12, found.rhythm.own_horizon[1])
    assert (one.gap_low, one.gap_high) == (found.rhythm.gap_low[1], found.rhythm.gap_high[1])
    assert one.horizon_days == found.rhythm.horizon[1]
    assert one.expected_next == round(float(found.rhythm.expected_next[1]))
    assert one.held == ""
    for component in one.components:
        mark = found.marks[component.name]
        assert component.applies is True
        assert component.value == (None if np.isnan(mark.value[1]) else mark.value[1])
        assert (component.reliability, component.evidence) == (mark.reliability[1], mark.evidence[1])
        assert component.newest_age == (None if np.isnan(mark.newest_age[1]) else mark.newest_age[1])
        assert component.weight == found.weights.of(component.name)
        if component.name == "rhythm":
            assert (component.low, component.high) == (found.rhythm.low[1], found.rhythm.high[1])
        elif component.value is not None:
            assert (component.low, component.high) == found.range_of(component.name, 1)


def test_each_component_gives_its_reason() -> None:
    one = card(*MONTHLY, touch(100, "in", "email"), touch(99, "out", "email"), promise(50, 20, 25), answer(49, 8), wish(60, "not-channel", "phone"), touch(20, "out", "phone"))  # fmt: skip

    assert tuple(reasons(one)) == COMPONENTS
    assert reasons(one) == {
        "rhythm": reasons(one)["rhythm"],
        "terms": "our one touch was not as they wish; 1 by phone",
        "reciprocity": "they answered 1 of our 1 question; we answered 1 of their 1 message",
        "promises": "we kept 1 of 1",
        "voice": "8 of 10 on 3 Oct (pulse)",
        "loyalty": "24 orders in two years, no turn missed",
    }
    assert one.silence.startswith("silent 12 days, usually every")
    assert reasons(one)["rhythm"].startswith(f"{one.silence}; ")


def test_of_nobody_nothing_is_known_and_everything_says_so() -> None:
    one = card()

    assert one.status is Status.RECORD
    assert (one.health, one.health_unheld, one.low, one.high, one.trend, one.held) == (None, None, None, None, None, "")
    assert (one.silent_risk, one.expected_next, one.usual_gap, one.silent, one.silence) == (None, None, None, None, "")
    assert reasons(one) == {
        "rhythm": "no sign of life yet",
        "terms": "no wish known",
        "reciprocity": "nothing that asks for an answer yet",
        "promises": "none recorded",
        "voice": "never asked",
        "loyalty": "no order yet",
    }
    assert {component.value for component in one.components} == {None}
    assert {(component.low, component.high, component.newest_age) for component in one.components} == {(None, None, None)}


def test_one_sign_has_a_silence_and_no_usual_gap() -> None:
    one = card(Event(ago(7), "sale"))

    assert (one.silent, one.silence, one.usual_gap) == (7, "silent 7 days", None)
    assert card(*MONTHLY[:2]).usual_gap == 30


def test_without_ranges_the_tallies_have_none_and_rhythm_keeps_its_own() -> None:
    one = card(*MONTHLY, answer(40, 8), ranges=False)

    assert {name: named(one, name).low is None for name in COMPONENTS} == dict.fromkeys(COMPONENTS, True) | {"rhythm": False}
    assert named(one, "voice").value == pytest.approx(80)


def test_what_does_not_apply_has_no_figures_and_no_other_reason() -> None:
    apart = card(*MONTHLY, touch(30, "in", "email"), wish(10, "closeness", "none"))

    for name in ("rhythm", "reciprocity", "loyalty"):
        found = named(apart, name)
        assert (found.applies, found.value, found.low, found.high, found.reliability) == (False, None, None, None, 0.0)
        assert found.reason == "does not apply"
    assert named(apart, "loyalty").evidence == 24
    assert apart.reason == "they want no closeness"


def test_records_of_later_days_give_no_reason_yet() -> None:
    early = scorecard(assessed(*MONTHLY, promise(5, -5), wish(5, "cadence", "30d"), answer(5, 8), as_of=AS_OF - 6), 1)

    assert (reasons(early)["promises"], reasons(early)["terms"], reasons(early)["voice"]) == (
        "none recorded",
        "no wish known",
        "never asked",
    )
    then = scorecard(assessed(*MONTHLY, promise(5, -5), wish(5, "cadence", "30d"), answer(5, 8), as_of=AS_OF - 5), 1)
    assert reasons(then)["promises"] == "none that is due yet"
    assert reasons(then)["terms"] == "nothing of ours since they said what they wish"
    assert reasons(then)["voice"] == "8 of 10 on 16 Nov (pulse)"


def test_a_promise_past_its_day_holds_health_and_the_card_says_so() -> None:
    one = card(*MONTHLY, promise(50, 3))

    assert one.health is not None
    assert one.health_unheld is not None
    assert one.health < one.health_unheld
    assert one.held == f"held at {round(one.health)}: a promise of ours is 3 days overdue"
    assert reasons(one)["promises"] == "we kept 0 of 1; ours is 3 days overdue"
    assert one.reason == "a promise of ours is 3 days overdue"
    grave = card(*MONTHLY, promise(50, 3, complaint=True))
    assert grave.held == "held at 59: a complaint is 3 days past its day"
    assert grave.reason == "a complaint is 3 days past its day"


def test_a_promise_past_its_day_holds_nothing_that_is_lower_anyway() -> None:
    one = card(*MONTHLY[20:], promise(50, 3))

    assert one.health == one.health_unheld
    assert one.held == ""


def test_contacting_them_against_their_wish_holds_health() -> None:
    one = card(*MONTHLY, wish(60, "do-not-contact-by", "phone"), touch(20, "out", "phone"))

    assert one.held == "held at 59: we contacted them against their wish"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((Answer("glad", Tag.SATISFACTION, "?", 4, low=1, high=5),), "4 of 5"),
        (
            (Answer("glad", Tag.SATISFACTION, "?", 4, low=1, high=5), Answer("near", Tag.CLOSENESS_WANTED, "?", 2, low=1, high=3)),
            "4 of 5",
        ),
        ((Answer("glad", Tag.SATISFACTION, "?", 4, low=1, high=5), Answer("like", Tag.RECOMMEND, "?", 10, low=0, high=10)), "9 of 10"),
    ],
    ids=["one", "one that is scored", "several"],
)  # fmt: skip
def test_an_answer_is_told_on_its_scale_and_several_in_tenths(answers: tuple[Answer, ...], said: str) -> None:
    given = Response(0, "", "pulse", 1, Moment(ago(49)), answers)

    assert reasons(card(*MONTHLY, given))["voice"] == f"{said} on 3 Oct (pulse)"


def test_silent_wishes_and_senders_are_told_on_the_card() -> None:
    peace = card(*MONTHLY, wish(120, "closeness", "none"))
    assert reasons(peace)["terms"] == "left in peace for 120 days, as they wish"
    sender = card(*MONTHLY, Event(ago(40), "referral"), Event(ago(30), "referral"))
    assert reasons(sender)["loyalty"] == "24 orders in two years, no turn missed; sent us two others"


def test_silence_and_rhythm_are_told_with_the_usual_gaps_and_the_day_they_are_foretold_for() -> None:
    one = card(*(Event(ago(12 + 60 * k + (28 if odd else 0)), "sale") for k in range(10) for odd in (False, True)))

    assert one.silence == "silent 12 days, usually every 28 (28\N{EN DASH}32)"
    assert reasons(one)["rhythm"].startswith(f"{one.silence}; ")
    assert reasons(one)["rhythm"].endswith(" % to hear from them by 22 May 2027")
    assert one.reason == reasons(one)["rhythm"]
    assert one.next_step.startswith("leave alone until about ")


def test_the_reason_and_the_next_step_are_those_of_the_word() -> None:
    new, once = card(Event(ago(7), "sale")), card(Event(ago(100), "sale"))
    gone = card(*(Event(ago(110 + 21 * k), "sale") for k in range(30)))

    assert (new.status, new.reason) == (Status.NEW, "first heard from them 7 days ago")
    assert (once.status, once.reason) == (Status.UNKNOWN, "one sign of life only; needs two")
    assert gone.status is Status.AT_RISK
    assert gone.reason.startswith("silent 110 days, usually every 21; ")
    assert gone.next_step == "they may be slipping away: silent 110 days, usually every 21"


def test_who_is_archived_is_told_apart_from_who_wants_no_contact() -> None:
    book = replace(evidence([person(), person(*MONTHLY)]), archived=np.array([False, True]))
    one = scorecard(assess(book, AS_OF), 1)
    barred = card(*MONTHLY, wish(10, "do-not-contact"))

    assert (one.status, one.reason, one.next_step) == (Status.CLOSED, "archived", "nothing: archived")
    assert (barred.reason, barred.next_step) == ("they want no contact", "leave alone: they want no contact")


def test_what_a_supplier_sold_us_is_a_purchase() -> None:
    book = evidence([person(*MONTHLY), person(*MONTHLY, role="supplier")])
    found = assess(replace(book, purchases=np.array([False, True])), AS_OF)

    assert reasons(scorecard(found, 0))["loyalty"] == "24 orders in two years, no turn missed"
    assert reasons(scorecard(found, 1))["loyalty"] == "24 purchases in two years, no turn missed"


def test_an_unhappy_answer_holds_health() -> None:
    assert card(*MONTHLY, answer(10, 4)).held == "held at 59: their newest answer was an unhappy one"


def test_touches_as_they_wish_are_told_without_a_breach() -> None:
    mail = wish(100, "channel", "email")

    assert reasons(card(*MONTHLY, mail, touch(20, "out", "email")))["terms"] == "our one touch was as they wish"
    both = card(*MONTHLY, mail, wish(100, "not-channel", "phone"), touch(20, "out", "email"), touch(50, "out", "phone"))
    assert reasons(both)["terms"].startswith("1 of 2 of our touches as they wish; 1 by phone")


def test_what_we_left_unanswered_is_told_where_answers_are_logged() -> None:
    people = [person(touch(100, "in", "email"), touch(60, "out", "email"), touch(55, "in", "phone"))]
    asked = "they answered 1 of our 1 question"

    for logged, said in (("yes", f"{asked}; we answered 0 of their 1 message"), ("no", asked)):
        book = replace(evidence(people), replies_logged=logged)
        assert reasons(scorecard(assess(book, AS_OF), 0))["reciprocity"] == said


def test_several_of_the_worst_answers_are_none_of_ten() -> None:
    worst = tuple(Answer(name, Tag.SATISFACTION, "?", 1, low=1, high=5) for name in ("glad", "sure"))

    assert reasons(card(*MONTHLY, Response(0, "", "pulse", 1, Moment(ago(49)), worst)))["voice"] == "0 of 10 on 3 Oct (pulse)"
