"""How many more events follow an event, if each may be the last one.

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from relcli.health.rhythms.cells import LEAVING, MEANS, SHAPES

NODES = 24  # of the contour; about ten digits


@lru_cache(maxsize=4)
def followers(days: int) -> NDArray[np.float64]:
    """Expected events in the t days after an event, t = 0 … days, in each cell: float64[days + 1, 36, 6].

    Measured in mean gaps it depends on shape and leaving alone, so it is worked out on one grid and
    interpolated.
    """
    grid = np.concatenate(([0.0], np.geomspace(1e-5, days + 1.0, 600)))
    times = np.arange(days + 1)
    table = np.empty((days + 1, SHAPES.size, LEAVING.size))
    for shape in np.unique(SHAPES):
        for j, leaving in enumerate(LEAVING):
            values = np.concatenate(([0.0], _renewals(grid[1:], float(shape), float(leaving))))
            for i in np.flatnonzero(shape == SHAPES):
                table[:, i, j] = np.interp(times / MEANS[i], grid, values)
    table.setflags(write=False)
    return table


def _renewals(time: NDArray[np.float64], shape: float, leaving: float) -> NDArray[np.float64]:
    """Events within `time` mean gaps of an event, by inverting the Laplace transform of the renewal equation.

    The transform is q·f / (s·(1 - q·f)) with q = 1 - leaving and f = (1 + s/shape)^-shape, the gap's own. The
    contour is Talbot's fixed one (Abate and Valkó, 2004).
    """
    angle = np.arange(1, NODES) * np.pi / NODES
    cot = 1.0 / np.tan(angle)
    unit = np.concatenate(([1.0 + 0j], angle * (cot + 1j)))
    slope = np.concatenate(([0.5 + 0j], 1.0 + 1j * (angle + (angle * cot - 1.0) * cot)))
    radius = 2.0 * NODES / (5.0 * time[:, None])
    s = radius * unit
    stays = (1.0 - leaving) * (1.0 + s / shape) ** -shape
    transform = stays / (s * (1.0 - stays))
    terms = np.exp(2.0 * NODES / 5.0 * unit) * transform * slope
    return np.asarray((radius[:, 0] / NODES) * terms.real.sum(axis=1))
