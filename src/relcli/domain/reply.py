"""Replies and outreaches: which touches of ours answer a sign of theirs, and which ones we begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from relcli.domain.consent import BEGINNING
from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment

ANSWERING_DAYS = 14  # after a sign of theirs
FOLLOWING_DAYS = 3  # after our first answer


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened between us: a sign of theirs, or a touch that we began."""

    moment: Moment
    sign: bool
    purpose: Purpose | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """What events leave behind: the days of our last outreach and survey, and until when our next touch is a reply."""

    last_outreach: date | None = None
    last_survey: date | None = None
    reply_until: date | None = None


def traced(events: Iterable[Event]) -> Trace:
    """What the events of one contact leave behind.

    A reply is our first touch within 14 days after a sign, and every one within 3 days of that reply. What we begin by
    nature (marketing, a pitch, a survey, asking for a referral) never is. Every other touch of ours is an outreach.
    """
    outreach: date | None = None
    survey: date | None = None
    until: date | None = None
    answered = False
    for event in sorted(events, key=_order):
        day = event.moment.day
        if event.sign:
            until, answered = day + timedelta(days=ANSWERING_DAYS), False
            continue
        survey = day if event.purpose is Purpose.SURVEY else survey
        if until is not None and day <= until and event.purpose not in BEGINNING:
            until = until if answered else day + timedelta(days=FOLLOWING_DAYS)
            answered = True
        else:
            outreach = day
    return Trace(outreach, survey, until)


def _order(event: Event) -> tuple[date, int, float]:
    """By the clock where there is one; a sign without a time comes before the touches of its day, ours after them."""
    at = event.moment.at
    return event.moment.day, (1 if at else 0 if event.sign else 2), at.timestamp() if at else 0.0
