"""Two ways: what of theirs we answered, what of ours they did, and what waits."""

from __future__ import annotations

import numpy as np
import pytest
from tests.health.people import TODAY, ago, evidence, person, promise, touch
from tests.health.reckoned import Event, Person

from relcli.domain.moment import day_number
from relcli.health.reciprocity import Reciprocity, RepliesLogged, reciprocity

AS_OF = day_number(TODAY)


def of(*records: object, usual: float = 30.0, logged: RepliesLogged = "yes") -> Reciprocity:
    talk = evidence([person(*records)]).talk  # type: ignore[arg-type]  # records of every kind
    assert talk is not None
    return reciprocity(talk, np.array([usual]), AS_OF, replies_logged=logged)


def counted(found: Reciprocity, back: int = 100) -> tuple[float, float]:
    """Successes and failures, with the weight of one record so many days old taken out."""
    weight = 0.5 ** (back / 365)
    return round(float(found.tally.successes[0]) / weight, 6), round(float(found.tally.failures[0]) / weight, 6)


@pytest.mark.parametrize(("days", "worth"), [(0, (1, 0)), (7, (1, 0)), (8, (0.5, 0.5)), (21, (0.5, 0.5)), (22, (0, 1))])
def test_what_they_wrote_is_answered_within_7_days_half_within_21_and_else_not(days: int, worth: tuple[float, float]) -> None:
    assert counted(of(touch(100, "in", "email"), touch(100 - days, "out", "email", "service"))) == worth


def test_what_they_wrote_waits_seven_days_before_it_counts_against_us() -> None:
    assert counted(of(touch(7, "in", "email")), 7) == (0, 0)
    assert counted(of(touch(8, "in", "email")), 8) == (0, 1)


def test_a_newsletter_is_no_answer() -> None:
    assert counted(of(touch(100, "in", "email", "service"), touch(98, "out", "email", "marketing"))) == (0, 1)


def test_a_sale_or_a_meeting_answers_what_they_wrote() -> None:
    assert counted(of(touch(100, "in", "email"), Event(ago(97), "sale"))) == (1, 0)
    met = of(touch(100, "in", "email"), touch(97, "both", "meeting"))
    assert met.replied.tolist() == [1]


def test_a_sale_is_no_success_of_its_own() -> None:
    assert counted(of(Event(ago(100), "sale"))) == (0, 0)


@pytest.mark.parametrize("purpose", ["thanks", "order", "gift"])
def test_thanks_an_order_and_a_gift_of_theirs_wait_for_no_answer(purpose: str) -> None:
    assert counted(of(touch(100, "in", "email", purpose))) == (1, 0)


@pytest.mark.parametrize(("direction", "channel"), [("in", "phone"), ("in", "shop"), ("both", "meeting"), ("both", "email")])
def test_coming_to_us_and_meeting_are_successes(direction: str, channel: str) -> None:
    assert counted(of(touch(100, direction, channel))) == (1, 0)


@pytest.mark.parametrize("purpose", ["thanks", "gift", "service", "order", "complaint", "marketing"])
def test_what_asks_for_nothing_counts_neither_way(purpose: str) -> None:
    assert counted(of(touch(100, "out", "email", purpose))) == (0, 0)


@pytest.mark.parametrize("purpose", ["", "advice", "help", "favour", "check-in", "pitch", "survey", "referral-request", "other"])
def test_an_ask_without_a_sign_is_a_failure_once_it_has_waited(purpose: str) -> None:
    assert counted(of(touch(100, "out", "email", purpose))) == (0, 1)
    assert counted(of(touch(30, "out", "email", purpose)), 30) == (0, 0)
    assert counted(of(touch(31, "out", "email", purpose)), 31) == (0, 1)


@pytest.mark.parametrize(
    "sign", [touch(90, "in", "phone"), Event(ago(90), "sale"), Event(ago(90), "referral"), promise(200, 90, 90, theirs=True)]
)
def test_any_sign_answers_an_ask(sign: object) -> None:
    assert of(touch(100, "out", "email", "check-in"), sign).answered.tolist() == [1]


def test_an_answering_touch_of_ours_is_no_ask() -> None:
    assert of(touch(100, "in", "email"), touch(99, "out", "email", "advice")).asked.tolist() == [0]


def test_we_wait_two_weeks_at_least_their_usual_gap_up_to_sixty_days_and_twice_their_median() -> None:
    assert of(usual=5).wait.tolist() == [14]
    assert of(usual=45).wait.tolist() == [45]
    assert of(usual=400).wait.tolist() == [60]
    slow = [
        touch(400, "out", "email"),
        touch(360, "in", "email", "thanks"),
        touch(200, "out", "email"),
        touch(156, "in", "email", "thanks"),
    ]
    assert of(*slow).wait.tolist() == [84]


def test_a_sign_after_our_next_ask_is_no_reply_time_of_the_first() -> None:
    assert of(touch(140, "out", "email"), touch(110, "out", "email"), touch(100, "in", "phone"), usual=5).wait.tolist() == [20]


def test_the_newest_ask_still_open_is_what_we_wait_for() -> None:
    assert of(touch(20, "out", "email"), touch(5, "out", "email", "thanks")).waiting.tolist() == [AS_OF - 5]
    assert np.isnan(of(touch(20, "out", "email"), touch(5, "in", "email")).waiting[0])
    assert np.isnan(of(touch(31, "out", "email")).waiting[0])


def test_the_oldest_touch_of_theirs_that_nothing_followed_is_open() -> None:
    open_since = of(touch(40, "in", "email"), touch(39, "out", "email"), touch(20, "in", "email"), touch(10, "in", "email"))
    assert open_since.unanswered.tolist() == [AS_OF - 20]
    assert of(touch(20, "in", "email"), touch(19, "out", "email", "marketing")).unanswered.tolist() == [AS_OF - 20]


def _book(answered: int, open_: int) -> list[Person]:
    one = [touch(300 - 20 * k, "in", "email") for k in range(answered + open_)]
    return [person(*one, *(touch(299 - 20 * k, "out", "email") for k in range(answered)))]


@pytest.mark.parametrize(("answered", "open_", "logs"), [(1, 1, True), (1, 2, False), (0, 3, False), (3, 0, True)])
def test_a_book_logs_answers_where_half_of_what_was_written_in_a_year_has_one(answered: int, open_: int, logs: bool) -> None:
    talk = evidence(_book(answered, open_)).talk
    assert talk is not None
    found = reciprocity(talk, np.array([30.0]), AS_OF)
    assert found.logged is logs
    # Where answers are not logged, their absence says nothing of us.
    assert bool(found.tally.failures[0] > 0) == (logs and open_ > 0)


def test_the_setting_decides_where_the_owner_knows_better() -> None:
    assert counted(of(touch(100, "in", "email"), logged="no")) == (0, 0)
    assert counted(of(touch(100, "in", "email"), logged="yes")) == (0, 1)


def test_a_touch_with_several_people_counts_once_in_whether_answers_are_logged() -> None:
    answered = person(touch(100, "in", "email"), touch(99, "out", "email"))
    unanswered = person(touch(100, "in", "email"))
    book = evidence([answered, unanswered, unanswered])
    assert book.talk is not None
    talk = book.talk
    shared = talk.record.copy()
    shared[talk.owner == 2] = shared[talk.owner == 1]  # the same mail, to two of us
    object.__setattr__(talk, "record", shared)
    assert reciprocity(talk, np.full(3, 30.0), AS_OF).logged is True


def test_given_and_asked_are_counted_over_two_years_by_purpose() -> None:
    found = of(
        touch(10, "out", "email", "advice"), touch(20, "out", "email", "gift"), touch(731, "out", "email", "thanks"),
        touch(30, "out", "email", "marketing"), touch(40, "in", "email", "help"), touch(50, "out", "email", "service"),
    )  # fmt: skip
    assert (found.given.tolist(), found.wanted.tolist()) == ([2], [1])


def book(*people: Person, usual: float = 30.0, own: float | None = None) -> Reciprocity:
    talk = evidence(people).talk
    assert talk is not None
    size = len(people)
    return reciprocity(talk, np.full(size, usual), AS_OF, own=None if own is None else np.full(size, own), replies_logged="yes")


def test_each_contact_has_figures_of_their_own() -> None:
    """One we answered and who answered us, one whom we left waiting and who left us waiting, one we only thanked, and nobody."""
    found = book(
        person(touch(300, "in", "email"), touch(299, "out", "email"), touch(100, "out", "email"), touch(90, "in", "phone")),
        person(touch(200, "out", "email"), touch(50, "in", "email"), touch(40, "in", "web"), touch(3, "in", "email")),
        person(touch(20, "out", "email", "thanks")),
        person(),
    )

    assert found.asked.tolist() == [1, 1, 0, 0]
    assert found.answered.tolist() == [1, 0, 0, 0]
    assert found.written.tolist() == [1, 2, 0, 0]
    assert found.replied.tolist() == [1, 0, 0, 0]
    assert found.count.tolist() == [3, 3, 0, 0]
    assert found.newest_age.tolist() == pytest.approx([90, 40, np.nan, np.nan], nan_ok=True)
    assert found.unanswered.tolist() == pytest.approx([np.nan, AS_OF - 50, np.nan, np.nan], nan_ok=True)
    assert found.unanswered_record.tolist() == [-1, 10_002, -1, -1]
    assert found.tally.successes.tolist() == pytest.approx([sum(0.5 ** (age / 365) for age in (300, 100, 90)), 0, 0, 0])
    assert found.tally.failures.tolist() == pytest.approx([0, sum(0.5 ** (age / 365) for age in (200, 50, 40)), 0, 0])


def test_the_first_touch_of_the_book_may_be_the_one_that_waits() -> None:
    found = of(touch(5, "in", "email"))
    assert (found.unanswered.tolist(), found.unanswered_record.tolist()) == ([AS_OF - 5], [1])


@pytest.mark.parametrize(("back", "open_"), [(0, True), (60, True), (61, False)])
def test_what_they_wrote_is_open_for_sixty_days(back: int, open_: bool) -> None:
    assert bool(of(touch(back, "in", "email")).unanswered[0] == AS_OF - back) == open_


def test_without_a_touch_nothing_is_known_and_nothing_waits() -> None:
    found = of()
    assert np.isnan(found.unanswered).all()
    assert found.unanswered_record.tolist() == [-1]
    assert np.isnan(found.tally.value).all()
    assert found.tally.range_of(0) == pytest.approx((100 * np.sin(np.pi / 20) ** 2, 100 * np.cos(np.pi / 20) ** 2))


def test_an_ask_is_answered_by_a_sign_on_the_last_day_of_the_wait() -> None:
    found = of(touch(100, "out", "email"), touch(85, "out", "email"), touch(70, "in", "phone"))
    assert (found.wait.tolist(), found.asked.tolist(), found.answered.tolist()) == ([30], [2], [2])
    late = of(touch(101, "out", "email"), touch(85, "out", "email"), touch(70, "in", "phone"))
    assert (late.wait.tolist(), late.asked.tolist(), late.answered.tolist()) == ([30], [2], [1])


def test_nobody_is_waited_for_on_the_day_the_wait_is_over() -> None:
    assert of(touch(29, "out", "email")).waiting.tolist() == [AS_OF - 29]
    assert np.isnan(of(touch(30, "out", "email")).waiting[0])


def test_who_waits_is_told_by_their_own_rhythm_and_what_failed_by_the_usual_one() -> None:
    patient, hasty = (book(person(touch(35, "out", "email")), usual=30.0, own=own) for own in (45.0, 20.0))
    assert patient.waiting.tolist() == [AS_OF - 35]
    assert np.isnan(hasty.waiting[0])
    assert patient.wait.tolist() == hasty.wait.tolist() == [30]
    assert patient.asked.tolist() == hasty.asked.tolist() == [1]


def test_the_median_of_their_reply_times_is_their_own() -> None:
    def asks(*times: int) -> Person:
        return person(
            *(touch(900 - 100 * k, "out", "email") for k in range(len(times))),
            *(touch(900 - 100 * k - days, "in", "email", "thanks") for k, days in enumerate(times)),
        )

    found = book(asks(30), asks(10, 8, 40, 26), asks(50, 9, 20), asks(9, 12, 15, 18, 30), usual=5.0)
    assert found.wait.tolist() == [60, 36, 40, 30]


def test_a_sign_after_sixty_days_is_no_reply_time_and_one_on_the_sixtieth_is() -> None:
    assert of(touch(100, "out", "email"), touch(40, "in", "phone"), usual=5).wait.tolist() == [120]
    assert of(touch(101, "out", "email"), touch(40, "in", "phone"), usual=5).wait.tolist() == [14]


def test_given_is_what_came_within_730_days() -> None:
    found = book(person(touch(730, "out", "email", "gift")), person(touch(731, "out", "email", "gift")), person())
    assert found.given.tolist() == [1, 0, 0]
    met = book(person(touch(10, "both", "meeting", "advice")), person(touch(10, "both", "meeting", "pitch")))
    assert (met.given.tolist(), met.wanted.tolist()) == ([1, 0], [0, 1])


@pytest.mark.parametrize(("back", "logs"), [(7, True), (8, False), (364, False), (365, True)])
def test_whether_answers_are_logged_is_told_by_what_is_a_week_to_a_year_old(back: int, logs: bool) -> None:
    """Of one answered and one that is not, half is enough; a third one that counts is too much."""
    two = [touch(300, "in", "email"), touch(299, "out", "email"), touch(100, "in", "email")]
    assert of(*two, touch(back, "in", "email"), logged="auto").logged is logs


def test_a_book_in_which_nobody_wrote_logs_no_answers() -> None:
    assert of(touch(10, "in", "phone"), logged="auto").logged is False
    assert of(touch(100, "in", "email"), touch(99, "out", "email"), logged="auto").logged is True
