"""On their terms: every touch of ours by the wishes that held when it happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.health.people import TODAY, ago, evidence, person, promise, touch, wish
from tests.health.reckoned import Event

from relcli.domain.moment import day_number
from relcli.health.components import _settled
from relcli.health.terms import Terms, observed_channel, terms

AS_OF = day_number(TODAY)
HEARD = [touch(300 - k, "in", "email") for k in range(3)]  # they began three times by email


def of(*records: object, as_of: int = AS_OF, zone: tzinfo | None = None, texts: dict[int, str] | None = None) -> Terms:
    read = evidence([person(*records)])  # type: ignore[arg-type]  # records of every kind
    assert read.talk is not None
    return terms(read.talk, read.wanted, as_of, settled=_settled(read.given), zones={0: zone} if zone else {}, texts=texts or {})


def counted(found: Terms, back: int) -> tuple[float, float]:
    """Successes and failures, with the weight of one record so many days old taken out."""
    weight = 0.5 ** (back / 365)
    return round(float(found.tally.successes[0]) / weight, 6), round(float(found.tally.failures[0]) / weight, 6)


def test_nothing_is_judged_without_a_wish() -> None:
    found = of(touch(20, "out", "phone"), touch(10, "out", "letter"))
    assert not found.tally.known[0]
    assert found.judged.tolist() == [0]


def test_touches_from_before_any_wish_are_not_judged() -> None:
    found = of(touch(30, "out", "phone"), wish(20, "channel", "email"), touch(10, "out", "email"))
    assert (counted(found, 10), found.judged.tolist()) == ((1, 0), [1])


def test_a_touch_is_judged_by_the_wishes_of_its_own_day_not_by_those_that_came_later() -> None:
    assert counted(of(wish(90, "channel", "email"), touch(50, "out", "email"), wish(10, "not-channel", "email")), 50) == (1, 0)


def test_on_its_own_day_a_wish_counts_by_the_clock_alone_for_it_may_have_been_said_in_that_very_touch() -> None:
    said = wish(20, "channel", "email", at="12:00")
    assert of(said, touch(20, "out", "phone", at="11:00")).judged.tolist() == [0]
    assert counted(of(said, touch(20, "out", "phone", at="13:00")), 20) == (0, 1)
    assert of(said, touch(20, "out", "phone")).judged.tolist() == [0]
    assert of(wish(20, "do-not-contact-by", "phone"), touch(20, "out", "phone")).judged.tolist() == [0]
    assert counted(of(said, touch(19, "out", "phone")), 19) == (0, 1)


def test_a_wish_holds_until_its_last_day() -> None:
    ends = wish(90, "channel", "email", until=50)
    assert counted(of(ends, touch(50, "out", "phone")), 50) == (0, 1)
    assert of(ends, touch(49, "out", "phone")).judged.tolist() == [0]


def test_the_channel_they_used_last_is_right_to_answer_on_for_14_days() -> None:
    asked = wish(200, "channel", "email")
    assert counted(of(asked, touch(100, "in", "phone"), touch(90, "out", "phone")), 90) == (1, 0)
    assert counted(of(asked, touch(100, "in", "phone"), touch(85, "out", "phone", "service")), 85) == (0, 1)
    assert counted(of(asked, touch(100, "in", "phone"), touch(90, "out", "phone", "pitch")), 90) == (0, 1)


def test_a_meeting_by_a_channel_is_their_using_it_too() -> None:
    spared = wish(200, "not-channel", "phone")
    assert counted(of(spared, touch(100, "both", "phone"), touch(98, "out", "phone")), 98) == (1, 0)


def test_nothing_is_late_for_somebody_of_whom_we_only_assume_that_they_want_no_contact() -> None:
    asked = wish(300, "cadence", "30d")
    assert of(asked).late[0] == 3
    assert of(asked, wish(100, "do-not-contact", assumed=True)).late[0] == 0


@pytest.mark.parametrize("purpose", ["service", "order", "complaint"])
def test_service_is_judged_by_channel_hours_and_do_not_contact_alone(purpose: str) -> None:
    soon = [wish(200, "cadence", "91d"), touch(100, "out", "email", "check-in"), touch(80, "out", "email", purpose)]
    assert of(*soon).tally.failures[0] - of(*soon).late[0] == 0
    assert counted(of(wish(200, "not-channel", "email"), touch(80, "out", "email", purpose)), 80) == (0, 1)
    assert counted(of(wish(200, "do-not-contact"), touch(0, "out", "email", purpose), wish(200, "hours", "9-17")), 0)[1] == 3


def test_settling_a_promise_is_no_outreach_and_breaking_one_settles_nothing() -> None:
    def failures(how: str) -> float:
        owed = promise(120, 80, 80, how)
        # Not in answer to anything: seventy days after the last outreach, with three months wanted.
        told = of(wish(400, "cadence", "120d"), touch(150, "out", "email"), owed, touch(80, "out", "email", "other"))
        return float(told.tally.failures[0] - told.late[0])

    assert failures("kept") == 0
    assert failures("broken") > 0
    assert failures("withdrawn") > 0


def test_settling_a_promise_may_go_by_the_channel_they_used_last_also_where_they_never_said_any() -> None:
    talked = [*HEARD, touch(90, "in", "phone"), touch(85, "out", "email"), touch(80, "out", "phone", "other")]
    assert of(*talked).tally.failures[0] > 0
    assert of(*talked, promise(120, 80, 80)).tally.failures[0] == 0


@pytest.mark.parametrize(
    ("at", "channel", "fine"), [("08:59", "phone", 0), ("09:00", "phone", 1), ("17:00", "phone", 0), ("20:00", "email", 1)]
)
def test_hours_bind_what_rings(at: str, channel: str, fine: int) -> None:
    assert counted(of(wish(200, "hours", "9-17"), touch(50, "out", channel, at=at)), 50) == (fine, 1 - fine)


def test_hours_are_those_of_where_they_are() -> None:
    call = [wish(200, "hours", "9-17"), touch(50, "out", "phone", at="08:30")]
    assert counted(of(*call), 50) == (0, 1)
    assert counted(of(*call, zone=ZoneInfo("Europe/Madrid")), 50) == (1, 0)


def test_a_call_without_a_clock_breaks_no_hours() -> None:
    assert counted(of(wish(200, "hours", "9-17"), touch(50, "out", "phone")), 50) == (1, 0)


@pytest.mark.parametrize(("gap", "fine"), [(45, 1), (44, 0)])
def test_an_outreach_comes_not_before_three_quarters_of_the_wanted_cadence(gap: int, fine: int) -> None:
    found = of(touch(50 + gap, "out", "email"), wish(60, "cadence", "60d"), touch(50, "out", "email"))
    assert counted(found, 50) == (fine, 1 - fine)


def test_a_reply_does_not_put_the_next_outreach_off() -> None:
    talked = [wish(200, "cadence", "60d"), touch(101, "in", "email"), touch(100, "out", "email"), touch(50, "out", "email")]
    assert counted(of(*talked, touch(10, "in", "shop")), 50)[1] == 0


def test_a_topic_they_want_to_be_spared_is_found_in_what_the_touch_was_about() -> None:
    told = [wish(200, "not-topic", "prices"), touch(50, "out", "email")]
    assert counted(of(*told, texts={2: "New PRICES for spring"}), 50) == (0, 1)
    assert counted(of(*told, texts={2: "enterprises"}), 50) == (1, 0)


@pytest.mark.parametrize(("purpose", "fine"), [("thanks", 1), ("advice", 1), ("", 0), ("pitch", 0), ("check-in", 0)])
def test_at_arms_length_only_what_serves_them_is_right(purpose: str, fine: int) -> None:
    found = of(wish(101, "closeness", "arms-length"), touch(100, "out", "email", purpose))
    peace = of(wish(101, "closeness", "arms-length")).tally.successes[0]
    assert bool(found.tally.failures[0] == 0) == bool(fine)
    assert bool(found.tally.successes[0] > peace + 0.5) == bool(fine)


def test_a_quarter_in_peace_is_one_success_and_a_day_of_breach_is_no_peace() -> None:
    left = of(wish(91, "closeness", "none"))
    assert left.quiet.tolist() == [91]
    assert 0.5 ** (91 / 365) < left.tally.successes[0] < 1
    broken = of(wish(91, "closeness", "none"), touch(40, "out", "email"))
    assert broken.quiet.tolist() == [90]
    assert broken.tally.successes[0] == pytest.approx(left.tally.successes[0] - 0.5 ** (39.5 / 365) / 91, abs=1e-6)


def test_today_is_no_day_in_peace_yet() -> None:
    assert not of(wish(0, "closeness", "none")).tally.known[0]


def test_peace_ends_with_the_wish() -> None:
    assert of(wish(200, "do-not-contact"), wish(100, "channel", "email")).quiet.tolist() == [100]
    assert of(wish(200, "do-not-contact", until=101)).quiet.tolist() == [100]


def test_do_not_contact_restored_after_it_was_lifted_is_in_force_again() -> None:
    said = [wish(200, "do-not-contact"), wish(150, "channel", "email"), wish(100, "do-not-contact")]
    between, after = of(*said, touch(120, "out", "email")), of(*said, touch(80, "out", "email"))
    assert not between.harmed[0]
    assert between.tally.failures[0] == 0
    assert after.harmed[0]
    assert after.tally.failures[0] == pytest.approx(3 * 0.5 ** (80 / 365))
    assert of(*said).quiet.tolist() == [150]


@pytest.mark.parametrize(("kind", "value"), [("do-not-contact", ""), ("do-not-contact-by", "phone")])
def test_against_do_not_contact_counts_three_and_harms_for_90_days(kind: str, value: str) -> None:
    for back, harmed in ((90, True), (91, False)):
        found = of(wish(back + 1, kind, value), touch(back, "out", "phone"))
        assert found.tally.failures[0] == pytest.approx(3 * 0.5 ** (back / 365))
        assert found.harmed.tolist() == [harmed]


def test_an_assumed_wish_is_not_scored() -> None:
    assert not of(wish(200, "channel", "email", assumed=True), touch(50, "out", "phone")).tally.known[0]


def test_the_channel_they_were_seen_to_prefer_counts_half_either_way() -> None:
    assert counted(of(*HEARD, touch(50, "out", "email")), 50) == (0.5, 0)
    assert counted(of(*HEARD, touch(50, "out", "phone")), 50) == (0, 0.5)
    assert counted(of(*HEARD[:2], touch(50, "out", "phone")), 50) == (0, 0)


def test_what_they_said_of_channels_takes_the_place_of_what_was_seen() -> None:
    assert counted(of(*HEARD, wish(200, "channel", "phone"), touch(50, "out", "phone")), 50) == (1, 0)


def test_a_channel_nobody_named_breaks_no_wish_about_channels() -> None:
    assert counted(of(wish(200, "channel", "email"), touch(50, "out", "other")), 50) == (1, 0)
    assert counted(of(*HEARD, touch(50, "out", "other")), 50) == (0, 0)


def late(*records: object) -> float:
    return float(of(*records).late[0])


def test_late_grows_with_the_days_since_the_newest_of_wish_sign_and_good_touch() -> None:
    said = wish(100, "cadence", "50d")
    assert late(said) == 1
    assert late(said, touch(80, "out", "email")) == pytest.approx(0.6)
    assert late(said, Event(ago(60), "sale")) == pytest.approx(0.2)
    assert late(said, touch(50, "in", "email")) == 0
    assert late(wish(1000, "cadence", "50d")) == 3


def test_a_touch_that_broke_a_wish_does_not_make_us_less_late() -> None:
    said = [wish(100, "cadence", "50d"), wish(100, "channel", "email")]
    assert late(*said, touch(60, "out", "phone")) == 1
    assert late(*said, touch(60, "out", "email")) == pytest.approx(0.2)


@pytest.mark.parametrize(("kind", "value"), [("closeness", "none"), ("closeness", "arms-length"), ("do-not-contact", "")])
def test_nobody_who_wants_distance_is_waiting_for_us(kind: str, value: str) -> None:
    assert late(wish(300, "cadence", "50d"), wish(200, kind, value)) == 0


def test_a_cadence_that_ended_makes_nobody_late() -> None:
    assert late(wish(300, "cadence", "50d", until=10)) == 0


def crowded(*records: object) -> bool:
    return bool(of(*records).crowded[0])


def _weekly(backs: Sequence[int]) -> list[Event]:
    return [touch(back, "out", "email", "marketing") for back in backs]


def test_two_of_our_last_four_outreaches_too_often_crowd_and_one_of_two_does_not() -> None:
    said = wish(170, "cadence", "40d")
    assert crowded(said, *_weekly([160, 120, 110, 100]))
    assert not crowded(said, *_weekly([160, 150]))
    assert not crowded(said, *_weekly([179, 140, 100, 95, 90, 50]))


def test_only_the_last_six_within_180_days_crowd() -> None:
    said = wish(900, "cadence", "20d")
    assert not crowded(said, *_weekly([300, 299, 298, 100]))
    assert crowded(said, *_weekly([170, 140, 120, 100, 95, 90, 85]))
    assert not crowded(said, *_weekly([170, 169, 168, 150, 130, 110, 90, 70, 50]))


def test_contact_against_do_not_contact_crowds_and_a_wrong_channel_does_not() -> None:
    assert crowded(wish(170, "do-not-contact"), *_weekly([100, 50]))
    assert not crowded(wish(170, "channel", "phone"), *_weekly([100, 50]))


def test_a_wish_of_a_later_day_changes_nothing_of_the_days_before() -> None:
    talked = [
        *HEARD,
        touch(90, "in", "phone"),
        touch(85, "out", "email"),
        touch(80, "out", "phone", "other"),
        promise(120, 80, 80),
    ]
    plain, told = (of(*talked, *more, as_of=AS_OF - 1) for more in ([], [wish(0, "channel", "letter")]))
    for name in ("judged", "honoured", "late", "quiet", "harmed", "crowded"):
        np.testing.assert_array_equal(getattr(plain, name), getattr(told, name))
    assert plain.tally.successes[0] == told.tally.successes[0] > 0
    assert plain.tally.failures[0] == told.tally.failures[0]


def test_what_was_broken_is_named_and_counted() -> None:
    found = of(wish(200, "channel", "email"), touch(90, "out", "phone"), touch(60, "out", "phone"), touch(30, "out", "letter"))
    assert found.breaches == {0: {"by phone": 2, "by letter": 1}}


@pytest.mark.parametrize(
    ("kind", "value", "breach", "said"),
    [
        ("do-not-contact", "", touch(50, "out", "phone"), "against do-not-contact"),
        ("do-not-contact-by", "phone", touch(50, "out", "phone"), "against do-not-contact"),
        ("hours", "9-17", touch(50, "out", "phone", at="20:00"), "outside their hours"),
        ("cadence", "90d", touch(50, "out", "email"), "sooner than they wish"),
        ("closeness", "none", touch(50, "out", "email"), "closer than they wish"),
        ("not-topic", "prices", touch(50, "out", "email"), "about prices"),
        ("surveys", "90d", touch(50, "out", "email", "survey"), "a survey too many"),
        ("not-channel", "phone", touch(50, "out", "phone"), "by phone"),
    ],
)
def test_each_breach_has_its_words(kind: str, value: str, breach: Event, said: str) -> None:
    found = of(touch(90, "out", "email", "survey"), wish(80, kind, value), breach, texts={3: "our prices"})
    assert found.breaches == {0: {said: 1}}
    assert (found.judged.tolist(), found.honoured.tolist()) == ([1], [0])


@pytest.mark.parametrize(("gap", "fine"), [(90, True), (89, False)])
def test_surveys_are_counted_from_the_last_survey_and_not_from_other_touches(gap: int, fine: bool) -> None:
    asked = [touch(50 + gap, "out", "email", "survey"), touch(70, "out", "email", "thanks"), touch(50, "out", "email", "survey")]
    assert of(wish(60, "surveys", "90d"), *asked).honoured.tolist() == [int(fine)]


def weights(*backs: int) -> float:
    return float(sum(0.5 ** (back / 365) for back in backs))


def test_what_is_judged_adds_up_by_its_weight() -> None:
    grave = of(wish(120, "do-not-contact"), touch(100, "out", "email"), touch(95, "out", "phone"))
    assert grave.tally.failures[0] == pytest.approx(3 * weights(100, 95))
    assert grave.harmed.tolist() == [False]
    plain = of(
        wish(200, "channel", "email"),
        *(touch(back, "out", "email") for back in (100, 80)),
        *(touch(back, "out", "phone") for back in (60, 40)),
    )
    assert (plain.tally.successes[0], plain.tally.failures[0]) == pytest.approx((weights(100, 80), weights(60, 40)))
    assert (plain.judged.tolist(), plain.honoured.tolist(), plain.newest_age.tolist()) == ([4], [2], [40])


def test_a_lighter_breach_after_it_does_not_undo_harm() -> None:
    said = [wish(200, "do-not-contact-by", "phone"), wish(200, "not-channel", "letter")]
    assert of(*said, touch(80, "out", "phone"), touch(50, "out", "letter")).harmed.tolist() == [True]


def test_beside_a_wish_about_other_things_the_channel_seen_counts_half_against_us() -> None:
    found = of(
        *HEARD,
        wish(280, "hours", "9-17"),
        *(touch(back, "out", way) for back, way in ((50, "phone"), (40, "phone"), (30, "email"))),
    )

    assert (found.judged.tolist(), found.honoured.tolist(), found.newest_age.tolist()) == ([3], [1], [30])
    assert found.breaches == {0: {"by phone": 2}}
    assert (found.tally.successes[0], found.tally.failures[0]) == pytest.approx((weights(30), 0.5 * weights(50, 40)))


def test_after_the_last_wish_ended_the_channel_seen_counts_half_either_way() -> None:
    found = of(*HEARD, wish(280, "hours", "9-17", until=200), touch(50, "out", "email"), touch(40, "out", "phone"))
    assert (found.tally.successes[0], found.tally.failures[0]) == pytest.approx((0.5 * weights(50), 0.5 * weights(40)))


@pytest.mark.parametrize("said", [[], [wish(290, "hours", "9-17")]], ids=["no wish", "a wish"])
@pytest.mark.parametrize(
    ("ours", "fine"),
    [
        (touch(46, "out", "phone"), True),  # a reply on the fourteenth day
        (touch(45, "out", "phone", "service"), False),
        (touch(58, "out", "letter"), False),  # a reply by another channel
        (touch(58, "out", "phone", "pitch"), False),  # no reply
        (touch(58, "out", "email", "pitch"), True),
    ],
)
def test_a_reply_may_go_by_the_channel_they_used_last(said: list[object], ours: Event, fine: bool) -> None:
    found = of(*HEARD, *said, touch(60, "in", "phone"), ours)
    assert (found.judged.tolist(), found.honoured.tolist()) == ([1], [int(fine)])


@pytest.mark.parametrize(("purpose", "honoured"), [("service", 2), ("pitch", 1)])
def test_what_serves_them_may_go_by_the_channel_they_used_last_though_it_is_no_reply(purpose: str, honoured: int) -> None:
    found = of(*HEARD, touch(60, "in", "phone"), touch(59, "out", "email"), touch(50, "out", "phone", purpose))
    assert (found.judged.tolist(), found.honoured.tolist()) == ([2], [honoured])


def test_by_the_channel_seen_each_contact_is_judged_by_itself() -> None:
    people = [
        person(*HEARD, *(touch(back, "out", "phone") for back in (50, 40)), touch(30, "out", "email")),
        person(touch(20, "out", "phone")),
        person(*HEARD, touch(60, "out", "letter")),
        person(),
    ]
    read = evidence(people)
    assert read.talk is not None
    found = terms(read.talk, read.wanted, AS_OF)

    assert (found.judged.tolist(), found.honoured.tolist()) == ([3, 0, 1, 0], [1, 0, 0, 0])
    assert found.breaches == {0: {"by phone": 2}, 2: {"by letter": 1}}
    assert found.newest_age.tolist() == pytest.approx([30, np.nan, 60, np.nan], nan_ok=True)
    assert found.tally.failures.tolist() == pytest.approx([0.5 * weights(50, 40), 0, 0.5 * weights(60), 0])
    assert np.isnan(found.since).all()
    assert found.since.dtype == np.float64
    assert not (found.harmed | found.crowded | (found.late > 0) | (found.quiet > 0)).any()
    low, high = found.tally.range_of(3)
    assert 0 < low < high < 100


def test_the_wishes_of_one_contact_judge_nobody_else() -> None:
    others = person(touch(3, "in", "phone"), touch(2, "out", "phone"))
    read = evidence([others, person(wish(100, "cadence", "50d"), touch(80, "out", "email"), Event(ago(70), "sale")), others])
    assert read.talk is not None
    found = terms(read.talk, read.wanted, AS_OF)

    assert found.judged.tolist() == [0, 1, 0]
    assert found.late.tolist() == pytest.approx([0, 0.4, 0])
    assert found.since.tolist() == pytest.approx([np.nan, AS_OF - 70, np.nan], nan_ok=True)
    assert found.tally.failures.tolist() == pytest.approx([0, 0.4, 0])


def seen(*events: Event) -> list[str]:
    """The channel they had been seen to prefer before each entry."""
    talk = evidence([person(*HEARD), person(*events)]).talk
    assert talk is not None
    found = observed_channel(talk)
    assert found.min() >= -1
    return ["" if place < 0 else talk.channels[place] for place in found[talk.owner == 1].tolist()]


def test_the_channel_they_prefer_is_the_one_most_used_of_three_and_of_equals_the_last() -> None:
    def began(*channels: str) -> list[str]:
        return seen(*(touch(100 - k, "in", channel) for k, channel in enumerate(channels)), touch(10, "out", "email"))

    assert began("phone", "email", "phone", "email") == ["", "", "", "phone", "email"]
    assert began("email", "phone", "email", "phone") == ["", "", "", "email", "phone"]
    assert began("letter", "email", "phone")[-1] == "phone"
    assert began("phone", "letter", "email")[-1] == "email"
    assert began("email", "email", "phone", "phone", "letter")[-1] == "phone"
    assert began("email", "phone") == ["", "", ""]
    assert began("shop", "shop", "shop", "phone", "phone")[-1] == ""


def test_what_we_began_shows_no_preference() -> None:
    assert seen(*(touch(100 - k, "out", "phone") for k in range(5))) == [""] * 5


def test_on_the_minute_of_a_wish_it_holds_already() -> None:
    assert counted(of(wish(20, "channel", "email", at="12:00"), touch(20, "out", "phone", at="12:00")), 20) == (0, 1)


def test_touches_around_the_last_day_of_a_wish_are_told_apart() -> None:
    found = of(wish(90, "channel", "email", until=50), *(touch(back, "out", "phone") for back in (52, 51, 50, 49, 48)))
    assert found.judged.tolist() == [3]


def test_without_a_text_no_topic_is_broken() -> None:
    assert counted(of(wish(200, "not-topic", "prices"), touch(50, "out", "email")), 50) == (1, 0)


def test_a_reply_is_no_outreach_from_which_the_next_is_counted() -> None:
    found = of(wish(200, "cadence", "60d"), touch(81, "in", "email"), touch(80, "out", "email"), touch(50, "out", "email"))
    assert found.honoured.tolist() == [2]


def test_a_breach_on_the_day_of_the_wish_is_no_day_in_peace_and_one_of_today_takes_none() -> None:
    at_noon = wish(91, "closeness", "none", at="12:00")
    assert of(at_noon, touch(91, "out", "email", at="13:00")).quiet.tolist() == [90]
    assert of(at_noon, touch(0, "out", "email")).quiet.tolist() == [91]


def test_a_wish_of_today_is_one() -> None:
    assert of(wish(0, "cadence", "30d")).since.tolist() == [AS_OF]


def test_who_wants_never_to_hear_from_us_waits_for_nothing() -> None:
    found = of(wish(100, "cadence", "never"))
    assert np.isnan(found.since[0])
    assert found.late.tolist() == [0]


def test_an_outreach_180_days_ago_still_crowds() -> None:
    said = wish(400, "cadence", "90d")
    assert crowded(said, *_weekly([181, 180, 179]))
    assert not crowded(said, *_weekly([182, 181, 179]))
