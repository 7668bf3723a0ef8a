"""What a survey's form sends: one line that names the survey, then a line for each answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from relcli.domain.invitation import TOKEN

_FIRST = re.compile(
    r"relcli[ \t]+(?P<survey>[a-z][a-z0-9-]{0,39})[ \t]+(?P<version>[0-9]{1,6})[ \t]+(?P<language>[a-z]{2,3}(?:-[a-z0-9]{2,8})*)"
    rf"(?:[ \t]+(?P<token>{TOKEN.pattern}))?[ \t]*",
    re.IGNORECASE,
)
_ITEM = re.compile(r"([a-z][a-z0-9-]{0,39})[ \t]*:(?!//)[ \t]*(.*)", re.IGNORECASE | re.DOTALL)
_MOST_LINES, _MOST_ITEMS = 2000, 200  # of a form; more is written by no person
_WRAPPED = 60  # characters of a line after which a mail program may have wrapped


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What a form holds: which survey in which version and language, the token, empty where there is none, the answers."""

    survey: str
    version: int
    language: str
    token: str
    answers: Mapping[str, str]

    def among(self, items: Collection[str]) -> Mapping[str, str]:
        """The answers to these items; a line of their own that only looks like an item continues the answer before it."""
        found: dict[str, str] = {}
        last = ""
        for name, value in self.answers.items():
            if name in items or not last:
                found[name], last = value, name
            else:
                found[last] = f"{found[last]}\n{name}: {value}".strip()
        return found


def form_answer(text: str) -> FormAnswer | None:
    """The form's answer in somebody's own words; None where there is none."""
    lines = [line.strip() for line in text.split("\n")]
    for at, line in enumerate(lines):
        if first := _FIRST.fullmatch(line):
            token = (first["token"] or "").lower()
            return FormAnswer(
                first["survey"].lower(), int(first["version"]), first["language"], token, _answers(lines[at + 1 :][:_MOST_LINES])
            )
    return None


def _answers(lines: list[str]) -> dict[str, str]:
    """The values by item. A line that begins with no name continues the value before: mail programs wrap."""
    found: dict[str, str] = {}
    last, before = "", ""
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item and len(found) < _MOST_ITEMS and item[1].lower() not in found:
            last = item[1].lower()
            found[last] = item[2]
        elif last:
            found[last] += (" " if line and len(before) + len(line.split()[0]) >= _WRAPPED else "\n") + line
        before = line
    return {name: value.strip() for name, value in found.items()}
