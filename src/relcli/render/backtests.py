"""The backtest of a book on a page: what the metric was worth, in sentences and in tables."""

from __future__ import annotations

from collections.abc import Mapping

from relcli.actions.backtests import Backtest
from relcli.domain.moment import day_of
from relcli.health.backtest import LIGHT, RECENCY, RHYTHM, WARNING, Replay
from relcli.health.statistics.calibration import Bin, Calibration
from relcli.health.statistics.intervals import ANY, FIRM
from relcli.health.statistics.ranking import Ranking
from relcli.health.words import EN_DASH, days
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Words
from relcli.render.scorecards import short_day

_LEGEND = (
    "of 100: of 100 pairs, one of each kind, how often the measure had them the right way round; 50 is a coin (AUC times 100). "
    "In brackets, where the true figure lies 95 times of 100."
)
_NAMES = {WARNING: "warning", LIGHT: "traffic light"}  # in words, where that differs


def page(found: Backtest) -> Page:
    """The verdict first, then what it rests on."""
    blocks: list[Block] = [Heading("Is the metric true in this book?", _span(found)), Gap()]
    blocks += [Words(sentence, "title" if not number else "") for number, sentence in enumerate(verdict(found))]
    if not found.together.known:
        return Page(blocks)
    both = found.together
    blocks += _ranked(f"Heard from again within {days(found.horizon)}?", both.heard, "were", "were not")
    blocks += _ranked("Silent for three of their usual gaps more?", both.silent, "fell silent", "did not")
    if both.chances:
        blocks += _reliability(both.chances)
    if len(found.days) > 1:
        blocks += _by_day(found)
    if any(ranking.auc is not None for ranking in (*both.heard.values(), *both.silent.values())):
        blocks += [Gap(), Words(_LEGEND, "dim")]
    return Page(blocks)


def verdict(found: Backtest) -> tuple[str, ...]:
    """What may be said in plain words, a sentence each; of too few it is said that they are."""
    both = found.together
    if found.first is None or found.last is None:
        return ("Nothing to tell yet: nobody has given a sign of life.",)
    if not found.days:
        needed, have = days(found.horizon), days((found.last - found.first).days)
        needs = f"a day to replay needs {needed} of records before it and as many after it, and this book spans {have}"
        return (f"Too early to tell: {needs}. A shorter --horizon needs less.",)
    if not both.known:
        return ("Too early to tell: nobody had given a sign of life by then.",)
    first = _heard(both)
    if both.heard[RHYTHM].auc is None:  # what is too few for the first question is not said again for the others
        return (first, *([_came_true(both)] if both.chances else []), *([_warned(both)] if both.silent[WARNING].auc else []))
    return (first, *([_beside(both)] if both.heard[LIGHT].auc else []), _came_true(both), _warned(both))


# --- the sentences -----------------------------------------------------------------------------------------------------


def _heard(both: Replay) -> str:
    ranking = both.heard[RHYTHM]
    if ranking.auc is None:
        if both.known and not (ranking.yes and ranking.no):
            again = "everybody was" if ranking.yes else "nobody was"
            return f"Too few to tell: of {_people(both.known)} known then, {again} heard from again."
        return f"Too few to tell: {ranking.yes} stayed and {ranking.no} left, and {ANY} of either are needed on the same days."
    doubt = "" if ranking.better_than_chance else "; by chance it would be 50"
    return f"In this book, rhythm told those who stayed from those who left {_times(ranking, 'interval ')}{doubt}."


def _beside(both: Replay) -> str:
    light, recency = both.heard[LIGHT], both.heard[RECENCY]
    return f"A traffic light of 30, 60 and 90 days did so {_times(light)}, plain recency {_times(recency)}."


def _came_true(both: Replay) -> str:
    chances = both.chances
    if chances is None:
        return f"Too few to tell how well the percentages came true: {FIRM} contacts are needed."
    off, by_chance = 100.0 * chances.error, 100.0 * chances.error_by_chance
    return (
        f"Rhythm said {100 * chances.told:.0f} % on average, and {100 * chances.came:.0f} % were heard from; "
        f"its percentages were off by {off:.1f} points on average, of which chance alone explains about {min(off, by_chance):.1f}."
    )


def _warned(both: Replay) -> str:
    warning, light = both.silent[WARNING], both.silent[LIGHT]
    if warning.auc is None or light.auc is None:
        return f"Too few to tell how early it warns: of those with a steady rhythm {warning.yes} fell silent and {warning.no} did not."
    doubt = "" if warning.better_than_chance else ", which may be chance"
    return f"Its warning told those about to fall silent from the others {_times(warning)}{doubt}; the traffic light {_times(light)}."


def _times(ranking: Ranking, word: str = "") -> str:
    return f"{100 * (ranking.auc or 0):.0f} times of 100 ({word}{_interval(ranking)})"


def _interval(ranking: Ranking) -> str:
    return "" if ranking.low is None or ranking.high is None else f"{100 * ranking.low:.0f}{EN_DASH}{100 * ranking.high:.0f}"


def _people(count: int) -> str:
    return "1 contact" if count == 1 else f"{count} contacts"


# --- the tables --------------------------------------------------------------------------------------------------------


def _span(found: Backtest) -> str:
    if not found.days:
        return ""
    on = [short_day(day_of(one.day)) for one in found.days if one.day is not None]
    which = on[0] if len(on) == 1 else f"{len(on)} days, {on[0]} to {on[-1]}"
    return f"{which}; {days(found.horizon)} ahead"


def _ranked(question: str, measures: Mapping[str, Ranking], yes: str, no: str) -> list[Block]:
    """A line a measure that was known of anybody, and those that were not in one."""
    lead = next(iter(measures.values()))
    known = {name: ranking for name, ranking in measures.items() if ranking.yes or ranking.no}
    heading = Heading(question, f"{lead.yes} {yes}, {lead.no} {no}")
    if all(ranking.auc is None for ranking in known.values()):
        return [Gap(), heading, Words(f"  too few to tell: {ANY} of either are needed", "dim")]
    columns = [Column(""), Column("of 100", "right"), Column("", "right"), Column("", bar=True), Column("", folds=True)]
    blocks: list[Block] = [Gap(), heading, Grid(columns, [_measure(name, ranking, lead) for name, ranking in known.items()])]
    if len(known) < len(measures):
        without = ", ".join(_named(name) for name in measures if name not in known)
        blocks.append(Words(f"  no records yet for: {without}", "dim"))
    return blocks


def _measure(name: str, ranking: Ranking, lead: Ranking) -> tuple[Cell, ...]:
    few = ranking.auc is None
    return (
        Cell(f"  {_named(name)}", "label"),
        Cell("—" if ranking.auc is None else f"{100 * ranking.auc:.1f}", "dim" if few else ""),
        Cell("" if few else f"({_interval(ranking)})"),
        Cell("", "bar", ranking.auc),
        Cell(f"{ranking.yes} and {ranking.no}: too few to tell" if few else _others(ranking, lead), "dim"),
    )


def _named(measure: str) -> str:
    return _NAMES.get(measure, measure)


def _others(ranking: Ranking, lead: Ranking) -> str:
    """How many a measure was known of, where that differs from all."""
    return "" if (ranking.yes, ranking.no) == (lead.yes, lead.no) else f"known of {ranking.yes} and {ranking.no}"


def _reliability(chances: Calibration) -> list[Block]:
    columns = [
        Column("said"), Column("times", "right"), Column("average", "right"), Column("came", "right"), Column("", "right"),
        Column("", bar=True),
    ]  # fmt: skip
    heading = Heading(
        "Did the percentages come true?", f"log loss {chances.log_loss:.3f} (without a metric {chances.log_loss_of_share:.3f})"
    )
    return [Gap(), heading, Grid(columns, [_bin(one) for one in chances.bins])]


def _bin(one: Bin) -> tuple[Cell, ...]:
    known = one.came is not None and one.low is not None and one.high is not None
    return (
        Cell(f"  {100 * one.bottom:.0f}{EN_DASH}{100 * one.top:.0f} %", "label"),
        Cell(f"{one.n}"),
        Cell(f"{100 * one.told:.0f} %"),
        Cell(f"{100 * (one.came or 0):.0f} %" if known else "too few", "" if known else "dim"),
        Cell(f"({100 * (one.low or 0):.0f}{EN_DASH}{100 * (one.high or 0):.0f})" if known else ""),
        Cell("", "bar", one.came),
    )


def _by_day(found: Backtest) -> list[Block]:
    columns = [Column("day by day"), Column("heard from", "right"), Column("rhythm", "right"), Column("warning", "right")]
    lines = [
        (
            Cell(f"  {short_day(day_of(one.day))}" if one.day is not None else "", "label"),
            Cell(f"{one.came} of {one.known}"),
            Cell(_short(one.heard[RHYTHM])),
            Cell(_short(one.silent[WARNING])),
        )
        for one in found.days
    ]
    return [Gap(), Grid(columns, lines)]


def _short(ranking: Ranking) -> str:
    return "too few" if ranking.auc is None else f"{100 * ranking.auc:.1f} ({_interval(ranking)})"
