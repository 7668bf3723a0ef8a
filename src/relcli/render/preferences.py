"""Wishes in a line and on a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from relcli.actions.preferences import PreferencesListed, PreferencesWritten
from relcli.domain.gate import Standing
from relcli.domain.moment import Moment
from relcli.domain.preference import Preference, PreferenceKind, Source, wishes
from relcli.domain.wording import day_in_words, in_short
from relcli.render.interactions import when
from relcli.render.page import Block, Cell, Column, Gap, Grid, Heading, Page, Words
from relcli.render.rows import Rows, preference_rows

COLUMNS = (Column("wish", folds=True), Column("in words", folds=True), Column("source"), Column("since"), Column("id"))


def written(result: PreferencesWritten) -> str:
    """One line: what was understood of them, and how we know."""
    first = result.preferences[0]
    until = f" until {first.until.isoformat()}" if first.until else ""
    said = f"{first.source.value} {when(first.when)}{until}"
    return f"noted for {result.contact.name}: {_all(result.preferences)} ({said}; {_ids(result.preferences)})"


def cleared(result: PreferencesWritten) -> str:
    """One line: what ended, and its last day."""
    last = result.preferences[0].until
    day = f" with {last.isoformat()}" if last else ""
    return f"ended{day} for {result.contact.name}: {_all(result.preferences)} ({_ids(result.preferences)})"


def consequences(result: PreferencesWritten) -> list[str]:
    """A line for each do-not-contact that the new wishes put an end to, and for each new one that does not count."""
    ended = [
        f'this ends the wish for {in_short(wish)} of {day_in_words(wish.when.day)}: "{wish.words}" ({wish.id})'
        for wish in result.lifted
    ]
    return ended + [
        f"{wish.id} ({in_short(wish)}) does not count now: what else they said stands above it, see: "
        f"relcli preference list {result.contact.id}"
        for wish in result.idle
    ]


def rows(result: PreferencesListed, *, with_observed: bool = False) -> Rows:
    """The public columns; `with_observed` adds what they were seen to prefer, which was never written down."""
    more = (
        [seen for standing in result.standings if (seen := _observed(standing, result.today)) is not None]
        if with_observed
        else []
    )
    return preference_rows([*result.preferences, *more], result.names)


def listed(result: PreferencesListed) -> Page:
    """The wishes of each contact; those that hold no more are marked."""
    blocks: list[Block] = []
    for standing in result.standings:
        theirs = [wish for wish in result.preferences if wish.contact == standing.contact]
        seen = _observed(standing, result.today)
        bound = _binding(standing, result)
        lines = [_cells(wish, result) for wish in [*theirs, *([seen] if seen else [])]]
        if lines or bound:
            blocks += [Gap()] if blocks else []
            blocks += [Heading(standing.name, standing.contact), *([Grid(COLUMNS, lines)] if lines else []), *bound]
    return Page(blocks)


def _cells(wish: Preference, result: PreferencesListed) -> list[Cell]:
    over = bool(wish.number) and wish.number not in result.holding
    state = "" if not over else f" until {wish.until.isoformat()}" if wish.until and wish.until < result.today else " (not now)"
    until = f" until {wish.until.isoformat()}" if wish.until and not over else ""
    return [
        Cell(in_short(wish) + state + until, "dim" if over else "bad" if wish.shuts else "name"),
        Cell(f'"{wish.words}"' if wish.source is Source.STATED else wish.words),
        Cell(wish.source.value, "label"),
        Cell(wish.when.day.isoformat(), "dim"),
        Cell(wish.id if wish.number else "", "dim"),
    ]


def _observed(standing: Standing, today: date) -> Preference | None:
    """The channel they were seen to prefer, as a wish that was never written down; what they said stands above it."""
    seen = standing.observed
    about = (PreferenceKind.CHANNEL, PreferenceKind.NOT_CHANNEL)
    if seen is None:
        return None
    theirs = wishes(standing.preferences, Moment(today)).channels.values()
    if any(wish.source is Source.STATED and wish.kind in about for wish in theirs):
        return None
    words = f"{seen.count} of {seen.total} touches they began"
    return Preference(0, standing.contact, PreferenceKind.CHANNEL, seen.channel, Source.OBSERVED, words, Moment(seen.last))


def _binding(standing: Standing, result: PreferencesListed) -> list[Block]:
    """The do-not-contact of the organisation they work for, which binds them too."""
    theirs = wishes(standing.organisation_preferences, Moment(result.today))
    found = [wish for wish in theirs.all if wish.shuts]
    return [Words(f'{standing.organisation}, too: {in_short(wish)} ("{wish.words}", {wish.id})', "bad") for wish in found]


def _all(preferences: Iterable[Preference]) -> str:
    return ", ".join(in_short(wish) for wish in preferences)


def _ids(preferences: Iterable[Preference]) -> str:
    return " ".join(wish.id for wish in preferences)
