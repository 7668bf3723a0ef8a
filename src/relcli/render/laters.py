"""What was put off, in a line."""

from __future__ import annotations

from relcli.actions.laters import LaterWritten
from relcli.domain.later import Later


def written(result: LaterWritten) -> str:
    """One line: who is off the agenda until when, or is back on it."""
    if result.later is None:
        return f"left {result.contact.name} on the agenda, where they were"
    if result.ended:
        return f"put {result.contact.name} back on the agenda ({result.later.id})"
    return f"put {result.contact.name} off the agenda {until(result.later)} ({result.later.id})"


def until(later: Later) -> str:
    """`until 2026-12-24: on holiday`."""
    return f"until {later.until.isoformat()}" + (f": {later.because}" if later.because else "")
