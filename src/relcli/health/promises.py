"""Promises: do we, and they, keep our word?

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relcli.domain.moment import day_number, day_of
from relcli.domain.promise import Closing, Promise, PromiseKind, Side
from relcli.health.statistics.tally import YEAR, Tally

LATE_SPAN, LATE_LEAST = 28.0, 0.25  # days after which a late promise is worth no less than this
OLD_DAYS, OLD_WEIGHT = 30, 2.0  # from here on what is overdue weighs double, as does a complaint not put right
MAIN, OTHER = 1.2, 0.8  # our word and theirs where both gave it; for suppliers the other way round
HELD_MOST, HELD_LEAST, HELD_FALL = 95.0, 59.0, 6.0
START = 0.8

Given = Mapping[int, Sequence[Promise]]  # position of a contact → promises between us and them


@dataclass(frozen=True, slots=True)
class Promises:
    """Per contact: the tally of both sides, and what the card says of each.

    Counts are of promises that are decided. `overdue_days` is how long the oldest overdue promise of ours has been so
    (0: none), `complaint_days` how long the oldest of them that is a complaint; both of the contact's own alone. `cap` is
    the most health may be.
    """

    tally: Tally
    ours: NDArray[np.int64]
    ours_kept: NDArray[np.int64]
    theirs: NDArray[np.int64]
    theirs_kept: NDArray[np.int64]
    late: NDArray[np.int64]
    newest_age: NDArray[np.float64]
    overdue_days: NDArray[np.int64]
    complaint_days: NDArray[np.int64]
    cap: NDArray[np.float64]


def promises(given: Given, own: Given, suppliers: NDArray[np.bool_], as_of: int) -> Promises:
    """How promises stand at the end of day `as_of`.

    `given` are those that count for a contact (for an organisation its people's too), `own` those made to or by the
    contact itself.
    """
    size, today = suppliers.size, day_of(as_of)
    counts = {
        name: np.zeros(size, np.int64) for name in ("ours", "ours_kept", "theirs", "theirs_kept", "late", "overdue", "complaint")
    }
    successes, failures, newest = np.zeros(size), np.zeros(size), np.full(size, np.nan)
    cap = np.full(size, 100.0)
    for i, records in given.items():
        sides = {Side.US: [0.0, 0.0], Side.THEM: [0.0, 0.0]}
        for promise in records:
            judged = _judged(promise, as_of)
            if judged is None:
                continue
            worth, weight, failing, age = judged
            sides[promise.owed_by][0] += weight * worth
            sides[promise.owed_by][1] += weight * failing * (1.0 - worth)
            side = "ours" if promise.owed_by is Side.US else "theirs"
            counts[side][i] += 1
            counts[f"{side}_kept"][i] += promise.how is Closing.KEPT and not promise.open_on(today)
            counts["late"][i] += 0.0 < worth < 1.0
            newest[i] = np.fmin(newest[i], age)
        both = all(sum(side) > 0.0 for side in sides.values())
        first, second = (OTHER, MAIN) if suppliers[i] else (MAIN, OTHER)
        shares = (first, second) if both else (1.0, 1.0)
        successes[i] = shares[0] * sides[Side.US][0] + shares[1] * sides[Side.THEM][0]
        failures[i] = shares[0] * sides[Side.US][1] + shares[1] * sides[Side.THEM][1]
    for i, records in own.items():
        for promise in records:
            if promise.owed_by is Side.US and promise.overdue_on(today) and promise.due is not None:
                days = as_of - day_number(promise.due)
                counts["overdue"][i] = max(counts["overdue"][i], days)
                grave = promise.kind is PromiseKind.COMPLAINT
                if grave:
                    counts["complaint"][i] = max(counts["complaint"][i], days)
                cap[i] = min(cap[i], HELD_LEAST if grave else max(HELD_LEAST, HELD_MOST - HELD_FALL * days))
    return Promises(
        Tally(successes, failures, START),
        counts["ours"], counts["ours_kept"], counts["theirs"], counts["theirs_kept"], counts["late"],
        newest, counts["overdue"], counts["complaint"], cap,
    )  # fmt: skip


def _judged(promise: Promise, as_of: int) -> tuple[float, float, float, float] | None:
    """Worth 0-1, weight, by how much more a failure weighs, and age in days; None where nothing is decided yet."""
    today = day_of(as_of)
    if promise.made > today:
        return None
    failing = OLD_WEIGHT if promise.kind is PromiseKind.COMPLAINT else 1.0
    if promise.open_on(today):
        if not promise.overdue_on(today) or promise.due is None:
            return None
        days = as_of - day_number(promise.due)
        return 0.0, 1.0, OLD_WEIGHT if days > OLD_DAYS else failing, float(days)
    if promise.closed is None or promise.how is Closing.WITHDRAWN:
        return None
    age = as_of - day_number(promise.closed)
    weight = 0.5 ** (age / YEAR)
    if promise.how is Closing.BROKEN:
        return 0.0, weight, failing, float(age)
    late = 0 if promise.due is None else max(0, (promise.closed - promise.due).days)
    return (max(LATE_LEAST, 1.0 - late / LATE_SPAN) if late else 1.0), weight, failing, float(age)
