"""One contact on the ladder: the proof of each rung, what the next one needs, and why one is out of reach or lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from relcli.domain.moment import day_number, day_of
from relcli.domain.promise import Promise
from relcli.domain.stage import STAGES, Stage
from relcli.domain.survey import Response
from relcli.health import words
from relcli.health.assess import Assessment
from relcli.health.scorecard import on_scale
from relcli.health.stage import (
    LOYAL_RHYTHM,
    LOYAL_SPAN,
    LOYAL_TIMES,
    NONE,
    REFERRAL_HOLDS,
    is_content,
    is_open_complaint,
    satisfied_by,
)


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung that is proven: by what, in words, and by which records."""

    stage: Stage
    reason: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Climb:
    """Where a contact stands on the ladder; `stage` is None for those who are not on it.

    `rungs` are proven, the lowest first; one that was jumped over (satisfied) is missing. `by_referral`: they buy nothing, and
    send others. `next` is what the next rung needs, `satisfaction` why it is unproven that they are satisfied, `lost` why a
    rung is lost that they have earned; each is empty where there is nothing to say.
    """

    stage: Stage | None
    by_referral: bool
    rungs: tuple[Rung, ...]
    next: str
    satisfaction: str
    lost: str

    @property
    def proof(self) -> tuple[Rung, ...]:
        """The rungs that prove the stage itself (of what lapsed, the last one), and that they are satisfied."""
        top = self.rungs[-1].stage if self.stage is Stage.LAPSED and self.rungs else self.stage
        return tuple(rung for rung in self.rungs if rung.stage in (top, Stage.SATISFIED))


def climb(assessment: Assessment, i: int, place: int, *, asked: date | None = None) -> Climb:
    """The ladder of the contact at place `i`, whose stage is at `place` in STAGES; `asked` is when a survey asked them last."""
    return _Reader(assessment, i, None if place == NONE else STAGES[place], asked).climb()


class _Reader:
    """What the records of one contact say about the ladder."""

    def __init__(self, assessment: Assessment, i: int, stage: Stage | None, asked: date | None) -> None:
        self.a, self.i, self.stage, self.asked = assessment, i, stage, asked
        self.as_of, self.today = assessment.as_of, day_of(assessment.as_of)
        evidence = assessment.evidence
        self.given: Sequence[Promise] = evidence.given.get(i, ())
        self.newest: Response | None = assessment.voice.newest.get(i)
        self.turns = [] if evidence.turns is None else evidence.turns.until(i, self.as_of)
        self.sent = [] if evidence.sent is None else evidence.sent.until(i, self.as_of)
        self.days = sorted({day for day, _ in self.turns})
        self.complaints = [promise for promise in self.given if is_open_complaint(promise, self.today)]
        purchases = evidence.purchases
        self.turn = "purchase" if purchases is not None and purchases[i] else "order"

    def climb(self) -> Climb:
        return Climb(
            stage=self.stage,
            by_referral=self.stage is Stage.ADVOCATE and not self.days,
            rungs=tuple(self._rungs()),
            next=self._next(),
            satisfaction=self._unproven(),
            lost=self._lost(),
        )

    def _rungs(self) -> Iterator[Rung]:
        days, stage = self.days, self.stage
        if stage is None:
            return
        if not days:
            if stage is Stage.PROSPECT:
                yield Rung(stage, f"no {self.turn} yet")
            elif self._fresh():
                yield self._advocate()
            return
        yield Rung(Stage.FIRST_TIME, f"first {self.turn} on {self._on(days[0])}", self._of(days[0]))
        if proof := self._satisfied():
            yield proof
        if len(days) > 1:
            reason = f"{len(days)} {self.turn}s since {self._on(days[0])}"
            yield Rung(Stage.REPEAT, reason, self._of(days[1]))
        if stage in (Stage.LOYAL, Stage.ADVOCATE):
            reason = f"{len(days)} {self.turn}s in {words.days(days[-1] - days[0])}, rhythm {self.a.rhythm.value[self.i]:.0f}"
            yield Rung(Stage.LOYAL, reason, tuple(dict.fromkeys(self._of(days[0]) + self._of(days[1]) + self._of(days[-1]))))
        if stage is Stage.ADVOCATE:
            yield self._advocate()

    def _satisfied(self) -> Rung | None:
        found = satisfied_by(self.newest, self.given, day_of(self.days[0]), self.today)
        if found is None or self.complaints:
            return None
        if isinstance(found, Response):
            return Rung(Stage.SATISFIED, self._answer(found), (found.id,))
        return Rung(Stage.SATISFIED, f"a promise of ours kept on {self._on(day_number(found.closed or self.today))}", (found.id,))

    def _advocate(self) -> Rung:
        fresh = self._fresh()
        reason = f"sent somebody on {self._on(fresh[-1][0])}"
        more = f", and {words.others(len(fresh) - 1)} in two years" if fresh[1:] else ""
        return Rung(Stage.ADVOCATE, reason + more, tuple(f"r_{number}" for _, number in fresh[::-1]))

    def _next(self) -> str:
        near, stage = self.a.distance, self.stage
        if stage in (None, Stage.ADVOCATE):
            return ""
        if near.barred[self.i]:
            return "nothing is asked of them: they want no contact"
        if near.none[self.i]:
            return "nothing is asked of them: they want no closeness"
        match stage:
            case Stage.PROSPECT:
                return f"first-time needs a first {self.turn}"
            case Stage.FIRST_TIME:
                return f"satisfied needs {words.listed(self._for_satisfied())}"
            case Stage.SATISFIED:
                return f"repeat needs a second {self.turn}"
            case Stage.REPEAT:
                return f"loyal needs {words.listed(self._for_loyal())}"
            case Stage.LOYAL:
                return "advocate needs a referral from them"
            case Stage.LAPSED:
                return "needs a sign from them to come back"
        return ""

    def _for_satisfied(self) -> list[str]:
        needs = [f"{promise.id} put right" for promise in self.complaints]
        if satisfied_by(self.newest, self.given, day_of(self.days[0]), self.today) is None:
            needs.append("an answer of 70 % or more, or a promise of ours kept")
        return needs

    def _for_loyal(self) -> list[str]:
        needs = []
        first, count = self.days[0], len(self.days)
        if count < LOYAL_TIMES or self.days[-1] - first < LOYAL_SPAN:
            another = f"a third {self.turn}" if count < LOYAL_TIMES else f"another {self.turn}"
            from_day = first + LOYAL_SPAN
            needs.append(f"{another} on {self._on(from_day)} or later" if from_day > self.as_of else another)
        return needs + self._against_loyal()

    def _against_loyal(self) -> list[str]:
        """What stands in the way of loyalty besides too few transactions."""
        needs, rhythm = [], float(self.a.rhythm.value[self.i])
        if rhythm < LOYAL_RHYTHM:
            needs.append(f"a rhythm of {LOYAL_RHYTHM:.0f} (now {rhythm:.0f})")
        elif not rhythm >= LOYAL_RHYTHM:  # unknown: contact rests, or begins again
            needs.append("a sign from them")
        needs += [f"{promise.id} put right" for promise in self.complaints]
        if self.a.voice.unhappy[self.i] and self.newest is not None:
            needs.append(f"a happier answer than {self.newest.id}")
        return needs

    def _unproven(self) -> str:
        """Why it is not proven that they are satisfied; empty where it is, and off the ladder."""
        if not self.days or self.stage in (None, Stage.LAPSED) or self._satisfied() is not None:
            return ""
        if self.complaints:
            why = f"a complaint is open ({self.complaints[0].id})"
        elif self.newest is None:
            why = "never asked" if self.asked is None else f"asked on {self._on(day_number(self.asked))}, and no answer"
        elif not is_content(self.newest):
            why = f"only {self._answer(self.newest)} ({self.newest.id})"
        else:
            why = f"{self._answer(self.newest)} is more than a year ago ({self.newest.id})"
        return f"satisfaction unproven: {why}"

    def _lost(self) -> str:
        days, stage, buys = self.days, self.stage, self.a.evidence.buys
        if stage is None and not self.a.evidence.loyalty_applies[self.i]:
            return "their organisation does the buying" if buys is not None and buys[self.i] else ""
        if stage is Stage.LAPSED:
            beats = self.a.rhythm
            silent = words.silence(int(beats.n[self.i]), float(beats.silent[self.i]), float(beats.usual_gap[self.i]))
            return f"{silent}; {words.percent(float(beats.value[self.i]))} to hear from them again"
        if stage is Stage.REPEAT and len(days) >= LOYAL_TIMES and days[-1] - days[0] >= LOYAL_SPAN:
            if self.a.distance.barred[self.i] or self.a.distance.none[self.i]:
                return f"loyal by their {self.turn}s; as they wish to be left alone, there is no rhythm to prove it by"
            return f"loyal by their {self.turn}s, but needs {words.listed(self._against_loyal())}"
        if stage is Stage.FIRST_TIME and self.newest is not None and is_content(self.newest) and not self.complaints:
            return f"satisfied until a year after their answer ({self.newest.id})"
        if self.sent and not self._fresh() and stage in (Stage.LOYAL, Stage.PROSPECT, None):
            day, number = self.sent[-1]
            return f"the last they sent was more than two years ago, on {self._on(day)} (r_{number})"
        return ""

    def _fresh(self) -> list[tuple[int, int]]:
        """The referrals that count, the oldest first."""
        return [(day, number) for day, number in self.sent if self.as_of - day <= REFERRAL_HOLDS]

    def _answer(self, response: Response) -> str:
        value, most = on_scale(response)
        return f"{value} of {most} on {self._on(day_number(response.when.day))}"

    def _of(self, day: int) -> tuple[str, ...]:
        """The id of the first transaction of a day."""
        return next(((f"t_{number}",) for on, number in self.turns if on == day), ())

    def _on(self, day: int) -> str:
        return words.on_day(day, self.as_of)
