"""What one command wrote."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from relcli.domain.batch import Batch

BATCH = Batch(4, datetime(2026, 1, 2, tzinfo=UTC), "tester", "log-interaction", 3)


def test_an_ordinary_batch_undoes_nothing_was_not_undone_can_be_and_was_for_nobody_else() -> None:
    assert (BATCH.undoes, BATCH.undone_by, BATCH.final, BATCH.handed_to) == (None, None, "", "")


def test_history_cannot_be_rewritten() -> None:
    with pytest.raises(FrozenInstanceError):
        BATCH.rows = 4  # type: ignore[misc]  # the point
