"""What may stand in the settings file."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from relcli.config.settings import OwnChannel, Settings, explained
from relcli.domain.interaction import CHANNELS


def test_nothing_needs_to_be_set_and_the_weights_of_health_make_a_hundred() -> None:
    found = Settings()
    assert sum(weight for _, weight in found.health.weights) == 100
    assert (found.me.name, found.me.addresses, found.channels, found.complaint.days) == ("", (), {}, 7)


def test_a_channel_may_be_like_any_of_the_usual_ones_and_like_nothing_else() -> None:
    assert get_args(OwnChannel.model_fields["like"].annotation) == CHANNELS
    found = Settings.model_validate({"channels": {" House  Call ": {"like": "visit"}, "stall": {}}})
    assert [found.like(name) for name in ("house call", "stall", "phone", "pigeon")] == ["visit", "other", "phone", "pigeon"]
    assert (
        Settings.model_validate({"channels": ["Stall"]}).channels == Settings.model_validate({"channels": {"stall": {}}}).channels
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"colour": 1}, "there is no setting colour"),
        ({"me": {"nick": "x"}}, "there is no setting me.nick"),
        ({"health": {"weights": {"rhythm": -1}}}, "health.weights.rhythm: input should be greater than or equal to 0"),
        ({"agenda": {"owed": 1001}}, "agenda.owed: input should be less than or equal to 1000"),
        ({"health": {"replies_logged": "maybe"}}, "health.replies_logged: input should be 'auto', 'yes' or 'no'"),
        ({"dates": {"order": "DYM"}}, "dates.order: input should be 'DMY', 'MDY' or 'YMD'"),
        ({"phone": {"region": "Spain"}}, "phone.region: string should match"),
        ({"complaint": {"days": 1.5}}, "complaint.days: input should be a valid integer"),
        ({"me": "Ana"}, "me: input should be"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_the_key_as_it_stands_in_the_file(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings.model_validate(given)
    assert explained(caught.value).startswith(said)
    assert "\n" not in explained(caught.value)


def test_an_error_of_another_kind_is_told_in_its_own_words() -> None:
    assert explained(ValueError("not so")) == "not so"


@pytest.mark.parametrize("bad", ["Ana\nBcc: bo@example.org", "a\x1b[31m", "a\x85b", "a\u2028b", "x" * 201])
def test_a_name_that_goes_under_a_message_is_one_short_harmless_line(bad: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"me": {"name": bad}})


@pytest.mark.parametrize("bad", ["ana", "ana@", "@example.org", "a b@example.org", "a@x,b@x", "a@.org", "-oQ@example.org"])
def test_an_address_of_ones_own_is_one_address_read_like_all_others(bad: str) -> None:
    for good in (" ana@example.org ", "Ana <ana@example.org>", "mailto:ana@example.org", "\u200bana@example.org."):
        assert Settings.model_validate({"me": {"addresses": [good]}}).me.addresses == ("ana@example.org",)
    with pytest.raises(ValidationError):
        Settings.model_validate({"me": {"addresses": ["ana@example.org", bad]}})


def test_settings_that_were_read_stay_as_they_are() -> None:
    with pytest.raises(ValidationError):
        Settings().complaint.days = 1


@given(st.floats(allow_nan=True))
def test_a_weight_is_a_number_from_nothing_to_a_thousand(weight: float) -> None:
    try:
        found = Settings.model_validate({"agenda": {"owed": weight}}).agenda.owed
    except ValidationError:
        assert not 0 <= weight <= 1000
    else:
        assert found == weight
        assert 0 <= weight <= 1000
