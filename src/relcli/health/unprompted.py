"""A book without what we prompted: our outreaches from a day on, and the answers to them, taken out of the evidence.

By it an effort is judged that consists of touches of ours: what is left is what they did by themselves. The rule is the
same for everybody, those left alone included, or it would make a difference where there is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from relcli.domain.reply import ANSWERING_DAYS, FOLLOWING_DAYS
from relcli.health.conversation import BOTH, IN, Conversation
from relcli.health.ledger import Ledger

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from relcli.health.evidence import Evidence


def unprompted(evidence: Evidence, since: int) -> Evidence:
    """The evidence without our outreaches from day `since` on and the answers to them; nothing else changes.

    An answer is their first touch within 14 days after an outreach, and every touch within 3 days of that one. Sales,
    promises and what they said in a survey stay.
    """
    talk = evidence.talk
    if talk is None:
        return evidence
    left = talk.only(~prompted(talk, since))
    return replace(evidence, talk=left, signs=Ledger.of(left.owner[left.sign], left.day[left.sign], left.size))


def prompted(talk: Conversation, since: int) -> NDArray[np.bool_]:
    """Which entries are outreaches of ours from day `since` on, or belong to the answers to them."""
    outreach = talk.outreach & (talk.day >= since)
    theirs = np.isin(talk.direction, (IN, BOTH))
    asked, before = talk.last(outreach), talk.last(theirs)
    first = theirs & (asked >= 0) & (before < asked) & (talk.day - talk.day[asked] <= ANSWERING_DAYS)
    opened = talk.last(first)
    more = (talk.direction >= 0) & (opened >= 0) & (talk.day - talk.day[opened] <= FOLLOWING_DAYS)
    return np.asarray(outreach | first | more)
