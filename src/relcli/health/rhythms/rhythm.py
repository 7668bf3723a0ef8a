"""Rhythm: is the relationship alive, by the contact's own rhythm?

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from relcli.health.ledger import Ledger
from relcli.health.rhythms.adaptation import ENOUGH_SIGNS, adapted
from relcli.health.rhythms.cells import Histories
from relcli.health.rhythms.correction import inside, shifted
from relcli.health.rhythms.counting import Count, counted, raised
from relcli.health.rhythms.gaps import usual_gaps
from relcli.health.rhythms.outlook import Outlook
from relcli.health.rhythms.prior import Model
from relcli.health.rhythms.traces import Traces

CHUNK = 1000  # contacts at once: bounds memory; larger products would wake threads that only burn time
SHORTEST, FARTHEST, LONGEST = (
    182,
    730,
    3650,
)  # days: a contact's horizon lies between the first two, any below the last
TAIL = 0.1  # ranges run from here to 1 - TAIL


@dataclass(frozen=True, slots=True)
class Rhythm:
    """One entry per contact; float64 unless said otherwise. NaN is unknown: contacts without a sign.

    `value` and `silent_risk` are percentages strictly between 0 and 100: the chance of a sign within
    `horizon` days, and of none within `own_horizon`. `standing` is what health takes from both. Ranges hold
    80 % and the value itself.
    """

    n: NDArray[np.int64]  # days with a sign
    silent: NDArray[np.float64]  # days since the last one
    usual_gap: NDArray[np.float64]  # days, never NaN
    gap_low: NDArray[np.float64]  # NaN where the usual gap is the book's
    gap_high: NDArray[np.float64]
    horizon: NDArray[np.int64]  # days
    own_horizon: NDArray[np.int64]  # days, three usual gaps
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    silent_risk: NDArray[np.float64]
    risk_at_last_sign: NDArray[np.float64]  # the silent risk as it was on the day of the last sign
    standing: NDArray[np.float64]
    standing_low: NDArray[np.float64]
    standing_high: NDArray[np.float64]
    expected: NDArray[np.float64]  # days with a sign within the horizon
    expected_next: NDArray[np.float64]  # day of the next sign, if one comes; NaN if later than ten years from now


def rhythm(
    signs: Ledger,
    as_of: int,
    horizon: int | None = None,
    *,
    floor: NDArray[np.float64] | None = None,
    model: Model | None = None,
    detail: bool = True,
) -> Rhythm:
    """The rhythm of every contact at the end of day `as_of`, from the days with a sign of life until then.

    `model` is what `adapted` has learnt from this book; without it, it is learnt here, from what happened until `as_of`.

    `horizon` in days is the same for all; without it each contact has its own, between 182 and 730. `floor` is the
    least usual gap of each contact, the cadence they stated (NaN: none). Without `detail` the ranges, `expected` and
    `expected_next` stay NaN, which takes a small part of the time. Raises ValueError for a horizon outside 1 … 3650 days.
    """
    if horizon is not None and not 1 <= horizon <= LONGEST:
        raise ValueError(f"a horizon is 1 to {LONGEST} days, not {horizon}")
    signs = signs.until(as_of)
    gaps = usual_gaps(signs, floor)
    ahead = np.clip(np.ceil(2.0 * gaps.usual), SHORTEST, FARTHEST).astype(np.int64)
    if horizon is not None:
        ahead[:] = horizon
    own = np.ceil(3.0 * gaps.usual).astype(np.int64)
    columns = {field.name: np.full(signs.size, np.nan) for field in fields(Rhythm)}
    columns |= {"n": signs.counts, "silent": as_of - signs.last, "horizon": ahead, "own_horizon": own}
    columns |= {"usual_gap": gaps.usual, "gap_low": gaps.low, "gap_high": gaps.high}
    some = np.flatnonzero(signs.counts)
    if some.size:
        model = model or adapted(signs, as_of, horizon)
        known = signs.known()
        past = Histories.of(known, as_of)
        traces = Traces.of(known, as_of, ahead[some], own[some])
        # Contacts with the same horizon stand together, so that what they share is worked out once.
        order = np.argsort(ahead[some], kind="stable")
        for begin in range(0, some.size, CHUNK):
            part = order[begin : begin + CHUNK]
            rows = some[part]
            outlook = Outlook.of(past[part], model.weights, ahead[rows], own[rows])
            chances = _Chances.of(outlook, model, traces[part])
            found = chances.columns() | (chances.detail(outlook, model.count) if detail else {})
            for name, values in found.items():
                columns[name][rows] = values
        columns["expected_next"] += as_of
    return Rhythm(**columns)


def resting(beats: Rhythm, rests: NDArray[np.bool_]) -> Rhythm:
    """The same without a chance told for those from whom no sign is expected."""
    told = ("value", "low", "high", "silent_risk", "risk_at_last_sign", "standing", "standing_low", "standing_high")
    unknown = {name: np.where(rests, np.nan, getattr(beats, name)) for name in (*told, "expected", "expected_next")}
    return replace(beats, **unknown)


@dataclass(frozen=True, slots=True)
class _Chances:
    """The corrected chances of some contacts, 0-1, and by how much each was shifted in logit; float64[n]."""

    warned: NDArray[np.bool_]
    recency: NDArray[np.float64]
    within: NDArray[np.float64]
    shift: NDArray[np.float64]
    within_own: NDArray[np.float64]
    shift_own: NDArray[np.float64]
    after_last_sign: NDArray[np.float64]

    @classmethod
    def of(cls, outlook: Outlook, model: Model, traces: Traces) -> _Chances:
        within, within_own, after = outlook.within(), outlook.within_own(), outlook.within_own_after_last_sign()
        shift = model.fixed.shift(within, traces.fixed(within))
        shift_own = model.own.shift(within_own, traces.owned(within_own))
        shift_after = model.own.shift(after, traces.on_last_sign().owned(after))
        return cls(
            warned=traces.signs >= ENOUGH_SIGNS,
            recency=traces.recency,
            within=shifted(within, shift),
            shift=shift,
            within_own=shifted(within_own, shift_own),
            shift_own=shift_own,
            after_last_sign=shifted(after, shift_after),
        )

    def columns(self) -> dict[str, NDArray[np.float64]]:
        return {
            "value": 100.0 * self.within,
            "silent_risk": 100.0 * (1.0 - self.within_own),
            "risk_at_last_sign": 100.0 * (1.0 - self.after_last_sign),
            "standing": 100.0 * self._standing(self.within, self.within_own),
        }

    def detail(self, outlook: Outlook, count: Count) -> dict[str, NDArray[np.float64]]:
        more = raised(outlook.expected(), outlook.within(), self.within)
        mass, within, within_own = outlook.by_cell()
        within = shifted(within, self.shift[:, None])
        within_own = shifted(within_own, self.shift_own[:, None])
        low, high = _range(within, mass, self.within)
        standing = self._standing(self.within, self.within_own)
        standing_low, standing_high = _range(self._standing(within, within_own), mass, standing)
        return {
            "low": low,
            "high": high,
            "standing_low": standing_low,
            "standing_high": standing_high,
            "expected": counted(more, self.recency, count, self.within, outlook.ahead),
            "expected_next": outlook.median_wait(),
        }

    def _standing(self, within: NDArray[np.float64], within_own: NDArray[np.float64]) -> NDArray[np.float64]:
        """Both chances alike, the early warning only where there are signs enough for it."""
        warned = self.warned.reshape(-1, *[1] * (within.ndim - 1))
        return np.where(warned, (within + within_own) / 2.0, within)


def _range(
    chance: NDArray[np.float64], mass: NDArray[np.float64], middle: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The 10 % and 90 % points, in percent, of what the cells foretell.

    `chance` and `mass` are float64[n, cells], each row of `mass` summing to 1. The range is widened to hold
    `middle`, the chance shown: the mean of a lopsided posterior can lie outside.
    """
    order = np.argsort(chance, axis=1)
    filled = np.cumsum(np.take_along_axis(mass, order, axis=1), axis=1)
    rows = np.arange(len(order))
    ends = []
    for share in (TAIL, 1.0 - TAIL):
        place = np.minimum((filled < share).sum(axis=1), order.shape[1] - 1)
        ends.append(inside(chance[rows, order[rows, place]]))
    return 100.0 * np.minimum(ends[0], middle), 100.0 * np.maximum(ends[1], middle)
