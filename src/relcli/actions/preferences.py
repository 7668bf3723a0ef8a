"""Preferences: their wishes written down, listed, ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.consent import present, standing_of, standings
from relcli.actions.desk import Desk
from relcli.actions.interactions import channel
from relcli.actions.moments import day, moment
from relcli.actions.narrowing import narrowing
from relcli.actions.others import Others
from relcli.actions.records import RecordNotFound
from relcli.actions.references import find
from relcli.domain.answering import Wish
from relcli.domain.batch import Batch
from relcli.domain.contact import Contact
from relcli.domain.gate import Standing
from relcli.domain.moment import Moment
from relcli.domain.preference import Closeness, Preference, PreferenceKind, Source, holding, normal, wishes
from relcli.domain.reference import record_number
from relcli.errors import Misused, NotFound
from relcli.store import contacts, preferences
from relcli.text import one_line, storable

if TYPE_CHECKING:
    from relcli.config.settings import Settings
    from relcli.store.writing import Writing

K = PreferenceKind
_CHANNELS = frozenset({K.CHANNEL, K.NOT_CHANNEL, K.DO_NOT_CONTACT_BY})
_OPPOSITES = ((K.CHANNEL, K.NOT_CHANNEL), (K.CHANNEL, K.DO_NOT_CONTACT_BY), (K.TOPIC, K.NOT_TOPIC))
_WORDS_MOST = 2000


class SetPreference(BaseModel):
    """Wishes of one contact, as they were typed; exactly one of `stated` and `assumed` says how we know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    closeness: str | None = None
    cadence: str | None = None
    channels: tuple[str, ...] = ()
    not_channels: tuple[str, ...] = ()
    hours: str | None = None
    topics: tuple[str, ...] = ()
    not_topics: tuple[str, ...] = ()
    surveys: str | None = None
    do_not_contact: bool = False
    do_not_contact_by: tuple[str, ...] = ()
    at: str | None = None
    until: str | None = None
    stated: str | None = None
    assumed: str | None = None


class ListPreferences(BaseModel):
    """Whose wishes to list; `every` also gives those that ended or were replaced."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str | None = None
    every: bool = False
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    top: int | None = None


class NothingHolds(NotFound):
    """No such wish holds then."""


@dataclass(frozen=True, slots=True)
class PreferencesWritten:
    """The wishes that were set or ended.

    `lifted` are the do-not-contacts that they put an end to; `idle` those of them that something else outweighs already.
    """

    contact: Contact
    preferences: tuple[Preference, ...]
    batch: Batch | None
    lifted: tuple[Preference, ...] = ()
    idle: tuple[Preference, ...] = ()


@dataclass(frozen=True, slots=True)
class PreferencesListed:
    """Wishes by contact, and where each of these contacts stands. `holding` has the numbers of those that decide now."""

    preferences: tuple[Preference, ...]
    holding: frozenset[int]
    standings: tuple[Standing, ...]
    names: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True)
class PreferenceCard:
    """What we believe one contact wants from us, to be shown to them. `ours` is our name, where the settings have it.

    `left` are the wishes that are not on it, each with whom it names.
    """

    contact: Contact
    preferences: tuple[Preference, ...]
    today: date
    ours: str
    left: tuple[tuple[Preference, str], ...] = ()


def set_preference(request: SetPreference, desk: Desk) -> PreferencesWritten:
    """Write down what they want. Raises Misused for what cannot be meant or contradicts itself; for WHO like `find`."""
    source, words = _said(request)
    when = _past(request.at, desk)
    until = _until(request.until, when, desk)
    said = _wishes(request, desk.settings)
    with desk.writing("preference set") as writing:
        contact = find(writing.connection, request.who, region=desk.settings.phone.region)
        return _noted(
            writing, contact, [Preference(0, contact.id, k, value, source, words, when, until) for k, value in said], desk
        )


def note_wishes(
    writing: Writing, contact: Contact, said: Sequence[Wish], when: Moment, desk: Desk, *, source: Source = Source.STATED
) -> PreferencesWritten:
    """Write wishes that somebody stated elsewhere, each in its own words, in a batch that is open."""
    new = [Preference(0, contact.id, wish.kind, wish.value, source, wish.words, when) for wish in said]
    return _noted(writing, contact, new, desk)


def unsay_wishes(writing: Writing, contact: Contact, said: Sequence[Wish], when: Moment) -> None:
    """Let wishes that were stated elsewhere at a moment never have held, one for each, in a batch that is open."""
    theirs = preferences.of_contacts(writing.connection, [contact.row])
    stated = [p for p in theirs if p.source is Source.STATED and p.when == when and p.ever_held]
    mistaken: set[int] = set()
    for wish in said:
        same = [p for p in stated if (p.kind, p.value) == (wish.kind, wish.value) and p.number not in mistaken]
        if same:  # the wording may have changed since; where it has not, it tells which of several is meant
            mistaken.add(max(same, key=lambda p: (p.words == wish.words, p.number)).number)
    preferences.end(writing, sorted(mistaken), when.day - timedelta(days=1))


def list_preferences(request: ListPreferences, desk: Desk) -> PreferencesListed:
    """The wishes that hold now, by contact; archived contacts only by name. Raises for WHO like `find`."""
    now = present(desk)
    with desk.book.reading() as connection:
        group = narrowing(connection, request.roles, request.tags)
        if request.who is not None:
            contact = find(connection, request.who, region=desk.settings.phone.region)
            known = {contact.row: standing_of(connection, desk, contact)}
            people = [contact]
        else:
            known = standings(connection, desk)
            people = contacts.everyone(connection, archived=False)
    people = [c for c in people if group.takes(c)]
    there = [known[c.row] for c in people]
    deciding = {standing.contact: wishes(standing.preferences, now).all for standing in there}
    found = [w for standing in there for w in (standing.preferences if request.every else deciding[standing.contact])]
    if request.top is not None:
        newest = sorted(found, key=lambda w: (w.when.day, w.number))[-request.top :]
        found = [wish for wish in found if wish in newest]
        there = [standing for standing in there if any(wish.contact == standing.contact for wish in found)]
    holds = frozenset(wish.number for all_of_one in deciding.values() for wish in all_of_one)
    return PreferencesListed(tuple(found), holds, tuple(there), {c.id: c.name for c in people}, now.day)


def clear_preference(who: str, kind: Sequence[str], desk: Desk, *, at: str | None = None) -> PreferencesWritten:
    """End the wishes of a kind from a day on; the past keeps them.

    `kind` is `channel`, `not-channel:phone`, `not-channel phone`, or the id of a wish. Raises Misused for what is none
    of them, NothingHolds where no such wish holds on that day, RecordNotFound for an id that is not theirs.
    """
    first = day(at, desk.book.zone, now=desk.now, dates=desk.settings.dates)
    then = Moment(first) if at is not None else present(desk)
    with desk.writing("preference clear") as writing:
        connection = writing.connection
        contact = find(connection, who, region=desk.settings.phone.region)
        theirs = preferences.of_contacts(connection, [contact.row])
        meant = _meant(theirs, kind, contact)
        ended = [wish for wish in holding(theirs, then) if wish in meant]
        if not ended:
            raise NothingHolds(
                f'no wish of {contact.name} called "{" ".join(kind)}" holds on {first.isoformat()}',
                f"see: relcli preference list {contact.id}",
            )
        last = first - timedelta(days=1)
        preferences.end(writing, [wish.number for wish in ended], last)
        return PreferencesWritten(contact, tuple(replace(wish, until=last) for wish in ended), writing.written)


def preference_card(who: str, desk: Desk, *, private: bool = False) -> PreferenceCard:
    """The wishes of one contact that hold now, as a card to show them; those that name somebody else only with `private`.

    Words of theirs that name somebody else are left away, and the wish stays.
    """
    me = desk.settings.me.name
    with desk.book.reading() as connection:
        contact = find(connection, who, region=desk.settings.phone.region)
        shown = list(wishes(preferences.of_contacts(connection, [contact.row]), present(desk)).all)
        others = Others(connection, contact, own=[me] if me else [])
    if private:
        return PreferenceCard(contact, tuple(shown), desk.today, me)
    named = [(wish, ", ".join(others.named(wish.value))) for wish in shown]
    kept = tuple(replace(wish, words="" if others.named(wish.words) else wish.words) for wish, names in named if not names)
    return PreferenceCard(contact, kept, desk.today, me, tuple((wish, names) for wish, names in named if names))


def _noted(writing: Writing, contact: Contact, new: Sequence[Preference], desk: Desk) -> PreferencesWritten:
    """Write new wishes of one moment, and say which do-not-contacts they end and which of them do not count."""
    before, when = preferences.of_contacts(writing.connection, [contact.row]), new[0].when
    numbers = preferences.add_many(writing, new, contact.row)
    written = tuple(replace(wish, number=number) for wish, number in zip(new, numbers, strict=True))
    held, holds = (holding(all_of_them, when) for all_of_them in (before, [*before, *written]))
    lifted = tuple(wish for wish in held if wish.shuts and wish not in holds)
    now = present(desk)
    counting = {(wish.kind, wish.value) for wish in wishes([*before, *written], now).all}
    idle = tuple(wish for wish in written if wish.holds(now) and (wish.kind, wish.value) not in counting)
    return PreferencesWritten(contact, written, writing.written, lifted, idle)


def _said(request: SetPreference) -> tuple[Source, str]:
    hint = 'say --stated "their words", or --assumed "why you think so"'
    if request.stated is not None and request.assumed is not None:
        raise Misused("--stated and --assumed exclude each other", hint)
    text = request.assumed if request.stated is None else request.stated
    if text is None:
        raise Misused("nobody said how you know this", hint)
    words = one_line(text)
    if not words:
        raise Misused(f"--{'stated' if request.stated is not None else 'assumed'} is empty", hint)
    if not storable(words) or len(words) > _WORDS_MOST:
        raise Misused("those words hold a NUL or half a character, or are too many", f"{_WORDS_MOST} characters are the most")
    return (Source.ASSUMED if request.stated is None else Source.STATED), words


def _past(text: str | None, desk: Desk) -> Moment:
    """When they said it, the present where none was named."""
    when = moment(text, desk.book.zone, now=desk.now, dates=desk.settings.dates)
    if when.day > desk.today or (when.at is not None and when.at > desk.now):
        raise Misused(f"--at {when} is still to come", "a wish was said today or before; --until is the last day it holds")
    return when


def _until(text: str | None, when: Moment, desk: Desk) -> date | None:
    if text is None:
        return None
    until = moment(text, desk.book.zone, now=desk.now, dates=desk.settings.dates, forward=True).day
    if until < when.day:
        raise Misused(
            f"--until {until.isoformat()} is before the day they said it, {when.day.isoformat()}", "it would never hold"
        )
    return until


def _wishes(request: SetPreference, settings: Settings) -> list[tuple[PreferenceKind, str]]:
    """Every wish in its one spelling, each once, in the order of the kinds. Raises Misused where two exclude each other."""
    typed: dict[PreferenceKind, Iterable[str]] = {
        K.CLOSENESS: [] if request.closeness is None else [request.closeness],
        K.CADENCE: [] if request.cadence is None else [request.cadence],
        K.CHANNEL: request.channels,
        K.NOT_CHANNEL: request.not_channels,
        K.HOURS: [] if request.hours is None else [request.hours],
        K.TOPIC: request.topics,
        K.NOT_TOPIC: request.not_topics,
        K.SURVEYS: [] if request.surveys is None else [request.surveys],
        K.DO_NOT_CONTACT: [""] if request.do_not_contact else [],
        K.DO_NOT_CONTACT_BY: request.do_not_contact_by,
    }
    found: dict[PreferenceKind, list[str]] = {}
    for kind, values in typed.items():
        found[kind] = list(dict.fromkeys(_normal(kind, value, settings) for value in values))
    said = [(kind, value) for kind, values in found.items() for value in values]
    if not said:
        raise Misused("no wish was said", "say at least one: --closeness, --cadence, --channel, --hours, --topic … (see --help)")
    _refuse_contradictions(found)
    return said


def _normal(kind: PreferenceKind, value: str, settings: Settings) -> str:
    if not storable(value):
        raise Misused("that text holds a NUL or half a character, which no book can keep", "remove it")
    try:
        return normal(kind, channel(value, settings) if kind in _CHANNELS else one_line(value))
    except ValueError as error:
        raise Misused(f"--{kind}: {error}") from None


def _refuse_contradictions(said: Mapping[PreferenceKind, Sequence[str]]) -> None:
    for wanted, unwanted in _OPPOSITES:
        for value in said[wanted]:
            if value in said[unwanted]:
                raise Misused(f'"{value}" is both wanted and not: --{wanted} and --{unwanted}', "say one of them")
    close = [value for value in said[K.CLOSENESS] if value != Closeness.NONE]
    if said[K.DO_NOT_CONTACT]:
        for kind, values in ((K.CADENCE, said[K.CADENCE]), (K.CHANNEL, said[K.CHANNEL]), (K.CLOSENESS, close)):
            if values:
                raise Misused(f"--do-not-contact and --{kind} {values[0]} exclude each other", "which of the two do they want?")
    if Closeness.NONE in said[K.CLOSENESS] and said[K.CADENCE]:
        raise Misused(f"--closeness none and --cadence {said[K.CADENCE][0]} exclude each other", "which of the two do they want?")


def _meant(theirs: Sequence[Preference], kind: Sequence[str], contact: Contact) -> list[Preference]:
    """The wishes, ended or not, that KIND names."""
    text = " ".join(one_line(word) for word in kind).lower()
    number = record_number(text, "w")
    if number is not None:
        if number not in {wish.number for wish in theirs}:
            raise RecordNotFound(f"{contact.name} has no wish w_{number}", f"see: relcli preference list {contact.id} --all")
        return [wish for wish in theirs if wish.number == number]
    name, _, value = text.replace(":", " ", 1).partition(" ")
    if name not in list(K):
        raise Misused(f'there is no kind of wish "{name}"', f"choose one of: {', '.join(K)}; or the id of a wish, w_12")
    value = value.strip().casefold()
    return [wish for wish in theirs if wish.kind == name and value in ("", wish.value)]
