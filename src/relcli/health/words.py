"""The sentences of a card: reasons and next steps in plain words, from plain numbers.

A day is a whole number, days since 1970-01-01.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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

    `silent` and `rhythm` are the words of `silence()` and `rhythm()`. `archived` tells why a card is closed, `none` that
    they want no closeness.
    """

    as_of: int
    signs: int
    silent: str
    rhythm: str
    first_age: float | None  # days since the first sign
    risk: float | None  # silent risk, 0-100
    coverage: float  # 0-100
    expected_next: int | None
    archived: bool
    none: bool
    overdue: int = 0  # days the oldest overdue promise of ours is past its day
    complaint: int = 0  # the same of a complaint


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


def listed(parts: Sequence[str]) -> str:
    """Several things in a row: "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), *parts[-1:]] if parts[1:] else parts)


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
    if signs == 0:
        return "no sign of life yet"
    if value is None:  # they wished for no contact, so that none is expected
        return silent
    opening = f"one sign of life only, {silent}" if signs == 1 else silent
    return f"{opening}; {percent(value)} to hear from them by {on_day(end, as_of)}"


def terms(judged: int, honoured: int, breaches: Mapping[str, int], late: float, quiet: float, *, wished: bool) -> str:
    """The reason of the component: "5 of 6 of our touches as they wish; 1 by phone"."""
    parts = []
    if judged:
        parts.append(f"{honoured} of {judged} of our touches as they wish" if judged > 1 else _only(honoured))
        parts += [f"{count} {what}" for what, count in sorted(breaches.items(), key=lambda item: (-item[1], item[0]))]
    elif quiet:
        parts.append(f"left in peace for {days(quiet)}, as they wish")
    if late > 0.0:
        parts.append("they wished to hear from us before now")
    return "; ".join(parts) or ("nothing of ours since they said what they wish" if wished else "no wish known")


def reciprocity(count: int, asked: int, answered: int, written: int, replied: int, *, logged: bool) -> str:
    """The reason of the component: "they answered 7 of our 9 questions; we answered 4 of their 4"."""
    if not count:
        return "nothing that asks for an answer yet"
    parts = []
    if asked:
        parts.append(f"they answered {answered} of our {asked} question{'s' * (asked != 1)}")
    if written and (logged or replied):
        parts.append(f"we answered {replied} of their {written} message{'s' * (written != 1)}")
    return "; ".join(parts) or f"{count} time{'s' * (count != 1)} they came to us, or we met"


def promises(ours: int, ours_kept: int, theirs: int, theirs_kept: int, late: int, *, overdue: int) -> str:
    """The reason of the component: "we kept 3 of 4; they kept 1 of 1; 1 late"."""
    parts = []
    if ours:
        parts.append(f"we kept {ours_kept} of {ours}")
    if theirs:
        parts.append(f"they kept {theirs_kept} of {theirs}")
    if late:
        parts.append(f"{late} late")
    if overdue:
        parts.append(f"ours is {days(overdue)} overdue")
    return "; ".join(parts) or "none that is due yet"


def voice(survey: str, value: int, most: int, day: int, as_of: int) -> str:
    """The reason of the component: "8 of 10 on 3 Oct (pulse)"."""
    return f"{value} of {most} on {on_day(day, as_of)} ({survey})"


def held(value: float, overdue: int, *, complaint: int, harmed: bool, unhappy: bool = False) -> str:
    """Why health is held: "held at 89: a promise of ours is 1 day overdue"; `complaint` says how long one is, 0 for none."""
    if complaint:
        why = owed(overdue, complaint)
    elif harmed:
        why = "we contacted them against their wish"
    elif unhappy:
        why = "their newest answer was an unhappy one"
    else:
        why = owed(overdue)
    return f"held at {round(value)}: {why}"


def owed(overdue: int, complaint: int = 0) -> str:
    """What of ours is past its day, a complaint before a promise: "a promise of ours is 12 days overdue"."""
    return f"a complaint is {days(complaint)} past its day" if complaint else f"a promise of ours is {days(overdue)} overdue"


def loyalty(count: int, first_age: float, last_age: float, turn: float, *, purchases: bool, sent: int = 0) -> str:
    """The reason of the component: "4 orders in two years, no turn missed"."""
    referred = f"sent us {others(sent)}" if sent else ""
    bought = _bought(count, first_age, last_age, turn, purchases=purchases)
    return "; ".join(part for part in (bought if count or not sent else "", referred) if part)


def _bought(count: int, first_age: float, last_age: float, turn: float, *, purchases: bool) -> str:
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


def others(count: int) -> str:
    """Say how many: "one other", "three others"."""
    return f"{NUMBERS[count] if count < len(NUMBERS) else count} {'other' if count == 1 else 'others'}"


def reason(status: Status, facts: Facts) -> str:
    """Why the card says what it says, in one sentence."""
    sentence = facts.rhythm
    match status:
        case Status.OWED:
            sentence = owed(facts.overdue, facts.complaint)
        case Status.CROWDED:
            sentence = "half or more of our last touches came sooner or closer than they wish"
        case Status.CLOSED:
            sentence = "archived" if facts.archived else "they want no contact"
        case Status.UNHAPPY:
            sentence = "their newest answer was an unhappy one, and nothing followed it"
        case Status.DISTANT if facts.none:
            sentence = "they want no closeness"
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
    """Tell what to do, from rhythm alone; nobody was asked for consent, so no contact is proposed."""
    match status:
        case Status.CLOSED:
            return "nothing: archived" if facts.archived else "leave alone: they want no contact"
        case Status.DISTANT if facts.none:
            return "leave alone: they want no closeness"
        case Status.RECORD:
            return "leave it at a record until they give a sign"
        case Status.LAPSED:
            return f"let go: {facts.silent}"
        case Status.AT_RISK | Status.COOLING:
            return f"they may be slipping away: {facts.silent}"
    if facts.expected_next is None:
        return "leave alone; no date can be told from their rhythm"
    return f"leave alone until about {on_day(facts.expected_next, facts.as_of)} (their rhythm)"


def _only(honoured: int) -> str:
    return "our one touch was as they wish" if honoured else "our one touch was not as they wish"


def _span(length: float) -> str:
    if length < 2 * MONTH:
        return days(max(length, 1.0))
    if length < 1.5 * YEAR:
        return f"{round(length / MONTH)} months"
    years = round(length / YEAR)
    return f"{NUMBERS[years] if years < len(NUMBERS) else years} years"
