"""A response as a file tells it, before anybody has judged it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One response, and the line it begins on.

    `id` is what `source` calls it; where `source` is empty, an id of ours, or nothing. `contact` is an address or an id, empty
    where nobody is named. `when` is what the cell says, in UTC where `utc`. `language` is the one they were asked in, empty
    where the file does not tell. `answers` is item → what was said, and may be empty. `problem` says why it cannot be taken.
    """

    line: int
    id: str
    source: str
    contact: str
    when: str
    utc: bool
    language: str
    answers: Mapping[str, str]
    problem: str = ""
