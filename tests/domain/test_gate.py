"""Whom the gate lets through to, when and for what, and which channel it suggests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.strategies import DAY, NOW, channels, lives, moments, purposes, said

from relcli.domain.consent import Touch, broken
from relcli.domain.contact import Address, AddressKind
from relcli.domain.gate import Consent, Standing, address_for, best_channel, consent, employer_behind, known_channels, shut
from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment
from relcli.domain.observed import Observed
from relcli.domain.preference import Preference, PreferenceKind, Source, wishes
from relcli.domain.promise import Closing, Promise, PromiseKind, Side
from relcli.domain.reply import Trace
from relcli.domain.shared import Sharer

K, P = PreferenceKind, Purpose


def standing(*preferences: Preference, **more: object) -> Standing:
    return Standing("c_1", "Ana Ruiz", "UTC", preferences, **more)  # type: ignore[arg-type]  # a short way to write it


def asked(where: Standing, channel: str = "email", purpose: Purpose | None = P.CHECK_IN, **more: Any) -> Consent:
    return consent(where, channel, purpose, NOW, **more)


def owed(kind: PromiseKind = PromiseKind.PROMISE, due: date = date(2026, 5, 1), **more: object) -> Promise:
    return Promise(7, "c_1", Side.US, kind, "send the album", date(2026, 4, 1), due, **more)  # type: ignore[arg-type]  # as above


@given(lives(), channels, purposes, moments(), st.booleans())
def test_nobody_who_wants_no_contact_is_ever_contacted(
    life: list[Preference], channel: str, purpose: Purpose | None, moment: Moment, settles: bool
) -> None:
    shut = Preference(len(life) + 1, "c_1", K.DO_NOT_CONTACT, "", Source.ASSUMED, "silent", moment)
    where = standing(*life, shut, trace=Trace(reply_until=moment.day), used=(channel, moment.day))
    held = wishes(where.preferences, moment).do_not_contact
    answer = consent(where, channel, purpose, moment, settles)
    assert (held is None) or (not answer.allowed and answer.wish == held)
    assert held is None or best_channel(where, purpose, moment, ("email", "phone")) is None
    alone = consent(standing(shut), channel, purpose, moment, settles)
    assert (alone.allowed, alone.wish) == (False, shut)


@given(lives(sources=(Source.ASSUMED,)), channels, purposes, moments())
def test_what_we_assume_warns_and_never_refuses_but_for_a_do_not_contact(
    life: list[Preference], channel: str, purpose: Purpose | None, moment: Moment
) -> None:
    kept = [wish for wish in life if not wish.shuts]
    answer = consent(standing(*kept), channel, purpose, moment)
    assert answer.allowed
    assert len(answer.warnings) == len(
        broken(
            wishes(kept, moment), Touch(moment, channel, purpose, outreach=purpose not in (P.SERVICE, P.ORDER, P.COMPLAINT)), UTC
        )
    )
    refused = consent(standing(*life), channel, purpose, moment)
    assert refused.allowed or (refused.wish is not None and refused.wish.shuts)


@given(lives(), channels, purposes, moments(), st.booleans())
def test_a_refusal_says_why_and_an_answer_is_always_one_of_two(
    life: list[Preference], channel: str, purpose: Purpose | None, moment: Moment, settles: bool
) -> None:
    answer = consent(standing(*life), channel, purpose, moment, settles)
    assert answer.allowed == (answer.why == "")
    assert answer.wish is None or (answer.wish.id in answer.why and answer.wish.words in answer.why)


@given(lives(), purposes, moments(), channels)
def test_the_channel_suggested_is_an_allowed_one(
    life: list[Preference], purpose: Purpose | None, moment: Moment, used: str
) -> None:
    where = standing(*life, used=(used, moment.day), observed=Observed("letter", 3, 3, moment.day))
    found = best_channel(where, purpose, moment, ("email", "phone"))
    assert not found or consent(where, found, purpose, moment).allowed


def test_a_refusal_names_the_wish_since_when_and_in_which_words() -> None:
    answer = asked(standing(said(3, K.NOT_CHANNEL, "phone")), "phone")
    assert answer.why == 'Ana Ruiz does not want to be reached by phone (stated on 12 March 2026, w_3: "please do")'


def test_an_organisations_do_not_contact_binds_its_people_and_its_other_wishes_do_not() -> None:
    bakery = [said(1, K.NOT_CHANNEL, "email"), said(2, K.CLOSENESS, "none")]
    assert asked(standing(organisation="Bright Bakery", organisation_preferences=tuple(bakery))).allowed
    shut = said(3, K.DO_NOT_CONTACT, source=Source.ASSUMED)
    answer = asked(standing(organisation="Bright Bakery", organisation_preferences=(*bakery, shut)))
    assert (answer.allowed, answer.wish) == (False, shut)
    assert answer.why.startswith("Bright Bakery, where Ana Ruiz works, wants no contact (assumed on")
    by = said(4, K.DO_NOT_CONTACT_BY, "email")
    where = standing(organisation="Bright Bakery", organisation_preferences=(by,))
    assert (asked(where).allowed, asked(where, "phone").allowed) == (False, True)


@pytest.mark.parametrize("by", ["email", "phone"])
def test_what_we_owe_comes_before_any_outreach(by: str) -> None:
    for promise in (owed(), owed(PromiseKind.COMPLAINT, date(2026, 12, 1))):
        where = standing(promises=(promise,))
        assert not asked(where, by).allowed
        assert "p_7" in asked(where, by).why
        assert asked(where, by, settles=True).allowed
        assert all(asked(where, by, purpose).allowed for purpose in (P.SERVICE, P.ORDER, P.COMPLAINT))


def test_a_promise_not_due_one_kept_and_one_of_theirs_stand_in_no_way() -> None:
    kept = owed(closed=date(2026, 5, 20), how=Closing.KEPT)
    theirs = Promise(8, "c_1", Side.THEM, PromiseKind.PROMISE, "pay", date(2026, 4, 1), date(2026, 5, 1))
    assert asked(standing(promises=(owed(due=date(2026, 6, 1)), kept, theirs))).allowed


@pytest.mark.parametrize(
    ("purpose", "allowed"), [(P.THANKS, False), (P.HELP, False), (P.SERVICE, True), (P.COMPLAINT, True), (None, True)]
)
def test_an_answer_to_a_complaint_may_not_pass_over_it(purpose: Purpose | None, allowed: bool) -> None:
    where = standing(promises=(owed(PromiseKind.COMPLAINT, date(2026, 12, 1)),), trace=Trace(reply_until=NOW.day))
    assert asked(where, purpose=purpose).allowed is allowed


def test_an_open_complaint_of_their_organisation_refuses_for_its_people() -> None:
    where = standing(organisation="Bright Bakery", complaints=(owed(PromiseKind.COMPLAINT, date(2026, 12, 1)),))
    assert "complaint of Bright Bakery is open since 1 April 2026" in asked(where).why
    assert asked(where, settles=True).allowed


def test_what_we_owe_to_somebody_who_wants_no_contact_is_done_and_not_announced() -> None:
    where = standing(said(1, K.DO_NOT_CONTACT), promises=(owed(),))
    assert asked(where, "", None, settles=True).allowed
    assert not asked(where, "email", None, settles=True).allowed
    assert not asked(where, "", None).allowed


def test_the_archived_are_left_alone_but_for_what_we_owe_them() -> None:
    where = standing(archived=True, promises=(owed(),))
    assert (asked(where).allowed, asked(where, settles=True).allowed) == (False, True)


def test_an_answer_is_not_too_soon_and_a_check_in_is_no_answer() -> None:
    trace = Trace(last_outreach=date(2026, 5, 28), reply_until=date(2026, 6, 5))
    where = standing(said(1, K.CADENCE, "6w"), trace=trace)
    assert asked(where, purpose=None).allowed
    assert not asked(where, purpose=P.CHECK_IN).allowed
    assert not asked(where, purpose=P.PITCH).allowed


def test_an_answer_by_the_channel_they_used_is_right_for_a_fortnight() -> None:
    wish = said(1, K.NOT_CHANNEL, "phone")
    trace = Trace(reply_until=NOW.day)
    assert asked(standing(wish, trace=trace, used=("phone", NOW.day - timedelta(days=14))), "phone", None).allowed
    assert not asked(standing(wish, trace=trace, used=("phone", NOW.day - timedelta(days=15))), "phone", None).allowed


def test_the_channel_is_theirs_before_the_observed_the_last_used_and_what_an_address_offers() -> None:
    addresses = ("phone", "email")
    letter, seen = said(1, K.CHANNEL, "letter"), Observed("sms", 3, 4, DAY)

    def best(*wishes_: Preference, **more: object) -> str | None:
        return best_channel(standing(*wishes_, **more), P.CHECK_IN, NOW, addresses)

    assert best(letter, observed=seen, used=("video", DAY)) == "letter"
    assert best(observed=seen, used=("video", DAY)) == "sms"
    assert best(used=("video", DAY)) == "video"
    assert best(used=("shop", DAY)) == "email"
    assert best() == "email"
    assert best(said(1, K.NOT_CHANNEL, "email")) == "phone"
    assert best(said(1, K.NOT_CHANNEL, "email", Source.ASSUMED)) == "phone"
    assert best(said(1, K.DO_NOT_CONTACT)) is None
    assert best_channel(standing(), P.CHECK_IN, NOW) == ""


def test_a_text_about_what_they_do_not_want_to_hear_of_is_refused_but_for_what_serves() -> None:
    where = standing(said(1, K.NOT_TOPIC, "birthday"))
    answer = asked(where, purpose=P.GIFT, text="Happy Birthday, Ana")
    assert (answer.allowed, answer.why.split(" (")[0]) == (False, 'Ana Ruiz does not want to hear about "birthday"')
    assert asked(where, purpose=P.GIFT, text="Happy birthdays").allowed
    assert asked(where, purpose=P.SERVICE, text="your birthday cake").allowed
    assert asked(standing(said(1, K.NOT_TOPIC, "birthday", Source.ASSUMED)), text="birthday").warnings
    assert best_channel(where, P.GIFT, NOW, ("email",), text="your birthday") is None
    assert best_channel(where, P.GIFT, NOW, ("email",), text="a gift") == "email"


def test_that_no_channel_is_known_is_not_that_none_is_allowed() -> None:
    shutting = standing(said(1, K.DO_NOT_CONTACT_BY, "email"))
    assert best_channel(shutting, P.CHECK_IN, NOW, ("email",)) is None
    assert best_channel(shutting, P.CHECK_IN, NOW) == ""
    assert known_channels(shutting, NOW, ("email",)) == ("email",)


def test_what_shuts_is_a_do_not_contact_everywhere_of_theirs_or_of_their_organisation() -> None:
    own, theirs = said(1, K.DO_NOT_CONTACT), said(2, K.DO_NOT_CONTACT)
    both = standing(own, organisation="Bright Bakery", organisation_preferences=(theirs,))
    assert (shut(both, NOW), employer_behind(own, both)) == (own, "")
    bound = standing(organisation="Bright Bakery", organisation_preferences=(theirs,))
    assert (shut(bound, NOW), employer_behind(theirs, bound)) == (theirs, "Bright Bakery")
    assert shut(bound, Moment(DAY - timedelta(days=1))) is None
    assert shut(standing(said(3, K.DO_NOT_CONTACT_BY, "email")), NOW) is None


# --- an address that several have ---------------------------------------------------------------------------------------------

HOME, DESK = Address(AddressKind.PHONE, "+34 600", "+34600"), Address(AddressKind.PHONE, "+34 700", "+34700")
MAIL = Address(AddressKind.EMAIL, "bo@example.org", "bo@example.org")


def of_ana(kind: PreferenceKind, value: str = "", source: Source = Source.STATED, day: int = 1, number: int = 7) -> Preference:
    return Preference(number, "c_2", kind, value, source, "in her words", Moment(date(2026, 1, day)))


def sharing(*wishes_: Preference, addresses: tuple[Address, ...] = (HOME, MAIL), own: tuple[Preference, ...] = ()) -> Standing:
    """Somebody who has the telephone at home in common with Ana, who has these wishes."""
    return standing(*own, addresses=addresses, shared={(HOME.kind, HOME.key): (Sharer("Ana Lind", "UTC", wishes_),)})


@pytest.mark.parametrize(
    ("wish", "channel", "allowed", "warned"),
    [
        (of_ana(K.DO_NOT_CONTACT), "phone", False, False),
        (of_ana(K.DO_NOT_CONTACT, source=Source.ASSUMED), "sms", False, False),
        (of_ana(K.DO_NOT_CONTACT), "email", True, False),  # the mail is not hers
        (of_ana(K.DO_NOT_CONTACT_BY, "phone"), "phone", False, False),
        (of_ana(K.DO_NOT_CONTACT_BY, "phone"), "sms", True, False),
        (of_ana(K.NOT_CHANNEL, "phone"), "phone", False, False),
        (of_ana(K.NOT_CHANNEL, "phone", Source.ASSUMED), "phone", True, True),
        (of_ana(K.HOURS, "1:00-1:05"), "phone", False, False),
        (of_ana(K.HOURS, "1:00-1:05"), "visit", True, False),  # nobody rings there
        (of_ana(K.CADENCE, "6w"), "phone", True, False),  # that is about her, not about the number
        (of_ana(K.CHANNEL, "email"), "phone", True, False),
        (of_ana(K.NOT_TOPIC, "prints"), "phone", True, False),
    ],
)
def test_what_somebody_asked_for_an_address_binds_whoever_shares_it(
    wish: Preference, channel: str, allowed: bool, warned: bool
) -> None:
    answer = consent(sharing(wish), channel, P.CHECK_IN, NOW)
    assert (answer.allowed, bool(answer.warnings)) == (allowed, warned)
    assert allowed or answer.wish == wish
    said = " ".join((answer.why, *answer.warnings))
    assert (allowed and not warned) or "Ana Lind, who has the same number as Ana Ruiz, " in said


def test_an_address_that_is_theirs_alone_is_free_and_is_used() -> None:
    both = sharing(of_ana(K.DO_NOT_CONTACT_BY, "phone"), addresses=(HOME, DESK))
    assert consent(both, "phone", P.CHECK_IN, NOW).allowed
    assert address_for(both, "phone", P.CHECK_IN, NOW) == "+34 700"
    assert address_for(both, "sms", P.CHECK_IN, NOW) == "+34 600"
    assert address_for(both, "visit", P.CHECK_IN, NOW) == ""
    assert address_for(sharing(of_ana(K.DO_NOT_CONTACT)), "phone", P.CHECK_IN, NOW) == "+34 600"  # there is no other


def test_whoever_asks_to_be_called_later_than_the_other_asked_not_to_may_be_called() -> None:
    call_me = [Preference(9, "c_1", K.CHANNEL, "phone", Source.STATED, "call me", Moment(date(2026, 1, day))) for day in (1, 2)]
    for wanted, allowed in zip(call_me, (False, True), strict=True):
        barred = sharing(of_ana(K.DO_NOT_CONTACT_BY, "phone", day=2, number=5 if allowed else 7), own=(wanted,))
        assert consent(barred, "phone", P.CHECK_IN, NOW).allowed == allowed


def test_the_channel_to_suggest_is_one_whose_address_nobody_objects_to() -> None:
    shared = sharing(of_ana(K.NOT_CHANNEL, "phone"))
    assert best_channel(replace(shared, used=("phone", NOW.day)), P.CHECK_IN, NOW, ("email", "phone")) == "email"
    assert best_channel(replace(shared, addresses=(HOME,)), P.CHECK_IN, NOW, ("phone",)) is None


@given(lives(), lives(), channels, purposes, moments(), st.booleans())
def test_sharing_an_address_never_allows_more(
    own: list[Preference], others: list[Preference], channel: str, purpose: Purpose | None, moment: Moment, settles: bool
) -> None:
    alone = consent(standing(*own), channel, purpose, moment, settles)
    shared = consent(sharing(*others, own=tuple(own)), channel, purpose, moment, settles)
    assert alone.allowed or not shared.allowed
    assert (shared.allowed == alone.allowed) or channel in ("phone", "sms")
