"""How well chances came true: of those told 80 %, did it happen to 80 of 100?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relcli.health.statistics import beta
from relcli.health.statistics.intervals import ANY, CONFIDENCE, FIRM
from relcli.health.statistics.ranking import Sample

BINS = 10
_SURE = 1e-6  # no chance is taken to be nearer to 0 or 1: one wrong certainty must not outweigh all the rest
_HALF = 0.5  # of a success and of a failure added to a share: its interval is Jeffreys'


@dataclass(frozen=True, slots=True)
class Bin:
    """Those who were told a chance from `bottom` up to `top`: how many, what on average, and the share to whom it happened.

    `low` to `high` is the 95 % interval of that share, in which a contact seen on several days counts once. The share
    and its interval are None below five contacts.
    """

    bottom: float
    top: float
    n: int
    told: float
    came: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Calibration:
    """What `n` chances were worth; shares are 0-1.

    `told` is their mean and `came` the share to whom it happened. `log_loss` is the mean of -ln(chance given to what happened),
    `log_loss_of_share` what it would be had everybody been told `came`. `error` is the expected calibration error: the mean
    distance between what was told and what came, over ten equal bins of the chance; `error_by_chance` is about what it would
    be were every chance true, for a few never come out even.
    """

    n: int
    told: float
    came: float
    log_loss: float
    log_loss_of_share: float
    error: float
    error_by_chance: float
    bins: tuple[Bin, ...]


def calibration(samples: Sequence[Sample]) -> Calibration | None:
    """The chances (scores of 0-1) of some days beside what happened; NaN is left out. None below twenty contacts."""
    told = [sample.told for sample in samples]
    if not told or np.unique(np.concatenate([sample.who for sample in told])).size < FIRM:
        return None
    who = np.concatenate([sample.who for sample in told])
    chance = np.concatenate([sample.score for sample in told])
    happened = np.concatenate([sample.happened for sample in told])
    place = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    bins, error, by_chance = [], 0.0, 0.0
    for number in np.unique(place).tolist():
        inside = place == number
        bins.append(_bin(number, who[inside], chance[inside], happened[inside]))
        share = float(inside.mean())
        error += share * abs(float(chance[inside].mean()) - float(happened[inside].mean()))
        by_chance += share * _by_chance(chance[inside], np.unique(who[inside]).size)
    came = float(happened.mean())
    return Calibration(
        n=int(chance.size),
        told=float(chance.mean()),
        came=came,
        log_loss=_log_loss(chance, happened),
        log_loss_of_share=_log_loss(np.full(chance.size, came), happened),
        error=error,
        error_by_chance=by_chance,
        bins=tuple(bins),
    )


def _bin(number: int, who: NDArray[np.int64], chance: NDArray[np.float64], happened: NDArray[np.bool_]) -> Bin:
    bottom, top, told = number / BINS, (number + 1) / BINS, float(chance.mean())
    people = int(np.unique(who).size)
    if people < ANY:
        return Bin(bottom, top, chance.size, told)
    came = float(happened.mean())
    yes, no = came * people + _HALF, (1.0 - came) * people + _HALF
    tail = (1.0 - CONFIDENCE) / 2.0
    # Jeffreys' interval reaches to the end of the scale where it happened to all or to none.
    low = 0.0 if came == 0.0 else beta.quantile(tail, yes, no)
    high = 1.0 if came == 1.0 else beta.quantile(1.0 - tail, yes, no)
    return Bin(bottom, top, chance.size, told, came, low, high)


def _by_chance(chance: NDArray[np.float64], people: int) -> float:
    """The mean distance of the share that came from the mean chance, by the normal law; one throw bounds it, for the few."""
    variance = float(np.mean(chance * (1.0 - chance)))
    return min(math.sqrt(2.0 / math.pi * variance / people), 2.0 * variance)


def _log_loss(chance: NDArray[np.float64], happened: NDArray[np.bool_]) -> float:
    held = np.clip(chance, _SURE, 1.0 - _SURE)
    return float(-np.mean(np.where(happened, np.log(held), np.log1p(-held))))
