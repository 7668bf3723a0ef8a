"""A survey as a form: one HTML page that needs nothing else, to fill in on a screen or on paper.

The page fetches nothing and sends nothing. A little script puts together what was filled in as the text of an e-mail, which
the person sends, or copies; where no script runs the page says how to answer all the same. Its parts stand in `form/`: the
template, the style, and the script; what the page says besides its questions is in `phrases/`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from relcli.domain.answering import WORDS_MOST, language_for
from relcli.domain.survey import Instrument, Item
from relcli.exchange.phrases import phrases, spoken
from relcli.text import one_line, safe

MOST_POINTS = 12  # of a scale whose numbers are ticked; on a longer one the number is written
_ONE_ROW = 7  # points that fit side by side on a telephone


def form(
    instrument: Instrument, language: str, *, to: str, token: str = "", sender_name: str = "", contact_name: str = ""
) -> str:
    """The page that asks an instrument in a language, or in its first one where it lacks that.

    `to` is the address the answer goes to; without one the page offers the answer as text to copy. A `token` says whose
    answer it is; without one the form is anybody's. Names are shown where they are given.
    """
    asked = language_for(instrument, language)
    subject = " ".join(part for part in (instrument.name, token) if part)
    sender, contact = one_line(sender_name), one_line(contact_name)
    names = {"to": to, "token": token, "subject": subject, "sender": sender, "name": contact}
    words = phrases(asked)["form"]
    said = {key: text.format_map(names) for key, text in words.items() if key != "number"}
    said["paper"] = said["paper" if sender else "paper_nobody"]
    return _template().render(
        language=asked, borrowed=spoken(asked) != asked.partition("-")[0], words=said,
        title=instrument.title[asked], introduction=instrument.introduction[asked],
        sender=sender, contact=contact, token=token, mailto=_mailto(to, subject) if to else "",
        first_line=" ".join(part for part in ("relcli", instrument.name, str(instrument.version), asked, token) if part),
        questions=[_question(item, asked, words["number"]) for item in instrument.items],
        most=WORDS_MOST, style=Markup(_part("form.css")), script=Markup(_part("form.js")),  # noqa: S704  # files of ours
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Question:
    """An item as the page asks it: by points to tick, a number to write, choices, or in words of their own."""

    name: str
    text: str
    points: tuple[int, ...] = ()
    row: int = 0
    range: Mapping[str, Any] | None = None
    ends: tuple[str, str] | None = None
    choices: tuple[tuple[str, str], ...] = ()


def _question(item: Item, language: str, number: str) -> _Question:
    text, ends = item.text[language], item.labels.get(language)
    if not item.scaled:
        wording = item.wording.get(language, item.choices)
        return _Question(item.name, text, choices=tuple(zip(item.choices, wording, strict=True)))
    points = tuple(range(item.low, item.high + 1))
    if len(points) > MOST_POINTS:
        span = {"low": item.low, "high": item.high}
        return _Question(item.name, text, range={**span, "words": number.format_map(span)}, ends=ends)
    row = len(points) if len(points) <= _ONE_ROW else (len(points) + 1) // 2
    return _Question(item.name, text, points=points, row=row, ends=ends)


def _mailto(to: str, subject: str) -> str:
    """The address of a message yet to be written (RFC 6068); the script adds the body."""
    return f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}"


@cache
def _part(name: str) -> str:
    return (resources.files("relcli.exchange") / "form" / name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_shown, trim_blocks=True, lstrip_blocks=True, cache_size=0
    )
    environment.filters["markup"] = Markup
    environment.filters["hashed"] = _hashed
    return environment.from_string(_part("page.html"))


def _shown(value: object) -> object:
    """What the user typed, with everything that could steer the page's text made visible."""
    return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hashed(source: str) -> str:
    """How a content security policy names the one script, and the one style, that it lets through."""
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"
