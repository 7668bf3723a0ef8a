"""The sentences of a card: reasons and next steps in plain words, from plain numbers.

A day is a whole number, days since 1970-01-01.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from relcli.health.status import Status

EPOCH = date(1970, 1, 1).toordinal()
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
EN_DASH = "\u2013"
YEAR, MONTH = 365.25, 30.44
SOON = 0.25  # of a turn: a delay that short goes without saying
MANY_TURNS = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What reason and next step are made of.

    `silent` and `rhythm` are the words of `silence()` and `rhythm()`.
    """

    as_of: int
    signs: int
    silent: str
    rhythm: str
    first_age: float | None  # days since the first sign
    risk: float | None  # silent risk, 0-100
    coverage: float  # 0-100
    expected_next: int | None


def on_day(day: int, as_of: int) -> str:
    """A day as people write it, "22 May", with its year where that is not the year of `as_of`."""
    at = date.fromordinal(min(day + EPOCH, date.max.toordinal()))
    year = "" if at.year == date.fromordinal(as_of + EPOCH).year else f" {at.year}"
    return f"{at.day} {MONTHS[at.month - 1]}{year}"


def percent(value: float) -> str:
    """A chance in whole percent; never 0 or 100, for neither is ever sure."""
    return f"{min(99, max(1, round(value)))} %"


def days(count: float) -> str:
    """Say how many: "1 day", "47 days"."""
    whole = round(count)
    return f"{whole} day" if whole == 1 else f"{whole} days"


def silence(signs: int, silent: float, usual: float, low: float | None = None, high: float | None = None) -> str:
    """How long they have been silent and what is usual: "silent 47 days, usually every 31 (22-45)"."""
    heard = "heard from them today" if silent < 1 else f"silent {days(silent)}"
    if signs <= 1:
        return heard
    gap = round(usual)
    usually = f"{heard}, usually every {'day' if gap == 1 else gap}"
    if low is None or high is None or round(low) == round(high):
        return usually
    return f"{usually} ({round(low)}{EN_DASH}{round(high)})"


def rhythm(silent: str, signs: int, value: float | None, end: int, as_of: int) -> str:
    """The reason of the component; `silent` as `silence()` says it, `end` the last day of the horizon."""
    if signs == 0 or value is None:
        return "no sign of life yet"
    opening = f"one sign of life only, {silent}" if signs == 1 else silent
    return f"{opening}; {percent(value)} to hear from them by {on_day(end, as_of)}"


def loyalty(count: int, first_age: float, last_age: float, turn: float, *, purchases: bool) -> str:
    """The reason of the component: "4 orders in two years, no turn missed"."""
    if count == 0:
        return "no purchase yet" if purchases else "no order yet"
    what = "purchase" if purchases else "order"
    late = last_age / turn - 1.0
    if count == 1:
        when = "today" if last_age < 1 else f"{days(last_age)} ago"
        return f"one {what}, {when}{', and none since' if late > 0.0 else '; too early for the next'}"
    if late <= SOON:
        turns = "no turn missed"
    elif late < 1.0:
        turns = f"the next is {days(last_age - turn)} late"
    else:
        missed = math.floor(late)
        some = "one turn" if missed == 1 else f"{NUMBERS[min(missed, MANY_TURNS)]} turns"
        turns = f"{some}{' or more' if missed >= MANY_TURNS else ''} missed"
    return f"{count} {what}s in {_span(first_age)}, {turns}"


def reason(status: Status, facts: Facts) -> str:
    """Why the card says what it says, in one sentence."""
    sentence = facts.rhythm
    match status:
        case Status.CLOSED:
            sentence = "archived"
        case Status.RECORD:
            sentence = "no sign of life yet: data, not a relationship"
        case Status.NEW if facts.first_age is not None:
            when = "today" if facts.first_age < 1 else f"{days(facts.first_age)} ago"
            sentence = f"first heard from them {when}"
        case Status.AT_RISK if facts.risk is not None:
            sentence = f"{facts.silent}; {percent(facts.risk)} of silence for three usual gaps more"
        case Status.UNKNOWN if facts.signs == 1:
            sentence = "one sign of life only; needs two"
        case Status.UNKNOWN:
            sentence = f"evidence for {math.floor(facts.coverage)} % of what counts; needs 30 %"
    return sentence


def next_step(status: Status, facts: Facts) -> str:
    """Tell what to do, from rhythm alone."""
    match status:
        case Status.CLOSED:
            return "nothing: archived"
        case Status.RECORD:
            return "find out whether they want to hear from us, or leave it at a record"
        case Status.LAPSED:
            return f"ask once whether there is still a need, or let go: {facts.silent}"
        case Status.AT_RISK | Status.COOLING:
            return f"reach out: {facts.silent}"
    if facts.expected_next is None:
        return "leave alone; no date can be told from their rhythm"
    return f"leave alone until about {on_day(facts.expected_next, facts.as_of)} (their rhythm)"


def _span(length: float) -> str:
    if length < 2 * MONTH:
        return days(max(length, 1.0))
    if length < 1.5 * YEAR:
        return f"{round(length / MONTH)} months"
    years = round(length / YEAR)
    return f"{NUMBERS[years] if years < len(NUMBERS) else years} years"
