"""What deserves attention, and how much: every reason a contact gives to act, with its published score.

The scores are explained in docs/explanation/agenda.md and are the owner's to set.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

import numpy as np

from relcli.domain.moment import day_number, day_of
from relcli.domain.plan import Plan
from relcli.domain.preference import Preference, wishes
from relcli.domain.promise import Promise, PromiseKind, Side
from relcli.domain.referral import THANKS
from relcli.domain.reminder import Reminder
from relcli.domain.wording import length
from relcli.health import words
from relcli.health.assess import Assessment
from relcli.health.conversation import BOTH, OUT, TRADE, places
from relcli.health.distance import local, said
from relcli.health.status import FALL, STATUSES, Status
from relcli.text import one_line

SOON = 3  # days ahead that count as soon
THANKS_DUE = 365  # days for which a referral waits for thanks
_THANKING = places(*THANKS)
MOST_WEEKS = 5


class ClaimKind(StrEnum):
    """Why somebody is on the agenda.

    `settle` is owed to somebody who wants no contact: done, not announced. `plan` is the next step of a plan of ours,
    `review` the day to look at it again, `reminder` a note to oneself: these need nobody but us.
    """

    OWED = "owed"
    SETTLE = "settle"
    UNHAPPY = "unhappy"
    UNANSWERED = "unanswered"
    PROMISE = "promise"
    AT_RISK = "at-risk"
    PLAN = "plan"
    REVIEW = "review"
    REMINDER = "reminder"
    CADENCE = "cadence"
    COOLING = "cooling"
    REFERRAL = "referral"
    BIRTHDAY = "birthday"
    SURVEY = "survey"


SERVING = frozenset(
    {ClaimKind.OWED, ClaimKind.SETTLE, ClaimKind.UNHAPPY, ClaimKind.UNANSWERED, ClaimKind.PROMISE}
)  # what serves them
ANYHOW = SERVING | {ClaimKind.REMINDER}  # what is listed whoever waits for whom


@dataclass(frozen=True, slots=True)
class Scores:
    """What each reason weighs; any numbers from 0 up.

    `owed` grows by one a week, by five at most, and by `complaint` for one; `cadence` by up to twice itself over four.
    """

    owed: float = 12.0
    complaint: float = 1.0
    unhappy: float = 11.0
    unanswered: float = 10.0
    due_today: float = 9.0
    due_soon: float = 6.0
    at_risk: float = 7.0
    plan: float = 5.0
    reminder: float = 5.0
    cadence: float = 4.0
    cooling: float = 4.0
    referral: float = 4.0
    birthday: float = 3.0
    survey: float = 2.0


@dataclass(frozen=True, slots=True)
class Claim:
    """One reason to act; `due` is the day it is for, `source` the ids of the records that say so."""

    kind: ClaimKind
    score: float
    due: date | None
    reason: str
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """Somebody they sent us: when, the id of the referral, and the name."""

    day: int
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What claims are made of besides the assessment.

    `asked` is the day a survey asked them last, None where none ever did, `survey` its name, `every` how many days they
    are left in peace after it. `plan` is the one that holds.
    """

    promises: Sequence[Promise] = ()
    preferences: Sequence[Preference] = ()
    birthday: str = ""
    prospect: bool = False
    asked: date | None = None
    survey: str = ""
    every: int = 0
    sent: Sequence[Sent] = ()
    plan: Plan | None = None
    reminders: Sequence[Reminder] = ()


def claims(assessment: Assessment, i: int, facts: Facts, *, days: int = SOON, scores: Scores | None = None) -> list[Claim]:
    """Every reason of the contact at place `i` to act within so many days, the weightiest first.

    Those that do not serve them are left out where they want to be left alone, but for notes to oneself. Nobody was asked
    for consent yet.
    """
    scores = scores or Scores()
    today = day_of(assessment.as_of)
    found = [*_owed(facts, today, days, scores), *_unhappy(assessment, i, scores), *_unanswered(assessment, i, facts, scores)]
    found += _noted(facts.reminders, today, scores)
    status = STATUSES[assessment.status[i]]
    closed = bool(assessment.evidence.archived[i] or assessment.distance.barred[i])
    if not closed:
        found += _cadence(assessment, i, facts, days, scores)
    if not (closed or leaves_alone(assessment, i)):
        found += [*_silence(assessment, i, status, scores), *_birthday(facts.birthday, today, days, scores)]
        found += [
            *_planned(facts.plan, today, days, scores),
            *_survey(facts, today, scores),
            *_referral(assessment, i, facts, scores),
        ]
    return sorted(found, key=lambda claim: (-claim.score, claim.due or date.max, claim.kind))


def leaves_alone(assessment: Assessment, i: int) -> bool:
    """Whether they are to be left alone but for what serves them, whatever else their status says."""
    near = assessment.distance
    apart = bool(near.barred[i] or near.none[i] or near.arms_length[i] or assessment.evidence.archived[i])
    return apart or bool(assessment.terms.crowded[i])


def _owed(facts: Facts, today: date, days: int, scores: Scores) -> list[Claim]:
    found = []
    for promise in facts.promises:
        if promise.owed_by is not Side.US or not promise.open_on(today) or promise.due is None:
            continue
        grave = promise.kind is PromiseKind.COMPLAINT
        what = "complaint" if grave else "promise"
        late = (today - promise.due).days
        if late > 0:
            kind, stands = ClaimKind.OWED, f"{words.days(late)} overdue"
            score = scores.owed + min(MOST_WEEKS, late // 7) + (scores.complaint if grave else 0.0)
        elif -late <= days or grave:  # an open complaint is never out of sight
            kind, stands = ClaimKind.PROMISE, f"due {_when(promise.due, today)}"
            score = (scores.due_today if late == 0 else scores.due_soon) + (scores.complaint if grave else 0.0)
        else:
            continue
        found.append(Claim(kind, score, promise.due, f'{what}, {stands}: "{one_line(promise.text)}"', (promise.id,)))
    return found


def _unhappy(assessment: Assessment, i: int, scores: Scores) -> list[Claim]:
    if not assessment.voice.unfollowed[i]:
        return []
    newest = assessment.voice.newest[i]
    age = float(assessment.voice.newest_age[i])
    when = "today" if age < 1 else f"{words.days(age)} ago"
    reason = f"was unhappy when asked {when} ({newest.survey}), and nothing followed"
    return [Claim(ClaimKind.UNHAPPY, scores.unhappy, newest.when.day, reason, (newest.id,))]


def _unanswered(assessment: Assessment, i: int, facts: Facts, scores: Scores) -> list[Claim]:
    mutual = assessment.reciprocity
    since = float(mutual.unanswered[i])
    age = assessment.as_of - since
    if math.isnan(since) or age < 1 or not (mutual.logged or facts.prospect):
        return []
    reason = f"wrote {words.days(age)} ago, and nobody answered"
    return [Claim(ClaimKind.UNANSWERED, scores.unanswered, day_of(int(since)), reason, _record(mutual.unanswered_record[i]))]


def _cadence(assessment: Assessment, i: int, facts: Facts, days: int, scores: Scores) -> list[Claim]:
    since = float(assessment.terms.since[i])
    if math.isnan(since) or assessment.distance.apart[i]:
        return []
    wish = wishes(said(facts.preferences), local(assessment.as_of, -1)).cadence
    if wish is None or wish.days is None:
        return []
    due = int(since) + wish.days
    if due > assessment.as_of + days:
        return []
    late = max(0.0, (assessment.as_of - due) / wish.days)
    reason = (
        f"wants to hear from us every {length(wish.value)}; {words.days(assessment.as_of - since)} since we were last in touch"
    )
    return [Claim(ClaimKind.CADENCE, scores.cadence + 2.0 * min(1.0, late), day_of(due), reason, (wish.id,))]


def _silence(assessment: Assessment, i: int, status: Status, scores: Scores) -> list[Claim]:
    kinds = {Status.AT_RISK: (ClaimKind.AT_RISK, scores.at_risk), Status.COOLING: (ClaimKind.COOLING, scores.cooling)}
    if status not in kinds:
        return []
    kind, score = kinds[status]
    beats = assessment.rhythm
    silent = words.silence(int(beats.n[i]), float(beats.silent[i]), float(beats.usual_gap[i]))
    fallen = -float(assessment.trend[i])
    if kind is ClaimKind.COOLING and fallen >= -FALL:
        silent = f"health fell by {fallen:.0f} points in 90 days; {silent}"
    return [Claim(kind, score, None, silent, _newest(assessment, i))]


def _newest(assessment: Assessment, i: int) -> tuple[str, ...]:
    """The id of the newest thing that came from them, where it is a record of its own."""
    if assessment.evidence.talk is None:
        return ()
    direction, record = assessment.evidence.talk.until(assessment.as_of).last_sign(i)
    return (f"{'t' if direction == TRADE else 'i'}_{record}",) if record >= 0 else ()


def _planned(plan: Plan | None, today: date, days: int, scores: Scores) -> list[Claim]:
    if plan is None:
        return []
    found = []
    for kind, due, what, about in (
        (ClaimKind.PLAN, plan.due, "our next step", f': "{plan.step}"'),
        (ClaimKind.REVIEW, plan.review, "our plan to review", f": {plan.aim}" if plan.aim else ""),
    ):
        if due is not None and (due - today).days <= days:
            found.append(Claim(kind, scores.plan, due, f"{what}, {_stands(due, today)}{about}", (plan.id,)))
    return found


def _noted(reminders: Sequence[Reminder], today: date, scores: Scores) -> list[Claim]:
    """The notes to oneself that are for that day or an earlier one, however far ahead one looks."""
    return [
        Claim(ClaimKind.REMINDER, scores.reminder, one.due, f"reminder, {_stands(one.due, today)}: {one.text}", (one.id,))
        for one in reminders
        if one.calls_on(today)
    ]


def _stands(due: date, today: date) -> str:
    late = (today - due).days
    return f"{words.days(late)} overdue" if late > 0 else _when(due, today)


def _birthday(text: str, today: date, days: int, scores: Scores) -> list[Claim]:
    if not text:
        return []
    month, day = int(text[-5:-3]), int(text[-2:])
    for year in (today.year, min(today.year + 1, MAXYEAR)):
        on = date(year, month, min(day, calendar.monthrange(year, month)[1]))  # 29 February is kept on the 28th of other years
        if 0 <= (on - today).days <= days:
            return [Claim(ClaimKind.BIRTHDAY, scores.birthday, on, f"birthday {_when(on, today)}")]
    return []


def _survey(facts: Facts, today: date, scores: Scores) -> list[Claim]:
    """Those whom a survey asked before; whom to begin with is the owner's to say."""
    if facts.asked is None or not facts.every or (today - facts.asked).days < facts.every:
        return []
    which = f" ({facts.survey})" if facts.survey else ""
    reason = f"asked how it is {words.days((today - facts.asked).days)} ago{which}: due again"
    return [Claim(ClaimKind.SURVEY, scores.survey, facts.asked + timedelta(days=facts.every), reason)]


def _referral(assessment: Assessment, i: int, facts: Facts, scores: Scores) -> list[Claim]:
    """Whom they sent within a year, and since when nobody thanked them; a gift is thanks, too."""
    thanked, talk = -math.inf, assessment.evidence.talk
    if facts.sent and talk is not None:
        mine = slice(int(talk.start[i]), int(talk.start[i + 1]))
        ours = np.isin(talk.direction[mine], (OUT, BOTH)) & np.isin(talk.purpose[mine], _THANKING)
        thanked = max(talk.day[mine][ours & (talk.day[mine] <= assessment.as_of)].tolist(), default=-math.inf)
    waiting = [one for one in facts.sent if 0 <= assessment.as_of - one.day <= THANKS_DUE and one.day > thanked]
    if not waiting:
        return []
    newest = max(waiting, key=lambda one: (one.day, one.id))
    more = f" and {words.others(len(waiting) - 1)}" if waiting[1:] else ""
    day = words.on_day(newest.day, assessment.as_of)
    reason = f"sent us {one_line(newest.name)}{more} on {day}, and nobody thanked them"
    return [Claim(ClaimKind.REFERRAL, scores.referral, None, reason, tuple(one.id for one in waiting))]


def _when(day: date, today: date) -> str:
    ahead = (day - today).days
    return "today" if ahead == 0 else "tomorrow" if ahead == 1 else f"on {words.on_day(day_number(day), day_number(today))}"


def _record(number: float) -> tuple[str, ...]:
    return () if number < 0 else (f"i_{int(number)}",)
