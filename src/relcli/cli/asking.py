"""A survey put to somebody over the phone: one question after the other, on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from relcli.cli.output import say
from relcli.errors import Misused, Refused

if TYPE_CHECKING:
    from relcli.actions.surveys.responses import Asked
    from relcli.domain.survey import Item


def can_ask() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def asked_of(asked: Asked) -> tuple[str, ...]:
    """What was answered, as ITEM=VALUE; Enter leaves an item out, and what cannot be an answer is asked again.

    Raises Refused where the input ends before the questions do.
    """
    from relcli.render.surveys import question

    instrument, language = asked.instrument, asked.language
    say([f"{instrument.title[language]} · {asked.contact.name}", instrument.introduction[language], "(Enter: no answer)"])
    said: list[str] = []
    for place, item in enumerate(instrument.items, 1):
        say(["", *question(item, language, place, len(instrument.items))])
        if text := _answer(item, asked):
            said.append(f"{item.name}={text}")
    return tuple(said)


def _answer(item: Item, asked: Asked) -> str:
    """An answer that can be one, or nothing; a choice may be named by its number."""
    from relcli.actions.surveys.responses import answer_to

    while True:
        say([">"], end=" ")
        line = sys.stdin.readline()
        if not line.endswith("\n"):
            say([""])
            raise Refused("the questions were broken off", "nothing was written")
        text = line.strip()
        if not text:
            return ""
        if item.choices and text.isascii() and text.isdecimal() and 1 <= int(text) <= len(item.choices):
            return item.choices[int(text) - 1]
        try:
            answer_to(item, asked.language, text, asked.settings)
        except Misused as error:
            say([error.message, error.hint])
            continue
        return text
