"""Interactions on a page and in a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from relcli.actions.interactions import InteractionsListed, InteractionsRemoved, InteractionWritten
from relcli.actions.moved import Moved
from relcli.domain.contact import Contact
from relcli.domain.interaction import Direction, Interaction
from relcli.domain.moment import Moment
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words

_WORDS = {Direction.IN: "from", Direction.OUT: "to", Direction.BOTH: "with"}
_ARROWS = {Direction.IN: "←", Direction.OUT: "→", Direction.BOTH: "↔"}
_BEGAN = {Direction.IN: "they began", Direction.OUT: "we began", Direction.BOTH: "both"}


def written(result: InteractionWritten) -> str:
    """One line: what was written, and when it happened."""
    touch = result.interaction
    if result.batch is None:
        return f"left {touch.id} as it is"
    opened = f"; opened {result.promise.id}, to be put right by {result.promise.due}" if result.promise else ""
    return f"{result.act} {touch.id}: {_line(touch, (c.name for c in result.contacts))}{opened}{newcomers(result.added)}"


def next_step(result: InteractionWritten) -> str:
    """How to close what a complaint opened."""
    return f"when it is put right: relcli promise keep {result.promise.id}" if result.promise else ""


def against(result: InteractionWritten) -> list[str]:
    """A line for each wish that the touch broke, or may have, and the way back from a slip."""
    told = [f"against their wish: {answer.why}" for answer in result.against if answer.wish is not None]
    told += [f"perhaps not as they wish: {warning}" for answer in result.against for warning in answer.warnings]
    return [*told, "if that was a slip: relcli book undo"] if told else []


def moved(changes: Iterable[Moved]) -> list[str]:
    """A line for each status that the touch moved: `Ana Ruiz was at risk, now strong`."""
    return [f"{one.contact.name} was {_spaced(one.was)}, now {_spaced(one.now)}" for one in changes]


def _spaced(status: str) -> str:
    return status.replace("-", " ")


def newcomers(added: Iterable[Contact]) -> str:
    """Who was added along the way, so that a slip of the pen does not make a person in silence."""
    names = ", ".join(f"{contact.name} ({contact.id})" for contact in added)
    return f"; added {names}" if names else ""


def removed(result: InteractionsRemoved) -> str:
    """One line: what was removed, or how many and which."""
    if len(result.interactions) > 1:
        return f"removed {len(result.interactions)} interactions: {' '.join(i.id for i in result.interactions)}"
    [touch] = result.interactions
    return f"removed {touch.id}: {_line(touch, who(touch, result.names))}"


def listed(result: InteractionsListed) -> Page:
    """A line a touch, newest first."""
    columns = [
        Column("when"),
        Column(""),
        Column("channel"),
        Column("who", folds=True),
        Column("about", folds=True),
        Column("id"),
    ]
    return Page([Grid(columns, [_cells(touch, result.names) for touch in result.interactions])])


def shown(result: InteractionsListed) -> Page:
    """Everything of each touch, its summary in full."""
    blocks: list[Block] = []
    for place, touch in enumerate(result.interactions):
        facts = [(label, Cell(text)) for label, text in _facts(touch, result.names) if text]
        blocks += [Gap()] if place else []
        blocks += [Heading(touch.id, when(touch.when)), Facts(facts)]
        blocks += [Gap(), Words(touch.summary)] if touch.summary else []
        blocks += [Gap(), Words(f"may be said to them: {touch.say}")] if touch.say else []
    return Page(blocks)


def when(moment: Moment) -> str:
    """A moment for a reader: `2026-11-21 17:30`, the day alone where no time is known.

    One told with an offset of its own keeps it, for its day in the book may be another.
    """
    day, _, time = str(moment).partition("T")
    offset = time[8:] if moment.zone.startswith(("+", "-")) else ""
    return f"{day} {time[:5]} {offset}".rstrip() if time else day


def who(touch: Interaction, names: Mapping[str, str]) -> list[str]:
    """The names of those who took part."""
    return [names.get(code, code) for code in touch.contacts]


def sayable(touch: Interaction) -> str:
    """What may be said to them, marked as such."""
    return f"say: {touch.say}" if touch.say else ""


def _line(touch: Interaction, people: Iterable[str]) -> str:
    return f"{touch.channel} {_WORDS[touch.direction]} {', '.join(people)}, {when(touch.when)}"


def _cells(touch: Interaction, names: Mapping[str, str]) -> list[Cell]:
    marks = [f"{touch.minutes} min" if touch.minutes is not None else "", touch.purpose.value if touch.purpose else ""]
    about = " · ".join(text for text in [touch.summary, sayable(touch), *marks] if text)
    return [
        Cell(when(touch.when), "label"),
        Cell(_ARROWS[touch.direction]),
        Cell(touch.channel),
        Cell(", ".join(who(touch, names)), "name"),
        Cell(about),
        Cell(touch.id, "dim"),
    ]


def _facts(touch: Interaction, names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        ("who", ", ".join(f"{name} ({code})" for name, code in zip(who(touch, names), touch.contacts, strict=True))),
        ("channel", touch.channel),
        ("began", _BEGAN[touch.direction]),
        ("at", str(touch.when)),
        ("minutes", "" if touch.minutes is None else str(touch.minutes)),
        ("sentiment", "" if touch.sentiment is None else f"{touch.sentiment:+d}" if touch.sentiment else "0"),
        ("purpose", touch.purpose.value if touch.purpose else ""),
        ("source", touch.source),
        ("known as", touch.external_id),
    ]
