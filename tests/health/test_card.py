"""How components make health."""

from __future__ import annotations

import numpy as np
import pytest

from relcli.health.card import Weights, health, trend
from relcli.health.marks import Marks

ONE = np.ones(1, np.bool_)
NO_CAP = np.array([100.0])


def mark(value: float | None, *, reliability: float = 1.0, variance: float = 0.0, applies: bool = True) -> Marks:
    unknown = value is None
    level = np.array([np.nan if value is None else value])
    share = np.array([0.0 if unknown else reliability])
    spread = np.array([np.nan if unknown else variance])
    return Marks(ONE & applies, level, level, spread, share, np.ones(1, np.int64), np.zeros(1))


def of(marks: dict[str, Marks], signs: int = 9, cap: float = 100.0, weights: Weights | None = None) -> dict[str, float]:
    found = health(marks, weights or Weights(), np.array([signs]), np.array([cap]))
    return {name: float(getattr(found, name)[0]) for name in ("value", "unheld", "low", "high", "coverage")}


def test_health_is_the_weighted_mean_of_what_is_known() -> None:
    found = of({"rhythm": mark(80), "terms": mark(40, reliability=0.5), "voice": mark(None)})
    assert found["value"] == pytest.approx((25 * 80 + 10 * 40) / 35)
    assert found["coverage"] == pytest.approx(100 * 35 / 60)


def test_what_is_over_cannot_be_well() -> None:
    assert of({"rhythm": mark(10), "terms": mark(100)})["value"] == pytest.approx(0.6 * (250 + 2000) / 45)


def test_what_does_not_apply_lowers_neither_health_nor_coverage() -> None:
    found = of({"rhythm": mark(90), "loyalty": mark(0, applies=False)})
    assert (found["value"], found["coverage"]) == (90, 100)


def test_without_rhythm_applying_health_needs_no_sign() -> None:
    assert of({"rhythm": mark(None, applies=False), "terms": mark(96)}, signs=0)["value"] == 96


@pytest.mark.parametrize(("signs", "known"), [(0, False), (1, False), (2, True)])
def test_health_needs_two_days_with_a_sign(signs: int, known: bool) -> None:
    assert np.isnan(of({"rhythm": mark(90)}, signs=signs)["value"]) != known


def test_health_needs_coverage() -> None:
    found = of({"rhythm": mark(90), **{name: mark(None) for name in ("terms", "reciprocity", "voice", "loyalty")}})
    assert found["coverage"] == pytest.approx(100 * 25 / 85)
    assert np.isnan(found["value"])
    assert np.isnan(found["low"])


def test_a_cap_holds_health_and_its_range_but_not_the_health_before_it() -> None:
    found = of({"rhythm": mark(90)}, cap=59.0)
    assert (found["value"], found["unheld"]) == (59, 90)
    assert found["high"] <= 59


def test_the_range_widens_with_variance_and_with_what_is_not_covered() -> None:
    sure = of({"rhythm": mark(60)})
    assert sure["low"] == sure["high"] == 60
    unsure = of({"rhythm": mark(60, variance=100.0)})
    assert unsure["high"] - 60 == pytest.approx(12.816)
    uncovered = of({"rhythm": mark(60), "loyalty": mark(None)})
    assert uncovered["high"] - 60 == pytest.approx(1.2816 * 25 * 10 / 35)
    assert of({"rhythm": mark(99, variance=900.0)})["high"] == 100


def test_weights_are_the_users() -> None:
    marks = {"rhythm": mark(80), "voice": mark(20)}
    assert of(marks, weights=Weights(voice=0))["value"] == 80
    assert np.isnan(of(marks, weights=Weights(rhythm=0, voice=0))["value"])
    with pytest.raises(ValueError, match="voice"):
        Weights(voice=-1)
    with pytest.raises(ValueError, match="terms"):
        Weights(terms=float("nan"))


def test_trend_compares_only_what_was_known_at_both_dates_with_the_smaller_reliability() -> None:
    now = {"rhythm": mark(80), "terms": mark(90, reliability=0.9), "voice": mark(10)}
    then = {"rhythm": mark(60), "terms": mark(100, reliability=0.5), "voice": mark(None)}
    found = trend(now, then, Weights(), ONE)
    assert found[0] == pytest.approx((25 * 20 - 10 * 10) / 35)
    assert np.isnan(trend(now, then, Weights(), ~ONE)[0])


def test_the_range_is_that_of_a_weighted_mean_of_what_is_unsure() -> None:
    found = of({"rhythm": mark(80, variance=25.0), "terms": mark(60, variance=100.0), "voice": mark(30, applies=False)})
    mean, reach = (25 * 80 + 20 * 60) / 45, 1.2816 * np.sqrt(625 * 25 + 400 * 100) / 45

    assert (found["low"], found["value"], found["high"]) == pytest.approx((mean - reach, mean, mean + reach))
    assert of({"rhythm": mark(1, variance=900.0)})["low"] == 0


def test_health_is_known_from_thirty_percent_of_what_counts() -> None:
    weights = Weights(rhythm=30, terms=70)
    assert of({"rhythm": mark(90), "terms": mark(None)}, weights=weights)["value"] == 90
    assert np.isnan(of({"rhythm": mark(90, reliability=0.99), "terms": mark(None)}, weights=weights)["value"])


def test_where_no_component_applies_nothing_is_covered_and_nothing_known() -> None:
    found = of({"rhythm": mark(90, applies=False), "terms": mark(90, applies=False)})
    assert found["coverage"] == 0
    assert all(np.isnan(found[name]) for name in ("value", "low", "high"))


def test_small_weights_are_weights_like_others() -> None:
    small = Weights(rhythm=0.25, terms=0.2)
    assert of({"rhythm": mark(80), "terms": mark(40)}, weights=small)["value"] == pytest.approx((0.25 * 80 + 0.2 * 40) / 0.45)
    assert trend({"rhythm": mark(80)}, {"rhythm": mark(70)}, small, ONE)[0] == pytest.approx(10)
    unsure = {"rhythm": mark(60, variance=100.0), "terms": mark(40, variance=25.0)}
    assert of(unsure, weights=small) == pytest.approx(of(unsure, weights=Weights(rhythm=25, terms=20)))


def test_a_rhythm_that_ends_takes_of_the_trend_what_it_takes_of_health() -> None:
    now, then = {"rhythm": mark(20), "terms": mark(80)}, {"rhythm": mark(30), "terms": mark(80)}
    assert trend(now, then, Weights(), ONE)[0] == pytest.approx((0.7 * (500 + 1600) - 0.8 * (750 + 1600)) / 45)


def test_what_was_never_known_has_no_trend() -> None:
    assert np.isnan(trend({"rhythm": mark(None)}, {"rhythm": mark(70)}, Weights(), ONE)[0])
