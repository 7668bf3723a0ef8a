"""Interactions: logged in one line, listed, shown, put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import against
from relcli.actions.contacts import found_or_added, unwelcome
from relcli.actions.desk import Desk
from relcli.actions.moments import happened
from relcli.actions.promises import open_complaint
from relcli.actions.records import Wanted, found, pick_of, refuse_both
from relcli.actions.references import find, find_among
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.gate import Consent
from relcli.domain.interaction import ALIASES, CHANNELS, Direction, Interaction, Purpose, usual_direction
from relcli.domain.moment import Moment
from relcli.domain.promise import Promise
from relcli.errors import Ambiguous, Misused
from relcli.store import contacts, interactions, tables
from relcli.text import many_lines, one_line, storable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from relcli.config.settings import Settings
    from relcli.store.writing import Writing

Emptied = Literal["summary", "say", "minutes", "sentiment", "purpose"]


class LogInteraction(BaseModel):
    """One touch, as it was typed. A `complaint` began with them, and the first of `who` is promised to have it put right."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: tuple[str, ...]
    summary: str = ""
    channel: str | None = None
    direction: Direction | None = None
    at: str | None = None
    minutes: int | None = None
    sentiment: int | None = None
    purpose: Purpose | None = None
    complaint: bool = False
    add: bool = False
    say: str = ""


class EditInteraction(BaseModel):
    """What an edit says of a touch; None means "not said", `emptied` names what is to say nothing.

    `also` took part too, `without` did not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    summary: str | None = None
    channel: str | None = None
    direction: Direction | None = None
    at: str | None = None
    minutes: int | None = None
    sentiment: int | None = None
    purpose: Purpose | None = None
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    say: str | None = None
    emptied: frozenset[Emptied] = frozenset()


class ListInteractions(Wanted):
    """Which interactions to list."""

    channel: str | None = None
    direction: Direction | None = None


class WhoWasIt(Ambiguous):
    """Several took part, and which of them was somebody else is not for us to guess."""


@dataclass(frozen=True, slots=True)
class InteractionWritten:
    """A touch as it stands after a write, and with whom; `batch` is None where nothing had to be changed.

    `added` are the contacts that the write made, `unwelcome` those of their addresses under which somebody forgotten had
    asked for no contact. `promise` is to put right what they complained of. `against` are the wishes it broke, or may have.
    """

    interaction: Interaction
    contacts: tuple[Contact, ...]
    batch: Batch | None
    act: str
    added: tuple[Contact, ...] = ()
    unwelcome: tuple[str, ...] = ()
    promise: Promise | None = None
    against: tuple[Consent, ...] = ()


@dataclass(frozen=True, slots=True)
class InteractionsListed:
    """Interactions; `names` says who the ids are."""

    interactions: tuple[Interaction, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class InteractionsRemoved:
    """Interactions as they were before they were removed."""

    interactions: tuple[Interaction, ...]
    names: dict[str, str]
    batch: Batch | None


def log_interaction(request: LogInteraction, desk: Desk) -> InteractionWritten:
    """Write one touch; of a complaint also the promise to put it right.

    Raises Misused for what cannot be meant; ContactNotFound, ContactAmbiguous for WHO.
    """
    interaction = _interaction(_as_complaint(request) if request.complaint else request, desk)
    with desk.writing("log-interaction") as writing:
        people = [found_or_added(writing, who, desk, add_unknown=request.add) for who in request.who]
        people = list({contact.id: contact for contact in people}.values())
        broken = against(writing.connection, desk, people, interaction)
        [number] = interactions.add_many(writing, [(interaction, [c.row for c in people], None)])
        added = tuple(c for c in people if writing.is_new(tables.Contact, c.row))
        shut = unwelcome(writing.connection, [address for c in added for address in c.addresses])
        promise = (
            open_complaint(writing, people[0], interaction.summary or interaction.say, interaction.when.day, desk)
            if request.complaint
            else None
        )
        written = _written(writing, number, "logged", people)
        return replace(written, added=added, unwelcome=shut, promise=promise, against=broken)


def list_interactions(request: ListInteractions, desk: Desk) -> InteractionsListed:
    """The touches wanted, newest first; an organisation's hold those of its people while they worked there."""
    by = None if request.channel is None else channel(request.channel, desk.settings)
    with desk.book.reading() as connection:
        pick = pick_of(connection, request, desk)
        picked = interactions.picked(connection, pick, channel=by, direction=request.direction)
        return InteractionsListed(tuple(picked), contacts.names_by_id(connection))


def show_interactions(ids: Iterable[str], desk: Desk) -> InteractionsListed:
    """The touches named, in the order named. Raises RecordNotFound."""
    with desk.book.reading() as connection:
        return InteractionsListed(tuple(_found(connection, ids)), contacts.names_by_id(connection))


def edit_interaction(reference: str, request: EditInteraction, desk: Desk) -> InteractionWritten:
    """Change the fields named, and only those. Raises RecordNotFound, and like `log_interaction`."""
    refuse_both(request, request.emptied)
    region = desk.settings.phone.region
    with desk.writing("interaction edit") as writing:
        connection = writing.connection
        [before] = _found(connection, [reference])
        after = _edited(before, request, desk)
        rows = interactions.participants(connection, before.number)
        gone = {find_among(connection, who, rows, f"took part in {before.id}", region=region).row for who in request.without}
        more = [find(connection, who, region=region).row for who in request.also]
        left = [row for row in rows if row not in gone] + [row for row in more if row not in gone]
        if gone and not left:
            raise Misused(
                f"nobody would be left in {before.id}", f"relcli interaction move {before.id} WHO, or remove {before.id}"
            )
        interactions.change(writing, before, after, left)
        return _written(writing, before.number, "changed")


def move_interaction(reference: str, who: str, desk: Desk, *, instead_of: str | None = None) -> InteractionWritten:
    """It was somebody else: the only one who took part, or the one named, gives way.

    Raises RecordNotFound; ContactNotFound, ContactAmbiguous for WHO; WhoWasIt where it must be said who gives way.
    """
    region = desk.settings.phone.region
    with desk.writing("interaction move") as writing:
        connection = writing.connection
        [before] = _found(connection, [reference])
        rows = interactions.participants(connection, before.number)
        if instead_of is None and len(rows) > 1:
            names = " · ".join(f"{c.id} {c.name}" for c in contacts.fetch(connection, rows))
            raise WhoWasIt(f"{len(rows)} contacts took part in {before.id}: say with --from who gives way", names)
        gone = set(rows)
        if instead_of is not None:
            gone = {find_among(connection, instead_of, rows, f"took part in {before.id}", region=region).row}
        new = find(connection, who, region=region).row
        interactions.change(writing, before, before, [*(row for row in rows if row not in gone), new])
        return _written(writing, before.number, "moved")


def remove_interactions(ids: Iterable[str], desk: Desk) -> InteractionsRemoved:
    """Take the touches named out of the book, all or none. Raises RecordNotFound."""
    with desk.writing("interaction remove") as writing:
        gone = _found(writing.connection, ids)
        interactions.remove(writing, [i.number for i in gone])
        return InteractionsRemoved(tuple(gone), contacts.names_by_id(writing.connection), writing.written)


def channel(text: str, settings: Settings) -> str:
    """A channel of the book. Raises Misused naming those there are."""
    known = (*CHANNELS, *settings.channels)
    word = one_line(text).lower()
    word = word if word in known else ALIASES.get(word, word)
    if word not in known:
        raise Misused(
            f'there is no channel "{text}"', f"choose one of: {', '.join(known)} (or add it to channels in the settings)"
        )
    return word


def direction(channel_name: str, said: Direction | None, settings: Settings) -> Direction:
    """Who began: as said, else by the nature of the channel. Raises Misused where it must be said."""
    found = said or usual_direction(settings.like(channel_name))
    if found is None:
        raise Misused(
            "who began? --in, --out or --both",
            "--in: they did; --out: you did; --both: together. With -c meeting, visit, video or event you need not say it",
        )
    return found


def _found(connection: Connection, ids: Iterable[str]) -> list[Interaction]:
    return found(ids, "i", "interaction", lambda numbers: interactions.fetch(connection, numbers))


def _written(writing: Writing, number: int, act: str, people: Sequence[Contact] | None = None) -> InteractionWritten:
    """The touch as it stands now; its people in the order of `people`, else as the book has them."""
    if people is None:
        people = contacts.fetch(writing.connection, interactions.participants(writing.connection, number))
    [one] = interactions.fetch(writing.connection, [number])
    return InteractionWritten(one, tuple(people), writing.written, act)


def _interaction(request: LogInteraction, desk: Desk) -> Interaction:
    by, summary = channel(request.channel or "other", desk.settings), _summary(request.summary)
    if not summary and request.channel is None:
        raise Misused(
            "that says nothing of what happened: no words and no channel",
            'say what it was about, or by which channel: relcli log WHO "asked about May" --channel email --in',
        )
    return Interaction(
        number=0,
        when=_when(request.at, desk),
        channel=by,
        direction=direction(by, request.direction, desk.settings),
        contacts=(),
        summary=summary,
        minutes=_minutes(request.minutes),
        sentiment=_sentiment(request.sentiment),
        purpose=request.purpose,
        say=_text(request.say, "text to say"),
    )


def _as_complaint(request: LogInteraction) -> LogInteraction:
    """They began, and that is its purpose; whoever says otherwise means something else."""
    if request.direction not in (None, Direction.IN):
        raise Misused(
            f"--complaint and --{request.direction} exclude each other", "who complains has begun: leave out one of them"
        )
    if request.purpose not in (None, Purpose.COMPLAINT):
        raise Misused(f"--complaint and --purpose {request.purpose} exclude each other", "leave out one of them")
    return request.model_copy(update={"direction": Direction.IN, "purpose": Purpose.COMPLAINT})


def _edited(before: Interaction, request: EditInteraction, desk: Desk) -> Interaction:
    said: dict[str, Any] = {
        "summary": None if request.summary is None else _summary(request.summary),
        "channel": None if request.channel is None else channel(request.channel, desk.settings),
        "direction": request.direction,
        "when": None if request.at is None else _when(request.at, desk),
        "minutes": _minutes(request.minutes),
        "sentiment": _sentiment(request.sentiment),
        "purpose": request.purpose,
        "say": None if request.say is None else _text(request.say, "text to say"),
    }
    blank: dict[str, Any] = {name: "" if name in ("summary", "say") else None for name in request.emptied}
    return replace(before, **{name: value for name, value in said.items() if value is not None}, **blank)


def _when(text: str | None, desk: Desk) -> Moment:
    return happened(text, desk, "you log what has happened; to be reminded on that day: relcli log WHO TEXT --planned --at DATE")


def _summary(text: str) -> str:
    return _text(text, "summary")


def _text(text: str, what: str) -> str:
    if not storable(text):
        raise Misused(f"that {what} holds a NUL or half a character, which no book can keep", "remove it")
    return many_lines(text)


def _minutes(minutes: int | None) -> int | None:
    if minutes is not None and not 0 <= minutes <= 100_000:
        raise Misused(f"--minutes {minutes} is not a length of time", "write whole minutes, 0 or more")
    return minutes


def _sentiment(sentiment: int | None) -> int | None:
    if sentiment is not None and not -2 <= sentiment <= 2:
        raise Misused(f"--sentiment {sentiment} is out of range", "write -2 (bad) to 2 (good)")
    return sentiment
