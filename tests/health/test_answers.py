"""What a group answered: who counts, who stays unnamed, and when a half-year can be set beside another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.moment import Moment
from relcli.domain.survey import Answer, Response, Tag
from relcli.health.answers import ItemTally, estimated, newest, tallies
from relcli.health.statistics.intervals import Certainty, mean, nps

TODAY = date(2026, 11, 21)


def response(number: int, who: str, days_ago: int, *answers: Answer, version: int = 1) -> Response:
    return Response(number, who, "pulse", version, Moment(TODAY - timedelta(days=days_ago)), answers)


def recommend(value: int | None, words: str = "", text: str = "Would you?") -> Answer:
    return Answer("recommend", Tag.RECOMMEND, text, value, words, 0, 10)


@st.composite
def surveys(draw: st.DrawFn) -> list[Response]:
    """Some responses, a few of them anonymous, some people answering twice."""
    drawn = draw(st.lists(st.tuples(st.sampled_from(["", *"abcdefgh"]), st.integers(0, 400), st.integers(0, 10)), max_size=14))
    return [response(i, who, days_ago, recommend(value)) for i, (who, days_ago, value) in enumerate(drawn, 1)]


def only(found: tuple[ItemTally, ...]) -> ItemTally:
    [tally] = found
    return tally


@given(surveys())
def test_an_anonymous_answer_is_counted_among_five_and_listed_nowhere(responses: list[Response]) -> None:
    people = len({r.contact or r.id for r in responses})
    for tally in tallies(responses, TODAY):
        nameless = sum(not r.contact for r in responses)
        assert all(r.contact for r, _ in tally.given)
        assert tally.withheld == (nameless if people < 5 else 0)
        assert tally.n + tally.withheld == people
        assert (tally.estimate is None) == (tally.n < 5)
        assert sum(count for _, count in tally.counts) == (tally.n if tally.n >= 5 else 0)
        assert tally.camps is None or sum(tally.camps) == tally.n


@given(surveys())
def test_everybody_counts_once_whatever_the_order_of_the_responses(responses: list[Response]) -> None:
    assert {r.number for r in newest(responses)} == {r.number for r in newest(responses[::-1])}
    assert len({r.contact for r in newest(responses) if r.contact}) == sum(bool(r.contact) for r in newest(responses))


def test_of_one_day_the_clock_decides_and_then_the_number() -> None:
    noon = replace(response(1, "a", 3), when=Moment(TODAY, datetime(2026, 11, 21, 12, tzinfo=UTC), "UTC"))
    morning = replace(response(2, "a", 3), when=Moment(TODAY, datetime(2026, 11, 21, 8, tzinfo=UTC), "UTC"))

    assert newest([noon, morning]) == [noon]
    assert [r.number for r in newest([response(4, "a", 3), response(5, "a", 3)])] == [5]


def test_a_remark_in_place_of_a_figure_is_read_and_not_counted() -> None:
    responses = [response(i, str(i), 3, recommend(9)) for i in range(1, 6)] + [response(6, "f", 3, recommend(None, "no idea"))]

    assert only(tallies(responses, TODAY)).n == 5
    assert tallies([response(1, "a", 3, recommend(None, "no idea"))], TODAY) == ()


def test_an_item_that_few_answered_shows_only_those_who_are_known_even_in_a_large_group() -> None:
    trust = Answer("trust", Tag.TRUST, "Do you?", 4, low=1, high=5)
    responses = [response(i, str(i), 3, recommend(9)) for i in range(1, 9)]
    responses += [response(9, "known", 3, trust), response(10, "", 3, trust)]

    found = {tally.item: tally for tally in tallies(responses, TODAY)}

    assert (found["trust"].n, found["trust"].withheld, found["trust"].certainty) == (1, 1, Certainty.ANSWERS)
    assert [r.contact for r, _ in found["trust"].given] == ["known"]


def test_the_text_is_that_which_most_of_the_newest_version_were_asked() -> None:
    old = [response(i, f"o{i}", 3, recommend(9, text="Old?")) for i in range(1, 9)]
    new = [response(10 + i, f"n{i}", 3, recommend(9, text=text), version=2) for i, text in enumerate(["New?", "Neu?", "New?"])]

    assert only(tallies(old + new, TODAY)).text == "New?"


def test_a_scale_turned_round_turns_its_promoters_round_and_not_its_figures() -> None:
    turned = [replace(recommend(value), reversed=True) for value in (0, 1, 3, 4, 10)]

    assert only(tallies([response(i, str(i), 3, a) for i, a in enumerate(turned, 1)], TODAY)).camps == (2, 1, 2)


def test_a_half_year_is_182_days_and_ends_today() -> None:
    def waves(newer: int, older: int) -> tuple[int, int] | None:
        responses = [response(i, f"a{i}", newer, recommend(9)) for i in range(5)]
        responses += [response(10 + i, f"b{i}", older, recommend(9)) for i in range(5)]
        wave = only(tallies(responses, TODAY)).wave
        return (wave.before.n, wave.after.n) if wave else None

    assert waves(0, 182) == (5, 5)
    assert waves(181, 363) == (5, 5)
    assert waves(181, 181) is None
    assert waves(181, 364) is None
    assert waves(182, 363) is None


def test_a_wide_scale_lists_only_what_was_given() -> None:
    answers = [Answer("value", Tag.VALUE, "Of 100?", value, low=0, high=100) for value in (10, 90, 90, 55, 70)]

    tally = only(tallies([response(i, str(i), 3, a) for i, a in enumerate(answers, 1)], TODAY))

    assert tally.counts == (("90", 2), ("70", 1), ("55", 1), ("10", 1))


def five(*answers: Answer) -> list[Response]:
    """One person an answer."""
    return [response(i, f"p{i}", 3, given) for i, given in enumerate(answers, 1)]


def trust(value: int) -> Answer:
    return Answer("trust", Tag.TRUST, "Do you?", value, low=1, high=5)


def test_items_stand_in_the_order_of_the_newest_version_with_older_ones_last() -> None:
    old = response(1, "a", 3, recommend(9), trust(4))
    new = response(2, "b", 3, Answer("why", Tag.OPEN, "Why?", words="because"), trust(5), version=2)

    assert [tally.item for tally in tallies([old, new], TODAY)] == ["trust", "recommend"]


def test_an_item_is_told_as_it_was_asked_whether_few_answered_it_or_many() -> None:
    answers = [replace(trust(value), reversed=True) for value in (5, 4, 4, 1, 5)]
    few, many = only(tallies(five(*answers[:4]), TODAY)), only(tallies(five(*answers), TODAY))

    for tally in (few, many):
        assert (tally.item, tally.tag, tally.text, tally.low, tally.high) == ("trust", Tag.TRUST, "Do you?", 1, 5)
        assert tally.reversed is True
    assert (few.counts, many.counts) == ((), (("5", 2), ("4", 2), ("3", 0), ("2", 0), ("1", 1)))


def test_a_score_has_camps_and_is_a_net_promoter_score_and_anything_else_is_a_mean() -> None:
    score = only(tallies(five(*map(recommend, (10, 9, 8, 7, 6))), TODAY))
    other = only(tallies(five(*map(trust, (5, 4, 4, 1, 5))), TODAY))

    assert (score.camps, score.estimate) == ((2, 2, 1), nps(2, 2, 1))
    assert (other.camps, other.estimate) == (None, mean([5, 4, 4, 1, 5], 1, 5))


def test_the_camps_of_another_scale_are_those_of_its_share_of_ten() -> None:
    """8 of 1 to 9 is 8.75 of 10, which is no 9; 7 of it is 7.5, and 6 of it 6.25."""
    answers = [Answer("recommend", Tag.RECOMMEND, "Would you?", value, low=1, high=9) for value in (9, 8, 8, 7, 6)]

    assert only(tallies(five(*answers), TODAY)).camps == (1, 3, 1)


def test_what_they_wish_is_counted_and_has_no_figure() -> None:
    wished = [Answer("near", Tag.CLOSENESS_WANTED, "How close?", value, low=1, high=5) for value in (1, 2, 2, 5, 5)]
    tally = only(tallies(five(*wished), TODAY))

    assert (tally.n, tally.estimate, tally.camps) == (5, None, None)
    assert tally.counts == (("5", 2), ("4", 0), ("3", 0), ("2", 2), ("1", 1))


def test_a_remark_is_no_answer_to_a_figure() -> None:
    pairs = [(r, r.answers[0]) for r in five(*map(recommend, (9, 9, 9, 9)))]
    remark = response(9, "z", 3, recommend(None, "no idea"))

    assert estimated([*pairs, (remark, remark.answers[0])]) is None


def test_choices_are_counted_by_how_many_chose_them_and_then_by_the_alphabet() -> None:
    chosen = [Answer("how", Tag.CHANNEL, "How?", words=words) for words in ("phone", "letter", "email", "phone", "email", "web")]
    tally = only(tallies(five(*chosen), TODAY))

    assert (tally.n, tally.estimate) == (6, None)
    assert tally.counts == (("email", 2), ("phone", 2), ("letter", 1), ("web", 1))


@pytest.mark.parametrize(("low", "high", "steps"), [(0, 1, 2), (10, 20, 11), (0, 20, 21), (0, 21, 1)])
def test_a_scale_of_up_to_twenty_steps_lists_those_that_nobody_chose_too(low: int, high: int, steps: int) -> None:
    answers = [Answer("value", Tag.VALUE, "How much?", high, low=low, high=high)] * 5
    counts = only(tallies(five(*answers), TODAY)).counts

    assert counts == ((str(high), 5), *((str(step), 0) for step in range(high - 1, high - steps, -1)))
