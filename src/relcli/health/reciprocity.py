"""Reciprocity: is it two-way? Who asks and who answers, on both sides.

Formulas: docs/explanation/metric.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from relcli.health.conversation import BOTH, IN, Conversation, places
from relcli.health.statistics.tally import Tally, aged

RepliesLogged = Literal["auto", "yes", "no"]

WRITTEN = ("email", "letter", "sms", "social", "web")
SPEAKING = ("thanks", "order", "gift")  # what they send of their own accord, and waits for no answer
ASKING = ("advice", "help", "favour", "check-in", "pitch", "survey", "referral-request", "other")
GIVING, WANTING = ("advice", "help", "thanks", "gift", "favour"), ("marketing", "pitch", "survey", "referral-request")
OPEN_DAYS = 60  # what was left unanswered longer is not waited for any more
PROMPT, TARDY = 7, 21  # days within which a touch of theirs is answered, and answered by half
SHORTEST_WAIT = 14.0
LONGEST_WAIT = 60.0
YEAR, TWO_YEARS = 365, 730
START = 0.5


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """Per contact: the tally, what its sentence needs, and what is still open.

    `wait` is how many days we give them to answer. `asked` are asks of ours that are decided, `answered` those they
    answered; `written` and `replied` are theirs and our answers. `unanswered` is the day of the oldest touch of theirs
    since our last answer and `unanswered_record` its number (-1: none), `waiting` that of our newest outreach they may still answer (NaN: none). `given` and
    `wanted` count our touches of two years by purpose. `logged`: this book logs answers.
    """

    tally: Tally
    wait: NDArray[np.float64]
    count: NDArray[np.int64]
    newest_age: NDArray[np.float64]
    asked: NDArray[np.int64]
    answered: NDArray[np.int64]
    written: NDArray[np.int64]
    replied: NDArray[np.int64]
    unanswered: NDArray[np.float64]
    unanswered_record: NDArray[np.int64]
    waiting: NDArray[np.float64]
    given: NDArray[np.int64]
    wanted: NDArray[np.int64]
    logged: bool


def reciprocity(
    talk: Conversation,
    usual: NDArray[np.float64],
    as_of: int,
    *,
    own: NDArray[np.float64] | None = None,
    replies_logged: RepliesLogged = "auto",
) -> Reciprocity:
    """Who answered whom until the end of day `as_of`; `usual` is the usual gap of every contact.

    `own` is the same without what is borrowed from the book, so that who waits for an answer depends on nobody else.
    """
    talk = talk.until(as_of)
    size, owner = talk.size, talk.owner
    age = (as_of - talk.day).astype(np.float64)

    theirs = talk.direction == IN
    written = theirs & talk.is_channel(*WRITTEN) & ~np.isin(talk.purpose, places(*SPEAKING))
    answer = talk.next(talk.answering)
    delay = np.where(answer >= 0, talk.day[answer] - talk.day, np.iinfo(np.int64).max)
    prompt, tardy = written & (delay <= PROMPT), written & (delay > PROMPT) & (delay <= TARDY)
    late = written & ~prompt & ~tardy & (age > PROMPT)
    logged = (
        _logged(talk, written & (age > PROMPT), prompt | tardy, as_of) if replies_logged == "auto" else replies_logged == "yes"
    )

    asks = talk.outreach & (np.isin(talk.purpose, places(*ASKING)) | (talk.purpose < 0))
    sign = talk.next(talk.sign)
    until_sign = np.where(sign >= 0, talk.day[sign] - talk.day, np.iinfo(np.int64).max)
    wait = _wait(talk, asks, until_sign, usual)
    patience = wait if own is None else _wait(talk, asks, until_sign, own)
    heard = asks & (until_sign <= wait[owner])
    unheard = asks & ~heard & (age > wait[owner])

    success = (theirs & ~written).astype(np.float64) + (talk.direction == BOTH) + prompt + 0.5 * tardy + heard
    failure = 0.5 * tardy + (late if logged else 0.0) + unheard
    weight = aged(age)
    counted = (success + failure) > 0.0

    def total(values: NDArray[np.float64] | NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(owner, values, size).astype(np.float64)

    def number(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(owner[mask], minlength=size).astype(np.int64)

    first = _oldest_open(talk, written, answer, as_of)
    lately = (talk.direction >= 0) & ~theirs & (age <= TWO_YEARS)
    return Reciprocity(
        tally=Tally(total(success * weight), total(failure * weight), START),
        wait=wait,
        count=number(counted),
        newest_age=as_of - talk.newest(counted),
        asked=number(heard | unheard),
        answered=number(heard),
        written=number(written & (prompt | tardy | late)),
        replied=number(prompt | tardy),
        unanswered=np.where(first < 0, np.nan, talk.day[first].astype(np.float64)) if owner.size else np.full(size, np.nan),
        unanswered_record=np.where(first < 0, -1, talk.record[first]) if owner.size else np.full(size, -1),
        waiting=talk.newest(talk.outreach & (sign < 0) & (age < patience[owner])),
        given=number(lately & np.isin(talk.purpose, places(*GIVING))),
        wanted=number(lately & np.isin(talk.purpose, places(*WANTING))),
        logged=logged,
    )


def _logged(talk: Conversation, written: NDArray[np.bool_], answered: NDArray[np.bool_], as_of: int) -> bool:
    """Whether at least half of what they wrote in the last year has an answer in the book."""
    recent = written & (talk.day > as_of - YEAR)
    # A touch counts once, however many took part and whoever employs them.
    total, known = np.unique(talk.record[recent]).size, np.unique(talk.record[recent & answered]).size
    return total > 0 and 2 * known >= total


def _wait(
    talk: Conversation, asks: NDArray[np.bool_], until_sign: NDArray[np.int64], usual: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How many days each contact is given to answer: two weeks, twice their median, or their usual gap if not long.

    A sign later than sixty days, or only after another ask of ours, is no answer to be reckoned with.
    """
    again = talk.next(asks)
    until_ask = np.where(again >= 0, talk.day[again] - talk.day, np.iinfo(np.int64).max)
    known = asks & (until_sign <= LONGEST_WAIT) & (until_sign <= until_ask)
    median = np.zeros(talk.size)
    order = np.lexsort((until_sign[known], talk.owner[known]))
    times, owners = until_sign[known][order], talk.owner[known][order]
    first, count = np.searchsorted(owners, np.arange(talk.size)), np.bincount(owners, minlength=talk.size)
    some = count > 0
    lower, upper = times[(first + (count - 1) // 2)[some]], times[(first + count // 2)[some]]
    median[some] = (lower + upper) / 2.0
    return np.maximum(np.maximum(SHORTEST_WAIT, 2.0 * median), np.minimum(LONGEST_WAIT, usual))


def _oldest_open(talk: Conversation, written: NDArray[np.bool_], answer: NDArray[np.int64], as_of: int) -> NDArray[np.int64]:
    """Per contact the entry of the oldest touch of theirs of sixty days that nothing of ours has followed, -1 for none."""
    pending = np.flatnonzero(written & (answer < 0) & (as_of - talk.day <= OPEN_DAYS))
    found = np.full(talk.size, talk.owner.size)
    np.minimum.at(found, talk.owner[pending], pending)
    return np.where(found < talk.owner.size, found, -1)
