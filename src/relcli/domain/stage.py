"""The rungs of the ladder: how far a relationship has come, by proof (health/stage.py asks for it)."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The rungs, the lowest first; `lapsed` is off the ladder, after a transaction."""

    PROSPECT = "prospect"
    FIRST_TIME = "first-time"
    SATISFIED = "satisfied"
    REPEAT = "repeat"
    LOYAL = "loyal"
    ADVOCATE = "advocate"
    LAPSED = "lapsed"


STAGES = tuple(Stage)
RUNGS = STAGES[:-1]  # what can be aimed at, from the bottom


def height(stage: Stage | None) -> int:
    """How high a rung stands, to compare it with another; who is not on the ladder stands above who fell from it."""
    return 0 if stage is None else -1 if stage is Stage.LAPSED else STAGES.index(stage) + 1


def above(stage: Stage) -> Stage | None:
    """The next rung; None at the top."""
    return next((rung for rung in RUNGS if height(rung) > height(stage)), None)
