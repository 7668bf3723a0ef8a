"""What is known of relationships before a book is opened: fitted on public ledgers, shipped in `prior.json`.

`benchmarks/metric/fit.py` makes the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relcli.health.rhythms.cells import LEAVING, SHAPES
from relcli.health.rhythms.correction import Correction
from relcli.health.rhythms.counting import Count
from relcli.health.rhythms.traces import FIXED_RISING, OWN_RISING

FILE = "prior.json"


@dataclass(frozen=True, slots=True)
class Model:
    """What to expect of a book.

    `weights` are those of the cells, float64[36, 6] summing to 1; `fixed` and `own` put the chances within the horizon
    and within the own horizon right, `count` the expected number of days with a sign.
    """

    weights: NDArray[np.float64]
    fixed: Correction
    own: Correction
    count: Count

    @classmethod
    def read(cls, figures: Mapping[str, Any]) -> Model:
        """From the figures of a file like the shipped one. Raises ValueError where they do not fit the cells."""
        weights = np.array(figures["weights"], dtype=np.float64)
        if weights.shape != (SHAPES.size, LEAVING.size):
            raise ValueError(f"weights for {SHAPES.size} by {LEAVING.size} cells, not for {weights.shape}")
        weights /= weights.sum()
        weights.setflags(write=False)
        fixed, own = _correction(figures["fixed"], FIXED_RISING), _correction(figures["own"], OWN_RISING)
        base, of_count, of_recency = (float(value) for value in figures["count"])
        return cls(weights, fixed, own, (base, of_count, of_recency))


@cache
def shipped() -> Model:
    """The model that comes with the program."""
    return Model.read(json.loads(files("relcli.health.rhythms").joinpath(FILE).read_text(encoding="utf-8")))


def _correction(figures: Mapping[str, Any], rising: tuple[int, ...]) -> Correction:
    def floats(name: str) -> tuple[float, ...]:
        row: Sequence[float] = figures[name]
        return tuple(float(value) for value in row)

    slopes, means, deviations, precisions = (floats(name) for name in ("slopes", "means", "deviations", "precisions"))
    return Correction(float(figures["base"]), slopes, means, deviations, precisions, rising)
