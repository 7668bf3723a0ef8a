"""How well chances and orders came true: AUC, log loss, calibration error."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def auc(score: Floats, happened: Flags) -> float:
    """The chance that one to whom it happened scores above one to whom it did not; ties count half; NaN without both."""
    ranks = _ranks(score)
    yes, no = int(happened.sum()), int((~happened).sum())
    if not yes or not no:
        return float("nan")
    return float((ranks[happened].sum() - yes * (yes + 1) / 2) / (yes * no))


def log_loss(chance: Floats, happened: Flags) -> float:
    """Mean of -ln(chance given to what happened), chances held within 1e-6 of 0 and 1."""
    held = np.clip(chance, 1e-6, 1 - 1e-6)
    return float(-np.mean(np.where(happened, np.log(held), np.log(1 - held))))


def calibration_error(chance: Floats, happened: Flags, bins: int = 10) -> float:
    """Expected calibration error over equal bins of the chance."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    error = 0.0
    for number in range(bins):
        inside = place == number
        if inside.any():
            error += inside.mean() * abs(chance[inside].mean() - happened[inside].mean())
    return float(error)


def _ranks(score: Floats) -> Floats:
    """Ranks from 1, equal scores sharing their mean rank."""
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean: Floats = (last - (counts - 1) / 2)[inverse]
    return mean
