"""Every component of every contact, as it stood at the end of one day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from relcli.domain.moment import day_number
from relcli.domain.promise import Closing, Side
from relcli.health.conversation import NO_DAYS, Conversation, Touches
from relcli.health.distance import Distance, distance
from relcli.health.evidence import Evidence
from relcli.health.loyalty import Loyalty, loyalty
from relcli.health.marks import Marks
from relcli.health.promises import Given, Promises, promises
from relcli.health.reciprocity import Reciprocity, reciprocity
from relcli.health.rhythms.gaps import UNKNOWN_BOOK
from relcli.health.rhythms.prior import Model
from relcli.health.rhythms.rhythm import Rhythm, resting, rhythm
from relcli.health.terms import Terms, terms
from relcli.health.voice import Voice, voice

EIGHTY_WIDTH = 2.563  # standard deviations between the ends of an 80 % range


@dataclass(frozen=True, slots=True)
class Components:
    """Every component at the end of one day."""

    rhythm: Rhythm
    distance: Distance
    terms: Terms
    reciprocity: Reciprocity
    promises: Promises
    voice: Voice
    loyalty: Loyalty
    marks: dict[str, Marks]


def components(
    evidence: Evidence, as_of: int, horizon: int | None, *, model: Model | None = None, detail: bool = True
) -> Components:
    """What the evidence until the end of day `as_of` says; without `detail` without ranges and dates, which is quicker.

    `model` is what the book has taught about rhythms; without it, it is learnt from what happened until `as_of`.
    """
    size = evidence.signs.size
    near = distance(evidence.wanted, size, as_of)
    beats = rhythm(evidence.signs, as_of, horizon, floor=near.cadence, model=model, detail=detail)
    last = as_of - beats.silent
    # After a wish for no contact is lifted, nothing is expected until a sign, or one usual gap after the first free day.
    recovering = ~(last > near.lifted) & (as_of - near.lifted - 1 < beats.usual_gap)
    rests = near.apart | recovering
    beats = resting(beats, rests)
    talk = evidence.talk or Conversation.of(Touches.none(), NO_DAYS, NO_DAYS, size)
    suppliers = np.zeros(size, np.bool_) if evidence.suppliers is None else evidence.suppliers
    kept = promises(evidence.given, evidence.own, suppliers, as_of)
    agreed = terms(talk, evidence.wanted, as_of, settled=_settled(evidence.given), zones=evidence.zones, texts=evidence.texts)
    # Whose own rhythm is unknown is waited for as long as the cadence they stated, or two months.
    own = np.where(beats.n < 2, np.where(np.isnan(near.cadence), UNKNOWN_BOOK, near.cadence), beats.usual_gap)
    mutual = reciprocity(talk, beats.usual_gap, as_of, own=own, replies_logged=evidence.replies_logged)
    spoken = voice(evidence.said, evidence.own, talk, as_of)
    returns = loyalty(evidence.transactions, as_of, evidence.referrals)
    everyone = np.ones(size, np.bool_)
    marks: dict[str, Marks] = {}
    marks["rhythm"] = Marks(
        applies=~rests,
        value=beats.value,
        counts=beats.standing,
        variance=((beats.standing_high - beats.standing_low) / EIGHTY_WIDTH) ** 2,
        reliability=np.where(np.isnan(beats.value), 0.0, 1.0),
        evidence=beats.n,
        newest_age=beats.silent,
    )
    marks["terms"] = Marks.of_tally(agreed.tally, everyone, agreed.judged, agreed.newest_age)
    marks["reciprocity"] = Marks.of_tally(mutual.tally, ~near.apart, mutual.count, mutual.newest_age)
    decided = kept.ours + kept.theirs
    marks["promises"] = Marks.of_tally(kept.tally, ~near.apart | (decided > 0), decided, kept.newest_age)
    marks["voice"] = Marks(
        applies=~near.apart | (spoken.count > 0),
        value=spoken.value,
        counts=spoken.value,
        variance=spoken.spread**2,
        reliability=spoken.reliability,
        evidence=spoken.count,
        newest_age=spoken.newest_age,
    )
    able = evidence.loyalty_applies & ~near.apart
    marks["loyalty"] = Marks.of_tally(returns.tally, able, returns.count + returns.sent, returns.last_age)
    return Components(beats, near, agreed, mutual, kept, spoken, returns, marks)


def _settled(given: Given) -> frozenset[tuple[int, int]]:
    """Contact and day of every promise of ours that was kept."""
    return frozenset(
        (i, day_number(promise.closed))
        for i, records in given.items()
        for promise in records
        if promise.owed_by is Side.US and promise.how is Closing.KEPT and promise.closed is not None
    )
