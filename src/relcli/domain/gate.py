"""The gate: whether we may contact somebody now, on a channel, for a purpose, and which channel to suggest.

Whatever proposes or prepares a touch asks here first. `domain.consent` says which wishes a touch would break; the gate
refuses on those they stated and on every do-not-contact, and warns of those we only assume. What somebody asked for an
address binds all who share it (`domain.shared`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from relcli.domain.consent import BEGINNING, SERVING, THEIR_CHANNEL_DAYS, Touch, broken
from relcli.domain.contact import Address, AddressKind
from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment, zone_of
from relcli.domain.observed import Observed
from relcli.domain.preference import Preference, PreferenceKind, Source, Wishes, wishes
from relcli.domain.promise import Promise, PromiseKind, Side
from relcli.domain.reply import Trace
from relcli.domain.shared import Objection, Sharer, objections
from relcli.domain.wording import as_reason, day_in_words

BY_ADDRESS = ("email", "phone")  # what an address alone suggests
_NOT_TO_REACH_BY = frozenset({"", "web", "shop", "event", "other"})
K = PreferenceKind


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the gate has to know of one contact.

    `organisation` is the name of the one they work for; of its wishes only a do-not-contact binds them, of its promises
    only our complaints. `zone` is where they are. `used` is the channel they used last, and when. `shared` are those
    who have one of their `addresses` too, by its kind and key.
    """

    contact: str
    name: str
    zone: str
    preferences: tuple[Preference, ...] = ()
    promises: tuple[Promise, ...] = ()
    organisation: str = ""
    organisation_preferences: tuple[Preference, ...] = ()
    complaints: tuple[Promise, ...] = ()
    trace: Trace = field(default_factory=Trace)
    used: tuple[str, date] | None = None
    observed: Observed | None = None
    archived: bool = False
    addresses: tuple[Address, ...] = ()
    shared: Mapping[tuple[AddressKind, str], tuple[Sharer, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a touch is allowed; where not, `why` says it in a sentence, and `wish` is the one that forbids it.

    `warnings` are sentences about assumed wishes that it would break, and `assumed` these wishes.
    """

    allowed: bool
    wish: Preference | None = None
    why: str = ""
    warnings: tuple[str, ...] = ()
    assumed: tuple[Preference, ...] = ()


def consent(
    standing: Standing, channel: str, purpose: Purpose | None, moment: Moment, settles: bool = False, text: str = ""
) -> Consent:
    """Whether we may contact them at that moment, on this channel, for this purpose, with this text.

    `channel` is empty where nothing is sent or where it does not matter; `text` is all that would be said, as far as it
    is known, and is looked through for topics they do not want. With `settles` the touch makes good what we
    owe them: no complaint or promise stands in its way. Even so nobody who wants no contact is told of it: such a debt
    is allowed only with an empty channel, to be done and not announced.
    """
    theirs, touch = _meant(standing, channel, purpose, moment, settles=settles, text=text)
    barring = _barring(theirs, standing, channel, moment)
    if barring is not None and not (settles and not channel):
        return Consent(False, barring, as_reason(barring, standing.name, employer_behind(barring, standing)))
    if standing.archived and not settles:
        return Consent(False, None, f"{standing.name} is archived")
    # Thanks or a follow-up in answer to a complaint would pass over it, too.
    passes_over = touch.outreach or not (settles or purpose is None or purpose in SERVING)
    if passes_over and (owed := _owed(standing, moment.day)):
        return Consent(False, None, owed)
    found = [wish for wish in broken(theirs, touch, zone_of(standing.zone)) if not wish.shuts]
    assumed = tuple(wish for wish in found if wish.source is not Source.STATED)
    warnings = tuple(as_reason(wish, standing.name) for wish in assumed)
    stated = next((wish for wish in found if wish.source is Source.STATED), None)
    if stated is not None:
        return Consent(False, stated, as_reason(stated, standing.name), warnings, assumed)
    against = _objection(standing, theirs, touch)
    if against is None:
        return Consent(True, warnings=warnings, assumed=assumed)
    why = as_reason(against.wish, against.sharer.name, sharing=(against.address.kind, standing.name))
    if against.refuses:
        return Consent(False, against.wish, why, warnings, assumed)
    return Consent(True, warnings=(*warnings, why), assumed=assumed)


def best_channel(
    standing: Standing, purpose: Purpose | None, moment: Moment, reachable: Collection[str] = (), *,
    settles: bool = False, text: str = "",
) -> str | None:  # fmt: skip
    """The channel to suggest for a touch; one that breaks not even an assumed wish goes first.

    None where channels are known (`known_channels`) and none of them is allowed, empty where none is known at all.
    """
    tried = known_channels(standing, moment, reachable)
    answers = {channel: consent(standing, channel, purpose, moment, settles, text) for channel in tried}
    allowed = [channel for channel, answer in answers.items() if answer.allowed]
    if not allowed:
        return None if answers else ""
    return next((channel for channel in allowed if not answers[channel].warnings), allowed[0])


def known_channels(standing: Standing, moment: Moment, reachable: Collection[str] = ()) -> tuple[str, ...]:
    """The channels to think of for a touch, allowed or not, the best first.

    Those they asked for (the newest first), the one they were seen to prefer, those we assume, the one they used last,
    and those of `reachable` for which an address is enough.
    """
    theirs = wishes(standing.preferences, moment)
    wanted = theirs.wanted_channels
    stated = [channel for channel in wanted if theirs.channels[channel].source is Source.STATED]
    known = [
        *stated,
        *([standing.observed.channel] if standing.observed else []),
        *wanted,
        *([standing.used[0]] if standing.used and standing.used[0] not in _NOT_TO_REACH_BY else []),
        *(channel for channel in BY_ADDRESS if channel in reachable),
    ]
    return tuple(dict.fromkeys(known))


def address_for(standing: Standing, channel: str, purpose: Purpose | None, moment: Moment, *, settles: bool = False) -> str:
    """The address to use for a touch: the preferred one, of those that nobody who shares them objects to. Empty without one."""
    theirs, touch = _meant(standing, channel, purpose, moment, settles=settles)
    answers = objections(standing.addresses, standing.shared, theirs, touch)
    return next((address.value for address in sorted(answers, key=lambda one: _weight(answers[one]))), "")


def shut(standing: Standing, moment: Moment) -> Preference | None:
    """The do-not-contact, on every channel, that binds them at that moment: theirs before that of their organisation."""
    theirs, employer = (wishes(said, moment) for said in (standing.preferences, standing.organisation_preferences))
    return theirs.do_not_contact or employer.do_not_contact


def employer_behind(wish: Preference, standing: Standing) -> str:
    """The name of the organisation whose wish it is; empty where it is their own."""
    return "" if wish in standing.preferences else standing.organisation


def _barring(theirs: Wishes, standing: Standing, channel: str, moment: Moment) -> Preference | None:
    """The do-not-contact that stands in the way, everywhere before by a channel, theirs before their organisation's."""
    employer = wishes(standing.organisation_preferences, moment)
    return shut(standing, moment) or theirs.barred.get(channel) or employer.barred.get(channel)


def _meant(
    standing: Standing, channel: str, purpose: Purpose | None, moment: Moment, *, settles: bool, text: str = ""
) -> tuple[Wishes, Touch]:
    """What they want at that moment, and the touch that would be."""
    outreach = not settles and purpose not in SERVING and not _is_reply(standing, purpose, moment)
    used = standing.used
    return wishes(standing.preferences, moment), Touch(
        moment, channel, purpose, outreach, text,
        since_outreach=_days_since(standing.trace.last_outreach, moment),
        since_survey=_days_since(standing.trace.last_survey, moment),
        their_channel=used[0] if used and moment.day - used[1] <= timedelta(days=THEIR_CHANNEL_DAYS) else None,
    )  # fmt: skip


def _objection(standing: Standing, theirs: Wishes, touch: Touch) -> Objection | None:
    """What whoever shares their address has against a touch; None where one of the addresses to use is free of that."""
    if not standing.shared:
        return None
    found = objections(standing.addresses, standing.shared, theirs, touch).values()
    return min(found, key=_weight, default=None)


def _weight(against: Objection | None) -> int:
    return 0 if against is None else 1 + against.refuses


def _is_reply(standing: Standing, purpose: Purpose | None, moment: Moment) -> bool:
    """Whether a touch now would answer them; a check-in is meant as one that we begin."""
    until = standing.trace.reply_until
    return until is not None and moment.day <= until and purpose not in BEGINNING and purpose is not Purpose.CHECK_IN


def _owed(standing: Standing, day: date) -> str:
    """What of ours comes before any outreach, in a sentence; empty where we owe nothing."""
    for promise in (*standing.promises, *standing.complaints):
        if promise.kind is PromiseKind.COMPLAINT and promise.open_on(day):
            whose = standing.organisation if promise not in standing.promises else standing.name
            made = day_in_words(promise.made)
            return f'a complaint of {whose} is open since {made} ({promise.id}: "{promise.text}"): put it right first'
    for promise in standing.promises:
        if promise.owed_by is Side.US and promise.overdue_on(day) and promise.due is not None:
            due = day_in_words(promise.due)
            return f'we owe {standing.name} something since {due} ({promise.id}: "{promise.text}"): keep that promise first'
    return ""


def _days_since(day: date | None, moment: Moment) -> int | None:
    return None if day is None else (moment.day - day).days
