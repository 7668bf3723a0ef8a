"""An invitation to a survey: whom we asked, what, and by which token their answer is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from relcli.domain.contact import ALPHABET
from relcli.domain.moment import Moment
from relcli.domain.preference import Preference, Source
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of somebody before, up to today.

    `last` is the day they were asked anything in a survey, or answered one, `survey` its name where it is known. `open` is
    the newest invitation to the survey in question, while nothing answered it and nothing else was asked since. `reminded`
    is the day of the last reminder of that survey since then.
    """

    last: date | None = None
    survey: str = ""
    open: Invitation | None = None
    reminded: date | None = None


def new_token(random: bytes) -> str:
    """A token out of seven random bytes: `r-` and ten base-32 characters."""
    number = int.from_bytes(random[:7], "big")
    return "r-" + "".join(ALPHABET[number >> shift & 31] for shift in range(45, -1, -5))


def tokens_in(text: str) -> tuple[str, ...]:
    """The tokens in a text, each once, in the order they stand."""
    return tuple(dict.fromkeys(found.lower() for found in TOKEN.findall(text)))


def limit(wish: Preference | None, every: int) -> int:
    """The least days between two surveys: as they stated it, else `every`; what we only assume may lengthen that, not shorten it.

    `wish` is theirs on surveys, the one that holds. Whether they want none at all is the gate's to say.
    """
    if wish is None or wish.days is None:
        return every
    return wish.days if wish.source is Source.STATED else max(wish.days, every)


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


def not_to_remind(asked: Asked, wish: Preference | None, today: date) -> str:
    """Why there is nobody to remind; empty where there is. `wish` is theirs on surveys, the one that holds."""
    if asked.open is None:
        return "no invitation to it is open: they were not asked, or have answered, or were asked something else since"
    if asked.reminded is not None:
        return f"reminded on {day_in_words(asked.reminded)}: once is enough"
    if wish is not None and wish.source is Source.STATED:
        return "they said how often they may be asked, and a reminder is once more"
    if today - asked.open.sent.day < timedelta(days=REMIND_AFTER):
        return f"asked on {day_in_words(asked.open.sent.day)}: give them {REMIND_AFTER} days"
    return ""


def asked_before(last: date, survey: str, invitations: Sequence[Invitation], answered: Iterable[date]) -> Asked:
    """What was asked of one contact: the `last` day of all surveys and its `survey`, and by their invitations to the one in question.

    `answered` are the days of their answers to that one.
    """
    newest = max(invitations, key=_order, default=None)
    if newest is None:
        return Asked(last, survey)
    reminded = max((i.reminded for i in invitations if i.reminded and i.reminded >= newest.sent.day), default=None)
    alone = last <= (reminded or newest.sent.day)
    is_open = alone and not any(day >= newest.sent.day for day in answered)
    return Asked(last, survey, newest if is_open else None, reminded)


def span_of(invitation: Invitation, invitations: Iterable[Invitation]) -> tuple[date, date]:
    """From which day until before which one an answer belongs to an invitation: to the next one to the same survey and contact."""
    later = [i.sent.day for i in invitations if _order(i) > _order(invitation) and i.sent.day > invitation.sent.day]
    return invitation.sent.day, min(later, default=date.max)


def _order(invitation: Invitation) -> tuple[date, int]:
    return invitation.sent.day, invitation.number
