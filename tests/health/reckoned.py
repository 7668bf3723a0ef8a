"""The metric reckoned again, plainly and slowly, one relationship at a time, straight from its rules.

It shares no formula with the program: what both say alike is unlikely to be the same mistake twice. Rhythm, warning
and usual gap are taken as given. Rules: docs/explanation/metric.md.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from relcli.domain.preference import Preference, Source
from relcli.domain.promise import Promise
from relcli.domain.survey import Response

NEVER_A_REPLY = {"marketing", "pitch", "survey", "referral-request"}
AN_ASK = {"advice", "help", "favour", "check-in", "pitch", "survey", "referral-request", "other", ""}
WRITTEN = {"email", "letter", "sms", "social", "web"}
NO_CLOCK = -1  # a touch of which only the day is known
SEEN = {"email", "phone", "video", "letter", "sms", "chat", "social"}
RINGS = {"phone", "sms", "chat", "video", "visit"}
AT_ARMS_LENGTH = {"service", "order", "complaint", "thanks", "advice"}
WEIGHTS = {"rhythm": 25, "terms": 20, "reciprocity": 15, "promises": 15, "voice": 15, "loyalty": 10}
TALLIES = ("terms", "reciprocity", "promises", "loyalty")


@dataclass(frozen=True)
class Event:
    """A touch (`in`, `out`, `both`), or a `sale`, `purchase`, `kept` promise of theirs, `referral`, `answer` to a survey."""

    day: date
    kind: str
    channel: str = ""
    purpose: str = ""
    minute: int | None = None  # of the day, UTC
    number: int = 0

    @property
    def place(self) -> tuple[date, int, int]:
        """Where it stands in time: without a clock theirs comes first, a trade after what they wrote, ours last."""
        clock = 1 + self.minute if self.minute is not None else 9999 if self.kind == "out" else 0
        return (
            self.day,
            clock,
            {"sale": 1_000_001, "purchase": 1_000_001, "kept": 1_000_000, "referral": 1_000_000}.get(self.kind, self.number),
        )


@dataclass
class Person:
    """Everything recorded of one relationship."""

    name: str
    roles: tuple[str, ...]
    events: list[Event] = field(default_factory=list)
    wishes: list[Preference] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One line of a tally."""

    tally: str
    what: str
    age: int | None
    success: float
    failure: float


def half(age: float, life: float = 365) -> float:
    return float(0.5 ** (age / life))


def _days(count: float) -> str:
    return "1 day" if count == 1 else f"{count:.0f} days"


class Reckoning:
    """One relationship at the end of one day."""

    def __init__(self, person: Person, today: date, usual: float, book_turn: float, *, logged: bool) -> None:
        self.person, self.today, self.usual, self.book_turn, self.logged = person, today, usual, book_turn, logged
        kept = [
            Event(p.closed, "kept") for p in person.promises if p.owed_by == "them" and p.how == "kept" and p.closed is not None
        ]
        self.events = sorted((e for e in [*person.events, *kept] if e.day <= today), key=lambda e: e.place)
        self.ours = [e for e in self.events if e.kind == "out"]
        self.signs = [e for e in self.events if e.kind != "out"]
        self.replies = list(self._replies())
        self.harmed: list[date] = []
        self.outreaches: list[tuple[date, bool]] = []
        self.steps = [*self._terms(), *self._reciprocity(), *self._promises(), *self._loyalty()]

    def age(self, day: date) -> int:
        return (self.today - day).days

    def after(self, event: Event) -> list[Event]:
        return self.events[self.events.index(event) + 1 :]

    def before(self, event: Event) -> list[Event]:
        return self.events[: self.events.index(event)]

    def _replies(self) -> Iterator[Event]:
        for sign in self.signs:
            able = [e for e in self.after(sign) if e.kind == "out" and e.purpose not in NEVER_A_REPLY]
            if able and (able[0].day - sign.day).days <= 14:
                yield from (e for e in able if (e.day - able[0].day).days <= 3)

    # --- wishes ---

    def said(self, kind: str, day: date, minute: int | None = None, value: str = "") -> Preference | None:
        """The newest stated wish of a kind that holds then."""
        found = [w for w in self.all_said(day, minute) if w.kind == kind and (not value or w.value == value)]
        return max(found, key=lambda w: (w.when.day, w.number), default=None)

    def all_said(self, day: date, minute: int | None = None) -> list[Preference]:
        """Every stated wish that holds then and is not lifted."""
        known = [w for w in self.person.wishes if w.source is Source.STATED and self._known(w, day, minute)]
        return [w for w in known if (w.until is None or day <= w.until) and not self._lifted(w, known)]

    @staticmethod
    def _known(wish: Preference, day: date, minute: int | None) -> bool:
        """By the end of that day; before a touch (which has a minute, NO_CLOCK if none) on its own day by the clock alone."""
        if minute is None or wish.when.day != day:
            return wish.when.day <= day
        return wish.when.at is not None and wish.when.at.hour * 60 + wish.when.at.minute <= minute

    @staticmethod
    def _lifted(wish: Preference, known: Sequence[Preference]) -> bool:
        newer = [w for w in known if (w.when.day, w.number) > (wish.when.day, wish.number)]
        if wish.kind == "do-not-contact":
            return any(w.kind in ("closeness", "cadence", "channel") and w.value != "none" for w in newer)
        if wish.kind == "do-not-contact-by":
            return any(w.kind == "channel" and w.value == wish.value for w in newer)
        return False

    @staticmethod
    def _moment(touch: Event) -> tuple[date, int]:
        return touch.day, NO_CLOCK if touch.minute is None else touch.minute

    def apart(self, day: date) -> bool:
        """Closeness none, or do-not-contact everywhere."""
        closeness = self.said("closeness", day)
        return self.said("do-not-contact", day) is not None or (closeness is not None and closeness.value == "none")

    def observed(self, touch: Event) -> str:
        """The channel they had been seen to prefer, empty for none."""
        began = [e.channel for e in self.before(touch) if e.kind == "in" and e.channel in SEEN]
        if len(began) < 3:
            return ""
        most = max(began.count(c) for c in began)
        return next(c for c in reversed(began) if began.count(c) == most)

    # --- the tallies ---

    def _terms(self) -> Iterator[Step]:
        good: list[date] = []
        bad: list[date] = []
        for touch in self.ours:
            wishes = self.all_said(*self._moment(touch))
            wrong = self._broken(touch)
            observed = (
                ""
                if any(w.kind in ("channel", "not-channel") for w in wishes) or touch.channel == "other"
                else self.observed(touch)
            )
            unlike = (
                bool(observed)
                and touch.channel != observed
                and not (self._serves(touch) and touch.channel == self._theirs(touch))
            )
            weight, age = half(self.age(touch.day)), self.age(touch.day)
            what = f"{touch.channel}{' ' + touch.purpose if touch.purpose else ''}"
            if touch not in self.replies:
                self.outreaches.append(
                    (touch.day, bool({"cadence", "closeness", "do-not-contact", "do-not-contact-by"} & set(wrong)))
                )
            (bad if wrong else good).append(touch.day)
            if wrong:
                grave = wrong[0].startswith("do-not-contact")
                self.harmed += [touch.day] if grave and age <= 90 else []
                yield Step("terms", f"{what}: against {wrong[0]}", age, 0.0, 3 * weight if grave else weight)
            elif unlike:
                yield Step("terms", f"{what}: not by {observed}, as observed", age, 0.0, weight / 2)
            elif wishes:
                yield Step("terms", f"{what}: as they wish", age, weight, 0.0)
            elif observed:
                yield Step("terms", f"{what}: as observed", age, weight / 2, 0.0)
        yield from self._peace(set(bad))
        yield from self._late(good)

    def _serves(self, touch: Event) -> bool:
        """Not an outreach for terms: a reply, service, or what settles a promise of ours."""
        settles = any(p.owed_by == "us" and p.how == "kept" and p.closed == touch.day for p in self.person.promises)
        return touch in self.replies or touch.purpose in ("service", "order", "complaint") or settles

    def _theirs(self, touch: Event) -> str:
        """The channel they used last within 14 days."""
        began = [e for e in self.before(touch) if e.kind in ("in", "both")]
        return began[-1].channel if began and (touch.day - began[-1].day).days <= 14 else ""

    def _broken(self, touch: Event) -> list[str]:
        """What the touch broke, the gravest first."""
        when = self._moment(touch)
        found = ["do-not-contact"] if self.said("do-not-contact", *when) else []
        if not (self._serves(touch) and touch.channel == self._theirs(touch)):
            found += ["do-not-contact-by"] if self.said("do-not-contact-by", *when, value=touch.channel) else []
            wanted, spared = (
                self.said("channel", *when, value=touch.channel),
                self.said("not-channel", *when, value=touch.channel),
            )
            if wanted and spared:
                refused = (spared.when.day, spared.number) > (wanted.when.day, wanted.number)
            else:
                refused = bool(spared) or (not wanted and self._wants_another(touch))
            found += ["channel"] if refused and touch.channel != "other" else []
        hours = self.said("hours", *when)
        if hours and touch.minute is not None and touch.channel in RINGS:
            first, last = (int(hour) * 60 for hour in hours.value.split("-"))
            found += [] if first <= touch.minute < last else ["hours"]
        if not self._serves(touch):
            closeness, cadence = self.said("closeness", *when), self.said("cadence", *when)
            if closeness and (
                closeness.value == "none" or (closeness.value == "arms-length" and touch.purpose not in AT_ARMS_LENGTH)
            ):
                found.append("closeness")
            previous = [e.day for e in self.before(touch) if e.kind == "out" and e not in self.replies]
            if cadence and cadence.days and previous and (touch.day - previous[-1]).days < 0.75 * cadence.days:
                found.append("cadence")
        return found

    def _wants_another(self, touch: Event) -> bool:
        """Whether some channel is wanted, and its wish not followed by the opposite one."""
        for wish in self.all_said(*self._moment(touch)):
            against = self.said("not-channel", *self._moment(touch), value=wish.value)
            if wish.kind == "channel" and not (against and (against.when.day, against.number) > (wish.when.day, wish.number)):
                return True
        return False

    def _peace(self, bad: set[date]) -> Iterator[Step]:
        """Each day between a wish for distance and today, but days of a breach, is a 91st of a success."""
        total = days = 0.0
        for back in range(self.age(min((w.when.day for w in self.person.wishes), default=self.today))):
            day = date.fromordinal(self.today.toordinal() - back - 1)
            closeness = self.said("closeness", day)
            near = self.said("do-not-contact", day) is None and (
                closeness is None or closeness.value not in ("none", "arms-length")
            )
            if not near and day not in bad:
                days += 1
                total += half(back + 0.5) / 91  # the middle of the day speaks for it
        if days:
            yield Step("terms", f"{days:.0f} days in peace / 91, aged", None, total, 0.0)

    def _late(self, good: list[date]) -> Iterator[Step]:
        cadence, closeness = self.said("cadence", self.today), self.said("closeness", self.today)
        distant = self.apart(self.today) or (closeness is not None and closeness.value == "arms-length")
        if cadence is None or not cadence.days or distant:
            return
        newest = max([cadence.when.day, *good, *(e.day for e in self.signs)])
        late = max(0, self.age(newest) - cadence.days) / cadence.days
        if late:
            yield Step(
                "terms", f"late: ({self.age(newest)} - {cadence.days}) / {cadence.days}, at most 3", None, 0.0, min(3.0, late)
            )

    @property
    def wait(self) -> float:
        """R."""
        asks = [e for e in self.ours if self._asks(e)]
        times = []
        for k, ask in enumerate(asks):
            heard = [e.day for e in self.after(ask) if e.kind != "out"]
            # An answer after the next ask is an answer to that one; after sixty days it is none to either.
            if heard and (heard[0] - ask.day).days <= 60 and (k + 1 == len(asks) or heard[0] <= asks[k + 1].day):
                times.append((heard[0] - ask.day).days)
        return max(14, 2 * statistics.median(times) if times else 0, min(60, self.usual))

    def _asks(self, touch: Event) -> bool:
        return touch.kind == "out" and touch not in self.replies and touch.purpose in AN_ASK

    def _written(self, event: Event) -> bool:
        return event.kind == "in" and event.channel in WRITTEN and event.purpose not in ("thanks", "order", "gift")

    def answered_after(self, event: Event) -> float:
        """Days until we answered something of theirs."""
        kinds = ("out", "both", "sale", "purchase")
        ours = [e.day for e in self.after(event) if e.kind in kinds and e.purpose not in NEVER_A_REPLY]
        return (ours[0] - event.day).days if ours else math.inf

    def _reciprocity(self) -> Iterator[Step]:
        for event in self.events:
            age, weight = self.age(event.day), half(self.age(event.day))
            name = f"{event.channel}{' ' + event.purpose if event.purpose else ''}"
            if event.kind == "both":
                yield Step("reciprocity", f"{name}, together", age, weight, 0.0)
            elif event.kind == "in" and not self._written(event):
                yield Step("reciprocity", f"their {name}", age, weight, 0.0)
            elif event.kind == "in":
                days = self.answered_after(event)
                if days <= 7:
                    yield Step("reciprocity", f"their {name}, answered in {_days(days)}", age, weight, 0.0)
                elif days <= 21:
                    yield Step("reciprocity", f"their {name}, answered in {_days(days)}", age, weight / 2, weight / 2)
                elif age > 7 and self.logged:
                    yield Step("reciprocity", f"their {name}, not answered", age, 0.0, weight)
            elif self._asks(event):
                heard = [e.day for e in self.after(event) if e.kind != "out"]
                if heard and (heard[0] - event.day).days <= self.wait:
                    yield Step("reciprocity", f"our {name}, answered in {_days((heard[0] - event.day).days)}", age, weight, 0.0)
                elif age > self.wait:
                    yield Step("reciprocity", f"our {name}, not answered in {self.wait:g} days", age, 0.0, weight)

    def _promises(self) -> Iterator[Step]:
        sides: dict[str, list[Step]] = {"us": [], "them": []}
        for p in self.person.promises:
            who = ("complaint" if p.kind == "complaint" else "promise") if p.owed_by == "us" else "their promise"
            bad = 2.0 if p.kind == "complaint" else 1.0
            if p.made > self.today:
                continue
            if p.closed is None or p.closed > self.today:
                if p.due and p.due < self.today:
                    days = self.age(p.due)
                    sides[p.owed_by].append(
                        Step("promises", f"{who}, {_days(days)} overdue", None, 0.0, 2.0 if days > 30 else bad)
                    )
                continue
            age, weight = self.age(p.closed), half(self.age(p.closed))
            if p.how == "broken":
                sides[p.owed_by].append(Step("promises", f"{who} broken", age, 0.0, bad * weight))
            elif p.how == "kept":
                late = max(0, (p.closed - p.due).days) if p.due else 0
                worth = max(0.25, 1 - late / 28) if late else 1.0
                what = f"{who} kept" + (f", {_days(late)} late" if late else "")
                sides[p.owed_by].append(Step("promises", what, age, weight * worth, bad * weight * (1 - worth)))
        shares = {"us": 1.0, "them": 1.0}
        if sides["us"] and sides["them"]:
            shares = {"us": 0.8, "them": 1.2} if self.supplier else {"us": 1.2, "them": 0.8}
        for side, steps in sides.items():
            times = "" if shares[side] == 1.0 else f", times {shares[side]}"
            for s in steps:
                yield Step("promises", s.what + times, s.age, shares[side] * s.success, shares[side] * s.failure)

    @property
    def supplier(self) -> bool:
        return "supplier" in self.person.roles and not {"customer", "prospect"} & set(self.person.roles)

    def _loyalty(self) -> Iterator[Step]:
        days = sorted({e.day for e in self.events if e.kind in ("sale", "purchase")})
        for day in (e.day for e in self.events if e.kind == "referral"):
            yield Step("loyalty", "a referral", self.age(day), half(self.age(day)), 0.0)
        if not days:
            return
        turn = max(90.0, 2 * self.book_turn) if len(days) == 1 else max(30.0, usual_gap(days))
        for day in days[1:]:
            yield Step("loyalty", "came back", self.age(day), half(self.age(day), max(365, 2 * turn)), 0.0)
        missed = min(5.0, max(0.0, self.age(days[-1]) / turn - 1))
        if missed:
            yield Step("loyalty", f"missed: {self.age(days[-1])} / {turn:g} - 1, at most 5", None, 0.0, missed)

    # --- the card ---

    def total(self, tally: str) -> tuple[float, float]:
        mine = [s for s in self.steps if s.tally == tally]
        return sum(s.success for s in mine), sum(s.failure for s in mine)

    def value(self, tally: str) -> float | None:
        good, bad = self.total(tally)
        return 100 * good / (good + bad) if good + bad >= 0.02 else None

    def reliability(self, tally: str) -> float:
        n = sum(self.total(tally))
        return n / (n + 1) if n >= 0.02 else 0.0

    @property
    def applicable(self) -> list[str]:
        apart = self.apart(self.today)
        rests = {"rhythm"} if apart or self.resting else set()
        trades = any(e.kind in ("sale", "purchase", "referral") for e in self.events)
        buys = trades or bool({"customer", "supplier", "prospect"} & set(self.person.roles))
        out = {"reciprocity", "voice", "loyalty"} if apart else set() if buys else {"loyalty"}
        out |= rests
        out |= {"promises"} if apart and self.value("promises") is None else set()
        return [name for name in WEIGHTS if name not in out]

    @property
    def resting(self) -> bool:
        """Whether they wanted nothing until less than a usual gap ago, and have given no sign since."""
        since = max((e.day for e in self.signs), default=date.min)
        back = (date.fromordinal(self.today.toordinal() - ago) for ago in range(math.ceil(self.usual) + 1))
        return any(self.apart(day) for day in back if day >= since)

    @property
    def overdue(self) -> list[Promise]:
        return [
            p for p in self.person.promises
            if p.owed_by == "us" and p.made <= self.today and (p.closed is None or p.closed > self.today)
            and p.due is not None and p.due < self.today
        ]  # fmt: skip

    @property
    def cap(self) -> float:
        caps = [59.0 if p.kind == "complaint" else max(59.0, 95.0 - 6 * self.age(p.due)) for p in self.overdue if p.due]
        return min([*caps, *([59.0] if self.harmed else []), 100.0])

    @property
    def crowded(self) -> bool:
        last = [bad for day, bad in self.outreaches if self.age(day) <= 180][-6:]
        return sum(last) >= 2 and 2 * sum(last) >= len(last)

    def counting(self, rhythm: float, risk: float) -> dict[str, tuple[float, float]]:
        """Weight times reliability, and value, of every component that is known; `a` for rhythm."""
        known = {t: (WEIGHTS[t] * self.reliability(t), value) for t in TALLIES if (value := self.value(t)) is not None}
        if not math.isnan(rhythm):
            known["rhythm"] = (25.0, (rhythm + 100 - risk) / 2 if len({e.day for e in self.signs}) >= 3 else rhythm)
        return {name: both for name, both in known.items() if name in self.applicable}

    def health(self, rhythm: float, risk: float) -> tuple[float | None, float]:
        """Health before the cap (None: unknown) and coverage, both 0-100, with rhythm and silent risk as given."""
        known = self.counting(rhythm, risk)
        total = sum(w for w, _ in known.values())
        coverage = total / sum(WEIGHTS[name] for name in self.applicable)
        few = "rhythm" in self.applicable and len({e.day for e in self.signs}) < 2
        if few or coverage < 0.3 or self.closed:
            return None, 100 * coverage
        return damping(known) * sum(w * v for w, v in known.values()) / total, 100 * coverage

    @property
    def closed(self) -> bool:
        return self.said("do-not-contact", self.today) is not None


def damping(known: dict[str, tuple[float, float]]) -> float:
    """What is over cannot be well."""
    return min(1.0, 0.5 + known["rhythm"][1] / 100) if "rhythm" in known else 1.0


def trend(now: Reckoning, then: Reckoning, given: Sequence[tuple[float, float]]) -> float | None:
    """Health now less health then over what is known at both, each with its smaller weight; None: unknown."""
    if any(one.health(*says)[0] is None for one, says in zip((now, then), given, strict=True)):
        return None
    new, old = (one.counting(*says) for one, says in zip((now, then), given, strict=True))
    both = [(min(new[name][0], old[name][0]), new[name][1], old[name][1]) for name in new if name in old]
    if not both:
        return None
    change = damping(new) * sum(w * after for w, after, _ in both) - damping(old) * sum(w * before for w, _, before in both)
    return change / sum(w for w, _, _ in both)


def usual_gap(days: Sequence[date]) -> float:
    """The usual gap of at least two days, ascending."""
    gaps = sorted((b - a).days for a, b in pairwise(days))
    if len(gaps) >= 4 and statistics.pstdev(gaps) <= statistics.mean(gaps):
        return float(statistics.median(gaps))
    return float(next(g for g in gaps if sum(h for h in gaps if h <= g) >= sum(gaps) / 2))
