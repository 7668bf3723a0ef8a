"""The survey tools that are known by the headers of their exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from relcli.exchange.answers.headers import key


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool by its own headers: `marks` are those by which it is known, the others in order of preference.

    `source` is how the ids of its responses are kept apart from those of other tools.
    """

    source: str
    title: str
    marks: tuple[str, ...]
    id: tuple[str, ...]
    contact: tuple[str, ...]
    at: tuple[str, ...]


_ADDRESS = ("Email Address", "Email", "E-Mail-Adresse", "Dirección de correo electrónico")
_STAMP = ("Timestamp", "Zeitstempel", "Marca temporal")
GOOGLE_FORMS = Tool(
    source="google-forms",
    title="Google Forms",
    marks=(),  # known by its first column
    id=(),
    contact=(*_ADDRESS, "Username", "Nutzername", "Nombre de usuario"),
    at=_STAMP,
)
TYPEFORM = Tool(
    source="typeform",
    title="Typeform",
    marks=("#", "Submit Date (UTC)"),
    id=("#",),
    contact=_ADDRESS,
    at=("Submit Date (UTC)", "Stage Date (UTC)", "Start Date (UTC)"),
)
SURVEYMONKEY = Tool(
    source="surveymonkey",
    title="SurveyMonkey",
    marks=("Respondent ID", "Collector ID"),
    id=("Respondent ID",),
    contact=_ADDRESS,
    at=("End Date", "Date Modified", "Start Date", "Date Created"),
)
OTHER = Tool(source="csv", title="", marks=(), id=("id",), contact=("contact", *_ADDRESS), at=("at",))


def tool_of(header: Sequence[str]) -> Tool:
    """The tool whose headers these are, else OTHER."""
    keys = [key(title) for title in header]
    if keys and keys[0] in {key(stamp) for stamp in _STAMP}:
        return GOOGLE_FORMS
    return next((tool for tool in (TYPEFORM, SURVEYMONKEY) if {key(mark) for mark in tool.marks} <= {*keys}), OTHER)
