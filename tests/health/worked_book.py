"""The worked book: read from its page, written into a real book, reckoned again by `tests.health.reckoned`.

`python -m tests.health.worked_book` draws the tables below each relationship's records anew.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tests.health.reckoned import TALLIES, WEIGHTS, Event, Person, Reckoning, trend, usual_gap

from relcli.domain.moment import Moment, day_number
from relcli.domain.preference import Preference, PreferenceKind, Source
from relcli.domain.promise import Closing, Promise, PromiseKind, Side
from relcli.health.assess import assess

if TYPE_CHECKING:
    from relcli.actions.assessments import Assessed
    from relcli.store.book import Book

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "worked-book.md"
TODAY = date(2026, 11, 21)
BEFORE = date(2026, 8, 23)  # 90 days
_SECTION = re.compile(r"^## \d+\. (?P<name>[^:\n]+): .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| (\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))? \| (.+?) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Given:
    """What the program says of rhythm, which the page takes as given. NaN: not asked."""

    rhythm: float
    risk: float
    before: tuple[float, float]  # the same 90 days ago


def read(text: str) -> list[Person]:
    """The relationships of the page, in its order."""
    return [_person(found) for found in _SECTION.finditer(text)]


def _person(section: re.Match[str]) -> Person:
    role = re.search(r"^Role: (\w+)\.$", section[0], re.MULTILINE)
    assert role is not None, section["name"]
    person = Person(section["name"], (role[1],))
    for number, (on, clock, what) in enumerate(_ROW.findall(section[0]), start=1):
        _add(person, number, date.fromisoformat(on), clock, what)
    return person


def _add(person: Person, number: int, on: date, clock: str, what: str) -> None:
    minute = int(clock[:2]) * 60 + int(clock[3:]) if clock else None
    kind, _, rest = what.partition(": ")
    words = [word.strip() for word in rest.split(", ")]
    if kind == "they wish":
        wish, _, value = words[0].partition(" ")
        until = date.fromisoformat(words[1].removeprefix("until ")) if len(words) > 1 else None
        moment = Moment(on, datetime.combine(on, time.fromisoformat(clock), UTC), "UTC") if clock else Moment(on)
        person.wishes.append(Preference(number, "", PreferenceKind(wish), value, Source.STATED, "said so", moment, until))
    elif kind in ("in", "out", "both"):
        person.events.append(Event(on, kind, words[0], words[1] if len(words) > 1 else "", minute, number))
    elif kind in ("promise", "their promise", "complaint"):
        ends = dict(word.split(" ") for word in words if " " in word)
        due = date.fromisoformat(ends.pop("due"))
        how, closed = next(iter(ends.items()), (None, None))
        side = Side.THEM if kind == "their promise" else Side.US
        form = PromiseKind.COMPLAINT if kind == "complaint" else PromiseKind.PROMISE
        ended = date.fromisoformat(closed) if closed else None
        person.promises.append(Promise(number, "", side, form, "a word", on, due, ended, Closing(how) if how else None))
    else:
        assert kind in ("sale", "purchase", "referral"), what
        person.events.append(Event(on, kind, number=number))


def write(book: Book, people: Sequence[Person]) -> None:
    """Put these relationships into a real book, one contact each, in order."""
    from relcli.store import preferences, tables

    now = datetime(2026, 11, 21, 10, tzinfo=UTC)
    with book.writing("worked book", now=now, actor="tester") as writing:
        rows = [
            writing.insert(
                tables.Contact,
                {
                    "code": f"p{n}",
                    "kind": "person",
                    "name": p.name,
                    "folded": p.name.casefold(),
                    "name_key": p.name.casefold(),
                    "created": now,
                },
            )
            for n, p in enumerate(people)
        ]
        for place, (row, person) in enumerate(zip(rows, people, strict=True)):
            writing.insert_many(tables.ContactRole, [{"contact_id": row, "role": role} for role in person.roles])
            for event in sorted(person.events, key=lambda e: e.number):
                own = {"day": day_number(event.day)}
                if event.kind in ("in", "out", "both"):
                    clock = {} if event.minute is None else {"at": _instant(event), "zone": "UTC"}
                    touch = {**own, **clock, "channel": event.channel, "direction": event.kind, "purpose": event.purpose or None}
                    number = writing.insert(tables.Interaction, touch)
                    part = {"contact_id": row, "interaction_id": number, "direction": event.kind}
                    writing.insert(tables.InteractionContact, {**own, **part})
                elif event.kind == "referral":
                    writing.insert(tables.Referral, {**own, "from_id": row, "whom_id": rows[place - 1]})
                else:
                    amount = {"contact_id": row, "kind": event.kind, "amount": 10_000, "currency": "EUR"}
                    writing.insert(tables.Transaction, {**own, **amount})
            preferences.add_many(writing, person.wishes, row)
            for p in person.promises:
                closed = None if p.closed is None else day_number(p.closed)
                days = {"made_day": day_number(p.made), "due_day": p.due and day_number(p.due), "closed_day": closed}
                facts = {"contact_id": row, "owed_by": p.owed_by, "kind": p.kind, "text": p.text, "how": p.how}
                writing.insert(tables.Promise, {**facts, **days})


def _instant(event: Event) -> datetime:
    assert event.minute is not None
    return datetime.combine(event.day, time(event.minute // 60, event.minute % 60), UTC)


def assessed(book: Book, today: date = TODAY) -> Assessed:
    """What the program makes of the whole book on a day."""
    from relcli.actions.assessments import assess_book
    from relcli.actions.desk import Desk
    from relcli.config.settings import Settings

    desk = Desk(book, datetime(2026, 11, 21, 10, tzinfo=UTC), "tester", Settings())
    with book.reading() as connection:
        return assess_book(connection, desk, as_of=day_number(today), horizon=None)


def given(book: Book) -> list[Given]:
    """The rhythm and the warning of each, as the program says them."""
    today = assessed(book, TODAY).assessment
    now, then = today.rhythm, assess(today.evidence, day_number(BEFORE), model=today.model).rhythm
    columns = zip(now.value, now.silent_risk, then.value, then.silent_risk, strict=True)
    return [Given(float(value), float(risk), (float(was), float(fear))) for value, risk, was, fear in columns]


def reckon(people: Sequence[Person], today: date = TODAY) -> list[Reckoning]:
    """Each of these relationships, in one book of them all."""
    own = [_usual([e.day for e in Reckoning(p, today, 60, 60, logged=True).signs]) for p in people]
    turns = [_usual([e.day for e in p.events if e.kind in ("sale", "purchase") and e.day <= today]) for p in people]
    book, book_turn = (statistics.median([u for u in us if u is not None] or [60]) for us in (own, turns))
    found = []
    for person, usual in zip(people, own, strict=True):
        first = Reckoning(person, today, 60, 60, logged=True)
        cadence = first.said("cadence", today)
        u = max(usual or book, (cadence.days or 0) if cadence else 0)
        found.append(Reckoning(person, today, u, book_turn, logged=_logged(people, today)))
    return found


def _usual(days: list[date]) -> float | None:
    days = sorted(set(days))
    return usual_gap(days) if len(days) > 1 else None


def _logged(people: Sequence[Person], today: date) -> bool:
    """Whether at least half of what they wrote within a year has an answer."""
    answered = []
    for person in people:
        one = Reckoning(person, today, 60, 60, logged=True)
        written = [e for e in one.events if one._written(e) and 7 < one.age(e.day) < 365]
        answered += [one.answered_after(e) <= 21 for e in written]
    return bool(answered) and 2 * sum(answered) >= len(answered)


def status(one: Reckoning, rhythm: Given, health: float | None, change: float | None) -> str:
    """The first word that applies; `unhappy` needs answers, and the warning's own rise is left out."""
    days = sorted({e.day for e in one.signs})
    closeness = one.said("closeness", one.today)
    word = closeness.value if closeness else ""
    silence = one.age(days[-1]) if days else 0
    rules = (
        ("owed", bool(one.overdue)),
        ("closed", one.said("do-not-contact", one.today) is not None),
        ("record", not days),
        ("crowded", one.crowded),
        ("distant", word == "none"),
        ("new", bool(days) and one.age(days[0]) < 60),
        ("lapsed", rhythm.rhythm < 10),
        ("at-risk", rhythm.risk >= 50 and len(days) >= 3 and silence > max(14, one.usual)),
        ("cooling", change is not None and change <= -10 and len(days) >= 3),
        ("unknown", health is None),
        ("distant", word == "arms-length"),
        ("strong", (health or 0) >= 75),
        ("steady", (health or 0) >= 50),
    )
    return next((name for name, applies in rules if applies), "weak")


def tables_of(one: Reckoning, then: Reckoning, rhythm: Given) -> str:
    """What stands below the records of one relationship."""
    lines = ["| tally | what counts | age | S | F |", "|---|---|---|---|---|"]
    lines += [
        f"| {s.tally} | {s.what} | {'' if s.age is None else s.age} | {_some(s.success)} | {_some(s.failure)} |"
        for s in one.steps
    ]
    lines += ["", "| component | S | F | value | e | w |", "|---|---|---|---|---|---|"]
    signs = len({e.day for e in one.signs})
    a = rhythm.rhythm if signs < 3 else (rhythm.rhythm + 100 - rhythm.risk) / 2
    if "rhythm" in one.applicable:
        lines.append(f"| rhythm: a = {_a(rhythm, signs)} | | | {a:.1f} | 1 | 25 |")
    for tally in TALLIES:
        value = one.value(tally)
        if value is not None and tally in one.applicable:
            good, bad = one.total(tally)
            lines.append(f"| {tally} | {good:.3f} | {bad:.3f} | {value:.1f} | {one.reliability(tally):.3f} | {WEIGHTS[tally]} |")
    health, coverage = one.health(rhythm.rhythm, rhythm.risk)
    lines += ["", "| card | |", "|---|---|", f"| usual gap, R | {one.usual:g}, {one.wait:g} |"]
    absent = [name for name in WEIGHTS if name not in one.applicable]
    if absent:
        lines.append(f"| n/a | {', '.join(absent)} |")
    if health is not None and "rhythm" in one.applicable and a < 50:
        lines.append(f"| the mean is multiplied by | 0.5 + {a:.1f}/100 |")
    lines.append(f"| coverage | {coverage:.1f} |")
    shown = None if health is None else min(health, one.cap)
    if health is not None and health > one.cap:
        lines.append(f"| health before the cap | {health:.1f} |")
    lines.append(f"| health | {'—' if shown is None else f'{shown:.1f}'} |")
    change = trend(one, then, [(rhythm.rhythm, rhythm.risk), rhythm.before])
    if change is not None:
        lines.append(f"| trend{_then(then, rhythm)} | {change:+.1f} |")
    lines.append(f"| status | {status(one, rhythm, health, change)} |")
    return "\n".join(lines)


def _then(then: Reckoning, rhythm: Given) -> str:
    """The values of 90 days before, and what they weighed."""
    names = [name for name in WEIGHTS if name in then.counting(*rhythm.before)]
    parts = (
        f"{'a' if name == 'rhythm' else name} {v:.1f} ({w:.2f})"
        for name, (w, v) in sorted(then.counting(*rhythm.before).items(), key=lambda item: names.index(item[0]))
    )
    return f"; 90 days before: {', '.join(parts)}"


def _some(value: float) -> str:
    return f"{value:.3f}" if value else ""


def _a(rhythm: Given, signs: int) -> str:
    return f"{rhythm.rhythm:.1f}" if signs < 3 else f"({rhythm.rhythm:.1f} + 100 − {rhythm.risk:.1f}) / 2"  # noqa: RUF001  # a minus sign


def draw(text: str, inputs: Sequence[Given]) -> str:
    """The page with its tables reckoned anew from its records."""
    people = read(text)
    both = zip(reckon(people), reckon(people, BEFORE), inputs, strict=True)
    drawn = iter([tables_of(one, then, rhythm) for one, then, rhythm in both])
    head = text[: text.index("\n## ") + 1]
    sections = [re.split(r"^\| tally \|", m[0], maxsplit=1, flags=re.MULTILINE)[0].rstrip() for m in _SECTION.finditer(text)]
    return head + "\n\n".join(f"{section}\n\n{next(drawn)}" for section in sections) + "\n"


if __name__ == "__main__":
    import tempfile

    from relcli.store.book import create, opened

    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "book.db")
        create(place, timezone="UTC", currency="EUR", now=datetime(2024, 1, 1, tzinfo=UTC), wait=1.0)
        with opened(place, wait=1.0) as made, np.errstate(all="raise", under="ignore"):
            write(made, read(PAGE.read_text(encoding="utf-8")))
            PAGE.write_text(draw(PAGE.read_text(encoding="utf-8"), given(made)), encoding="utf-8")
