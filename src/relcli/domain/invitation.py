"""An invitation to a survey: whom we asked, what, and by which token their answer is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from relcli.domain.contact import ALPHABET
from relcli.domain.moment import Moment
from relcli.domain.wording import day_in_words

TOKEN = re.compile(r"\br-[0-9a-hjkmnp-tv-z]{10}\b", re.IGNORECASE)
REMIND_AFTER = 7  # days without an answer before the one reminder


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person asked to answer one survey; `contact` is a public id, `token` what their answer bears.

    `reminded` is the day of the one reminder.
    """

    number: int
    contact: str
    survey: str
    version: int
    language: str
    token: str
    channel: str
    sent: Moment
    reminded: date | None = None

    @property
    def id(self) -> str:
        """The public id, `v_12`."""
        return f"v_{self.number}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of somebody before, up to today.

    `last` is the day they were asked anything in a survey, or answered one, `survey` its name where it is known.
    `open` is the newest invitation to the survey in question, if it was not answered.
    """

    last: date | None = None
    survey: str = ""
    open: Invitation | None = None


def new_token(random: bytes) -> str:
    """A token out of seven random bytes: `r-` and ten base-32 characters."""
    number = int.from_bytes(random[:7], "big")
    return "r-" + "".join(ALPHABET[number >> shift & 31] for shift in range(45, -1, -5))


def tokens_in(text: str) -> tuple[str, ...]:
    """The tokens in a text, each once, in the order they stand."""
    return tuple(dict.fromkeys(found.lower() for found in TOKEN.findall(text)))


def too_soon(asked: Asked, every: int, today: date) -> str:
    """Why they are not to be asked again today, where `every` is the least days between two surveys; empty where they may."""
    if asked.last is None or today - asked.last >= timedelta(days=every):
        return ""
    try:
        until = f"not again before {day_in_words(asked.last + timedelta(days=every))}"
    except OverflowError:
        until = "not again"
    what = f" ({asked.survey})" if asked.survey else ""
    return f"asked on {day_in_words(asked.last)}{what}: {until}"


def not_to_remind(asked: Asked, today: date) -> str:
    """Why there is nobody to remind; empty where there is."""
    if asked.open is None:
        return "no invitation to it is open: they were not asked, or have answered"
    if asked.open.reminded is not None:
        return f"reminded on {day_in_words(asked.open.reminded)}: once is enough"
    if today - asked.open.sent.day < timedelta(days=REMIND_AFTER):
        return f"asked on {day_in_words(asked.open.sent.day)}: give them {REMIND_AFTER} days"
    return ""


def open_to(invitations: Iterable[Invitation], answered: Iterable[date]) -> Invitation | None:
    """The newest of these invitations to one survey, unless it was answered on its day or later."""
    newest = max(invitations, key=lambda invitation: (invitation.sent.day, invitation.number), default=None)
    if newest is None or any(day >= newest.sent.day for day in answered):
        return None
    return newest
