"""What was removed, moved or changed on purpose: known by keyed hashes, so that no later import brings it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from relcli.domain.forgotten import keyed
from relcli.domain.moment import day_of


@dataclass(frozen=True, slots=True)
class Removed:
    """The marks kept in a book, hash → day, and the book's secret, without which nobody can make one."""

    secret: str
    days: Mapping[str, int]

    def digest(self, *parts: str) -> str:
        """The mark of one thing by which a row is known."""
        return keyed(self.secret, "removed", *parts)

    def day(self, *parts: str) -> date | None:
        """On which day what is known by this was removed or changed; None where it was not."""
        found = self.days.get(self.digest(*parts)) if self.days else None
        return None if found is None else day_of(found)


def by_origin(noun: str, source: str, external_id: str) -> tuple[str, ...]:
    """A row as another program knows it."""
    return noun, "origin", source, external_id


def by_key(noun: str, key: str) -> tuple[str, ...]:
    """A row of a file by the key of its content."""
    return noun, "key", key


def by_number(noun: str, number: int) -> tuple[str, ...]:
    """A record by its number, which no other will ever have."""
    return noun, "number", str(number)


def by_state(noun: str, number: int, said: Mapping[str, Any], contacts: Iterable[str]) -> tuple[str, ...]:
    """A record as an export gave it: its number, what it said, and the ids of its contacts."""
    content = {name: value for name, value in said.items() if value not in (None, "")}
    return noun, "state", str(number), json.dumps([content, sorted(contacts)], ensure_ascii=False, sort_keys=True)
