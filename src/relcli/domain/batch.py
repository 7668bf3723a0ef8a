"""A batch: everything one command wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """The record of one write: its number, who, when, which command, how many rows."""

    number: int
    at: datetime
    actor: str
    command: str
    rows: int
