"""Is the metric true here? What it said at past days, beside what followed.

Two questions are put to each day. *Heard*: from whom, of all who gave a sign by then, came one within the horizon?
*Silent*: of those with a rhythm who were not late yet (five sign days, gaps of a variation up to 1, last seen within two
median gaps), from whom came nothing for three median gaps more?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relcli.domain.component import COMPONENTS
from relcli.health.assess import Assessment
from relcli.health.ledger import Ledger
from relcli.health.rhythms.gaps import ENOUGH_GAPS, REGULAR, usual_gaps
from relcli.health.statistics.calibration import Calibration, calibration
from relcli.health.statistics.intervals import FIRM
from relcli.health.statistics.ranking import Ranking, Sample, ranking

RHYTHM, WARNING, HEALTH, LIGHT, RECENCY = "rhythm", "silent_risk", "health", "traffic_light", "recency"
BESIDE = (LIGHT, RECENCY)  # what is measured beside the metric, and is no part of it
HEARD = (RHYTHM, WARNING, HEALTH, *COMPONENTS[1:], *BESIDE)
SILENT = (WARNING, RHYTHM, HEALTH, *BESIDE)
DAYS_OF_LIGHT = (30, 60, 90)  # of silence, after which a traffic light changes
_LATE, _OVERDUE = 2.0, 3.0  # median gaps


@dataclass(frozen=True, slots=True)
class Replay:
    """What the metric was worth on one day, or on several together (`day` None).

    `heard` and `silent` say by measure how well it ranked those to whom that happened. `known` is how many contacts had given
    a sign by then; from `came` of them another came within the horizon. `chances` are those of rhythm; `expected_error` is the
    mean distance of the expected number of days with a sign from what came. Both are None below twenty contacts.
    """

    day: int | None
    known: int
    came: int
    heard: dict[str, Ranking]
    silent: dict[str, Ranking]
    chances: Calibration | None
    expected_error: float | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One day: what each measure foretold, by question, and by how far `expected` was out."""

    day: int
    heard: dict[str, Sample]
    silent: dict[str, Sample]
    chances: Sample
    apart: NDArray[np.float64]


def days_to_replay(first: int, last: int, horizon: int, most: int = 3) -> tuple[int, ...]:
    """The days to ask about in a book with records from day `first` to day `last`, oldest first.

    Each has as much of the book before it as the horizon, and the whole horizon after it, which no other day shares.
    """
    days = [last - horizon * number for number in range(1, most + 1)]
    return tuple(day for day in reversed(days) if day - horizon >= first)


def seen(assessment: Assessment, signs: Ledger, last: int, horizon: int) -> Seen:
    """What the assessment of a past day foretold, and what `signs`, known up to day `last`, say of it.

    The assessment must be that of the same horizon; its figures are taken as a report prints them, so that anybody can reckon it
    anew from two reports. Who could not be expected to give a sign, by their wish, is left out.
    """
    day, beats = assessment.as_of, assessment.rhythm
    chance, risk = (np.clip(np.round(percent, 2), 0.01, 99.99) for percent in (beats.value, beats.silent_risk))  # as printed
    who = np.flatnonzero(~np.isnan(chance))
    later = signs.days > day
    counts = np.bincount(signs.owners[later & (signs.days <= day + horizon)], minlength=signs.size)
    light = np.searchsorted(DAYS_OF_LIGHT, beats.silent).astype(np.float64)
    scores = {
        RHYTHM: chance,
        WARNING: -risk,
        HEALTH: np.round(assessment.health.unheld, 2),
        **{name: np.where(assessment.marks[name].known, assessment.marks[name].value, np.nan) for name in COMPONENTS[1:]},
        LIGHT: -light,
        RECENCY: -beats.silent,
    }
    came = counts > 0
    middle = _rhythmic(signs.until(day), day)
    following = np.full(signs.size, np.inf)
    np.minimum.at(following, signs.owners[later], signs.days[later].astype(np.float64))
    steady = who[(day + _OVERDUE * middle <= last)[who]]  # false where there is no median gap
    nothing = following > day + _OVERDUE * middle
    return Seen(
        day,
        heard={name: Sample(who, scores[name][who], came[who]) for name in HEARD},
        silent={name: Sample(steady, -scores[name][steady], nothing[steady]) for name in SILENT},
        chances=Sample(who, chance[who] / 100.0, came[who]),
        apart=np.abs(np.round(beats.expected, 2) - counts)[who],
    )


def replay(days: Sequence[Seen], *, day: int | None = None) -> Replay:
    """What the metric was worth on these days together."""
    who = np.unique(np.concatenate([each.chances.who for each in days])) if days else np.empty(0, np.int64)
    came = np.unique(np.concatenate([each.chances.who[each.chances.happened] for each in days])) if days else who
    return Replay(
        day,
        known=who.size,
        came=came.size,
        heard={name: ranking([each.heard[name] for each in days]) for name in HEARD},
        silent={name: ranking([each.silent[name] for each in days]) for name in SILENT},
        chances=calibration([each.chances for each in days]),
        expected_error=float(np.mean(np.concatenate([each.apart for each in days]))) if who.size >= FIRM else None,
    )


def _rhythmic(signs: Ledger, day: int) -> NDArray[np.float64]:
    """The median gap of those with a rhythm who were last seen within two of them, NaN for the others."""
    owner, gap, start = signs.gaps()
    count = np.diff(start)
    mean = np.bincount(owner, weights=gap, minlength=signs.size) / np.maximum(count, 1)
    spread = np.bincount(owner, weights=(gap - mean[owner]) ** 2, minlength=signs.size) / np.maximum(count, 1)
    middle = usual_gaps(signs).usual  # the median gap under just these conditions
    fits = (count >= ENOUGH_GAPS) & (spread <= (REGULAR * mean) ** 2) & (day - signs.last <= _LATE * middle)
    return np.where(fits, middle, np.nan)
