"""The health report on a page, as rows, as a document."""

from __future__ import annotations

from typing import Any

from relcli.actions.health_report import CARE, HealthReport
from relcli.actions.scorecards import Card
from relcli.health.status import Status
from relcli.render import ladders, portfolio, scorecards
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Words
from relcli.render.rows import Rows

TOP = 15
TOLD = {Status.OWED, Status.UNHAPPY, Status.CROWDED}  # not told by their silence


def page(report: HealthReport) -> Page:
    """A summary, the lines that need attention, or all of them where an order was asked for, and what the year rests on."""
    blocks: list[Block] = [
        Heading("Health report", f"as of {scorecards.short_day(report.as_of)}"),
        Words(_summary(report)),
    ]
    if report.counts:
        blocks += [Words("  ".join(f"{word} {count}" for word, count in report.counts.items()), "dim")]
    blocks += ladders.blocks(report.ladder)
    wanted = list(report.cards) if report.sorted_by else [c for c in report.cards if c.score.status in CARE]
    shown = wanted[: report.top or TOP]
    if shown:
        blocks += [Gap(), _lines(shown)]
        held = any(card.score.held for card in shown)
        blocks += [Words("≤  held down by what we owe, a touch against their wish, or an unhappy answer", "dim")] if held else []
    elif report.cards:
        blocks += [Gap(), Words("nothing needs your care today")]
    if len(wanted) > len(shown):
        blocks += [Words(f"… and {len(wanted) - len(shown)} more: --top {len(wanted)} shows them", "dim")]
    rest = len(report.cards) - len(wanted)
    if rest and not report.sorted_by:
        others = ", ".join(f"{count} {word}" for word, count in report.counts.items() if word not in CARE)
        blocks += [Words(f"{rest} more need nothing now ({others}); everybody: --sort name --top {len(report.cards)}", "dim")]
    if not report.narrowed:
        blocks += portfolio.blocks(report.portfolio)
    return Page(blocks)


def rows(report: HealthReport) -> Rows:
    """The public scorecard columns; every relationship unless a number was asked for."""
    return scorecards.rows(report.cards[: report.top])


def document(report: HealthReport) -> dict[str, Any]:
    """The summary and the scorecards."""
    return {
        "as_of": report.as_of.isoformat(),
        "summary": {
            "contacts": len(report.cards),
            "known": report.known,
            "median_health": report.median_health,
            "status": report.counts,
            "stage": {stage.value: count for stage, count in report.ladder.counts.items()},
        },
        **ladders.document(report.ladder),
        "plans": portfolio.plans(report.portfolio.growth),
        "portfolio": portfolio.document(report.portfolio),
        **scorecards.document(report.cards[: report.top]),
    }


def _summary(report: HealthReport) -> str:
    contacts = "1 contact" if len(report.cards) == 1 else f"{len(report.cards)} contacts"
    aside = sum(c.contact.archived is not None and c.contact.archived <= report.as_of for c in report.cards)
    contacts += f" ({aside} archived)" if aside else ""
    if report.median_health is None:
        return f"{contacts}, none with enough evidence for a health yet"
    care = f"{report.care} need care" if report.care != 1 else "1 needs care"
    return f"{contacts} · health known of {report.known}, median {report.median_health:.0f} · {care}"


def _lines(cards: list[Card]) -> Grid:
    columns = [
        Column("name", folds=True), Column("status"), Column("health", "right"), Column("range"), Column("trend", "right"),
        Column("risk", "right"), Column("why", folds=True),
    ]  # fmt: skip
    return Grid(columns, [_line(card) for card in cards])


def _line(card: Card) -> list[Cell]:
    score = card.score
    return [
        Cell(card.contact.name, "name"),
        Cell(score.status.value, scorecards.STYLES.get(score.status, "")),
        Cell(f"≤{scorecards.whole(score.health)}" if score.held else scorecards.whole(score.health)),
        Cell(scorecards.span_of(score.low, score.high), "dim"),
        Cell(scorecards.arrow(score.trend), "fair" if (score.trend or 0) < 0 else "good"),
        Cell("" if score.silent_risk is None else f"{score.silent_risk:.0f} %"),
        Cell(score.reason if score.status in TOLD else score.silence or score.reason),
    ]
