"""An interaction: one touch, with its channel, its direction and what it was for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from relcli.domain.moment import Moment

CHANNELS = (
    "email", "phone", "meeting", "visit", "video", "letter", "sms", "chat", "social", "web", "shop", "event", "other",
)  # fmt: skip
ALIASES = {  # what people call a channel → which one it is, unless they keep one of that name themselves
    "call": "phone", "telephone": "phone", "tel": "phone", "mobile": "phone", "mail": "email", "e-mail": "email", "text": "sms",
    "whatsapp": "chat", "signal": "chat", "telegram": "chat", "threema": "chat", "messenger": "chat", "zoom": "video", "teams": "video",
    "post": "letter", "website": "web", "instagram": "social", "facebook": "social", "linkedin": "social",
}  # fmt: skip
_MUTUAL = frozenset({"meeting", "visit", "video", "event"})
_THEIRS = frozenset({"shop", "web"})


class Direction(StrEnum):
    """Who began: `in` they, `out` we, `both` together."""

    IN = "in"
    OUT = "out"
    BOTH = "both"


class Purpose(StrEnum):
    """What a touch was for."""

    SERVICE = "service"
    ORDER = "order"
    CHECK_IN = "check-in"
    ADVICE = "advice"
    HELP = "help"
    THANKS = "thanks"
    GIFT = "gift"
    FAVOUR = "favour"
    MARKETING = "marketing"
    PITCH = "pitch"
    SURVEY = "survey"
    REFERRAL_REQUEST = "referral-request"
    COMPLAINT = "complaint"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Interaction:
    """One touch; `contacts` are the public ids of those who took part.

    The `summary` is written for the owner alone; `say` is what of it may stand in a message to them.
    """

    number: int
    when: Moment
    channel: str
    direction: Direction
    contacts: tuple[str, ...]
    summary: str = ""
    minutes: int | None = None
    sentiment: int | None = None
    purpose: Purpose | None = None
    source: str = ""
    external_id: str = ""
    say: str = ""

    @property
    def id(self) -> str:
        """The public id, `i_12`."""
        return f"i_{self.number}"

    def content(self) -> dict[str, Any]:
        """What it says, field by field, without its contacts; None and empty mean "not said"."""
        return {
            "at": str(self.when),
            "channel": self.channel,
            "direction": self.direction.value,
            "summary": self.summary,
            "minutes": self.minutes,
            "sentiment": self.sentiment,
            "purpose": self.purpose and self.purpose.value,
            "source": self.source,
            "external_id": self.external_id,
        }


def usual_direction(channel: str) -> Direction | None:
    """Who began by the nature of a usual channel; None where it must be said, for what is not known is never counted as theirs."""
    if channel in _THEIRS:
        return Direction.IN
    if channel in _MUTUAL:
        return Direction.BOTH
    return None
