"""Killed at any moment, a command leaves all of its work or none; a sample here, every point by `python -m tests.faults.sweep`."""

from __future__ import annotations

import random
import time

import pytest
from tests.faults.sweep import ACTS, sweep

pytestmark = pytest.mark.faults
POINTS = 12


@pytest.mark.parametrize("name", ACTS)
def test_a_killed_command_leaves_all_or_nothing(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(time.time()) // 86_400
    with capsys.disabled():
        print(f"[kill sweep of {name}: seed {seed}]", end=" ")  # whoever reads a failure needs the seed
    rng = random.Random(f"{seed}{name}")  # a sample, not a secret

    found = sweep(name, ACTS[name], lambda points: rng.sample(points, min(POINTS, len(points))))

    assert found.points == POINTS
    assert found.kills > 0
    assert found.violations == []
