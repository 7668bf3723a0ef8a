"""A length of time as people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcli.domain.duration import duration


@pytest.mark.parametrize(("text", "days"), [("10d", 10), ("4w", 28), ("6m", 180), ("1y", 365), (" 2W ", 14)])
def test_durations(text: str, days: int) -> None:
    assert duration(text) == days


@pytest.mark.parametrize("text", ["", "0d", "000w", "d", "10", "1.5y", "-3d", "3 d", "123456d", "1y6m"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="length of time"):
        duration(text)


@given(st.integers(1, 99999), st.sampled_from("dwmy"))
def test_a_duration_grows_with_its_count_and_its_case_does_not_matter(count: int, unit: str) -> None:
    assert duration(f"{count}{unit}") == duration(f"{count}{unit.upper()}") == count * duration(f"1{unit}")
    assert duration("1d") < duration("1w") < duration("1m") < duration("1y")
