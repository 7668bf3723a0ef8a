"""Relationships in plain records, as the metric reads them; any book of them, for Hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.health.reckoned import Event, Person

from relcli.domain.moment import Moment, day_number
from relcli.domain.preference import Preference, PreferenceKind, Source
from relcli.domain.promise import Closing, Promise, PromiseKind, Side
from relcli.domain.survey import Answer, Response, Tag
from relcli.health.conversation import CHANNELS, DIRECTIONS, PURPOSES, Conversation, Days, Touches
from relcli.health.evidence import Evidence
from relcli.health.ledger import Ledger, Numbered
from relcli.health.reciprocity import RepliesLogged

TODAY = date(2026, 11, 21)
TOUCHED = ("in", "out", "both")
TRADED = ("sale", "purchase")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def touch(back: int, direction: str, channel: str, purpose: str = "", *, at: str = "", number: int = 0) -> Event:
    """A touch so many days ago, at a clock of UTC if one is given."""
    minute = int(at[:2]) * 60 + int(at[3:]) if at else None
    return Event(ago(back), direction, channel, purpose, minute, number)


def wish(
    back: int, kind: str, value: str = "", *, at: str = "", until: int | None = None, assumed: bool = False, number: int = 0
) -> Preference:
    """A wish said so many days ago."""
    on = ago(back)
    moment = Moment(on, datetime.combine(on, time.fromisoformat(at), UTC), "UTC") if at else Moment(on)
    last = None if until is None else ago(until)
    return Preference(number, "", PreferenceKind(kind), value, Source.ASSUMED if assumed else Source.STATED, "so", moment, last)


def promise(
    made: int, due: int | None, closed: int | None = None, how: str = "kept", *, theirs: bool = False, complaint: bool = False
) -> Promise:
    """A promise of so many days ago; `how` it ended counts where `closed` says when."""
    side, kind = Side.THEM if theirs else Side.US, PromiseKind.COMPLAINT if complaint else PromiseKind.PROMISE
    days = [None if back is None else ago(back) for back in (due, closed)]
    return Promise(0, "", side, kind, "a word", ago(made), days[0], days[1], None if closed is None else Closing(how))


def answer(back: int, value: int = 9, *, tag: str = "recommend", low: int = 0, high: int = 10) -> Response:
    """One scored answer so many days ago."""
    given = Answer(tag, Tag(tag), "?", value, low=low, high=high)
    return Response(0, "", "pulse", 1, Moment(ago(back)), (given,))


def person(*records: Event | Preference | Promise | Response, role: str = "customer", name: str = "Ana Ferrer") -> Person:
    """Somebody with these records, numbered in this order."""
    found = Person(name, (role,) if role else ())
    for number, record in enumerate(records, start=1):
        if isinstance(record, Event):
            found.events.append(replace(record, number=number))
        elif isinstance(record, Preference):
            found.wishes.append(replace(record, number=number))
        elif isinstance(record, Response):
            found.responses.append(replace(record, number=number))
            found.events.append(Event(record.when.day, "answer", number=number))
        else:
            found.promises.append(replace(record, number=number))
    return found


def evidence(people: Sequence[Person], *, logged: RepliesLogged = "auto") -> Evidence:
    """What the program reads of such a book."""
    size = len(people)
    every = [(i, e) for i, p in enumerate(people) for e in p.events]
    kept = [
        (i, day_number(p.closed))
        for i, one in enumerate(people)
        for p in one.promises
        if p.owed_by is Side.THEM and p.how is Closing.KEPT and p.closed is not None
    ]
    referrals = _days(every, ("referral",))
    told = _days(every, ("referral", "answer"))
    others = tuple(np.append(own, np.array([pair[k] for pair in kept], np.int64)) for k, own in enumerate(told))
    trades = _days(every, TRADED)
    alive = [_days(every, ("in", "both")), trades, others]
    who, when = (np.concatenate([side[k] for side in alive]).astype(np.int64) for k in (0, 1))
    roles = [set(p.roles) for p in people]
    given = {i: p.promises for i, p in enumerate(people) if p.promises}
    buys = np.array([bool(own & {"customer", "supplier", "prospect"}) for own in roles], dtype=np.bool_)
    return Evidence(
        signs=Ledger.of(who, when, size),
        transactions=Ledger.of(*trades, size),
        archived=np.zeros(size, np.bool_),
        loyalty_applies=buys | np.isin(np.arange(size), [*trades[0], *referrals[0]]),
        suppliers=np.array(["supplier" in own and not own & {"customer", "prospect"} for own in roles], dtype=np.bool_),
        talk=Conversation.of(touches(every), trades, (others[0], others[1]), size),
        wanted={i: p.wishes for i, p in enumerate(people) if p.wishes},
        given=given,
        own=given,
        buys=buys,
        turns=Numbered.of(*_numbered(every, TRADED), size),
        sent=Numbered.of(*_numbered(every, ("referral",)), size),
        said={i: p.responses for i, p in enumerate(people) if p.responses},
        referrals=referrals,
        replies_logged=logged,
    )


def touches(every: Sequence[tuple[int, Event]]) -> Touches:
    """The touches among these events."""
    own = [(i, e) for i, e in every if e.kind in TOUCHED]

    def column(values: list[int]) -> NDArray[np.int64]:
        return np.array(values, np.int64)

    return Touches(
        owner=column([i for i, _ in own]),
        day=column([day_number(e.day) for _, e in own]),
        second=column([-1 if e.minute is None else day_number(e.day) * 86_400 + e.minute * 60 for _, e in own]),
        direction=column([[d.value for d in DIRECTIONS].index(e.kind) for _, e in own]),
        channel=column([CHANNELS.index(e.channel) for _, e in own]),
        purpose=column([[p.value for p in PURPOSES].index(e.purpose) if e.purpose else -1 for _, e in own]),
        record=column([i * 10_000 + e.number for i, e in own]),
    )


def _numbered(every: Sequence[tuple[int, Event]], kinds: Sequence[str]) -> tuple[NDArray[np.int64], ...]:
    numbers = [e.number for _, e in every if e.kind in kinds]
    return *_days(every, kinds), np.array(numbers, np.int64)


def _days(every: Sequence[tuple[int, Event]], kinds: Sequence[str]) -> Days:
    own = [(i, day_number(e.day)) for i, e in every if e.kind in kinds]
    return np.array([i for i, _ in own], np.int64), np.array([day for _, day in own], np.int64)


# --- any relationship -------------------------------------------------------------------------------------------------

_BACK = st.one_of(st.integers(0, 45), st.integers(0, 500))  # close together, where one bears on another, and far apart
_CLOCK = st.sampled_from(["", "", "08:30", "12:00", "18:45"])
_TOUCHES = st.builds(
    touch,
    _BACK,
    st.sampled_from(TOUCHED),
    st.sampled_from(["email", "email", "phone", "letter", "meeting", "other", "web"]),
    st.sampled_from(["", *(p.value for p in PURPOSES)]),
    at=_CLOCK,
)
_TRADES = st.builds(lambda back, kind: Event(ago(back), kind), _BACK, st.sampled_from(["sale", "sale", "referral"]))
_VALUES = {
    "closeness": ["none", "arms-length", "regular", "close"],
    "cadence": ["30d", "91d"],
    "channel": ["email", "phone"],
    "not-channel": ["phone", "letter"],
    "hours": ["9-17"],
    "do-not-contact": [""],
    "do-not-contact-by": ["phone"],
}
_WISHES = st.sampled_from([(kind, value) for kind, values in _VALUES.items() for value in values]).flatmap(
    lambda pair: st.builds(
        lambda back, at, lasts, assumed: wish(back, *pair, at=at, until=None if lasts is None else back - lasts, assumed=assumed),
        _BACK, _CLOCK, st.sampled_from([None, None, 0, 40, 200]), st.sampled_from([False, False, False, True]),
    )
)  # fmt: skip


@st.composite
def _promises(draw: st.DrawFn) -> Promise:
    made = draw(_BACK)
    due = made - draw(st.integers(0, 90))
    closed = draw(st.none() | st.integers(-40, made))
    theirs = draw(st.booleans())
    how = draw(st.sampled_from(["kept", "kept", "broken", "withdrawn"]))
    return promise(made, due, closed, how, theirs=theirs, complaint=not theirs and draw(st.booleans()))


def people() -> st.SearchStrategy[Person]:
    """Somebody with records of every kind."""
    records = st.lists(st.one_of(_TOUCHES, _TOUCHES, _TRADES, _WISHES, _promises()), max_size=14)
    return st.builds(
        lambda own, role: person(*own, role=role), records, st.sampled_from(["customer", "supplier", "prospect", ""])
    )


def books(most: int = 3) -> st.SearchStrategy[list[Person]]:
    """A book of a few of them."""
    return st.lists(people(), min_size=1, max_size=most)
