"""Words that choose one of a few."""

from __future__ import annotations

from enum import StrEnum

import pytest

from relcli.cli.params import one_of
from relcli.domain.contact import Kind
from relcli.domain.interaction import Direction, Purpose
from relcli.errors import Misused


@pytest.mark.parametrize("kind", [Kind, Direction, Purpose])
def test_every_member_is_chosen_by_its_word_in_any_case(kind: type[StrEnum]) -> None:
    assert [one_of(kind, f" {member.upper()} ", "--x") for member in kind] == list(kind)


def test_nothing_typed_chooses_nothing() -> None:
    assert one_of(Direction, None, "--direction") is None


@pytest.mark.parametrize("text", ["", "sideways", "in,out"])
def test_another_word_is_refused_with_the_option_and_the_choices(text: str) -> None:
    with pytest.raises(Misused) as caught:
        one_of(Direction, text, "--direction")
    assert caught.value.message == f'--direction "{text}" is not known'
    assert caught.value.hint == "choose one of: in, out, both"
