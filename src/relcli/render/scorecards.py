"""Scorecards as rows, as documents, and as the card itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from relcli.actions.scorecards import Card
from relcli.domain.promise import Promise, Side
from relcli.domain.stage import Stage
from relcli.domain.wording import in_short
from relcli.health.scorecard import Component
from relcli.health.status import ENOUGH_SIGNS, Status
from relcli.health.words import EN_DASH
from relcli.render import plans
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Style, Words
from relcli.render.rows import Cell as Value
from relcli.render.rows import Rows

COLUMNS = (
    "id", "name", "roles", "stage", "status", "health", "low", "high", "coverage", "trend", "rhythm", "silent_risk",
    "expected", "terms", "reciprocity", "promises", "voice", "loyalty", "last_in", "last_out", "expected_next", "owed",
    "reason", "next_step", "as_of",
)  # fmt: skip
STYLES: dict[Status, Style] = {
    Status.OWED: "bad", Status.UNHAPPY: "bad", Status.AT_RISK: "bad", Status.CROWDED: "bad",
    Status.COOLING: "fair", Status.WEAK: "fair", Status.LAPSED: "dim", Status.RECORD: "dim", Status.CLOSED: "dim",
    Status.UNKNOWN: "dim", Status.STRONG: "good", Status.STEADY: "good",
}  # fmt: skip
ARROW_FROM = 10.0  # points of trend below which no arrow is drawn
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def page(cards: Sequence[Card]) -> Page:
    """Cards one under the other."""
    blocks: list[Block] = []
    for number, card in enumerate(cards):
        blocks += [Gap(), *_card(card)] if number else _card(card)
    return Page(blocks)


def rows(cards: Iterable[Card]) -> Rows:
    """The public columns; percentages stay above 0 and below 100, for neither is ever sure."""
    return Rows(COLUMNS, tuple(_row(card) for card in cards))


def document(cards: Iterable[Card]) -> dict[str, Any]:
    """The public columns as keys, and what only a document has room for."""
    return {"scorecards": [_document(card) for card in cards]}


def short_day(day: date) -> str:
    """`21 Nov 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def whole(value: float | None) -> str:
    """A figure of a card: whole, a dash where unknown."""
    return "—" if value is None else f"{value:.0f}"


def span_of(low: float | None, high: float | None) -> str:
    """A range as people write it; nothing where it is unknown, or held down to one figure."""
    return "" if low is None or high is None or round(low) == round(high) else f"{low:.0f}{EN_DASH}{high:.0f}"


def arrow(trend: float | None) -> str:
    """Up or down from ten points on; nothing else is worth an arrow."""
    if trend is None or abs(trend) < ARROW_FROM:
        return ""
    return f"↑{trend:.0f}" if trend > 0 else f"↓{-trend:.0f}"


def title(card: Card) -> str:
    """Who it is: name, roles, since when, for whom they work."""
    contact = card.contact
    parts = [contact.name]
    roles = " and ".join(contact.roles) or contact.kind.value
    since = f" since {_LONG[card.first_sign.month - 1]} {card.first_sign.year}" if card.first_sign else ""
    parts.append(f"{roles}{since}")
    if card.employer:
        parts.append(card.employer)
    return " · ".join(parts)


def wants(card: Card) -> str:
    """What they wish, and how we know: `regular contact, every 6 weeks, by e-mail - "mail me" (stated 12 Mar 2026)`."""
    held = card.wishes.all
    if not held:
        return "nothing now: what they said has ended" if card.wished else "not known: nobody asked them yet"
    groups: dict[tuple[str, str, date], list[str]] = {}
    for wish in held:
        groups.setdefault((wish.source.value, wish.words, wish.when.day), []).append(in_short(wish))
    return "; ".join(
        f'{", ".join(parts)} — "{words}" ({source} {short_day(day)})' for (source, words, day), parts in groups.items()
    )


def stage(card: Card) -> str:
    """Where they stand on the ladder, what the next rung needs, and by which records that is known.

    `loyal → advocate needs a referral from them; satisfied: 8 of 10 on 3 Oct (a_4)`.
    """
    found = card.climb
    if found is None or card.stage is None:
        why = found.lost if found else ""
        return f"none: {why or 'neither customer, supplier nor prospect'}"
    parts = [rung(card)]
    for proof in found.proof:
        if proof.records:
            said = f"{'satisfied: ' if proof.stage is Stage.SATISFIED is not card.stage else ''}{proof.reason}"
            parts.append(f"{said} ({', '.join(proof.records)})")
    parts.append(found.satisfaction)
    if card.stage is not Stage.REPEAT:  # there it is what the next rung needs
        parts.append(found.lost)
    return "; ".join(part for part in parts if part)


def rung(card: Card) -> str:
    """Where they stand, and what the next rung needs: `loyal → advocate needs a referral from them`."""
    needs = card.climb.next if card.climb else ""
    return f"{stage_word(card)} → {needs}" if needs else stage_word(card)


def stage_word(card: Card) -> str:
    """The stage in a word, or two: `advocate, by referral`; a dash for none."""
    if card.stage is None:
        return "—"
    return f"{card.stage.value}, by referral" if card.climb and card.climb.by_referral else card.stage.value


def owed(card: Card, most: int | None = None) -> str:
    """What is open on either side, ours first, and of more than `most` how many."""
    if not card.owed:
        return "nothing open"
    rest = len(card.owed) - len(card.owed[:most])
    said = "; ".join(_promise(promise, card.as_of) for promise in card.owed[:most])
    return f"{said}; and {rest} more" if rest else said


def planned(card: Card) -> str:
    """The plan that holds, and its id; nothing where there is none."""

    def said(day: date) -> str:
        late = (card.as_of - day).days
        return f"{short_day(day)} ({_days(late)} overdue)" if late > 0 else short_day(day)

    if card.plan is None:
        return ""
    reached = ": reached" if card.plan.reached(card.stage) else ""
    return f"{plans.in_words(card.plan, said)} ({card.plan.id}){reached}"


def _card(card: Card) -> list[Block]:
    score = card.score
    lines = [_health(card), *([(Cell(""), Cell(""), Cell(""), Cell(score.held, "bad"))] if score.held else [])]
    for component in score.components:
        lines.append(_component(component, _balance(card) if component.name == "reciprocity" else ""))
        if component.name == "rhythm":
            lines.append(_warning(score.silent_risk, component.evidence))
    first = [("wants", Cell(wants(card))), ("stage", Cell(stage(card), "" if card.stage else "dim"))]
    last = [("owed", Cell(owed(card), "bad" if score.status is Status.OWED else ""))]
    last += [("plan", Cell(planned(card)))] if card.plan else []
    last.append(("next", Cell(card.next_step)))
    notes: list[Block] = []
    if not card.default_weights:
        notes.append(Words("weighed by your own settings, not the default", "dim"))
    return [
        Heading(title(card), f"as of {short_day(card.as_of)}"),
        Gap(),
        Facts(first),
        Gap(),
        Grid([Column(""), Column("", "right"), Column("", bar=True), Column("", folds=True)], lines),
        Facts(last),
        *notes,
    ]


def _promise(promise: Promise, today: date) -> str:
    whose = "" if promise.owed_by is Side.US else "they owe: "
    if promise.due is None:
        return f"{whose}{promise.text} ({promise.id})"
    late = (today - promise.due).days
    when = f"{_days(late)} overdue" if late > 0 else "due today" if late == 0 else f"due {short_day(promise.due)}"
    return f"{whose}{promise.text}, {when} ({promise.id})"


def _health(card: Card) -> tuple[Cell, Cell, Cell, Cell]:
    score = card.score
    ages = [c.newest_age for c in score.components if c.newest_age is not None]
    newest = f", newest evidence {_days(min(ages))} old" if ages else ""
    ends = span_of(score.low, score.high)
    span = f"({ends})" if ends else ""
    unknown = score.reason if score.health is None else ""
    words = [span, score.status.value, arrow(score.trend), f"coverage {score.coverage:.0f} %{newest}", unknown]
    share = None if score.health is None else score.health / 100
    return (
        Cell("health", "title"),
        Cell(whole(score.health), "title"),
        Cell("", STYLES.get(score.status, ""), share),
        Cell("  ".join(word for word in words if word), STYLES.get(score.status, "")),
    )


def _component(component: Component, more: str = "") -> tuple[Cell, Cell, Cell, Cell]:
    value = component.value
    reason = f"{component.reason}; {more}" if more else component.reason
    return (
        Cell(f"  {component.name}", "label"),
        Cell(whole(value) if component.applies else "n/a", "" if value is not None else "dim"),
        Cell("", "bar", None if value is None else value / 100),
        Cell(reason, "" if value is not None else "dim"),
    )


def _balance(card: Card) -> str:
    """What we gave them and what we asked of them in two years, by purpose."""
    return f"given {card.given} : asked {card.asked}" if card.given or card.asked else ""


def _warning(risk: float | None, signs: int) -> tuple[Cell, Cell, Cell, Cell]:
    enough = signs >= ENOUGH_SIGNS
    reason = "chance of silence past three usual gaps" if enough else "too few signs to warn by"
    return (Cell("  warning", "label"), Cell(whole(risk if enough else None)), Cell(""), Cell(reason, "dim"))


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _row(card: Card) -> tuple[Value, ...]:
    score = card.score
    by_name = {component.name: component.value for component in score.components}
    return (
        card.contact.id, card.contact.name, ";".join(card.contact.roles), card.stage.value if card.stage else None, score.status.value, score.health, score.low,
        score.high, score.coverage, score.trend, _unsure(by_name["rhythm"]), _unsure(score.silent_risk), score.expected,
        by_name["terms"], by_name["reciprocity"], by_name["promises"], by_name["voice"], by_name["loyalty"],
        _iso(card.last_in), _iso(card.last_out), _iso(card.expected_next), owed(card) if card.owed else None, score.reason, card.next_step,
        card.as_of.isoformat(),
    )  # fmt: skip


def _document(card: Card) -> dict[str, Any]:
    score = card.score
    return {
        **dict(zip(COLUMNS, _row(card), strict=True)),
        "health_unheld": score.health_unheld,
        "held": score.held or None,
        "wishes": [
            {"id": w.id, "kind": w.kind.value, "value": w.value, "source": w.source.value, "words": w.words, "at": str(w.when)}
            for w in card.wishes.all
        ],
        "plan": plans.document(card.plan) if card.plan else None,
        "given": card.given,
        "asked": card.asked,
        "ladder": _ladder(card),
        "horizon_days": score.horizon_days,
        "usual_gap": score.usual_gap,
        "silent_days": score.silent,
        "components": {
            c.name: {
                "value": c.value,
                "applies": c.applies,
                "low": c.low,
                "high": c.high,
                "reliability": c.reliability,
                "weight": c.weight,
                "evidence": c.evidence,
                "newest_age": c.newest_age,
                "reason": c.reason,
            }
            for c in score.components
        },
        "records": list(card.records),
    }


def _ladder(card: Card) -> dict[str, Any] | None:
    found = card.climb
    return None if found is None else {
        "by_referral": found.by_referral,
        "proof": [{"stage": rung.stage.value, "reason": rung.reason, "records": list(rung.records)} for rung in found.rungs],
        "next": found.next or None,
        "satisfaction": found.satisfaction or None,
        "lost": found.lost or None,
    }  # fmt: skip


def _unsure(percent: float | None) -> float | None:
    return None if percent is None else min(99.99, max(0.01, percent))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
