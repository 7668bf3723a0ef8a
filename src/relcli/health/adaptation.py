"""What a book teaches: its population, and by how much the shipped corrections are to be moved for it.

The book is replayed as it was one and two horizons ago, and the corrections are fitted again to what followed.
Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from relcli.health.cells import Histories, population, sample
from relcli.health.correction import Correction, regressed, terms
from relcli.health.gaps import usual_gaps
from relcli.health.ledger import Ledger
from relcli.health.outlook import Outlook
from relcli.health.prior import Model, shipped

USUAL_HORIZON = 182  # days
REPLAYS = (1, 2)  # horizons ago
ROW_WEIGHT = 0.6  # the rows of two replays are not strangers to each other
ENOUGH_CONTACTS = 5
ENOUGH_DAYS = 5  # with a sign, from which on the own horizon is one's own


@dataclass(frozen=True, slots=True)
class Replay:
    """Some contacts as they stood on a past day, and whether a sign followed; one row each.

    `fixed` and `own` are the terms of the two corrections, float64[n, 3]; `heard` and `heard_own` tell whether a sign
    came within the horizon and within the own one. `judged` rows have a rhythm of their own, whose horizon has ended.
    """

    fixed: NDArray[np.float64]
    heard: NDArray[np.bool_]
    own: NDArray[np.float64]
    heard_own: NDArray[np.bool_]
    judged: NDArray[np.bool_]


def adapted(signs: Ledger, as_of: int, horizon: int | None = None, model: Model | None = None) -> Model:
    """The model as this book has taught it until the end of day `as_of`, later records left out.

    A book in which fewer than five contacts were known a horizon ago keeps the corrections of `model`, by default the
    shipped one.
    """
    model = model or shipped()
    signs = signs.until(as_of)
    known = signs.known()
    if not known.size:
        return model
    found = replace(model, weights=population(known, Histories.of(known, as_of), model.weights))
    back = horizon or USUAL_HORIZON
    rows = [r for count in REPLAYS if (r := replay(known, as_of - count * back, back, as_of, model)) is not None]
    if not rows:
        return found
    fixed = _moved(model.fixed, np.concatenate([r.fixed for r in rows]), np.concatenate([r.heard for r in rows]))
    judged = np.concatenate([r.judged for r in rows])
    own = _moved(model.own, np.concatenate([r.own for r in rows])[judged], np.concatenate([r.heard_own for r in rows])[judged])
    return replace(found, fixed=fixed, own=own)


def replay(signs: Ledger, day: int, horizon: int, as_of: int, model: Model) -> Replay | None:
    """At most 500 contacts of a book at the end of a past day, and what is known of them since; None below five."""
    then = signs.until(day)
    some = np.flatnonzero(then.counts)
    if some.size < ENOUGH_CONTACTS:
        return None
    then = then.pick(some)
    drawn = sample(then)
    then, after = then.pick(drawn), signs.pick(some[drawn])
    past = Histories.of(then, day)
    weights = population(then, past, model.weights)
    own = np.ceil(3.0 * usual_gaps(then).usual).astype(np.int64)
    ahead = np.full(own.size, horizon)
    outlook = Outlook.of(past, weights, ahead, own)
    # The next sign is the one after the last that was known.
    place = after.start[:-1] + then.counts
    comes = place < after.start[1:]
    wait = np.where(comes, after.days[np.minimum(place, after.days.size - 1)] - day, as_of + 1)
    return Replay(
        fixed=terms(outlook.within(), then.counts, then.recency(day, ahead)),
        heard=comes & (wait <= ahead),
        own=terms(outlook.within_own(), then.counts, then.recency(day, own)),
        heard_own=comes & (wait <= own),
        judged=(then.counts >= ENOUGH_DAYS) & (own <= as_of - day),
    )


def _moved(correction: Correction, found: NDArray[np.float64], heard: NDArray[np.bool_]) -> Correction:
    if len(found) < ENOUGH_CONTACTS:
        return correction
    weight = np.full(len(found), ROW_WEIGHT)
    base, *slopes = regressed(
        correction.standard(found), heard, weight, (correction.base, *correction.slopes), correction.precisions
    )
    return replace(correction, base=base, slopes=tuple(slopes))
