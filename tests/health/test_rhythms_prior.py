"""What is known before a book is opened."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from relcli.health.rhythms.cells import LEAVING, SHAPES
from relcli.health.rhythms.correction import Correction
from relcli.health.rhythms.prior import Model, shipped


def test_the_shipped_model_is_whole() -> None:
    model = shipped()
    assert model.weights.sum() == pytest.approx(1)
    assert (model.weights >= 0).all()
    for correction in (model.fixed, model.own):
        assert all(np.isfinite(getattr(correction, f.name)).all() for f in fields(Correction))
        assert min(correction.deviations) > 0
        assert min(correction.precisions) > 0
        assert min(correction.slopes[i] for i in correction.rising) >= 0


def test_figures_for_other_cells_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^weights for 36 by 6 cells, not for \(1, 1\)$"):
        Model.read({"weights": [[1.0]]})


def figures() -> dict[str, Any]:
    """Figures as a file has them, with weights that sum to twice as much as they may."""
    terms = {"slopes": [1, 2], "means": [3, 4], "deviations": [5, 6], "precisions": [7, 8, 9]}
    weights = np.full((SHAPES.size, LEAVING.size), 2.0 / (SHAPES.size * LEAVING.size)).tolist()
    return {"weights": weights, "fixed": {"base": -1, **terms}, "own": {"base": 0.5, **terms}, "count": [1, 2, 3]}


def test_figures_are_read_as_they_stand_and_weights_made_to_sum_to_one() -> None:
    model = Model.read(figures())
    terms = ((1.0, 2.0), (3.0, 4.0), (5.0, 6.0), (7.0, 8.0, 9.0))

    assert model.weights == pytest.approx(np.full((SHAPES.size, LEAVING.size), 1.0 / (SHAPES.size * LEAVING.size)))
    assert model.fixed == Correction(-1.0, *terms, (0, 1, 3, 4))
    assert model.own == Correction(0.5, *terms, (0, 2))
    assert model.count == (1.0, 2.0, 3.0)


def test_nobody_may_write_in_the_weights() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Model.read(figures()).weights[0, 0] = 1.0
