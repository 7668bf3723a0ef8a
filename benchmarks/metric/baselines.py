"""What others judge relationships by, from the same days: light, recency, quintiles, decay, BG/NBD and Pareto/NBD."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ledgers import Cut, Days, Floats
from scipy.optimize import minimize
from scipy.special import gammaln, hyp2f1

LIGHT = (30, 60, 90)  # days
STARTS = ((1.0, 1.0, 1.0, 1.0), (0.5, 2.0, 0.3, 4.0))
BOUND = 7.0  # of the logarithm of a parameter
PULL = 1e-3  # of each logarithm towards 0, so that few parties have an estimate too
SPANS = 20.0  # the unit of time is so small a part of the longest history

Likelihood = Callable[[tuple[float, ...], Floats, Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class Score:
    """What one method says of every party: who is likelier to come, who to stay silent, and the chance if it has one."""

    comes: Floats
    silent: Floats
    silent_own: Floats | None = None
    chance: Floats | None = None


def baselines(cut: Cut) -> dict[str, Score]:
    """Every method, fitted to what was known at the cut where there is anything to fit."""
    silence = cut.day - cut.signs.last
    light = -np.searchsorted(LIGHT, silence).astype(float)
    decay = cut.signs.recency(np.full(silence.size, cut.horizon)) * 0.5 ** (silence / cut.horizon)
    rfm = _quintile(-silence) + _quintile(cut.signs.counts.astype(float)) + _quintile(cut.value)
    plain = {"traffic light": light, "recency": -silence, "RFM": rfm, "decay": decay}
    found = {name: Score(score, -score) for name, score in plain.items()}
    return found | {"BG/NBD": fitted(_bg_nbd, cut), "Pareto/NBD": fitted(_pareto_nbd, cut)}


def fitted(likelihood: Likelihood, cut: Cut) -> Score:
    """A model of buying and leaving by maximum likelihood; the chance of no event is that of a longer silence over that of this."""
    first, last = cut.signs.first, cut.signs.last
    times = np.maximum(cut.day - first, 0.5)
    history = np.stack([(cut.signs.counts - 1).astype(float), last - first, times], axis=1)
    unit = max(1.0, float(times.max()) / SPANS)
    rows, weight = np.unique(history, axis=0, return_counts=True)

    def loss(logs: Floats) -> float:
        with np.errstate(all="ignore"):
            value = -(weight @ likelihood(tuple(np.exp(logs)), rows[:, 0], rows[:, 1] / unit, rows[:, 2] / unit)) / weight.sum()
        return float(value + PULL * (logs**2).sum()) if np.isfinite(value) else 1e10

    fits = [minimize(loss, np.log(start), method="L-BFGS-B", bounds=[(-BOUND, BOUND)] * 4) for start in STARTS]
    best = tuple(np.exp(min(fits, key=lambda fit: fit.fun).x))

    def silent(ahead: Floats) -> Floats:
        rows, place = np.unique(np.column_stack([history, ahead]), axis=0, return_inverse=True)
        x, heard, known, more = rows[:, 0], rows[:, 1] / unit, rows[:, 2] / unit, rows[:, 3] / unit
        with np.errstate(all="ignore"):
            chance = np.exp(likelihood(best, x, heard, known + more) - likelihood(best, x, heard, known))
        return np.nan_to_num(np.clip(chance, 0.0, 1.0), nan=1.0)[place.ravel()]

    none = silent(np.full(times.size, float(cut.horizon)))
    own = silent(np.where(cut.warned, np.ceil(3.0 * np.nan_to_num(cut.middle)), 1.0))
    return Score(1.0 - none, none, own, 1.0 - none)


def _pareto_nbd(by: tuple[float, ...], x: Floats, heard: Floats, known: Floats) -> Floats:
    """Log likelihood of Schmittlein, Morrison and Colombo (1987), in the form of Fader and Hardie (2005)."""
    r, alpha, s, beta = by
    larger, apart, total = max(alpha, beta), abs(alpha - beta), r + s + x
    second = s + 1.0 if alpha >= beta else r + x
    ends = [np.log(hyp2f1(total, second, total + 1.0, apart / (larger + t))) - total * np.log(larger + t) for t in (heard, known)]
    left = np.log(s) - np.log(total) + ends[0] + np.log(np.maximum(-np.expm1(np.minimum(ends[1] - ends[0], 0.0)), 1e-300))
    there = -(r + x) * np.log(alpha + known) - s * np.log(beta + known)
    whole: Floats = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + np.logaddexp(there, left)
    return whole


def _bg_nbd(by: tuple[float, ...], x: Floats, heard: Floats, known: Floats) -> Floats:
    """Log likelihood of Fader, Hardie and Lee (2005)."""
    r, alpha, a, b = by
    shared = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + gammaln(a + b) - gammaln(b) - gammaln(a + b + x)
    there = gammaln(b + x) - (r + x) * np.log(alpha + known)
    left = np.where(x > 0, np.log(a) + gammaln(b + x - 1.0) - (r + x) * np.log(alpha + heard), -np.inf)
    whole: Floats = shared + np.logaddexp(there, left)
    return whole


def _quintile(values: Floats) -> Days:
    """1 to 5, the highest fifth 5; equal values alike."""
    order = np.sort(values)
    return np.minimum(5 * np.searchsorted(order, values, side="left") // max(values.size, 1), 4) + 1
