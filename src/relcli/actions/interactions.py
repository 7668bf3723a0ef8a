"""Interactions: logged in one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.contacts import found_or_added
from relcli.actions.desk import Desk
from relcli.actions.moments import moment
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.interaction import CHANNELS, Direction, Interaction, Purpose, usual_direction
from relcli.errors import Misused
from relcli.store import interactions
from relcli.text import many_lines, one_line, storable

if TYPE_CHECKING:
    from relcli.config.settings import Settings


class LogInteraction(BaseModel):
    """One touch, as it was typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: tuple[str, ...]
    summary: str = ""
    channel: str = "other"
    direction: Direction | None = None
    at: str | None = None
    minutes: int | None = None
    sentiment: int | None = None
    purpose: Purpose | None = None
    add: bool = False


@dataclass(frozen=True, slots=True)
class InteractionLogged:
    """What was written, with whom."""

    interaction: Interaction
    contacts: tuple[Contact, ...]
    batch: Batch | None


def log_interaction(request: LogInteraction, desk: Desk) -> InteractionLogged:
    """Write one touch. Raises Misused for what cannot be meant; ContactNotFound, ContactAmbiguous for WHO."""
    interaction = _interaction(request, desk)
    with desk.writing("log-interaction") as writing:
        people = [found_or_added(writing, who, desk, add_unknown=request.add) for who in request.who]
        people = list({contact.id: contact for contact in people}.values())
        [number] = interactions.add_many(writing, [(interaction, [c.row for c in people], None)])
        return InteractionLogged(interactions.fetch(writing.connection, [number])[0], tuple(people), writing.written)


def channel(text: str, settings: Settings) -> str:
    """A channel of the book. Raises Misused naming those there are."""
    known = (*CHANNELS, *(one_line(c).lower() for c in settings.channels))
    word = one_line(text).lower()
    if word not in known:
        raise Misused(
            f'there is no channel "{text}"', f"choose one of: {', '.join(known)} (or add it to channels in the settings)"
        )
    return word


def direction(channel_name: str, said: Direction | None) -> Direction:
    """Who began: as said, else as usual for the channel. Raises Misused where it must be said."""
    found = said or usual_direction(channel_name)
    if found is None:
        raise Misused(f"a touch by {channel_name}: who began? --in, --out or --both", "--in: they did; --out: you did")
    return found


def _interaction(request: LogInteraction, desk: Desk) -> Interaction:
    by = channel(request.channel, desk.settings)
    if request.minutes is not None and not 0 <= request.minutes <= 100_000:
        raise Misused(f"--minutes {request.minutes} is not a length of time", "write whole minutes, 0 or more")
    if request.sentiment is not None and not -2 <= request.sentiment <= 2:
        raise Misused(f"--sentiment {request.sentiment} is out of range", "write -2 (bad) to 2 (good)")
    if not storable(request.summary):
        raise Misused("that summary holds a NUL or half a character, which no book can keep", "remove it")
    return Interaction(
        number=0,
        when=moment(request.at, desk.book.zone, now=desk.now, dates=desk.settings.dates),
        channel=by,
        direction=direction(by, request.direction),
        contacts=(),
        summary=many_lines(request.summary),
        minutes=request.minutes,
        sentiment=request.sentiment,
        purpose=request.purpose,
    )
