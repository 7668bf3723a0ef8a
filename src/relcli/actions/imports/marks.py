"""By what a row is known whose record was removed, moved or changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from relcli.domain.removed import Removed, by_key, by_number, by_origin, by_state


def marks(
    noun: str, known_by: tuple[str, str] | str, number: int, content: Mapping[str, Any], contacts: Iterable[str]
) -> list[tuple[str, ...]]:
    """What could have been marked of the record of a row: how others know it, or its content; and as an export gave it.

    `known_by` is its source and external id, else the key of its content; `number` the one it brings, or 0.
    """
    found = [by_key(noun, known_by) if isinstance(known_by, str) else by_origin(noun, *known_by)]
    return [*found, by_state(noun, number, content, contacts)] if number else found


def removed_on(kept: Removed, noun: str, number: int, parts: Sequence[tuple[str, ...]]) -> date | None:
    """On which day the record of a row was removed or, while it is still here, changed; None where it was not."""
    day, *state = [kept.day(*one) for one in parts]
    if day is None and state and state[0] is not None:  # a number alone may be that of another book
        return kept.day(*by_number(noun, number)) or state[0]
    return day
