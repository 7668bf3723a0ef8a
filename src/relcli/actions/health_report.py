"""The health report: every relationship of the book, those that need care first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median

from pydantic import BaseModel, ConfigDict

from relcli.actions.assessments import assess_on, read_book
from relcli.actions.desk import Desk
from relcli.actions.ladders import Ladder, ladder_of, since_day
from relcli.actions.moments import day
from relcli.actions.narrowing import narrowing
from relcli.actions.portfolio import Portfolio, portfolio
from relcli.actions.scorecards import Card, card, checked_horizon
from relcli.actions.suggestions import consider
from relcli.domain.moment import day_number
from relcli.domain.stage import Stage, height
from relcli.errors import Misused
from relcli.health.status import Status
from relcli.store import invitations
from relcli.text import folded

CARE = (Status.OWED, Status.UNHAPPY, Status.CROWDED, Status.AT_RISK, Status.COOLING, Status.WEAK)
ORDER = (
    *CARE, Status.LAPSED, Status.NEW, Status.UNKNOWN, Status.STEADY, Status.STRONG, Status.DISTANT, Status.RECORD, Status.CLOSED,
)  # fmt: skip
SORTABLE = (
    "name", "status", "health", "low", "high", "coverage", "trend", "rhythm", "silent_risk", "expected", "terms",
    "reciprocity", "promises", "voice", "loyalty", "last_in", "last_out", "expected_next", "stage",
)  # fmt: skip


class ReportHealth(BaseModel):
    """Which relationships, as of when, in which order; `sort` is a column, a minus before it turns it round.

    `since` (a day, or so long before) asks who moved on the ladder since then, `ranges` for the range of every component and
    the proof of every stage, which only a document shows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: str | None = None
    horizon: int | None = None
    roles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    stage: tuple[Stage, ...] = ()
    since: str | None = None
    sort: str | None = None
    top: int | None = None
    ranges: bool = False


@dataclass(frozen=True, slots=True)
class HealthReport:
    """All cards chosen, in order; `care` is how many need attention, `narrowed` whether some were left out.

    The `portfolio` is that of the whole book, whatever was chosen.
    """

    as_of: date
    cards: tuple[Card, ...]
    counts: dict[str, int]
    ladder: Ladder
    care: int
    median_health: float | None
    known: int
    sorted_by: str | None
    top: int | None
    portfolio: Portfolio
    narrowed: bool


def report_health(request: ReportHealth, desk: Desk) -> HealthReport:
    """Assess the book and choose.

    Raises Misused for a column, a horizon or a number that cannot be, GroupNotFound for a role or tag that nobody has.
    """
    on = day(request.as_of, desk.book.zone, now=desk.now, dates=desk.settings.dates)
    key, downward = _sort_key(request.sort)
    if request.top is not None and request.top < 1:
        raise Misused(f"--top {request.top} is no number of lines", "write 1 or more")
    horizon = checked_horizon(request.horizon)
    since = since_day(request.since, desk, on)
    with desk.book.reading() as connection:
        group = narrowing(connection, request.roles, request.tags)
        known = read_book(connection, desk, until=day_number(on))
        assessed = assess_on(known, day_number(on), horizon=horizon)
        considered = consider(connection, desk, assessed) if on == desk.today else None
        asked = invitations.last_asked(connection, until=on) if request.ranges else None
        year = portfolio(connection, desk, assessed)
    before = None if since is None else assess_on(known, day_number(since), horizon=horizon)
    cards = {
        place: card(assessed, place, desk, considered, asked=asked, ranges=request.ranges)
        for place, contact in enumerate(assessed.contacts)
        if group.takes(contact)
    }
    if request.status:
        cards = {place: c for place, c in cards.items() if c.score.status in request.status}
    if request.stage:
        cards = {place: c for place, c in cards.items() if c.stage in request.stage}
    chosen = list(cards.values())
    healths = [c.score.health for c in chosen if c.score.health is not None]
    counts = Counter(c.score.status for c in chosen)
    return HealthReport(
        as_of=on,
        cards=tuple(_sorted(chosen, key, downward=downward)),
        counts={word.value: counts[word] for word in ORDER if counts[word]},
        ladder=ladder_of(assessed, cards.keys(), before),
        care=sum(counts[word] for word in CARE),
        median_health=median(healths) if healths else None,
        known=len(healths),
        sorted_by=request.sort,
        top=request.top,
        portfolio=year,
        narrowed=bool(group or request.status or request.stage),
    )


def column(item: Card, name: str) -> str | float | date | None:
    """What a sortable column holds for one card; None where unknown."""
    score = item.score
    if name == "name":
        return folded(item.contact.name)
    if name == "status":
        return float(ORDER.index(score.status))
    if name == "stage":
        return None if item.stage is None else float(height(item.stage))
    if name in ("last_in", "last_out", "expected_next"):
        found: date | None = getattr(item, name)
        return found
    for component in score.components:
        if component.name == name:
            return component.value
    number: float | None = getattr(score, "health_unheld" if name == "health" else name)
    return number


def _sort_key(sort: str | None) -> tuple[str | None, bool]:
    if sort is None:
        return None, False
    name = sort.strip().lower().removeprefix("-")
    if name not in SORTABLE:
        raise Misused(
            f'there is no column "{sort}" to sort by', f"choose one of: {', '.join(SORTABLE)}; -{SORTABLE[2]} turns it round"
        )
    return name, sort.strip().startswith("-")


def _sorted(cards: list[Card], key: str | None, *, downward: bool) -> list[Card]:
    ordered = sorted(cards, key=lambda c: (folded(c.contact.name), c.contact.id))
    if key is None:
        return sorted(ordered, key=_attention)
    known = [c for c in ordered if column(c, key) is not None]
    unknown = [c for c in ordered if column(c, key) is None]
    known.sort(key=lambda c: column(c, key), reverse=downward)  # type: ignore[arg-type, return-value]  # one type a column
    return known + unknown


def _attention(item: Card) -> tuple[int, float, float]:
    """Status first; of those falling silent the likeliest to go, else the weakest."""
    score = item.score
    return ORDER.index(score.status), -(score.silent_risk or 0.0) if score.status in CARE else 0.0, score.health_unheld or 101.0
