"""The brief on a page: one screen of 80 by 24.

The touches stay in full whatever they say, so that very long ones outgrow the screen: then the empty lines go first, and
what to do next still stands last, where a terminal shows it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from relcli.actions.briefs import Brief
from relcli.domain.contact import AddressKind
from relcli.domain.interaction import Direction, Interaction
from relcli.domain.moment import day_number
from relcli.health.words import NUMBERS, on_day
from relcli.render import scorecards
from relcli.render.contacts import reached
from relcli.render.interactions import sayable, when
from relcli.render.page import Cell, Column, Gap, Grid, Heading, Page
from relcli.render.scorecards import STYLES, short_day

SCREEN = (80, 24)
ITEMS, TOPICS, OWED, REMINDERS = 2, 3, 3, 2
_WHO = {Direction.IN: "they", Direction.OUT: "we", Direction.BOTH: "both"}


def page(brief: Brief) -> Page:
    """Wants, health, stage, owed both ways; the last touches in full; what they may need; what to do next."""
    card = brief.card
    facts = [
        ("wants", Cell(scorecards.wants(card))),
        ("reach", Cell(_addresses(brief))),
        ("health", Cell(_health(brief), STYLES.get(card.score.status, ""))),
        *([("stage", Cell(scorecards.rung(card)))] if card.stage else []),
        ("owed", Cell(scorecards.owed(card, most=OWED), "bad" if any(p.overdue_on(card.as_of) for p in card.owed) else "")),
    ]
    facts += [("plan", Cell(scorecards.planned(card)))] if card.plan else []
    facts += [("reminder", Cell(f"{short_day(one.due)}: {one.text} ({one.id})")) for one in brief.reminders[:REMINDERS]]
    needs = [("may need", Cell(text)) for text in _needs(brief)]
    asked = "; ".join(brief.topics[:TOPICS])
    more = [*needs, *([("asked about", Cell(asked))] if asked else []), ("next", Cell(card.next_step, "title"))]
    touches = [_touch(t, brief) for t in brief.touches] or [_nothing(brief)]
    rows = [*([label, cell.text] for label, cell in (*facts, *more)), *([cell.text for cell in touch] for touch in touches)]
    gap = [] if _height(rows) > SCREEN[1] - 3 else [Gap()]  # a heading and two of these
    return Page([
        Heading(scorecards.title(card), short_day(card.as_of)),
        _labelled(facts),
        *gap,
        Grid([Column("")] * 3 + [Column("", folds=True)], touches),
        *gap,
        _labelled(more),
    ])  # fmt: skip


def document(brief: Brief) -> dict[str, Any]:
    """The same as a document, with the scorecard whole."""
    [score] = scorecards.document([brief.card])["scorecards"]
    return {
        "scorecard": score,
        "touches": [
            {
                "id": t.id, "at": str(t.when), "channel": t.channel, "direction": t.direction.value, "summary": t.summary or None,
                "contacts": list(t.contacts), "purpose": t.purpose.value if t.purpose else None,
            }
            for t in brief.touches
        ],
        "last_transaction": None if brief.last is None else {
            "id": brief.last.id, "at": str(brief.last.when), "kind": brief.last.kind.value, "amount": brief.last.money.amount,
            "currency": brief.last.money.currency, "item": brief.last.item or None,
        },
        "due_items": [
            {"item": d.item, "times": d.times, "last": d.last.isoformat(), "gap": d.gap, "due": d.due.isoformat()} for d in brief.due
        ],
        "asked_about": list(brief.topics),
        "needs": [{"id": c.id, "factor": c.factor.value, "note": c.note, "at": c.day.isoformat()} for c in brief.needs],
        "reminders": [{"id": r.id, "due": r.due.isoformat(), "text": r.text} for r in brief.reminders],
    }  # fmt: skip


def _height(rows: Sequence[Sequence[str]]) -> int:
    """About how many lines these take on a screen, the last cell of each folded."""
    return sum(math.ceil(len(last) / max(1, SCREEN[0] - 3 - sum(len(cell) + 2 for cell in short))) or 1 for *short, last in rows)


def _labelled(facts: list[tuple[str, Cell]]) -> Grid:
    return Grid([Column(""), Column("", folds=True)], [[Cell(label, "label"), cell] for label, cell in facts])


def _addresses(brief: Brief) -> str:
    contact = brief.card.contact
    first = [value for kind in AddressKind for value in reached(contact, kind)[:1]]
    return " · ".join(first) or "no address known"


def _health(brief: Brief) -> str:
    score = brief.card.score
    span = scorecards.span_of(score.low, score.high)
    number = f"{scorecards.whole(score.health)} ({span})" if span else scorecards.whole(score.health)
    parts = [f"{number} {score.status.value} {scorecards.arrow(score.trend)}".rstrip(), score.held, score.silence]
    return "; ".join(part for part in parts if part)


def _needs(brief: Brief) -> list[str]:
    found = [
        f"{d.item}: taken {NUMBERS[d.times] if d.times < len(NUMBERS) else d.times} times, every {d.gap} days, next about {_day(d.due, brief)}"
        for d in brief.due[:ITEMS]
    ]
    return found + [f"{c.note} ({c.factor.value.replace('-', ' ')}, {short_day(c.day)})" for c in brief.needs]


def _touch(touch: Interaction, brief: Brief) -> list[Cell]:
    others = [brief.names.get(code, code) for code in touch.contacts if code != brief.card.contact.id]
    beside = f" ({', '.join(others)})" if others else ""
    told = " · ".join(text for text in (touch.summary, sayable(touch)) if text)
    purpose = f"{touch.purpose.value}: " if touch.purpose and told else touch.purpose.value if touch.purpose else ""
    return [
        Cell(_day(touch.when.day, brief), "label"),
        Cell(touch.channel),
        Cell(_WHO[touch.direction], "dim"),
        Cell(f"{purpose}{told}{beside}" or "nothing noted"),
    ]


def _day(day: date, brief: Brief) -> str:
    return on_day(day_number(day), day_number(brief.card.as_of))


def _nothing(brief: Brief) -> list[Cell]:
    last = brief.last
    if last is None:
        return [Cell("no touch and no transaction is known", "dim"), Cell(""), Cell(""), Cell("")]
    item = f", {last.item}" if last.item else ""
    return [Cell(when(last.when), "label"), Cell(last.kind.value), Cell(""), Cell(f"{last.money}{item}; no touch is known")]
