"""One touch, and who usually begins it."""

from __future__ import annotations

from datetime import date

from relcli.domain.interaction import CHANNELS, Direction, Interaction, usual_direction
from relcli.domain.moment import Moment


def test_for_every_channel_it_is_known_whether_who_began_must_be_said() -> None:
    said = {channel for channel in CHANNELS if usual_direction(channel) is None}
    assert said == {"email", "phone", "letter", "sms", "chat", "social", "other"}
    assert {c for c in CHANNELS if usual_direction(c) is Direction.IN} == {"shop", "web"}


def test_a_touch_is_known_by_a_public_id() -> None:
    assert Interaction(12, Moment(date(2026, 5, 5)), "phone", Direction.IN, ("c_1",)).id == "i_12"


def test_who_began_on_a_channel_of_the_users_own_must_be_said() -> None:
    assert usual_direction("pigeon") is None
