"""Whom to follow up after a survey: who answered badly, and has heard nothing from us since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from relcli.domain.consent import BEGINNING
from relcli.domain.interaction import Direction, Interaction
from relcli.domain.moment import Moment
from relcli.domain.promise import Promise, Side
from relcli.domain.survey import Answer, Response, Tag

FRESH_DAYS = 180  # after which an answer is history, and no reason to come back to it
CONTENT = 0.7  # of the scale, from which a whole response is a satisfied one


class Mood(StrEnum):
    """Why somebody is to be followed up, the graver first."""

    UNHAPPY = "unhappy"
    DISSATISFIED = "dissatisfied"


def newest_scored(responses: Iterable[Response], today: date) -> Response | None:
    """The newest response with a scored answer, up to and including today; older ones have been overtaken by it."""
    scored = [response for response in responses if response.score is not None and response.when.day <= today]
    return max(scored, key=_age, default=None)


def mood(response: Response, today: date) -> Mood | None:
    """What a response asks of us: None where they are content, or where it is older than 180 days."""
    if today - response.when.day > timedelta(days=FRESH_DAYS):
        return None
    if response.unhappy:
        return Mood.UNHAPPY
    return Mood.DISSATISFIED if response.score is not None and response.score < CONTENT else None


def followed_up(response: Response, promises: Iterable[Promise], touches: Iterable[Interaction]) -> bool:
    """Whether we came back to it: by a promise of ours made since, or by a touch since that could be a reply.

    What we begin by nature (marketing, a pitch, a survey, asking for a referral) could not. Where a clock is missing, what
    is of the same day came after the response.
    """
    owed = any(p.owed_by is Side.US and p.made >= response.when.day for p in promises)
    return owed or any(_could_reply(touch, response.when) for touch in touches)


def worst(response: Response) -> Answer | None:
    """The scored answer that says most plainly what is wrong: the one that makes them unhappy, else the lowest."""
    scored = [(share, answer) for answer in response.answers if (share := answer.share) is not None]
    if response.unhappy:
        scored = [(share, answer) for share, answer in scored if answer.tag in (Tag.RECOMMEND, Tag.SATISFACTION)]
    return min(scored, key=lambda pair: pair[0])[1] if scored else None


def _could_reply(touch: Interaction, answered: Moment) -> bool:
    return touch.direction is not Direction.IN and touch.purpose not in BEGINNING and not touch.when.before(answered)


def _age(response: Response) -> tuple[date, float, int]:
    at = response.when.at
    return response.when.day, at.timestamp() if at else 0.0, response.number
