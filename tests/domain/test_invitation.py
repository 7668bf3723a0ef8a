"""Invitations: tokens that cannot be mistaken, and when somebody may be asked again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.invitation import (
    REMIND_AFTER,
    TOKEN,
    Asked,
    Invitation,
    asked_before,
    limit,
    new_token,
    not_to_remind,
    span_of,
    tokens_in,
    too_soon,
)
from relcli.domain.moment import Moment
from relcli.domain.preference import Preference, PreferenceKind, Source

DAY = date(2026, 11, 21)


def invitation(sent: date = DAY, number: int = 1, reminded: date | None = None) -> Invitation:
    return Invitation(number, "c_1", "pulse", 1, "en", "r-0123456789", "email", Moment(sent), reminded)


@given(st.binary(min_size=7, max_size=7), st.binary(min_size=7, max_size=7))
def test_a_token_is_found_again_in_whatever_case_and_beside_whatever_stands_there(one: bytes, other: bytes) -> None:
    first, second = new_token(one), new_token(other)
    assert TOKEN.fullmatch(first)
    text = f"<{first.upper()}@example.org> re: ({second}) and {first}."
    assert tokens_in(text) == tuple(dict.fromkeys((first, second)))


def test_fifty_of_the_random_bits_are_in_a_token() -> None:
    assert new_token(bytes(7)) == "r-0000000000"
    assert new_token(b"\xff" * 7) == "r-zzzzzzzzzz"
    assert len({new_token(n.to_bytes(7, "big")) for n in range(1000)}) == 1000


@pytest.mark.parametrize("text", ["r-012345678", "r-01234567890", "r-012345678i", "or-0123456789", "r_0123456789", ""])
def test_what_is_no_token_is_not_taken_for_one(text: str) -> None:
    assert tokens_in(text) == ()


@pytest.mark.parametrize(
    ("ago", "every", "may"), [(0, 1, False), (1, 1, True), (179, 180, False), (180, 180, True), (3, 0, True)]
)
def test_somebody_is_left_in_peace_until_the_day_it_is_due_again(ago: int, every: int, may: bool) -> None:
    why = too_soon(Asked(DAY - timedelta(days=ago), "pulse"), every, DAY)
    assert (why == "") == may


def test_who_was_never_asked_may_be_and_the_reason_names_the_day_and_the_survey() -> None:
    assert too_soon(Asked(), 180, DAY) == ""
    assert too_soon(Asked(DAY, "pulse"), 10, DAY) == "asked on 21 November 2026 (pulse): not again before 1 December 2026"
    assert too_soon(Asked(date.max), 10, date.max) == "asked on 31 December 9999: not again"


def test_what_they_state_sets_the_limit_and_what_we_assume_only_lengthens_it() -> None:
    def wish(value: str, source: Source) -> Preference:
        return Preference(1, "c_1", PreferenceKind.SURVEYS, value, source, "so", Moment(DAY))

    assert limit(None, 180) == 180
    assert limit(wish("7d", Source.STATED), 180) == 7
    assert limit(wish("7d", Source.ASSUMED), 180) == 180
    assert limit(wish("1y", Source.ASSUMED), 180) == 365
    assert limit(wish("never", Source.ASSUMED), 180) == 180


def test_a_reminder_goes_to_an_open_invitation_of_a_week_and_once() -> None:
    ago = timedelta(days=REMIND_AFTER)
    yearly = Preference(1, "c_1", PreferenceKind.SURVEYS, "1y", Source.STATED, "yearly", Moment(DAY - 9 * ago))
    open_ = Asked(DAY - ago, "pulse", invitation(DAY - ago))
    assert not_to_remind(open_, None, DAY) == ""
    assert "a reminder is once more" in not_to_remind(open_, yearly, DAY)
    assert "give them 7 days" in not_to_remind(Asked(DAY, "pulse", invitation(DAY - ago + timedelta(days=1))), None, DAY)
    assert "once is enough" in not_to_remind(Asked(DAY, "pulse", invitation(DAY - 2 * ago), DAY - ago), None, DAY)
    assert "no invitation to it is open" in not_to_remind(Asked(DAY, "pulse"), None, DAY)


def test_an_invitation_is_open_until_it_is_answered_or_they_are_asked_something_else() -> None:
    old, new = invitation(DAY - timedelta(days=300), 1), invitation(DAY, 2)
    assert asked_before(DAY, "pulse", [old, new], [DAY - timedelta(days=1)]).open == new
    assert asked_before(DAY, "pulse", [new, old], [DAY]).open is None
    assert asked_before(DAY + timedelta(days=1), "service", [old, new], []).open is None
    reminded = invitation(DAY, 2, reminded=DAY + timedelta(days=9))
    assert asked_before(DAY + timedelta(days=9), "pulse", [reminded], []) == Asked(
        DAY + timedelta(days=9), "pulse", reminded, DAY + timedelta(days=9)
    )
    assert asked_before(DAY, "", [], []) == Asked(DAY, "")


def test_of_two_made_one_by_a_merge_a_reminder_of_either_counts() -> None:
    one, two = invitation(DAY, 1, reminded=DAY + timedelta(days=9)), invitation(DAY, 2)
    found = asked_before(DAY + timedelta(days=9), "pulse", [one, two], [])
    assert (found.open, found.reminded) == (two, DAY + timedelta(days=9))


def test_an_answer_belongs_to_an_invitation_until_the_next_one() -> None:
    first, second = invitation(DAY, 1), invitation(DAY + timedelta(days=200), 2)
    assert span_of(first, [second, first]) == (DAY, DAY + timedelta(days=200))
    assert span_of(second, [second, first]) == (DAY + timedelta(days=200), date.max)
