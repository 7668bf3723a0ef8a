"""The Beta distribution against scipy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from relcli.health.statistics import beta

sizes = st.floats(0.05, 3000.0)


@given(st.floats(0.0, 1.0), sizes, sizes)
def test_the_share_below_is_that_of_scipy(x: float, a: float, b: float) -> None:
    assert beta.share_below(x, a, b) == pytest.approx(float(stats.beta.cdf(x, a, b)), abs=1e-10)


@given(st.sampled_from([0.1, 0.5, 0.9]), st.floats(0.2, 3000.0), st.floats(0.2, 3000.0))
def test_quantiles_are_those_of_scipy(share: float, a: float, b: float) -> None:
    assert beta.quantile(share, a, b) == pytest.approx(float(stats.beta.ppf(share, a, b)), abs=1e-9)


@given(sizes, sizes)
def test_mean_and_variance_are_those_of_scipy(a: float, b: float) -> None:
    assert beta.mean(a, b) == pytest.approx(float(stats.beta.mean(a, b)))
    assert beta.variance(a, b) == pytest.approx(float(stats.beta.var(a, b)))


@pytest.mark.parametrize(("a", "b"), [(0.0, 1.0), (1.0, -1.0), (float("nan"), 1.0)])
def test_refuses_numbers_that_are_not_positive(a: float, b: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        beta.share_below(0.5, a, b)
