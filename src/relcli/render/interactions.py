"""Interactions in words."""

from __future__ import annotations

from relcli.actions.interactions import InteractionLogged
from relcli.domain.interaction import Direction

_ARROWS = {Direction.IN: "from", Direction.OUT: "to", Direction.BOTH: "with"}


def logged(result: InteractionLogged) -> str:
    """One line: what was written, and when it happened."""
    touch = result.interaction
    who = ", ".join(c.name for c in result.contacts)
    return f"logged {touch.id}: {touch.channel} {_ARROWS[touch.direction]} {who}, {when(str(touch.when))}"


def when(text: str) -> str:
    """An ISO moment for a reader: `2026-11-21 17:30`, the day alone where no time is known."""
    day, _, time = text.partition("T")
    return f"{day} {time[:5]}" if time else day
