"""Invented files in the shape in which survey tools export answers. An answer is item → what was said."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from relcli.domain.survey import Instrument
from relcli.exchange.instruments import parsed

Answers = Mapping[str, str]


def shipped(name: str) -> Instrument:
    """A survey that comes with the program."""
    data = resources.files("relcli.exchange").joinpath("surveys", f"{name}.toml").read_bytes()
    return parsed(data, name=name, file=f"{name}.toml")


@dataclass(frozen=True)
class Said:
    """What one person answered, and when, in the words of the file."""

    answers: Answers
    contact: str = ""
    when: str = "21/11/2026 10:00:00"
    id: str = "7f3a"


def written(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """The rows as csv, quoted where they must be."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def google(
    asked: Instrument, *people: Said, language: str = "en", stamp: str = "Timestamp", address: str = "Email Address"
) -> bytes:
    """Google Forms: the time, the address where it is collected, the questions."""
    head = [stamp, *([address] if address else []), *(item.text[language] for item in asked.items)]
    body = [[p.when, *([p.contact] if address else []), *(p.answers.get(i.name, "") for i in asked.items)] for p in people]
    return written([head, *body])


DONE = ("completed", "2026-11-21 09:58:00", "")


def typeform(asked: Instrument, *people: Said, language: str = "en", hidden: str = "email") -> bytes:
    """Typeform: the id, the questions, a hidden field, the times in UTC."""
    head = ["#", *(item.text[language] for item in asked.items), hidden]
    head += ["Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags"]
    body = [[p.id, *(p.answers.get(i.name, "") for i in asked.items), p.contact, *DONE, p.when, "a1b2c3d4e5", ""] for p in people]
    return written([head, *body])


MONKEY = [
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
]


def monkey(asked: Instrument, *people: Said, expanded: Sequence[str] = (), language: str = "en") -> bytes:
    """SurveyMonkey: two headers, of questions and of options. An expanded question has a column for each of its choices."""
    head, options = [*MONKEY], [""] * len(MONKEY)
    for item in asked.items:
        choices = item.wording[language] if item.name in expanded else ("Response" if item.scaled else "Open-Ended Response",)
        head += [item.text[language], *[""] * (len(choices) - 1)]
        options += choices
    body = []
    for p in people:
        row = [p.id, "4001", "11/21/2026 09:58:00 AM", p.when, "192.0.2.7", p.contact, "Ana", "Novak", ""]
        for item in asked.items:
            said = p.answers.get(item.name, "")
            row += [said if said == choice else "" for choice in item.wording[language]] if item.name in expanded else [said]
        body.append(row)
    return written([head, options, *body])
