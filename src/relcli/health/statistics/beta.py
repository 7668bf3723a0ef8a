"""The Beta distribution: what a few successes and failures say about the share of successes."""

from __future__ import annotations

import math

TINY = 1e-300
TERMS = 2000
DIGITS = 1e-13


def mean(a: float, b: float) -> float:
    """Mean of Beta(a, b), a and b positive."""
    return a / (a + b)


def variance(a: float, b: float) -> float:
    """Variance of Beta(a, b), a and b positive."""
    return a * b / ((a + b) ** 2 * (a + b + 1.0))


def share_below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function: the chance that Beta(a, b) is at most x.

    By its continued fraction, evaluated from the front (Lentz); the side on which it converges fast is taken.
    Raises ValueError unless a and b are positive.
    """
    if not (a > 0.0 and b > 0.0):
        raise ValueError(f"Beta needs two positive numbers, not {a} and {b}")
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(1.0 - x, b, a) / b


def quantile(share: float, a: float, b: float) -> float:
    """The x below which Beta(a, b) lies with chance `share`, 0 < share < 1, to about 1e-12."""
    low, high = 0.0, 1.0
    while high - low > 1e-13 * max(high, 1e-3):
        middle = (low + high) / 2.0
        if share_below(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 / _away(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, TERMS):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0)),
        ):
            d = 1.0 / _away(1.0 + top * d)
            c = _away(1.0 + top / c)
            value *= c * d
        if abs(c * d - 1.0) < DIGITS:
            break
    return value


def _away(value: float) -> float:
    """Keep a denominator off zero."""
    return value if abs(value) > TINY else TINY
