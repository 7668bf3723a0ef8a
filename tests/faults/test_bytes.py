"""A sample of spoiled bytes before every door; `python -m tests.faults.bytes` takes as many as there is time for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.faults.bytes import DOORS, spoiled, trouble

TRIED = 40


@pytest.mark.parametrize("name", DOORS)
def test_whatever_bytes_come_a_door_answers_or_refuses(name: str, tmp_path: Path) -> None:
    door, seed = DOORS[name], random.SystemRandom().randrange(1 << 32)
    draw, samples = random.Random(seed), DOORS[name].samples()
    for _ in range(TRIED):
        data = spoiled(samples, draw)
        assert trouble(door, data, tmp_path) == "", f"seed {seed}, {data!r}"


@pytest.mark.parametrize(("name", "what"), [(name, what) for name, door in DOORS.items() for what in door.longer])
def test_what_was_slow_or_deep_somewhere_is_answered_or_refused(name: str, what: str, tmp_path: Path) -> None:
    door = DOORS[name]
    assert trouble(door, door.longer[what](1 << 16), tmp_path) == ""
