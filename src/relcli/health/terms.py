"""Terms: do we keep in touch as they wish?

Every touch of ours is judged by the wishes that held then. Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

import numpy as np
from numpy.typing import NDArray

from relcli.domain.consent import SERVING, THEIR_CHANNEL_DAYS, UNKNOWN_CHANNEL, Touch, broken
from relcli.domain.interaction import Purpose
from relcli.domain.moment import Moment, day_number
from relcli.domain.observed import ANSWERABLE, ENOUGH_SEEN
from relcli.domain.preference import Closeness, Preference, PreferenceKind, Wishes, wishes
from relcli.health.conversation import BOTH, IN, OUT, PURPOSES, Conversation
from relcli.health.distance import Wanted, local, said, stretches
from relcli.health.statistics.tally import YEAR, Tally, aged

GRAVE = 3.0  # what a touch against do-not-contact counts
HARM_DAYS = 90  # and how long it holds health down
QUIET_SPAN = 91.0  # days left in peace that are one success
MOST_LATE = 3.0
CROWD_OF, CROWD_DAYS, CROWD_LEAST = 6, 180, 2
_BARRED = frozenset({PreferenceKind.DO_NOT_CONTACT, PreferenceKind.DO_NOT_CONTACT_BY})
_CROWDING = _BARRED | {PreferenceKind.CADENCE, PreferenceKind.CLOSENESS}
START = 0.8


@dataclass(frozen=True, slots=True)
class Terms:
    """Per contact: the tally, and what its sentence and the status need.

    `judged` and `honoured` count touches; `breaches` says for what and how often (by contact, only where some were);
    `since` is the day from which the cadence they stated runs (NaN: none stated), `late` by how many of it we are late, `quiet` the days they were left in peace as they wished.
    `harmed`: do-not-contact was broken within 90 days. `crowded`: half of our last outreaches came too often or too close.
    """

    tally: Tally
    judged: NDArray[np.int64]
    honoured: NDArray[np.int64]
    newest_age: NDArray[np.float64]
    since: NDArray[np.float64]
    late: NDArray[np.float64]
    quiet: NDArray[np.float64]
    harmed: NDArray[np.bool_]
    crowded: NDArray[np.bool_]
    breaches: dict[int, Counter[str]] = field(default_factory=dict)


def observed_channel(talk: Conversation) -> NDArray[np.int64]:
    """For each entry the channel they had by then been seen to prefer, a place in `talk.channels`, -1 for none.

    The one most used in at least three touches that they began; of equals the one used last.
    """
    size = talk.owner.size
    began = talk.direction == IN
    best, score, total = np.full(size, -1, np.int64), np.zeros(size), np.zeros(size, np.int64)
    first = talk.start[talk.owner]
    for place, name in enumerate(talk.channels):
        if name not in ANSWERABLE:
            continue
        mine = began & (talk.channel == place)
        if not mine.any():
            continue
        seen = np.concatenate(([0], np.cumsum(mine)))
        count = seen[:-1] - seen[first]  # before each entry
        recent = talk.last(mine)
        total += count
        mark = count + np.where(recent >= 0, (recent + 1) / (size + 2), 0.0)
        better = (count > 0) & (mark > score)
        best, score = np.where(better, place, best), np.where(better, mark, score)
    return np.where(total >= ENOUGH_SEEN, best, -1)


def terms(
    talk: Conversation,
    wanted: Wanted,
    as_of: int,
    *,
    settled: frozenset[tuple[int, int]] = frozenset(),
    zones: Mapping[int, tzinfo] | None = None,
    texts: Mapping[int, str] | None = None,
) -> Terms:
    """How our touches until the end of day `as_of` agree with the wishes that held when they happened.

    `settled` are (contact, day) on which a promise of ours was kept: our touches then settle it. `zones` says where
    contacts are (else UTC), `texts` what touches were about, by record, where somebody wants to be spared a topic.
    """
    talk = talk.until(as_of)
    seen = observed_channel(talk)
    # A wish of a later day must not even choose the way by which the days before it are judged.
    stated = {i: own for i, preferences in wanted.items() if (own := _stated(preferences, as_of))}
    found = _by_observation(talk, seen, np.isin(talk.owner, list(stated)), settled, as_of)
    for i, preferences in stated.items():
        barred = wishes(wanted[i], local(as_of, -1)).do_not_contact is not None
        _judge(found, i, talk, seen, preferences, as_of, settled, (zones or {}).get(i, UTC), texts or {}, barred=barred)
    return found


def _stated(preferences: Sequence[Preference], as_of: int) -> tuple[Preference, ...]:
    """What they had said themselves by the end of that day."""
    return tuple(p for p in said(preferences) if day_number(p.when.day) <= as_of)


def _by_observation(
    talk: Conversation,
    seen: NDArray[np.int64],
    others: NDArray[np.bool_],
    settled: frozenset[tuple[int, int]],
    as_of: int,
) -> Terms:
    """Contacts who never stated a wish: by the channel they were seen to prefer alone, each touch counting half."""
    judged = talk.ours & (seen >= 0) & ~talk.is_channel(UNKNOWN_CHANNEL) & ~others
    recent = talk.last((talk.direction == IN) | (talk.direction == BOTH))
    invited = (recent >= 0) & (talk.day - talk.day[recent] <= THEIR_CHANNEL_DAYS) & (talk.channel == talk.channel[recent])
    lenient = ~talk.outreach | np.isin(talk.purpose, [PURPOSES.index(p) for p in SERVING]) | _settling(talk, settled)
    right = (talk.channel == seen) | (lenient & invited)
    weight = 0.5 * aged((as_of - talk.day).astype(np.float64))
    size, owner = talk.size, talk.owner
    wrong = judged & ~right
    breaches: dict[int, Counter[str]] = {}
    for i, place in zip(owner[wrong].tolist(), talk.channel[wrong].tolist(), strict=True):
        breaches.setdefault(i, Counter())[f"by {talk.channels[place]}"] += 1

    def tally(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(owner[mask], weight[mask], size).astype(np.float64)

    nothing = np.zeros(size)
    return Terms(
        Tally(tally(judged & right), tally(wrong), START),
        np.bincount(owner[judged], minlength=size).astype(np.int64),
        np.bincount(owner[judged & right], minlength=size).astype(np.int64),
        as_of - talk.newest(judged),
        np.full(size, np.nan), nothing.copy(), nothing.copy(), nothing.astype(np.bool_), nothing.astype(np.bool_),
        breaches,
    )  # fmt: skip


def _settling(talk: Conversation, settled: frozenset[tuple[int, int]]) -> NDArray[np.bool_]:
    """Entries of a contact and day on which a promise of ours was kept."""
    found = np.zeros(talk.owner.size, np.bool_)
    if not settled:
        return found
    near = np.flatnonzero(np.isin(talk.day, [day for _, day in settled]))
    pairs = zip(talk.owner[near].tolist(), talk.day[near].tolist(), strict=True)
    found[near] = [pair in settled for pair in pairs]
    return found


def _judge(
    found: Terms,
    i: int,
    talk: Conversation,
    seen: NDArray[np.int64],
    stated: tuple[Preference, ...],
    as_of: int,
    settled: frozenset[tuple[int, int]],
    zone: tzinfo,
    texts: Mapping[int, str],
    *,
    barred: bool,
) -> None:
    """Judge one contact's touches one by one, and write the result into `found`.

    `barred`: do-not-contact holds now, be it that we only assume it; then nothing is late.
    """
    judges = _judging(stated)
    successes = failures = 0.0
    breaches: Counter[str] = Counter()
    crowding: list[tuple[int, bool]] = []
    broken_on: set[int] = set()
    last_good = None
    for k, touch in _ours(talk, i, settled, texts):
        day = int(talk.day[k])
        held = judges(touch.moment)
        against = broken(held, touch, zone)
        observed = seen[k] >= 0 and not held.channels and touch.channel != UNKNOWN_CHANNEL
        unlike = observed and _unlike(touch, talk.channels[seen[k]])
        weight = 0.5 ** ((as_of - day) / YEAR)
        if against:
            grave = against[0].kind in _BARRED
            failures += GRAVE * weight if grave else weight
            breaches[_called(against[0], touch.channel)] += 1
            broken_on.add(day)
            found.harmed[i] |= grave and as_of - day <= HARM_DAYS
        elif unlike:
            failures += 0.5 * weight
            breaches[f"by {touch.channel}"] += 1
        elif held or observed:
            successes += weight if held else 0.5 * weight
        if against or held or observed:
            found.judged[i] += 1
            found.honoured[i] += not against and not unlike
            found.newest_age[i] = as_of - day
        if not against:
            last_good = day
        if talk.outreach[k]:
            crowding.append((day, any(wish.kind in _CROWDING for wish in against)))
    found.quiet[i], peace = _peace(stated, broken_on, as_of)
    found.since[i], late = _late(stated, talk, i, last_good, as_of)
    found.late[i] = 0.0 if barred else late
    found.tally.successes[i] = successes + peace
    found.tally.failures[i] = failures + found.late[i]
    recent = [bad for day, bad in crowding if as_of - day <= CROWD_DAYS][-CROWD_OF:]
    found.crowded[i] = sum(recent) >= max(CROWD_LEAST, len(recent) / 2.0)
    if breaches:
        found.breaches[i] = breaches


def _judging(stated: tuple[Preference, ...]) -> Callable[[Moment], Wishes]:
    """The wishes by which a touch of a moment is judged: those of earlier days, and of that day those told before it.

    On the day of a wish the clock decides; where either has none, it may well have been this touch in which they said it.
    """
    said_on = {day_number(wish.when.day) for wish in stated}
    borders = sorted(said_on | {day_number(wish.until) + 1 for wish in stated if wish.until is not None})
    between: dict[int, Wishes] = {}

    def judges(moment: Moment) -> Wishes:
        day = day_number(moment.day)
        if day in said_on:
            return wishes([wish for wish in stated if _told_before(wish, moment)], moment)
        place = bisect_right(borders, day)
        if place not in between:
            between[place] = wishes(stated, moment)
        return between[place]

    return judges


def _told_before(wish: Preference, moment: Moment) -> bool:
    if wish.when.day != moment.day:
        return wish.when.day < moment.day
    return wish.when.at is not None and moment.at is not None and wish.when.at <= moment.at


def _ours(
    talk: Conversation, i: int, settled: frozenset[tuple[int, int]], texts: Mapping[int, str]
) -> Iterator[tuple[int, Touch]]:
    """One contact's entries that are touches of ours, each with what had been before it."""
    outreach: int | None = None
    survey: int | None = None
    theirs: tuple[int, str] | None = None
    for k in range(int(talk.start[i]), int(talk.start[i + 1])):
        day, channel = int(talk.day[k]), talk.channels[talk.channel[k]]
        if talk.direction[k] in (IN, BOTH):
            theirs = (day, channel)
        if talk.direction[k] != OUT:
            continue
        purpose = PURPOSES[talk.purpose[k]] if talk.purpose[k] >= 0 else None
        yield (
            k,
            Touch(
                local(day, int(talk.second[k])),
                channel,
                purpose,
                outreach=bool(talk.outreach[k]) and purpose not in SERVING and (i, day) not in settled,
                text=texts.get(int(talk.record[k]), ""),
                since_outreach=None if outreach is None else day - outreach,
                since_survey=None if survey is None else day - survey,
                their_channel=theirs[1] if theirs and day - theirs[0] <= THEIR_CHANNEL_DAYS else None,
            ),
        )
        outreach = day if talk.outreach[k] else outreach
        survey = day if purpose is Purpose.SURVEY else survey


def _unlike(touch: Touch, preferred: str) -> bool:
    """Whether the channel is another than the one they were seen to prefer."""
    return touch.channel != preferred and (touch.outreach or touch.channel != touch.their_channel)


def _peace(stated: tuple[Preference, ...], broken_on: set[int], as_of: int) -> tuple[float, float]:
    """Days left in peace as they wished, and the aged successes they are: one in 91 days.

    Days on which they want closeness none, arm's length, or nothing at all, but for those on which a wish was broken.
    What is `a` days ago weighs 0.5^(a/365).
    """
    days = successes = 0.0
    for first, end, held in stretches(stated, as_of):
        if held.do_not_contact or (held.closeness and held.closeness.value in (Closeness.NONE, Closeness.ARMS_LENGTH)):
            spans = [(as_of - first, max(0, as_of - end), 1.0)]
            # The day of the wish itself has no length before it, today has none yet.
            spans += [(as_of - day, as_of - day - 1, -1.0) for day in broken_on if first <= day < min(end, as_of)]
            for oldest, newest, sign in spans:
                days += sign * (oldest - newest)
                successes += sign * YEAR / math.log(2.0) * (0.5 ** (newest / YEAR) - 0.5 ** (oldest / YEAR)) / QUIET_SPAN
    return days, successes


def _late(stated: tuple[Preference, ...], talk: Conversation, i: int, last_good: int | None, as_of: int) -> tuple[float, float]:
    """The day from which the wanted cadence runs, and how many of it have gone by beyond the first; three at most.

    It runs from the newest of the wish, their last sign, and our last touch that broke nothing. Nothing is late for
    those who want to be left in peace.
    """
    held: Wishes = wishes(stated, local(as_of, -1))
    wanted = held.cadence.days if held.cadence else None
    if held.cadence is None or wanted is None:
        return math.nan, 0.0
    mine = slice(int(talk.start[i]), int(talk.start[i + 1]))
    signs = talk.day[mine][talk.sign[mine]]
    ours = -math.inf if last_good is None else last_good
    since = max(day_number(held.cadence.when.day), ours, *signs[-1:].tolist())
    distant = held.closeness is not None and held.closeness.value in (Closeness.NONE, Closeness.ARMS_LENGTH)
    late = 0.0 if distant or held.do_not_contact else max(0.0, as_of - since - wanted) / wanted
    return since, min(MOST_LATE, late)


def _called(wish: Preference, channel: str) -> str:
    """What a breach is called in the sentence of the card."""
    match wish.kind:
        case PreferenceKind.DO_NOT_CONTACT | PreferenceKind.DO_NOT_CONTACT_BY:
            return "against do-not-contact"
        case PreferenceKind.HOURS:
            return "outside their hours"
        case PreferenceKind.CADENCE:
            return "sooner than they wish"
        case PreferenceKind.CLOSENESS:
            return "closer than they wish"
        case PreferenceKind.NOT_TOPIC:
            return f"about {wish.value}"
        case PreferenceKind.SURVEYS:
            return "a survey too many"
        case _:
            return f"by {channel}"
