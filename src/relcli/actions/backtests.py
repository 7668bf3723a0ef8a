"""Is the metric true in this book? What it said at past days, beside what followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from relcli.actions.assessments import assess_on, read_book
from relcli.actions.desk import Desk
from relcli.actions.moments import day
from relcli.actions.scorecards import checked_horizon
from relcli.domain.duration import duration
from relcli.domain.moment import day_number, day_of
from relcli.errors import Misused
from relcli.health.backtest import Replay, days_to_replay, replay, seen

HORIZON = 182  # days


class BacktestBook(BaseModel):
    """At which days, and how far ahead, in days or as a duration; without days the book's own span decides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: tuple[str, ...] = ()
    horizon: str | None = None


@dataclass(frozen=True, slots=True)
class Backtest:
    """What the metric said at past `days` beside what followed within `horizon` days, oldest first, and `together`.

    The book has records from `first` to `last`, both None where nobody ever gave a sign.
    """

    today: date
    horizon: int
    first: date | None
    last: date | None
    days: tuple[Replay, ...]
    together: Replay


def backtest_book(request: BacktestBook, desk: Desk) -> Backtest:
    """Assess the book as it was known at past days, and compare with what followed.

    Raises Misused for a day whose horizon reaches beyond the records, and for what is no day or no length of time.
    """
    horizon = _horizon(request.horizon)
    asked = {day(text, desk.book.zone, now=desk.now, dates=desk.settings.dates) for text in request.at}
    with desk.book.reading() as connection:
        known = read_book(connection, desk, until=day_number(desk.today))
    signs, talk = known.evidence.signs, known.evidence.talk
    if talk is None or not signs.days.size:
        return Backtest(desk.today, horizon, None, None, (), replay(()))
    first, last = int(signs.days.min()), int(talk.day.max())
    for on in sorted(asked, reverse=True):
        _check_followed(on, last, horizon)
    days = sorted(day_number(on) for on in asked) or days_to_replay(first, last, horizon)
    found = [seen(assess_on(known, on, horizon=horizon).assessment, signs, last, horizon) for on in days]
    return Backtest(
        desk.today,
        horizon,
        day_of(first),
        day_of(last),
        days=tuple(replay([each], day=each.day) for each in found),
        together=replay(found),
    )


def _horizon(text: str | None) -> int:
    """The days ahead. Raises Misused."""
    if text is None:
        return HORIZON
    plain = text.strip()
    try:
        days = int(plain) if plain.isascii() and plain.isdigit() else duration(plain)
    except ValueError:
        raise Misused(f'--horizon "{text}" is not a length of time', "write 182, 26w, 6m or 1y") from None
    return checked_horizon(days) or HORIZON


def _check_followed(on: date, last: int, horizon: int) -> None:
    """Whether what followed a day is known. Raises Misused."""
    latest = last - horizon
    if day_number(on) > latest:
        raise Misused(
            f"what followed {on.isoformat()} is not known: its {horizon} days reach beyond the newest record, of {day_of(last).isoformat()}",
            f"ask about a day until {day_of(latest).isoformat()}, or with a shorter --horizon",
        )
