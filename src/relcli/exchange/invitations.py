"""How a survey is asked by mail: plain text that one answers by replying, in the language of the one who is asked.

The words around the questions are in `phrases/LANGUAGE.toml`; a language without a file of its own gets English ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from relcli.domain.survey import Instrument, Item
from relcli.exchange.phrases import phrases
from relcli.text import one_line


@dataclass(frozen=True, slots=True)
class Letter:
    """The subject and the body of a message."""

    subject: str
    body: str


def letter(asked: Instrument, language: str, token: str, *, name: str, sender: str = "", again: bool = False) -> Letter:
    """An invitation to answer `asked`, addressed to `name`, signed by `sender` unless that is empty; `again`: the reminder."""
    words = phrases(language)["invitation"]
    parts = [
        words["greeting"].format(name=one_line(name)),
        *([words["reminder"]] if again else []),
        asked.introduction[language],
        *(_question(place, item, language, words) for place, item in enumerate(asked.items, 1)),
        *_how(asked, words),
        words["stop"],
        *([sender] if sender else []),
        f"({token})",
    ]
    return Letter(asked.title[language], "\n\n".join(parts) + "\n")


def _question(place: int, item: Item, language: str, words: Mapping[str, str]) -> str:
    below = ""
    if item.scaled:
        ends = item.labels.get(language)
        worst, best = ends or ("", "")
        below = words["scale" if ends else "bare_scale"].format(low=item.low, high=item.high, worst=worst, best=best)
    elif item.choices:
        below = words["choices"].format(choices=", ".join(item.wording.get(language, item.choices)))
    return f"{place}. {item.text[language]}" + (f"\n   {below}" if below else "")


def _how(asked: Instrument, words: Mapping[str, str]) -> list[str]:
    """How to answer: a number, a number and a sentence, or a line for each question."""
    scaled, others = [item for item in asked.items if item.scaled], [item for item in asked.items if not item.scaled]
    if len(scaled) == 1 and len(others) <= 1 and not any(item.choices for item in others):
        which = "reply_one_and_words" if others else "reply_one"
        return [words[which].format(low=scaled[0].low, high=scaled[0].high)]
    if len(asked.items) == 1:
        return [words["reply_words"]]
    example = "\n".join(f"{place}: …" for place in range(1, len(asked.items) + 1))  # a number would be a hint
    return [f"{words['reply_several']}\n\n{example}"]
