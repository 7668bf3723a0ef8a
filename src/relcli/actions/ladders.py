"""The ladder of a whole book: how many stand on each rung, and who rose and fell since a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from relcli.actions.assessments import Assessed
from relcli.actions.desk import Desk
from relcli.actions.moments import day
from relcli.domain.contact import Contact
from relcli.domain.duration import duration
from relcli.domain.moment import day_of
from relcli.domain.stage import STAGES, Stage, height
from relcli.errors import Misused
from relcli.health.ladder import Climb, climb
from relcli.health.stage import NONE


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who stands on another rung than before, None for none; why, and the records that say so."""

    contact: Contact
    before: Stage | None
    now: Stage | None
    why: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """How many stand on each rung that has anybody, from the lowest; `by_referral` of the advocates buy nothing, and send others.

    `rose` and `fell` are those who moved since the end of a day, the farthest first; empty where nobody asked.
    """

    counts: Mapping[Stage, int]
    by_referral: int
    since: date | None = None
    rose: tuple[Move, ...] = ()
    fell: tuple[Move, ...] = ()


def since_day(text: str | None, desk: Desk, on: date) -> date | None:
    """The day that a date, words or a length of time before `on` name. Raises Misused where it is not before `on`."""
    if text is None:
        return None
    try:
        since = on - timedelta(days=duration(text))
    except ValueError:
        since = day(text, desk.book.zone, now=desk.now, dates=desk.settings.dates)
    except OverflowError:
        raise Misused(f'--since "{text}" is before any calendar', "write a day, or a shorter time: 90d, 6m, 1y") from None
    if since >= on:
        raise Misused(f"--since {since} is not before the day of the report, {on}", "nothing can have moved since then")
    return since


def ladder_of(assessed: Assessed, places: Collection[int], before: Assessed | None = None) -> Ladder:
    """The ladder of those at these places who are not set aside, and with the same book assessed `before` who moved since."""
    places = [i for i in places if not assessed.assessment.evidence.archived[i]]
    counts = Counter(stage for i in places if (stage := _stage(assessed, i)) is not None)
    buyers = assessed.assessment.loyalty.count > 0
    found = Ladder(
        counts={stage: counts[stage] for stage in STAGES if counts[stage]},
        by_referral=sum(not buyers[i] and _stage(assessed, i) is Stage.ADVOCATE for i in places),
    )
    if before is None:
        return found
    moves = [_moved(assessed, before, i) for i in places if assessed.stages[i] != before.stages[i]]
    moves.sort(key=lambda m: (-abs(height(m.now) - height(m.before)), m.contact.name, m.contact.id))
    return Ladder(
        found.counts,
        found.by_referral,
        day_of(before.assessment.as_of),
        rose=tuple(m for m in moves if height(m.now) > height(m.before)),
        fell=tuple(m for m in moves if height(m.now) < height(m.before)),
    )


def _moved(assessed: Assessed, before: Assessed, i: int) -> Move:
    then, now = _stage(before, i), _stage(assessed, i)
    found = climb(assessed.assessment, i, int(assessed.stages[i]))
    if height(now) > height(then):
        top = next((rung for rung in reversed(found.rungs) if rung.stage is now), None)
        return Move(assessed.contacts[i], then, now, top.reason if top else "", top.records if top else ())
    return Move(assessed.contacts[i], then, now, _why_fallen(found), ())


def _why_fallen(found: Climb) -> str:
    told = (found.satisfaction, found.lost) if found.stage is Stage.FIRST_TIME else (found.lost, found.satisfaction)
    return next((words for words in told if words), "")


def _stage(assessed: Assessed, i: int) -> Stage | None:
    place = int(assessed.stages[i])
    return None if place == NONE else STAGES[place]
