"""What a book teaches: its population, and by how much the shipped corrections are to be moved for it.

The book is replayed as it was one and two horizons ago, and the corrections are fitted again to what followed.
Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from relcli.health.ledger import Ledger
from relcli.health.rhythms.cells import SAMPLE, Histories, population, sample
from relcli.health.rhythms.correction import Correction
from relcli.health.rhythms.gaps import usual_gaps
from relcli.health.rhythms.outlook import Outlook
from relcli.health.rhythms.prior import Model, shipped
from relcli.health.rhythms.traces import Traces

USUAL_HORIZON = 182  # days
REPLAYS = (1, 2)  # horizons ago
ROW_WEIGHT = 0.6  # the rows of two replays are not strangers to each other
ENOUGH_CONTACTS = 5
ENOUGH_SIGNS = 3  # from which on the own horizon is one's own


@dataclass(frozen=True, slots=True)
class Replay:
    """Some contacts as they stood on a past day, and whether a sign followed; one row each.

    `places` are where they stand in the ledger. `heard` and `heard_own` tell whether a sign came within the horizon and
    within the own one; `judged` are the rows that have a rhythm of their own, whose own horizon has ended.
    """

    places: NDArray[np.int64]
    outlook: Outlook
    traces: Traces
    heard: NDArray[np.bool_]
    heard_own: NDArray[np.bool_]
    judged: NDArray[np.bool_]

    @property
    def fixed(self) -> NDArray[np.float64]:
        """The terms of the correction within the horizon."""
        return self.traces.fixed(self.outlook.within())

    @property
    def own(self) -> NDArray[np.float64]:
        """The terms of the correction within the own horizon, of the judged rows alone."""
        return self.traces.owned(self.outlook.within_own())[self.judged]


def adapted(signs: Ledger, as_of: int, horizon: int | None = None, model: Model | None = None) -> Model:
    """The model as this book has taught it until the end of day `as_of`, later records left out.

    What the book says of its own past is believed from five contacts on, and of days that had a whole horizon of records
    behind them: before, everybody looks new. Without any such day the corrections are those of `model`, by default the
    shipped one.
    """
    model = model or shipped()
    signs = signs.until(as_of)
    known = signs.known()
    if not known.size:
        return model
    found = replace(model, weights=population(known, Histories.of(known, as_of), model.weights))
    back = horizon or USUAL_HORIZON
    opens = int(signs.days.min()) + back
    days = [as_of - count * back for count in REPLAYS]
    rows = [r for day in days if day >= opens and (r := replay(signs, day, back, as_of, model)) is not None]
    if not rows:
        return found
    fixed = _moved(model.fixed, [r.fixed for r in rows], [r.heard for r in rows])
    own = _moved(model.own, [r.own for r in rows], [r.heard_own[r.judged] for r in rows])
    return replace(found, fixed=fixed, own=own)


def replay(signs: Ledger, day: int, horizon: int, as_of: int, model: Model, most: int = SAMPLE) -> Replay | None:
    """Some contacts of a book at the end of a past day, and what is known of them since; None below five."""
    then = signs.until(day)
    some = np.flatnonzero(then.counts)
    if some.size < ENOUGH_CONTACTS:
        return None
    known = then.known()
    drawn = sample(known, most)
    weights = population(known, Histories.of(known, day), model.weights)
    then, after = known.pick(drawn), signs.pick(some[drawn])
    own = np.ceil(3.0 * usual_gaps(then).usual).astype(np.int64)
    ahead = np.full(own.size, horizon)
    # The next sign is the one after the last that was known.
    place = after.start[:-1] + then.counts
    comes = place < after.start[1:]
    wait = after.days[np.minimum(place, after.days.size - 1)] - day
    return Replay(
        places=some[drawn],
        outlook=Outlook.of(Histories.of(then, day), weights, ahead, own),
        traces=Traces.of(then, day, ahead, own),
        heard=comes & (wait <= ahead),
        heard_own=comes & (wait <= own),
        judged=(then.counts >= ENOUGH_SIGNS) & (own <= as_of - day),
    )


def _moved(correction: Correction, terms: Sequence[NDArray[np.float64]], heard: Sequence[NDArray[np.bool_]]) -> Correction:
    if sum(map(len, heard)) < ENOUGH_CONTACTS:
        return correction
    return correction.refitted(np.concatenate(terms), np.concatenate(heard), ROW_WEIGHT)
