"""The results of an initiative: a sentence, a picture, the figures behind it, and everybody's own."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from relcli.actions.initiatives.outcomes import UNPROMPTED
from relcli.actions.initiatives.results import InitiativeResults, Measured, Verdict
from relcli.domain.currency import minor_places
from relcli.domain.initiative import Group, Outcome
from relcli.domain.wording import counted
from relcli.health.statistics.effect import LEAST, Effect
from relcli.render.page import Block, Cell, Column, Facts, Gap, Grid, Heading, Page, Words
from relcli.render.scorecards import short_day

_WORDS = {Group.ENROLLED: "enrolled", Group.COMPARISON: "left alone"}
_UNIFORM = "how wide the range is does not show, where all of a group fare alike"
_REGRESSION = (
    "those who stood low tend to rise by themselves, and those who stood high to fall (regression to the mean): "
    "only people drawn by lot and left alone can tell that from an effect (enroll … --holdout 0.5)"
)


def page(results: InitiativeResults, *, top: int | None = None, most: int | None = None) -> Page:
    """The sentence first, then the groups, the figures, what is left out, and the people.

    Their table holds the first `top` where so many were asked for, else `most`, and one more rather than a line about one.
    """
    one = results.initiative
    blocks: list[Block] = [Heading(one.name, f"as of {short_day(results.today)}"), Words(one.hypothesis, "dim"), Gap()]
    blocks.append(Words(sentence(results), "title"))
    blocks += [Gap(), _picture(results), Gap(), Facts(_facts(results))]
    blocks += [Words(note, "dim") for note in notes(results)]
    everybody = len(results.people)
    shown = results.people[: top or (everybody if most is not None and everybody == most + 1 else most)]
    blocks += [Gap(), _people(shown, results)]
    rest = everybody - len(shown)
    return Page([*blocks, *([Words(f"… and {rest} more: --top {everybody} shows them", "dim")] if rest else [])])


def sentence(results: InitiativeResults) -> str:
    """What came of it, in words."""
    found = results.effect
    match results.verdict:
        case Verdict.BEFORE_AFTER:
            return _moved(results)
        case Verdict.TOO_FEW:
            sizes = " and ".join(f"{side.count} {_WORDS[side.group]}" for side in results.sides)
            return f"too few to tell: {sizes}, and it takes {LEAST} of each whose outcome is known"
    if found is None:  # never: the other verdicts have one
        return ""
    if found.low is None or found.high is None:
        return f"{_by(found.value, results)}, but nobody differs from the others of their group: nothing shows what chance alone would do"
    if found.uniform:
        return f"{_by(found.value, results)}: proven, for chance would hardly part them so ({_UNIFORM})"
    proof = "proven" if results.verdict is Verdict.PROVEN else "not proven"
    return f"{_by(found.value, results)}, plausibly between {_between(found, results)}: {proof}"


def notes(results: InitiativeResults) -> list[str]:
    """What a reader has to know of the figures."""
    one, said = results.initiative, []
    if not results.by_lot:
        said.append(_REGRESSION)
    if one.outcome in UNPROMPTED:
        said.append(
            "after the start neither our outreaches count nor the answers to them, in either group: what is left they did by themselves"
        )
    if results.unknown:
        said.append(
            f"{counted(results.unknown, 'person')} left out: the outcome before or after is unknown".replace("persons", "people")
        )
    if results.undrawn:
        said.append(f"{results.undrawn} enrolled without a lot, and so not in the figure")
    if results.others:
        said.append(f"not in it, and never added: {', '.join(map(str, results.others))}")
    if one.cost and results.currency and one.cost.currency != results.currency:
        said.append(f"it cost {one.cost}, and the sales are in {results.currency}: they are not compared")
    return said


def _picture(results: InitiativeResults) -> Grid:
    """How each group stood before and after, as bars."""
    top = max([1e-9, *(abs(f) for side in results.sides for f in (side.before, side.after) if f is not None)])
    whole = {Outcome.SIGNS: 1.0, Outcome.SALES: top}.get(results.initiative.outcome, 100.0)
    lines = []
    for side in results.sides:
        for when, figure in (("before", side.before), ("after", side.after)):
            first = when == "before"
            lines.append([
                Cell(_WORDS[side.group] if first else "", "label"), Cell(str(side.count) if first else ""), Cell(when),
                Cell(_figure(figure, results)), Cell("", "bar", share=0.0 if figure is None else figure / whole),
            ])  # fmt: skip
    return Grid(
        [Column(""), Column("people", "right"), Column(""), Column(_title(results), "right"), Column("", bar=True)], lines
    )


def _facts(results: InitiativeResults) -> list[tuple[str, Cell]]:
    first, last = results.window
    found = [("after", Cell(f"{short_day(first)} to {short_day(last)}{_ongoing(results)}"))]
    if results.earlier:
        found.append(("before", Cell(f"{short_day(results.earlier[0])} to {short_day(results.earlier[1])}, as long")))
    else:
        found.append(("before", Cell("as it stood when it began")))
    if results.effect is not None:
        how = f"{results.effect.slope:.0%} of where each stood before is taken off".replace("%", " %")
        found.append(("effect", Cell(f"{_interval(results.effect, results)}; {how}")))
    if results.plain is not None:
        found.append(("difference in differences", Cell(f"{_interval(results.plain, results)}; all of it is taken off")))
    cost = results.initiative.cost
    if cost:
        per = "" if results.cost_per_point is None else f": {_money(results)} for one {results.unit}, if the estimate is right"
        found.append(("cost", Cell(f"{cost}{per}")))
    return found


def _ongoing(results: InitiativeResults) -> str:
    return ", and going on" if results.initiative.state(results.today) == "open" else ""


def _money(results: InitiativeResults) -> str:
    cost = results.initiative.cost
    if cost is None or results.cost_per_point is None:
        return ""
    return f"{results.cost_per_point:.{minor_places(cost.currency)}f} {cost.currency}"


def _moved(results: InitiativeResults) -> str:
    [side] = results.sides
    if side.before is None or side.after is None:
        return "before/after, not proof: the outcome before or after is known of nobody"
    way = f"from {_figure(side.before, results)} to {_figure(side.after, results)}"
    return (
        f"before/after, not proof: {_title(results)} went {way}, of {counted(side.count, 'person').replace('persons', 'people')}"
    )


def _by(value: float, results: InitiativeResults) -> str:
    """`7 more of 100 came back`."""
    match results.initiative.outcome:
        case Outcome.SIGNS:
            return f"{_count(value, results)} of 100 came back" if round(100 * value) else "no more of 100 came back"
        case Outcome.SALES:
            return f"{_count(value, results)} a person bought"
        case outcome:
            return f"{outcome.value} stands {_count(value, results)} than without it"


def _between(found: Effect, results: InitiativeResults) -> str:
    """`2 fewer and 15 more`."""
    return f"{_count(found.low or 0.0, results)} and {_count(found.high or 0.0, results)}"


def _count(value: float, results: InitiativeResults) -> str:
    match results.initiative.outcome:
        case Outcome.SIGNS:
            whole = round(100 * value)
            return f"{abs(whole)} {'fewer' if whole < 0 else 'more'}"
        case Outcome.SALES:
            places = minor_places(results.currency)
            return f"{abs(value):.{places}f} {results.currency} {'less' if round(value, places) < 0 else 'more'}"
        case _:
            return f"{abs(value):.1f} points {'lower' if round(value, 1) < 0 else 'higher'}"


def _interval(found: Effect, results: InitiativeResults) -> str:
    if found.low is None or found.high is None:
        return f"{_signed(found.value, results)}, and no range"
    if found.uniform:
        return f"{_signed(found.value, results)}, and no range"
    return f"{_signed(found.value, results)}, plausibly {_signed(found.low, results)} to {_signed(found.high, results)}"


def _signed(value: float, results: InitiativeResults) -> str:
    scale, places = _scale(results)
    return f"{round(value * scale, places) + 0.0:+.{places}f}"


def _figure(value: float | None, results: InitiativeResults) -> str:
    scale, places = _scale(results)
    return "—" if value is None else f"{round(value * scale, places) + 0.0:.{places}f}"


def _scale(results: InitiativeResults) -> tuple[float, int]:
    """By what a figure is multiplied to be shown, and its decimals."""
    match results.initiative.outcome:
        case Outcome.SIGNS:
            return 100.0, 0
        case Outcome.SALES:
            return 1.0, minor_places(results.currency)
        case _:
            return 1.0, 1


def _title(results: InitiativeResults) -> str:
    match results.initiative.outcome:
        case Outcome.SIGNS:
            return "% came back"
        case Outcome.SALES:
            return f"sales ({results.currency})"
        case outcome:
            return outcome.value


def _people(shown: Sequence[Measured], results: InitiativeResults) -> Grid:
    """Everybody's own figures; columns that would be empty for all are left out."""
    moves, undrawn = results.initiative.outcome is not Outcome.SIGNS, results.undrawn > 0
    columns = [Column("who", folds=True), Column("group"), Column("before", "right"), Column("after", "right")]
    columns += [Column("change", "right")] * moves + [Column("left out")] * undrawn
    return Grid(columns, [_person(person, results, moves=moves, undrawn=undrawn) for person in shown])


def _person(person: Measured, results: InitiativeResults, *, moves: bool, undrawn: bool) -> list[Cell]:
    said = functools.partial(_figure, results=results) if moves else _came
    cells = [Cell(person.contact.name, "name"), Cell(_WORDS[person.enrolment.group])]
    cells += [Cell(said(person.before)), Cell(said(person.after))]
    unknown = person.change is None
    if moves:
        cells.append(Cell("unknown", "dim") if person.change is None else Cell(_signed(person.change, results)))
    if undrawn:
        cells.append(Cell("" if person.counted or unknown else "not drawn by lot", "dim"))
    return cells


def _came(figure: float | None) -> str:
    return "—" if figure is None else "yes" if figure else "no"
