"""A batch: everything one command wrote; the unit of undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """The record of one write: its number, who, when, which command, how many rows.

    `undoes` is the batch it took back, `undone_by` the one that took it back; `final` says why it cannot be
    undone, empty where it can; `handed_to` names whom a copy of the data was for.
    """

    number: int
    at: datetime
    actor: str
    command: str
    rows: int
    undoes: int | None = None
    undone_by: int | None = None
    final: str = ""
    handed_to: str = ""
