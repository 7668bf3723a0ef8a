"""A preference: a wish of theirs about how we keep in touch, dated, in their words or with our why.

`Wishes` says which of all a contact's wishes hold at a moment. Among those of one subject the source decides first
(stated before assumed), then the newest. A do-not-contact, even an assumed one, holds until its day, until it is
cleared, or until a newer stated wish invites us.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from relcli.domain.duration import duration
from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment

NEVER = "never"
TIMED_CHANNELS = frozenset({"phone", "sms", "chat", "video", "visit"})  # those that ring at an hour
QUIET_PURPOSES = frozenset({Purpose.SERVICE, Purpose.ORDER, Purpose.COMPLAINT, Purpose.THANKS, Purpose.ADVICE})
_HOURS = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-\u2013]\s*(\d{1,2})(?::(\d{2}))?")
_DAY_MINUTES = 24 * 60
_LENGTH_MOST = 3650  # days, ten years: whoever wants it more rarely wants none
_NEVER_SAID = datetime.min.replace(tzinfo=UTC)


class PreferenceKind(StrEnum):
    """The kinds of wish; each is the name of its option, and of what `clear` ends."""

    CLOSENESS = "closeness"
    CADENCE = "cadence"
    CHANNEL = "channel"
    NOT_CHANNEL = "not-channel"
    HOURS = "hours"
    TOPIC = "topic"
    NOT_TOPIC = "not-topic"
    SURVEYS = "surveys"
    DO_NOT_CONTACT = "do-not-contact"
    DO_NOT_CONTACT_BY = "do-not-contact-by"


class Closeness(StrEnum):
    """How close they want it."""

    NONE = "none"
    ARMS_LENGTH = "arms-length"
    REGULAR = "regular"
    CLOSE = "close"


class Source(StrEnum):
    """How we know: they said so, we saw it (never stored), we think so."""

    STATED = "stated"
    OBSERVED = "observed"
    ASSUMED = "assumed"


K = PreferenceKind
_PLACES = {kind: place for place, kind in enumerate(K)}
_PAIRED = {K.NOT_CHANNEL: K.CHANNEL, K.NOT_TOPIC: K.TOPIC}
_INVITING = (K.CLOSENESS, K.CADENCE, K.CHANNEL)  # said newly, they end a do-not-contact
_SHUT = (K.DO_NOT_CONTACT, K.DO_NOT_CONTACT_BY)
_OF_A_THING = frozenset({K.CHANNEL, K.NOT_CHANNEL, K.TOPIC, K.NOT_TOPIC, K.DO_NOT_CONTACT_BY})


@dataclass(frozen=True, slots=True)
class Preference:
    """One wish; `contact` is a public id, `until` the last day it holds (None: until it is ended or replaced).

    `value` by kind: a closeness; a length of time (`6w`; for surveys also `never`); a channel; `9-17`; a topic;
    empty for do-not-contact.
    """

    number: int
    contact: str
    kind: PreferenceKind
    value: str
    source: Source
    words: str
    when: Moment
    until: date | None = None

    @property
    def id(self) -> str:
        """The public id, `w_12`."""
        return f"w_{self.number}"

    @property
    def days(self) -> int | None:
        """The length of a cadence or survey limit in days; None for `never`."""
        return None if self.value == NEVER else duration(self.value)

    @property
    def wanted(self) -> bool:
        """Whether it asks for something, rather than asking to be spared it."""
        return self.kind not in (K.NOT_CHANNEL, K.NOT_TOPIC, K.DO_NOT_CONTACT, K.DO_NOT_CONTACT_BY) and (
            self.value not in (NEVER, Closeness.NONE)
        )

    @property
    def subject(self) -> tuple[PreferenceKind, str]:
        """What the wish is about: wanted and unwanted are two answers to one question."""
        return _PAIRED.get(self.kind, self.kind), self.value.casefold() if self.kind in _OF_A_THING else ""

    def said_by(self, moment: Moment) -> bool:
        """Whether it had been said by then: by the clock where both have one, else by the day."""
        return not moment.before(self.when)

    @property
    def shuts(self) -> bool:
        """Whether it is a do-not-contact, everywhere or by a channel."""
        return self.kind in _SHUT

    @property
    def ever_held(self) -> bool:
        """Whether there is a day on which it held; one cleared on the day it was said was a mistake."""
        return self.until is None or self.until >= self.when.day

    def holds(self, moment: Moment) -> bool:
        """Whether it had been said by then, and had not ended."""
        return self.said_by(moment) and (self.until is None or moment.day <= self.until)


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wishes of one contact that hold at a moment, each the one that decides its subject."""

    closeness: Preference | None = None
    cadence: Preference | None = None
    hours: Preference | None = None
    surveys: Preference | None = None
    do_not_contact: Preference | None = None
    channels: Mapping[str, Preference] = field(default_factory=dict)  # channel → wanted or not
    topics: Mapping[str, Preference] = field(default_factory=dict)  # topic → wanted or not
    barred: Mapping[str, Preference] = field(default_factory=dict)  # channel → do-not-contact by it

    def __bool__(self) -> bool:
        """Whether any wish holds."""
        single = (self.closeness, self.cadence, self.hours, self.surveys, self.do_not_contact)
        return bool(self.channels or self.topics or self.barred or any(single))

    @property
    def all(self) -> tuple[Preference, ...]:
        """Every wish that holds, in the order of the kinds."""
        single = (self.closeness, self.cadence, self.hours, self.surveys, self.do_not_contact)
        found = [*(w for w in single if w), *self.channels.values(), *self.topics.values(), *self.barred.values()]
        return tuple(sorted(found, key=lambda w: (_PLACES[w.kind], w.value)))

    @property
    def wanted_channels(self) -> tuple[str, ...]:
        """The channels they asked for: those they named before those we assume, the newest wish first."""
        wanted = in_order(w for w in self.channels.values() if w.kind is K.CHANNEL)[::-1]
        return tuple(w.value for w in sorted(wanted, key=lambda w: w.source is not Source.STATED))


def wishes(preferences: Iterable[Preference], moment: Moment) -> Wishes:
    """The wishes of one contact that hold at a moment, out of all they ever had."""
    deciding: dict[tuple[PreferenceKind, str], Preference] = {}
    for wish in holding(preferences, moment):
        other = deciding.get(wish.subject)
        if other is None or wish.source is other.source or wish.source is Source.STATED:
            deciding[wish.subject] = wish  # of the same source, the newer one

    def of(kind: PreferenceKind) -> Preference | None:
        return deciding.get((kind, ""))

    def by_value(kind: PreferenceKind) -> dict[str, Preference]:
        return {value: wish for (about, value), wish in deciding.items() if about is kind}

    return Wishes(
        of(K.CLOSENESS), of(K.CADENCE), of(K.HOURS), of(K.SURVEYS), of(K.DO_NOT_CONTACT),
        by_value(K.CHANNEL), by_value(K.TOPIC), by_value(K.DO_NOT_CONTACT_BY),
    )  # fmt: skip


def holding(preferences: Iterable[Preference], moment: Moment) -> tuple[Preference, ...]:
    """The wishes of one contact that hold at a moment, oldest first, those too that another one outweighs."""
    said = in_order(p for p in preferences if p.said_by(moment))
    return tuple(wish for place, wish in enumerate(said) if wish.holds(moment) and not _lifted(wish, said[place + 1 :]))


def in_order(preferences: Iterable[Preference]) -> list[Preference]:
    """Wishes of one contact from the oldest to the newest: by day, by the clock, as they were written down.

    A day without a time stands behind what had been written down of that day before.
    """
    latest: dict[date, datetime] = {}
    keys: dict[int, tuple[date, datetime, int]] = {}
    written = sorted(preferences, key=lambda p: p.number)
    for place, wish in enumerate(written):
        known = latest.get(wish.when.day, _NEVER_SAID)
        at = wish.when.at or known
        latest[wish.when.day] = max(known, at)
        keys[place] = (wish.when.day, at, place)
    return [written[place] for place in sorted(keys, key=keys.__getitem__)]


def normal(kind: PreferenceKind, value: str) -> str:
    """A wish's value in its one spelling. Raises ValueError with what to write instead."""
    text = " ".join(value.split())
    match kind:
        case K.CLOSENESS:
            if text.casefold() not in list(Closeness):
                raise ValueError(f'closeness "{text}" is none of: {", ".join(Closeness)}')
            return text.casefold()
        case K.CADENCE:
            return _length(text, "closeness none")
        case K.SURVEYS:
            return NEVER if text.casefold() == NEVER else _length(text, "surveys never")
        case K.HOURS:
            first, last = hours(text)
            return f"{_clock(first)}-{_clock(last)}"
        case K.DO_NOT_CONTACT:
            return ""
    if not text or ";" in text:
        raise ValueError(f'"{text}" cannot be a {kind.removeprefix("not-")}: it may not be empty nor hold a ";"')
    return text.casefold()


def hours(text: str) -> tuple[int, int]:
    """The minutes of the day between which they want to be reached, `9-17` or `9:30-17:15`. Raises ValueError."""
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'"{text}" are no hours: write 9-17 or 9:30-17:15')
    first, last = (int(found.group(n)) * 60 + int(found.group(n + 1) or 0) for n in (1, 3))
    if last > _DAY_MINUTES or first >= last or int(found.group(2) or 0) > 59 or int(found.group(4) or 0) > 59:
        raise ValueError(f'"{text}" are no hours of one day: write the earlier first, between 0 and 24, as in 9-17')
    return first, last


def _lifted(wish: Preference, newer: Iterable[Preference]) -> bool:
    """Whether a do-not-contact is over: they have said since that they want contact after all."""
    if not wish.shuts:
        return False
    said = (p for p in newer if p.source is Source.STATED and p.ever_held)
    if wish.kind is K.DO_NOT_CONTACT_BY:
        return any(p.kind is K.CHANNEL and p.value == wish.value for p in said)
    return any(p.kind in _INVITING and p.wanted for p in said)


def _length(text: str, instead: str) -> str:
    if duration(text) > _LENGTH_MOST:
        raise ValueError(f'"{text}" is longer than 10 years: use {instead}')
    return f"{int(text[:-1])}{text[-1].lower()}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)
