"""Copies given away: with a name the history of the book keeps to whom, without one reading leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from relcli.actions.desk import Desk
from relcli.errors import Misused
from relcli.store import batches
from relcli.text import one_line, storable

T = TypeVar("T")


def handing(act: Callable[[Desk], T], command: str, handed_to: str) -> Callable[[Desk], T]:
    """The same act, after which the book knows whom its answer was for, where that was said."""

    def acted(desk: Desk) -> T:
        result = act(desk)
        hand_over(desk, command, handed_to)
        return result

    return acted


def hand_over(desk: Desk, command: str, handed_to: str, *, contact: int | None = None) -> None:
    """Write down that a copy was given away; nothing where `handed_to` is empty.

    It is written before the copy leaves: a copy without a trace would be worse than a trace without a copy.
    """
    to = one_line(handed_to)
    if not storable(to):
        raise Misused("that text holds a NUL or half a character, which no book can keep", "remove it")
    if to:
        with desk.writing(command) as writing:
            batches.hand_over(writing, to, contact)
