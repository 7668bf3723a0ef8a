"""The results of a survey on a page."""

from __future__ import annotations

from collections.abc import Sequence

from relcli.actions.surveys.results import FollowUp, Group, Said, SurveyResults
from relcli.domain.follow_up import Mood
from relcli.domain.wording import by
from relcli.health.answers import ItemTally, Wave
from relcli.health.statistics.intervals import Certainty, certainty
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Words
from relcli.render.scorecards import short_day


def page(results: SurveyResults, *, most: int | None = None) -> Page:
    """Who answered, then item by item, then by group, then in their words, then what to do; lists hold `most` lines."""
    blocks: list[Block] = [Heading(results.survey, f"as of {short_day(results.today)}"), Words(_who(results))]
    if results.whole.withheld:
        blocks.append(Words(f"{_anonymous(results.whole.withheld)} not shown: from five answers on they are counted", "dim"))
    for item in results.whole.items:
        blocks += [Gap(), *_item(item, results)]
    if results.request.by:
        blocks += _divided(results, results.request.by.value)
    return Page([*blocks, *_words(results, most), *_to_do(results, most)])


def figure(item: ItemTally) -> str:
    """What the answers amount to: the figure with its interval, the interval first where it is rough."""
    estimate = item.estimate
    if estimate is None:
        return ""
    places = _places(item)
    value = f"{'NPS' if item.is_score else 'mean'} {_number(estimate.value, places)}"
    between = f"between {_number(estimate.low, places)} and {_number(estimate.high, places)}"
    return f"rough: {between} (95 %), {value}" if item.certainty is Certainty.ROUGH else f"{value}, {between} (95 %)"


# --- the page ----------------------------------------------------------------------------------------------------------


def _who(results: SurveyResults) -> str:
    n, nameless = results.whole.n, results.anonymous
    older = len(results.responses) + nameless - n
    if not n:
        return ", ".join(part for part in ("no answer that can be shown", _rate(results.whole)) if part)
    parts = [
        "1 person answered" if n == 1 else f"{n} people answered",
        f"{nameless} of them anonymous" if nameless else "",
        _rate(results.whole),
        f"{older} older {'response' if older == 1 else 'responses'} of theirs not counted" if older else "",
        f"since {short_day(results.since)}" if results.since else "",
        " and ".join(f"{word} only" for word in (*results.request.roles, *results.request.tags)),
    ]
    return ", ".join(part for part in parts if part)


def _rate(group: Group) -> str:
    """How many of those invited answered; empty where nobody was."""
    return f"{group.answered} of {group.invited} invited ({100 * group.answered / group.invited:.0f} %)" if group.invited else ""


def _item(item: ItemTally, results: SurveyResults) -> list[Block]:
    answers = "1 answer" if item.n == 1 else f"{item.n} answers"
    blocks: list[Block] = [Heading(item.item, answers), Words(item.text, "dim")]
    if item.certainty is Certainty.ANSWERS:
        return [*blocks, *_few(item, results)]
    said = figure(item)
    if said:
        blocks.append(Words(f"{said}{_scale(item)}"))
    if item.camps:
        camps = zip(item.camps, ("promoter", "passive", "detractor"), strict=True)
        blocks.append(Words(", ".join(f"{count} {camp}{'s' * (count != 1)}" for count, camp in camps), "dim"))
    if item.wave:
        blocks.append(Words(_moved(item, item.wave)))
    columns = [Column("answer", "left" if item.high <= item.low else "right"), Column("", bar=True), Column("given", "right")]
    return [*blocks, Grid(columns, [_counted(label, count, item.n) for label, count in item.counts])]


def _few(item: ItemTally, results: SurveyResults) -> list[Block]:
    """The answers themselves, and no figure."""
    lines = [
        [
            Cell(results.names.get(response.contact, ""), "name"),
            Cell(answer.words if answer.value is None else f"{answer.value} of {answer.low}-{answer.high}"),
            Cell(short_day(response.when.day), "dim"),
        ]
        for response, answer in item.given
    ]
    blocks: list[Block] = [Grid([Column("", folds=True), Column("", folds=True), Column("")], lines)] if lines else []
    return [*blocks, Words("too few for a figure", "dim")]


def _counted(label: str, count: int, n: int) -> list[Cell]:
    return [Cell(label, "label"), Cell("", "bar", share=count / n), Cell(str(count))]


def _places(item: ItemTally) -> int:
    return 0 if item.is_score else 1


def _number(value: float, places: int, sign: str = "") -> str:
    """A figure as people write it; a nought has no minus."""
    return f"{round(value, places) + 0.0:{sign}.{places}f}"


def _scale(item: ItemTally) -> str:
    if item.is_score:
        return ""
    return f", on a scale from {item.low} to {item.high}{', where less is better' if item.reversed else ''}"


def _moved(item: ItemTally, wave: Wave) -> str:
    """Whether the last half-year differs from the one before it, and how sure that is; rough: the interval first."""
    moved, places = wave.moved, _places(item)
    between = f"between {_number(moved.low, places, '+')} and {_number(moved.high, places, '+')}"
    counts = f"(95 %; {wave.before.n} answers then, {wave.after.n} since)"
    if not wave.claimed:
        return f"no change that can be claimed on the half-year before: {between} {counts}"
    by_how_much = f"{'up' if moved.value > 0 else 'down'} {_number(abs(moved.value), places)} on the half-year before"
    if certainty(moved.n) is Certainty.ROUGH:
        return f"rough: {between}, {by_how_much} {counts}"
    return f"{by_how_much}: {between} {counts}"


def _divided(results: SurveyResults, by_what: str) -> list[Block]:
    """The same items group by group."""
    blocks: list[Block] = []
    for whole in results.whole.items:
        lines = [_in_group(group, item, results) for group in results.groups for item in group.items if _same(item, whole)]
        if lines:
            columns = [Column(by_what), Column("answers", "right"), Column("", folds=True)]
            blocks += [Gap(), Heading(f"{whole.item}, by {by_what}"), Grid(columns, lines)]
    if results.ungrouped:
        blocks.append(Words(f"{_anonymous(results.ungrouped)} in no group: too few to stand alone", "dim"))
    return blocks


def _in_group(group: Group, item: ItemTally, results: SurveyResults) -> list[Cell]:
    if item.certainty is Certainty.ANSWERS:
        told = ", ".join(f"{results.names.get(r.contact, '')} {a.words if a.value is None else a.value}" for r, a in item.given)
        return [Cell(group.name, "name"), Cell(str(item.n)), Cell(f"too few for a figure: {told}" if told else "too few", "dim")]
    chosen = ", ".join(f"{label} ({count})" for label, count in item.counts if count)
    return [Cell(group.name, "name"), Cell(str(item.n)), Cell(figure(item) or chosen)]


def _same(one: ItemTally, other: ItemTally) -> bool:
    return (one.item, one.tag, one.low, one.high, one.reversed) == (other.item, other.tag, other.low, other.high, other.reversed)


def _words(results: SurveyResults, most: int | None) -> list[Block]:
    if not results.said:
        return []
    shown = results.said[:most]
    columns = [Column("", folds=True), Column("", folds=True), Column("")]
    blocks: list[Block] = [Gap(), Heading("In their words")]
    blocks.append(Grid(columns, [_said(said, results) for said in shown]))
    return [*blocks, *_more(len(results.said) - len(shown))]


def _said(said: Said, results: SurveyResults) -> list[Cell]:
    name = results.names.get(said.contact, "") if said.contact else "anonymous"
    return [Cell(name, "name" if said.contact else "dim"), Cell(said.words), Cell(short_day(said.day) if said.day else "", "dim")]


def _to_do(results: SurveyResults, most: int | None) -> list[Block]:
    blocks: list[Block] = [Gap(), Heading("What to do")]
    shown = results.follow_up[:most]
    if shown:
        columns = [Column("", "right"), Column("follow up", folds=True), Column("because", folds=True), Column("how"), Column("")]
        blocks.append(Grid(columns, [_line(rank, one) for rank, one in enumerate(shown, 1)]))
        blocks += _more(len(results.follow_up) - len(shown))
    else:
        blocks.append(Words("nobody waits for us to come back to their answer"))
    if results.left:
        blocks += [Gap(), Words("not to be contacted", "label")]
        lines = [[Cell(one.contact.name, "name"), Cell(f"{why(one)}; {one.refused}")] for one in results.left[:most]]
        blocks += [Grid([Column("", folds=True), Column("", folds=True)], lines), *_more(len(results.left) - len(lines))]
    return blocks


def _line(rank: int, one: FollowUp) -> list[Cell]:
    return [
        Cell(str(rank), "dim"),
        Cell(one.contact.name, "name"),
        Cell(why(one), "bad" if one.mood is Mood.UNHAPPY else "fair"),
        Cell(by(one.channel) if one.channel else ""),
        Cell(one.response.id, "dim"),
    ]


def why(one: FollowUp) -> str:
    """Why somebody is to be followed up: "unhappy: recommend 4 of 0-10 on 12 Oct 2026"."""
    answer = one.answer
    return f"{one.mood.value}: {answer.item} {answer.value} of {answer.low}-{answer.high} on {short_day(one.response.when.day)}"


def _more(count: int) -> Sequence[Block]:
    return [Words(f"… and {count} more: --format json has them all", "dim")] if count > 0 else []


def _anonymous(count: int) -> str:
    return "1 anonymous answer is" if count == 1 else f"{count} anonymous answers are"
