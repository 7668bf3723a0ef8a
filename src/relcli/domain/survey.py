"""A survey: what we ask (the instrument), and what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from relcli.domain.moment import Moment


class Tag(StrEnum):
    """What an item is about. The first six are scored; the others are wishes, or words."""

    SATISFACTION = "satisfaction"
    TRUST = "trust"
    COMMITMENT = "commitment"
    VALUE = "value"
    RECOMMEND = "recommend"
    EFFORT = "effort"
    CLOSENESS_WANTED = "closeness-wanted"
    CLOSENESS_FELT = "closeness-felt"
    CADENCE = "cadence"
    CHANNEL = "channel"
    OPEN = "open"


SCORED = frozenset({Tag.SATISFACTION, Tag.TRUST, Tag.COMMITMENT, Tag.VALUE, Tag.RECOMMEND, Tag.EFFORT})
DETRACTOR = 6  # the highest answer to `recommend`, of 10, that is an unhappy one


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `text` is what is asked, by language; `low` to `high` its scale, both 0 where it is answered in words.

    `labels` names the ends of the scale, by language. `choices` are the answers to choose from, where it has no scale,
    and `wording` says how each of them is called, by language.
    """

    name: str
    tag: Tag
    text: Mapping[str, str]
    low: int = 0
    high: int = 0
    reversed: bool = False
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    wording: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def scaled(self) -> bool:
        """Whether it is answered by a number."""
        return self.high > self.low


@dataclass(frozen=True, slots=True)
class Instrument:
    """What one survey asks, in every language it has; the first one is used where theirs is missing."""

    name: str
    version: int
    audience: tuple[str, ...]
    title: Mapping[str, str]
    introduction: Mapping[str, str]
    items: tuple[Item, ...]
    languages: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one item, with the item as it was asked then: its text, scale and tag.

    `value` is on the scale, None where it was answered in `words` alone.
    """

    item: str
    tag: Tag
    text: str
    value: int | None = None
    words: str = ""
    low: int = 0
    high: int = 0
    reversed: bool = False

    @property
    def share(self) -> float | None:
        """Where a scored answer lies on its scale, 0 the worst and 1 the best; None for all others."""
        if self.value is None or self.tag not in SCORED or self.high <= self.low:
            return None
        place = (self.value - self.low) / (self.high - self.low)
        return 1.0 - place if self.reversed else place


@dataclass(frozen=True, slots=True)
class Response:
    """One filled-in survey; `contact` is a public id, empty where it is anonymous."""

    number: int
    contact: str
    survey: str
    version: int
    when: Moment
    answers: tuple[Answer, ...]
    source: str = ""
    external_id: str = ""

    @property
    def id(self) -> str:
        """The public id, `a_12`."""
        return f"a_{self.number}"

    @property
    def score(self) -> float | None:
        """The mean of its scored items, 0-1; None where none was scored."""
        shares = [share for answer in self.answers if (share := answer.share) is not None]
        return sum(shares) / len(shares) if shares else None

    @property
    def unhappy(self) -> bool:
        """Whether they would rather not recommend us, or are less than half satisfied."""
        return any(_unhappy(answer) for answer in self.answers)


def _unhappy(answer: Answer) -> bool:
    share = answer.share
    if share is None:
        return False
    if answer.tag is Tag.RECOMMEND:
        return share * 10 <= DETRACTOR
    return answer.tag is Tag.SATISFACTION and share < 0.5
