"""The channel they were seen to prefer."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.observed import ANSWERABLE, ENOUGH_SEEN, Observed, Use, observed_channel

DAY = date(2026, 3, 12)


def test_observed_is_the_mode_of_three_touches_or_more_and_of_two_alike_the_last_used() -> None:
    assert observed_channel([Use("email", 2, DAY), Use("shop", 9, DAY)]) is None
    assert observed_channel([Use("email", 2, DAY), Use("phone", 1, DAY)]) == Observed("email", 2, 3, DAY)
    newer = DAY + timedelta(days=1)
    assert observed_channel([Use("email", 2, DAY), Use("phone", 2, newer)]) == Observed("phone", 2, 4, newer)


uses = st.lists(
    st.builds(Use, st.sampled_from([*sorted(ANSWERABLE), "shop", "visit"]), st.integers(0, 5), st.dates()), max_size=8
)


@given(uses)
def test_what_is_observed_is_a_channel_one_can_answer_on_and_none_was_used_more(seen: list[Use]) -> None:
    counted = [use for use in seen if use.channel in ANSWERABLE]
    found = observed_channel(seen)
    assert (found is None) == (sum(use.count for use in counted) < ENOUGH_SEEN)
    if found is not None:
        assert found.count == max(use.count for use in counted)
        assert found.total == sum(use.count for use in counted)
        assert Use(found.channel, found.count, found.last) in counted


@given(uses, st.randoms(use_true_random=False))
def test_the_order_in_which_uses_are_told_does_not_matter(seen: list[Use], chance: Random) -> None:
    assert observed_channel(chance.sample(seen, len(seen))) == observed_channel(seen)
