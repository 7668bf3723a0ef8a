"""Killed at any moment, a command leaves all of its work or none; a sample here, every point by `python -m tests.faults.sweep`."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator

import pytest
import typer
from tests.architecture.test_tree import walk
from tests.faults.acts import ACTS, AS_ANOTHER, READS
from tests.faults.forks import Forks, forks
from tests.faults.sweep import sweep

from relcli.cli.app import app

POINTS = 12
SEED = int(os.environ.get("RELCLI_SWEEP_SEED", "") or time.time() // 86_400)


@pytest.fixture(scope="module")
def loaded() -> Iterator[Forks]:
    """The process whose children are killed."""
    with forks() as started:
        yield started


@pytest.mark.faults
@pytest.mark.parametrize("name", ACTS)
def test_a_killed_command_leaves_all_or_nothing(name: str, loaded: Forks, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"[kill sweep of {name}: RELCLI_SWEEP_SEED={SEED}]", end=" ")  # whoever reads a failure needs the seed
    rng = random.Random(f"{SEED}{name}")  # a sample, not a secret

    found = sweep(name, ACTS[name], loaded, lambda points: rng.sample(points, min(POINTS, len(points))))

    assert found.points == POINTS
    assert found.kills == POINTS
    assert found.violations == []


def test_every_command_is_swept_or_only_reads() -> None:
    commands = {" ".join(path) for path, command in walk(typer.main.get_command(app)) if not hasattr(command, "commands")}

    assert commands == {*READS, *AS_ANOTHER, *(commands & set(ACTS))}
    assert {*AS_ANOTHER.values()} <= set(ACTS)
    assert not (READS | set(AS_ANOTHER)) & set(ACTS)
