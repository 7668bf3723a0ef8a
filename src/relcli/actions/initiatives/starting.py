"""Initiatives: started, stopped, found by their name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from relcli.actions.desk import Desk
from relcli.actions.moments import moment
from relcli.domain.batch import Batch
from relcli.domain.currency import refuse_ended
from relcli.domain.initiative import Initiative, Outcome
from relcli.domain.money import MinusSign, Money, money
from relcli.domain.name import SHORTEST_PART
from relcli.domain.wording import day_in_words
from relcli.errors import Ambiguous, Misused, NotFound
from relcli.store import initiatives
from relcli.text import folded, one_line, quoted, storable

if TYPE_CHECKING:
    from sqlalchemy import Connection


class InitiativeNotFound(NotFound):
    """There is no initiative of this name."""


class InitiativeAmbiguous(Ambiguous):
    """Several initiatives have this in their names."""


class InitiativeExists(Ambiguous):
    """There is one of this name already."""


class InitiativeOver(Ambiguous):
    """It was stopped, or its last day has passed."""


class StartInitiative(BaseModel):
    """What to try, why it should work, what it is to improve, and from when to when; texts as typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    hypothesis: str
    outcome: Outcome
    begins: str | None = None
    until: str | None = None
    cost: str | None = None


@dataclass(frozen=True, slots=True)
class InitiativeWritten:
    """An initiative as it stands on the day of a write."""

    initiative: Initiative
    batch: Batch | None
    today: date

    @property
    def over(self) -> bool:
        """Whether nobody can be enrolled any more."""
        return self.initiative.over_on(self.today)


def start_initiative(request: StartInitiative, desk: Desk) -> InitiativeWritten:
    """Write what is to be tried; nobody is in it yet.

    Raises InitiativeExists, and Misused for an empty name or hypothesis, days in the wrong order, or a cost that is no
    amount.
    """
    name = _text(request.name, "name")
    hypothesis = _text(request.hypothesis, "hypothesis")
    begins = moment(request.begins, desk.book.zone, now=desk.now, dates=desk.settings.dates).day
    until = None
    if request.until is not None:
        until = moment(request.until, desk.book.zone, now=desk.now, dates=desk.settings.dates, forward=True).day
        if until < begins:
            raise Misused(
                f"--until {until.isoformat()} is before --from {begins.isoformat()}", "an initiative ends after it begins"
            )
    new = Initiative(0, name, hypothesis, request.outcome, begins, until, cost=_cost(request.cost, begins, desk))
    with desk.writing("initiative start") as writing:
        known = initiatives.named(writing.connection, name)
        if known is not None:
            raise InitiativeExists(
                f'there is an initiative "{known.name}" already, from {day_in_words(known.begins)} on', "give it another name"
            )
        number = initiatives.add(writing, new)
        [made] = [one for one in initiatives.everything(writing.connection) if one.number == number]
        return InitiativeWritten(made, writing.written, desk.today)


def stop_initiative(name: str, desk: Desk) -> InitiativeWritten:
    """End an initiative today. Raises InitiativeNotFound, InitiativeOver, and Misused for one that has not begun."""
    with desk.writing("initiative stop") as writing:
        one = find_initiative(writing.connection, name)
        refuse_over(one, desk.today)
        if desk.today < one.begins:
            raise Misused(
                f'"{one.name}" begins on {day_in_words(one.begins)}: there is nothing to stop yet',
                "to take it back: relcli book history, relcli book undo BATCH",
            )
        initiatives.stop(writing, one.number, desk.today)
        return InitiativeWritten(find_initiative(writing.connection, name), writing.written, desk.today)


def find_initiative(connection: Connection, name: str) -> Initiative:
    """The one of that name, else the only one with that in its name, accents and case aside.

    Raises InitiativeNotFound, naming those there are, InitiativeAmbiguous for a part of several names.
    """
    text = one_line(name)
    found = initiatives.named(connection, text)
    if found is not None:
        return found
    known = initiatives.everything(connection)
    partly = [one for one in known if len(text) >= SHORTEST_PART and folded(text) in folded(one.name)]
    if len(partly) > 1:
        names = " · ".join(one.name for one in partly)
        raise InitiativeAmbiguous(f'"{name}" is part of the names of {len(partly)} initiatives: say which', names)
    if not partly:
        names = " · ".join(one.name for one in known)
        hint = f"there are: {names}" if known else "begin one: relcli initiative start NAME --hypothesis TEXT --outcome health"
        raise InitiativeNotFound(f'there is no initiative "{name}"', hint)
    return partly[0]


def refuse_over(one: Initiative, today: date) -> None:
    """Raises InitiativeOver where nothing can be changed any more."""
    if one.over_on(today) and one.ends is not None:
        how = "was stopped" if one.stopped is not None else "ended"
        raise InitiativeOver(
            f'"{one.name}" {how} on {day_in_words(one.ends)}', f"see: relcli initiative results {quoted(one.name)}"
        )


def _text(typed: str, what: str) -> str:
    if not storable(typed):
        raise Misused(f"that {what} holds a NUL or half a character, which no book can keep", "remove it")
    text = one_line(typed)
    if not text:
        raise Misused(f"the {what} is empty", "say in a line what you try, and what you expect of it")
    return text


def _cost(typed: str | None, day: date, desk: Desk) -> Money | None:
    if typed is None:
        return None
    try:
        cost = money(typed, desk.book.currency, free=True)
        refuse_ended(cost.currency, day)
    except MinusSign:
        raise Misused(f'--cost "{typed}" is less than nothing', "write what it costs you: 400, or leave it out") from None
    except ValueError as error:
        raise Misused(f"--cost: {error}") from None
    return cost
