"""One contact's card out of an assessed book."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from relcli.domain.component import COMPONENTS
from relcli.domain.moment import day_number
from relcli.domain.survey import Response
from relcli.health import words
from relcli.health.assess import Assessment
from relcli.health.status import STATUSES, Status


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a card.

    `value`, `low`, `high` are 0-100 and None where unknown or where it does not apply.
    """

    name: str
    value: float | None
    applies: bool
    low: float | None
    high: float | None
    reliability: float
    weight: float
    evidence: int
    newest_age: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One contact's card in plain values: 0-100, days as whole numbers since 1970-01-01, None unknown."""

    as_of: int
    status: Status
    health: float | None
    health_unheld: float | None
    held: str
    low: float | None
    high: float | None
    coverage: float
    trend: float | None
    components: tuple[Component, ...]
    silent_risk: float | None
    expected: float | None
    expected_next: int | None
    usual_gap: float | None
    gap_low: float | None
    gap_high: float | None
    silent: int | None
    horizon_days: int
    own_horizon: int
    silence: str
    reason: str
    next_step: str


def scorecard(assessment: Assessment, i: int, *, ranges: bool = True) -> Scorecard:
    """The card of the contact at position `i`; without `ranges` the tallies get none, which is much quicker."""
    beats, as_of = assessment.rhythm, assessment.as_of
    word = STATUSES[assessment.status[i]]
    signs = int(beats.n[i])
    low, high = _plain(beats.gap_low[i]), _plain(beats.gap_high[i])
    silent = words.silence(signs, float(beats.silent[i]), float(beats.usual_gap[i]), low, high) if signs else ""
    of_rhythm = words.rhythm(silent, signs, _plain(beats.value[i]), as_of + int(beats.horizon[i]), as_of)
    facts = words.Facts(
        as_of=as_of,
        signs=signs,
        silent=silent,
        rhythm=of_rhythm,
        first_age=_plain(assessment.first_age[i]),
        risk=_plain(beats.silent_risk[i]),
        coverage=float(assessment.health.coverage[i]),
        expected_next=_whole(beats.expected_next[i]),
        archived=bool(assessment.evidence.archived[i]),
        none=bool(assessment.distance.none[i]),
        overdue=int(assessment.promises.overdue_days[i]),
        complaint=int(assessment.promises.complaint_days[i]),
    )
    return Scorecard(
        as_of=as_of,
        status=word,
        health=_plain(assessment.health.value[i]),
        health_unheld=_plain(assessment.health.unheld[i]),
        held=_held(assessment, i),
        low=_plain(assessment.health.low[i]),
        high=_plain(assessment.health.high[i]),
        coverage=facts.coverage,
        trend=_plain(assessment.trend[i]),
        components=tuple(_component(assessment, name, i, of_rhythm, ranges=ranges) for name in COMPONENTS),
        silent_risk=facts.risk,
        expected=_plain(beats.expected[i]),
        expected_next=facts.expected_next,
        usual_gap=float(beats.usual_gap[i]) if signs > 1 else None,
        gap_low=low,
        gap_high=high,
        silent=_whole(beats.silent[i]),
        horizon_days=int(beats.horizon[i]),
        own_horizon=int(beats.own_horizon[i]),
        silence=silent,
        reason=words.reason(word, facts),
        next_step=words.next_step(word, facts),
    )


def _component(assessment: Assessment, name: str, i: int, of_rhythm: str, *, ranges: bool) -> Component:
    mark = assessment.marks[name]
    applies, known = bool(mark.applies[i]), bool(mark.known[i])
    low: float | None = None
    high: float | None = None
    if name == "rhythm":
        low, high = _plain(assessment.rhythm.low[i]), _plain(assessment.rhythm.high[i])
    elif known and ranges:
        low, high = assessment.range_of(name, i)
    return Component(
        name=name,
        value=_plain(mark.value[i]) if applies else None,
        applies=applies,
        low=low if applies else None,
        high=high if applies else None,
        reliability=float(mark.reliability[i]) if applies else 0.0,
        weight=assessment.weights.of(name),
        evidence=int(mark.evidence[i]),
        newest_age=_whole(mark.newest_age[i]),
        reason=(of_rhythm if name == "rhythm" else _reason(assessment, name, i)) if applies else "does not apply",
    )


def _reason(assessment: Assessment, name: str, i: int) -> str:
    """One sentence for a tally."""
    match name:
        case "terms":
            t = assessment.terms
            said = (day_number(wish.when.day) for wish in assessment.evidence.wanted.get(i, ()))
            wished = any(day <= assessment.as_of for day in said)
            return words.terms(
                int(t.judged[i]), int(t.honoured[i]), t.breaches.get(i, {}), float(t.late[i]), float(t.quiet[i]), wished=wished
            )
        case "reciprocity":
            r = assessment.reciprocity
            return words.reciprocity(
                int(r.count[i]), int(r.asked[i]), int(r.answered[i]), int(r.written[i]), int(r.replied[i]), logged=r.logged
            )
        case "promises":
            p = assessment.promises
            made = (day_number(promise.made) for promise in assessment.evidence.given.get(i, ()))
            if not any(day <= assessment.as_of for day in made):
                return "none recorded"
            counts = (p.ours[i], p.ours_kept[i], p.theirs[i], p.theirs_kept[i], p.late[i])
            return words.promises(*(int(count) for count in counts), overdue=int(p.overdue_days[i]))
        case "loyalty":
            returns, purchases = assessment.loyalty, assessment.evidence.purchases
            return words.loyalty(
                int(returns.count[i]),
                float(returns.first_age[i]),
                float(returns.last_age[i]),
                float(returns.turn[i]),
                purchases=purchases is not None and bool(purchases[i]),
                sent=int(returns.sent[i]),
            )
        case "voice" if i in assessment.voice.newest:
            newest = assessment.voice.newest[i]
            return words.voice(newest.survey, *on_scale(newest), day_number(newest.when.day), assessment.as_of)
    return "never asked"


def on_scale(response: Response) -> tuple[int, int]:
    """What a response says on the scale of its one scored item; of several, in tenths of all of them."""
    scored = [answer for answer in response.answers if answer.share is not None]
    if len(scored) == 1 and scored[0].value is not None:
        return scored[0].value, scored[0].high
    return round(10 * (response.score or 0.0)), 10


def _held(assessment: Assessment, i: int) -> str:
    """Why health is capped; empty where it is not."""
    value, unheld = _plain(assessment.health.value[i]), _plain(assessment.health.unheld[i])
    if value is None or unheld is None or value >= unheld:
        return ""
    kept = assessment.promises
    return words.held(
        value,
        int(kept.overdue_days[i]),
        complaint=int(kept.complaint_days[i]),
        harmed=bool(assessment.terms.harmed[i]),
        unhappy=bool(assessment.voice.unhappy[i]),
    )


def _plain(value: np.float64) -> float | None:
    return None if math.isnan(value) else float(value)


def _whole(value: np.float64) -> int | None:
    return None if math.isnan(value) else round(float(value))
