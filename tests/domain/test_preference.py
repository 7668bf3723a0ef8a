"""Which wishes hold: by day and clock, by source, by what was said since."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.domain.strategies import lives, moments

from relcli.domain.moment import Moment
from relcli.domain.preference import Preference, PreferenceKind, Source, holding, hours, in_order, normal, wishes

K = PreferenceKind
DAY = date(2026, 3, 12)
LATER = Moment(DAY + timedelta(days=30))


def at(hour: int, day: date = DAY) -> Moment:
    return Moment(day, datetime(day.year, day.month, day.day, hour, tzinfo=UTC), "UTC")


def said(number: int, kind: PreferenceKind, value: str = "", when: Moment | None = None, **more: object) -> Preference:
    fields = {"source": Source.STATED, "words": "so", "when": when or Moment(DAY), **more}
    return Preference(number, "c_1", kind, value, **fields)  # type: ignore[arg-type]  # a short way to write them


def test_of_one_source_the_newer_wish_decides() -> None:
    old, new = said(1, K.CADENCE, "6w"), said(2, K.CADENCE, "3m", Moment(DAY + timedelta(days=1)))
    assert wishes([new, old], LATER).cadence == new
    assert wishes([new, old], Moment(DAY)).cadence == old


def test_what_they_said_stands_above_what_we_assume_even_when_it_is_older() -> None:
    stated = said(1, K.CLOSENESS, "arms-length")
    assumed = said(2, K.CLOSENESS, "close", Moment(DAY + timedelta(days=5)), source=Source.ASSUMED)
    assert wishes([stated, assumed], LATER).closeness == stated


def test_when_the_stated_wish_has_ended_the_assumed_one_counts_again() -> None:
    stated = said(1, K.CLOSENESS, "arms-length", until=DAY + timedelta(days=9))
    assumed = said(2, K.CLOSENESS, "close", source=Source.ASSUMED)
    assert wishes([stated, assumed], Moment(DAY + timedelta(days=9))).closeness == stated
    assert wishes([stated, assumed], Moment(DAY + timedelta(days=10))).closeness == assumed


def test_wanted_and_unwanted_are_two_answers_to_one_question() -> None:
    yes, no = said(1, K.CHANNEL, "phone"), said(2, K.NOT_CHANNEL, "phone", Moment(DAY + timedelta(days=1)))
    assert wishes([yes, no], LATER).channels == {"phone": no}
    topic, spared = said(1, K.TOPIC, "prices"), said(2, K.NOT_TOPIC, "prices", Moment(DAY + timedelta(days=1)))
    assert wishes([topic, spared], LATER).topics == {"prices": spared}


def test_wishes_of_one_day_count_by_the_clock_whenever_they_were_written_down() -> None:
    shut, invited = said(1, K.DO_NOT_CONTACT, when=at(15)), said(2, K.CHANNEL, "email", at(9))
    assert wishes([shut, invited], LATER).do_not_contact == shut
    assert wishes([shut, invited], at(8)).all == ()
    assert wishes([shut, invited], at(10)).all == (invited,)


def test_a_day_without_a_time_counts_as_newer_than_what_was_written_down_of_it_before() -> None:
    shut, invited = said(1, K.DO_NOT_CONTACT, when=at(15)), said(2, K.CHANNEL, "email", Moment(DAY))
    assert wishes([shut, invited], LATER).do_not_contact is None


@pytest.mark.parametrize(
    ("kind", "value", "ends"),
    [
        (K.CLOSENESS, "regular", True),
        (K.CLOSENESS, "arms-length", True),
        (K.CLOSENESS, "none", False),
        (K.CADENCE, "6w", True),
        (K.CHANNEL, "email", True),
        (K.NOT_CHANNEL, "phone", False),
        (K.HOURS, "9-17", False),
        (K.TOPIC, "prints", False),
        (K.SURVEYS, "6m", False),
    ],
)
def test_a_do_not_contact_ends_when_they_invite_us_and_not_before(kind: PreferenceKind, value: str, ends: bool) -> None:
    shut = said(1, K.DO_NOT_CONTACT)
    newer = Moment(DAY + timedelta(days=1))
    assert (wishes([shut, said(2, kind, value, newer)], LATER).do_not_contact is None) is ends
    assert wishes([shut, said(2, kind, value, newer, source=Source.ASSUMED)], LATER).do_not_contact == shut
    assert wishes([shut, said(2, kind, value, Moment(DAY - timedelta(days=1)))], LATER).do_not_contact == shut


def test_an_assumed_do_not_contact_stands_above_older_words_of_theirs() -> None:
    assumed = said(2, K.DO_NOT_CONTACT, when=Moment(DAY + timedelta(days=1)), source=Source.ASSUMED)
    assert wishes([said(1, K.CHANNEL, "email"), assumed], LATER).do_not_contact == assumed


def test_a_do_not_contact_by_a_channel_ends_when_they_ask_for_that_channel() -> None:
    shut = said(1, K.DO_NOT_CONTACT_BY, "phone")
    newer = Moment(DAY + timedelta(days=1))
    assert wishes([shut, said(2, K.CHANNEL, "email", newer)], LATER).barred == {"phone": shut}
    assert wishes([shut, said(2, K.CHANNEL, "phone", newer)], LATER).barred == {}


def test_an_invitation_that_was_taken_back_on_its_own_day_ends_nothing() -> None:
    shut = said(1, K.DO_NOT_CONTACT)
    mistake = said(2, K.CHANNEL, "email", Moment(DAY + timedelta(days=1)), until=DAY)
    assert wishes([shut, mistake], LATER).do_not_contact == shut


def test_an_invitation_that_ran_out_has_ended_the_do_not_contact_all_the_same() -> None:
    shut = said(1, K.DO_NOT_CONTACT)
    once = said(2, K.CHANNEL, "email", Moment(DAY + timedelta(days=1)), until=DAY + timedelta(days=2))
    assert wishes([shut, once], LATER).do_not_contact is None


def test_the_channels_they_named_come_before_those_we_assume_and_the_newest_first() -> None:
    found = wishes(
        [
            said(1, K.CHANNEL, "email"),
            said(2, K.CHANNEL, "letter", Moment(DAY + timedelta(days=1))),
            said(3, K.CHANNEL, "sms", Moment(DAY + timedelta(days=2)), source=Source.ASSUMED),
        ],
        LATER,
    )
    assert found.wanted_channels == ("letter", "email", "sms")


@given(lives(), moments(), moments(), st.data())
def test_a_wish_set_later_never_changes_what_held_earlier(
    life: list[Preference], moment: Moment, later: Moment, data: st.DataObject
) -> None:
    assume(moment.before(later))
    [one] = data.draw(lives(most=1).filter(bool))
    new = Preference(len(life) + 1, "c_1", one.kind, one.value, one.source, "later", later, one.until)
    assert wishes([*life, new], moment) == wishes(life, moment)


@given(lives(), moments())
def test_only_what_had_been_said_and_had_not_ended_holds(life: list[Preference], moment: Moment) -> None:
    found = wishes(life, moment)
    assert set(found.all) <= set(holding(life, moment)) <= {wish for wish in life if wish.holds(moment)}
    assert len({wish.subject for wish in found.all}) == len(found.all)


@given(lives(), moments())
def test_no_assumed_wish_decides_where_a_stated_one_about_the_same_holds(life: list[Preference], moment: Moment) -> None:
    stated = {wish.subject for wish in holding(life, moment) if wish.source is Source.STATED}
    assert all(wish.source is Source.STATED for wish in wishes(life, moment).all if wish.subject in stated)


@given(lives(), st.randoms(use_true_random=False), moments())
def test_the_order_in_which_wishes_are_read_does_not_matter(life: list[Preference], random: object, moment: Moment) -> None:
    mixed = sorted(life, key=lambda _: random.random())  # type: ignore[attr-defined]  # Hypothesis's own Random
    assert in_order(mixed) == in_order(life)
    assert wishes(mixed, moment) == wishes(life, moment)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (K.CLOSENESS, " Arms-Length ", "arms-length"),
        (K.CADENCE, "06W", "6w"),
        (K.SURVEYS, "NEVER", "never"),
        (K.SURVEYS, "180D", "180d"),
        (K.HOURS, "09:00 - 17:30", "9-17:30"),
        (K.HOURS, "9\u201317", "9-17"),
        (K.HOURS, "0-24", "0-24"),
        (K.TOPIC, "  New   Prints ", "new prints"),
        (K.DO_NOT_CONTACT, "whatever", ""),
    ],
)
def test_a_value_has_one_spelling(kind: PreferenceKind, typed: str, stored: str) -> None:
    assert normal(kind, typed) == stored
    assert normal(kind, stored) == stored


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (K.CLOSENESS, "friendly"), (K.CADENCE, "never"), (K.CADENCE, "0d"), (K.CADENCE, "often"), (K.SURVEYS, "sometimes"),
        (K.HOURS, "25-30"), (K.HOURS, "17-9"), (K.HOURS, "9-9"), (K.HOURS, "9:75-10"), (K.HOURS, "morning"), (K.HOURS, "9-24:01"),
        (K.TOPIC, " "), (K.TOPIC, "a;b"), (K.CHANNEL, ""),
    ],
)  # fmt: skip
def test_what_can_be_no_wish_is_refused_with_what_to_write(kind: PreferenceKind, typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w{3}"):
        normal(kind, typed)


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_hours_read_back_as_they_were_meant(first: int, last: int) -> None:
    assume(first < last)
    assert hours(normal(K.HOURS, f"{first // 60}:{first % 60:02}-{last // 60}:{last % 60:02}")) == (first, last)
