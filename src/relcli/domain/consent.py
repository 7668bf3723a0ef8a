"""Consent: which wishes of theirs a touch of ours breaks. The gate before it and the judgement after it are one rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo

from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment
from relcli.domain.preference import (
    QUIET_PURPOSES,
    TIMED_CHANNELS,
    Closeness,
    Preference,
    PreferenceKind,
    Source,
    Wishes,
    hours,
)
from relcli.text import folded

UNKNOWN_CHANNEL = "other"  # nobody said which it was, so no wish about channels speaks of it
SERVING = frozenset({Purpose.SERVICE, Purpose.ORDER, Purpose.COMPLAINT})
BEGINNING = frozenset({Purpose.MARKETING, Purpose.PITCH, Purpose.SURVEY, Purpose.REFERRAL_REQUEST})  # never a reply
THEIR_CHANNEL_DAYS = 14  # the channel they used last is right for an answer that long
TOO_SOON = 0.75  # of the wanted cadence


@dataclass(frozen=True, slots=True)
class Touch:
    """A touch of ours, done or meant.

    `outreach` where we begin: neither a reply, nor to serve, nor to settle a promise. `their_channel` is the one they
    used last within 14 days. Days since are None where there was none before.
    """

    moment: Moment
    channel: str
    purpose: Purpose | None = None
    outreach: bool = True
    text: str = ""
    since_outreach: int | None = None
    since_survey: int | None = None
    their_channel: str | None = None


def broken(wishes: Wishes, touch: Touch, zone: tzinfo) -> tuple[Preference, ...]:
    """The wishes that a touch breaks, the gravest first; none where it is as they want it.

    `zone` is where they are, for their hours. Replies, service and what settles a promise are judged by channel, hours
    and do-not-contact alone, and may go by the channel they used last.
    """
    invited = not touch.outreach and touch.channel == touch.their_channel
    found = [wishes.do_not_contact]
    found += [] if invited else [wishes.barred.get(touch.channel), _channel(wishes, touch.channel)]
    found.append(_hours(wishes, touch, zone))
    if touch.outreach:
        found += [_closeness(wishes, touch), _topic(wishes, touch), _cadence(wishes, touch), _survey(wishes, touch)]
    return tuple(wish for wish in found if wish is not None)


def _channel(wishes: Wishes, channel: str) -> Preference | None:
    """What they said of channels decides; what we assume does only where they said nothing."""
    if channel in ("", UNKNOWN_CHANNEL):
        return None
    wanted = wishes.wanted_channels
    first = wishes.channels[wanted[0]] if wanted else None
    about = wishes.channels.get(channel)
    if about is not None and about.source is not Source.STATED and first is not None and first.source is Source.STATED:
        return first
    if about is not None:
        return about if about.kind is PreferenceKind.NOT_CHANNEL else None
    return first


def _hours(wishes: Wishes, touch: Touch, zone: tzinfo) -> Preference | None:
    if wishes.hours is None or touch.moment.at is None or touch.channel not in TIMED_CHANNELS:
        return None
    local = touch.moment.at.astimezone(zone)
    first, last = hours(wishes.hours.value)
    return None if first <= local.hour * 60 + local.minute < last else wishes.hours


def _closeness(wishes: Wishes, touch: Touch) -> Preference | None:
    if wishes.closeness is None:
        return None
    quiet = wishes.closeness.value == Closeness.ARMS_LENGTH and touch.purpose not in QUIET_PURPOSES
    return wishes.closeness if quiet or wishes.closeness.value == Closeness.NONE else None


def _topic(wishes: Wishes, touch: Touch) -> Preference | None:
    """A topic is what a touch was for, or a word of its summary."""
    for wish in wishes.topics.values():
        if wish.kind is PreferenceKind.NOT_TOPIC:
            word = folded(wish.value)
            if touch.purpose == wish.value or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded(touch.text)):
                return wish
    return None


def _cadence(wishes: Wishes, touch: Touch) -> Preference | None:
    wanted = wishes.cadence.days if wishes.cadence else None
    too_soon = wanted is not None and touch.since_outreach is not None and touch.since_outreach < TOO_SOON * wanted
    return wishes.cadence if too_soon else None


def _survey(wishes: Wishes, touch: Touch) -> Preference | None:
    """No survey at all, or none sooner than they allow after the last one."""
    if wishes.surveys is None or touch.purpose is not Purpose.SURVEY:
        return None
    wanted = wishes.surveys.days
    too_soon = wanted is None or (touch.since_survey is not None and touch.since_survey < wanted)
    return wishes.surveys if too_soon else None
